import { statement } from '../platform/database/tx.js';

/** Reads: messages. What did not arrive, newest first, without contents; served by messages_not_arrived. $2 after, $3 limit + 1. */
export const NOT_ARRIVED = statement(
  'desk.not-arrived',
  `select id, template, channel, to_masked as "to", state, last_error as code, attempts, created_at as "createdAt"
   from messages
   where organisation_id = $1 and state in ('dead', 'bounced', 'failed') and ($2::uuid is null or id < $2)
   order by id desc limit $3`,
);
