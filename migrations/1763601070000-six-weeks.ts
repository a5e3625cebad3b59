import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a promise that is not kept yet will be, and why: new columns, empty and without a default. */
export class SixWeeks1763601070000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table plans_commitments add column perspective_on date, add column perspective bytea,
      add constraint plans_commitments_perspective check ((perspective_on is null) = (perspective is null))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table plans_commitments drop column perspective_on, drop column perspective');
  }
}
