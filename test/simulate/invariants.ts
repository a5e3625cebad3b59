import { SealerService } from '../../src/audit/sealer.service.js';
import { VerifierService } from '../../src/audit/verifier.service.js';
import type { Town } from './town.js';

/** Something that must be true of every row, whatever happened; what it finds are rows of which it is not. */
interface Invariant {
  name: string;
  /** $1 is now. */
  sql: string;
}

const CONTACT = `from messages s join circle_members m on m.organisation_id = s.organisation_id and m.id = s.member_id
  where not m.is_main_person and s.state in ('queued', 'sending', 'sent', 'failed', 'dead', 'by-hand')`;
/** Whoever hears about the date of a meeting: main persons, and who was invited and did not leave. */
const TAKES_PART = `(case when m.is_main_person then m.state <> 'removed' else m.state in ('invited', 'coming', 'maybe', 'not-coming') end)`;
const LOCAL_HOUR = (instant: string): string => `extract(hour from ${instant} at time zone 'Europe/Amsterdam')`;

const INVARIANTS: readonly Invariant[] = [
  {
    name: 'nobody of the circle is contacted before somebody said that they may be',
    sql: `select s.id, s.template, m.state ${CONTACT} and not exists (
      select from audit_events e where e.organisation_id = s.organisation_id and e.object_id = m.id
        and e.action = 'circle.member-approved' and e.at <= s.created_at)`,
  },
  {
    name: 'nobody hears anything after they left',
    sql: `select s.id, s.template, m.state ${CONTACT} and m.state in ('removed', 'refused') and s.state = 'sent'
      and s.sent_at > m.state_since and s.created_at > m.state_since`,
  },
  {
    // What could not be delivered is done by hand, as a message of its own; what is urgent goes as a text message beside the mail.
    name: 'nobody is invited twice',
    sql: `select member_id, count(*) from messages where template = 'invitation' and state not in ('cancelled', 'dead', 'bounced')
        and not (urgent and key like '% sms') group by member_id
      having count(*) > 1 + (select count(*) from audit_events e where e.object_id = member_id and e.action like '%invited-again%')`,
  },
  {
    name: 'nobody who was invited is forgotten',
    sql: `select m.id, m.state, c.state as "caseState", (select json_agg(array[s.template, s.state, s.channel]) from messages s where s.member_id = m.id) as messages
      from circle_members m join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
      where m.state in ('invited', 'coming', 'maybe', 'not-coming') and c.state not in ('stopped', 'closed') and not exists (
        select from messages s where s.member_id = m.id and s.template = 'invitation' and s.state <> 'cancelled')`,
  },
  {
    name: 'each message exists once',
    sql: `select organisation_id, key, count(*) from messages group by 1, 2 having count(*) > 1`,
  },
  {
    name: 'everyone who takes part and did not say no has had the fixed date, once for each sequence',
    sql: `select t.id, m.id as member, count(s.id) from meetings t
      join circle_members m on m.organisation_id = t.organisation_id and m.case_id = t.case_id
      left join meetings_responses r on r.organisation_id = t.organisation_id and r.meeting_id = t.id and r.member_id = m.id
      left join messages s on s.organisation_id = t.organisation_id and s.meeting_id = t.id and s.member_id = m.id
        and s.template = 'meeting-fixed' and s.state <> 'cancelled'
        and s.key like '% ' || t.sequence || ' %'
      where t.type = 'meeting' and t.state = 'fixed' and ${TAKES_PART}
        and coalesce(r.answers ->> t.slot_id::text, 'yes') <> 'no'
      group by 1, 2 having count(s.id) = 0 or count(s.id) > 1 + coalesce((
        select c.changes from meetings_calendar_copies c where c.meeting_id = t.id and c.member_id = m.id), 0)`,
  },
  {
    name: 'no facilitator is in two places',
    sql: `select a.id, b.id as other from meetings a join meetings b on a.organisation_id = b.organisation_id
      and a.facilitator_id = b.facilitator_id and a.id < b.id and a.busy && b.busy where a.state = 'fixed' and b.state = 'fixed'`,
  },
  {
    name: 'no room is booked twice',
    sql: `select a.id, b.id as other from meetings a join meetings b on a.organisation_id = b.organisation_id
      and a.room_id = b.room_id and a.id < b.id and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
      where a.state = 'fixed' and b.state = 'fixed'`,
  },
  {
    name: 'there is one duty at a time',
    sql: `select a.id from meetings_duties a join meetings_duties b on a.organisation_id = b.organisation_id and a.id < b.id
      and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)`,
  },
  {
    name: 'a case has one open meeting',
    sql: `select case_id from meetings where type = 'meeting' and state in ('polling', 'fixed') group by 1 having count(*) > 1`,
  },
  {
    name: 'of a meeting that is off or over, or was moved, no message waits',
    sql: `select o.id, o.job, t.state from platform_outbox o join meetings t on t.id::text = o.payload ->> 'meetingId'
      where o.state in ('waiting', 'handed') and t.state in ('held', 'cancelled') and o.job like 'meetings.%'
      union all
      select s.id, s.template, t.state from messages s join meetings t on t.id = s.meeting_id
      where s.state in ('queued', 'failed') and t.state = 'cancelled' and s.template not in ('meeting-cancelled', 'meeting-left')`,
  },
  {
    name: 'nights are quiet: no text message and no reminder between nine and eight, unless urgent or asked for',
    sql: `select id, template, channel, sent_at from messages where state = 'sent' and not urgent and not at_any_hour
      and (channel = 'sms' or template like '%reminder%')
      and not (${LOCAL_HOUR('sent_at')} between 8 and 20)`,
  },
  {
    name: 'every poll comes to an end',
    sql: `select id, created_at from meetings where state = 'polling' and created_at < $1::timestamptz - interval '21 days'`,
  },
  {
    name: 'every stop has its reason',
    sql: `select id, state from cases where state in ('stopped', 'closed') and end_reason is null
      union all select id, state from referrals where state in ('declined', 'withdrawn') and end_reason is null`,
  },
  {
    name: 'who must never be together is not at one meeting',
    sql: `select t.id from circle_contact_restrictions x
      join meetings t on t.organisation_id = x.organisation_id and t.case_id = x.case_id and t.state in ('fixed', 'held')
      where x.mode = 'never-together' and x.ended_at is null and coalesce(t.fixed_at, t.created_at) > x.created_at and 2 = (
        select count(*) from circle_members m
        left join meetings_responses r on r.meeting_id = t.id and r.member_id = m.id
        where m.id in (x.one_member_id, x.other_member_id) and m.state in ('coming', 'maybe')
          and coalesce(r.answers ->> t.slot_id::text, 'no') <> 'no')`,
  },
  {
    name: 'all that was due is done',
    sql: `select id, job, state, run_at from platform_outbox where state in ('waiting', 'handed') and run_at <= $1`,
  },
  {
    name: 'no job is dead but that of an address which is no more, or a mailbox that stayed full',
    sql: `select id, job, error_code from platform_outbox where state = 'dead' and error_code not in ('smtp-550', 'smtp-452')`,
  },
  {
    name: 'a message is sent, waits, was taken back, or is somebody\'s to do by hand: none is lost on its way',
    sql: `select id, template, state, last_error from messages where state = 'sending' or (state = 'queued' and not exists (
      select from platform_outbox o where o.payload ->> 'messageId' = messages.id::text and o.state in ('waiting', 'handed')))`,
  },
];

