import type { MigrationInterface, QueryRunner } from 'typeorm';

/** To whom an organisation's obstacles go in the end, and what was changed after they came back. Locks nothing: all new. */
export class Directors1763601060010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table plans_directors (
        organisation_id uuid not null references people_organisations (id),
        mover_hash bytea not null,
        sealed bytea not null,
        changed_at timestamptz not null,
        primary key (organisation_id, mover_hash)
      )`);
    await runner.query(`select platform_protect('plans_directors')`);
    await runner.query(`
      create table plans_obstacle_lessons (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        category text not null check (category in ('rule', 'money', 'waiting-list', 'agency', 'information', 'other')),
        mover_hash bytea,
        sealed bytea not null,
        staff_id uuid not null,
        written_at timestamptz not null,
        primary key (organisation_id, id),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('plans_obstacle_lessons')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table plans_obstacle_lessons, plans_directors');
  }
}
