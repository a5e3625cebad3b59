import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The circle around a case, attempts to reach it, and `enter`, which says who holds a token. Locks nothing: all new. */
export class Circle1763600400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table circle_members (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        name text not null,
        first_name text,
        relation text,
        circle_kind text not null check (circle_kind in ('informal', 'professional', 'aide')),
        is_main_person boolean not null,
        state text not null check (state in ('proposed', 'approved', 'approached', 'invited', 'coming', 'maybe', 'not-coming',
          'refused', 'unreachable', 'removed')),
        age_band text check (age_band in ('under-12', '12-15', '16-17', 'adult')),
        via_member_id uuid,
        sealed bytea not null,
        added_by_kind text not null,
        added_by_id uuid,
        approved_at timestamptz,
        reached_at timestamptz,
        invited_at timestamptz,
        state_since timestamptz not null,
        created_at timestamptz not null,
        version integer not null default 1,
        primary key (organisation_id, id),
        unique (organisation_id, case_id, id),
        foreign key (organisation_id, case_id) references cases (organisation_id, id),
        foreign key (organisation_id, case_id, via_member_id) references circle_members (organisation_id, case_id, id),
        check (not is_main_person or state in ('approved', 'removed'))
      )`);
    await runner.query(`select platform_protect('circle_members')`);

    await runner.query(`
      create table circle_contact_attempts (
        organisation_id uuid not null,
        id uuid not null,
        member_id uuid not null,
        at timestamptz not null,
        channel text not null check (channel in ('call', 'sms', 'mail', 'letter', 'visit')),
        outcome text not null check (outcome in ('reached', 'not-reached', 'wrong-address')),
        sealed bytea not null,
        staff_id uuid,
        created_at timestamptz not null,
        primary key (organisation_id, id),
        foreign key (organisation_id, member_id) references circle_members (organisation_id, id),
        foreign key (organisation_id, staff_id) references people_staff (organisation_id, id)
      )`);
    await runner.query(`select platform_protect('circle_contact_attempts')`);
    await runner.query('create index circle_contact_attempts_of_member on circle_contact_attempts (organisation_id, member_id)');

    await runner.query(`alter table people_sessions add constraint people_sessions_member
      foreign key (organisation_id, member_id) references circle_members (organisation_id, id)`);
    await runner.query(`alter table people_links add constraint people_links_member
      foreign key (organisation_id, member_id) references circle_members (organisation_id, id)`);
    await runner.query(`alter table cases_timeline add constraint cases_timeline_member
      foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id)`);

    // Sets the tenant for this transaction and returns the actor behind a token, or no row. A member who left has no way in.
    await runner.query(`
      create function enter(organisation uuid, token_hash bytea, at timestamptz)
      returns table (organisation_id uuid, session_id uuid, staff_id uuid, roles text[], member_id uuid, case_id uuid,
        is_main_person boolean, known_until timestamptz, name text)
      language plpgsql volatile rows 1 as $$
      begin
        perform set_config('app.organisation_id', organisation::text, true);
        return query
          select s.organisation_id, s.id, p.id, p.roles, m.id, m.case_id, m.is_main_person, s.known_until,
            coalesce(p.name, m.first_name, m.name)
          from people_sessions s
          left join people_staff p on p.organisation_id = s.organisation_id and p.id = s.staff_id and p.disabled_at is null
          left join circle_members m on m.organisation_id = s.organisation_id and m.id = s.member_id
            and m.state not in ('removed', 'refused')
          where s.organisation_id = organisation and s.hash = token_hash and s.ended_at is null and s.expires_at > at
            and (p.id is not null or m.id is not null);
      end $$`);
    await runner.query('grant execute on function enter(uuid, bytea, timestamptz) to netwerkberaad_app');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function enter(uuid, bytea, timestamptz)');
    await runner.query('alter table cases_timeline drop constraint cases_timeline_member');
    await runner.query('alter table people_links drop constraint people_links_member');
    await runner.query('alter table people_sessions drop constraint people_sessions_member');
    await runner.query('drop table circle_contact_attempts, circle_members');
  }
}
