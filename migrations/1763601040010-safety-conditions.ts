import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How what must be safe stands in each fixed version of a plan. Locks nothing: all new. */
export class SafetyConditions1763601040010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What the condition is, is sealed with the plan: here is who answers for it, and what came of it.
    await runner.query(`
      create table plans_conditions (
        organisation_id uuid not null,
        plan_id uuid not null,
        condition_id uuid not null,
        case_id uuid not null,
        owner_id uuid not null,
        deputy_id uuid,
        test_by date not null,
        overdue_at timestamptz,
        met boolean,
        tested_at timestamptz,
        tested_by_id uuid,
        sealed bytea,
        primary key (organisation_id, plan_id, condition_id),
        foreign key (organisation_id, case_id, plan_id) references plans (organisation_id, case_id, id),
        foreign key (organisation_id, case_id, owner_id) references circle_members (organisation_id, case_id, id),
        foreign key (organisation_id, case_id, deputy_id) references circle_members (organisation_id, case_id, id),
        foreign key (organisation_id, case_id, tested_by_id) references circle_members (organisation_id, case_id, id),
        check ((met is null) = (tested_at is null) and (met is null) = (tested_by_id is null)),
        check (sealed is null or not met)
      )`);
    await runner.query(`select platform_protect('plans_conditions')`);
    // What is erased refers to it: cases, and people of them.
    for (const column of ['case_id', 'owner_id', 'deputy_id', 'tested_by_id']) {
      await runner.query(`create index plans_conditions_by_${column.replace('_id', '')} on plans_conditions (organisation_id, ${column})`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table plans_conditions');
  }
}
