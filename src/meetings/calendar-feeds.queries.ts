import { statement } from '../platform/database/tx.js';

/** Statements of `meetings_calendar_feeds`. FEED reads `meetings`, `meetings_slots` and `cases` too. */

/** What stands in a facilitator's own calendar. */
export interface FeedEvent {
  uid: string;
  reference: string;
  kind: string;
  placeType: string;
  /** A date that is only offered, in a poll. */
  offered: boolean;
  sequence: number;
  startsAt: string;
  endsAt: string;
  stamp: string;
}

export interface FeedRow {
  organisation_id: string;
  feed_id: string;
  staff_id: string;
  roles: string[];
  name: string;
  events: FeedEvent[];
}

/** The same person's earlier address stops working. */
export const PUT_FEED = statement(
  'meetings.put-feed',
  `insert into meetings_calendar_feeds (organisation_id, staff_id, id, hash, created_at) values ($1, $2, $3, $4, $5)
   on conflict (organisation_id, staff_id) do update set id = excluded.id, hash = excluded.hash, created_at = excluded.created_at`,
);

export const END_FEED = statement('meetings.end-feed', 'delete from meetings_calendar_feeds where organisation_id = $1 and staff_id = $2 returning id');

export const FEED_OF = statement('meetings.feed-of', 'select created_at as "createdAt" from meetings_calendar_feeds where organisation_id = $1 and staff_id = $2');

/**
 * Whose feed a token is, with what stands in it, in one statement: fixed and held meetings from $3 on, and offered dates from $4
 * on. No row for a token that opens nothing. Nothing sealed is read: no name, no address.
 */
export const FEED = statement(
  'meetings.feed',
  `select e.*, (select coalesce(json_agg(x order by x."startsAt", x.uid), '[]') from (
     select m.id::text as uid, c.reference, c.kind, m.place_type as "placeType", false as offered, m.sequence,
       platform_utc(m.starts_at) as "startsAt", platform_utc(m.ends_at) as "endsAt", platform_utc(coalesce(m.moved_at, m.fixed_at, m.created_at)) as stamp
     from meetings m join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
     where m.organisation_id = e.organisation_id and m.facilitator_id = e.staff_id and m.state in ('fixed', 'held') and m.starts_at >= $3
     union all
     select s.id::text, c.reference, c.kind, m.place_type, true, 0, platform_utc(s.starts_at), platform_utc(s.ends_at), platform_utc(m.created_at)
     from meetings m join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
     join meetings_slots s on s.organisation_id = m.organisation_id and s.meeting_id = m.id
     where m.organisation_id = e.organisation_id and m.facilitator_id = e.staff_id and m.state = 'polling' and s.starts_at >= $4
   ) x) as events
   from enter_feed($1, $2) e`,
);
