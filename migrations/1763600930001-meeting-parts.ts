import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From when until when somebody is at a meeting, in minutes from its start, for who does not come for the whole. Locks nothing: all new. */
export class MeetingParts1763600930001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table meetings_parts (
        organisation_id uuid not null,
        meeting_id uuid not null,
        member_id uuid not null,
        from_minute integer not null check (from_minute >= 0),
        until_minute integer not null check (until_minute > from_minute),
        primary key (organisation_id, meeting_id, member_id),
        foreign key (organisation_id, meeting_id) references meetings (organisation_id, id),
        foreign key (organisation_id, member_id) references circle_members (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('meetings_parts')`);
    // Erasing somebody looks for them here.
    await runner.query('create index meetings_parts_of_member on meetings_parts (organisation_id, member_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table meetings_parts');
  }
}
