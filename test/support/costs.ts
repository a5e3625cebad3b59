import { Client } from 'pg';
import type { TestApp } from './app.js';
import type { StoryCase } from './stories.js';

/** One cost line as the service shows it. */
export interface Line {
  id: string;
  version: number;
  quantity: string;
  amount: { lowCents: number; middleCents: number; highCents: number };
}

/** An amount without a range. */
export const flat = (cents: number): Line['amount'] => ({ lowCents: cents, middleCents: cents, highCents: cents });

/** A line from the catalogue. */
export const guidance = { side: 'before', itemId: 'guidance-hour', quantity: 2, per: 'week', basis: 'reported' };

/** A text line whose amount is its quantity in euros, in the year that is shown by itself. */
export const euros = (side: 'before' | 'after' | 'one-off', quantity: number | string, more: object = {}): object => ({
  side,
  text: 'Iets',
  quantity,
  per: side === 'one-off' ? 'once' : 'year',
  basis: 'registered',
  payer: 'wmo',
  class: 'fiscal',
  unitPriceCents: 100,
  priceYear: 2024,
  ...more,
});

export async function addLine(story: StoryCase, line: object): Promise<Line> {
  return (await story.facilitator.post(`/v1/cases/${story.id}/cost-lines`, line).expect(201)).body as Line;
}

export async function linesOf(story: StoryCase): Promise<Line[]> {
  const answer = await story.facilitator.get(`/v1/cases/${story.id}/cost-lines?limit=100`).expect(200);
  return (answer.body as { items: Line[] }).items;
}

/** The wrong fields of a refusal, as `pointer code`. */
export const wrongFields = (body: unknown): string[] =>
  ((body as { errors?: { pointer: string; code: string }[] }).errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`);

/** What lies in the database, seen from behind row-level security. */
export async function inDatabase<Row>(test: TestApp, sql: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client(test.database.superuserUrl);
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as Row[];
  } finally {
    await client.end();
  }
}
