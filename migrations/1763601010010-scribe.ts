import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who writes the plan at a meeting. An empty column: locks `meetings` for a moment. */
export class Scribe1763601010010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table meetings add column scribe_id uuid,
         add constraint meetings_scribe foreign key (organisation_id, scribe_id) references circle_members (organisation_id, id)`,
    );
    // Erasing somebody looks for them here.
    await runner.query('create index meetings_of_scribe on meetings (organisation_id, scribe_id) where scribe_id is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table meetings drop column scribe_id');
  }
}
