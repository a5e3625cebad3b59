import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From when until when somebody was there who came later or left earlier. Empty columns: locks `meetings_attendance` for a moment. */
export class AttendanceTimes1763601010020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table meetings_attendance add column arrived_at timestamptz, add column left_at timestamptz,
         add constraint meetings_attendance_times check (left_at > arrived_at)`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table meetings_attendance drop column arrived_at, drop column left_at');
  }
}
