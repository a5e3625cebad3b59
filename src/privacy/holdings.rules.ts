import type { SweepRule } from './retention.rules.js';

/** Under which rule something goes. `case-contents`: with its case; `stays`: never, and `holds` says why that is no harm. */
export type HoldingRule = 'case-contents' | SweepRule | 'stays';

/** One table of the database: what it holds, of whom, and how it goes. */
export interface Holding {
  holds: string;
  whose: 'main persons' | 'circle' | 'main persons and circle' | 'referrers and main persons' | 'staff' | 'nobody' | 'anyone';
  rule: HoldingRule;
  /** `empty`: the row stays as a count, its contents go. */
  how: 'delete' | 'empty' | 'keep';
  /** The table with whose rows it goes, in the same moment. */
  with?: string;
  /** Which of its rows are of one case: $1 organisation, $2 case. They go when the case is erased, whatever the rule. */
  ofCase?: string;
}

const OF_CASE = 'case_id = $2';
// Arrays, so that PostgreSQL takes the index on the column in place of reading the table.
const MEMBERS = 'any (array(select id from circle_members where organisation_id = $1 and case_id = $2))';
const MEETINGS = 'any (array(select id from meetings where organisation_id = $1 and case_id = $2))';
const REFERRALS = 'any (array(select id from referrals where organisation_id = $1 and case_id = $2))';
const MESSAGES = `(case_id = $2 or member_id = ${MEMBERS} or referral_id = ${REFERRALS})`;

/**
 * Every table with a tenant, what refers to others before what it refers to: in this order a case is erased, with all foreign
 * keys in force. A test walks the catalogue: a table without a line fails, and so does a line in a place where a key would break.
 */
