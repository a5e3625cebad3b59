import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Many rows go through the queue as one job, whose id each row knows. Locks `platform_outbox` for an instant at any size. */
export class BulkJobs1763600980001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table platform_outbox add column handed_as text');
    await runner.query('grant update (handed_as) on platform_outbox to netwerkberaad_clerk');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table platform_outbox drop column handed_as');
  }
}
