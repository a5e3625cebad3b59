import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Terms of law that run in a case, and which laws an organisation works under. Locks nothing: all new. */
export class LawClocks1763600870000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table cases_law_settings (
        organisation_id uuid not null references people_organisations (id),
        laws text[] not null check (laws <@ array['wmo', 'debt-help', 'jeugdwet']),
        changed_at timestamptz not null,
        primary key (organisation_id)
      )`);
    await runner.query(`select platform_protect('cases_law_settings')`);

    await runner.query(`
      create table cases_law_clocks (
        organisation_id uuid not null,
        case_id uuid not null,
        clock text not null check (clock in ('personal-plan', 'research', 'debt-talk', 'urgent-debt-talk', 'family-group-plan')),
        starts_on date not null,
        due_on date check (due_on >= starts_on),
        done_on date,
        primary key (organisation_id, case_id, clock),
        foreign key (organisation_id, case_id) references cases (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('cases_law_clocks')`);
    // What is due first, over all cases: few are open among many that are done. What has no term comes last.
    await runner.query(`create index cases_law_clocks_open
      on cases_law_clocks (organisation_id, coalesce(due_on, '9999-12-31'), case_id, clock) where done_on is null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table cases_law_clocks, cases_law_settings');
  }
}
