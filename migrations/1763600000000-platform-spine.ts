import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organisations first (everything refers to them), tenant protection, idempotency, limits and look-ups. Locks nothing: all new. */
export class PlatformSpine1763600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create extension if not exists btree_gist');
    await runner.query(`
      create function platform_protect(target regclass) returns void language plpgsql as $$
      begin
        execute format('alter table %s enable row level security', target);
        execute format('alter table %s force row level security', target);
        execute format($policy$create policy tenant on %s
          using (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid)
          with check (organisation_id = nullif(current_setting('app.organisation_id', true), '')::uuid)$policy$, target);
        execute format('grant select, insert, update, delete on %s to netwerkberaad_app', target);
      end $$`);
    await runner.query(`
      create function platform_utc(instant timestamptz) returns text language sql stable
      return to_char(instant at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
    await runner.query('grant usage on schema public to netwerkberaad_app, netwerkberaad_clerk');

    await runner.query(`
      create table people_organisations (
        id uuid primary key,
        slug text not null unique check (slug ~ '^[a-z][a-z0-9-]{1,62}$'),
        name text not null,
        host text unique,
        phone text,
        wrapped_key bytea not null,
        created_at timestamptz not null
      )`);
    await runner.query('grant select on people_organisations to netwerkberaad_app, netwerkberaad_clerk');

    await runner.query(`
      create table platform_idempotency_keys (
        organisation_id uuid not null references people_organisations (id),
        actor text not null,
        key text not null,
        fingerprint bytea not null,
        answer bytea,
        created_at timestamptz not null,
        primary key (organisation_id, actor, key)
      )`);
    await runner.query(`select platform_protect('platform_idempotency_keys')`);

    await runner.query(`
      create table platform_lookups (
        organisation_id uuid not null references people_organisations (id),
        kind text not null,
        hash bytea not null,
        object_id uuid not null,
        created_at timestamptz not null,
        primary key (organisation_id, kind, hash, object_id)
      )`);
    await runner.query(`select platform_protect('platform_lookups')`);
    // From a thing to its own look-ups: for finding doubles, and for erasing.
    await runner.query('create index platform_lookups_of_object on platform_lookups (organisation_id, kind, object_id)');

    // Counted before anybody is known, so without a tenant: the keys are keyed hashes.
    await runner.query(`
      create table platform_limits (
        kind text not null,
        key_hash bytea not null,
        window_start timestamptz not null,
        hits integer not null,
        primary key (kind, key_hash)
      )`);
    await runner.query('grant select, insert, update, delete on platform_limits to netwerkberaad_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table platform_limits, platform_lookups, platform_idempotency_keys, people_organisations');
    await runner.query('drop function platform_protect(regclass), platform_utc(timestamptz)');
  }
}
