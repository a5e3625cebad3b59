import { statement } from '../platform/database/tx.js';

/** Reads: people_sign_in_addresses, which knows no tenant: whose account a mail address opens, by its hash over the installation. */
export const ACCOUNT = statement('people.account', 'select organisation_id, staff_id from people_sign_in_addresses where address_hash = $1');

export interface AccountRow {
  organisation_id: string;
  staff_id: string;
}
