import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is in the way of a promise, and whose move it is. Locks nothing: all new. */
export class Obstacles1763601060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table plans_obstacles (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        commitment_id uuid not null,
        category text not null check (category in ('rule', 'money', 'waiting-list', 'agency', 'information', 'other')),
        mover_id uuid,
        mover_hash bytea,
        state text not null check (state in ('open', 'removed', 'lapsed')),
        raised_at timestamptz not null,
        open_since timestamptz not null,
        state_since timestamptz not null,
        lead_since timestamptz,
        director_mail text check (director_mail in ('no-director', 'asked', 'declined', 'sent')),
        share_text boolean not null default false,
        sealed bytea not null,
        version integer not null default 1,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id),
        foreign key (organisation_id, commitment_id) references plans_commitments (organisation_id, id),
        foreign key (organisation_id, case_id, mover_id) references circle_members (organisation_id, case_id, id),
        -- Somebody of the circle, an organisation, or somebody of the circle who works for one.
        check (mover_id is not null or mover_hash is not null)
      )`);
    await runner.query(`select platform_protect('plans_obstacles')`);
    await runner.query('create index plans_obstacles_of_commitment on plans_obstacles (organisation_id, commitment_id)');
    await runner.query('create index plans_obstacles_of_case on plans_obstacles (organisation_id, case_id, mover_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table plans_obstacles');
  }
}
