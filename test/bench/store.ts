import type { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { newToken } from '../../src/people/tokens.rules.js';
import { SystemClock } from '../../src/platform/clock.js';
import { newId } from '../../src/platform/ids.js';
import { MasterKey, Vault } from '../../src/platform/vault/vault.js';
import { caseRows, isOwn, people, reportable, TABLES, type Row } from './data.js';

/** Cases a statement. */
const BATCH = 500;
const HOURS_12 = 12 * 60 * 60 * 1000;

/** What the requests of a run are made of. */
export interface Stored {
  /** The service's: sealed with its own key. */
  organisationId: string;
  /** The floor's: the same rows, with plain JSON where the other is sealed. */
  plainOrganisationId: string;
  facilitatorId: string;
  leadId: string;
  referrerId: string;
  /** The facilitator's cases, newest first. */
  ownCases: string[];
  /** Promises in them that the facilitator may report. */
  ownCommitments: string[];
  /** Each other facilitator with the promises that they may report. */
  others: { facilitatorId: string; commitments: string[] }[];
}

/**
 * Fills an empty database with the same cases for two organisations. By SQL and past row-level security, since this is about
 * size only; every sealed column opens with the vault at its own place.
 */
export async function fill(superuser: Client, masterKey: Buffer, count: number): Promise<Stored> {
  const now = new Date();
  const vault = vaultOf(superuser, masterKey);
  const [organisationId, plainOrganisationId] = [newId(now), newId(now)];
  for (const [id, slug] of [[organisationId, 'noord'], [plainOrganisationId, 'vloer']] as const) {
    await insert(superuser, 'people_organisations', [
      { id, slug, name: slug, legal_ground: 'public-task', ...wrapped(vault, id), created_at: now.toISOString() },
    ]);
  }
  const staff = people(now);
  const write = async (rows: Row[]): Promise<void> => {
    const sealed = await Promise.all(rows.map((row) => sealedRow(vault, organisationId, row)));
    const plain = rows.map((row) => plainRow(plainOrganisationId, row));
    await superuser.query('begin');
    for (const table of TABLES) {
      const of = (all: object[]): object[] => all.filter((_, i) => rows[i]!.table === table);
      await insert(superuser, table, [...of(sealed), ...of(plain)]);
    }
    await superuser.query('commit');
  };
  await write(staff.rows);
  const ownCases: string[] = [];
  const ownCommitments: string[] = [];
  const others = staff.otherFacilitators.map((facilitatorId): Stored['others'][number] => ({ facilitatorId, commitments: [] }));
  for (let first = 0; first < count; first += BATCH) {
    const rows: Row[] = [];
    for (let at = first; at < Math.min(first + BATCH, count); at += 1) {
      const fresh = caseRows(at, count, staff, now);
      rows.push(...fresh);
      if (!isOwn(at, count)) {
        others.find((other) => other.facilitatorId === fresh[0]!.columns.facilitator_id)!.commitments.push(...reportable(fresh));
        continue;
      }
      ownCases.push(fresh[0]!.id);
      ownCommitments.push(...reportable(fresh));
    }
    await write(rows);
  }
  await superuser.query('vacuum analyze');
  await superuser.query('checkpoint');
  const { facilitatorId, leadId, referrerId } = staff;
  return { organisationId, plainOrganisationId, facilitatorId, leadId, referrerId, ownCases: ownCases.reverse(), ownCommitments, others };
}

/** Sessions of one member of staff; returns their tokens. */
export async function signIn(superuser: Client, organisationId: string, staffId: string, count: number): Promise<string[]> {
  const now = new Date();
  const tokens = Array.from({ length: count }, () => newToken(organisationId));
  const rows = tokens.map(({ hash }) => ({
    organisation_id: organisationId,
    id: newId(now),
    hash: hex(hash),
    staff_id: staffId,
    created_at: now.toISOString(),
    expires_at: new Date(now.getTime() + HOURS_12).toISOString(),
  }));
  await insert(superuser, 'people_sessions', rows);
  return tokens.map(({ token }) => token);
}

async function insert(client: Client, table: string, rows: object[]): Promise<void> {
  if (rows.length === 0) return;
  await client.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [JSON.stringify(rows)]);
}

/** The service's own vault; it reads the organisations' keys through this connection. */
function vaultOf(client: Client, masterKey: Buffer): Vault {
  const source = { query: async (text: string, values: unknown[]) => (await client.query(text, values)).rows as unknown };
  return new Vault(source as unknown as DataSource, new MasterKey(masterKey), new SystemClock());
}

function wrapped(vault: Vault, id: string): object {
  const { wrappedKey, wrappedHashKey } = vault.newKeys(id);
  return { key_number: 1, wrapped_key: hex(wrappedKey), wrapped_hash_key: hex(wrappedHashKey) };
}

async function sealedRow(vault: Vault, organisationId: string, { table, id, columns, content }: Row): Promise<object> {
  const sealed = content === undefined ? {} : { sealed: hex(await vault.seal({ organisationId, table, id }, content)) };
  return { organisation_id: organisationId, id, ...columns, ...sealed };
}

function plainRow(organisationId: string, { id, columns, content }: Row): object {
  const sealed = content === undefined ? {} : { sealed: hex(Buffer.from(JSON.stringify(content))) };
  return { organisation_id: organisationId, id, ...columns, ...sealed };
}

const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`;
