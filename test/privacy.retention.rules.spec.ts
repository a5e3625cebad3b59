import { Client } from 'pg';
import { HOLDINGS, OF_A_CASE } from '../src/privacy/holdings.rules.js';
import {
  cutoff,
  decide,
  dueOn,
  endedBefore,
  HELD_ALWAYS,
  PHASES,
  phaseAfter,
  RETENTION_RULES,
  sameTimeOn,
  shortens,
  SWEEP_TERMS,
  type CaseFacts,
  type Decision,
  type RetentionRule,
} from '../src/privacy/retention.rules.js';
import { SWEEPS } from '../src/privacy/retention-sweeps.queries.js';
import { comingNight } from '../src/platform/queue/nightly.service.js';
import { freshDatabase, type TestDatabase } from './support/database.js';

const ended: CaseFacts = { endedOn: '2025-03-10', lastMeasuredOn: null, hasPlan: false, toldOn: null, heldUntil: null };

describe('the day from which a case may go', () => {
  it.each<[string, Partial<CaseFacts>, RetentionRule, string]>([
    ['a year after it ended', {}, 'default', '2026-03-10'],
    ['a year after the last measurement when that came later', { lastMeasuredOn: '2025-09-01' }, 'default', '2026-09-01'],
    ['a year after the end when it was measured before', { lastMeasuredOn: '2024-09-01' }, 'default', '2026-03-10'],
    ['fifteen years after it under the Wmo', {}, 'wmo', '2040-03-10'],
    ['twenty years after it under the Jeugdwet', { lastMeasuredOn: '2025-09-01' }, 'jeugdwet', '2045-09-01'],
    ['the last of February when it ended on a leap day', { endedOn: '2024-02-29' }, 'default', '2025-02-28'],
  ])('is %s', (_, changes, rule, due) => {
    expect(dueOn({ ...ended, ...changes }, rule)).toBe(due);
  });
});

describe('what a run does with a case that ended', () => {
  it.each<[string, Partial<CaseFacts>, string, string, Decision]>([
    ['keeps it the day before', {}, '2026-03-09', '2026-03-09', 'keep'],
    ['erases it on the day', {}, '2026-03-10', '2026-03-10', 'erase'],
    ['tells of the plan thirty days before', { hasPlan: true }, '2026-02-08', '2026-02-08', 'tell'],
    ['and not earlier', { hasPlan: true }, '2026-02-07', '2026-02-07', 'keep'],
    ['tells it once', { hasPlan: true, toldOn: '2026-02-08' }, '2026-02-09', '2026-02-09', 'keep'],
    ['erases when they have had their thirty days', { hasPlan: true, toldOn: '2026-02-08' }, '2026-03-10', '2026-03-10', 'erase'],
    ['waits thirty days when it told late', { hasPlan: true, toldOn: '2026-05-01' }, '2026-05-30', '2026-05-30', 'keep'],
    ['and erases then', { hasPlan: true, toldOn: '2026-05-01' }, '2026-05-31', '2026-05-31', 'erase'],
    ['tells first, however late it is', { hasPlan: true }, '2031-01-01', '2031-01-01', 'tell'],
    ['takes it in a trial for later that the nights did their work', { hasPlan: true }, '2026-03-10', '2025-04-01', 'erase'],
    ['but not that they did it before today', { hasPlan: true }, '2026-03-20', '2026-03-01', 'keep'],
    ['leaves what is held', { heldUntil: HELD_ALWAYS }, '2036-01-01', '2036-01-01', 'held'],
    ['leaves it through the last day of the hold', { heldUntil: '2026-03-10' }, '2026-03-10', '2026-03-10', 'held'],
    ['and takes it on the day after', { heldUntil: '2026-03-09' }, '2026-03-10', '2026-03-10', 'erase'],
    ['says nothing to anybody about what is held', { hasPlan: true, heldUntil: HELD_ALWAYS }, '2026-02-08', '2026-02-08', 'keep'],
  ])('%s', (_, changes, on, today, decision) => {
    expect(decide({ ...ended, ...changes }, { rule: 'default', on, today })).toBe(decision);
  });

  it('looks at every case that may have to be told of or erased, whatever the hour', () => {
    for (const rule of RETENTION_RULES) {
      const due = dueOn(ended, rule);
      const told = new Date(`${due}T00:30:00Z`);
      told.setUTCDate(told.getUTCDate() - 30);
      expect(decide({ ...ended, hasPlan: true }, { rule, on: told.toISOString().slice(0, 10), today: told.toISOString().slice(0, 10) })).toBe('tell');
      expect(endedBefore(rule, told).getTime()).toBeGreaterThan(new Date('2025-03-10T22:59:59Z').getTime());
    }
  });
});

