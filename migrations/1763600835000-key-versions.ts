import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Organisations' keys have numbers, so that one can follow another while the service runs; hashes get a key of their own,
 * and so does the installation. Locks nothing for long: constant defaults and one row.
 */
export class KeyVersions1763600835000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table people_organisations
        add column key_number integer not null default 1 check (key_number between 1 and 65535),
        add column wrapped_old_key bytea,
        add column wrapped_hash_key bytea`);
    await runner.query(`
      create table platform_installation (
        the_only boolean primary key default true check (the_only),
        wrapped_key bytea not null
      )`);
    await runner.query('grant select, insert on platform_installation to netwerkberaad_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table platform_installation');
    await runner.query('alter table people_organisations drop column key_number, drop column wrapped_old_key, drop column wrapped_hash_key');
  }
}
