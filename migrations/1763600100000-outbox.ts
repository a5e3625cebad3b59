import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Work to be done after a commit, handed to the queue by the clerk for all organisations. Locks nothing: the table is new. */
export class Outbox1763600100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table platform_outbox (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        job text not null,
        key text collate "C" not null check (key <> ''),
        payload jsonb not null check (jsonb_typeof(payload) = 'object'),
        queue text not null check (queue in ('urgent', 'messages', 'documents', 'upkeep')),
        run_at timestamptz (3) not null,
        state text not null check (state in ('waiting', 'handed', 'done', 'skipped', 'dead', 'cancelled')),
        attempts integer not null,
        created_at timestamptz not null,
        handed_at timestamptz,
        ended_at timestamptz,
        error_code text,
        primary key (organisation_id, id),
        unique (organisation_id, job, key),
        check (state <> 'handed' or handed_at is not null),
        check ((ended_at is not null) = (state in ('done', 'skipped', 'dead', 'cancelled')))
      ) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02)`);
    await runner.query(`create index platform_outbox_due on platform_outbox (run_at, id) where state = 'waiting'`);
    await runner.query(`
      create index platform_outbox_due_urgent on platform_outbox (run_at, id) where state = 'waiting' and queue = 'urgent'`);
    await runner.query(`create index platform_outbox_handed on platform_outbox (handed_at) where state = 'handed'`);
    await runner.query(`select platform_protect('platform_outbox')`);

    await runner.query('grant select on platform_outbox to netwerkberaad_clerk');
    await runner.query(`
      grant update (state, run_at, attempts, handed_at, ended_at, error_code) on platform_outbox to netwerkberaad_clerk`);
    await runner.query(`
      create policy clerk_reads on platform_outbox for select to netwerkberaad_clerk using (true)`);
    await runner.query(`
      create policy clerk_updates on platform_outbox for update to netwerkberaad_clerk using (true) with check (true)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table platform_outbox');
  }
}
