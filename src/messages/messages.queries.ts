import { statement } from '../platform/database/tx.js';
import type { Channel, MessageState } from './messages.rules.js';
import type { Template } from './templates.rules.js';

/** Statements of the message log. They read `messages`, `messages_mailbox`, `messages_unreachable`, `privacy_erasure_requests` (who wants no contact), `meetings` (which are past), and `cases` (to know whose messages they are). */

export const INSERT_MESSAGE = statement(
  'messages.insert',
  `insert into messages (organisation_id, created_at, id, key, template, channel, state, to_masked, sealed, member_id, staff_id,
     referral_id, case_id, meeting_id, urgent, at_any_hour, attempts, sent_at, safe_from, safe_until, address_hash, why)
   select $1, $2, m.*
   from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[], $10::uuid[], $11::uuid[],
     $12::uuid[], $13::uuid[], $14::uuid[], $15::boolean[], $16::boolean[], $17::integer[], $18::timestamptz[], $19::integer[],
     $20::integer[], $21::bytea[], $22::text[]) as m
   on conflict (organisation_id, key) do nothing
   returning id`,
);

/** What `messages.insert` puts there, in its order, after the organisation and the moment. */
export const MESSAGE_COLUMNS = [
  'id', 'key', 'template', 'channel', 'state', 'toMasked', 'sealed', 'memberId', 'staffId', 'referralId', 'caseId', 'meetingId', 'urgent',
  'atAnyHour', 'attempts', 'sentAt', 'safeFrom', 'safeUntil', 'addressHash', 'why',
] as const;

export const FIND_BY_KEYS = statement('messages.by-keys', 'select id, key from messages where organisation_id = $1 and key = any ($2)');

/** A message as a worker finds it. */
export interface MessageRow {
  id: string;
  template: Template;
  channel: Channel;
  state: MessageState;
  sealed: Buffer | null;
  memberId: string | null;
  urgent: boolean;
  atAnyHour: boolean;
  safeFrom: number | null;
  safeUntil: number | null;
  claimedAt: Date | null;
  attempts: number;
  /** Tries of which nobody knows how they ended. */
  unknownTries: number;
  caseId: string | null;
}

/** The columns of a `MessageRow`. */
export const ROW = `id, template, channel, state, sealed, member_id as "memberId", urgent, at_any_hour as "atAnyHour",
  safe_from as "safeFrom", safe_until as "safeUntil",
  claimed_at as "claimedAt", attempts, unknown_tries as "unknownTries", case_id as "caseId"`;

export const LOCK_MESSAGE = statement(
  'messages.lock',
  `select ${ROW} from messages where organisation_id = $1 and id = $2 for update`,
);

/** In the order of their ids, so that two workers never wait for each other. */
export const LOCK_MESSAGES = statement(
  'messages.lock-all',
  `select ${ROW} from messages where organisation_id = $1 and id = any ($2) order by id for update`,
);

/** What waited too long is taken back: somebody asked to be erased and to hear nothing more, or the date is past ($3 now). Returns which. */
export const TAKE_BACK_UNWANTED = statement(
  'messages.take-back-unwanted',
  `update messages set state = 'cancelled', sealed = null
   where organisation_id = $1 and id = any ($2) and (exists (
     select from privacy_erasure_requests r
     where r.organisation_id = $1 and r.member_id = messages.member_id and r.stop_contact and r.state in ('open', 'erasing'))
     or template in ('meeting-poll', 'poll-reminder', 'meeting-fixed', 'meeting-reminder', 'chair-asked') and exists (
     select from meetings t where t.organisation_id = $1 and t.id = messages.meeting_id and t.starts_at <= $3))
   returning id`,
);

export const CLAIM = statement(
  'messages.claim',
  `update messages set state = 'sending', attempts = attempts + 1, claimed_at = $3,
     unknown_tries = unknown_tries + case when state = 'sending' then 1 else 0 end
   where organisation_id = $1 and id = any ($2) and state = any ($4)`,
);

export const MARK_SENT = statement(
  'messages.sent',
  `update messages set state = 'sent', sent_at = $3, sealed = null, last_error = null
   where organisation_id = $1 and id = any ($2) and state = any ($4)`,
);

