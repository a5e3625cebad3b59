import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a meeting was moved last and called off, and until when a poll is open. Locks `meetings` for an instant: empty columns. */
export class MovedDates1763600910001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table meetings
      add column moved_at timestamptz,
      add column cancelled_at timestamptz,
      add column answer_by timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table meetings drop column moved_at, drop column cancelled_at, drop column answer_by');
  }
}
