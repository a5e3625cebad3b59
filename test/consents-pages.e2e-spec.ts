import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { linkToken, mailsTo, mailTo } from './support/mailbox.js';
import { aCase, anInvitedCase, type StoryCase } from './support/stories.js';

let test: TestApp;
let facilitator: Caller;
let stories = 0;
beforeAll(async () => {
  test = await startApp();
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

interface Told {
  memberId: string;
  way: string;
  channel: string;
}
interface Given {
  id: string;
  kind: string;
  state: string;
  given: boolean;
}

const joostsMail = (): string => `joost.${stories}@example.org`;
const circle = (): object[] => {
  stories += 1;
  return [
    { name: 'Joost Bakker', relation: 'neighbour', email: joostsMail() },
    { name: 'Meester Karim', relation: 'teacher', professional: true, organisation: 'De Klimop', email: `karim.${stories}@deklimop.example` },
  ];
};
const aStory = async (): Promise<StoryCase> => anInvitedCase(test, { circle: circle(), resident: { name: 'Sanne de Wit', email: `sanne.${stories}@example.org`, phone: '06 1234 5678' } });
const member = (story: StoryCase, name: string): string => story.members[name]!.id;
const inCase = async ({ id }: StoryCase): Promise<{ items: Given[]; notices: Told[] }> =>
  (await facilitator.get(`/v1/cases/${id}/consents`).expect(200)).body as { items: Given[]; notices: Told[] };
const joostOnPage = async (story: StoryCase): Promise<number> =>
  (await inCase(story)).notices.filter(({ memberId, way }) => memberId === member(story, 'Joost') && way === 'page').length;
const linkIn = async (address: string): Promise<string> => `/l/${linkToken(await mailTo(test.app, address))}`;
const until = (days: number): string => new Date(START.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** Someone at their own page, by the link that was shown at the table: the device is known. */
async function atTable(story: StoryCase, memberId: string): Promise<Visitor> {
  const { body } = await story.facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'show' }).expect(201);
  return enters(new URL((body as { url: string }).url).pathname);
}

async function enters(path: string): Promise<Visitor> {
  const visitor = aVisitor(test);
  await visitor.open(path);
  await visitor.send(path);
  return visitor;
}

async function noorAt(story: StoryCase): Promise<Visitor> {
  const noor = aVisitor(test);
  await noor.open('/inloggen');
  await noor.send('/inloggen', { email: 'noor.facilitator@noord.example', password: 'een lang wachtwoord' });
  await noor.open(`/werk/trajecten/${story.reference}`);
  return noor;
}

const backOf = (page: { text: string }): string[] => [...page.text.matchAll(/action="([^"]*\/ja\/[^"]+\/terug)"/g)].map((match) => match[1]!);

describe('what is told at first contact', () => {
  it('stands behind the link, and a mail scanner that looks at it changes nothing', async () => {
    const story = await aStory();
    const path = await linkIn(joostsMail());
    const scanner = aVisitor(test);
    for (let i = 0; i < 3; i += 1) {
      const page = await scanner.open(path);
      for (const part of ['Fatma Yıldız, Wijkteam Noord gaf ons je naam', 'wie je bent voor Sanne', 'Het is een taak van de gemeente', 'binnen 28 dagen', 'Haal mij weg']) {
        expect(page.text).toContain(part);
      }
    }
    await test.as().get(`${path}/haal-mij-weg`).expect(404);
    expect(await joostOnPage(story)).toBe(0);
    await facilitator.get(`/v1/circle-members/${member(story, 'Joost')}`).expect(200).expect(({ body }) => expect(body).toMatchObject({ name: 'Joost Bakker', state: 'invited' }));
  });

  it('takes somebody out with the second tap from the mail: link, session and what was kept are gone', async () => {
    const story = await aStory();
    const path = await linkIn(joostsMail());
    const joost = aVisitor(test);
    await joost.open(path);
    const gone = await joost.send(`${path}/haal-mij-weg`);
    expect([gone.status, gone.text.includes('Je bent weggehaald')]).toEqual([200, true]);
    expect((await facilitator.get(`/v1/circle-members/${member(story, 'Joost')}`)).body).toMatchObject({ state: 'removed', name: 'iemand' });
    expect((await joost.open('/kring')).status).toBe(401);
    expect((await joost.open(path)).status).toBe(404);
    await test.deliver();
    expect((await mailsTo(test.app, joostsMail())).length).toBe(1);
  });

  it('takes nobody out by a form from elsewhere, by a made up link, or by the link of a main person', async () => {
    const story = await aStory();
    const path = await linkIn(joostsMail());
    const visitor = aVisitor(test);
    expect((await visitor.post(`${path}/haal-mij-weg`, {})).status).toBe(403);
    await visitor.open(path);
    const { text } = visitor.page;
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(text)![1]!;
    expect((await visitor.post(`/l/${test.organisationId}.${'a'.repeat(43)}/haal-mij-weg`, { _csrf })).status).toBe(404);
    const { body } = await facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'show' }).expect(201);
    const own = new URL((body as { url: string }).url).pathname;
    const page = await visitor.open(own);
    expect(page.text).not.toContain('Haal mij weg');
    const token = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!;
    expect((await visitor.post(`${own}/haal-mij-weg`, { _csrf: token })).status).toBe(404);
    for (const name of ['Joost', 'Sanne']) expect((await facilitator.get(`/v1/circle-members/${member(story, name)}`)).body).not.toMatchObject({ state: 'removed' });
  });

  it('stands in full on their page the first day, and is written down once', async () => {
    const story = await aStory();
    const joost = await enters(await linkIn(joostsMail()));
    expect(joost.page.text).toContain('id="wat-we-weten"');
    expect(await joostOnPage(story)).toBe(1);
    expect((await joost.open('/kring')).text).toContain('id="wat-we-weten"');
    test.clock.set(new Date(START.getTime() + 25 * 3_600_000));
    facilitator = await test.staff('Noor Facilitator', 'facilitator');
    const again = await joost.open('/kring');
    expect(again.text).not.toContain('id="wat-we-weten"');
    expect(again.text).toContain('Het is een taak van de gemeente');
    expect(await joostOnPage(story)).toBe(1);
    expect((await joost.open('/kring/gegevens')).text).toContain('op je eigen pagina');
  });

  it('is read out at the first call or put in the first letter, and is written down when that is ticked off', async () => {
    stories += 1;
    const people = [{ name: 'Ria de Wit', relation: 'parent', reach: 'letter', address: 'Kade 1, Waterstad' }];
    const story = await aCase(test, { circle: people });
    await facilitator.post(`/v1/circle-members/${member(story, 'Ria')}/approval`, { by: 'main-person' }).expect(200);
    await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
    await test.deliver();
    const noor = await noorAt(story);
    const work = await noor.open('/werk');
    const task = work.text.split('class="task"').find((part) => part.includes('Kade 1, Waterstad'))!;
    for (const part of ['zet dit in de brief', 'Fatma Yıldız, Wijkteam Noord gaf ons je naam', 'Het is een taak van de gemeente', 'Zeg het of bel ons']) expect(task).toContain(part);
    await noor.send(/action="(\/werk\/berichten\/[^"]+)"/.exec(task)![1]!);
    expect((await inCase(story)).notices).toMatchObject([{ memberId: member(story, 'Ria'), way: 'spoken', channel: 'letter' }]);
  });
});

