import { statement } from '../platform/database/tx.js';

/** Reads: people_staff. Who hands over, also when the account is closed. */
export const GIVER = statement('cases.giver', 'select id, name from people_staff where organisation_id = $1 and id = $2');

/** Who had these cases has them no more from the commit on. */
export const GIVE = statement(
  'cases.give',
  'update cases set facilitator_id = $3, version = version + 1 where organisation_id = $1 and id = any ($2)',
);

/** Reads: cases, meetings_duties. What somebody would leave behind; cases are served by cases_of_facilitator. */
export const CARRIED = statement(
  'cases.carried',
  `select
     (select count(*)::int from cases where organisation_id = $1 and facilitator_id = $2 and state = any ($3)) as cases,
     (select count(*)::int from meetings_duties
      where organisation_id = $1 and $2 in (first_id, second_id) and ends_at > $4) as duties`,
);

/**
 * Reads: people_staff, cases, meetings_duties, meetings_absences. A page of the facilitators by name, with what they carry: one statement, the count
 * of each served by cases_of_facilitator. $2 now, $3 after whom, $4 limit + 1, $5 open states.
 */
export const FACILITATORS = statement(
  'cases.facilitators',
  `select s.id, s.name, s.neighbourhood_codes as "neighbourhoodCodes",
     (select count(*)::int from cases c
      where c.organisation_id = s.organisation_id and c.facilitator_id = s.id and c.state = any ($5)) as "openCases",
     exists (select 1 from meetings_duties d where d.organisation_id = s.organisation_id and s.id in (d.first_id, d.second_id)
       and d.starts_at <= $2 and d.ends_at > $2) as "onDuty",
     (select platform_utc(max(a.ends_at)) from meetings_absences a
      where a.organisation_id = s.organisation_id and a.staff_id = s.id and a.starts_at <= $2 and a.ends_at > $2) as "absentUntil"
   from people_staff s
   where s.organisation_id = $1 and 'facilitator' = any (s.roles) and s.disabled_at is null
     and ($3::uuid is null or (s.name, s.id) > (select a.name, a.id from people_staff a where a.organisation_id = $1 and a.id = $3))
   order by s.name, s.id limit $4`,
);
