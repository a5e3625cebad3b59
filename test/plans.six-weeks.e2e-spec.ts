import { Client } from 'pg';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { SixWeeksService, type SixWeeksTask } from '../src/plans/six-weeks.service.js';
import { localDay } from '../src/platform/local-day.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { codeOf, errorsOf, slotIn, timelineTypes } from './support/meetings.js';
import { commitmentOf, fixPlan, report, writeDraft, type CommitmentBody } from './support/plans.js';
import { aCarriedPlan } from './support/six-weeks.js';
import { aCase, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

interface SixWeeks {
  planId: string;
  dueOn: string;
  day: number;
  carriedAt: string | null;
  groups: Record<'done' | 'perspective' | 'obstacle' | 'open', { memberName: string; text: string; perspective: unknown }[]>;
  realised: number;
  of: number;
  reviews: { after: number; on: string; state: string }[];
}
const sixWeeks = async (story: StoryCase, by: Caller = story.facilitator): Promise<SixWeeks> =>
  (await by.get(`/v1/cases/${story.id}/six-weeks`).expect(200)).body as SixWeeks;
const namesIn = ({ groups }: SixWeeks): Record<string, string[]> =>
  Object.fromEntries(Object.entries(groups).map(([group, of]) => [group, of.map(({ memberName }) => memberName)]));
const perspective = (by: Caller, id: string, body: object) => by.post(`/v1/commitments/${id}/perspective`, body);
const dayIn = (days: number): string => localDay(new Date(test.clock.now().getTime() + days * 86_400_000));

/** What stands on the list of a facilitator about a case. */
async function taskOf(story: StoryCase, who = story.facilitator): Promise<SixWeeksTask | undefined> {
  const tasks = await test.app.get(Database).view(systemContext(test.organisationId, 'test'), (tx) => test.app.get(SixWeeksService).tasks(tx, who.id));
  return tasks.find(({ caseId }) => caseId === story.id);
}

describe('Perspective', () => {
  it('is said by the person or the facilitator, shown with the promise, and said again takes the place of what was said', async () => {
    const story = await aCarriedPlan(test);
    const { id } = commitmentOf(story, story.plan, 'Joost');
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    const said = (await perspective(joost, id, { date: dayIn(60), reason: 'De wachtlijst is lang' }).expect(200)).body as CommitmentBody;
    expect(said).toMatchObject({ state: 'promised', perspective: { date: dayIn(60), reason: 'De wachtlijst is lang' }, version: 3 });
    await perspective(story.facilitator, id, { date: dayIn(70), reason: 'Nog langer' }).set('If-Match', '"3"').expect(200);
    await perspective(story.facilitator, id, { date: dayIn(70), reason: 'Nog langer' }).set('If-Match', '"3"').expect(412);
    expect((await joost.get(`/v1/commitments/${id}`).expect(200)).body).toMatchObject({ perspective: { date: dayIn(70), reason: 'Nog langer' } });
    expect(await timelineTypes(story)).toContain('commitment-perspective');
    const own = await joost.get('/v1/me/data').expect(200);
    expect(JSON.stringify(own.body)).toContain('Nog langer');

    const ria = await atTheTable(test, story, story.members.Ria!.id);
    await perspective(ria, id, { date: dayIn(70), reason: 'Niet van mij' }).expect(404);
    await report(joost, id, 'done');
    expect((await joost.get(`/v1/commitments/${id}`)).body).toMatchObject({ state: 'done', perspective: null });
    expect(codeOf(await perspective(joost, id, { date: dayIn(60), reason: 'Toch niet' }).expect(409))).toBe('state-conflict');
  });

  it('needs a day to come and a reason; in a case that is over nothing is said any more', async () => {
    const story = await aCarriedPlan(test);
    const { id } = commitmentOf(story, story.plan, 'Joost');
    const wrong = async (body: object): Promise<string[]> => errorsOf(await perspective(story.facilitator, id, body).expect(400));
    expect(await wrong({ date: dayIn(0), reason: 'Vandaag' })).toEqual(['/date after-today']);
    expect(await wrong({ date: '2027-02-30', reason: 'Nooit' })).toEqual(['/date local-date']);
    expect(await wrong({ date: dayIn(9) })).toEqual(['/reason required']);
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
    expect(codeOf(await perspective(story.facilitator, id, { date: dayIn(9), reason: 'Later' }).expect(409))).toBe('case-ended');
  });
});

describe('Six weeks', () => {
  it('sorts every promise, for the facilitator and the main person, without those of whom a main person must not see anything', async () => {
    const story = await aCarriedPlan(test);
    const [ria, joost, karim] = ['Ria', 'Joost', 'Karim'].map((name) => commitmentOf(story, story.plan, name).id);
    await report(story.facilitator, ria!, 'done', 'Op hun woord');
    await perspective(story.facilitator, joost!, { date: dayIn(50), reason: 'Wacht op de brief' }).expect(200);
    const found = await sixWeeks(story);
    expect(found).toMatchObject({ planId: story.plan.id, day: 0, dueOn: dayIn(42), carriedAt: expect.any(String) as string, realised: 1, of: 3 });
    expect(namesIn(found)).toEqual({ done: ['Ria'], perspective: ['Joost'], obstacle: [], open: ['Karim'] });
    expect(found.groups.perspective[0]).toMatchObject({ text: 'De brief nakijken', perspective: { date: dayIn(50), reason: 'Wacht op de brief' } });
    await report(story.facilitator, karim!, 'given-back', 'Op hun woord: te druk');
    expect(await sixWeeks(story)).toMatchObject({ realised: 1, of: 2 });

    const memberIds = [story.resident.id, story.members.Joost!.id];
    await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds, reason: 'Ruzie', mode: 'never-together' }).expect(201);
    const sanne = await atTheTable(test, story, story.resident.id);
    expect(namesIn(await sixWeeks(story, sanne))).toEqual({ done: ['Ria'], perspective: [], obstacle: [], open: [] });
    expect(await sixWeeks(story, sanne)).toMatchObject({ realised: 1, of: 1 });
    const other = await atTheTable(test, story, story.members.Ria!.id);
    await other.get(`/v1/cases/${story.id}/six-weeks`).expect(403);
    const empty = await aCase(test, {}, story.facilitator);
    await story.facilitator.get(`/v1/cases/${empty.id}/six-weeks`).expect(404);
  });

  it('puts what is open on the list on day 42 at nine here, over New Year, once, until it is sorted', async () => {
    // Never back: other tests may have been years ahead.
    const year = test.clock.now().getUTCFullYear() + 1;
    test.clock.set(new Date(`${year}-11-25T15:00:00Z`));
    const story = await aCarriedPlan(test);
    await report(story.facilitator, commitmentOf(story, story.plan, 'Ria').id, 'done', 'Op hun woord');
    await story.until(`${year + 1}-01-06T07:59:59Z`);
    expect(await timelineTypes(story)).not.toContain('six-weeks');
    expect(await taskOf(story)).toMatchObject({ open: 2 });
    await story.until(`${year + 1}-01-06T08:00:00Z`);
    expect((await timelineTypes(story)).filter((type) => type === 'six-weeks')).toHaveLength(1);
    expect(await sixWeeks(story)).toMatchObject({ day: 42, dueOn: `${year + 1}-01-06` });
    const { body } = await story.facilitator.get(`/v1/cases/${story.id}/timeline?limit=50`);
    const entry = (body as { items: { type: string; text: string; audience: string }[] }).items.find(({ type }) => type === 'six-weeks');
    expect(entry).toMatchObject({ audience: 'facilitator', text: 'Zes weken na het plan: nog 2 afspraken om naar te kijken.' });
    await perspective(story.facilitator, commitmentOf(story, story.plan, 'Joost').id, { date: `${year + 1}-02-01`, reason: 'Nog even' }).expect(200);
    await report(story.facilitator, commitmentOf(story, story.plan, 'Karim').id, 'done', 'Op hun woord');
    expect(await taskOf(story)).toMatchObject({ open: 0 });
    await story.until(`${year + 1}-02-02T08:00:00Z`);
    expect(await taskOf(story)).toMatchObject({ open: 1 });
  });

  it('says nothing when everything is sorted, in a case that is over, and for a version that another took the place of', async () => {
    const sorted = await aCarriedPlan(test);
    for (const { id } of sorted.plan.commitments) await report(sorted.facilitator, id, 'done', 'Op hun woord');
    const over = await aCarriedPlan(test);
    await over.facilitator.post(`/v1/cases/${over.id}/closure`, { outcome: 'other' }).expect(200);
    const renewed = await aCarriedPlan(test);
    test.clock.advance({ days: 30 });
    await renewed.later({ hours: 1 });
    await writeDraft(renewed, { goals: [{ text: 'Rust' }], commitments: [{ memberId: renewed.members.Ria!.id, text: 'Iets anders' }] });
    const second = await fixPlan(renewed);
    await renewed.facilitator.post(`/v1/plans/${second.id}/agreements`, { memberId: renewed.resident.id, agrees: true }).expect(201);
    await renewed.later({ days: 13 });
    for (const story of [sorted, over, renewed]) {
      story.facilitator = story === renewed ? story.facilitator : await test.staff(await nameOf(story.facilitator.id), 'facilitator');
      expect(await timelineTypes(story)).not.toContain('six-weeks');
    }
    expect((await taskOf(renewed))?.open ?? 0).toBe(0);
    expect(await sixWeeks(renewed)).toMatchObject({ planId: second.id, day: 13 });
    await renewed.later({ days: 30 });
    expect(await timelineTypes(renewed)).toContain('six-weeks');
    expect(await taskOf(renewed)).toMatchObject({ open: 1 });
  });

  it('is the task of whoever leads the case: handed over on day 41 it is the new one who is asked', async () => {
    const story = await aCarriedPlan(test);
    await story.later({ days: 41 });
    const follower = await test.staff('Femke Volgt', 'facilitator');
    const before = story.facilitator;
    await story.facilitator.post(`/v1/cases/${story.id}/handover`, { facilitatorId: follower.id, reason: 'illness' }).expect(200);
    test.clock.advance({ days: 1 });
    await test.deliver();
    expect(await taskOf(story, before)).toBeUndefined();
    expect(await taskOf(story, follower)).toMatchObject({ open: 3 });
  });
});

