import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a personal link is for, numbers that were verified in conversation, codes that make a device known, and links that
 * people ask for themselves. Writes the purpose into each link and each session of a participant, which rewrites those rows:
 * on a million of them some ten seconds in which nobody opens a link. The other new columns are empty.
 */
export class KnownDevices1763600820000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['people_links', 'people_sessions']) {
      await runner.query(`alter table ${table} add column purpose text`);
    }
    // The owner obeys row-level security too, and would find no row: what has FORCE lets go of it in this transaction only.
    for (const table of ['people_links', 'people_sessions']) await runner.query(`alter table ${table} no force row level security`);
    await runner.query(`update people_links set purpose = case when makes_known then 'show' else 'take-part' end`);
    await runner.query(`update people_sessions set purpose = 'take-part' where member_id is not null`);
    for (const table of ['people_links', 'people_sessions']) await runner.query(`alter table ${table} force row level security`);
    await runner.query(`alter table people_links alter column purpose set not null,
      add check (purpose in ('take-part', 'plan', 'show'))`);
    await runner.query(`alter table people_sessions add check (purpose in ('take-part', 'plan')),
      add check ((purpose is null) = (member_id is null))`);

    await runner.query('alter table circle_members add column phone_verified_at timestamptz, add column phone_lost_at timestamptz');

    // The hours at which a message is safe, in minutes of the local day; none when any hour is.
    await runner.query(`alter table messages add column safe_from smallint, add column safe_until smallint,
      add check ((safe_from is null) = (safe_until is null)),
      add check (safe_from between 0 and 1439 and safe_until between 0 and 1439 and safe_from <> safe_until)`);

    await runner.query(`
      create table people_step_up_codes (
        organisation_id uuid not null,
        -- A new code of the same session takes the place of the old one.
        session_id uuid not null,
        code_hash bytea not null check (octet_length(code_hash) = 32),
        tries_left smallint not null check (tries_left between 0 and 5),
        created_at timestamptz not null,
        expires_at timestamptz not null,
        used_at timestamptz,
        primary key (organisation_id, session_id),
        foreign key (organisation_id, session_id) references people_sessions (organisation_id, id) on delete cascade
      )`);
    await runner.query(`select platform_protect('people_step_up_codes')`);

    // Waits for its job, which looks up whether anybody is reached at this address; gone when that is done.
    await runner.query(`
      create table circle_link_requests (
        organisation_id uuid not null references people_organisations (id),
        id uuid not null,
        contact_hash bytea not null check (octet_length(contact_hash) = 32),
        via text not null check (via in ('mail', 'sms')),
        created_at timestamptz not null,
        primary key (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('circle_link_requests')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table circle_link_requests, people_step_up_codes');
    await runner.query('alter table messages drop column safe_from, drop column safe_until');
    await runner.query('alter table circle_members drop column phone_verified_at, drop column phone_lost_at');
    for (const table of ['people_links', 'people_sessions']) await runner.query(`alter table ${table} drop column purpose`);
  }
}
