// Reads: circle_contact_attempts. Writes: circle_contact_attempts, circle_consents, circle_contact_restrictions, platform_lookups.
import { statement } from '../platform/database/tx.js';

/** Everything by which one person, or a referral, can be found. Served by platform_lookups_by_object. */
export const FORGET_LOOKUPS = statement(
  'circle.forget-lookups',
  'delete from platform_lookups where organisation_id = $1 and object_id = $2',
);

export const ATTEMPTS_OF_MEMBER = statement(
  'circle.attempts-of-member',
  'select id from circle_contact_attempts where organisation_id = $1 and member_id = $2',
);

/** What was noted of a call goes; that there was one stays. */
export const FORGET_ATTEMPT = statement(
  'circle.forget-attempt',
  'update circle_contact_attempts set sealed = $3 where organisation_id = $1 and id = $2',
);

/** What they said yes to, and what was said of their being asked. */
export const FORGET_CONSENTS = statement(
  'circle.forget-consents',
  'delete from circle_consents where organisation_id = $1 and (member_id = $2 or professional_member_id = $2)',
);

/** Nobody can meet who is not there any more; why they should not is no longer to be kept. */
export const FORGET_RESTRICTIONS = statement(
  'circle.forget-restrictions',
  'delete from circle_contact_restrictions where organisation_id = $1 and (one_member_id = $2 or other_member_id = $2)',
);
