// Writes: plans_commitments.
import { columns, statement } from '../platform/database/tx.js';
import type { CommitmentEntity } from './commitment.entity.js';

/** What a new version says of commitments that were there already, all in one go. $2… columns of as many rows. */
export const PUT_COMMITMENTS = statement(
  'plans.put-commitments',
  `update plans_commitments c set plan_id = u.plan_id, member_id = u.member_id, goal_id = u.goal_id, position = u.position, due_on = u.due_on,
     every = u.every, state = u.state, state_since = u.state_since, sealed = u.sealed, perspective_on = u.perspective_on,
     perspective = u.perspective, version = c.version + 1
   from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::integer[], $7::date[], $8::text[], $9::text[], $10::timestamptz[], $11::bytea[],
     $12::date[], $13::bytea[])
     as u (id, plan_id, member_id, goal_id, position, due_on, every, state, state_since, sealed, perspective_on, perspective)
   where c.organisation_id = $1 and c.id = u.id`,
);

/** The rows as those columns. */
export const columnsOf = (rows: readonly CommitmentEntity[]): unknown[][] =>
  columns(rows, ['id', 'planId', 'memberId', 'goalId', 'position', 'dueOn', 'every', 'state', 'stateSince', 'sealed', 'perspectiveOn', 'perspective']);
