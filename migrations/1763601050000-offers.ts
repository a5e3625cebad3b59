import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A promise that is passed on, help with one, and what people offer to do without a meeting. Locks nothing: all new. */
export class Offers1763601050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table plans_passings (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        commitment_id uuid not null,
        from_member_id uuid not null,
        to_member_id uuid not null,
        state text not null check (state in ('asked', 'accepted', 'declined', 'withdrawn')),
        sealed bytea,
        asked_at timestamptz not null,
        ended_at timestamptz,
        primary key (organisation_id, id),
        foreign key (organisation_id, commitment_id) references plans_commitments (organisation_id, id),
        foreign key (organisation_id, case_id, from_member_id) references circle_members (organisation_id, case_id, id),
        foreign key (organisation_id, case_id, to_member_id) references circle_members (organisation_id, case_id, id),
        check (from_member_id <> to_member_id),
        check ((state = 'asked') = (ended_at is null))
      )`);
    await runner.query(`select platform_protect('plans_passings')`);
    // Of a promise one person is asked at a time.
    await runner.query(`create unique index plans_passings_open on plans_passings (organisation_id, commitment_id) where state = 'asked'`);
    await runner.query('create index plans_passings_of_commitment on plans_passings (organisation_id, commitment_id)');
    await runner.query('create index plans_passings_from on plans_passings (organisation_id, case_id, from_member_id)');
    await runner.query('create index plans_passings_to on plans_passings (organisation_id, case_id, to_member_id)');

    await runner.query(`
      create table plans_help (
        organisation_id uuid not null,
        commitment_id uuid not null,
        case_id uuid not null,
        member_id uuid not null,
        shared boolean not null,
        sealed bytea not null,
        asked_at timestamptz not null,
        primary key (organisation_id, commitment_id),
        foreign key (organisation_id, commitment_id) references plans_commitments (organisation_id, id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id)
      )`);
    await runner.query(`select platform_protect('plans_help')`);
    await runner.query('create index plans_help_of_member on plans_help (organisation_id, case_id, member_id)');

    await runner.query(`
      create table plans_help_offers (
        organisation_id uuid not null,
        commitment_id uuid not null,
        member_id uuid not null,
        case_id uuid not null,
        sealed bytea not null,
        offered_at timestamptz not null,
        primary key (organisation_id, commitment_id, member_id),
        foreign key (organisation_id, commitment_id) references plans_help (organisation_id, commitment_id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id)
      )`);
    await runner.query(`select platform_protect('plans_help_offers')`);
    await runner.query('create index plans_help_offers_of_member on plans_help_offers (organisation_id, case_id, member_id)');

    await runner.query(`
      create table plans_contributions (
        organisation_id uuid not null,
        id uuid not null,
        case_id uuid not null,
        member_id uuid not null,
        open_offer boolean not null,
        due_on date,
        every text,
        state text not null check (state in ('offered', 'accepted', 'declined')),
        sealed bytea not null,
        offered_at timestamptz not null,
        ended_at timestamptz,
        primary key (organisation_id, id),
        foreign key (organisation_id, case_id, member_id) references circle_members (organisation_id, case_id, id),
        check ((state = 'offered') = (ended_at is null))
      )`);
    await runner.query(`select platform_protect('plans_contributions')`);
    await runner.query('create index plans_contributions_of_case on plans_contributions (organisation_id, case_id, id)');
    await runner.query('create index plans_contributions_of_member on plans_contributions (organisation_id, case_id, member_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table plans_contributions, plans_help_offers, plans_help, plans_passings');
  }
}
