import { START, startApp, type TestApp } from './support/app.js';
import { aVisitor, visitorAtTheTable, type Visitor } from './support/browser.js';
import { linkToken, mailTo } from './support/mailbox.js';
import { aCase, anInvitedCase, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

interface Member {
  id: string;
  name: string;
  relation: string;
  state: string;
  phone?: string;
  viaMemberId: string | null;
}

const atTheTable = (story: StoryCase, memberId?: string): Promise<Visitor> => visitorAtTheTable(test, story, memberId);

async function named(story: StoryCase, name: string): Promise<Member | undefined> {
  const { items } = (await story.facilitator.get(`/v1/cases/${story.id}/circle-members`).expect(200)).body as { items: Member[] };
  return items.find((member) => member.name === name);
}

it('lets the resident add somebody who may be asked at once, and somebody to think about', async () => {
  const story = await aCase(test);
  const sanne = await atTheTable(story);
  await sanne.open('/mijn/kring');
  expect(sanne.page.text).toContain('Ria de Wit');
  await sanne.open('/mijn/kring/erbij');
  await sanne.send('/mijn/kring/erbij', { name: 'Tante Bep', relation: 'relative', phone: '06 1234 5670', may: 'true' });
  expect(sanne.url).toBe('/mijn/kring?gedaan=circle-added-yes');
  expect(await named(story, 'Tante Bep')).toMatchObject({ relation: 'relative', state: 'approved', phone: '+31612345670' });
  await sanne.open('/mijn/kring/erbij');
  await sanne.send('/mijn/kring/erbij', { name: 'Oom Cor', relation: 'relative', email: 'cor@example.org' });
  expect(sanne.page.text).toContain('zeg hieronder ja als het mag');
  const cor = (await named(story, 'Oom Cor'))!;
  expect(cor.state).toBe('proposed');
  await sanne.send(`/mijn/kring/${cor.id}/ja`);
  expect((await named(story, 'Oom Cor'))!.state).toBe('approved');
});

it('adds somebody who is reached through another one of the circle', async () => {
  const story = await anInvitedCase(test);
  const sanne = await atTheTable(story);
  await sanne.open('/mijn/kring/erbij');
  await sanne.send('/mijn/kring/erbij', { name: 'De overbuurvrouw', relation: 'neighbour', viaMemberId: story.members.Ria!.id, may: 'true' });
  expect(await named(story, 'De overbuurvrouw')).toMatchObject({ viaMemberId: story.members.Ria!.id, state: 'approved' });
});

it('says what is missing without losing what was typed', async () => {
  const story = await aCase(test);
  const sanne = await atTheTable(story);
  await sanne.open('/mijn/kring/erbij');
  const page = await sanne.send('/mijn/kring/erbij', { name: 'Tante Bep', relation: 'relative', may: 'true' });
  expect(page.status).toBe(400);
  expect(page.text).toContain('value="Tante Bep"');
  expect(page.text).toContain('bereik');
  expect(await named(story, 'Tante Bep')).toBeUndefined();
});

it('asks another helping question each time, and again the first one after the last', async () => {
  const sanne = await atTheTable(await aCase(test));
  const seen = new Set<string>();
  for (let step = 0, path = '/mijn/kring/erbij'; step < 20; step += 1) {
    const { text } = await sanne.open(path);
    const question = /<h2 id="helpt">([^<]+)</.exec(text)![1]!;
    if (seen.has(question)) break;
    seen.add(question);
    path = /href="(\/mijn\/kring\/erbij\?vraag=\d+)"/.exec(text)![1]!;
  }
  expect(seen.size).toBeGreaterThanOrEqual(5);
  expect((await sanne.open('/mijn/kring/erbij?vraag=x')).status).toBe(200);
});

it('shows the circle only to a main person on a device that is known, and writes down that it was looked at', async () => {
  const story = await anInvitedCase(test);
  const joost = aVisitor(test);
  const path = `/l/${linkToken(await mailTo(test.app, 'joost@example.org'))}`;
  await joost.open(path);
  await joost.send(path);
  expect((await joost.open('/mijn/kring')).status).toBe(403);
  await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  const mailed = aVisitor(test);
  const own = `/l/${linkToken(await mailTo(test.app, 'sanne@example.org'))}`;
  await mailed.open(own);
  await mailed.send(own);
  expect((await mailed.open('/mijn/kring')).text).not.toContain('Ria de Wit');

  const sanne = await atTheTable(story);
  await sanne.open('/mijn/kring');
  const admin = await test.staff('Ad Admin', 'admin');
  const { items } = (await admin.get(`/v1/audit-events?caseId=${story.id}&action=circle.listed`)).body as { items: { actorId: string }[] };
  expect(items.map(({ actorId }) => actorId)).toEqual([story.resident.id]);
});

it('takes a no to every date with one tap, and what would do', async () => {
  const circle = [{ name: 'Joost Bakker', relation: 'neighbour', email: 'joost.kan.niet@example.org' }];
  const story = await anInvitedCase(test, { circle });
  const slots = ['2026-11-24', '2026-11-25'].map((day) => ({ startsAt: `${day}T19:00:00+01:00`, endsAt: `${day}T21:00:00+01:00` }));
  const made = await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place: { type: 'other', address: 'De Klomp' }, slots }).expect(201);
  const meeting = (made.body as { id: string; slots: { id: string }[] });
  await test.deliver();
  const joost = aVisitor(test);
  const path = `/l/${linkToken(await mailTo(test.app, 'joost.kan.niet@example.org'))}`;
  await joost.open(path);
  await joost.send(path);
  const none = Object.fromEntries(meeting.slots.map(({ id }) => [`answers.${id}`, 'no']));
  expect(joost.page.text).toContain(`name="answers.${meeting.slots[0]!.id}" value="no"`);
  await joost.send('/kring/antwoord', { meetingId: meeting.id, ...none, remark: 'Alleen op zondag.' });
  const { responses } = (await story.facilitator.get(`/v1/meetings/${meeting.id}`)).body as { responses: { answers: object; remark: string }[] };
  expect(responses).toMatchObject([{ answers: Object.fromEntries(meeting.slots.map(({ id }) => [id, 'no'])), remark: 'Alleen op zondag.' }]);
});
