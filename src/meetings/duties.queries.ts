import { statement } from '../platform/database/tx.js';

/** Statements of `meetings_duties`; names come from `people_staff`. A few hundred rows in an organisation at most. */

const COLUMNS = 'd.id, d.starts_at as "from", d.ends_at as "to", d.first_id as "firstId", d.second_id as "secondId"';

export const ALL_DUTIES = statement(
  'meetings.duties',
  `select ${COLUMNS} from meetings_duties d where d.organisation_id = $1 order by d.starts_at`,
);

/** Reads: people_staff. What is not over yet, with names. */
export const DUTIES_AHEAD = statement(
  'meetings.duties-ahead',
  `select ${COLUMNS}, f.name as first, s.name as second from meetings_duties d
   join people_staff f on f.organisation_id = d.organisation_id and f.id = d.first_id
   left join people_staff s on s.organisation_id = d.organisation_id and s.id = d.second_id
   where d.organisation_id = $1 and d.ends_at > $2 order by d.starts_at`,
);

/** Who is on duty at an instant; no row when nobody is. */
export const ON_DUTY = statement(
  'meetings.on-duty',
  `select first_id as "firstId", second_id as "secondId" from meetings_duties
   where organisation_id = $1 and starts_at <= $2 and ends_at > $2`,
);

/** Whoever writes the roster waits for who is writing it. */
export const LOCK_ROSTER = statement(
  'meetings.lock-roster',
  `select pg_advisory_xact_lock(hashtextextended('meetings_duties ' || $1, 0))`,
);

export const CLEAR_DUTIES = statement(
  'meetings.clear-duties',
  'delete from meetings_duties where organisation_id = $1 and ($2::uuid[] is null or id = any ($2)) returning id',
);

export const PUT_DUTIES = statement(
  'meetings.put-duties',
  `insert into meetings_duties (organisation_id, id, starts_at, ends_at, first_id, second_id)
   select $1, d.* from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::uuid[], $6::uuid[]) as d`,
);

/** Reads: people_staff. Of these, who may be on duty; held until the command ends. */
export const HOLD_FACILITATORS = statement(
  'meetings.hold-facilitators',
  `select id from people_staff where organisation_id = $1 and id = any ($2) and disabled_at is null and 'facilitator' = any (roles)
   order by id for share`,
);
