import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two marks and a sentence of each who took part: after the meeting, and when the case is closed. */
export class Marks1763601070010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table plans_marks (
        organisation_id uuid not null,
        case_id uuid not null,
        member_id uuid not null,
        moment text not null check (moment in ('meeting', 'closure')),
        meeting smallint check (meeting between 1 and 10),
        plan smallint check (plan between 1 and 10),
        sealed bytea,
        may_share boolean not null,
        given_at timestamptz not null,
        primary key (organisation_id, member_id, moment),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id),
        check (meeting is not null or plan is not null or sealed is not null)
      )`);
    await runner.query(`select platform_protect('plans_marks')`);
    await runner.query('create index plans_marks_of_case on plans_marks (organisation_id, case_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table plans_marks');
  }
}
