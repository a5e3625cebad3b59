import { DateTime } from 'luxon';
import { ACCOUNTS } from '../src/demo/accounts.js';
import { aVisitor } from './support/browser.js';
import { PASSWORD, theTown, TOWN_MS, type Town } from './support/town.js';

const ZONE = 'Europe/Amsterdam';

type At = Date | null;
interface Referral { id: string; state: string; case_id: string | null; received_at: At; accepted_at: At; state_since: Date; end_reason: string | null }
interface Case { id: string; state: string; referral_id: string | null; opened_at: Date; state_since: Date; end_reason: string | null }
interface Member { id: string; case_id: string; is_main_person: boolean; circle_kind: string; state: string; created_at: Date; approved_at: At; reached_at: At; invited_at: At }
interface Attempt { member_id: string; at: Date; outcome: string; channel: string }
interface Talk { case_id: string; at: Date; outcome: string }
interface Response { meeting_id: string; member_id: string; answered_at: Date; answered_by_kind: string; answers: object }
interface Meeting { id: string; case_id: string; type: string; state: string; starts_at: At; outcome: string | null; end_reason: string | null }
interface Attendance { member_id: string; presence: string }
interface Message { member_id: string | null; channel: string; state: string; created_at: Date }
interface Growth { case_id: string; moment: string; at: Date; informal: number; professional: number }
interface Plan { id: string; case_id: string; meeting_id: string | null; carried_at: At }
interface Obstacle { category: string; state: string; raised_at: Date; state_since: Date }
interface Commitment { id: string; case_id: string; state: string; state_since: Date; created_at: Date }

interface Rows {
  referrals: Referral[];
  cases: Case[];
  circle_members: Member[];
  circle_contact_attempts: Attempt[];
  circle_preparation_talks: Talk[];
  meetings: Meeting[];
  meetings_responses: Response[];
  plans: Plan[];
  plans_commitments: Commitment[];
  plans_obstacles: Obstacle[];
  meetings_attendance: Attendance[];
  messages: Message[];
  circle_growth: Growth[];
}

let town: Town;
let rows: Rows;
let get: Awaited<ReturnType<Town['signIn']>>;
/** As many months as one may ask for. */
let everything: string;

beforeAll(async () => {
  town = await theTown();
  get = await town.signIn('lead');
  const tables = [
    'referrals', 'cases', 'circle_members', 'circle_contact_attempts', 'circle_preparation_talks', 'meetings', 'meetings_responses',
    'plans', 'plans_commitments', 'plans_obstacles',
    'meetings_attendance', 'messages', 'circle_growth',
  ] as const;
  const read: [string, object[]][] = [];
  for (const table of tables) read.push([table, await town.ask(`select * from ${table}`)]);
  rows = Object.fromEntries(read) as unknown as Rows;
  const now = DateTime.fromJSDate(town.clock.now(), { zone: ZONE });
  everything = `from=${now.minus({ years: 3 }).toFormat('yyyy-MM')}&to=${now.plus({ years: 1 }).toFormat('yyyy-MM')}`;
}, TOWN_MS);
afterAll(() => town.stop());

/** Nights between two instants, by the calendar on the wall; never less than none. */
function days(since: Date, at: Date): number {
  const dayOf = (instant: Date): DateTime => DateTime.fromISO(DateTime.fromJSDate(instant, { zone: ZONE }).toISODate()!, { zone: 'utc' });
  return Math.max(0, dayOf(at).diff(dayOf(since), 'days').days);
}

/** The value at a part of a sorted list, in between two when it falls there. */
function at(part: number, values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return Math.round((low + (high - low) * (place - Math.floor(place))) * 10) / 10;
}

const row = (step: string, values: number[]) => ({
  step,
  n: values.length,
  median: at(0.5, values),
  q1: at(0.25, values),
  q3: at(0.75, values),
  p90: at(0.9, values),
});

const earliest = (instants: readonly Date[]): Date | null =>
  instants.length === 0 ? null : new Date(Math.min(...instants.map((instant) => instant.getTime())));

