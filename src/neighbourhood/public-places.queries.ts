import { statement } from '../platform/database/tx.js';

/** Statements of `neighbourhood_places` and `neighbourhood_rooms`; IN_USE also reads `meetings`. */

const PLACE = `select p.id, p.name, p.address, p.step_free as "stepFree", p.neighbourhood_code as "neighbourhoodCode", p.sealed,
    p.version, (
      select coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'capacity', r.capacity) order by r.position), '[]')
      from neighbourhood_rooms r where r.organisation_id = p.organisation_id and r.place_id = p.id and r.removed_at is null) as rooms
  from neighbourhood_places p`;

export const ONE_PLACE = statement('neighbourhood.place', `${PLACE} where p.organisation_id = $1 and p.id = $2`);

/** Held until the command ends: who chooses a room and who changes the rooms of its place follow each other. */
export const HOLD_PLACE = statement(
  'neighbourhood.place-hold',
  'select 1 from neighbourhood_places where organisation_id = $1 and id = $2 for share',
);
export const LOCK_PLACE = statement(
  'neighbourhood.place-lock',
  'select 1 from neighbourhood_places where organisation_id = $1 and id = $2 for update',
);

/** By name, a page at a time; served by neighbourhood_places_by_name. */
export const LIST_PLACES = statement(
  'neighbourhood.places',
  `${PLACE} where p.organisation_id = $1 and ($2::text is null or (p.name, p.id) > ($2, $3::uuid)) order by p.name, p.id limit $4`,
);

export const INSERT_PLACE = statement(
  'neighbourhood.place-add',
  `insert into neighbourhood_places (organisation_id, id, name, address, step_free, neighbourhood_code, sealed, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export const REPLACE_PLACE = statement(
  'neighbourhood.place-replace',
  `update neighbourhood_places set name = $3, address = $4, step_free = $5, neighbourhood_code = $6, sealed = $7,
     version = version + 1
   where organisation_id = $1 and id = $2`,
);

/** Rooms in the given order; those that are there already take the new name, number of seats and place in the order. */
export const WRITE_ROOMS = statement(
  'neighbourhood.rooms-write',
  `insert into neighbourhood_rooms (organisation_id, id, place_id, name, capacity, position)
   select $1, r.id, $2, r.name, r.capacity, r.position
   from unnest($3::uuid[], $4::text[], $5::int[]) with ordinality as r (id, name, capacity, position)
   on conflict (organisation_id, id) do update
     set name = excluded.name, capacity = excluded.capacity, position = excluded.position`,
);

export const REMOVE_ROOMS = statement(
  'neighbourhood.rooms-remove',
  `update neighbourhood_rooms set removed_at = $4
   where organisation_id = $1 and place_id = $2 and removed_at is null and id <> all ($3::uuid[])`,
);

/** Rooms of a place, other than these, in which a meeting is still to be held. */
export const IN_USE = statement(
  'neighbourhood.rooms-in-use',
  `select distinct r.name from neighbourhood_rooms r
   join meetings m on m.organisation_id = r.organisation_id and m.room_id = r.id and m.state in ('polling', 'fixed')
     and (m.ends_at is null or m.ends_at > $4)
   where r.organisation_id = $1 and r.place_id = $2 and r.removed_at is null and r.id <> all ($3::uuid[]) order by r.name`,
);
