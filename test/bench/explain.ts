import { Client, escapeLiteral } from 'pg';
import { CASE_PAGE, LAST_ID, OWN_PAGE } from '../../src/cases/cases.queries.js';
import { parseToken } from '../../src/people/tokens.rules.js';

/** PostgreSQL decides after five runs whether one plan serves all values. */
const RUNS = 8;
const LIMIT = 26;

/** A page of the list as somebody reads it. */
export interface ListCase {
  title: string;
  token: string;
  /** A lead reads everyone's. */
  lead: boolean;
  after: string | null;
}

/** How the service's own statement is served, as its role: the index, the rows that were read for nothing, the pages, the times. */
export async function explainList(appUrl: string, cases: readonly ListCase[]): Promise<string[]> {
  const lines: string[] = [];
  for (const { title, token, lead, after } of cases) {
    const { organisationId, hash } = parseToken(token)!;
    const statement = lead ? CASE_PAGE : OWN_PAGE;
    const enter = [organisationId, hash, new Date()];
    const values = lead ? [...enter, after, LIMIT, null, null, null, null, null] : [...enter, after ?? LAST_ID, LIMIT];
    const client = new Client(appUrl);
    await client.connect();
    try {
      for (let run = 0; run < RUNS; run += 1) await client.query({ ...statement, values });
      const literals = values.map((value) =>
        value === null ? 'null' : escapeLiteral(Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value instanceof Date ? value.toISOString() : String(value)),
      );
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain (analyze, buffers) execute "${statement.name}" (${literals.join(', ')})`,
      );
      const made = await client.query<{ generic: string; custom: string }>(
        'select generic_plans as generic, custom_plans as custom from pg_prepared_statements where name = $1',
        [statement.name],
      );
      lines.push(`${title}: ${told(rows.map((row) => row['QUERY PLAN']))}, plans ${made.rows[0]!.generic} generic ${made.rows[0]!.custom} custom`);
    } finally {
      await client.end();
    }
  }
  return lines;
}

/** The scans of `cases` that ran, and what the whole took. */
function told(plan: string[]): string {
  const scans = plan.flatMap((line, at) => {
    if (!/Scan.* on cases/.test(line) || /never executed/.test(line)) return [];
    const below = plan.slice(at + 1, at + 6).join(' ');
    const index = /using (\S+) on cases/.exec(line)?.[1] ?? 'Seq Scan';
    const removed = /Rows Removed by Filter: (\d+)/.exec(below)?.[1] ?? '0';
    return [`${index} (${/actual.*rows=([\d.]+)/.exec(line)?.[1]} rows, ${removed} read for nothing)`];
  });
  const buffers = /shared hit=(\d+)/.exec(plan.find((line) => line.includes('Buffers:')) ?? '')?.[1];
  const time = (name: string): string => new RegExp(`${name} Time: ([\\d.]+) ms`).exec(plan.join(' '))?.[1] ?? '?';
  return `${scans.join(' + ')}, ${buffers} pages, planning ${time('Planning')} ms, execution ${time('Execution')} ms`;
}
