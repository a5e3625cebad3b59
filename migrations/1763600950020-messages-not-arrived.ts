import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What did not arrive is found without reading what did. */
export class MessagesNotArrived1763600950020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index messages_not_arrived on messages (organisation_id, id) where state in ('dead', 'bounced', 'failed')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index messages_not_arrived');
  }
}
