// Reads: privacy_corrections, privacy_erasure_requests, circle_members, cases, messages, plans. Writes: privacy_corrections,
// privacy_erasure_requests, people_links, cases.
import { statement } from '../platform/database/tx.js';

export interface CorrectionRow {
  id: string;
  caseId: string;
  memberId: string;
  memberName: string;
  subject: string;
  state: string;
  sealed: Buffer;
  dueOn: string;
  createdAt: Date;
  answeredAt: Date | null;
  version: number;
}

const CORRECTION = `select p.id, p.case_id as "caseId", p.member_id as "memberId", coalesce(m.first_name, m.name) as "memberName", p.subject,
    p.state, p.sealed, p.due_on as "dueOn", p.created_at as "createdAt", p.answered_at as "answeredAt", p.version
  from privacy_corrections p
  join circle_members m on m.organisation_id = p.organisation_id and m.id = p.member_id`;

export const INSERT_CORRECTION = statement(
  'privacy.correction-insert',
  `insert into privacy_corrections (organisation_id, id, case_id, member_id, subject, state, sealed, due_on, created_at)
   values ($1, $2, $3, $4, $5, 'open', $6, $7, $8)`,
);
export const ONE_CORRECTION = statement('privacy.correction', `${CORRECTION} where p.organisation_id = $1 and p.id = $2`);
export const CORRECTIONS_OF_CASE = statement(
  'privacy.corrections-of-case',
  `${CORRECTION} where p.organisation_id = $1 and p.case_id = $2 and ($3::uuid is null or p.member_id = $3) order by p.id desc limit 100`,
);
/** What waits in the cases of one facilitator, first what is due first. */
export const CORRECTIONS_WAITING = statement(
  'privacy.corrections-waiting',
  `select c.reference, coalesce(m.first_name, m.name) as name, p.subject, p.due_on as "dueOn"
   from privacy_corrections p
   join cases c on c.organisation_id = p.organisation_id and c.id = p.case_id
   join circle_members m on m.organisation_id = p.organisation_id and m.id = p.member_id
   where p.organisation_id = $1 and c.facilitator_id = $2 and p.state = 'open' order by p.due_on, p.id limit 50`,
);
export const ANSWER_CORRECTION = statement(
  'privacy.correction-answer',
  `update privacy_corrections set state = $3, sealed = $4, answered_at = $5, answered_staff_id = $6, version = version + 1
   where organisation_id = $1 and id = $2 and state = 'open'`,
);

/** Links that were sent to an address that is no longer theirs. $4 channels. */
export const END_SENT_LINKS = statement(
  'privacy.end-sent-links',
  `update people_links l set ended_at = $3 where l.organisation_id = $1 and l.member_id = $2 and l.ended_at is null
     and exists (select 1 from messages w where w.organisation_id = $1 and w.id = l.message_id and w.channel = any ($4))`,
);
/** The case is called after its first main person. $3 what it was called, $4 what they are called now. */
export const RENAME_CASE = statement(
  'privacy.rename-case',
  `update cases set resident_name = $4, version = version + 1 where organisation_id = $1 and id = $2 and resident_name = $3`,
);

export interface ErasureRow {
  id: string;
  reference: string;
  caseId: string | null;
  memberId: string | null;
  state: string;
  stopContact: boolean;
  ground: string | null;
  sealed: Buffer | null;
  dueOn: string;
  createdAt: Date;
  decidedAt: Date | null;
  erasedAt: Date | null;
  report: Record<string, number> | null;
  version: number;
}

const ERASURE = `select id, reference, case_id as "caseId", member_id as "memberId", state, stop_contact as "stopContact", ground, sealed,
    due_on as "dueOn", created_at as "createdAt", decided_at as "decidedAt", erased_at as "erasedAt", report, version
  from privacy_erasure_requests`;

export const INSERT_ERASURE = statement(
  'privacy.erasure-insert',
  `insert into privacy_erasure_requests (organisation_id, id, reference, case_id, member_id, state, stop_contact, sealed, due_on, created_at)
   select $1, $2, c.reference, $3, $4, 'open', $5, $6, $7, $8 from cases c where c.organisation_id = $1 and c.id = $3
   on conflict do nothing returning id`,
);
export const ONE_ERASURE = statement('privacy.erasure', `${ERASURE} where organisation_id = $1 and id = $2`);
export const LOCK_ERASURE = statement('privacy.erasure-lock', `${ERASURE} where organisation_id = $1 and id = $2 for update`);
export const OWN_ERASURES = statement('privacy.erasures-own', `${ERASURE} where organisation_id = $1 and member_id = $2 order by id desc`);
export const ERASURES = statement(
  'privacy.erasures',
  `${ERASURE} where organisation_id = $1 order by (state = 'open') desc, due_on, id limit 200`,
);
export const DECIDE_ERASURE = statement(
  'privacy.erasure-decide',
  `update privacy_erasure_requests set state = $3, ground = $4, sealed = $5, decided_at = $6, decided_staff_id = $7, version = version + 1
   where organisation_id = $1 and id = $2 and state = 'open'`,
);
export const HAS_PLAN = statement('privacy.has-plan', 'select 1 from plans where organisation_id = $1 and case_id = $2 limit 1');
/** What was asked in words went with the case; that it was asked, and what went with it, stays. */
export const ERASED = statement(
  'privacy.erasure-done',
  `update privacy_erasure_requests set report = $3, version = version + 1
   where organisation_id = $1 and id = $2 and state = 'erased'`,
);
