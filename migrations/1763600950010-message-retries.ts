import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A message that goes again may fail again: each time has a task by hand of its own. */
export class MessageRetries1763600950010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index messages_follows');
    await runner.query('create index messages_follows on messages (organisation_id, follows) where follows is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index messages_follows');
    await runner.query(`delete from messages m where follows is not null and exists (
      select from messages n where n.organisation_id = m.organisation_id and n.follows = m.follows and n.id > m.id)`);
    await runner.query('create unique index messages_follows on messages (organisation_id, follows) where follows is not null');
  }
}
