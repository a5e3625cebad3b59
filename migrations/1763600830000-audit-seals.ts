import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit log says why, and is sealed: each seal's digest covers the one before and the events since. New columns have
 * constant defaults, so nothing is rewritten; the two indexes hold up writes for some seconds on a million events.
 */
export class AuditSeals1763600830000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table audit_events add column purpose text not null default 'not-recorded'`);
    await runner.query('alter table audit_events alter column purpose drop default');
    // A new epoch is another default: transaction numbers may begin again after a restore, so they order one epoch only.
    await runner.query('alter table audit_events add column epoch integer not null default 1');
    // The order of sealing: the sealer takes what comes after the newest seal, the verifier one seal's events.
    await runner.query('create index audit_events_in_order on audit_events (organisation_id, epoch, tx, id)');
    // What one person saw and did, newest first.
    await runner.query('create index audit_events_of_actor on audit_events (organisation_id, actor_id, id desc) where actor_id is not null');

    await runner.query(`
      create table audit_seals (
        organisation_id uuid not null references people_organisations (id),
        epoch integer not null check (epoch > 0),
        number integer not null check (number > 0),
        at timestamptz not null,
        -- The last event that this and the earlier seals cover; null before the first.
        to_epoch integer,
        to_tx xid8,
        to_event uuid,
        events integer not null check (events >= 0),
        -- Eight bytes of each event's own code, in order: they tell which one was changed.
        marks bytea not null check (octet_length(marks) = 8 * events),
        digest bytea not null check (octet_length(digest) = 32),
        -- Only on the first seal of a new epoch: why it was opened, and the newest digest that is known outside.
        reason text,
        known_epoch integer,
        known_number integer,
        known_digest bytea,
        primary key (organisation_id, epoch, number),
        check ((to_epoch is null) = (to_tx is null) and (to_tx is null) = (to_event is null))
      )`);
    await runner.query(`select platform_protect('audit_seals')`);
    await runner.query('revoke insert, update, delete on audit_seals from netwerkberaad_app');
    for (const table of ['audit_events', 'audit_seals']) {
      await runner.query(`grant select on ${table} to netwerkberaad_clerk`);
      await runner.query(`create policy clerk_reads on ${table} for select to netwerkberaad_clerk using (true)`);
    }
    await runner.query('grant insert on audit_seals to netwerkberaad_clerk');
    await runner.query('create policy clerk_seals on audit_seals for insert to netwerkberaad_clerk with check (true)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table audit_seals');
    await runner.query('drop policy clerk_reads on audit_events');
    await runner.query('revoke select on audit_events from netwerkberaad_clerk');
    await runner.query('drop index audit_events_in_order, audit_events_of_actor');
    await runner.query('alter table audit_events drop column purpose, drop column epoch');
  }
}
