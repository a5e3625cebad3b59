import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Statements, preconditions, the draft, fixed versions, agreements and commitments. Locks nothing: all new. */
export class Plans1763600600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table plans_statements (
        organisation_id uuid not null,
        case_id uuid not null,
        member_id uuid not null,
        sealed bytea not null,
        updated_at timestamptz not null,
        version integer not null default 1,
        primary key (organisation_id, case_id, member_id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id)
      )`);
    await runner.query(`select platform_protect('plans_statements')`);

    await runner.query(`
      create table plans_preconditions (
        organisation_id uuid not null,
        case_id uuid not null,
        home text not null check (home in ('fine', 'attention', 'missing')),
        money text not null check (money in ('fine', 'attention', 'missing')),
        relations text not null check (relations in ('fine', 'attention', 'missing')),
        days text not null check (days in ('fine', 'attention', 'missing')),
        updated_at timestamptz not null,
        version integer not null default 1,
        primary key (organisation_id, case_id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('plans_preconditions')`);

    await runner.query(`
      create table plans_drafts (
        organisation_id uuid not null,
        case_id uuid not null,
        sealed bytea not null,
        updated_at timestamptz not null,
        version integer not null,
        primary key (organisation_id, case_id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('plans_drafts')`);

    await runner.query(`
      create table plans (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        meeting_id uuid,
        version integer not null,
        state text not null check (state in ('fixed', 'carried', 'returned', 'replaced')),
        fixed_at timestamptz not null,
        carried_at timestamptz,
        sealed bytea not null,
        primary key (organisation_id, id),
        unique (organisation_id, case_id, version),
        unique (organisation_id, case_id, id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id),
        foreign key (organisation_id, case_id, meeting_id) references meetings (organisation_id, case_id, id),
        check (state <> 'carried' or carried_at is not null),
        check (state not in ('fixed', 'returned') or carried_at is null)
      )`);
    await runner.query(`select platform_protect('plans')`);
    // A case has one plan that holds.
    await runner.query(`create unique index plans_current on plans (organisation_id, case_id) where state <> 'replaced'`);

    // Never changed: a no that became a yes stays readable, the newest of a person counts.
    await runner.query(`
      create table plans_agreements (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        plan_id uuid not null,
        member_id uuid not null,
        agrees boolean not null,
        sealed bytea,
        at timestamptz not null,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id, plan_id) references plans (organisation_id, case_id, id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id)
      )`);
    await runner.query(`select platform_protect('plans_agreements')`);
    await runner.query('create index plans_agreements_of_plan on plans_agreements (organisation_id, plan_id, id)');

    await runner.query(`
      create table plans_commitments (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        plan_id uuid not null,
        member_id uuid not null,
        goal_id uuid,
        position integer not null,
        due_on date not null,
        every text,
        state text not null check (state in ('asked', 'promised', 'doing', 'running', 'done', 'blocked', 'given-back', 'released')),
        state_since timestamptz not null,
        sealed bytea not null,
        created_at timestamptz not null,
        version integer not null default 1,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id, plan_id) references plans (organisation_id, case_id, id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id)
      )`);
    await runner.query(`select platform_protect('plans_commitments')`);
    await runner.query('create index plans_commitments_of_case on plans_commitments (organisation_id, case_id, position)');
    await runner.query('create index plans_commitments_of_member on plans_commitments (organisation_id, member_id, due_on, id)');
    // The list by date, and what is due.
    await runner.query('create index plans_commitments_by_date on plans_commitments (organisation_id, due_on, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table plans_commitments, plans_agreements, plans, plans_drafts, plans_preconditions, plans_statements',
    );
  }
}
