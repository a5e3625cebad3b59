import { START, startApp, type TestApp } from './support/app.js';
import { aVisitor, visitorAtTheTable, type Visitor } from './support/browser.js';
import { linkToken, mailsTo, mailTo } from './support/mailbox.js';
import { aMeetingStory, invite, timelineTypes, type MeetingStory } from './support/meetings.js';
import { apart, aPromisesStory } from './support/offers.js';
import { report } from './support/plans.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

const atHome = (story: MeetingStory, name: string): Promise<Visitor> => visitorAtTheTable(test, story, story.members[name]!.id);

/** Somebody who opened the link in a mail: the device is not known. */
async function byMail(story: MeetingStory, name: string): Promise<Visitor> {
  await test.deliver();
  const path = `/l/${linkToken(await mailTo(test.app, story.mail(name)))}`;
  const visitor = aVisitor(test);
  await visitor.open(path);
  await visitor.send(path);
  return visitor;
}

/** How often somebody was asked to do something, in a mail. */
async function timesAsked(story: MeetingStory, name: string): Promise<number> {
  await test.deliver();
  return (await mailsTo(test.app, story.mail(name))).filter(({ subject }) => subject === 'Zou jij iets willen doen?').length;
}

/** What can be read on a page, its marks left out. */
const words = ({ page }: Visitor): string => page.text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
/** The names that one may choose from to take a promise over. */
const choices = ({ page }: Visitor): string[] => [...page.text.matchAll(/name="memberId"[^>]*\/?><span>([^<]+)/g)].map((match) => match[1]!);
const passing = (id: string): string => `/kring/afspraken/${id}/doorgeven`;
const takingOver = (id: string): string => `/kring/afspraken/${id}/overnemen`;
const helping = (id: string): string => `/kring/afspraken/${id}/meehelpen`;
const help = (id: string): string => `/kring/afspraken/${id}/hulp`;

describe('asking somebody else to do it', () => {
  it('says that it waits, then whose it is: theirs after a yes, and one’s own after “liever niet”', async () => {
    const { story, idOf } = await aPromisesStory(test);
    const [joost, ria] = [await atHome(story, 'Joost'), await atHome(story, 'Ria')];
    expect(choices(joost).sort()).toEqual(['Karim', 'Ria', 'Sanne']);
    await joost.send(passing(idOf('Joost')), { memberId: story.members.Ria!.id, note: 'Mijn rug doet zeer' });
    expect(joost.url).toBe('/kring?gedaan=passing-asked');
    expect(words(joost)).toContain('Je vroeg of Ria dit overneemt.');
    await ria.open('/kring');
    expect(words(ria)).toMatch(/Iets van Joost .*Joost vraagt het je.*Mijn rug doet zeer/);
    await ria.send(takingOver(idOf('Joost')), { yes: 'false' });
    expect(words(ria)).not.toContain('Iets van Joost');
    await joost.open('/kring');
    expect(words(joost)).toContain('Ria neemt dit liever niet over.');

    await joost.send(passing(idOf('Joost')), { memberId: story.resident.id });
    const sanne = await atHome(story, 'Sanne');
    await sanne.send(takingOver(idOf('Joost')), { yes: 'true' });
    expect(sanne.url).toBe('/mijn?gedaan=taken-over');
    expect(words(sanne)).toContain('Iets van Joost');
    await joost.open('/kring');
    expect(words(joost)).toMatch(/Sanne doet dit nu: Iets van Joost/);
    expect(joost.page.text).not.toContain(`afspraak-${idOf('Joost')}`);
  });

  it('is possible for a main person too', async () => {
    const { story, idOf } = await aPromisesStory(test);
    const sanne = await atHome(story, 'Sanne');
    await sanne.send(passing(idOf('Sanne')), { memberId: story.members.Karim!.id });
    expect(sanne.url).toBe('/mijn?gedaan=passing-asked');
    expect(words(sanne)).toContain('Je vroeg of Karim dit overneemt.');
  });

  it('names nobody of whom one must not hear', async () => {
    const { story, idOf } = await aPromisesStory(test);
    await apart(story, 'Joost', 'Ria');
    const joost = await atHome(story, 'Joost');
    expect(choices(joost).sort()).toEqual(['Karim', 'Sanne']);
    await joost.send(passing(idOf('Joost')), { memberId: story.members.Ria!.id });
    expect([joost.page.status, words(joost).includes('Vraag je gespreksleider wie dit kan overnemen.')]).toEqual([409, true]);
    expect(words(joost)).not.toContain('Ria');
  });

  it('names the circle on a device that is known only; elsewhere who it is about, and how to go on', async () => {
    const { story } = await aPromisesStory(test);
    const joost = await byMail(story, 'Joost');
    expect(choices(joost)).toEqual(['Sanne']);
    expect(joost.page.text).toContain('href="/mijn/apparaat?next=%2Fkring"');
    expect(words(joost)).not.toMatch(/Ria|Karim/);
  });

  it('comes back with the words when nobody is chosen, and asks nothing', async () => {
    const { story, idOf } = await aPromisesStory(test);
    const joost = await atHome(story, 'Joost');
    await joost.send(passing(idOf('Joost')), { note: 'Kan jij dit misschien?' });
    expect(joost.page.status).toBe(400);
    expect(joost.page.text).toContain('Kan jij dit misschien?');
    expect(joost.page.text).toMatch(/<details open/);
    expect(words(joost)).toContain('Wie wil je vragen');
  });

  it('is asked once by two taps, and taken over once; what moved on meanwhile is said kindly', async () => {
    const { story, idOf } = await aPromisesStory(test);
    const [joost, ria] = [await atHome(story, 'Joost'), await atHome(story, 'Ria')];
    const page = await joost.open('/kring');
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!;
    const before = await timesAsked(story, 'Ria');
    await Promise.all([0, 1].map(() => joost.post(passing(idOf('Joost')), { _csrf, memberId: story.members.Ria!.id }).expect(303)));
    expect(await timesAsked(story, 'Ria')).toBe(before + 1);

    const asked = await ria.open('/kring');
    const token = /name="_csrf" value="([^"]+)"/.exec(asked.text)![1]!;
    for (const tap of [1, 2]) {
      const answer = await ria.post(takingOver(idOf('Joost')), { _csrf: token, yes: 'true' });
      expect([tap, answer.status, answer.headers.location]).toEqual([tap, 303, '/kring?gedaan=taken-over']);
    }
    const late = await joost.post(passing(idOf('Joost')), { _csrf, memberId: story.resident.id }, { accept: 'text/html' });
    expect([late.status, late.text.includes('Hieronder zie je hoe het nu is.')]).toEqual([409, true]);
  });
});

