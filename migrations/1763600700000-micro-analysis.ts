import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Wellbeing measurements and cost lines of a case. Locks nothing: all new. */
export class MicroAnalysis1763600700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table micro_analysis_cost_lines (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        member_id uuid,
        side text not null check (side in ('before', 'after', 'one-off')),
        status text check (status in ('forecast', 'measured')),
        item_id text,
        payer text not null,
        class text not null check (class in ('fiscal', 'transfer', 'society', 'informal')),
        quantity numeric(14,4) not null,
        quantity_low numeric(14,4),
        quantity_high numeric(14,4),
        unit text,
        per text not null check (per in ('day', 'week', 'month', 'year', 'window', 'once')),
        unit_price_cents integer not null check (unit_price_cents >= 0),
        price_year integer not null,
        basis text not null check (basis in ('registered', 'reported', 'estimated')),
        sealed bytea,
        created_at timestamptz not null,
        version integer not null default 1,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id),
        check ((side = 'after') = (status is not null)),
        check ((side = 'one-off') = (per = 'once')),
        check (item_id is not null or sealed is not null),
        check (0 <= coalesce(quantity_low, quantity) and coalesce(quantity_low, quantity) <= quantity
          and quantity <= coalesce(quantity_high, quantity))
      )`);
    await runner.query(`select platform_protect('micro_analysis_cost_lines')`);
    // A case's lines in the order in which they were written down: the list and the analysis.
    await runner.query(
      'create index micro_analysis_cost_lines_of_case on micro_analysis_cost_lines (organisation_id, case_id, id)',
    );

    await runner.query(`
      create table micro_analysis_measurements (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        member_id uuid not null,
        instrument text not null,
        instrument_version text not null,
        wording text not null check (wording in ('own', 'official')),
        moment text not null check (moment in ('before', 'after', 'later')),
        measured_on date not null,
        sealed bytea not null,
        created_at timestamptz not null,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id)
      )`);
    await runner.query(`select platform_protect('micro_analysis_measurements')`);
    // A case's measurements, oldest first: the analysis.
    await runner.query(`create index micro_analysis_measurements_of_case
      on micro_analysis_measurements (organisation_id, case_id, measured_on, id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table micro_analysis_measurements, micro_analysis_cost_lines');
  }
}
