import type { Client } from 'pg';
import { SEALED_COLUMNS } from '../../src/platform/vault/rotation.js';
import { Vault } from '../../src/platform/vault/vault.js';
import type { TestApp } from './app.js';

/** The local mailbox stands in for the mail servers of the world. */
const ELSEWHERE = ['messages_mailbox'];

/** Everything that stands in the database, with everything sealed opened, as one text. What cannot be opened is an error. */
export async function opened(test: TestApp, owner: Client): Promise<string> {
  const vault = test.app.get(Vault);
  const { rows: tables } = await owner.query<{ table: string }>(
    `select relname as table from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  const words: string[] = [];
  for (const { table } of tables.filter((one) => !ELSEWHERE.includes(one.table))) {
    const sealed = SEALED_COLUMNS.filter((one) => one.table === table);
    const ids = sealed.map(({ id }, i) => `, (${id})::text as "place ${i}"`).join('');
    const { rows } = await owner.query<Record<string, string>>(`select *${ids} from ${table}`);
    for (const row of rows) {
      for (const [i, { column }] of sealed.entries()) {
        const bytes = row[column] as unknown as Buffer | null;
        const place = { organisationId: row.organisation_id!, table, column, id: row[`place ${i}`]! };
        if (bytes) words.push(JSON.stringify(await vault.open(place, bytes)));
        delete row[column];
      }
      words.push(JSON.stringify(row));
    }
  }
  return words.join('\n');
}