describe('what I said yes to', () => {
  it('is shown to a main person in plain words, and taken back after saying what happens then', async () => {
    const story = await aStory();
    const sanne = await atTable(story, story.resident.id);
    expect((await sanne.open('/mijn')).text).toContain('href="/mijn/ja"');
    const page = await sanne.open('/mijn/ja');
    for (const part of ['Ik wil dit beraad.', 'Sinds 15 november 2026', 'Jij zei dit zelf, in een gesprek.', 'Joost Bakker mag gevraagd worden', 'De uitnodiging is al verstuurd', 'Dat kost je niets', 'Snel weg']) {
      expect(page.text).toContain(part);
    }
    expect(page.text.replace(/"[^"]*"/g, '')).not.toMatch(/dossier|cliënt|casus|traject/i);
    const [meeting, ...others] = backOf(page);
    expect(others).toEqual([]);
    const done = await sanne.send(meeting!);
    expect(done.text).toContain('Teruggenomen. Je hoeft niet te zeggen waarom.');
    expect(done.text).toContain('Teruggenomen op');
    expect(backOf(done)).toEqual([]);
    expect((await inCase(story)).items.find(({ kind }) => kind === 'meeting')).toMatchObject({ state: 'taken-back' });
  });

  it('says that somebody may be asked no more, as long as no invitation went', async () => {
    const story = await aCase(test, { circle: circle() });
    await facilitator.post(`/v1/circle-members/${member(story, 'Joost')}/approval`, { by: 'main-person' }).expect(200);
    const sanne = await atTable(story, story.resident.id);
    const page = await sanne.open('/mijn/ja');
    expect(backOf(page)).toHaveLength(2);
    await sanne.send(backOf(page)[1]!);
    expect((await facilitator.get(`/v1/circle-members/${member(story, 'Joost')}`)).body).toMatchObject({ state: 'proposed' });
  });

  it('asks to join the figures, and a no costs nothing', async () => {
    const story = await aStory();
    const sanne = await atTable(story, story.resident.id);
    const figures = async (): Promise<Given | undefined> =>
      (await inCase(story)).items.find(({ kind, state }) => kind === 'micro-analysis' && state === 'standing');
    await sanne.open('/mijn/ja');
    expect((await sanne.send('/mijn/ja/cijfers', { given: 'misschien' })).status).toBe(400);
    await sanne.open('/mijn/ja');
    await sanne.send('/mijn/ja/cijfers', { given: 'false' });
    expect(await figures()).toMatchObject({ given: false });
    expect(sanne.page.text).toContain('Ik doe liever niet mee met de cijfers.');
    const page = await sanne.send('/mijn/ja/cijfers', { given: 'true' });
    expect(await figures()).toMatchObject({ given: true });
    await sanne.send(backOf(page).at(-1)!);
    expect(await figures()).toBeUndefined();
  });

  it('shows on a device that is not known nobody of the circle, and the way to make it known', async () => {
    const story = await aStory();
    await facilitator.post(`/v1/circle-members/${story.resident.id}/releases`, { professionalMemberId: member(story, 'Meester'), subject: 'School', until: until(30) }).expect(201);
    await facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
    await test.deliver();
    const sanne = await enters(await linkIn(`sanne.${stories}@example.org`));
    const page = await sanne.open('/mijn/ja');
    expect(page.text).toContain('Ik wil dit beraad.');
    expect(page.text).not.toMatch(/Joost|Karim/);
    expect(page.text).toContain('href="/mijn/apparaat?next=%2Fmijn%2Fja"');
    expect(backOf(page)).toHaveLength(2);
  });

  it('is of a circle member: their own, with the way out, and what is past its date', async () => {
    const story = await aStory();
    const given = { professionalMemberId: member(story, 'Meester'), subject: 'Hoe het gaat', until: until(2) };
    await facilitator.post(`/v1/circle-members/${member(story, 'Joost')}/releases`, given).expect(201);
    const joost = await enters(await linkIn(joostsMail()));
    expect(joost.page.text).toContain('href="/kring/ja"');
    const page = await joost.open('/kring/ja');
    expect(page.text).toContain('Jij mag gevraagd worden om mee te denken.');
    expect(page.text).toContain('href="/kring/haal-mij-weg"');
    expect(page.text).toContain('Meester Karim mag praten over: Hoe het gaat');
    expect(page.text).not.toMatch(/Ik wil dit beraad|Meedoen met de cijfers/);
    test.clock.set(new Date(START.getTime() + 3 * 86_400_000));
    expect((await joost.open('/kring/ja')).text).toContain('Voorbij sinds');
  });

  it('is nobody else\'s to see or to take back', async () => {
    const story = await aStory();
    const joost = await atTable(story, member(story, 'Joost'));
    const sanne = await atTable(story, story.resident.id);
    const [meeting] = backOf(await sanne.open('/mijn/ja'));
    expect((await joost.open('/mijn/ja')).status).toBe(403);
    await joost.open('/kring/ja');
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(joost.page.text)![1]!;
    expect((await joost.post(meeting!, { _csrf })).status).toBe(403);
    expect((await joost.post(meeting!.replace('/mijn', '/kring'), { _csrf })).status).toBe(404);
    expect((await sanne.post(meeting!, {})).status).toBe(403);
    expect((await aVisitor(test).open('/mijn/ja')).status).toBe(401);
    expect((await inCase(story)).items.find(({ kind }) => kind === 'meeting')).toMatchObject({ state: 'standing' });
  });
});

describe('on the page of the case', () => {
  it('the facilitator notes a yes for speaking and for the figures, and that one was taken back', async () => {
    const story = await aStory();
    const noor = await noorAt(story);
    const at = `/werk/trajecten/${story.reference}/ja`;
    const release = { memberId: story.resident.id, professionalMemberId: member(story, 'Meester'), subject: 'School' };
    const wrong = await noor.send(`${at}/praten`, { ...release, until: until(-1) });
    expect([wrong.status, wrong.text.includes('Kies een dag die nog komt.')]).toEqual([400, true]);
    expect((await noor.send(`${at}/praten`, { ...release, memberId: '', until: until(30) })).status).toBe(400);
    await noor.send(`${at}/praten`, { ...release, until: until(30) });
    expect(noor.page.text).toContain('Meester Karim mag praten over: School');
    await noor.send(`${at}/cijfers`, { memberId: story.resident.id, given: 'true', on: '2026-11-15', how: 'conversation' });
    expect(noor.page.text).toContain('Doet mee met de cijfers');
    const last = (await inCase(story)).items.at(-1)!;
    await noor.send(`${at}/${last.id}/terug`, { reason: 'changed', remark: 'Zei het aan de telefoon' });
    expect(noor.page.text).toContain('Zei het aan de telefoon');
    expect((await inCase(story)).items.at(-1)).toMatchObject({ kind: 'micro-analysis', state: 'taken-back' });
  });

  it('the facilitator keeps two people apart and ends it; their own pages say nothing of it', async () => {
    const story = await aStory();
    const noor = await noorAt(story);
    const path = `/werk/trajecten/${story.reference}/uit-elkaar`;
    const pair = { 'memberIds.0': member(story, 'Joost'), 'memberIds.1': member(story, 'Meester'), mode: 'never-together' };
    const wrong = await noor.send(path, pair);
    expect([wrong.status, wrong.text.includes('aria-invalid="true"')]).toEqual([400, true]);
    await noor.send(path, { ...pair, reason: 'Verbod van de rechter' });
    expect(noor.page.text).toMatch(/Joost Bakker en Meester Karim|Meester Karim en Joost Bakker/);
    expect(noor.page.text).toContain('Verbod van de rechter');
    const joost = await atTable(story, member(story, 'Joost'));
    for (const page of ['/kring', '/kring/ja', '/kring/gegevens']) expect((await joost.open(page)).text).not.toMatch(/Karim|rechter|uit elkaar/);
    const end = /action="([^"]+\/uit-elkaar\/[^"]+\/einde)"/.exec(noor.page.text)![1]!;
    await noor.send(end, { remark: 'Het verbod is voorbij' });
    expect(noor.page.text).toContain('Het verbod is voorbij');
    expect(noor.page.text).not.toContain('/einde"');
  });
});
