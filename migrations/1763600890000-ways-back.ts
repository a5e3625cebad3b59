import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From a person who is erased to the restrictions that name them, also those that ended. A small table: locks it for a moment. */
export class WaysBack1763600890000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index circle_contact_restrictions_of_case on circle_contact_restrictions (organisation_id, case_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index circle_contact_restrictions_of_case');
  }
}
