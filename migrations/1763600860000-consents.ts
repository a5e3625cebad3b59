import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Each yes as a record that can be taken back, what people were told at first contact, who must not meet whom, and whom a
 * timeline entry is about. The new columns are empty and without a default that is written: each locks its table for a moment.
 */
export class Consents1763600860000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table circle_consents (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        member_id uuid not null,
        kind text not null check (kind in ('meeting', 'release', 'approval', 'micro-analysis')),
        given boolean not null,
        given_by text not null check (given_by in ('person', 'main-person', 'facilitator')),
        actor_kind text not null,
        actor_id uuid,
        said_on date not null,
        until date,
        professional_member_id uuid,
        sealed bytea not null,
        created_at timestamptz not null,
        taken_back_at timestamptz,
        taken_back_by text check (taken_back_by in ('person', 'main-person', 'facilitator')),
        taken_back_by_id uuid,
        reason text,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id),
        foreign key (organisation_id, case_id, professional_member_id) references circle_members (organisation_id, case_id, id),
        check ((kind = 'release') = (professional_member_id is not null)),
        check ((kind = 'release') = (until is not null)),
        check (given or kind = 'micro-analysis'),
        check ((taken_back_at is null) = (taken_back_by is null))
      )`);
    await runner.query(`select platform_protect('circle_consents')`);
    // Everything of a case or of one person in it, in the order in which it was said.
    await runner.query('create index circle_consents_of_member on circle_consents (organisation_id, case_id, member_id, id)');
    // One yes of a kind stands at a time; of releases there may be several.
    await runner.query(`create unique index circle_consents_one_stands on circle_consents (organisation_id, member_id, kind)
      where taken_back_at is null and kind <> 'release'`);

    await runner.query(`
      create table circle_contact_restrictions (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        one_member_id uuid not null,
        other_member_id uuid not null,
        mode text not null check (mode in ('never-together', 'separate-parts')),
        sealed bytea not null,
        staff_id uuid,
        created_at timestamptz not null,
        ended_at timestamptz,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id, one_member_id) references circle_members (organisation_id, case_id, id),
        foreign key (organisation_id, case_id, other_member_id) references circle_members (organisation_id, case_id, id),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id),
        check (one_member_id < other_member_id)
      )`);
    await runner.query(`select platform_protect('circle_contact_restrictions')`);
    // Asked at every look of a participant: the restrictions of a case that stand. A pair has one at a time.
    await runner.query(`create unique index circle_contact_restrictions_stand on circle_contact_restrictions
      (organisation_id, case_id, one_member_id, other_member_id) where ended_at is null`);

    // What was told, over which channel. `claimed_at` stands before a message has gone, so that two at once do not both tell it.
    await runner.query(`
      create table circle_notices (
        organisation_id uuid not null,
        member_id uuid not null,
        way text not null check (way in ('message', 'spoken', 'page')),
        channel text not null check (channel in ('call', 'sms', 'mail', 'letter', 'visit', 'page')),
        message_id uuid,
        claimed_at timestamptz not null,
        told_at timestamptz,
        primary key (organisation_id, member_id, way),
        foreign key (organisation_id, member_id) references circle_members (organisation_id, id),
        check ((way = 'message') = (message_id is not null))
      )`);
    await runner.query(`select platform_protect('circle_notices')`);

    await runner.query('alter table cases_timeline add column about_id uuid');
    await runner.query(`alter table cases_timeline add constraint cases_timeline_about
      foreign key (organisation_id, case_id, about_id) references circle_members (organisation_id, case_id, id)`);

    // The referrer as one of the circle, when they are: what they promised and asked for is theirs to see.
    await runner.query('alter table referrals add column referrer_member_id uuid');
    await runner.query(`alter table referrals add constraint referrals_referrer_member
      foreign key (organisation_id, case_id, referrer_member_id) references circle_members (organisation_id, case_id, id)`);

    // On what the processing rests: the task of a public body, unless the organisation says otherwise.
    await runner.query(`alter table people_organisations add column legal_ground text not null default 'public-task'
      check (legal_ground in ('public-task', 'jeugdwet', 'wmo', 'legitimate-interest'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table people_organisations drop column legal_ground');
    await runner.query('alter table referrals drop column referrer_member_id');
    await runner.query('alter table cases_timeline drop column about_id');
    await runner.query('drop table circle_notices, circle_contact_restrictions, circle_consents');
  }
}
