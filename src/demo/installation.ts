import type { Client } from 'pg';
import { connect } from '../platform/database/connect.js';

/**
 * The name of an organisation that is being made. Only one that is finished gets its own, so that one left behind by a start
 * that was broken off is known as such; nothing that anyone entered can be in it.
 */
export const UNFINISHED = 'unfinished';

/** An arbitrary number: who makes the first organisation holds this lock. */
const FIRST_ORGANISATION_LOCK = 5_990_110;

/** The organisations that are finished, asked in one statement by the service's own role. */
export async function finishedOrganisations(appUrl: string): Promise<string[]> {
  const client = await connect('DATABASE_URL', appUrl);
  try {
    return (await slugs(client)).filter((slug) => slug !== UNFINISHED);
  } finally {
    await client.end();
  }
}

/**
 * Makes the first organisation as the database's owner, alone: another process that wants the same waits and finds it done.
 * What a start that was broken off left behind goes first. `make` adds it under the name `UNFINISHED`.
 */
export async function makeFirst(ownerUrl: string, slug: string, make: () => Promise<void>): Promise<boolean> {
  const owner = await connect('DATABASE_OWNER_URL', ownerUrl);
  try {
    await owner.query('select pg_advisory_lock($1)', [FIRST_ORGANISATION_LOCK]);
    const found = await slugs(owner);
    if (found.some((known) => known !== UNFINISHED)) return false;
    if (found.length > 0) await owner.query('truncate people_organisations cascade');
    await make();
    await owner.query('update people_organisations set slug = $1 where slug = $2', [slug, UNFINISHED]);
    return true;
  } finally {
    await owner.end();
  }
}

async function slugs(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ slug: string }>('select slug from people_organisations order by created_at, id');
  return rows.map(({ slug }) => slug);
}
