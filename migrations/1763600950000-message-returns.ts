import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What became of a message after it left: returned mail, reports of delivery, addresses that take nothing. The new columns have
 * constant defaults, and the checks are added unvalidated and looked at afterwards: writers of messages wait for a moment only.
 */
export class MessageReturns1763600950000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table messages
      add column unknown_tries integer not null default 0 check (unknown_tries >= 0),
      add column delivered_at timestamptz,
      add column address_hash bytea,
      add column follows uuid,
      add column why text check (why in ('bounced', 'dead', 'complaint'))`);
    await runner.query('alter table messages drop constraint messages_state_check, drop constraint messages_check, drop constraint messages_check1');
    // A message that came back after it was sent has forgotten what it said; one that was refused at the door has not.
    await runner.query(`alter table messages
      add constraint messages_state_check
        check (state in ('queued', 'sending', 'sent', 'failed', 'dead', 'bounced', 'cancelled', 'by-hand')) not valid,
      add constraint messages_sealed_check check (state = 'bounced' or (sealed is null) = (state in ('sent', 'cancelled'))) not valid,
      add constraint messages_sent_at_check check (state = 'bounced' or (sent_at is not null) = (state = 'sent')) not valid`);
    for (const name of ['messages_state_check', 'messages_sealed_check', 'messages_sent_at_check']) {
      await runner.query(`alter table messages validate constraint ${name}`);
    }
    // One task by hand for each message that did not arrive.
    await runner.query('create unique index messages_follows on messages (organisation_id, follows) where follows is not null');

    // Hashes only; `address_hash` is empty where somebody wants no mail at all.
    await runner.query(`
      create table messages_unreachable (
        organisation_id uuid not null references people_organisations (id),
        member_id uuid not null,
        why text not null check (why in ('bounced', 'complaint')),
        address_hash bytea not null,
        since timestamptz not null,
        primary key (organisation_id, member_id, why, address_hash),
        foreign key (organisation_id, member_id) references circle_members (organisation_id, id),
        check ((why = 'complaint') = (address_hash = ''::bytea))
      )`);
    await runner.query(`select platform_protect('messages_unreachable')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table messages_unreachable');
    await runner.query('drop index messages_follows');
    await runner.query(`delete from messages where state = 'bounced' or follows is not null`);
    await runner.query(`alter table messages drop constraint messages_state_check, drop constraint messages_sealed_check,
      drop constraint messages_sent_at_check, drop column unknown_tries, drop column delivered_at, drop column address_hash, drop column follows, drop column why`);
    await runner.query(`alter table messages
      add constraint messages_state_check check (state in ('queued', 'sending', 'sent', 'failed', 'dead', 'cancelled', 'by-hand')),
      add constraint messages_check check ((sealed is null) = (state in ('sent', 'cancelled'))),
      add constraint messages_check1 check ((sent_at is not null) = (state = 'sent'))`);
  }
}