describe('help', () => {
  it('is for the facilitator alone until it is shared, and can be made so again', async () => {
    const { story, idOf } = await aPromisesStory(test);
    const [joost, ria] = [await atHome(story, 'Joost'), await atHome(story, 'Ria')];
    await joost.send(help(idOf('Joost')), { text: 'Ik heb geen auto', share: 'false' });
    expect(joost.url).toBe('/kring?gedaan=help-asked');
    expect(words(joost)).toMatch(/Je vroeg om hulp\. Je gespreksleider weet het\. Ik heb geen auto/);
    await ria.open('/kring');
    expect(words(ria)).not.toMatch(/Ik heb geen auto|Kun jij helpen/);
    await joost.send(help(idOf('Joost')), { text: 'Ik heb geen auto', share: 'true' });
    await ria.open('/kring');
    expect(words(ria)).toMatch(/Kun jij helpen\?.*Iets van Joost.*Joost kan hulp gebruiken\. .*Ik heb geen auto/);

    await ria.send(helping(idOf('Joost')), { text: 'Ik rijd wel' });
    expect(ria.url).toBe('/kring?gedaan=help-offered');
    expect(words(ria)).toMatch(/Je helpt mee\. Joost weet het\. Ik rijd wel/);
    await joost.open('/kring');
    expect(words(joost)).toMatch(/Ria wil je helpen\. Ik rijd wel/);
    await joost.send(help(idOf('Joost')), { share: 'false' });
    await ria.open('/kring');
    expect(words(ria)).not.toContain('Kun jij helpen');
  });

  it('of others is read on a device that is known; on another one there is a way to it', async () => {
    const { story, idOf, who } = await aPromisesStory(test);
    const ria = await byMail(story, 'Ria');
    expect(words(ria)).not.toContain('Kun jij helpen');
    await (await who('Joost')).post(`/v1/commitments/${idOf('Joost')}/help`, { text: 'Ik heb geen auto', share: true }).expect(200);
    await ria.open('/kring');
    expect(words(ria)).toMatch(/Kun jij helpen\?.*Iemand uit de kring kan hulp gebruiken/);
    expect(words(ria)).not.toMatch(/Joost|auto/);
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(ria.page.text)![1]!;
    const refused = await ria.post(helping(idOf('Joost')), { _csrf }, { accept: 'text/html' });
    expect([refused.status, refused.text.includes('href="/mijn/apparaat')]).toEqual([403, true]);
  });

  it('is not shown to a professional, nor to who must not hear of its person', async () => {
    const { story, idOf, who } = await aPromisesStory(test);
    await apart(story, 'Joost', 'Ria');
    await (await who('Joost')).post(`/v1/commitments/${idOf('Joost')}/help`, { share: true }).expect(200);
    for (const name of ['Karim', 'Ria']) {
      const visitor = await atHome(story, name);
      expect(words(visitor)).not.toMatch(/Kun jij helpen|Iets van Joost/);
    }
    expect(words(await byMail(story, 'Ria'))).not.toContain('hulp gebruiken. Wie');
    const sanne = await atHome(story, 'Sanne');
    await sanne.send(helping(idOf('Joost')));
    expect(sanne.url).toBe('/mijn?gedaan=help-offered');
  });

  it('that is asked no longer is answered kindly', async () => {
    const { story, idOf, who } = await aPromisesStory(test);
    await (await who('Joost')).post(`/v1/commitments/${idOf('Joost')}/help`, { share: true }).expect(200);
    const ria = await atHome(story, 'Ria');
    await report(await who('Joost'), idOf('Joost'), 'done');
    await ria.send(helping(idOf('Joost')), { text: 'Ik kom' });
    expect([ria.page.status, words(ria).includes('het is niet meer nodig')]).toEqual([409, true]);
  });
});