export const HOLDINGS: Readonly<Record<string, Holding>> = {
  micro_analysis_measurements: {
    holds: 'answers about wellbeing', whose: 'main persons', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  micro_analysis_cost_lines: {
    holds: 'what help cost before and after', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  plans_obstacles: {
    holds: 'what is in the way of who does what', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  plans_marks: { holds: 'two marks and a sentence', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  plans_help_offers: { holds: 'who wants to help whom', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  plans_help: { holds: 'who could use help', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  plans_passings: { holds: 'who asked whom to take over', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  plans_contributions: { holds: 'what people offer to do', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  plans_commitments: {
    holds: 'who does what', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  plans_agreements: {
    holds: 'who agreed, with remarks', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  plans_conditions: {
    holds: 'whether it is safe as the plan says, and why not', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  plans: { holds: 'fixed plans', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  plans_drafts: {
    holds: 'the plan in the making', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  plans_precondition_versions: {
    holds: 'how it was at home', whose: 'main persons', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  plans_statement_versions: {
    holds: 'the three statements as they were', whose: 'main persons', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  plans_preconditions: {
    holds: 'how it is at home', whose: 'main persons', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  plans_statements: {
    holds: 'the three statements', whose: 'main persons', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  circle_growth: { holds: 'how many people stood around a case at four moments', whose: 'nobody', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  circle_answers: { holds: 'on whom a main person counts', whose: 'main persons', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  meetings_attendance: {
    holds: 'who was there', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: `meeting_id = ${MEETINGS}`,
  },
  meetings_responses: {
    holds: 'who can come when', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: `meeting_id = ${MEETINGS}`,
  },
  meetings_calendar_copies: {
    holds: 'in whose calendar a meeting stands', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: `meeting_id = ${MEETINGS}`,
  },
  meetings_parts: {
    holds: 'from when until when somebody is there', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: `meeting_id = ${MEETINGS}`,
  },
  meetings_private_calls: {
    holds: 'whom the circle called in during time by itself', whose: 'main persons and circle', rule: 'case-contents', how: 'delete',
    ofCase: 'private_time_id = any (array(select id from meetings_private_times where organisation_id = $1 and case_id = $2))',
  },
  meetings_private_times: {
    holds: 'when the circle had time by itself', whose: 'nobody', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  meetings_slots: { holds: 'offered dates', whose: 'nobody', rule: 'case-contents', how: 'delete', ofCase: `meeting_id = ${MEETINGS}` },
  meetings: { holds: 'meetings and their place', whose: 'main persons', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  cases_independence_checks: {
    holds: 'whether the facilitator has ties to anybody', whose: 'main persons', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  cases_law_clocks: { holds: 'terms of law', whose: 'nobody', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  messages_mailbox: {
    holds: 'mails in the local mailbox', whose: 'anyone', rule: 'messages', how: 'delete',
    ofCase: `id = any (array(select id from messages where organisation_id = $1 and ${MESSAGES}))`,
  },
  messages_unreachable: {
    holds: 'addresses that take nothing, as a hash, and who wants no mail', whose: 'main persons and circle', rule: 'case-contents', how: 'delete',
    ofCase: `member_id = ${MEMBERS}`,
  },
  messages: { holds: 'the message log', whose: 'anyone', rule: 'messages', how: 'delete', ofCase: MESSAGES },
  people_links: { holds: 'personal links, as a hash', whose: 'main persons and circle', rule: 'access', how: 'delete', ofCase: `member_id = ${MEMBERS}` },
  people_step_up_codes: { holds: 'codes that make a device known, as a hash', whose: 'main persons and circle', rule: 'access', how: 'delete', with: 'people_sessions' },
  circle_link_requests: { holds: 'who asked for their link again, as a hash', whose: 'anyone', rule: 'access', how: 'delete' },
  people_sessions: { holds: 'sessions, as a hash', whose: 'anyone', rule: 'access', how: 'delete', ofCase: `member_id = ${MEMBERS}` },
  circle_contact_attempts: {
    holds: 'attempts to reach someone, with notes', whose: 'circle', rule: 'case-contents', how: 'delete', ofCase: `member_id = ${MEMBERS}`,
  },
  circle_preparation_talks: {
    holds: 'talks before the meeting, with what people need', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  circle_participations: {
    holds: 'how people take part, their letters', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  cases_timeline: {
    holds: 'everything that happened', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  platform_lookups: {
    holds: 'keyed hashes of mails and phones', whose: 'anyone', rule: 'case-contents', how: 'delete',
    ofCase: `(object_id = $2 or object_id = ${MEMBERS} or object_id = ${REFERRALS})`,
  },
  referrals: {
    holds: 'the question and who asked it', whose: 'referrers and main persons', rule: 'referrals', how: 'delete', ofCase: OF_CASE,
  },
  circle_consents: { holds: 'every yes, and that it was taken back', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  circle_contact_restrictions: { holds: 'who must not meet whom', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  circle_notices: { holds: 'that someone was told what is kept', whose: 'circle', rule: 'case-contents', how: 'delete', ofCase: `member_id = ${MEMBERS}` },
  privacy_corrections: {
    holds: 'what somebody asked to have put right', whose: 'main persons and circle', rule: 'case-contents', how: 'delete', ofCase: OF_CASE,
  },
  circle_members: { holds: 'people and how to reach them', whose: 'main persons and circle', rule: 'circle-contact', how: 'empty', ofCase: OF_CASE },
  privacy_notices: { holds: 'when the main persons were told', whose: 'nobody', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  privacy_legal_holds: { holds: 'why nothing may be erased', whose: 'nobody', rule: 'case-contents', how: 'delete', ofCase: OF_CASE },
  cases: { holds: 'the case and its name', whose: 'main persons', rule: 'case-contents', how: 'delete', ofCase: 'id = $2' },

  referrals_drafts: { holds: 'referrals in the making, until a week after they were last written in', whose: 'referrers and main persons', rule: 'referral-drafts', how: 'delete' },

  // Of the request itself only a reference and its report are left once it is answered.
  privacy_erasure_requests: { holds: 'that somebody asked to be erased, and what was', whose: 'nobody', rule: 'stays', how: 'keep' },
  people_staff: { holds: 'name, mail and phone', whose: 'staff', rule: 'staff-contact', how: 'empty' },
  people_password_links: { holds: 'links to choose a password, as a hash', whose: 'staff', rule: 'access', how: 'delete' },
  plans_directors: { holds: 'to whom an organisation wants it written when something stands long: name and mail', whose: 'anyone', rule: 'stays', how: 'keep' },
  plans_obstacle_lessons: { holds: 'what was changed after the same came up again and again', whose: 'nobody', rule: 'stays', how: 'keep' },
  meetings_duty_settings: { holds: 'whom to call when nobody is on duty', whose: 'nobody', rule: 'stays', how: 'keep' },
  meetings_weekly_hours: { holds: 'at which hours somebody works', whose: 'staff', rule: 'stays', how: 'keep' },
  meetings_absences: { holds: 'when somebody was away and what they noted with it', whose: 'staff', rule: 'absences', how: 'delete' },
  meetings_calendar_feeds: { holds: 'the secret address of an agenda, as a hash', whose: 'staff', rule: 'stays', how: 'keep' },
  meetings_duties: { holds: 'who was on duty when: ids', whose: 'staff', rule: 'stays', how: 'keep' },
  neighbourhood_places: { holds: 'public places, as those who manage them wrote them', whose: 'nobody', rule: 'stays', how: 'keep' },
  neighbourhood_rooms: { holds: 'rooms of public places', whose: 'nobody', rule: 'stays', how: 'keep' },
  people_identities: { holds: 'keyed hashes of who somebody is elsewhere', whose: 'staff', rule: 'staff-contact', how: 'delete', with: 'people_staff' },
  platform_idempotency_keys: { holds: 'sealed answers, to give them again', whose: 'anyone', rule: 'answers', how: 'delete' },
  platform_outbox: { holds: 'work that was done: ids and dates', whose: 'nobody', rule: 'finished-work', how: 'delete' },
  privacy_retention_counts: { holds: 'counts of a run', whose: 'nobody', rule: 'trial-runs', how: 'delete', with: 'privacy_retention_runs' },
  privacy_retention_cases: {
    holds: 'references in the report of a run', whose: 'nobody', rule: 'trial-runs', how: 'delete', with: 'privacy_retention_runs',
  },
  privacy_retention_runs: { holds: 'when a run was made', whose: 'nobody', rule: 'trial-runs', how: 'delete' },
  privacy_retention_policies: { holds: 'which rule was chosen and why', whose: 'nobody', rule: 'stays', how: 'keep' },
  micro_analysis_kept_figures: { holds: 'counts per month', whose: 'nobody', rule: 'stays', how: 'keep' },
  cases_law_settings: { holds: 'which terms of law an organisation has', whose: 'nobody', rule: 'stays', how: 'keep' },
  cases_counters: { holds: 'the last number of a year, so that none is given twice', whose: 'nobody', rule: 'stays', how: 'keep' },
  audit_seals: { holds: 'digests over the audit log', whose: 'nobody', rule: 'stays', how: 'keep' },
  // Who looked and who changed must stay provable after the file is gone, and the digest of each entry counts the ones before it.
  audit_events: { holds: 'who did what: ids and codes, never a name or a word', whose: 'anyone', rule: 'stays', how: 'keep' },
};

/** The tables that have rows of a case, in the order in which they are erased. */
export const OF_A_CASE: readonly { table: string; ofCase: string }[] = Object.entries(HOLDINGS).flatMap(([table, { ofCase }]) =>
  ofCase ? [{ table, ofCase }] : [],
);
