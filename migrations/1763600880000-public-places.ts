import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Public places with their rooms, and meetings that take one: no room is taken twice. Locks `meetings` while two empty columns
 * are added (an instant at any size) and while the constraint reads it (about a second on a million rows).
 */
export class PublicPlaces1763600880000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table neighbourhood_places (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        name text not null,
        address text not null,
        step_free boolean,
        neighbourhood_code text check (neighbourhood_code ~ '^(WK[0-9]{6}|BU[0-9]{8})$'),
        -- Who opens the door, and notes: may name people.
        sealed bytea not null,
        created_at timestamptz not null,
        version integer not null default 1,
        primary key (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('neighbourhood_places')`);
    // The list by name.
    await runner.query('create index neighbourhood_places_by_name on neighbourhood_places (organisation_id, name, id)');

    await runner.query(`
      create table neighbourhood_rooms (
        organisation_id uuid not null,
        id uuid not null,
        place_id uuid not null,
        name text not null,
        capacity integer not null check (capacity between 1 and 1000),
        position integer not null,
        removed_at timestamptz,
        primary key (organisation_id, id),
        unique (organisation_id, place_id, id),
        foreign key (organisation_id, place_id) references neighbourhood_places (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('neighbourhood_rooms')`);

    await runner.query(`alter table meetings
      add column public_place_id uuid,
      add column room_id uuid,
      add foreign key (organisation_id, public_place_id) references neighbourhood_places (organisation_id, id),
      add foreign key (organisation_id, public_place_id, room_id) references neighbourhood_rooms (organisation_id, place_id, id),
      add check (room_id is null or public_place_id is not null),
      add check (public_place_id is null or place_type = 'public-place'),
      add constraint meetings_room_once exclude using gist
        (organisation_id with =, room_id with =, tstzrange(starts_at, ends_at) with &&) where (state = 'fixed' and room_id is not null)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table meetings drop column room_id, drop column public_place_id');
    await runner.query('drop table neighbourhood_rooms, neighbourhood_places');
  }
}
