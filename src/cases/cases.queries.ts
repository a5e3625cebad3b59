import { statement } from '../platform/database/tx.js';

const COLUMNS = `c.id, c.reference, c.state, c.kind, c.urgent, c.facilitator_id as "facilitatorId",
  c.neighbourhood_code as "neighbourhoodCode", platform_utc(c.opened_at) as "openedAt",
  platform_utc(c.state_since) as "stateSince", c.end_reason as "endReason", c.version,
  case when c.facilitator_id = e.staff_id then c.resident_name end as "residentName"`;

const FILTERS = `($4::uuid is null or c.id < $4) and ($6::text is null or c.state = $6) and ($8::text is null or c.kind = $8)
  and ($9::text is null or c.neighbourhood_code = $9) and ($10::boolean is null or c.urgent = $10)
  order by c.id desc limit $5`;

/**
 * Reads: cases. One page of a facilitator's own cases without filters, served by cases_of_facilitator; null for a lead, who reads
 * CASE_PAGE. The bound is a plain parameter: behind row-level security an index takes no expression that is not leakproof, and
 * one plan then serves every page, so that PostgreSQL plans once a connection and not once a request.
 * $1–3 enter; $4 before, LAST_ID for the first page; $5 limit + 1.
 */
export const OWN_PAGE = statement(
  'cases.own-page',
  `select e.*, case when 'lead' = any (e.roles) then null else (
     select coalesce(json_agg(p), '[]') from (
       select ${COLUMNS} from cases c
       where c.organisation_id = e.organisation_id and c.facilitator_id = e.staff_id and c.id < $4
       order by c.id desc limit $5
     ) p) end as items
   from enter($1, $2, $3) e`,
);

/** After every case. */
export const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Reads: cases. One page of the caseload in one statement: it enters, then builds the page's JSON; nothing sealed is in it.
 * The first branch is one facilitator's cases (their own, or the one a lead asks for), served by cases_of_facilitator; the
 * second is a lead's view over everyone, served by the primary key. Only one of them runs.
 * $1–3 enter; $4 after, $5 limit + 1, $6 state, $7 facilitator, $8 kind, $9 neighbourhood, $10 urgent.
 */
export const CASE_PAGE = statement(
  'cases.page',
  `select e.*, (
     select coalesce(json_agg(p), '[]') from (
       (select ${COLUMNS} from cases c
        where c.organisation_id = e.organisation_id
          and c.facilitator_id = case when 'lead' = any (e.roles) then $7::uuid else e.staff_id end
          and ($7::uuid is null or c.facilitator_id = $7) and ${FILTERS})
       union all
       (select ${COLUMNS} from cases c
        where c.organisation_id = e.organisation_id and 'lead' = any (e.roles) and $7::uuid is null and ${FILTERS})
     ) p
   ) as items
   from enter($1, $2, $3) e`,
);
