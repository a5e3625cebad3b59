import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { Client } from 'pg';
import { createApp } from '../src/app.js';
import { ACCOUNTS, type AccountName } from '../src/demo/accounts.js';
import { WorkingDays } from '../src/demo/days.js';
import { ensureOrganisation, greeting } from '../src/demo/first-start.js';
import { STORIES } from '../src/demo/seed.js';
import { momentsOf } from '../src/demo/timeline.js';
import { SessionsService } from '../src/people/sessions.service.js';
import { TriageService } from '../src/referrals/triage.service.js';
import { testSettings } from './support/app.js';
import { freshDatabase, type TestDatabase } from './support/database.js';
import { endServices, somePort, startService } from './support/service.js';

const STORY_MS = 120_000;
const ZONE = 'Europe/Amsterdam';
const PASSWORD = 'welkom in oeverdam';

interface CaseFile {
  id: string;
  kind: string;
  state: string;
  urgent: boolean;
  reference: string;
  circle: { state: string; email?: string; phone?: string }[];
  meetings: { id: string; state: string; startsAt: string | null }[];
  currentPlan: { state: string; commitments: { state: string }[] } | null;
}

let home: string;
let database: TestDatabase;
let base: string;
let output = '';
const tokens = new Map<AccountName, string>();

async function get<T>(account: AccountName, path: string): Promise<T> {
  const answer = await fetch(`${base}${path}`, { headers: { authorization: `Bearer ${tokens.get(account)}` } });
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return (await answer.json()) as T;
}

const list = async <T>(account: AccountName, path: string): Promise<T[]> => (await get<{ items: T[] }>(account, path)).items;

