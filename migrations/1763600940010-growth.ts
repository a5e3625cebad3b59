import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How large the circle is at four moments, and on whom the main persons count then. Locks nothing: all new. */
export class Growth1763600940010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Counts only. The meeting that was counted is kept, so that who was there can still be put right.
    await runner.query(`
      create table circle_growth (
        organisation_id uuid not null,
        case_id uuid not null,
        moment text not null check (moment in ('referral', 'meeting', 'first-review', 'last-review')),
        at timestamptz not null,
        informal integer not null check (informal >= 0),
        professional integer not null check (professional >= 0),
        counted_on integer check (counted_on >= 0),
        meeting_id uuid,
        primary key (organisation_id, case_id, moment),
        foreign key (organisation_id, case_id) references cases (organisation_id, id),
        foreign key (organisation_id, case_id, meeting_id) references meetings (organisation_id, case_id, id)
      )`);
    await runner.query(`select platform_protect('circle_growth')`);

    await runner.query(`
      create table circle_answers (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        member_id uuid not null,
        moment text not null check (moment in ('referral', 'meeting', 'first-review', 'last-review')),
        sealed bytea not null,
        answered_at timestamptz not null,
        noted_by text not null check (noted_by in ('person', 'facilitator')),
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id)
      )`);
    await runner.query(`select platform_protect('circle_answers')`);
    // One answer of each main person at each moment; also serves all answers of a case.
    await runner.query('create unique index circle_answers_once on circle_answers (organisation_id, case_id, member_id, moment)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table circle_answers, circle_growth');
  }
}
