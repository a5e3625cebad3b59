import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether the facilitator of a case is free of ties to anybody in it. Locks nothing: all new. */
export class Independence1763600940040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // One check stands in a case: of the facilitator it has now; what was said of the one before is of no use any more.
    await runner.query(`
      create table cases_independence_checks (
        organisation_id uuid not null,
        case_id uuid not null,
        staff_id uuid not null,
        ties text not null check (ties in ('none', 'family', 'friend', 'employer', 'earlier-help', 'other')),
        language text not null check (language in ('shared', 'with-interpreter', 'not-shared')),
        wishes_met boolean not null,
        sealed bytea not null,
        checked_at timestamptz not null,
        primary key (organisation_id, case_id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('cases_independence_checks')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table cases_independence_checks');
  }
}
