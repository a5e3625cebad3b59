import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What people ask about their own data: to have it put right, or erased; and when somebody's data were erased. Locks
 * circle_members for adding an empty column, which rewrites nothing.
 */
export class Rights1763600840000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table circle_members
        add column erased_at timestamptz,
        add constraint circle_members_erased check (erased_at is null or (first_name is null and relation is null and age_band is null))`);
    // Erasing forgets every look-up of one person or case, of whatever kind.
    await runner.query('create index platform_lookups_by_object on platform_lookups (organisation_id, object_id)');

    await runner.query(`
      create table privacy_corrections (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        member_id uuid not null,
        subject text not null check (subject in ('name', 'contact', 'plan', 'timeline', 'answers', 'referral', 'other')),
        state text not null check (state in ('open', 'corrected', 'noted', 'declined')),
        sealed bytea not null,
        due_on date not null,
        created_at timestamptz not null,
        answered_at timestamptz,
        answered_staff_id uuid,
        version integer not null default 1,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id),
        foreign key (organisation_id, answered_staff_id) references people_staff (organisation_id, id),
        check ((state = 'open') = (answered_at is null))
      )`);
    await runner.query(`select platform_protect('privacy_corrections')`);
    // One person's own requests, and those of one case.
    await runner.query('create index privacy_corrections_of_case on privacy_corrections (organisation_id, case_id, member_id, id desc)');

    // The case and the person are only there as long as they are: the request outlives what it asks.
    await runner.query(`
      create table privacy_erasure_requests (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        reference text not null,
        case_id uuid,
        member_id uuid,
        state text not null check (state in ('open', 'erasing', 'erased', 'kept-by-law')),
        stop_contact boolean not null,
        ground text,
        sealed bytea,
        due_on date not null,
        created_at timestamptz not null,
        decided_at timestamptz,
        decided_staff_id uuid,
        erased_at timestamptz,
        report jsonb,
        version integer not null default 1,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id),
        foreign key (organisation_id, decided_staff_id) references people_staff (organisation_id, id),
        check ((state = 'open') = (decided_at is null)),
        check ((state = 'erased') = (erased_at is not null) and (erased_at is not null) = (report is not null))
      )`);
    await runner.query(`select platform_protect('privacy_erasure_requests')`);
    // Asked twice is asked once.
    await runner.query(`create unique index privacy_erasure_requests_open on privacy_erasure_requests (organisation_id, member_id)
      where state in ('open', 'erasing')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table privacy_erasure_requests, privacy_corrections');
    await runner.query('drop index platform_lookups_by_object');
    await runner.query('alter table circle_members drop constraint circle_members_erased, drop column erased_at');
  }
}