export const MARK_NOT_SENT = statement(
  'messages.not-sent',
  `update messages set state = $3, last_error = coalesce($4, last_error), unknown_tries = unknown_tries + $6
   where organisation_id = $1 and id = $2 and state = any ($5)
   returning id`,
);

/** Null stands for "whichever". Uses messages_of_member, messages_of_meeting or messages_of_case. */
export const TAKE_BACK = statement(
  'messages.take-back',
  `update messages set state = 'cancelled', sealed = null
   where organisation_id = $1 and state = any ($2) and ($3::uuid is null or member_id = $3)
     and ($4::uuid is null or meeting_id = $4) and ($5::uuid is null or case_id = $5)
     and ($6::text[] is null or template = any ($6))
   returning id`,
);

/** What a person's messages say and where they went is forgotten; what was sent stays on the log as sent. */
export const FORGET = statement(
  'messages.forget',
  `update messages set sealed = null, to_masked = '…', address_hash = null, state = case when state = 'sent' then 'sent' else 'cancelled' end,
     sent_at = case when state = 'sent' then sent_at end
   where organisation_id = $1 and member_id = $2 and (to_masked <> '…' or sealed is not null)
   returning id`,
);

export const DONE_BY_HAND = statement(
  'messages.done-by-hand',
  `update messages set state = 'sent', sent_at = $3, sealed = null
   where organisation_id = $1 and member_id = $2 and state = any ($4)`,
);

/** The newest that waits, by mail and as a text message; "wentToo": by one of these ways it went. */
export const LOCK_NOT_SENT = statement(
  'messages.lock-not-sent',
  `select ${ROW}, exists (
     select from messages o where o.organisation_id = $1 and o.member_id = $2 and o.template = $3 and o.created_at = m.created_at
       and o.state in ('sending', 'sent')) as "wentToo"
   from messages m where organisation_id = $1 and member_id = $2 and template = $3 and state = any ($4)
     and created_at = (select max(n.created_at) from messages n
       where n.organisation_id = $1 and n.member_id = $2 and n.template = $3 and n.state = any ($4))
   order by id for update`,
);

/** Of what a machine sent or was to send, a text message beside the mail too: the task by hand in its place (`follows`) is another row. */
export const NEWEST_STATES = statement(
  'messages.newest-states',
  `select m.state from messages m where m.organisation_id = $1 and m.member_id = $2 and m.template = $3 and m.follows is null
     and m.created_at = (select max(n.created_at) from messages n
       where n.organisation_id = $1 and n.member_id = $2 and n.template = $3 and n.follows is null)`,
);

export const LOCK_NOT_SENT_OF_CASE = statement(
  'messages.lock-not-sent-of-case',
  `select ${ROW} from messages where organisation_id = $1 and case_id = $2 and state = any ($3) and sealed is not null
   order by id for update`,
);

export const RESEAL = statement('messages.reseal', 'update messages set sealed = $3 where organisation_id = $1 and id = $2');

/** One line of the message log. */
export interface LogRow {
  id: string;
  template: Template;
  channel: Channel;
  to: string;
  state: MessageState;
  attempts: number;
  sentAt: Date | null;
}

/**
 * The log, newest first: a facilitator's own cases ($2), or everything (null). Filters that are null filter nothing. The
 * primary key serves the order; messages_of_case and messages_of_member serve their filters.
 */
export const LIST_MESSAGES = statement(
  'messages.list',
  `select m.id, m.template, m.channel, m.to_masked as "to", m.state, m.attempts, m.sent_at as "sentAt"
   from messages m
   where m.organisation_id = $1
     and ($2::uuid is null or exists (
       select from cases c where c.organisation_id = $1 and c.id = m.case_id and c.facilitator_id = $2))
     and ($3::uuid is null or m.case_id = $3) and ($4::uuid is null or m.member_id = $4) and ($5::text is null or m.state = $5)
     and ($6::uuid is null or m.id < $6)
   order by m.id desc
   limit $7`,
);

export const PUT_IN_MAILBOX = statement(
  'messages.mailbox.put',
  `insert into messages_mailbox (organisation_id, id, sealed, sent_at) values ($1, $2, $3, $4)
   on conflict (organisation_id, id) do nothing`,
);

export const LIST_MAILBOX = statement(
  'messages.mailbox.list',
  `select id, sealed, sent_at as "sentAt" from messages_mailbox where organisation_id = $1
   order by sent_at desc, id desc limit $2`,
);
