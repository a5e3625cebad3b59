import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A fixed version of a plan never changes: what it says, whose it is and when it was fixed. It may only be sealed again with another
 * key (the number of the key is in the first three bytes). Locks nothing that is in use.
 */
export class PlanVersions1763601030010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function plans_never_change() returns trigger language plpgsql as $$
      begin
        raise exception 'a fixed plan never changes' using errcode = 'restrict_violation';
      end $$`);
    await runner.query(`
      create trigger plans_never_change before update on plans for each row
      when ((new.organisation_id, new.id, new.case_id, new.meeting_id, new.version, new.fixed_at)
          is distinct from (old.organisation_id, old.id, old.case_id, old.meeting_id, old.version, old.fixed_at)
        or (new.sealed <> old.sealed and substring(new.sealed from 1 for 3) = substring(old.sealed from 1 for 3)))
      execute function plans_never_change()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger plans_never_change on plans');
    await runner.query('drop function plans_never_change()');
  }
}
