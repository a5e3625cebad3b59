import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who of the staff is who at an OpenID Connect provider. Adds one empty column to
 * `people_sessions` (no rewrite: locks for an instant); the rest is new.
 */
export class Identities1763600810000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table people_identities (
        organisation_id uuid not null,
        id uuid not null,
        staff_id uuid not null,
        issuer text not null,
        -- Keyed, of issuer and subject: what the provider calls somebody is not told by the database alone.
        subject_hash bytea not null,
        created_at timestamptz not null,
        primary key (organisation_id, id),
        -- The look-up at every sign-in.
        constraint people_identities_subject unique (organisation_id, subject_hash),
        -- One person there is one person here: an address that is given to a successor does not open the account.
        constraint people_identities_person unique (organisation_id, staff_id, issuer),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id) on delete cascade
      )`);
    await runner.query(`select platform_protect('people_identities')`);

    // How a session was begun; null for those from before it was kept, and for participants.
    await runner.query(`alter table people_sessions add column if not exists signed_in_by text
      check (signed_in_by is null or (staff_id is not null and signed_in_by in ('password', 'oidc')))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table people_identities');
  }
}