/** What is not true of this town, by name; empty when all is well. */
export async function broken(town: Town): Promise<string[]> {
  const found: string[] = [];
  for (const { name, sql } of INVARIANTS) {
    const rows = await town.rows(sql, sql.includes('$1') ? [town.now] : []);
    if (rows.length > 0) found.push(`${name}: ${rows.length} times, as ${JSON.stringify(rows[0])}`);
  }
  return [...found, ...calendars(town), ...(await auditLog(town)), ...town.surprises.map((surprise) => `nothing is answered that nobody counted on: ${surprise}`)];
}

export const INVARIANT_COUNT = INVARIANTS.length + 3;

/** For each reader the sequence of an appointment grows, and the same word is not said twice. */
function calendars({ post }: Town): string[] {
  const last = new Map<string, number>();
  const said = new Set<string>();
  const found: string[] = [];
  for (const { to, calendar } of post) {
    if (!calendar) continue;
    const read = (name: string): string => new RegExp(`^${name}:(.*)$`, 'm').exec(calendar)?.[1]?.trim() ?? '';
    const [uid, method, sequence] = [read('UID'), read('METHOD'), Number(read('SEQUENCE'))];
    const key = `${to} ${uid}`;
    const word = `${key} ${method} ${sequence}`;
    if (said.has(word)) found.push(`an appointment says each thing once: ${word}`);
    if (sequence < (last.get(key) ?? 0)) found.push(`the sequence of an appointment grows: ${word} after ${last.get(key)}`);
    said.add(word);
    last.set(key, sequence);
  }
  return found;
}

async function auditLog(town: Town): Promise<string[]> {
  const { app, organisationId } = town.test;
  while ((await app.get(SealerService).seal()) > 0);
  const { findings, events } = await app.get(VerifierService).verify({ id: organisationId, slug: 'noord' });
  town.count('events on the audit log', events);
  return findings.map(({ kind, where }) => `the audit log is as it was sealed: ${kind} ${where}`);
}
