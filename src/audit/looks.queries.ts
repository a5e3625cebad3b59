import { statement } from '../platform/database/tx.js';
import { ZONE } from '../platform/local-day.js';

/** Reads: audit_events, audit_seals, people_staff, people_organisations, circle_members, circle_contact_restrictions. */

export interface EventRow {
  id: string;
  at: Date;
  action: string;
  purpose: string;
  result: 'done' | 'refused';
  actorKind: string;
  actorId: string | null;
  actorRoles: string[];
  objectKind: string | null;
  objectId: string | null;
  caseId: string | null;
  requestId: string;
}

/** Newest first; a filter that is null filters nothing. Served by the primary key, audit_events_of_case or audit_events_of_actor. */
export const EVENTS = statement(
  'audit.events',
  `select id, at, action, purpose, result, actor_kind as "actorKind", actor_id as "actorId", actor_roles as "actorRoles",
     object_kind as "objectKind", object_id as "objectId", case_id as "caseId", request_id as "requestId"
   from audit_events
   where organisation_id = $1 and ($2::uuid is null or case_id = $2) and ($3::uuid is null or actor_id = $3)
     and ($4::text is null or action = $4) and ($5::uuid is null or id < $5)
   order by id desc limit $6`,
);

export interface LookRow {
  day: string;
  actorId: string;
  kind: 'staff' | 'participant';
  name: string;
  roles: string[];
  lastAt: Date;
  actions: string[];
  purposes: string[];
}

/**
 * Who looked, per day and person, newest day first: for a main person ($4) in the whole file, for another member only at their
 * own row. Not one's own looks, nor the service's; of participants only other main persons, who see the same file, and
 * never one of a pair that was ever kept apart. That restrictions were looked at is told as a look at the circle: nobody
 * learns here that there are any. Served by audit_events_of_case.
 */
export const FILE_LOOKS = statement(
  'audit.file-looks',
  `select l.*, coalesce(s.name, m.first_name, m.name) as name
   from (
     select (e.at at time zone '${ZONE}')::date as day, e.actor_kind as kind, e.actor_id as "actorId", max(e.at) as "lastAt",
       array_agg(distinct case e.action when 'circle.restrictions-read' then 'circle.listed' else e.action end) as actions,
       array_agg(distinct e.purpose) as purposes, (array_agg(array_to_json(e.actor_roles) order by e.id desc))[1] as roles
     from audit_events e
     where e.organisation_id = $1 and e.case_id = $2 and e.result = 'done' and e.action ~ '(read|listed|exported)$'
       and e.actor_id <> $3 and ($4 or (e.object_kind = 'circle-member' and e.object_id = $3))
       and (e.actor_kind = 'staff' or ($4 and e.actor_kind = 'participant'
         and exists (select from circle_members o where o.organisation_id = $1 and o.id = e.actor_id and o.case_id = $2 and o.is_main_person)
         and not exists (select from circle_contact_restrictions r where r.organisation_id = $1 and r.case_id = $2
           and $3 in (r.one_member_id, r.other_member_id) and e.actor_id in (r.one_member_id, r.other_member_id))))
     group by 1, 2, 3) l
   left join people_staff s on s.organisation_id = $1 and s.id = l."actorId" and l.kind = 'staff'
   left join circle_members m on m.organisation_id = $1 and m.id = l."actorId" and l.kind = 'participant'
   where $5::date is null or (l.day, l."actorId") < ($5::date, $6::uuid)
   order by l.day desc, l."actorId" desc limit $7`,
);

export const TENANT_NAME = statement('audit.tenant-name', 'select name from people_organisations where id = $1');
