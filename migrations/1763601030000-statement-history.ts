import type { MigrationInterface, QueryRunner } from 'typeorm';

const MOMENT = `moment text check (moment in ('before', 'during', 'after'))`;
const LEVELS = ['home', 'money', 'relations', 'days'].map((name) => `${name} text not null check (${name} in ('fine', 'attention', 'missing'))`).join(', ');

/**
 * What was said before, of the three statements and the four preconditions, and when: before, during or after the meeting. New
 * tables and empty columns: locks two small tables for a moment. What was written before this has no moment.
 */
export class StatementHistory1763601030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table plans_statements add column ${MOMENT}`);
    // The resident's own words beside each level.
    await runner.query(`alter table plans_preconditions add column ${MOMENT}, add column sealed bytea`);
    await runner.query(`
      create table plans_statement_versions (
        organisation_id uuid not null,
        case_id uuid not null,
        member_id uuid not null,
        version integer not null,
        ${MOMENT},
        sealed bytea not null,
        written_at timestamptz not null,
        primary key (organisation_id, case_id, member_id, version),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id)
      )`);
    await runner.query(`select platform_protect('plans_statement_versions')`);
    await runner.query(`
      create table plans_precondition_versions (
        organisation_id uuid not null,
        case_id uuid not null,
        version integer not null,
        ${LEVELS},
        ${MOMENT},
        sealed bytea,
        written_at timestamptz not null,
        primary key (organisation_id, case_id, version),
        foreign key (organisation_id, case_id) references cases (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('plans_precondition_versions')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table plans_statement_versions, plans_precondition_versions');
    await runner.query('alter table plans_preconditions drop column moment, drop column sealed');
    await runner.query('alter table plans_statements drop column moment');
  }
}
