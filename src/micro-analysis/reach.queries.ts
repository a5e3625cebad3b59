// Reads: messages, circle_contact_attempts, meetings_responses.
import type { Channel } from '../circle/circle.rules.js';
import { statement } from '../platform/database/tx.js';

/** How many different people, by the way in which they were approached. */
export interface Reach {
  channel: Channel;
  approached: number;
  /** Spoken to this way, or answered what came this way. */
  reached: number;
  /** Said by themself when they can come; on the telephone or at the door: it was noted for them. */
  answered: number;
  /** An address or a number that is no more. */
  undelivered: number;
  /** What a person had to do, since no mail or text message could. */
  byHand: number;
}

/**
 * Main persons and circle, each counted once for a channel. From the message log and the attempts at contact: the log is kept for
 * some months only, so that older months know the attempts alone. Served by messages (organisation, id), whose ids begin
 * with their instant, circle_contact_attempts_of_member and meetings_responses_of_member. $1 organisation, $2 months (the
 * other reports'), $3 and $4 the instants between which it lies, $5 the channels.
 */
export const REACH = statement(
  'micro-analysis.reach',
  `with asked as (select $2::text[]),
   tried as (
     select channel, member_id, false as spoken, state = 'dead' as undelivered, state = 'by-hand' as by_hand
     from messages
     where organisation_id = $1 and member_id is not null and created_at >= $3 and created_at < $4
       and state in ('sent', 'failed', 'dead', 'by-hand')
     union all
     select channel, member_id, outcome = 'reached', outcome = 'wrong-address', false
     from circle_contact_attempts
     where organisation_id = $1 and at >= $3 and at < $4
   ),
   people as (
     select t.channel, t.member_id, bool_or(t.spoken) as spoken, bool_or(t.undelivered) as undelivered, bool_or(t.by_hand) as by_hand,
       exists (
         select from meetings_responses r
         where r.organisation_id = $1 and r.member_id = t.member_id and r.answered_at >= $3 and r.answered_at < $4
           and r.answered_by_kind = case when t.channel in ('call', 'visit') then 'staff' else 'participant' end) as answered
     from tried t group by t.channel, t.member_id
   )
   select c.channel, count(p.member_id)::int as approached, (count(*) filter (where p.spoken or p.answered))::int as reached,
     (count(*) filter (where p.answered))::int as answered, (count(*) filter (where p.undelivered))::int as undelivered,
     (count(*) filter (where p.by_hand))::int as "byHand"
   from unnest($5::text[]) with ordinality as c (channel, place)
   left join people p on p.channel = c.channel
   group by c.channel, c.place order by c.place`,
);
