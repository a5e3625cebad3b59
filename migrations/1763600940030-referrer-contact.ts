import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the facilitator reached who referred. An empty column: locks `cases` for a moment. */
export class ReferrerContact1763600940030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table cases add column referrer_reached_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table cases drop column referrer_reached_at');
  }
}
