import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who of the staff is who at an OpenID Connect provider. Locks nothing: all new. */
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
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table people_identities');
  }
}
