import { startApp, type Caller, type TestApp } from './support/app.js';
import { linkToken, mailsTo, mailTo } from './support/mailbox.js';
import { anInvitedCase, atTheTable, byLink, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeEach(async () => (test = await startApp()));
afterEach(() => test.stop());

const KARIM = 'karim@deklimop.example';

interface Way {
  meets: boolean;
  /** The circle by itself before it makes a plan. */
  privateTime: boolean;
  /** Whose yes a plan needs beside that of the main person, and what. */
  alsoNeeds: 'conditions' | 'jim' | null;
  /** Days on which the circle looks back. */
  reviews: number[];
}

const WAYS: [kind: string, way: Way][] = [
  ['netwerkberaad', { meets: true, privateTime: false, alsoNeeds: null, reviews: [42, 91] }],
  ['eigen-kracht', { meets: true, privateTime: true, alsoNeeds: 'conditions', reviews: [42, 91, 365] }],
  ['mdo', { meets: true, privateTime: false, alsoNeeds: null, reviews: [42] }],
  ['jim', { meets: true, privateTime: false, alsoNeeds: 'jim', reviews: [42, 91] }],
  ['netwerkplan', { meets: false, privateTime: false, alsoNeeds: null, reviews: [91] }],
];

/** The day on which every plan of these stories is fixed; the meeting is that evening. */
const FIXED_ON = '2026-11-24';
const START = `${FIXED_ON}T18:00:00Z`;

type Body = Record<string, unknown>;
interface Promised {
  id: string;
  memberId: string;
  state: string;
}
interface Plan {
  id: string;
  state: string;
  commitments: Promised[];
  safetyConditions: { id: string }[];
}
interface SixWeeks {
  dueOn: string;
  day: number;
  realised: number;
  of: number;
  groups: Record<'done' | 'perspective' | 'obstacle' | 'open', Promised[]>;
  reviews: { after: number; on: string; state: string }[];
}

/** Everyone of one story, each with a session that is new in each part of it. */
class Story {
  noor!: Caller;
  private constructor(
    readonly kept: StoryCase,
    readonly way: Way,
  ) {}

  static async begin(kind: string, way: Way): Promise<Story> {
    const jim = way.alsoNeeds === 'jim';
    const circle = [
      { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' },
      { name: 'Joost Bakker', relation: jim ? 'jim' : 'neighbour', email: 'joost@example.org' },
      { name: 'Meester Karim', relation: 'teacher', professional: true, organisation: 'De Klimop', email: KARIM },
    ];
    const story = new Story(await anInvitedCase(test, { kind, circle }), way);
    story.noor = story.kept.facilitator;
    return story;
  }

  get path(): string {
    return `/v1/cases/${this.kept.id}`;
  }

  id = (name: string): string => this.kept.members[name]!.id;

  async as(name: string): Promise<Caller> {
    return atTheTable(test, { ...this.kept, facilitator: this.noor }, this.id(name));
  }

  /** Days after the plan was fixed; the service does meanwhile what it does by itself. Everybody signs in again. */
  async day(after: number): Promise<void> {
    const until = new Date(new Date(START).getTime() + after * 86_400_000);
    while (test.clock.now() < until) {
      test.clock.advance({ hours: 12 });
      await test.deliver();
    }
    test.clock.set(until);
    this.noor = await test.staff('Noor Facilitator', 'facilitator');
  }

  state = async (): Promise<unknown> => ((await this.noor.get(this.path).expect(200)).body as Body).state;
  plan = async (id: string): Promise<Plan> => (await this.noor.get(`/v1/plans/${id}`).expect(200)).body as Plan;
  sixWeeks = async (): Promise<SixWeeks> => (await this.noor.get(`${this.path}/six-weeks`).expect(200)).body as SixWeeks;
}

const problem = ({ body }: { body: unknown }): string => (body as { type: string }).type.split('/').at(-1)!;

/** The meeting of the story: who writes, what nobody from outside sees, and what comes of it. */
async function meet(story: Story, meetingId: string, writes: (who: Caller) => Promise<void>): Promise<void> {
  const { noor, path, way } = story;
  const sanne = await story.as('Sanne');
  const meeting = `/v1/meetings/${meetingId}`;
  if (way.privateTime) {
    expect(problem(await noor.post(`${path}/plans`).expect(409))).toBe('conclusion-first');
    await sanne.post(`${meeting}/private-time`, { event: 'start' }).expect(200);
    expect(problem(await noor.get(`${path}/plan-draft`).expect(409))).toBe('private-time-running');
    await writes(sanne);
    await noor.post(`${meeting}/private-time`, { event: 'end' }).expect(403);
    test.clock.advance({ minutes: 50 });
    await sanne.post(`${meeting}/private-time`, { event: 'end' }).expect(200);
  } else {
    await sanne.put(`${meeting}/scribe`, { memberId: story.id('Ria') }).expect(200);
    await writes(await story.as('Ria'));
  }
  const present = ['Sanne', 'Ria', 'Joost'].map((name) => ({ memberId: story.id(name), presence: 'present' }));
  const items = [...present, { memberId: story.id('Meester'), presence: 'absent-with-notice' }];
  await story.noor.put(`${meeting}/attendance`, { items }).expect(200);
  await story.noor.post(`${meeting}/conclusion`, { outcome: 'plan', facilitatorHours: 9 }).expect(200);
}

/** Everything that the kind asks for, one by one: only the last makes that the plan is carried. */
async function carry(story: Story, planId: string): Promise<void> {
  const agrees = async (name: string): Promise<void> => {
    expect((await story.plan(planId)).state).toBe('fixed');
    await (await story.as(name)).post(`/v1/plans/${planId}/agreements`, { agrees: true, remark: 'Zo doen we het.' }).expect(201);
  };
  if (story.way.alsoNeeds === 'jim') await agrees('Joost');
  await agrees('Sanne');
  if (story.way.alsoNeeds === 'conditions') {
    const { state, safetyConditions } = await story.plan(planId);
    expect(state).toBe('fixed');
    const karim = await story.as('Meester');
    await (await story.as('Joost')).post(`/v1/safety-conditions/${safetyConditions[0]!.id}/test`, { met: true }).expect(403);
    await karim.post(`/v1/safety-conditions/${safetyConditions[0]!.id}/test`, { met: true }).expect(200);
  }
  expect((await story.plan(planId)).state).toBe('carried');
  expect(await story.state()).toBe('carrying-out');
}

it.each(WAYS)('carries a plan from the invitation to a year later: %s', async (kind, way) => {
  const story = await Story.begin(kind, way);
  const { path, id } = story;
  const words = { want: 'In dit huis blijven.', can: 'Elke dag bellen met mama.', need: 'Iemand die met mij de post doet.' };
  await (await story.as('Sanne')).put(`${path}/statements/${id('Sanne')}`, words).expect(200);
  await story.noor.put(`${path}/preconditions`, { home: 'attention', money: 'missing', relations: 'fine', days: 'fine' }).expect(200);
  let meetingId: string | null = null;
  if (way.meets) {
    const slots = [{ startsAt: `${FIXED_ON}T19:00:00+01:00`, endsAt: `${FIXED_ON}T21:30:00+01:00` }];
    const planned = await story.noor.post(`${path}/meetings`, { place: { type: 'home', address: 'Wilgenlaan 12' }, slots }).expect(201);
    meetingId = (planned.body as { id: string }).id;
  }
  if (way.alsoNeeds === 'conditions') {
    const condition = { text: 'Iemand haalt de kinderen elke dag op.', reason: 'Ze stonden alleen op het plein.', setByMemberId: id('Meester') };
    await story.noor.post(`${path}/plan-draft/safety-conditions`, condition).expect(201);
  }

  await story.day(0);
  const promises = [
    { memberId: id('Joost'), text: 'Elke dinsdag samen de post doen.', every: 'FREQ=WEEKLY;BYDAY=TU', dueOn: '2027-02-23' },
    { memberId: id('Ria'), text: 'Met de woningbouw bellen.', dueOn: '2026-12-10' },
    { memberId: id('Meester'), text: 'De leerplichtambtenaar bellen.', dueOn: '2026-12-01' },
    { memberId: id('Sanne'), text: 'Een schrift kopen voor het geld.' },
  ];
  const writes = async (who: Caller): Promise<void> => {
    for (const promise of promises) await who.post(`${path}/plan-draft/commitments`, promise).expect(201);
  };
  if (meetingId) await meet(story, meetingId, writes);
  else await writes(await story.as('Sanne'));

  const fixed = (await story.noor.post(`${path}/plans`).expect(201)).body as Plan;
  const of = (name: string): Promised => fixed.commitments.find(({ memberId }) => memberId === id(name))!;
  const there = way.meets ? 'promised' : 'asked';
  expect(['Joost', 'Ria', 'Meester', 'Sanne'].map((name) => of(name).state)).toEqual([there, there, 'asked', there]);
  await carry(story, fixed.id);

  const says = async (name: string, state: string): Promise<void> => {
    const { state: before } = (await story.noor.get(`/v1/commitments/${of(name).id}`).expect(200)).body as Promised;
    const own = await story.as(name);
    if (before === 'asked') await own.post(`/v1/commitments/${of(name).id}/progress`, { state: 'promised' }).expect(200);
    if (state !== 'promised') await own.post(`/v1/commitments/${of(name).id}/progress`, { state }).expect(200);
  };
  await story.day(8);
  await says('Joost', 'running');
  await says('Ria', 'promised');
  await says('Sanne', 'promised');
  const obstacle = { text: 'De wachtlijst is een half jaar.', category: 'waiting-list', whoseMove: { organisation: 'Woonstichting Oeverdam' } };
  const raised = (await (await story.as('Ria')).post(`/v1/commitments/${of('Ria').id}/obstacles`, obstacle).expect(201)).body as { id: string };
  await story.day(36);
  await (await story.as('Sanne')).post(`/v1/commitments/${of('Sanne').id}/perspective`, { date: '2027-01-20', reason: 'Eerst de uitkering.' }).expect(200);

  // Day 42: every promise in its group; who was asked and said nothing is what somebody has to look at.
  await story.day(42);
  const sorted = await story.sixWeeks();
  expect(sorted).toMatchObject({ dueOn: '2027-01-05', day: 42, realised: 1, of: 4 });
  const groups = Object.fromEntries(Object.entries(sorted.groups).map(([name, items]) => [name, items.map(({ memberId }) => memberId)]));
  expect(groups).toEqual({ done: [id('Joost')], perspective: [id('Sanne')], obstacle: [id('Ria')], open: [id('Meester')] });
  expect(sorted.reviews.map(({ after }) => after)).toEqual(way.reviews);

  await story.noor.post(`/v1/obstacles/${raised.id}/removal`, { note: 'Er is een woning gevonden.' }).expect(200);
  await says('Ria', 'done');
  await says('Sanne', 'done');
  expect(await story.sixWeeks()).toMatchObject({ realised: 3, of: 4 });

  for (const after of way.reviews) {
    await story.day(Math.max(after - 6, 43));
    expect((await story.sixWeeks()).reviews.find((review) => review.after === after)!.state).toBe('asked');
    if (!way.meets) continue;
    const startsAt = new Date(new Date(START).getTime() + Math.max(after, 45) * 86_400_000).toISOString();
    const review = (await story.noor.post(`${path}/reviews`, { startsAt, place: { type: 'home', address: 'Wilgenlaan 12' } }).expect(201)).body as { id: string };
    await story.day(Math.max(after, 45));
    await story.noor.put(`/v1/meetings/${review.id}/attendance`, { items: [{ memberId: id('Sanne'), presence: 'present' }] }).expect(200);
    await story.noor.post(`/v1/meetings/${review.id}/conclusion`, {}).expect(200);
    expect((await story.sixWeeks()).reviews.find((one) => one.after === after)!.state).toBe('held');
    expect(await story.state()).toBe('carrying-out');
  }

  await story.day(366);
  const sanne = await story.as('Sanne');
  await story.noor.post(`${path}/closure`, { outcome: 'goals-met' }).expect(200);
  await test.deliver();
  const joost = await byLink(test, linkToken(await mailTo(test.app, 'joost@example.org')));
  for (const who of [sanne, joost]) await who.post(`${path}/marks`, { plan: 8, sentence: 'Ik sta er niet meer alleen voor.' }).expect(201);
  const closedMails = (await mailsTo(test.app, KARIM)).length;
  await story.day(380);
  expect((await mailsTo(test.app, KARIM)).length).toBe(closedMails);
  await story.noor.post(`${path}/reopening`, { reason: 'relapse' }).expect(200);
  expect(await story.state()).toBe('preparing');

  // Nobody was asked twice how it goes on one day, and no mail says what it is about.
  for (const to of ['joost@example.org', KARIM]) {
    const mails = await mailsTo(test.app, to);
    const asked = mails.filter(({ subject }) => /hoe gaat/i.test(subject ?? '')).map(({ sentAt }) => sentAt.slice(0, 10));
    expect(new Set(asked).size).toBe(asked.length);
    for (const { text } of mails) expect(text).not.toMatch(/woningbouw|leerplicht|wachtlijst|schrift/);
  }
}, 120_000);
