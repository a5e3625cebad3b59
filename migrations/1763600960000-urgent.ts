import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An acute referral goes to who is on duty, who says that they have it; and whom to call when nobody is on duty. Locks
 * `referrals` while four empty columns are added (an instant at any size) and while what was taken on before is marked.
 */
export class Urgent1763600960000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table referrals
      add column first_on_duty uuid,
      add column second_on_duty uuid,
      add column acknowledged_at timestamptz,
      add column acknowledged_by uuid,
      add foreign key (organisation_id, first_on_duty) references people_staff (organisation_id, id),
      add foreign key (organisation_id, second_on_duty) references people_staff (organisation_id, id),
      add foreign key (organisation_id, acknowledged_by) references people_staff (organisation_id, id),
      add check ((acknowledged_at is null) = (acknowledged_by is null))`);
    await runner.query('alter table referrals no force row level security');
    await runner.query(`update referrals set acknowledged_at = accepted_at, acknowledged_by = accepted_by
      where safety_level = 'acute' and accepted_by is not null`);
    await runner.query('alter table referrals force row level security');
    // What nobody has yet, for the lead: a handful at most.
    await runner.query(`create index referrals_unacknowledged on referrals (organisation_id, id)
      where safety_level = 'acute' and acknowledged_at is null and state in ('received', 'accepted')`);

    await runner.query(`
      create table meetings_duty_settings (
        organisation_id uuid not null references people_organisations (id),
        phone text not null,
        changed_at timestamptz not null,
        primary key (organisation_id)
      )`);
    await runner.query(`select platform_protect('meetings_duty_settings')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table meetings_duty_settings');
    await runner.query(`alter table referrals drop column first_on_duty, drop column second_on_duty,
      drop column acknowledged_at, drop column acknowledged_by`);
  }
}
