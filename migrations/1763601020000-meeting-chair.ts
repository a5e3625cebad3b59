import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who was asked to lead a meeting, and at which phase of its script. Locks `meetings` and `circle_members` for an instant at any size: nothing is filled in. */
export class MeetingChair1763601020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table meetings
        add column chair_member_id uuid,
        add column chair_phase text check (chair_phase in ('welcome', 'why', 'statements', 'information', 'going-well', 'jim',
          'private-time', 'plan', 'safety-conditions', 'who-does-what', 'since', 'promises', 'counting-on', 'change',
          'read-aloud', 'marks', 'closing')),
        add constraint meetings_chair foreign key (organisation_id, case_id, chair_member_id)
          references circle_members (organisation_id, case_id, id)`);
    // Erasing somebody looks for them here.
    await runner.query('create index meetings_of_chair on meetings (organisation_id, chair_member_id) where chair_member_id is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index meetings_of_chair');
    await runner.query('alter table meetings drop column chair_member_id, drop column chair_phase');
  }
}
