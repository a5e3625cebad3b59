import { statement, type Statement } from '../platform/database/tx.js';
import { OF_A_CASE } from './holdings.rules.js';

/** Erasing reads and writes every table with rows of a case, as `holdings.rules.ts` lists them. */

export const LOCK_CASE = statement('privacy.case-lock', 'select reference from cases where organisation_id = $1 and id = $2 for update');

export const HOLD_STANDS = statement(
  'privacy.hold-stands',
  'select 1 from privacy_legal_holds where organisation_id = $1 and case_id = $2 and (until is null or until >= $3)',
);

/** A case and its referral name each other; the case lets go first. */
export const LET_GO_OF_REFERRAL = statement(
  'privacy.case-let-go',
  'update cases set referral_id = null where organisation_id = $1 and id = $2',
);

/** Per table, in order: takes the rows of one case away. $1 organisation, $2 case. */
export const ERASE_CASE: readonly { table: string; erase: Statement }[] = OF_A_CASE.map(({ table, ofCase }) => ({
  table,
  erase: statement(`privacy.erase-${table}`, `delete from ${table} where organisation_id = $1 and ${ofCase}`),
}));

/** How many rows of one case there are in each table: what erasing it would take away. */
export const COUNT_CASE = statement(
  'privacy.count-case',
  OF_A_CASE.map(
    ({ table, ofCase }) => `select '${table}' as "table", count(*)::int as n from ${table} where organisation_id = $1 and ${ofCase}`,
  ).join(' union all '),
);

export const ERASE_WAYS_TO_REACH = statement(
  'privacy.erase-ways-to-reach',
  `update circle_members set sealed = $3, contact_erased_at = $4, version = version + 1 where organisation_id = $1 and id = $2`,
);

/** A request to be erased that was not done yet is answered by the erasing; what it was about lets go of the case. */
export const LET_GO_OF_REQUESTS = statement(
  'privacy.requests-let-go',
  `update privacy_erasure_requests set case_id = null, member_id = null,
     sealed = case when state in ('open', 'erasing') then null else sealed end,
     decided_at = coalesce(decided_at, $3),
     erased_at = case when state in ('open', 'erasing') then $3 else erased_at end,
     report = case when state in ('open', 'erasing') then '{}' else report end,
     state = case when state in ('open', 'erasing') then 'erased' else state end
   where organisation_id = $1 and case_id = $2`,
);

export const ERASE_REFERRAL = statement('privacy.erase-referral', 'delete from referrals where organisation_id = $1 and id = $2');

export const ERASE_STAFF_CONTACT = statement(
  'privacy.erase-staff-contact',
  `update people_staff set sealed = $3, contact_erased_at = $4, password_hash = null, version = version + 1
   where organisation_id = $1 and id = $2`,
);

/** How somebody of the staff signed in: an address, and who they are at an identity provider. */
export const ERASE_SIGN_IN: readonly Statement[] = ['people_sign_in_addresses', 'people_identities'].map((table) =>
  statement(`privacy.erase-${table}`, `delete from ${table} where organisation_id = $1 and staff_id = $2`),
);

/** A trial run with its report. */
export const ERASE_RUN: readonly Statement[] = [
  statement('privacy.erase-run-cases', 'delete from privacy_retention_cases where organisation_id = $1 and run_id = $2'),
  statement('privacy.erase-run-counts', 'delete from privacy_retention_counts where organisation_id = $1 and run_id = $2'),
  statement('privacy.erase-run', 'delete from privacy_retention_runs where organisation_id = $1 and id = $2 and dry_run'),
];
