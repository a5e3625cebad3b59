import type { INestApplicationContext } from '@nestjs/common';
import { hasLocalMailbox } from '../messages/transports.service.js';
import { OrganisationsService } from '../people/organisations.service.js';
import { MovableClock, SystemClock } from '../platform/clock.js';
import type { Settings } from '../platform/config/settings.js';
import type { Overrides } from '../platform/platform.module.js';
import { ACCOUNTS, addFirstAdmin, type FirstAdmin } from './accounts.js';
import { finishedOrganisations, makeFirst, UNFINISHED } from './installation.js';
import { TOWN } from './town.js';

/** Puts a service together on these settings, with this clock, without listening. */
export type Assemble = (settings: Settings, overrides: Overrides) => Promise<INestApplicationContext>;

export interface Found {
  /** Of the demo, when it is there. */
  accounts?: { email: string; password: string }[];
  /** Of the first organisation, when it was made just now. */
  admin?: FirstAdmin;
  /** There is no organisation, and this process may not make one. */
  missing?: true;
}

const FIRST = { slug: 'netwerkberaad', name: 'Netwerkberaad' };
/** The demo begins about fourteen months before today, a little before its first story. */
const DEMO_BEGINS_DAY = -300;

/**
 * Sees to it that there is an organisation: in a new database the demo with its stories or, with the demo off, one with an
 * admin. A start that was broken off in between begins again; otherwise this is one query.
 */
export async function ensureOrganisation(settings: Settings, assemble: Assemble): Promise<Found> {
  const known = await finishedOrganisations(settings.databaseUrl);
  if (known.length > 0) return found(settings, known);
  const ownerUrl = settings.databaseOwnerUrl;
  if (ownerUrl === null) return { missing: true };
  let admin: FirstAdmin | undefined;
  const made = await makeFirst(ownerUrl, settings.demo ? TOWN.slug : FIRST.slug, async () => {
    if (settings.demo) await makeDemo(settings, ownerUrl, assemble);
    else admin = await makeEmpty(settings, ownerUrl, assemble);
  });
  if (!made) return found(settings, await finishedOrganisations(settings.databaseUrl));
  return admin ? { admin } : found(settings, [TOWN.slug]);
}

function found({ demo, demoPassword }: Settings, slugs: readonly string[]): Found {
  if (!demo || !slugs.includes(TOWN.slug)) return {};
  return { accounts: Object.values(ACCOUNTS).map(({ email }) => ({ email, password: demoPassword })) };
}

async function makeDemo(settings: Settings, ownerUrl: string, assemble: Assemble): Promise<void> {
  const [{ seed }, { WorkingDays }] = await Promise.all([import('./seed.js'), import('./days.js')]);
  const days = new WorkingDays(new SystemClock(settings.clockOffsetSeconds).now());
  const clock = new MovableClock(days.at(DEMO_BEGINS_DAY, '08:00'));
  await assembled(assemble({ ...settings, databaseUrl: hurried(settings.databaseUrl) }, { clock }), async (app) => {
    const organisationId = await app.get(OrganisationsService).add(ownerUrl, { ...TOWN, slug: UNFINISHED });
    await seed(app, { clock, days, organisationId, password: settings.demoPassword });
  });
}

/**
 * Commits do not wait for the disk; the last word, that all is finished, does, and takes them along. Only on this machine: a
 * pooler in between would not understand it.
 */
function hurried(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  if (url.hostname !== '127.0.0.1' && url.hostname !== 'localhost') return databaseUrl;
  url.searchParams.set('options', '-c synchronous_commit=off');
  return url.href;
}

async function makeEmpty(settings: Settings, ownerUrl: string, assemble: Assemble): Promise<FirstAdmin> {
  return assembled(assemble(settings, {}), async (app) => {
    const organisationId = await app.get(OrganisationsService).add(ownerUrl, { ...FIRST, slug: UNFINISHED });
    return addFirstAdmin(app, organisationId, FIRST.slug);
  });
}

/** Works with a service of one's own, and takes it down whatever happens. */
async function assembled<T>(
  assembling: Promise<INestApplicationContext>,
  work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  const app = await assembling;
  try {
    await app.init();
    return await work(app);
  } finally {
    await app.close();
  }
}

/** What a person who has just started the service wants to know beside its address. */
export function greeting(settings: Settings, found: Found): string[] {
  return [...whoMaySignIn(settings, found), ...(hasLocalMailbox(settings) ? [`Mailbox: ${settings.publicUrl}/dev/mailbox`] : [])];
}

export function whoMaySignIn({ demoPassword }: Settings, { accounts, admin, missing }: Found): string[] {
  const lines: string[] = [];
  if (accounts) lines.push(`Demo accounts, all with password ${demoPassword}:`, ...accounts.map(({ email }) => `  ${email}`));
  if (admin) lines.push(`First account: ${admin.email} with password ${admin.password} (said only now: keep it)`);
  if (missing) lines.push('There is no organisation yet: add one with npm run organisation -- add <slug> [name].');
  return lines;
}
