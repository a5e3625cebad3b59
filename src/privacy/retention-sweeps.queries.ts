import { statement, type Statement } from '../platform/database/tx.js';
import type { Phase, SweepRule } from './retention.rules.js';

/**
 * What goes by a term of its own. Reads circle_members, cases, meetings_responses, meetings_attendance, plans_commitments, messages and the module's own tables beside
 * the table that is swept. $1 organisation, $2 what ended before this has passed its term, $3 the lowest id of that instant,
 * $4 run, $5 its day, $6 what has passed the second term.
 *
 * Ids begin with the instant in which they were made, and nothing ends before it began. So `id < $3` lets the primary key find
 * what is old enough to look at: behind row-level security too, and without another index on tables that are written all day.
 */
const GIVEN = 'with given as (select $1::uuid, $2::timestamptz, $3::uuid, $4::uuid, $5::date, $6::timestamptz)';

/** Not of a case that is held, nor of one that this run erases whole: a trial run would count its rows twice. */
const free = (caseId: string): string => `not exists (
    select from privacy_legal_holds h where h.organisation_id = $1 and h.case_id = ${caseId} and (h.until is null or h.until >= $5))
  and not exists (
    select from privacy_retention_cases e
    where e.organisation_id = $1 and e.run_id = $4 and e.case_id = ${caseId} and e.outcome = 'erased')`;

const caseOfMember = '(select m.case_id from circle_members m where m.organisation_id = $1 and m.id = t.member_id)';

/** Who was at the table or said yes to something has joined, though nobody wrote down that they were called. */
const TOOK_PART = `(exists (select from meetings_responses r where r.organisation_id = $1 and r.member_id = t.id)
      or exists (select from meetings_attendance a where a.organisation_id = $1 and a.member_id = t.id and a.presence in ('present', 'remote', 'part'))
      or exists (select from plans_commitments p where p.organisation_id = $1 and p.member_id = t.id and p.state in ('promised', 'doing', 'running', 'blocked', 'done')))`;

/** Nobody of the circle whom we have ever spoken to or heard from: of them a count remains. */
const NEVER_JOINED = `(t.state in ('refused', 'unreachable', 'removed')
    or (t.state in ('proposed', 'approved', 'invited') and t.reached_at is null and coalesce(t.invited_at, t.created_at) < $2
      and not ${TOOK_PART}))`;

interface SweepText {
  phase: Exclude<Phase, 'cases'>;
  rule: SweepRule;
  table: string;
  where: string;
  /** Rows that are more than deleted: their ids, and what else has to be known of them. */
  pick?: string;
}

const TEXTS: readonly SweepText[] = [
  {
    phase: 'sessions',
    rule: 'access',
    table: 'people_sessions',
    where: `t.id < $3 and least(t.expires_at, t.ended_at) < $2 and ${free(caseOfMember)}`,
  },
  {
    phase: 'links',
    rule: 'access',
    table: 'people_links',
    where: `t.id < $3 and least(t.expires_at, t.ended_at) < $2 and ${free(caseOfMember)}`,
  },
  // Their job takes them along; what a dead job left goes here.
  { phase: 'link-requests', rule: 'access', table: 'circle_link_requests', where: 't.id < $3 and t.created_at < $2' },
  { phase: 'passwords', rule: 'access', table: 'people_password_links', where: 't.id < $3 and t.expires_at < $2' },
  {
    phase: 'mailbox',
    rule: 'messages',
    table: 'messages_mailbox',
    where: `t.id < $3 and t.sent_at < $2
      and ${free('(select m.case_id from messages m where m.organisation_id = $1 and m.id = t.id)')}`,
  },
  {
    // What nobody called or wrote about in all that time is no task any more.
    phase: 'messages',
    rule: 'messages',
    table: 'messages',
    where: `t.id < $3 and t.state in ('sent', 'cancelled', 'dead', 'by-hand')
      and greatest(t.created_at, t.claimed_at, t.sent_at) < $2 and ${free('t.case_id')}`,
  },
  {
    phase: 'circle',
    rule: 'circle-contact',
    table: 'circle_members',
    where: `t.contact_erased_at is null and t.erased_at is null and not t.is_main_person and ${free('t.case_id')}
      and (${NEVER_JOINED} or exists (
        select from cases c
        where c.organisation_id = $1 and c.id = t.case_id and c.state in ('closed', 'stopped') and c.closed_at < $6))`,
    pick: `t.id, t.case_id as "caseId", ${NEVER_JOINED} as nameless`,
  },
  { phase: 'referral-drafts', rule: 'referral-drafts', table: 'referrals_drafts', where: 't.id < $3 and t.touched_at < $2' },
  {
    phase: 'referrals',
    rule: 'referrals',
    table: 'referrals',
    where: `t.case_id is null and ((t.state = 'awaiting-confirmation' and t.created_at < $6)
      or (t.state in ('declined', 'withdrawn') and t.state_since < $2))`,
    pick: 't.id',
  },
  { phase: 'answers', rule: 'answers', table: 'platform_idempotency_keys', where: 't.created_at < $2' },
  {
    phase: 'work',
    rule: 'finished-work',
    table: 'platform_outbox',
    where: `t.id < $3 and t.ended_at < $2`,
  },
  {
    phase: 'staff',
    rule: 'staff-contact',
    table: 'people_staff',
    where: 't.disabled_at < $2 and t.contact_erased_at is null',
    pick: 't.id',
  },
  {
    phase: 'trials',
    rule: 'trial-runs',
    table: 'privacy_retention_runs',
    where: `t.id < $3 and t.dry_run and t.ended_at < $2`,
    pick: 't.id',
  },
  { phase: 'absences', rule: 'absences', table: 'meetings_absences', where: 't.ends_at < $2' },
];

export interface Sweep extends SweepText {
  count: Statement;
  /** Deletes at most $7 rows. */
  erase: Statement;
  /** Finds at most $7 rows. */
  pickSome: Statement | null;
}

/** A row that a sweep found. */
export interface Picked {
  id: string;
  caseId?: string;
  /** Nobody who joined: their name goes as well. */
  nameless?: boolean;
}

export const SWEEPS: readonly Sweep[] = TEXTS.map((sweep) => {
  const rows = `from ${sweep.table} t where t.organisation_id = $1 and ${sweep.where}`;
  return {
    ...sweep,
    count: statement(`privacy.sweep-count-${sweep.phase}`, `${GIVEN} select count(*)::int as n ${rows}`),
    erase: statement(
      `privacy.sweep-${sweep.phase}`,
      `${GIVEN} delete from ${sweep.table} where ctid = any (array(select t.ctid ${rows} limit $7)) and organisation_id = $1`,
    ),
    pickSome: sweep.pick ? statement(`privacy.sweep-pick-${sweep.phase}`, `${GIVEN} select ${sweep.pick} ${rows} limit $7`) : null,
  };
});
