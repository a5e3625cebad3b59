// Reads: cases, meetings, plans. Writes: plans_marks.
import { statement } from '../platform/database/tx.js';
import type { MarkMoment } from './marks.rules.js';

export interface MarksRow {
  memberId: string;
  moment: MarkMoment;
  meeting: number | null;
  plan: number | null;
  sealed: Buffer | null;
  mayShare: boolean;
  givenAt: Date;
}

const COLUMNS = `member_id as "memberId", moment, meeting, plan, sealed, may_share as "mayShare", given_at as "givenAt"`;

/** Said again, marks take the place of those before. */
export const PUT_MARKS = statement(
  'plans.put-marks',
  `insert into plans_marks (organisation_id, case_id, member_id, moment, meeting, plan, sealed, may_share, given_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
   on conflict (organisation_id, member_id, moment) do update set meeting = excluded.meeting, plan = excluded.plan, sealed = excluded.sealed,
     may_share = excluded.may_share, given_at = excluded.given_at
   returning (xmax = 0) as fresh`,
);

/** Served by plans_marks_of_case. */
export const MARKS_OF_CASE = statement(
  'plans.marks-of-case',
  `select ${COLUMNS} from plans_marks where organisation_id = $1 and case_id = $2 order by moment, member_id`,
);

export const MARKS_OF_MEMBER = statement(
  'plans.marks-of-member',
  `select ${COLUMNS} from plans_marks where organisation_id = $1 and member_id = $2 order by moment`,
);

/** Whether there was anything to mark: a meeting that was held, or a plan. */
export const MARKABLE = statement(
  'plans.markable',
  `select exists (select from meetings where organisation_id = $1 and case_id = $2 and state = 'held')
     or exists (select from plans where organisation_id = $1 and case_id = $2) as markable`,
);

/** A sentence goes with who wrote it, the marks stay as figures; a row with nothing else goes. */
export const FORGET_ONLY_SENTENCES = statement(
  'plans.forget-only-sentences',
  'delete from plans_marks where organisation_id = $1 and member_id = $2 and meeting is null and plan is null',
);
export const FORGET_SENTENCES = statement(
  'plans.forget-sentences',
  'update plans_marks set sealed = null, may_share = false where organisation_id = $1 and member_id = $2 and sealed is not null',
);
