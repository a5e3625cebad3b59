import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Talks with each person before the meeting, how each takes part, and since when a way to reach them is as it is. The new columns
 * are empty and without a default that is written: each locks `circle_members` for a moment.
 */
export class Preparation1763600940020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table circle_preparation_talks (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        member_id uuid not null,
        at timestamptz not null,
        by text not null check (by in ('phone', 'visit', 'video')),
        outcome text not null check (outcome in ('held', 'declined', 'not-reached')),
        sealed bytea not null,
        staff_id uuid,
        created_at timestamptz not null,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('circle_preparation_talks')`);
    // Read per person: their list, and what comes next with them.
    await runner.query('create index circle_preparation_talks_of_member on circle_preparation_talks (organisation_id, member_id, at)');

    // How somebody takes part stands with the person, where dates and messages look; what belongs to it stands here.
    await runner.query(`alter table circle_members add column takes_part text
      check (takes_part in ('there', 'remote', 'letter', 'recording', 'spokesperson', 'not'))`);
    await runner.query('alter table circle_members add column contact_changed_at timestamptz');
    await runner.query(`
      create table circle_participations (
        organisation_id uuid not null,
        member_id uuid not null,
        case_id uuid not null,
        spokesperson_id uuid,
        reason text check (reason in ('no-time', 'too-far', 'ill', 'too-hard', 'not-safe', 'not-wanted', 'not-needed', 'other')),
        sealed bytea not null,
        set_by text not null check (set_by in ('person', 'facilitator')),
        set_at timestamptz not null,
        primary key (organisation_id, member_id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id),
        foreign key (organisation_id, case_id, spokesperson_id) references circle_members (organisation_id, case_id, id),
        check (spokesperson_id is distinct from member_id)
      )`);
    await runner.query(`select platform_protect('circle_participations')`);
    // Who speaks for others goes too, and must not be looked for in every row.
    await runner.query('create index circle_participations_of_spokesperson on circle_participations (organisation_id, case_id, spokesperson_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table circle_participations, circle_preparation_talks');
    await runner.query('alter table circle_members drop column contact_changed_at, drop column takes_part');
  }
}
