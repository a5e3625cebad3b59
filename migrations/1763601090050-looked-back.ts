import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When people looked back on a plan in a kind that does not meet: a new column, empty. Locks nothing that is in use. */
export class LookedBack1763601090050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table plans add column looked_back_at timestamptz[] not null default '{}'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table plans drop column looked_back_at');
  }
}
