import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the circle had time by itself at a meeting, and whom it called in meanwhile. Locks nothing: all new. */
export class PrivateTime1763601010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table meetings_private_times (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        meeting_id uuid not null,
        started_at timestamptz not null,
        ended_at timestamptz check (ended_at >= started_at),
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id, meeting_id) references meetings (organisation_id, case_id, id)
      )`);
    await runner.query(`select platform_protect('meetings_private_times')`);
    await runner.query('create index meetings_private_times_of_meeting on meetings_private_times (organisation_id, case_id, meeting_id)');
    // One at a time.
    await runner.query(
      'create unique index meetings_private_times_running on meetings_private_times (organisation_id, case_id) where ended_at is null',
    );

    await runner.query(`
      create table meetings_private_calls (
        organisation_id uuid not null,
        id uuid not null,
        private_time_id uuid not null,
        -- Null: the facilitator.
        member_id uuid,
        called_at timestamptz not null,
        left_at timestamptz check (left_at >= called_at),
        primary key (organisation_id, id),
        foreign key (organisation_id, private_time_id) references meetings_private_times (organisation_id, id),
        foreign key (organisation_id, member_id) references circle_members (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('meetings_private_calls')`);
    // Nobody is in twice.
    await runner.query(
      'create unique index meetings_private_calls_in on meetings_private_calls (organisation_id, private_time_id, member_id) nulls not distinct where left_at is null',
    );
    await runner.query('create index meetings_private_calls_of_time on meetings_private_calls (organisation_id, private_time_id)');
    // Erasing somebody looks for them here.
    await runner.query('create index meetings_private_calls_of_member on meetings_private_calls (organisation_id, member_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table meetings_private_calls, meetings_private_times');
  }
}
