import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool, types, type PoolClient } from 'pg';
import { newId } from '../../src/platform/ids.js';
import * as queries from './floor.queries.js';

/** Given by the bench: who the floor takes everyone for. */
export interface FloorSettings {
  databaseUrl: string;
  organisationId: string;
  facilitatorId: string;
  referrerId: string;
}

types.setTypeParser(types.builtins.DATE, (text) => text);

/** As many connections as the service has. */
const POOL_SIZE = 12;
const KEEP_ALIVE_MS = 72_000;
const PAGE = 25;
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

// The least that could do the same work: no framework, no session, no access check, nothing sealed. One process of its own.
const settings = JSON.parse(process.env.FLOOR_SETTINGS!) as FloorSettings;
const pool = new Pool({ connectionString: settings.databaseUrl, max: POOL_SIZE });
const organisation = settings.organisationId;
const sessionId = newId(new Date());

const server = createServer((request, response) => {
  answer(request).then(
    (body) => {
      response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body ?? '') });
      response.end(body ?? '');
    },
    (error: unknown) => {
      response.writeHead(500);
      response.end(String(error));
    },
  );
});
// As long as the service's: between two of its turns on a busy machine there is more than Node's five seconds.
server.keepAliveTimeout = KEEP_ALIVE_MS;
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
process.on('disconnect', () => process.exit(0));

async function answer(request: IncomingMessage): Promise<string | null> {
  const url = new URL(request.url!, 'http://floor');
  const [, , kind, id] = url.pathname.split('/');
  if (kind === 'cases' && id) return caseFile(id);
  if (kind === 'cases') return casePage(url.searchParams.get('after'));
  if (kind === 'referrals') return refer(JSON.parse(await bodyOf(request)) as Referral);
  if (kind === 'commitments' && id) return report(id, JSON.parse(await bodyOf(request)) as { state: string });
  return null;
}

async function caseFile(id: string): Promise<string | null> {
  const { rows } = await pool.query({ ...queries.CASE_FILE, values: [organisation, id, settings.facilitatorId] });
  return (rows[0] as { answer: string } | undefined)?.answer ?? null;
}

async function casePage(after: string | null): Promise<string> {
  const before = after ? (JSON.parse(Buffer.from(after, 'base64url').toString()) as [string])[0] : LAST_ID;
  const { rows } = await pool.query<{ id: string; item: string }>({
    ...queries.CASE_PAGE,
    values: [organisation, settings.facilitatorId, before, PAGE + 1],
  });
  const shown = rows.slice(0, PAGE);
  const next = rows.length > PAGE ? `"${Buffer.from(JSON.stringify([shown.at(-1)!.id])).toString('base64url')}"` : 'null';
  return `{"items":[${shown.map(({ item }) => item).join()}],"next":${next}}`;
}

interface Referral {
  kind: string;
  source: string;
  themes: string[];
  safety: { level: string };
  consent: { given: boolean };
  neighbourhoodCode: string;
  resident: { name: string; email: string; phone: string };
}

async function refer(body: Referral): Promise<string> {
  return inTransaction(async (client) => {
    const now = new Date();
    const [id, messageId] = [newId(now), newId(now)];
    const { resident } = body;
    await client.query({
      ...queries.INSERT_REFERRAL,
      values: [organisation, id, body.kind, body.source, body.themes, body.safety.level, body.consent.given,
        body.neighbourhoodCode, resident.name, settings.referrerId, Buffer.from(JSON.stringify(body)), now],
    });
    await client.query({ ...queries.INSERT_LOOKUPS, values: [organisation, [hashOf(resident.email), hashOf(resident.phone)], id, now] });
    const { rows } = await client.query<{ name: string; sealed: Buffer }>({
      ...queries.STAFF,
      values: [organisation, settings.referrerId],
    });
    const { email } = JSON.parse(rows[0]!.sealed.toString()) as { email: string };
    const content = { address: email, name: rows[0]!.name, language: 'nl', values: { receivedAt: now, self: false, acute: false }, attachments: [], link: null };
    await client.query({
      ...queries.INSERT_MESSAGE,
      values: [organisation, messageId, `referral-received ${id}`, 'k…@n…', Buffer.from(JSON.stringify(content)), id, now],
    });
    await client.query({ ...queries.INSERT_OUTBOX, values: [organisation, now, [newId(now)], [messageId], [JSON.stringify({ messageId })], ['messages'], [now]] });
    await audit(client, now, { action: 'referrals.made', actor: settings.referrerId, kind: 'referral', id, caseId: null });
    const picked = await client.query<{ facilitator_name: string | null; meeting_starts_at: Date | null }>({
      ...queries.PICKED_UP,
      values: [organisation, id],
    });
    const { facilitator_name: facilitatorName, meeting_starts_at: meetingStartsAt } = picked.rows[0]!;
    const dates = { createdAt: now, receivedAt: now, acceptedAt: null };
    const rest = { facilitatorName, meetingStartsAt, endReason: null, version: 1, commitments: [], safetyConditions: [] };
    return JSON.stringify({ id, state: 'received', kind: body.kind, residentName: resident.name, ...dates, ...rest });
  });
}

interface CommitmentRow {
  id: string;
  caseId: string;
  memberId: string;
  memberName: string;
  state: string;
  facilitatorId: string;
  caseState: string;
  hasLink: boolean;
  sealed: Buffer;
  version: number;
}

async function report(id: string, { state }: { state: string }): Promise<string | null> {
  return inTransaction(async (client) => {
    const now = new Date();
    const found = await client.query<CommitmentRow>({ ...queries.COMMITMENT, values: [organisation, id, now] });
    const row = found.rows[0];
    if (!row || row.facilitatorId !== settings.facilitatorId || row.state !== 'promised' || row.hasLink) return null;
    const { text } = JSON.parse(row.sealed.toString()) as { text: string };
    const { facilitatorId, caseState: _, hasLink: __, sealed: ___, ...rest } = row;
    const sealed = Buffer.from(JSON.stringify({ text, note: null }));
    const moved = await client.query({ ...queries.MOVE, values: [organisation, id, row.version, state, now, sealed] });
    if (moved.rowCount !== 1) return null;
    await audit(client, now, { action: 'plans.commitment-moved', actor: facilitatorId, kind: 'commitment', id, caseId: row.caseId });
    const note = Buffer.from(JSON.stringify({ actor: 'Sanne de Groot', values: { name: row.memberName, state } }));
    await client.query({ ...queries.INSERT_TIMELINE, values: [organisation, newId(now), row.caseId, now, facilitatorId, row.memberId, note] });
    return JSON.stringify({ ...rest, text, state, stateSince: now, note: null, moves: [], version: row.version + 1 });
  });
}

interface Event {
  action: string;
  actor: string;
  kind: string;
  id: string;
  caseId: string | null;
}

async function audit(client: PoolClient, now: Date, { action, actor, kind, id, caseId }: Event): Promise<void> {
  const origin = hashOf('127.0.0.1');
  const values = [organisation, newId(now), now, action, actor, ['facilitator'], sessionId, kind, id, caseId, origin, randomUUID()];
  await client.query({ ...queries.INSERT_AUDIT, values });
}

async function inTransaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