describe('what people want to do, where nobody meets', () => {
  async function aNetworkPlan(): Promise<MeetingStory> {
    const story = await aMeetingStory(test, { kind: 'netwerkplan' });
    await invite(story);
    return story;
  }

  it('is offered by each for themself, and the main person says yes or “liever niet”', async () => {
    const story = await aNetworkPlan();
    const [ria, joost] = [await atHome(story, 'Ria'), await atHome(story, 'Joost')];
    await ria.send('/kring/aanbod', { text: 'Samen eten', every: 'week' });
    expect(ria.url).toBe('/kring?gedaan=contribution-offered');
    expect(words(ria)).toMatch(/Samen eten elke week wacht op antwoord/);
    await ria.send('/kring/aanbod', { text: 'De zolder opruimen', every: '', dueOn: '2026-12-12' });
    await joost.send('/kring/aanbod', { openOffer: 'true' });
    expect(words(joost)).toMatch(/Ik wil iets doen, vraag mij wacht op antwoord/);

    const sanne = await atHome(story, 'Sanne');
    expect(words(sanne)).toMatch(/Wat mensen voor je willen doen.*Samen eten Van Ria , elke week.*De zolder opruimen Van Ria , voor .*12 december.*Joost wil iets voor je doen/);
    const ids = [...sanne.page.text.matchAll(/id="aanbod-([\w-]+)"/g)].map((match) => match[1]!);
    await sanne.send(`/mijn/aanbod/${ids[0]}`, { accept: 'true' });
    expect(sanne.url).toBe('/mijn?gedaan=contribution-accepted');
    await sanne.send(`/mijn/aanbod/${ids[1]}`, { accept: 'false' });
    expect(sanne.url).toBe('/mijn?gedaan=contribution-declined');
    await sanne.send(`/mijn/aanbod/${ids[2]}`, { accept: 'true' });
    expect(sanne.page.status).toBe(400);
    expect(words(sanne)).toContain('Wat wil je aan Joost vragen');
    await sanne.send(`/mijn/aanbod/${ids[2]}`, { accept: 'true', text: 'De hond uitlaten' });
    expect(words(sanne)).not.toContain('Wat mensen voor je willen doen');

    await ria.open('/kring');
    expect(words(ria)).toMatch(/Samen eten elke week ja, graag.*De zolder opruimen voor .* nu niet nodig, dank je wel/);
    const draft = (await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200)).body as { commitments: { text: string }[] };
    expect(draft.commitments.map(({ text }) => text)).toEqual(['Samen eten', 'De hond uitlaten']);
  });

  it('comes back with the words when something is missing, and is offered once by two taps', async () => {
    const story = await aNetworkPlan();
    const ria = await atHome(story, 'Ria');
    await ria.send('/kring/aanbod', { text: 'De tuin doen', dueOn: '2020-01-01' });
    expect([ria.page.status, ria.page.text.includes('De tuin doen'), words(ria).includes('in het verleden')]).toEqual([400, true, true]);
    await ria.send('/kring/aanbod', { text: '' });
    expect(words(ria)).toContain('Ik wil dit doen:');
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(ria.page.text)![1]!;
    await Promise.all([0, 1].map(() => ria.post('/kring/aanbod', { _csrf, text: 'De tuin doen' }).expect(303)));
    expect((await timelineTypes(story)).filter((type) => type === 'contribution-offered')).toHaveLength(1);
  });

  it('is not asked where people make the plan together, nor of an interpreter', async () => {
    const { story } = await aPromisesStory(test);
    const joost = await atHome(story, 'Joost');
    expect(joost.page.text).not.toContain('/kring/aanbod');
    const network = await aMeetingStory(test, { kind: 'netwerkplan', circle: [{ name: 'Tolk', relation: 'interpreter', phone: '0612345671' }] });
    await invite(network);
    expect((await atHome(network, 'Tolk')).page.text).not.toContain('/kring/aanbod');
  });

  it('is not shown on a main person’s device that is not known, nor of who must not be known', async () => {
    const story = await aNetworkPlan();
    await (await atHome(story, 'Ria')).send('/kring/aanbod', { text: 'Samen eten' });
    await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
    const elsewhere = await byMail(story, 'Sanne');
    expect(words(elsewhere)).not.toContain('Samen eten');
    await apart(story, 'Sanne', 'Ria');
    expect(words(await atHome(story, 'Sanne'))).not.toMatch(/Samen eten|Ria/);
  });
});

