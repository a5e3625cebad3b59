import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The message log, and the mailbox that stands in for a mail server when trying out. Locks nothing: all new. */
export class Messages1763600200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Members, cases, meetings and referrals are ids only: their modules come later. Address and content are in `sealed` and
    // go as soon as the message has ended.
    await runner.query(`
      create table messages (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        key text not null,
        template text not null,
        channel text not null check (channel in ('mail', 'sms', 'letter', 'call', 'visit')),
        state text not null check (state in ('queued', 'sending', 'sent', 'failed', 'dead', 'cancelled', 'by-hand')),
        attempts integer not null default 0 check (attempts >= 0),
        to_masked text not null,
        sealed bytea,
        member_id uuid,
        staff_id uuid,
        referral_id uuid,
        case_id uuid,
        meeting_id uuid,
        urgent boolean not null,
        at_any_hour boolean not null,
        created_at timestamptz not null,
        claimed_at timestamptz,
        sent_at timestamptz,
        last_error text,
        primary key (organisation_id, id),
        unique (organisation_id, key),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id),
        check ((sealed is null) = (state in ('sent', 'cancelled'))),
        check ((sent_at is not null) = (state = 'sent'))
      )`);
    await runner.query(`select platform_protect('messages')`);
    // The log of one case or one person, newest first; cancelling takes the same way.
    await runner.query('create index messages_of_case on messages (organisation_id, case_id, id desc) where case_id is not null');
    await runner.query(
      'create index messages_of_member on messages (organisation_id, member_id, id desc) where member_id is not null',
    );
    await runner.query('create index messages_of_meeting on messages (organisation_id, meeting_id) where meeting_id is not null');
    // What waits, failed or asks for a hand: few among many that were sent.
    await runner.query(`create index messages_not_ended on messages (organisation_id, state, id desc)
      where state not in ('sent', 'cancelled')`);

    await runner.query(`
      create table messages_mailbox (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        sealed bytea not null,
        sent_at timestamptz not null,
        primary key (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('messages_mailbox')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table messages_mailbox, messages');
  }
}