describe('Reviews', () => {
  const REVIEWS = { netwerkberaad: [42, 91], mdo: [42], jim: [42, 91], netwerkplan: [91] } as const;

  it.each(['netwerkberaad', 'mdo', 'netwerkplan'] as const)('of a %s are proposed a week before, through summer time to a year', async (kind) => {
    test.clock.set(new Date(test.clock.now().getTime() + 86_400_000));
    const story = await aCarriedPlan(test, { kind });
    const days: readonly number[] = REVIEWS[kind];
    expect((await sixWeeks(story)).reviews.map(({ after, state }) => [after, state])).toEqual(days.map((after) => [after, 'later']));
    let day = 0;
    for (const after of days) {
      await story.later({ days: after - 8 - day });
      expect((await taskOf(story))?.review ?? null).toBeNull();
      await story.later({ days: 1 });
      day = after - 7;
      expect(await taskOf(story)).toMatchObject({ review: { after, state: 'asked' }, meets: kind !== 'netwerkplan' });
      const suggested = await test.app.get(Database).view(systemContext(test.organisationId, 'test'), async (tx) =>
        test.app.get(SixWeeksService).suggestions(tx, story.facilitator.id, (await sixWeeks(story)).reviews.find((one) => one.after === after) as never));
      expect(suggested).toHaveLength(3);
      if (kind === 'netwerkplan') continue;
      const place = { type: 'other', address: 'Buurthuis De Klok' };
      await story.facilitator.post(`/v1/cases/${story.id}/reviews`, { startsAt: suggested[0]!.startsAt.toISOString(), place }).expect(201);
      expect((await taskOf(story))?.review ?? null).toBeNull();
      expect((await sixWeeks(story)).reviews.find((one) => one.after === after)).toMatchObject({ state: 'planned' });
    }
    await story.later({ days: 365 - day });
    expect((await timelineTypes(story)).filter((type) => type === 'review-proposed')).toHaveLength(days.length);
    expect((await taskOf(story))?.review ?? null).toBeNull();
  });

  it('in an eigen-kracht plan come after six weeks, three months and a year', async () => {
    const { momentsAfter } = await import('../src/plans/six-weeks.rules.js');
    const { KINDS } = await import('../src/cases/kinds.rules.js');
    const days = momentsAfter(new Date('2026-11-16T12:00:00Z'), KINDS['eigen-kracht'].reviewsAfterDays).map(({ runAt }) => localDay(runAt));
    expect(days).toEqual(['2026-12-28', '2026-12-21', '2027-02-08', '2027-11-09']);
  });

  it.each(['mdo', 'netwerkberaad'] as const)('of a %s after the last day, as long as something stands in the way of a promise', async (kind) => {
    test.clock.advance({ days: 1 });
    const story = await aCarriedPlan(test, { kind });
    const last = REVIEWS[kind].at(-1)!;
    const lookBack = async (): Promise<void> => {
      const { startsAt } = slotIn(test, 0.25);
      const { body } = await story.facilitator.post(`/v1/cases/${story.id}/reviews`, { startsAt, place: { type: 'other', address: 'Buurthuis De Klok' } }).expect(201);
      await story.facilitator.post(`/v1/meetings/${(body as { id: string }).id}/conclusion`, {}).expect(200);
    };
    await story.later({ days: last });
    await lookBack();
    const { id } = commitmentOf(story, story.plan, 'Joost');
    const obstacle = { text: 'De ramen staan nog niet op de lijst', category: 'agency', whoseMove: { organisation: 'Woonstichting' } };
    const raised = await story.facilitator.post(`/v1/commitments/${id}/obstacles`, obstacle).expect(201);
    const asked = async (): Promise<unknown> => (await taskOf(story))?.review ?? null;
    expect(await asked()).toBeNull();
    await story.later({ days: 8 });
    const again = kind === 'mdo' ? { after: last + 14, state: 'asked', forObstacle: true } : null;
    expect(await asked()).toEqual(again && expect.objectContaining(again));
    if (kind !== 'mdo') return;
    await lookBack();
    expect(await asked()).toBeNull();
    await story.later({ days: 8 });
    expect(await asked()).toMatchObject({ after: last + 22 });
    await story.facilitator.post(`/v1/obstacles/${(raised.body as { id: string }).id}/removal`, { note: 'Ze staan erop' }).expect(200);
    expect(await asked()).toBeNull();
  });

  it('that stands before the week is not proposed any more', async () => {
    const story = await aCarriedPlan(test);
    const place = { type: 'other', address: 'Buurthuis De Klok' };
    await story.facilitator.post(`/v1/cases/${story.id}/reviews`, { startsAt: slotIn(test, 24 * 41).startsAt, place }).expect(201);
    await story.later({ days: 36 });
    expect(await timelineTypes(story)).not.toContain('review-proposed');
  });
});

async function nameOf(staffId: string): Promise<string> {
  const client = new Client(test.database.superuserUrl);
  await client.connect();
  try {
    return (await client.query<{ name: string }>('select name from people_staff where id = $1', [staffId])).rows[0]!.name;
  } finally {
    await client.end();
  }
}

