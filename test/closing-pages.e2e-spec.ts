import { startApp, START, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { mailsTo } from './support/mailbox.js';
import { aMeetingStory, caseState, invite, plan, slotIn, timelineTypes } from './support/meetings.js';
import { commitmentOf } from './support/plans.js';
import { atTheCase } from './support/private-time.js';
import { asOwner } from './support/safety.js';
import { aCarriedPlan, type LongStory } from './support/six-weeks.js';
import { atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

/** The facilitator at the page of the case. */
async function atWork(story: LongStory): Promise<{ noor: Visitor; path: string }> {
  const noor = aVisitor(test);
  await noor.open('/inloggen');
  await noor.send('/inloggen', { email: story.email, password: 'een lang wachtwoord' });
  const path = `/werk/trajecten/${story.reference}`;
  await noor.open(path);
  return { noor, path };
}

/** Somebody on the device on which the facilitator showed them their link. */
async function atHome(story: StoryCase, memberId: string): Promise<Visitor> {
  const visitor = aVisitor(test);
  const shown = await story.facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'show' }).expect(201);
  const link = new URL((shown.body as { url: string }).url).pathname;
  await visitor.open(link);
  await visitor.send(link);
  return visitor;
}

const section = ({ page }: Visitor, id: string): string => page.text.split(`id="${id}"`)[1]!.split('</section>')[0]!;
const timelineOf = async (by: { get: StoryCase['facilitator']['get'] }, { id }: StoryCase): Promise<string> => JSON.stringify((await by.get(`/v1/cases/${id}/timeline`).expect(200)).body);

describe('The closing form', () => {
  it('says of each open promise what happens to it, keeps what was typed when a reason is missing, and closes', async () => {
    const story = await aCarriedPlan(test);
    await asOwner(test, "update plans_commitments set state = 'asked' where id = $1", [commitmentOf(story, story.plan, 'Karim').id]);
    const { noor, path } = await atWork(story);
    const ending = section(noor, 'einde');
    expect(ending).toContain('Ria: Elke maandag mee naar de markt (afgesproken)');
    expect(ending).toContain('Blijft van Ria. We vragen er niet meer naar.');
    expect(ending).toMatch(/Dit hoeft dan niet meer:.*Met school praten/s);
    const names = [...ending.matchAll(/name="(commitments\.(\d)\.id)" value="([^"]+)"/g)].map(([, , at, id]) => ({ at: at!, id: id! }));
    expect(names).toHaveLength(2);
    const fields = Object.fromEntries(names.map(({ at, id }) => [`commitments.${at}.id`, id]));
    const joost = names.find(({ id }) => id === commitmentOf(story, story.plan, 'Joost').id)!.at;
    const ria = names.find(({ id }) => id !== commitmentOf(story, story.plan, 'Joost').id)!.at;
    const choice = { outcome: 'goals-met', ...fields, [`commitments.${ria}.outcome`]: 'done', [`commitments.${joost}.outcome`]: 'released' };
    await noor.send(`${path}/afronden`, { ...choice, remark: 'Mooi gegaan' });
    expect(noor.page.status).toBe(400);
    expect(section(noor, 'einde')).toContain('Mooi gegaan</textarea>');
    expect(section(noor, 'einde')).toMatch(/value="released" checked/);
    expect(section(noor, 'einde')).toContain(`commitments.${joost}.reason`);
    await noor.send(`${path}/afronden`, { ...choice, [`commitments.${joost}.reason`]: 'De brief kwam vanzelf' });
    expect(noor.url).toBe(`${path}?gedaan=closed`);
    expect(noor.page.text).toContain('hoeft niet meer');
    const { items } = (await story.facilitator.get(`/v1/commitments?caseId=${story.id}`).expect(200)).body as { items: { memberName: string; state: string }[] };
    expect(Object.fromEntries(items.map(({ memberName, state }) => [memberName, state]))).toEqual({ Ria: 'done', Joost: 'released', Karim: 'released' });
  });
});

