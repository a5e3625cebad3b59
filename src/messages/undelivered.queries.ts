import { statement } from '../platform/database/tx.js';
import { ROW, type MessageRow } from './messages.queries.js';

/**
 * Statements about messages that did not arrive. They read and write `messages` and `messages_unreachable`, and read `cases` and
 * `meetings` (to know whether what a message said still holds).
 */

export const UNREACHABLE = statement(
  'messages.unreachable',
  `select member_id as "memberId", why, address_hash as "addressHash" from messages_unreachable
   where organisation_id = $1 and member_id = any ($2)`,
);

export const NOTE_UNREACHABLE = statement(
  'messages.note-unreachable',
  `insert into messages_unreachable (organisation_id, member_id, why, address_hash, since) values ($1, $2, $3, $4, $5)
   on conflict (organisation_id, member_id, why, address_hash) do nothing`,
);

export const FORGET_UNREACHABLE = statement(
  'messages.forget-unreachable',
  'delete from messages_unreachable where organisation_id = $1 and member_id = $2',
);

export const BECOME_BY_HAND = statement(
  'messages.become-by-hand',
  `update messages set state = 'by-hand', channel = $3, why = $4 where organisation_id = $1 and id = $2 and state = any ($5) returning id`,
);

/**
 * The task by hand in place of a message ($5) that did not arrive; one for each time, one for a mail and the text message beside it together,
 * and one complaint for each person.
 */
export const INSERT_INSTEAD = statement(
  'messages.insert-instead',
  `insert into messages (organisation_id, id, key, template, channel, state, to_masked, sealed, member_id, case_id, meeting_id, urgent,
     at_any_hour, created_at, follows, why)
   select m.organisation_id, $2, $3, m.template, $4, 'by-hand', '…', $6, m.member_id, $7, m.meeting_id, m.urgent, m.at_any_hour, $8, m.id, $9
   from messages m where m.organisation_id = $1 and m.id = $5 and not exists (
     select from messages t join messages b on b.organisation_id = t.organisation_id and b.id = t.follows
     where t.organisation_id = $1 and t.member_id = m.member_id and t.state = 'by-hand' and b.id <> m.id and b.template = m.template
       and b.meeting_id is not distinct from m.meeting_id and b.created_at = m.created_at)
   on conflict do nothing
   returning id`,
);

export const MARK_RETURNED = statement(
  'messages.returned',
  `update messages set state = 'bounced', last_error = $3 where organisation_id = $1 and id = $2 and state = any ($4) returning id`,
);

export const NOTE_ANSWER = statement(
  'messages.note-answer',
  `update messages set last_error = coalesce($3, last_error), delivered_at = coalesce($4, delivered_at)
   where organisation_id = $1 and id = $2 and state = 'sent' returning id`,
);

/** What a returned mail or a report is about. */
export interface ReturnedRow {
  id: string;
  attempts: number;
  memberId: string | null;
  caseId: string | null;
  channel: string;
  to: string;
  hash: Buffer | null;
}

export const FIND_RETURNED = statement(
  'messages.find-returned',
  `select id, attempts, member_id as "memberId", case_id as "caseId", channel, to_masked as "to", address_hash as hash from messages
   where organisation_id = $1 and id = $2`,
);

export const TAKE_BACK_INSTEAD = statement(
  'messages.take-back-instead',
  `update messages set state = 'cancelled', sealed = null where organisation_id = $1 and follows = $2 and state = 'by-hand'`,
);

/** A message to send again. */
export interface RetryRow extends MessageRow {
  to: string;
  /** The case or the meeting is over, or something newer was said of the same: what it says no longer holds. */
  overtaken: boolean;
}

/** Of a case of this facilitator ($3), or of anyone (null); $4 now. */
export const LOCK_TO_RETRY = statement(
  'messages.lock-to-retry',
  `select ${ROW}, to_masked as "to",
     template in ('device-code', 'password-link')
     or exists (select from cases c where c.organisation_id = $1 and c.id = m.case_id and c.state in ('closed', 'stopped'))
     or exists (select from meetings t where t.organisation_id = $1 and t.id = m.meeting_id
       and (t.state = 'held' or (t.state = 'cancelled' and m.template <> 'meeting-cancelled') or t.starts_at <= $4))
     or exists (select from messages n where n.organisation_id = $1 and n.member_id = m.member_id and n.id > m.id and n.key <> m.key || ' sms' and n.follows is null
       and n.state in ('queued', 'sending', 'failed', 'sent') and (n.template = m.template or n.meeting_id = m.meeting_id)) as overtaken
   from messages m
   where organisation_id = $1 and id = $2 and ($3::uuid is null or exists (
     select from cases c where c.organisation_id = $1 and c.id = m.case_id and c.facilitator_id = $3))
   for update`,
);

export const SEND_AGAIN = statement(
  'messages.send-again',
  `update messages set state = $3, sealed = $4, to_masked = $5, address_hash = $6, unknown_tries = 0, sent_at = null, last_error = null
   where organisation_id = $1 and id = $2`,
);
