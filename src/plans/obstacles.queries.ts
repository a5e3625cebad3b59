// Reads: circle_members, cases, people_staff, plans_commitments. Writes: plans_obstacles.
import { statement } from '../platform/database/tx.js';
import type { ObstacleEntity } from './obstacle.entity.js';

/** An obstacle with whose promise, whose move and whose case it is; words still sealed. */
export type ObstacleRow = Omit<ObstacleEntity, 'organisationId'> & {
  memberId: string;
  memberName: string;
  moverName: string | null;
  moverKind: 'informal' | 'professional' | 'aide' | null;
  moverIsMainPerson: boolean;
  reference: string;
  facilitatorId: string;
  facilitatorName: string;
};

const COLUMNS = `o.id, o.case_id as "caseId", o.commitment_id as "commitmentId", o.category, o.mover_id as "moverId", o.mover_hash as "moverKey",
  o.state, o.raised_at as "raisedAt", o.open_since as "openSince", o.state_since as "stateSince", o.lead_since as "leadSince",
  o.director_mail as "directorMail", o.share_text as "shareText", o.sealed, o.version,
  c.member_id as "memberId", coalesce(m.first_name, m.name) as "memberName", coalesce(w.first_name, w.name) as "moverName",
  w.circle_kind as "moverKind", coalesce(w.is_main_person, false) as "moverIsMainPerson",
  k.reference, k.facilitator_id as "facilitatorId", s.name as "facilitatorName"`;

const FROM = `from plans_obstacles o
  join plans_commitments c on c.organisation_id = o.organisation_id and c.id = o.commitment_id
  join circle_members m on m.organisation_id = c.organisation_id and m.id = c.member_id
  left join circle_members w on w.organisation_id = o.organisation_id and w.id = o.mover_id
  join cases k on k.organisation_id = o.organisation_id and k.id = o.case_id
  join people_staff s on s.organisation_id = k.organisation_id and s.id = k.facilitator_id
  where o.organisation_id = $1`;

/** One obstacle, by its key. */
export const OBSTACLE = statement('plans.obstacle', `select ${COLUMNS} ${FROM} and o.id = $2`);

/** How many others stand in the way of the same promise. $3 the one that goes away. */
export const OTHERS_OPEN = statement(
  'plans.obstacles-others-open',
  `select count(*)::int as n from plans_obstacles where organisation_id = $1 and commitment_id = $2 and id <> $3 and state = 'open'`,
);

/** What stands in the way of these promises. Served by plans_obstacles_of_commitment. */
export const OPEN_OF_COMMITMENTS = statement(
  'plans.obstacles-open-of-commitments',
  `select ${COLUMNS} ${FROM} and o.commitment_id = any ($2::uuid[]) and o.state = 'open' order by o.open_since, o.id`,
);

/** These promises ended: what stood in their way no longer does. $3 now. */
export const LAPSE = statement(
  'plans.obstacles-lapse',
  `update plans_obstacles set state = 'lapsed', state_since = $3, version = version + 1
   where organisation_id = $1 and commitment_id = any ($2::uuid[]) and state = 'open'`,
);

/** The same for everything of a case that ended. */
export const LAPSE_ALL = statement(
  'plans.obstacles-lapse-all',
  `update plans_obstacles set state = 'lapsed', state_since = $3, version = version + 1
   where organisation_id = $1 and case_id = $2 and state = 'open'`,
);

// $4 after this id; $5 case, $6 state, $7 category, $8 escalated, $9 whose move, $10 limit + 1.
const PAGE = `and ($4::uuid is null or o.id > $4) and ($5::uuid is null or o.case_id = $5) and ($6::text is null or o.state = $6)
  and ($7::text is null or o.category = $7) and ($8::boolean is null or (o.lead_since is not null) = $8)
  and ($9::text is null or (o.mover_id is null) = ($9 = 'organisation'))
  order by o.id limit $10`;

/** What stands or stood in a facilitator's cases ($2), and for a lead ($3) what stands long in any case. Oldest first. */
export const OF_STAFF = statement(
  'plans.obstacles-of-staff',
  `select ${COLUMNS} ${FROM} and (k.facilitator_id = $2 or ($3::boolean and o.lead_since is not null)) ${PAGE}`,
);

/** What concerns somebody of a circle ($2): in the way of their promise, their move, or of the case ($3) that is about them. Oldest first. */
export const OF_PARTICIPANT = statement(
  'plans.obstacles-of-participant',
  `select ${COLUMNS} ${FROM} and (c.member_id = $2 or o.mover_id = $2 or o.case_id = $3) ${PAGE}`,
);

/** How people are called. */
export const NAMES = statement(
  'plans.obstacles-names',
  'select id, coalesce(first_name, name) as name from circle_members where organisation_id = $1 and id = any ($2::uuid[])',
);

/** Everything that was in the way in a case ($3), and whether it was in the way of somebody's ($2) own promises; for update. */
export const WORDS_ABOUT = statement(
  'plans.obstacles-words-about',
  `select o.id, o.sealed, c.member_id = $2 as "isOwn" from plans_obstacles o
   join plans_commitments c on c.organisation_id = o.organisation_id and c.id = o.commitment_id
   where o.organisation_id = $1 and o.case_id = $3 for update of o`,
);

export const RESEAL = statement('plans.obstacles-reseal', 'update plans_obstacles set sealed = $3 where organisation_id = $1 and id = $2');