describe('Relapse while a plan is carried out', () => {
  it('One tap of the main person: the facilitator finds it on /werk, with why on the timeline, and nobody else reads it', async () => {
    const story = await aCarriedPlan(test, { otherMainPersons: [{ name: 'Mark', email: 'mark@example.org' }] });
    const mark = story.members.Mark!.id;
    await story.facilitator.post(`/v1/plans/${story.plan.id}/agreements`, { memberId: mark, agrees: true }).expect(201);
    const review = await story.facilitator.post(`/v1/cases/${story.id}/reviews`, { startsAt: '2026-11-16T10:00:00Z', place: { type: 'home' } }).expect(201);
    await story.until('2026-11-16T10:00:00Z');
    await story.facilitator.post(`/v1/meetings/${(review.body as { id: string }).id}/conclusion`, {}).expect(200);
    const sanne = await atHome(story, story.resident.id);
    await sanne.open('/mijn');
    expect(section(sanne, 'weer')).toContain('Het gaat niet goed, ik wil weer bij elkaar');
    expect(section(sanne, 'weer')).toContain('Bel 112');
    await sanne.send('/mijn/weer-bij-elkaar', { remark: 'Er is weer ruzie' });
    expect(sanne.url).toBe('/mijn?gedaan=together-asked');
    expect(section(sanne, 'weer')).toContain('Je gespreksleider weet dat het niet goed gaat, en belt je.');
    expect(section(sanne, 'weer')).not.toContain('<button');
    expect(await caseState(story)).toBe('carrying-out');
    const { noor, path } = await atWork(story);
    expect(noor.page.text).toContain('Sanne wil weer bij elkaar komen: het gaat weer minder goed. Er is weer ruzie');
    await noor.open('/werk');
    expect(noor.page.text).toContain('Wil weer bij elkaar komen: bel vandaag nog');
    expect(await timelineOf(await atTheTable(test, story, story.resident.id), story)).toContain('Er is weer ruzie');
    expect(await timelineOf(await atTheTable(test, story, mark), story)).not.toContain('wil weer bij elkaar');

    await noor.open(path);
    expect(section(noor, 'beraad')).toContain('Het gaat niet goed: kom weer bij elkaar');
    expect(section(noor, 'beraad')).not.toContain('<details open');
    await noor.send(`${path}/weer-bij-elkaar`, { reason: 'plan-does-not-work', remark: 'Het werd te veel' });
    expect(noor.url).toBe(`${path}?gedaan=together#beraad`);
    expect(section(noor, 'beraad')).toMatch(/<details open/);
    expect(noor.page.text).toContain('Weer bij elkaar: het plan werkt niet. Het werd te veel');
    await noor.send(`${path}/beraden`, { 'place.type': 'home', 'slots.0.date': '2026-11-18', 'slots.0.from': '14:00', 'slots.0.to': '15:30' });
    expect(await caseState(story)).toBe('scheduled');
    expect(await timelineTypes(story)).toEqual(expect.arrayContaining(['together-asked', 'together-because', 'meeting-fixed']));
  });

  it('A date to look back that stands already is said, and what is not carried out has no such button', async () => {
    const story = await aCarriedPlan(test);
    await story.facilitator.post(`/v1/cases/${story.id}/reviews`, { startsAt: '2026-12-20T13:00:00Z', place: { type: 'home' } }).expect(201);
    const { noor } = await atWork(story);
    expect(section(noor, 'beraad')).toContain('Er staat al een datum om terug te kijken. Verplaats die naar een eerdere dag.');
    const early = await aMeetingStory(test);
    const { noor: other } = await atTheCase(test, early);
    expect(other.page.text).not.toContain('kom weer bij elkaar');
    const sanne = await atHome(early, early.resident.id);
    await sanne.open('/mijn');
    expect(sanne.page.text).not.toContain('id="weer"');
  });
});

it('A second tap on beginning again is no refusal, and asks for one call', async () => {
  test.clock.set(new Date('2026-11-17T09:00:00Z'));
  const story = await aCarriedPlan(test);
  await story.facilitator.post(`/v1/cases/${story.id}/closure`, { outcome: 'goals-met' }).expect(200);
  const taps = [await atHome(story, story.resident.id), await atHome(story, story.resident.id)];
  for (const sanne of taps) await sanne.open('/mijn');
  for (const sanne of taps) {
    await sanne.send('/mijn/weer-bij-elkaar');
    expect(sanne.url).toBe('/mijn?gedaan=together-asked');
  }
  expect(await caseState(story)).toBe('preparing');
  const { noor } = await atWork(story);
  await noor.open('/werk');
  expect(noor.page.text.split('Wil weer bij elkaar komen: bel vandaag nog')).toHaveLength(2);
});