describe('Lead times', () => {
  /** What took how long, told case by case; `counts` says whether a step that ended then is asked for. */
  function byHand(counts: (ended: Date) => boolean = () => true) {
    const took: Record<string, number[]> = {
      'referral-accepted': [], 'accepted-first-contact': [], 'referral-meeting': [], 'meeting-carried': [], 'carried-realised': [],
    };
    const note = (step: string, since: At, ended: At): void => {
      if (since && ended && counts(ended)) took[step]!.push(days(since, ended));
    };
    for (const referral of rows.referrals) note('referral-accepted', referral.received_at, referral.accepted_at);
    for (const one of rows.cases) {
      const members = rows.circle_members.filter((member) => member.case_id === one.id).map(({ id }) => id);
      const spoken = rows.circle_contact_attempts.filter((a) => members.includes(a.member_id) && a.outcome === 'reached');
      const talks = rows.circle_preparation_talks.filter((talk) => talk.case_id === one.id && talk.outcome === 'held');
      const wrote = rows.meetings_responses.filter((r) => members.includes(r.member_id) && r.answered_by_kind === 'participant');
      note('accepted-first-contact', one.opened_at, earliest([...spoken.map((a) => a.at), ...talks.map((talk) => talk.at), ...wrote.map((r) => r.answered_at)]));
      const held = rows.meetings.filter((m) => m.case_id === one.id && m.type === 'meeting' && m.state === 'held');
      const received = rows.referrals.find(({ id }) => id === one.referral_id)?.received_at ?? one.opened_at;
      note('referral-meeting', received, earliest(held.map((m) => m.starts_at!)));
      const carried = rows.plans
        .filter((plan) => plan.case_id === one.id && plan.carried_at)
        .sort((a, b) => a.carried_at!.getTime() - b.carried_at!.getTime());
      const from = rows.meetings.find(({ id }) => id === carried[0]?.meeting_id)?.starts_at ?? null;
      note('meeting-carried', from, carried[0]?.carried_at ?? null);
      for (const promise of rows.plans_commitments.filter((c) => c.case_id === one.id && ['done', 'running'].includes(c.state))) {
        const since = carried.find((plan) => plan.carried_at! >= promise.created_at)?.carried_at ?? null;
        note('carried-realised', since, promise.state_since);
      }
    }
    return Object.entries(took).map(([step, values]) => row(step, values));
  }

  it('are what one counts by hand in the town', async () => {
    const { items } = (await get(`/v1/reports/lead-times?${everything}`).expect(200)).body as { items: ReturnType<typeof row>[] };
    expect(items).toEqual(byHand());
    for (const { n, median } of items) {
      expect(n).toBeGreaterThan(4);
      expect(median).not.toBeNull();
    }
  });

  it('are of the steps that ended in the months that were asked for', async () => {
    const now = DateTime.fromJSDate(town.clock.now(), { zone: ZONE });
    const [from, to] = [now.minus({ months: 5 }).startOf('month'), now.minus({ months: 3 }).endOf('month')];
    const months = `from=${from.toFormat('yyyy-MM')}&to=${to.toFormat('yyyy-MM')}`;
    const { items } = (await get(`/v1/reports/lead-times?${months}`).expect(200)).body as { items: object[] };
    expect(items).toEqual(byHand((ended) => ended >= from.toJSDate() && ended <= to.toJSDate()));
    expect(items).not.toEqual(byHand());
  });

  it('are empty where nothing ended, and come as csv too', async () => {
    const { items } = (await get('/v1/reports/lead-times?from=2001-01&to=2001-02').expect(200)).body as { items: object[] };
    expect(items).toEqual(byHand(() => false));
    const csv = await get(`/v1/reports/lead-times?${everything}`, 'text/csv').expect('Content-Type', 'text/csv; charset=utf-8');
    const [first] = byHand();
    expect(csv.text.split('\r\n').slice(0, 2)).toEqual(['step,n,median,q1,q3,p90', Object.values(first!).join(',')]);
    await get('/v1/reports/lead-times', 'application/pdf').expect(406);
    await get('/v1/reports/lead-times?from=2026-12&to=2026-11').expect(400);
  });
});

describe('What was in the way', () => {
  it('is what one counts by hand in the town, by its kind', async () => {
    const { items } = (await get(`/v1/reports/obstacles?${everything}`).expect(200)).body as { items: { category: string; opened: number; open: number; removed: number }[] };
    expect(items).toEqual(['rule', 'money', 'waiting-list', 'agency', 'information', 'other'].map((category) => {
      const of = rows.plans_obstacles.filter((one) => one.category === category);
      const removed = of.filter(({ state }) => state === 'removed');
      const medianDays = at(0.5, removed.map((one) => days(one.raised_at, one.state_since)));
      return { category, opened: of.length, removed: removed.length, open: of.filter(({ state }) => state === 'open').length, medianDays };
    }));
    const all = (what: 'opened' | 'open' | 'removed'): number => items.reduce((sum, item) => sum + item[what], 0);
    expect([all('opened'), all('open') > 0, all('removed') > 0]).toEqual([rows.plans_obstacles.length, true, true]);
  });
});

