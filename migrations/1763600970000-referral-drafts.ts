import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Referrals in the making, kept for a week so that one can go on later. Locks nothing: all new. */
export class ReferralDrafts1763600970000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table referrals_drafts (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        token_hash bytea not null,
        staff_id uuid,
        sealed bytea not null,
        created_at timestamptz not null,
        touched_at timestamptz not null,
        sent_at timestamptz,
        primary key (organisation_id, id),
        unique (organisation_id, token_hash),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('referrals_drafts')`);
    // Somebody who is signed in finds theirs on another device too.
    await runner.query(`create index referrals_drafts_of_staff on referrals_drafts (organisation_id, staff_id, touched_at desc)
      where staff_id is not null and sent_at is null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table referrals_drafts');
  }
}
