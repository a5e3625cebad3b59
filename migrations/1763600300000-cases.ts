import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases, their numbers and their timeline. Locks nothing: all new. */
export class Cases1763600300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table cases_counters (
        organisation_id uuid not null references people_organisations (id),
        year integer not null,
        last integer not null,
        primary key (organisation_id, year)
      )`);
    await runner.query(`select platform_protect('cases_counters')`);

    await runner.query(`
      create table cases (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        reference text not null,
        kind text not null check (kind in ('netwerkberaad', 'eigen-kracht', 'mdo', 'jim', 'netwerkplan')),
        state text not null check (state in ('preparing', 'scheduled', 'met', 'carrying-out', 'closed', 'stopped')),
        urgent boolean not null,
        facilitator_id uuid not null,
        referral_id uuid,
        neighbourhood_code text,
        themes text[] not null,
        safety_level text not null check (safety_level in ('none', 'concern', 'acute')),
        safety_gate text not null check (safety_gate in ('not-needed', 'waiting', 'together', 'not-together')),
        consent_given boolean not null,
        safety_check bytea,
        resident_name text not null,
        opened_at timestamptz not null,
        state_since timestamptz not null,
        closed_at timestamptz,
        end_reason text,
        version integer not null default 1,
        primary key (organisation_id, id),
        unique (organisation_id, reference),
        foreign key (organisation_id, facilitator_id) references people_staff (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('cases')`);
    // The caseload list: one facilitator's cases, newest first.
    await runner.query('create index cases_of_facilitator on cases (organisation_id, facilitator_id, id desc)');
    // The lead's list by state.
    await runner.query('create index cases_by_state on cases (organisation_id, state, id desc)');

    await runner.query(`
      create table cases_timeline (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        at timestamptz not null,
        type text not null,
        actor_kind text not null,
        actor_id uuid,
        audience text not null check (audience in ('facilitator', 'circle', 'main-persons', 'member')),
        member_id uuid,
        sealed bytea not null,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id),
        check ((audience = 'member') = (member_id is not null))
      )`);
    await runner.query(`select platform_protect('cases_timeline')`);
    await runner.query('create index cases_timeline_of_case on cases_timeline (organisation_id, case_id, id desc)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table cases_timeline, cases, cases_counters');
  }
}