describe('Circle growth', () => {
  it('is what one counts by hand, and says so where nobody was counted', async () => {
    const { items } = (await get(`/v1/reports/circle-growth?${everything}`).expect(200)).body as { items: { cases: number }[] };
    expect(items).toEqual(
      ['referral', 'meeting', 'first-review', 'last-review'].map((moment) => {
        const counted = rows.circle_growth.filter((growth) => growth.moment === moment);
        const median = (values: number[]): number | null => at(0.5, values);
        return {
          moment,
          cases: counted.length,
          informalMedian: median(counted.map(({ informal }) => informal)),
          professionalMedian: median(counted.map(({ professional }) => professional)),
        };
      }),
    );
    expect(items[1]!.cases).toBeGreaterThan(10);
    const none = (await get('/v1/reports/circle-growth?from=2001-01&to=2001-02').expect(200)).body as { items: object[] };
    expect(none.items[0]).toEqual({ moment: 'referral', cases: 0, informalMedian: null, professionalMedian: null });
    const csv = await get(`/v1/reports/circle-growth?${everything}`, 'text/csv').expect(200);
    expect(csv.text.split('\r\n').slice(0, 2)).toEqual(['moment,cases,informalMedian,professionalMedian', Object.values(items[0]!).join(',')]);
  });
});

describe('Reach', () => {
  it('is what one counts by hand, channel by channel', async () => {
    const { items } = (await get(`/v1/reports/reach?${everything}`).expect(200)).body as { items: { approached: number }[] };
    const count = (ids: (string | null)[]): number => new Set(ids).size;
    expect(items).toEqual(
      ['call', 'sms', 'mail', 'letter', 'visit'].map((channel) => {
        const sent = rows.messages.filter((m) => m.channel === channel && m.member_id && ['sent', 'failed', 'dead', 'by-hand'].includes(m.state));
        const tries = rows.circle_contact_attempts.filter((a) => a.channel === channel);
        const approached = new Set([...sent, ...tries].map((one) => one.member_id));
        const by = channel === 'call' || channel === 'visit' ? 'staff' : 'participant';
        const answered = rows.meetings_responses.filter((r) => approached.has(r.member_id) && r.answered_by_kind === by).map((r) => r.member_id);
        const spoken = tries.filter((a) => a.outcome === 'reached').map((a) => a.member_id);
        const wrong = tries.filter((a) => a.outcome === 'wrong-address').map((a) => a.member_id);
        return {
          channel,
          approached: approached.size,
          reached: count([...spoken, ...answered]),
          answered: count(answered),
          undelivered: count([...sent.filter(({ state }) => state === 'dead').map((m) => m.member_id), ...wrong]),
          byHand: count(sent.filter(({ state }) => state === 'by-hand').map((m) => m.member_id)),
        };
      }),
    );
    expect(items[0]!.approached).toBeGreaterThan(5);
    expect((await get(`/v1/reports/reach?${everything}`, 'text/csv').expect(200)).text).toMatch(/^channel,approached,reached,answered,undelivered,byHand\r\ncall,\d/);
  });
});

