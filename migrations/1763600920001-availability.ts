import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When facilitators work and when they are away, and the secret address of their agenda. Locks nothing: all new. */
export class Availability1763600920001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table meetings_weekly_hours (
        organisation_id uuid not null,
        staff_id uuid not null,
        -- [{ weekday: 1 (Monday) to 7, from, until }] in minutes of the local day.
        hours jsonb not null check (jsonb_typeof(hours) = 'array'),
        changed_at timestamptz not null,
        primary key (organisation_id, staff_id),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('meetings_weekly_hours')`);

    await runner.query(`
      create table meetings_absences (
        organisation_id uuid not null,
        id uuid not null,
        staff_id uuid not null,
        kind text not null check (kind in ('leave', 'illness', 'course', 'other')),
        starts_at timestamptz not null,
        ends_at timestamptz not null check (ends_at > starts_at),
        sealed bytea not null,
        created_at timestamptz not null,
        primary key (organisation_id, id),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('meetings_absences')`);
    // Who is away at a moment that is being planned, and who is away now.
    await runner.query('create index meetings_absences_of_staff on meetings_absences (organisation_id, staff_id, ends_at)');

    await runner.query(`
      create table meetings_calendar_feeds (
        organisation_id uuid not null,
        staff_id uuid not null,
        id uuid not null,
        hash bytea not null check (octet_length(hash) = 32),
        created_at timestamptz not null,
        -- One of a person at a time: another one takes its place.
        primary key (organisation_id, staff_id),
        unique (organisation_id, hash),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('meetings_calendar_feeds')`);
    // Sets the tenant for this transaction and returns whose feed it is, or no row: for who left or leads no meetings any more.
    await runner.query(`
      create function enter_feed(organisation uuid, token_hash bytea)
      returns table (organisation_id uuid, feed_id uuid, staff_id uuid, roles text[], name text)
      language plpgsql volatile rows 1 as $$
      begin
        perform set_config('app.organisation_id', organisation::text, true);
        return query
          select f.organisation_id, f.id, p.id, p.roles, p.name
          from meetings_calendar_feeds f
          join people_staff p on p.organisation_id = f.organisation_id and p.id = f.staff_id and p.disabled_at is null
            and 'facilitator' = any (p.roles)
          where f.organisation_id = organisation and f.hash = token_hash;
      end $$`);
    await runner.query('grant execute on function enter_feed(uuid, bytea) to netwerkberaad_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function enter_feed(uuid, bytea)');
    await runner.query('drop table meetings_calendar_feeds, meetings_absences, meetings_weekly_hours');
  }
}
