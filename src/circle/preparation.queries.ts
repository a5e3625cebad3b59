// Reads and writes: circle_preparation_talks, circle_participations. Reads: circle_contact_attempts, circle_members.
import { statement } from '../platform/database/tx.js';
import type { AbsenceReason, TalkOutcome, TalkWay } from './preparation.rules.js';

export interface TalkRow {
  id: string;
  memberId: string;
  at: Date;
  by: TalkWay;
  outcome: TalkOutcome;
  sealed: Buffer;
}

export const INSERT_TALK = statement(
  'circle.talk-insert',
  `insert into circle_preparation_talks (organisation_id, id, case_id, member_id, at, by, outcome, sealed, staff_id, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);

/** Served by circle_preparation_talks_of_member. */
export const TALKS_OF_MEMBER = statement(
  'circle.talks-of-member',
  `select id, member_id as "memberId", at, by, outcome, sealed from circle_preparation_talks
   where organisation_id = $1 and member_id = $2 order by at desc, id desc`,
);

export const RESEAL_TALK = statement(
  'circle.talk-reseal',
  'update circle_preparation_talks set sealed = $3 where organisation_id = $1 and id = $2',
);

export interface AttemptRow {
  id: string;
  memberId: string;
  at: Date;
  channel: string;
  outcome: string;
  sealed: Buffer;
}

/** Served by circle_contact_attempts_of_member. */
export const ATTEMPTS_IN_FULL = statement(
  'circle.attempts-in-full',
  `select id, member_id as "memberId", at, channel, outcome, sealed from circle_contact_attempts
   where organisation_id = $1 and member_id = $2 order by at desc, id desc`,
);

export interface ParticipationRow {
  spokespersonId: string | null;
  reason: AbsenceReason | null;
  sealed: Buffer;
  setBy: 'person' | 'facilitator';
  setAt: Date;
}

export const PARTICIPATION = statement(
  'circle.participation',
  `select spokesperson_id as "spokespersonId", reason, sealed, set_by as "setBy", set_at as "setAt" from circle_participations
   where organisation_id = $1 and member_id = $2`,
);

export const PUT_PARTICIPATION = statement(
  'circle.participation-put',
  `insert into circle_participations (organisation_id, member_id, case_id, spokesperson_id, reason, sealed, set_by, set_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (organisation_id, member_id) do update set spokesperson_id = excluded.spokesperson_id, reason = excluded.reason,
     sealed = excluded.sealed, set_by = excluded.set_by, set_at = excluded.set_at`,
);

/** Who they are is forgotten; that and why somebody did not take part stays, as one of a number. */
export const EMPTY_PARTICIPATION = statement(
  'circle.participation-empty',
  'update circle_participations set sealed = $3, spokesperson_id = null where organisation_id = $1 and member_id = $2',
);

/** Nobody speaks for others who is not there any more. */
export const LEAVE_SPOKESPERSON = statement(
  'circle.spokesperson-leaves',
  'update circle_participations set spokesperson_id = null where organisation_id = $1 and case_id = $2 and spokesperson_id = $3',
);