describe('After a year', () => {
  it('the last day still has the button; the day after both pages say kindly that a new question is the way', async () => {
    test.clock.set(new Date('2026-11-17T09:00:00Z'));
    const story = await aCarriedPlan(test);
    await story.facilitator.post(`/v1/cases/${story.id}/closure`, { outcome: 'goals-met' }).expect(200);
    await story.until('2027-11-17T22:59:00Z');
    const last = await atWork(story);
    expect(section(last.noor, 'einde')).toContain('Pak het opnieuw op');
    const sanne = await atHome(story, story.resident.id);
    await sanne.open('/mijn');
    expect(section(sanne, 'weer')).toContain('Ik wil weer bij elkaar komen');
    await story.until('2027-11-17T23:00:00Z');
    // Pages that stood open overnight.
    await sanne.send('/mijn/weer-bij-elkaar');
    expect(sanne.page.status).toBe(409);
    expect(sanne.page.text).toContain('Dit is meer dan een jaar geleden afgerond.');
    const { noor } = await atWork(story);
    expect(section(noor, 'einde')).toContain('Opnieuw oppakken kon tot en met 17 november 2027.');
    expect(section(noor, 'einde')).not.toContain('Pak het opnieuw op');
    await sanne.open('/mijn');
    expect(section(sanne, 'weer')).toContain('meld je dan opnieuw aan');
    expect(section(sanne, 'weer')).toContain('href="/aanmelden"');
    expect((await story.facilitator.post(`/v1/cases/${story.id}/reopening`).expect(409)).body).toMatchObject({ state: 'closed' });
  });
});

describe('A meeting without a plan', () => {
  it('is a normal end: why stays with the facilitator, everyone is told once, and the main person reads what now and whom to call', async () => {
    const story = await aMeetingStory(test, { otherMainPersons: [{ name: 'Mark de Wit', email: 'mark@example.org' }] });
    await invite(story, 'Ria', 'Joost');
    const meeting = await plan(story, [slotIn(test, 0.25)]);
    const items = ['Sanne', 'Ria', 'Joost'].map((name) => ({ memberId: story.members[name]!.id, presence: 'present' }));
    await story.facilitator.put(`/v1/meetings/${meeting.id}/attendance`, { items }).expect(200);
    await story.facilitator.post(`/v1/meetings/${meeting.id}/conclusion`, { outcome: 'no-plan', reason: 'not-safe' }).expect(200);
    const sanne = await atHome(story, story.resident.id);
    await sanne.open('/mijn');
    const card = section(sanne, 'weer');
    expect(card).toContain('Er kwam deze keer geen plan. Dat kan gebeuren. Jij hebt niets fout gedaan.');
    expect(card).toMatch(/Niemand vraagt je nu nog iets\..*href="tel:/s);
    expect(card).toContain('Ik wil weer bij elkaar komen');
    expect(sanne.page.text).not.toContain('Er is nog geen plan');
    const read = await timelineOf(await atTheTable(test, story, story.resident.id), story);
    expect(read).toContain('Afgerond: er kwam geen plan.');
    expect(read).not.toContain('veilig genoeg');
    expect(await timelineOf(story.facilitator, story)).toContain('Reden: het is niet veilig genoeg.');
    test.clock.advance({ days: 3 });
    await test.deliver();
    for (const name of ['sanne', 'ria', 'joost']) {
      const told = (await mailsTo(test.app, story.mail(name))).filter(({ subject }) => ['Dank je wel', 'Hoe vond je het?'].includes(subject ?? ''));
      expect(told.map(({ subject }) => subject)).toEqual(['Dank je wel']);
      expect(told[0]!.text).not.toMatch(/geen plan|veilig/);
    }
  });
});
