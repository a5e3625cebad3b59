import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Staff choose their password themselves by a link, see and end their sessions, and have a duty roster. Adds one empty column to
 * `people_sessions` (no rewrite: locks for an instant on a million rows) and an index on it, whose building holds back new
 * sessions for about a second on a million rows; the rest is new.
 */
export class Staff1763600800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table people_password_links (
        organisation_id uuid not null,
        id uuid not null,
        hash bytea not null check (octet_length(hash) = 32),
        staff_id uuid not null,
        created_at timestamptz not null,
        expires_at timestamptz not null check (expires_at > created_at),
        used_at timestamptz,
        ended_at timestamptz,
        primary key (organisation_id, id),
        unique (organisation_id, hash),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id),
        check (used_at is null or ended_at is not null)
      )`);
    await runner.query(`select platform_protect('people_password_links')`);
    // Ending all that somebody has: a new link, a password that was chosen, an account that is closed.
    await runner.query(`create index people_password_links_of_staff on people_password_links (organisation_id, staff_id)
      where ended_at is null`);

    // How they came in; null for sessions from before it was kept, and for participants.
    await runner.query(`alter table people_sessions add column signed_in_by text
      check (signed_in_by is null or (staff_id is not null and signed_in_by in ('password', 'oidc')))`);
    // The sessions that somebody of the staff has open: the list of them, and ending them all.
    await runner.query(`create index people_sessions_of_staff on people_sessions (organisation_id, staff_id)
      where staff_id is not null and ended_at is null`);

    await runner.query(`
      create table meetings_duties (
        organisation_id uuid not null,
        id uuid not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null check (ends_at > starts_at),
        first_id uuid not null,
        second_id uuid check (second_id <> first_id),
        primary key (organisation_id, id),
        foreign key (organisation_id, first_id) references people_staff (organisation_id, id),
        foreign key (organisation_id, second_id) references people_staff (organisation_id, id),
        -- One duty at a time. Its index also answers who is on duty at an instant.
        constraint meetings_duties_once exclude using gist (organisation_id with =, tstzrange(starts_at, ends_at) with &&)
      )`);
    await runner.query(`select platform_protect('meetings_duties')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table meetings_duties');
    await runner.query('drop index people_sessions_of_staff');
    await runner.query('alter table people_sessions drop column signed_in_by');
    await runner.query('drop table people_password_links');
  }
}
