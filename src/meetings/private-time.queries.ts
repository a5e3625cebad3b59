// Statements of the tables `meetings_private_times` and `meetings_private_calls`; AT_THE_TABLE also reads `meetings`.
import { statement } from '../platform/database/tx.js';

/** In place of an id: the facilitator, called in by the circle. */
export const THE_FACILITATOR = 'facilitator';

export interface TableRow {
  /** Null when no private time runs. `calledIn`: ids of people, and `facilitator`. */
  running: { meetingId: string; calledIn: string[] } | null;
  /** Private time was there, and is over. */
  had: boolean;
  /** Who was named to write at a meeting that is fixed, and when that meeting ends (RFC 3339). */
  scribes: { memberId: string; endsAt: string }[];
}

/** Who is in during the private time `x`. */
export const CALLED_IN = `(
    select coalesce(json_agg(coalesce(c.member_id::text, '${THE_FACILITATOR}') order by c.called_at, c.id), '[]')
    from meetings_private_calls c where c.organisation_id = x.organisation_id and c.private_time_id = x.id and c.left_at is null)`;

/** How it stands at the table of a case. Served by the two indexes on private times that begin with the case, and by meetings_one_open. */
export const AT_THE_TABLE = statement(
  'meetings.at-the-table',
  `select
     (select json_build_object('meetingId', x.meeting_id, 'calledIn', ${CALLED_IN})
       from meetings_private_times x where x.organisation_id = $1 and x.case_id = $2 and x.ended_at is null) as running,
     exists (select from meetings_private_times x where x.organisation_id = $1 and x.case_id = $2 and x.ended_at is not null) as had,
     (select coalesce(json_agg(json_build_object('memberId', m.scribe_id, 'endsAt', platform_utc(m.ends_at))), '[]')
       from meetings m where m.organisation_id = $1 and m.case_id = $2 and m.state = 'fixed' and m.scribe_id is not null) as scribes`,
);

export const START_PRIVATE_TIME = statement(
  'meetings.private-time-start',
  'insert into meetings_private_times (organisation_id, id, case_id, meeting_id, started_at) values ($1, $2, $3, $4, $5)',
);

/** Nothing is returned when somebody else was faster. */
export const END_PRIVATE_TIME = statement(
  'meetings.private-time-end',
  'update meetings_private_times set ended_at = $3 where organisation_id = $1 and id = $2 and ended_at is null returning id',
);

export const CALL_IN = statement(
  'meetings.private-call-in',
  'insert into meetings_private_calls (organisation_id, id, private_time_id, member_id, called_at) values ($1, $2, $3, $4, $5)',
);

/** Of one person, or of the facilitator (null); $5 instead of both: of everyone. */
export const CALL_OUT = statement(
  'meetings.private-call-out',
  `update meetings_private_calls set left_at = greatest($4::timestamptz, called_at)
   where organisation_id = $1 and private_time_id = $2 and left_at is null and ($5::boolean or member_id is not distinct from $3)`,
);

export const NAME_SCRIBE = statement(
  'meetings.name-scribe',
  'update meetings set scribe_id = $3, version = version + 1 where organisation_id = $1 and id = $2',
);