describe('a promise that was kept', () => {
  it('is thanked for on one’s own page, also a main person’s, and a second tap does no harm', async () => {
    const { story, idOf } = await aPromisesStory(test);
    for (const [name, home] of [['Joost', '/kring'], ['Sanne', '/mijn']] as const) {
      const visitor = await atHome(story, name);
      const [, version] = /name="version" value="(\d+)"/.exec(visitor.page.text)!;
      const _csrf = /name="_csrf" value="([^"]+)"/.exec(visitor.page.text)![1]!;
      for (const tap of [1, 2]) {
        const answer = await visitor.post(`/kring/afspraken/${idOf(name)}`, { _csrf, version: version!, state: 'done' });
        expect([tap, answer.status, answer.headers.location]).toEqual([tap, 303, `${home}?gehouden=${idOf(name)}`]);
      }
      await visitor.open(`${home}?gehouden=${idOf(name)}`);
      expect(words(visitor)).toContain(`Dank je wel Je hebt gedaan wat je beloofde: Iets van ${name}`);
    }
    const joost = await atHome(story, 'Joost');
    await joost.open(`/kring?gehouden=${idOf('Ria')}`);
    expect(words(joost)).not.toContain('Je hebt gedaan wat je beloofde');
  });
});

it('When it is over, the page says so and thanks, without a button that leads nowhere; a form from before is answered kindly', async () => {
  const { story, idOf } = await aPromisesStory(test);
  const joost = await atHome(story, 'Joost');
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(joost.page.text)![1]!;
  await story.facilitator.post(`/v1/cases/${story.id}/closure`, { outcome: 'goals-met' }).expect(200);
  const late = await joost.post(help(idOf('Joost')), { _csrf, text: 'Ik heb geen auto', share: 'false' }, { accept: 'text/html' });
  expect([late.status, late.text.includes('Jullie zijn klaar.')]).toEqual([409, true]);
  await joost.open('/kring');
  expect(words(joost)).toMatch(/Jullie zijn klaar\. We vragen je nu niets meer\..*Iets van Joost/);
  expect(joost.page.text).not.toContain('/kring/afspraken/');
});

it('When it was stopped, everyone finds that on their page, and no promise waits', async () => {
  const { story } = await aPromisesStory(test);
  const visitors = [await atHome(story, 'Joost'), await atHome(story, 'Sanne')];
  await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
  for (const visitor of visitors) {
    await visitor.open('/kring');
    expect([visitor.page.status, words(visitor).includes('Dit is gestopt. Je hoeft niets meer te doen.')]).toEqual([200, true]);
    expect(visitor.page.text).not.toContain('/kring/afspraken/');
  }
});

it('Who was taken out meets a page that says so kindly, whatever they still tap', async () => {
  const { story, idOf } = await aPromisesStory(test);
  const joost = await atHome(story, 'Joost');
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(joost.page.text)![1]!;
  await story.facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/removal`, { reason: 'own-wish' }).expect(200);
  const gone = await joost.post(passing(idOf('Joost')), { _csrf, memberId: story.resident.id }, { accept: 'text/html' });
  expect([gone.status, gone.text.includes('Deze pagina is dicht')]).toEqual([401, true]);
});