describe('Drop-off', () => {
  interface Item {
    of: string;
    step: string;
    came: number;
    stopped: number;
    reasons: { code: string; reason: string | null; n: number }[];
  }

  const STEPS: Record<string, string[]> = {
    case: ['referral', 'accepted', 'first-contact', 'meeting', 'plan'],
    person: ['named', 'approved', 'reached', 'invited', 'coming', 'there'],
  };

  /** How far each came, and why no further: told one by one. */
  function ways(): { of: string; place: number; why: string | null }[] {
    const ofReferrals = rows.referrals.filter((r) => r.received_at).map((referral) => {
      const one = rows.cases.find(({ id }) => id === referral.case_id);
      const members = rows.circle_members.filter((m) => m.case_id === one?.id).map(({ id }) => id);
      const held = rows.meetings
        .filter((m) => m.case_id === one?.id && m.type === 'meeting' && m.state === 'held')
        .sort((a, b) => b.starts_at!.getTime() - a.starts_at!.getTime());
      let place = 1;
      if (one) place = 2;
      if (rows.circle_contact_attempts.some((a) => members.includes(a.member_id) && a.outcome === 'reached')) place = 3;
      if (rows.circle_preparation_talks.some((talk) => talk.case_id === one?.id && talk.outcome === 'held')) place = 3;
      if (held.length > 0) place = 4;
      if (one && rows.plans.some((p) => p.case_id === one.id && p.carried_at)) place = 5;
      let why: string | null = null;
      if (['declined', 'withdrawn'].includes(referral.state)) why = `${referral.state} ${referral.end_reason}`;
      else if (one?.state === 'stopped') why = `stopped ${held[0]?.outcome === 'no-plan' ? held[0].end_reason : one.end_reason}`;
      else if (one?.state === 'closed' && held[0]?.outcome === 'no-plan') why = `no-plan ${held[0].end_reason}`;
      return { of: 'case', place, why };
    });
    const ofPeople = rows.circle_members.filter((m) => !m.is_main_person).map((member) => {
      const one = rows.cases.find(({ id }) => id === member.case_id)!;
      const presences = rows.meetings_attendance.filter((a) => a.member_id === member.id).map(({ presence }) => presence);
      const wasThere = presences.some((presence) => ['present', 'remote', 'part'].includes(presence));
      let place = 1;
      if (member.approved_at) place = 2;
      if (member.reached_at) place = 3;
      if (member.invited_at) place = 4;
      if (['coming', 'maybe'].includes(member.state)) place = 5;
      if (wasThere) return { of: 'person', place: 6, why: null };
      let why: string | null = null;
      if (['refused', 'unreachable', 'removed', 'not-coming'].includes(member.state)) why = `${member.state} null`;
      else if (place === 5 && presences.some((presence) => presence.startsWith('absent'))) why = 'absent null';
      else if (['stopped', 'closed'].includes(one.state)) why = 'case-ended null';
      return { of: 'person', place, why };
    });
    return [...ofReferrals, ...ofPeople];
  }

  it('is what one counts by hand, with a reason for every stop', async () => {
    const { items } = (await get(`/v1/reports/drop-off?${everything}`).expect(200)).body as { items: Item[] };
    const told = ways();
    const byHand = Object.entries(STEPS).flatMap(([of, steps]) =>
      steps.map((step, i) => {
        const here = told.filter((way) => way.of === of && way.place === i + 1 && way.why !== null).map(({ why }) => why!);
        return { of, step, came: told.filter((way) => way.of === of && way.place > i).length, stopped: here.length, why: here.sort() };
      }),
    );
    const inWords = ({ reasons }: Item): string[] => reasons.flatMap(({ code, reason, n }) => Array<string>(n).fill(`${code} ${reason}`)).sort();
    expect(items.map((item) => ({ of: item.of, step: item.step, came: item.came, stopped: item.stopped, why: inWords(item) }))).toEqual(byHand);
    expect(items.filter(({ stopped }) => stopped > 0).length).toBeGreaterThan(3);
    const [first] = items;
    expect(first!.came).toBe(rows.referrals.filter((r) => r.received_at).length);
  });

  it('has a line for each reason in csv', async () => {
    const { items } = (await get(`/v1/reports/drop-off?${everything}`).expect(200)).body as { items: Item[] };
    const lines = (await get(`/v1/reports/drop-off?${everything}`, 'text/csv').expect(200)).text.trimEnd().split('\r\n');
    expect(lines[0]).toBe('of,step,came,stopped,code,reason,n');
    expect(lines).toHaveLength(1 + items.reduce((sum, { reasons }) => sum + Math.max(1, reasons.length), 0));
  });
});

describe('The page of the figures', () => {
  it('says in a table what it draws, and gives each report as a file', async () => {
    const visitor = aVisitor(town);
    await visitor.open('/inloggen');
    await visitor.send('/inloggen', { email: ACCOUNTS.lead.email, password: PASSWORD });
    await visitor.open('/leiding');
    expect(visitor.page.text).toContain('href="/leiding/cijfers"');
    const now = DateTime.fromJSDate(town.clock.now(), { zone: ZONE });
    const path = `/leiding/cijfers?van=${now.minus({ months: 11 }).toFormat('yyyy-MM')}&tot=${now.toFormat('yyyy-MM')}`;
    const page = (await visitor.open(path)).text;
    const { items } = (await get('/v1/reports/lead-times').expect(200)).body as { items: ReturnType<typeof row>[] };
    expect(items[0]!.median).not.toBeNull();
    for (const { n, median } of items) {
      const days = `${String(median).replace('.', ',')} dagen`;
      expect(page).toMatch(new RegExp(`<td class="numeric" data-heading="Aantal">${n}</td><td class="numeric" data-heading="Midden">${days}</td>`));
      expect(page).toContain(`>${days}</text>`);
    }
    for (const name of ['lead-times', 'circle-growth', 'reach', 'drop-off', 'monthly-figures']) {
      const link = new RegExp(`href="(/leiding/cijfers/bestand/${name}\\.csv[^"]*)"`).exec(page)![1]!.replaceAll('&amp;', '&');
      const file = await visitor.open(link);
      expect(file.text).toBe((await get(`/v1/reports/${name}`, 'text/csv').expect(200)).text);
    }
    expect((await visitor.open('/leiding/cijfers/bestand/constructor.csv')).status).toBe(404);
    const facilitator = aVisitor(town);
    await facilitator.open('/inloggen');
    await facilitator.send('/inloggen', { email: ACCOUNTS.facilitator.email, password: PASSWORD });
    expect((await facilitator.open('/leiding/cijfers')).status).toBe(403);
  });
});
