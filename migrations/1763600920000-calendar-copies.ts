import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In whose calendar a meeting stands, so that it can be taken out of it again. Locks nothing: all new. */
export class CalendarCopies1763600920000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table meetings_calendar_copies (
        organisation_id uuid not null,
        meeting_id uuid not null,
        member_id uuid not null,
        -- How often it was taken out and put back: added to the meeting's own sequence, so that each message is newer than the last.
        changes integer not null default 0,
        stands boolean not null,
        changed_at timestamptz not null,
        primary key (organisation_id, meeting_id, member_id),
        foreign key (organisation_id, meeting_id) references meetings (organisation_id, id),
        foreign key (organisation_id, member_id) references circle_members (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('meetings_calendar_copies')`);
    // Where somebody who leaves has to be taken out.
    await runner.query('create index meetings_calendar_copies_of_member on meetings_calendar_copies (organisation_id, member_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table meetings_calendar_copies');
  }
}
