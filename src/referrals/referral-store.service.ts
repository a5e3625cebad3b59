import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Tx } from '../platform/database/tx.js';
import { named, statement } from '../platform/database/tx.js';
import { notFound, stateConflict } from '../platform/http/problem.js';
import { next, statesWith } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import { ReferralEntity } from './referral.entity.js';
import type { Consent, GivenInformation, MainPerson, ReferredMember, ReferredSafety, ReferrerDetails } from './referrals.dto.js';
import { DOUBLE_WITHIN_DAYS, REFERRAL_TRANSITIONS, type ReferralEvent } from './referrals.rules.js';

/** What is sealed of a referral. */
export interface SealedReferral {
  referrer: ReferrerDetails | null;
  resident: MainPerson;
  otherMainPersons: MainPerson[];
  question: string;
  safety: ReferredSafety;
  consent: Consent | null;
  notifiedOn: string | null;
  circle: ReferredMember[];
  information: GivenInformation[];
  remark: string | null;
}

/** A referral with everything opened. */
export type OpenReferral = Omit<ReferralEntity, 'sealed'> & { content: SealedReferral };

const ADD = statement(
  'referrals.add',
  `insert into referrals (organisation_id, id, state, kind, source, themes, safety_level, consent_given, neighbourhood_code,
     resident_name, referrer_staff_id, sealed, confirmation_hash, created_at, received_at, state_since, version)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
);
const ADD_LOOKUPS = statement(
  'referrals.lookups-add',
  `insert into platform_lookups (organisation_id, kind, hash, object_id, created_at)
   select $1, 'referred-person', h, $3, $4 from unnest($2::bytea[]) h on conflict do nothing`,
);
const SAME_PERSON = `
  from platform_lookups own
  join platform_lookups other on other.organisation_id = own.organisation_id and other.kind = own.kind and other.hash = own.hash
    and other.object_id <> own.object_id
    and abs(extract(epoch from other.created_at - own.created_at)) <= $3 * 86400
  where own.organisation_id = $1 and own.kind = 'referred-person'`;
const DOUBLES = statement(
  'referrals.doubles',
  `select distinct other.object_id as id ${SAME_PERSON} and own.object_id = $2 order by 1`,
);
const WITH_DOUBLES = statement(
  'referrals.with-doubles',
  `select distinct own.object_id as id ${SAME_PERSON} and own.object_id = any ($2)`,
);

/** Keeps referrals: opened and sealed, moved by their table, found as possible doubles. */
@Injectable()
export class ReferralStore {
  constructor(private readonly vault: Vault) {}

  /** Writes a new one: what comes about later (`acceptedAt` and after) is not there yet. */
  async insert(tx: Tx, { content, ...plain }: OpenReferral): Promise<void> {
    await named(tx, ADD, [
      plain.organisationId,
      plain.id,
      plain.state,
      plain.kind,
      plain.source,
      plain.themes,
      plain.safetyLevel,
      plain.consentGiven,
      plain.neighbourhoodCode,
      plain.residentName,
      plain.referrerStaffId,
      await this.vault.seal(place(plain), content),
      plain.confirmationHash,
      plain.createdAt,
      plain.receivedAt,
      plain.stateSince,
      plain.version,
    ]);
    await this.rememberPerson(tx, plain.id, content.resident);
  }

  /** One referral, locked when it is about to change. Null when there is none. */
  async find(tx: Tx, where: { id: string } | { confirmationHash: Buffer }, lock = false): Promise<OpenReferral | null> {
    const row = await tx.em.findOne(ReferralEntity, {
      where: { organisationId: tx.organisationId, ...where },
      ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    });
    return row && this.opened(row);
  }

  async get(tx: Tx, id: string, lock = false): Promise<OpenReferral> {
    const referral = await this.find(tx, { id }, lock);
    if (!referral) throw notFound();
    return referral;
  }

  /** Moves a referral by the table, or refuses with 409; zero rows is a refusal too. */
  async move(
    tx: Tx,
    referral: OpenReferral,
    event: ReferralEvent,
    changes: Partial<Omit<OpenReferral, 'state'>> = {},
  ): Promise<OpenReferral> {
    const state = next(REFERRAL_TRANSITIONS, referral.state, event);
    const moved: OpenReferral = { ...referral, ...changes, state, stateSince: tx.now, version: referral.version + 1 };
    const { content, ...plain } = moved;
    const { affected } = await tx.em.update(
      ReferralEntity,
      { organisationId: tx.organisationId, id: referral.id, state: In(statesWith(REFERRAL_TRANSITIONS, event)), version: referral.version },
      { ...plain, sealed: await this.vault.seal(place(plain), content) },
    );
    if (affected !== 1) throw stateConflict(referral.state, Object.keys(REFERRAL_TRANSITIONS[referral.state]));
    return moved;
  }

  /** Seals other content in the place of what was there, whatever the state: something in it was erased. */
  async reseal(tx: Tx, { content: _, ...plain }: OpenReferral, content: SealedReferral): Promise<void> {
    const sealed = await this.vault.seal(place(plain), content);
    await tx.em.update(ReferralEntity, { organisationId: tx.organisationId, id: plain.id }, { sealed });
  }

  /** Ties the referral to the case that it became, and to the referrer as one of its circle. */
  async linkCase(tx: Tx, referral: OpenReferral, caseId: string, referrerMemberId: string | null): Promise<void> {
    await tx.em.update(ReferralEntity, { organisationId: tx.organisationId, id: referral.id }, { caseId, referrerMemberId });
  }

  /** Referrals that wait for someone to take them, the longest waiting first. */
  async waiting(tx: Tx, limit: number): Promise<OpenReferral[]> {
    const rows = await tx.em.find(ReferralEntity, {
      where: { organisationId: tx.organisationId, state: 'received' },
      order: { id: 'ASC' },
      take: limit,
    });
    return Promise.all(rows.map((row) => this.opened(row)));
  }

  /** Which of these have a possible double. */
  async withDoubles(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
    const rows = await named<{ id: string }>(tx, WITH_DOUBLES, [tx.organisationId, ids, DOUBLE_WITHIN_DAYS]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Other referrals of about the same time with the same phone or mail of the resident. */
  async doubles(tx: Tx, id: string): Promise<string[]> {
    const rows = await named<{ id: string }>(tx, DOUBLES, [tx.organisationId, id, DOUBLE_WITHIN_DAYS]);
    return rows.map((row) => row.id);
  }

  private async opened({ sealed, ...plain }: ReferralEntity): Promise<OpenReferral> {
    return { ...plain, content: await this.vault.open<SealedReferral>(place(plain), sealed) };
  }

  private async rememberPerson(tx: Tx, id: string, { email, phone }: MainPerson): Promise<void> {
    const known = [email, phone].filter((value) => value !== undefined);
    if (known.length === 0) return;
    const hashes = await Promise.all(known.map((value) => this.vault.lookup(tx.organisationId, 'referred-person', value)));
    await named(tx, ADD_LOOKUPS, [tx.organisationId, hashes, id, tx.now]);
  }
}

function place(referral: { organisationId: string; id: string }): { organisationId: string; table: string; id: string } {
  return { organisationId: referral.organisationId, table: 'referrals', id: referral.id };
}
