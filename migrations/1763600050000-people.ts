import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Staff, sign-in, personal links, sessions, and the audit log that everything writes to. Locks nothing: all new. */
export class People1763600050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table people_staff (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        name text not null,
        roles text[] not null check (roles <@ array['referrer', 'facilitator', 'lead', 'analyst', 'admin'] and cardinality(roles) > 0),
        neighbourhood_codes text[] not null default '{}',
        sealed bytea not null,
        password_hash text,
        disabled_at timestamptz,
        created_at timestamptz not null,
        version integer not null default 1,
        primary key (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('people_staff')`);

    // Read before the tenant is known: a keyed hash of the address leads to organisation and account, nothing else.
    await runner.query(`
      create table people_sign_in_addresses (
        address_hash bytea primary key,
        organisation_id uuid not null,
        staff_id uuid not null,
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id) on delete cascade
      )`);
    await runner.query('grant select, insert, delete on people_sign_in_addresses to netwerkberaad_app');

    await runner.query(`
      create table people_sessions (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        hash bytea not null check (octet_length(hash) = 32),
        staff_id uuid,
        member_id uuid,
        known_until timestamptz,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        primary key (organisation_id, id),
        unique (organisation_id, hash),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id),
        check ((staff_id is null) <> (member_id is null))
      )`);
    await runner.query(`select platform_protect('people_sessions')`);
    await runner.query('create index people_sessions_of_member on people_sessions (organisation_id, member_id) where ended_at is null');

    await runner.query(`
      create table people_links (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        hash bytea not null check (octet_length(hash) = 32),
        member_id uuid not null,
        makes_known boolean not null,
        message_id uuid,
        created_at timestamptz not null,
        expires_at timestamptz not null,
        ended_at timestamptz,
        primary key (organisation_id, id),
        unique (organisation_id, hash)
      )`);
    await runner.query(`select platform_protect('people_links')`);
    await runner.query('create index people_links_of_member on people_links (organisation_id, member_id) where ended_at is null');

    await runner.query(`
      create table audit_events (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        at timestamptz not null,
        action text not null,
        result text not null check (result in ('done', 'refused')),
        actor_kind text not null check (actor_kind in ('staff', 'participant', 'anonymous', 'system')),
        actor_id uuid,
        actor_roles text[] not null default '{}',
        session_id uuid,
        object_kind text,
        object_id uuid,
        case_id uuid,
        origin bytea,
        request_id text not null,
        read_key text,
        tx xid8 not null default pg_current_xact_id(),
        primary key (organisation_id, id),
        -- One look is one event: the same session reading the same file again within five minutes adds nothing.
        unique (organisation_id, read_key)
      )`);
    await runner.query(`select platform_protect('audit_events')`);
    await runner.query('revoke update, delete on audit_events from netwerkberaad_app');
    await runner.query('create index audit_events_of_case on audit_events (organisation_id, case_id, id desc) where case_id is not null');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table audit_events, people_links, people_sessions, people_sign_in_addresses, people_staff');
  }
}
