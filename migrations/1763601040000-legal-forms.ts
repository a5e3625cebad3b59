import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * In which form of law a plan is made, and when it was handed in. Two empty columns without a default: no row is rewritten, the
 * tables are locked for the moment of the change.
 */
export class LegalForms1763601040000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Null: nobody chose, so it follows the kind and the laws that the organisation works under.
    await runner.query(`alter table cases add column legal_form text check (legal_form in ('none', 'family-group-plan', 'personal-plan'))`);
    await runner.query('alter table plans add column submitted_on date');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table plans drop column submitted_on');
    await runner.query('alter table cases drop column legal_form');
  }
}
