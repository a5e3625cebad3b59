import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Referrals and where they came from. Locks nothing: all new. */
export class Referrals1763600650000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table referrals (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        state text not null check (state in ('awaiting-confirmation', 'received', 'more-information-needed', 'accepted',
          'declined', 'withdrawn')),
        kind text not null check (kind in ('netwerkberaad', 'eigen-kracht', 'mdo', 'jim', 'netwerkplan', 'unknown')),
        source text not null,
        themes text[] not null,
        safety_level text not null check (safety_level in ('none', 'concern', 'acute')),
        consent_given boolean not null,
        neighbourhood_code text,
        resident_name text not null,
        referrer_staff_id uuid,
        sealed bytea not null,
        confirmation_hash bytea,
        created_at timestamptz not null,
        received_at timestamptz,
        state_since timestamptz not null,
        accepted_at timestamptz,
        accepted_by uuid,
        case_id uuid,
        end_reason text,
        version integer not null default 1,
        primary key (organisation_id, id),
        unique (organisation_id, confirmation_hash),
        foreign key (organisation_id, referrer_staff_id) references people_staff (organisation_id, id),
        foreign key (organisation_id, accepted_by) references people_staff (organisation_id, id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('referrals')`);
    await runner.query('create index referrals_by_state on referrals (organisation_id, state, id desc)');
    await runner.query(`create index referrals_of_referrer on referrals (organisation_id, referrer_staff_id, id desc)
      where referrer_staff_id is not null`);
    await runner.query(`alter table cases add constraint cases_referral
      foreign key (organisation_id, referral_id) references referrals (organisation_id, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table cases drop constraint cases_referral');
    await runner.query('drop table referrals');
  }
}
