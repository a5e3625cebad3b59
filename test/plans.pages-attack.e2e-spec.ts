import { startApp, type TestApp } from './support/app.js';
import { aVisitor, visitorAtTheTable, type Visitor } from './support/browser.js';
import { everyPage, leaksOf } from './support/crawl.js';
import { aWholeStory, SAID, SHARED, type WholeStory } from './support/whole-story.js';

let test: TestApp;
let story: WholeStory;
beforeAll(async () => {
  test = await startApp();
  story = await aWholeStory(test);
});
afterAll(() => test.stop());

const NAMES = { Sanne: 'Sperwer', Ria: 'Roodborst', Joost: 'Merel', Karim: 'Kievit' } as const;
type Name = keyof typeof NAMES;
const ROOMS: Record<Name, { starts: string[]; within: RegExp }> = {
  Sanne: { starts: ['/mijn'], within: /^\/mijn/ },
  Ria: { starts: ['/kring'], within: /^\/kring/ },
  Joost: { starts: ['/kring'], within: /^\/kring/ },
  Karim: { starts: ['/kring'], within: /^\/kring/ },
};
const WORDS: readonly string[] = [...Object.values(SAID).flatMap((words) => Object.values<string>(words)), ...Object.values(SHARED)];

/** What of these words somebody finds on any page of theirs. */
async function onPagesOf(name: Name, words: readonly string[]): Promise<string[]> {
  const { starts, within } = ROOMS[name];
  const pages = await everyPage(await visitorAtTheTable(test, story, story.members[name]!.id), starts, within);
  expect(pages.length).toBeGreaterThan(3);
  return leaksOf(pages, words);
}

async function signedIn(name: string): Promise<Visitor> {
  const visitor = aVisitor(test);
  await visitor.open('/inloggen');
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@noord.example`;
  await visitor.send('/inloggen', { email, password: 'een lang wachtwoord' });
  return visitor;
}

it.each([['Sanne', 'Ria'], ['Ria', 'Sanne'], ['Joost', 'Ria'], ['Sanne', 'Karim'], ['Karim', 'Sanne']] as const)(
  'On no page does %s find a word, a name or a number of %s, from whom they are kept apart',
  async (reader, other) => {
    const memberIds = [story.members[reader]!.id, story.members[other]!.id];
    const apart = { memberIds, reason: 'Dreiging', mode: 'never-together' };
    const made = await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, apart).expect(201);
    expect(await onPagesOf(reader, [...Object.values<string>(SAID[other]), NAMES[other], other, story.members[other]!.id])).toEqual([]);
    await story.facilitator.post(`/v1/contact-restrictions/${(made.body as { id: string }).id}/ending`, {}).expect(200);
  },
);

it('The way over all pages comes to what somebody may read', async () => {
  const found = await onPagesOf('Sanne', [SHARED.goal, SAID.Sanne.want, SAID.Ria.promise, SAID.Karim.condition]);
  expect(new Set(found.map((one) => one.split(': ')[1])).size).toBe(4);
});

it('On no page does a professional find what is not theirs, nor who gave something back why', async () => {
  const mine: readonly string[] = [...Object.values<string>(SAID.Karim), SHARED.metBy];
  expect(await onPagesOf('Karim', WORDS.filter((word) => !mine.includes(word)))).toEqual([]);
  for (const name of ['Sanne', 'Ria'] as const) expect(await onPagesOf(name, [SAID.Joost.givenBack])).toEqual([]);
  expect(await onPagesOf('Sanne', [SAID.Ria.obstacle, SAID.Ria.removal, SAID.Ria.remark])).toEqual([]);
});

it.each([['lead', '/leiding', /^\/(leiding|werk)/], ['facilitator', '/werk', /^\/werk/], ['admin', '/beheer', /^\/beheer/], ['referrer', '/aanmelden', /^\/aanmeld/]] as const)(
  'On no page does a %s without a part in it find a word of it',
  async (role, start, within) => {
    const name = `Els ${role} elders`;
    await test.staff(name, role);
    const pages = await everyPage(await signedIn(name), [start, `/werk/trajecten/${story.reference}`], within);
    expect(leaksOf(pages, [...WORDS, ...Object.values(NAMES)])).toEqual([]);
  },
);
