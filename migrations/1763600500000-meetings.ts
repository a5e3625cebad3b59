import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Meetings with their dates, answers and attendance; nobody is booked twice. Locks nothing: all new. */
export class Meetings1763600500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table meetings (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        type text not null check (type in ('meeting', 'review')),
        state text not null check (state in ('polling', 'fixed', 'held', 'cancelled')),
        facilitator_id uuid not null,
        slot_id uuid,
        starts_at timestamptz,
        ends_at timestamptz,
        starts_local timestamp,
        zone text not null,
        busy tstzrange,
        sequence integer not null default 0,
        place_type text not null check (place_type in ('home', 'public-place', 'video', 'other')),
        sealed bytea not null,
        must_attend uuid[] not null default '{}',
        created_at timestamptz not null,
        fixed_at timestamptz,
        held_at timestamptz,
        outcome text check (outcome in ('plan', 'no-plan', 'continue')),
        end_reason text,
        facilitator_hours numeric(10, 4),
        version integer not null default 1,
        primary key (organisation_id, id),
        unique (organisation_id, case_id, id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id),
        foreign key (organisation_id, facilitator_id) references people_staff (organisation_id, id),
        check (state in ('polling', 'cancelled')
          or (slot_id is not null and starts_at is not null and ends_at > starts_at and starts_local is not null
            and busy is not null)),
        check ((held_at is not null) = (state = 'held') and (outcome is not null) = (state = 'held')),
        check (outcome <> 'no-plan' or end_reason is not null),
        constraint meetings_facilitator_once
          exclude using gist (organisation_id with =, facilitator_id with =, busy with &&) where (state = 'fixed')
      )`);
    await runner.query(`select platform_protect('meetings')`);
    // One meeting of a case is being planned at a time; reviews stand beside it.
    await runner.query(`create unique index meetings_one_open on meetings (organisation_id, case_id)
      where type = 'meeting' and state in ('polling', 'fixed')`);
    // What a facilitator has today and tomorrow.
    await runner.query(`create index meetings_ahead on meetings (organisation_id, facilitator_id, starts_at)
      where state = 'fixed'`);

    await runner.query(`
      create table meetings_slots (
        organisation_id uuid not null,
        id uuid not null,
        meeting_id uuid not null,
        starts_at timestamptz not null,
        ends_at timestamptz not null check (ends_at > starts_at),
        starts_local timestamp not null,
        primary key (organisation_id, id),
        unique (organisation_id, meeting_id, id),
        unique (organisation_id, meeting_id, starts_at, ends_at),
        foreign key (organisation_id, meeting_id) references meetings (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('meetings_slots')`);
    // Deferred: a meeting with one date is written together with it.
    await runner.query(`alter table meetings add constraint meetings_slot foreign key (organisation_id, id, slot_id)
      references meetings_slots (organisation_id, meeting_id, id) deferrable initially deferred`);

    await runner.query(`
      create table meetings_responses (
        organisation_id uuid not null,
        meeting_id uuid not null,
        member_id uuid not null,
        answers jsonb not null check (jsonb_typeof(answers) = 'object'),
        sealed bytea,
        answered_at timestamptz not null,
        answered_by_kind text not null,
        answered_by_id uuid,
        version integer not null default 1,
        primary key (organisation_id, meeting_id, member_id),
        foreign key (organisation_id, meeting_id) references meetings (organisation_id, id),
        foreign key (organisation_id, member_id) references circle_members (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('meetings_responses')`);

    await runner.query(`
      create table meetings_attendance (
        organisation_id uuid not null,
        meeting_id uuid not null,
        member_id uuid not null,
        presence text not null check (presence in ('present', 'remote', 'absent-with-notice', 'absent', 'part')),
        primary key (organisation_id, meeting_id, member_id),
        foreign key (organisation_id, meeting_id) references meetings (organisation_id, id),
        foreign key (organisation_id, member_id) references circle_members (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('meetings_attendance')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table meetings drop constraint meetings_slot');
    await runner.query('drop table meetings_attendance, meetings_responses, meetings_slots, meetings');
  }
}
