import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From what is erased to what refers to it: without these each erased row makes PostgreSQL read the other table whole. */
const WAYS_BACK = {
  people_sessions_of_anyone: 'people_sessions (organisation_id, member_id) where member_id is not null',
  people_links_of_anyone: 'people_links (organisation_id, member_id)',
  messages_of_referral: 'messages (organisation_id, referral_id) where referral_id is not null',
  meetings_responses_of_member: 'meetings_responses (organisation_id, member_id)',
  meetings_attendance_of_member: 'meetings_attendance (organisation_id, member_id)',
  plans_agreements_of_member: 'plans_agreements (organisation_id, member_id)',
  referrals_of_case: 'referrals (organisation_id, case_id) where case_id is not null',
  privacy_erasure_requests_of_case: 'privacy_erasure_requests (organisation_id, case_id) where case_id is not null',
  cases_of_referral: 'cases (organisation_id, referral_id) where referral_id is not null',
};

/**
 * What is kept how long: the rule in force, legal holds, runs with their report, and the cells that stay as figures. Adds two
 * nullable columns and a few small indexes; nothing is rewritten.
 */
export class Retention1763600850000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Each choice of a rule is a row: the newest word that is in effect counts.
    await runner.query(`
      create table privacy_retention_policies (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        rule text not null check (rule in ('default', 'wmo', 'jeugdwet')),
        effective_from date not null,
        sealed bytea not null,
        set_by uuid not null,
        set_at timestamptz not null,
        primary key (organisation_id, id),
        foreign key (organisation_id, set_by) references people_staff (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('privacy_retention_policies')`);

    await runner.query(`
      create table privacy_legal_holds (
        organisation_id uuid not null,
        case_id uuid not null,
        reason text not null check (reason in ('complaint', 'objection', 'court', 'supervision', 'other')),
        sealed bytea,
        until date,
        set_by uuid not null,
        set_at timestamptz not null,
        primary key (organisation_id, case_id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id),
        foreign key (organisation_id, set_by) references people_staff (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('privacy_legal_holds')`);

    // That the main persons were told when their plan goes.
    await runner.query(`
      create table privacy_notices (
        organisation_id uuid not null,
        case_id uuid not null,
        told_at timestamptz not null,
        primary key (organisation_id, case_id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('privacy_notices')`);

    await runner.query(`
      create table privacy_retention_runs (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        dry_run boolean not null,
        on_day date not null,
        rule text not null check (rule in ('default', 'wmo', 'jeugdwet')),
        state text not null check (state in ('waiting', 'running', 'done')),
        phase text not null,
        as_of timestamptz not null,
        walked_until timestamptz,
        walked_case uuid,
        cases_seen integer not null default 0,
        asked_by uuid,
        created_at timestamptz not null,
        ended_at timestamptz,
        primary key (organisation_id, id),
        foreign key (organisation_id, asked_by) references people_staff (organisation_id, id),
        check ((ended_at is not null) = (state = 'done'))
      )`);
    await runner.query(`select platform_protect('privacy_retention_runs')`);
    // Two runs that erase would count each other's work.
    await runner.query(`create unique index privacy_retention_runs_one on privacy_retention_runs (organisation_id)
      where not dry_run and state <> 'done'`);

    await runner.query(`
      create table privacy_retention_counts (
        organisation_id uuid not null,
        run_id uuid not null,
        rule text not null,
        table_name text not null,
        count integer not null check (count >= 0),
        primary key (organisation_id, run_id, rule, table_name),
        foreign key (organisation_id, run_id) references privacy_retention_runs (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('privacy_retention_counts')`);

    // The deletion report. Ids and references of cases that are gone, so without a reference to them.
    await runner.query(`
      create table privacy_retention_cases (
        organisation_id uuid not null,
        run_id uuid not null,
        case_id uuid not null,
        reference text not null,
        outcome text not null check (outcome in ('erased', 'told', 'held', 'failed')),
        rows integer not null check (rows >= 0),
        error_code text,
        primary key (organisation_id, run_id, case_id),
        foreign key (organisation_id, run_id) references privacy_retention_runs (organisation_id, id),
        check ((error_code is not null) = (outcome = 'failed'))
      )`);
    await runner.query(`select platform_protect('privacy_retention_cases')`);

    // Aggregated cells only: a month, what is counted, and how often. Neither place nor theme, so that nobody is found in them.
    await runner.query(`
      create table micro_analysis_kept_figures (
        organisation_id uuid not null references people_organisations (id),
        report text not null,
        month text not null,
        figure text not null,
        bucket integer not null,
        count integer not null check (count > 0),
        primary key (organisation_id, report, month, figure, bucket)
      )`);
    await runner.query(`select platform_protect('micro_analysis_kept_figures')`);

    await runner.query('alter table circle_members add column contact_erased_at timestamptz');
    await runner.query('alter table people_staff add column contact_erased_at timestamptz');

    // The nightly run walks the cases that ended, in the order in which they ended.
    await runner.query(`create index cases_ended on cases (organisation_id, closed_at, id) where state in ('closed', 'stopped')`);
    // Whose contact details are still there: those of most people were erased on some night before.
    await runner.query(`create index circle_members_with_contact on circle_members (organisation_id, id)
      where contact_erased_at is null and erased_at is null and not is_main_person`);
    // Idempotency keys and counters have no id that tells when they came.
    await runner.query('create index platform_idempotency_keys_by_age on platform_idempotency_keys (organisation_id, created_at)');
    await runner.query('create index platform_limits_by_age on platform_limits (window_start)');
    for (const [name, on] of Object.entries(WAYS_BACK)) await runner.query(`create index ${name} on ${on}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index ${Object.keys(WAYS_BACK).join(', ')}`);
    await runner.query(`drop index platform_limits_by_age, platform_idempotency_keys_by_age,
      circle_members_with_contact, cases_ended`);
    await runner.query('alter table people_staff drop column contact_erased_at');
    await runner.query('alter table circle_members drop column contact_erased_at');
    await runner.query(`drop table micro_analysis_kept_figures, privacy_retention_cases, privacy_retention_counts,
      privacy_retention_runs, privacy_notices, privacy_legal_holds, privacy_retention_policies`);
  }
}
