import { statement } from '../platform/database/tx.js';

/** Reads: cases, people_staff, audit_seals. */

/** A case by its reference, a colleague by name; also one who left. */
export const LOG_FILTER = statement(
  'desk.log-filter',
  `select (select id from cases where organisation_id = $1 and reference = upper($2)) as "caseId",
     (select id from people_staff where organisation_id = $1 and lower(name) = lower($3) order by id desc limit 1) as "actorId"`,
);

export const LOG_NAMES = statement('desk.log-names', 'select id, name from people_staff where organisation_id = $1 and id = any ($2::uuid[])');

export const NEWEST_SEAL = statement(
  'desk.newest-seal',
  'select number, at from audit_seals where organisation_id = $1 order by epoch desc, number desc limit 1',
);