it('calls a rule shorter only when files go earlier', () => {
  const pairs = RETENTION_RULES.flatMap((from) => RETENTION_RULES.filter((to) => shortens(from, to)).map((to) => `${from} → ${to}`));
  expect(pairs).toEqual(['wmo → default', 'jeugdwet → default', 'jeugdwet → wmo']);
});

it('counts terms in the days of the Netherlands, over a change of clocks too', () => {
  expect(cutoff(SWEEP_TERMS.access, new Date('2026-11-20T11:00:00Z')).toISOString()).toBe('2026-08-22T10:00:00.000Z');
  expect(sameTimeOn('2027-07-01', new Date('2026-11-20T11:00:00Z')).toISOString()).toBe('2027-07-01T10:00:00.000Z');
});

it('goes through cases first, then once through every sweep, and ends', () => {
  expect(PHASES[0]).toBe('cases');
  expect(PHASES.slice(1)).toEqual(SWEEPS.map(({ phase }) => phase));
  expect(PHASES.map(phaseAfter)).toEqual([...PHASES.slice(1), null]);
});

it.each([
  ['in the evening', '2026-11-20T20:00:00Z', '2026-11-21T02:00:00.000Z'],
  ['after midnight', '2026-11-21T00:30:00Z', '2026-11-21T02:00:00.000Z'],
  ['at three itself', '2026-11-21T02:00:00Z', '2026-11-22T02:00:00.000Z'],
  ['in the night in which clocks go forward', '2026-03-28T20:00:00Z', '2026-03-29T01:00:00.000Z'],
])('the coming night, seen %s, is three at night here', (_, now, night) => {
  expect(comingNight(new Date(now)).toISOString()).toBe(night);
});

describe('what the database holds', () => {
  let database: TestDatabase;
  let owner: Client;
  beforeAll(async () => {
    database = await freshDatabase();
    owner = new Client({ connectionString: database.superuserUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  const tables = async (): Promise<string[]> => {
    const { rows } = await owner.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id'
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity order by 1`,
    );
    return rows.map(({ name }) => name);
  };

  it('is said of every table with a tenant: what it holds, of whom, and how it goes', async () => {
    expect(Object.keys(HOLDINGS).sort()).toEqual(await tables());
  });

  it('goes by a rule that exists: with a case, or in a sweep', () => {
    const swept = new Set(SWEEPS.map(({ table, rule }) => `${table} ${rule}`));
    const wrong = Object.entries(HOLDINGS).filter(([table, { rule, how, ofCase, with: carrier = table }]) => {
      if (rule === 'stays') return how !== 'keep';
      return rule === 'case-contents' ? !ofCase : !swept.has(`${carrier} ${rule}`);
    });
    expect(wrong.map(([table]) => table)).toEqual([]);
    expect(SWEEPS.filter(({ table, rule }) => HOLDINGS[table]?.rule !== rule)).toEqual([]);
  });

  /** A case and its referral, and a meeting and its date, name each other: the first lets go, the second is checked at the end. */
  const BOTH_WAYS = ['cases → referrals', 'meetings → meetings_slots'];

  it('is erased in an order in which no foreign key stands in the way', async () => {
    const { rows } = await owner.query<{ source: string; target: string; columns: string[] }>(
      `select conrelid::regclass::text as source, confrelid::regclass::text as target,
         array(select attname::text from unnest(conkey) k join pg_attribute on attrelid = conrelid and attnum = k) as columns
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
    );
    const order = OF_A_CASE.map(({ table }) => table);
    const keys = rows.filter(({ source, target }) => source !== target && order.includes(target));
    const wrong = keys.filter(({ source, target }) => !order.includes(source) || order.indexOf(source) > order.indexOf(target));
    // Goes with the session that it belongs to, or lets go of the case and stays.
    const apart = ['people_step_up_codes', 'privacy_erasure_requests'];
    expect(wrong.filter(({ source }) => !apart.includes(source)).map(({ source, target }) => `${source} → ${target}`).sort()).toEqual(BOTH_WAYS);
  });

  it('leads from every row that is erased to what refers to it by an index', async () => {
    const { rows } = await owner.query<{ key: string }>(
      `select k.conrelid::regclass::text || ' (' || array_to_string(array(
           select attname from unnest(k.conkey) n join pg_attribute on attrelid = k.conrelid and attnum = n), ', ') || ')' as key
       from pg_constraint k
       where k.contype = 'f' and k.confrelid::regclass::text = any ($1) and not exists (
         select from pg_index i
         where i.indrelid = k.conrelid and i.indkey[1] = any (k.conkey)
           and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ 'IS NOT NULL'))`,
      [OF_A_CASE.map(({ table }) => table)],
    );
    expect(rows.map(({ key }) => key)).toEqual([]);
  });
});
