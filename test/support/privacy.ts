import type { Client } from 'pg';
import { Vault } from '../../src/platform/vault/vault.js';
import type { TestApp } from './app.js';

/** What a row's sealed bytes are bound to, where that is not its id. */
const PLACES: Record<string, (row: Record<string, string>) => string> = {
  meetings_responses: (row) => `${row.meeting_id} ${row.member_id}`,
  plans_statements: (row) => row.member_id!,
  plans_statement_versions: (row) => `${row.member_id} ${row.version}`,
  plans_preconditions: (row) => row.case_id!,
  plans_precondition_versions: (row) => `${row.case_id} ${row.version}`,
  plans_drafts: (row) => row.case_id!,
};

/** The local mailbox stands in for the mail servers of the world. */
const ELSEWHERE = ['messages_mailbox'];

/** Everything that stands in the database, with everything sealed opened, as one text. What cannot be opened is an error. */
export async function opened(test: TestApp, owner: Client): Promise<string> {
  const vault = test.app.get(Vault);
  const { rows: columns } = await owner.query<{ table: string; sealed: string[] }>(
    `select c.relname as table, coalesce(array_agg(a.attname::text) filter (where a.attname in ('sealed', 'safety_check')), '{}') as sealed
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by 1`,
  );
  const words: string[] = [];
  for (const { table, sealed } of columns.filter((one) => !ELSEWHERE.includes(one.table))) {
    const { rows } = await owner.query<Record<string, string>>(`select * from ${table}`);
    for (const row of rows) {
      for (const name of sealed) {
        const bytes = row[name] as unknown as Buffer | null;
        const id = PLACES[table]?.(row) ?? row.id!;
        if (bytes) words.push(JSON.stringify(await vault.open({ organisationId: row.organisation_id!, table, id }, bytes)));
        delete row[name];
      }
      words.push(JSON.stringify(row));
    }
  }
  return words.join('\n');
}