async function ask<Row extends object>(sql: string): Promise<Row[]> {
  const client = new Client(database.superuserUrl);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Breaks off the making of the demo after a few cases, then starts the service as a person would. */
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'netwerkberaad-demo-'));
  database = await freshDatabase();
  const brokenOff = ensureOrganisation(testSettings(database, { demo: true }), async (...given) => {
    const app = await createApp(...given);
    const triage = app.get(TriageService);
    const accept = triage.accept.bind(triage);
    let left = 3;
    triage.accept = (...asked) => ((left -= 1) < 0 ? Promise.reject(new Error('the power is gone')) : accept(...asked));
    return app;
  });
  await expect(brokenOff).rejects.toThrow('the power is gone');
  expect(await ask('select slug from people_organisations')).toEqual([{ slug: 'unfinished' }]);
  expect(await ask('select state from cases')).toHaveLength(3);

  const { port } = await somePort();
  base = `http://127.0.0.1:${port}`;
  const service = startService('main', {
    PORT: String(port),
    DATA_DIR: join(home, 'data'),
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    DATABASE_CLERK_URL: database.clerkUrl,
    DEMO: 'on',
    MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    DEMO_PASSWORD: PASSWORD,
    LOG_LEVEL: 'debug',
  });
  service.child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  service.child.stderr!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await service.ready();
  for (const account of Object.keys(ACCOUNTS) as AccountName[]) {
    const answer = await fetch(`${base}/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ACCOUNTS[account].email, password: PASSWORD }),
    });
    expect(answer.status).toBe(201);
    tokens.set(account, ((await answer.json()) as { token: string }).token);
  }
}, STORY_MS);

afterAll(async () => {
  await endServices();
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

async function cases(): Promise<CaseFile[]> {
  const files = await Promise.all(
    (['facilitator', 'facilitator2'] as const).map(async (account) => {
      const items = await list<{ id: string }>(account, '/v1/cases?limit=100');
      return Promise.all(items.map(({ id }) => get<CaseFile>(account, `/v1/cases/${id}`)));
    }),
  );
  return files.flat();
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

describe('the demo', () => {
  it('begins again when its making was broken off, and leaves nothing of the first try', async () => {
    expect(await ask('select slug from people_organisations')).toEqual([{ slug: 'demo' }]);
    const taken = STORIES.filter(({ referral, then }) => then.length > 0 && referral.circle.length > 0);
    const references = (await cases()).map(({ reference }) => reference).sort();
    expect(references.length).toBeGreaterThanOrEqual(30);
    expect(references.length).toBeLessThanOrEqual(taken.length);
    const perYear = new Map<string, number>();
    for (const reference of references) {
      const [, year, number] = reference.split('-');
      perYear.set(year!, (perYear.get(year!) ?? 0) + 1);
      expect(Number(number)).toBe(perYear.get(year!));
    }
  });

  it('says at start where it is, who may sign in, and where mails are', () => {
    expect(output).toContain(`Demo accounts, all with password ${PASSWORD}:`);
    for (const { email } of Object.values(ACCOUNTS)) expect(output).toContain(`  ${email}\n`);
    expect(output).toMatch(/Mailbox: http:\/\/localhost:\d+\/dev\/mailbox/);
  });

  it.each<[AccountName, string[]]>([
    ['lead', ['/v1/referrals', '/v1/cases', '/v1/reports/monthly-figures', '/v1/cost-items']],
    ['facilitator', ['/v1/referrals', '/v1/cases', '/v1/commitments', '/v1/messages', '/v1/wellbeing-instruments']],
    ['facilitator2', ['/v1/referrals', '/v1/cases', '/v1/commitments', '/v1/messages']],
    ['referrer', ['/v1/referrals']],
    ['analyst', ['/v1/cost-items', '/v1/wellbeing-instruments']],
    ['admin', ['/v1/messages', '/v1/cost-items']],
  ])('has something in every list of %s', async (account, paths) => {
    for (const path of paths) expect({ path, empty: (await list(account, path)).length === 0 }).toEqual({ path, empty: false });
  });

  it('has cases of every kind in every state that the service reaches by itself', async () => {
    const open = ['preparing', 'scheduled', 'met'];
    const found = await cases();
    const states = (kind: string): string[] => distinct(found.filter((one) => one.kind === kind).map(({ state }) => state));
    const all = [...open, 'carrying-out', 'closed', 'stopped'].sort();
    expect(states('netwerkberaad')).toEqual(all);
    expect(states('mdo')).toEqual(all);
    expect(states('eigen-kracht')).toEqual(all);
    expect(states('jim')).toEqual([...open, 'carrying-out', 'closed'].sort());
    expect(states('netwerkplan')).toEqual(['carrying-out', 'closed', 'preparing', 'stopped']);
    expect(found.some(({ urgent }) => urgent)).toBe(true);
  });

  it('has referrals in every state, one of them acute and one that may be a double', async () => {
    const items = await list<{ id: string; state: string; safetyLevel: string }>('lead', '/v1/referrals?limit=100');
    expect(distinct(items.map(({ state }) => state))).toEqual(
      ['accepted', 'awaiting-confirmation', 'declined', 'more-information-needed', 'received', 'withdrawn'].sort(),
    );
    const waiting = items.filter(({ state }) => state === 'received');
    expect(waiting.some(({ safetyLevel }) => safetyLevel === 'acute')).toBe(true);
    const whole = await Promise.all(waiting.map(({ id }) => get<{ possibleDoubles: string[] }>('lead', `/v1/referrals/${id}`)));
    expect(whole.some(({ possibleDoubles }) => possibleDoubles.length > 0)).toBe(true);
  });

  it('has members, meetings, plans and promises in every state', async () => {
    const found = await cases();
    expect(distinct(found.flatMap(({ circle }) => circle.map(({ state }) => state)))).toEqual(
      ['approached', 'approved', 'coming', 'invited', 'maybe', 'not-coming', 'proposed', 'refused', 'removed'].sort(),
    );
    const meetings = found.flatMap((one) => one.meetings.map(({ state }) => state));
    expect(distinct(meetings)).toEqual(['cancelled', 'fixed', 'held', 'polling']);
    const plans = found.flatMap(({ currentPlan }) => currentPlan ?? []);
    expect(distinct(plans.map(({ state }) => state))).toEqual(['carried', 'fixed']);
    expect(distinct(plans.flatMap(({ commitments }) => commitments.map(({ state }) => state)))).toEqual(
      ['asked', 'blocked', 'doing', 'done', 'given-back', 'promised', 'released', 'running'].sort(),
    );
  });

  it('has something that is asked and offered around promises, of each kind', async () => {
    type Offers = Record<'passings' | 'help' | 'contributions', object[]>;
    const [first, second] = [await get<Offers>('facilitator', '/v1/offers'), await get<Offers>('facilitator2', '/v1/offers')];
    expect(first.passings).toEqual([expect.objectContaining({ fromName: 'Hilde', toName: 'Bram' })]);
    expect(first.help).toEqual([expect.objectContaining({ memberName: 'Rudy', offers: [expect.objectContaining({ memberName: 'Bram' })] })]);
    expect(second.contributions).toEqual([expect.objectContaining({ memberName: 'Ravi', openOffer: false }), expect.objectContaining({ memberName: 'Jannie', openOffer: true })]);
  });

  it('shows wellbeing and costs before and after', async () => {
    const closed = (await list<{ id: string; state: string; kind: string }>('facilitator', '/v1/cases?limit=100&state=closed'))
      .filter(({ kind }) => kind === 'netwerkberaad');
    const results = await Promise.all(
      closed.map(({ id }) =>
        get<Record<'before' | 'after' | 'oneOff', { middleCents: number }> & { wellbeing: { change: number | null }[] }>(
          'facilitator',
          `/v1/cases/${id}/micro-analysis`,
        ),
      ),
    );
    const whole = results.filter((result) => [result.before, result.after, result.oneOff].every(({ middleCents }) => middleCents > 0));
    expect(whole.some(({ wellbeing }) => wellbeing.some(({ change }) => change !== null && change > 0))).toBe(true);
  });

  it('leaves the days ahead of the first facilitator free but for one evening, and fills those of the second', async () => {
    const ahead = async (account: AccountName): Promise<DateTime[]> => {
      const items = await list<{ id: string }>(account, '/v1/cases?limit=100');
      const files = await Promise.all(items.map(({ id }) => get<CaseFile>(account, `/v1/cases/${id}`)));
      const fixed = files.flatMap(({ meetings }) => meetings).filter(({ state }) => state === 'fixed');
      return fixed.map(({ startsAt }) => DateTime.fromISO(startsAt!, { zone: ZONE })).filter((at) => at > DateTime.now());
    };
    const [evening, ...more] = await ahead('facilitator');
    expect(more).toEqual([]);
    expect(evening!.toFormat('HH:mm')).toBe('19:30');
    expect(Math.round(evening!.diffNow('days').days)).toBeGreaterThanOrEqual(8);
    expect((await ahead('facilitator2')).length).toBeGreaterThanOrEqual(4);
  });

  it('sends nothing to anybody, and has nothing waiting to be sent', async () => {
    const mailbox = await fetch(`${base}/dev/mailbox.json`);
    expect(await mailbox.json()).toEqual([]);
    const states = await ask<{ state: string }>('select distinct state from messages order by state');
    expect(states.map(({ state }) => state)).toEqual(['by-hand', 'cancelled', 'sent']);
    // What waits belongs to days that are still to come.
    expect(await ask(`select job from platform_outbox where state not in ('cancelled', 'done', 'skipped') and run_at <= now() - interval '10 minutes'`)).toEqual([]);
    expect(await ask(`select job, error_code from platform_outbox where state in ('dead', 'handed')`)).toEqual([]);
  });

  it('counts the circles on the days on which they look back', async () => {
    const counted = await ask<{ day: string }>(
      `select distinct (g.at at time zone '${ZONE}')::date::text as day from circle_growth g where g.moment in ('first-review', 'last-review') order by day`,
    );
    expect(counted.length).toBeGreaterThan(5);
    const wrong = await ask(
      `select g.case_id from circle_growth g join platform_outbox o on o.job = 'circle.count-at-review' and o.payload->>'caseId' = g.case_id::text
       where g.moment = 'first-review' and o.state = 'done' group by g.organisation_id, g.case_id, g.at having min(o.run_at) > g.at + interval '1 day'`,
    );
    expect(wrong).toEqual([]);
  });

  it('reaches people only at addresses and numbers that belong to nobody', async () => {
    const people = (await cases()).flatMap(({ circle }) => circle);
    const known = people.flatMap(({ email, phone }) => [email ?? [], phone ?? []].flat());
    expect(known.length).toBeGreaterThan(100);
    expect(known.filter((way) => !/@([a-z-]+\.example|example\.org)$|^\+316123456\d\d$|^\+311012345\d\d$/.test(way))).toEqual([]);
  });

  it('writes no name of anybody into the log', async () => {
    await cases();
    const people = STORIES.flatMap(({ referral }) => [referral.about, ...(referral.others ?? []), ...referral.circle]);
    const names = [...people, ...Object.values(ACCOUNTS)].map(({ name }) => name).filter((name) => name.includes(' '));
    expect(output).toContain('"msg":"request"');
    expect(names.filter((name) => output.includes(name))).toEqual([]);
    expect(output).not.toMatch(/example\.org|oeverdam\.example/);
  });

  it('is not made a second time', async () => {
    const settings = testSettings(database, { demo: true });
    const found = await ensureOrganisation(settings, () => Promise.reject(new Error('nothing is to be made')));
    expect(found.accounts).toHaveLength(Object.keys(ACCOUNTS).length);
  });
});

it('can be told on any day: in order, in the past, and with no meeting of the first facilitator within two days', () => {
  const midnight = DateTime.fromISO('2026-10-20T00:10', { zone: ZONE });
  for (let day = 0; day < 14; day += 1) {
    const now = midnight.plus({ days: day });
    const days = new WorkingDays(now.toJSDate());
    const latest = now.minus({ hours: 2 }).toMillis();
    const moments = STORIES.flatMap((story, i) => momentsOf(story, i, days));
    expect(moments.filter(({ at }) => at.getTime() > latest)).toEqual([]);
    expect(DateTime.fromJSDate(days.at(6, '19:30')).diff(now, 'days').days).toBeGreaterThan(8);
  }
});

describe('without the demo', () => {
  let empty: TestDatabase;
  beforeEach(async () => {
    empty = await freshDatabase();
  });
  afterEach(() => empty.drop());

  it('a new database gets one organisation with one admin, whose password is said once', async () => {
    const settings = testSettings(empty);
    const found = await ensureOrganisation(settings, createApp);
    expect(found.admin!.password).toHaveLength(24);
    expect(greeting(settings, found).join('\n')).toContain(found.admin!.password);
    expect(await ensureOrganisation(settings, createApp)).toEqual({});

    const app = await createApp(settings);
    await app.init();
    const session = await app
      .get(SessionsService)
      .signIn({ address: 'test', requestId: 'test' }, found.admin!.email, found.admin!.password);
    expect(session.user.roles).toEqual(['admin']);
    await app.close();
  });

  it('a process that may not make one says what to do', async () => {
    const settings = testSettings(empty, { databaseOwnerUrl: null });
    const found = await ensureOrganisation(settings, createApp);
    expect(greeting(settings, found)[0]).toMatch(/^There is no organisation yet: add one with npm run organisation -- add/);
  });
});
