import { randomInt } from 'node:crypto';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { aMeetingStory, invite, type MeetingStory } from './support/meetings.js';
import { fixPlan, report, statementsDuring, writeDraft } from './support/plans.js';
import { aCase, atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

interface AtWork {
  who: Caller;
  visitor: Visitor;
  /** Signs in anew at this moment, in both ways. */
  again: () => Promise<Caller>;
}

/** A facilitator who has no other cases, and their pages. */
async function aFacilitator(): Promise<AtWork> {
  const name = `Noor ${Array.from({ length: 8 }, () => 'abcdefghijklmnopqrstuvwxyz'[randomInt(26)]).join('')}`;
  const visitor = aVisitor(test);
  const again = async (): Promise<Caller> => {
    const who = await test.staff(name, 'facilitator');
    await visitor.open('/inloggen');
    await visitor.send('/inloggen', { email: `${name.toLowerCase().replace(' ', '.')}@noord.example`, password: 'een lang wachtwoord' });
    return who;
  };
  return { who: await again(), visitor, again };
}

interface Made {
  story: MeetingStory;
  noor: Visitor;
  idOf: (name: string) => string;
  page: string;
  again: AtWork['again'];
}

/** Sanne, Ria and Joost, each with a promise in a carried plan. */
async function aCarriedCase(changes: Record<string, unknown> = {}): Promise<Made> {
  const { who, visitor, again } = await aFacilitator();
  const story = await aMeetingStory(test, changes, who);
  await invite(story);
  const names = ['Sanne', 'Ria', 'Joost'];
  await writeDraft(story, { goals: [{ text: 'Rust' }], commitments: names.map((name) => ({ memberId: story.members[name]!.id, text: `Iets van ${name}`, dueOn: '2026-12-01' })) });
  const plan = await fixPlan(story);
  for (const { id } of plan.commitments) await report(who, id, 'promised', 'op hun woord, gebeld');
  await who.post(`/v1/plans/${plan.id}/agreements`, { memberId: story.resident.id, agrees: true }).expect(201);
  const idOf = (name: string): string => plan.commitments.find(({ memberId }) => memberId === story.members[name]!.id)!.id;
  return { story, noor: visitor, idOf, again, page: `/werk/trajecten/${story.reference}` };
}

/** One part of a page, by its id or by its heading. */
const part = ({ page }: Visitor, id: string): string => page.text.split(`id="${id}"`)[1]?.split('</section>')[0] ?? '';
const list = ({ page }: Visitor, title: string): string => page.text.split(`>${title}`)[1]?.split('</section>')[0] ?? '';
const ASKED = 'Wat mensen vragen en aanbieden';

describe('what is asked and offered', () => {
  it('stands on the page of the case and on the list of the day; the facilitator notes a yes of who has no link', async () => {
    const { story, noor, idOf, page } = await aCarriedCase();
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    await noor.open(page);
    expect(part(noor, 'gevraagd')).toBe('');
    await joost.post(`/v1/commitments/${idOf('Joost')}/passing-on`, { memberId: story.members.Ria!.id, note: 'Ik ben een <b>maand</b> weg' }).expect(201);
    await noor.open('/werk');
    expect(list(noor, ASKED)).toContain(`${page}#gevraagd`);
    expect(list(noor, ASKED)).toContain('wacht op een ja van Ria');
    await noor.open(page);
    expect(part(noor, 'gevraagd')).toContain('Joost vraagt of Ria dit overneemt');
    expect(part(noor, 'gevraagd')).toContain('Ik ben een &lt;b>maand&lt;/b> weg');
    await noor.send(`${page}/doorgeven/${idOf('Joost')}/antwoord`, { yes: 'true' });
    expect(noor.url).toBe(`${page}?gedaan=noted`);
    expect(part(noor, 'gevraagd')).toBe('');
    const { body } = await story.facilitator.get(`/v1/commitments/${idOf('Joost')}`).expect(200);
    expect(body).toMatchObject({ memberId: story.members.Ria!.id, state: 'promised' });
    await noor.open('/werk');
    expect(noor.page.text).not.toContain(ASKED);
  });

  it('notes who wants to help, and asks another to take over; nobody who is kept apart is there to choose', async () => {
    const { story, noor, idOf, page } = await aCarriedCase();
    const { Ria, Joost, Karim } = story.members;
    const joost = await atTheTable(test, story, Joost!.id);
    await joost.post(`/v1/commitments/${idOf('Joost')}/help`, { text: 'Ik heb geen auto', share: true }).expect(200);
    await noor.open(page);
    const asked = part(noor, 'gevraagd');
    for (const words of ['Joost kan wel wat hulp gebruiken', 'Ik heb geen auto', 'De bewoner en de mensen dichtbij lezen dit ook.']) expect(asked).toContain(words);
    const options = (form: string): string[] => [...(part(noor, 'gevraagd').split(`action="${page}/${form}/${idOf('Joost')}"`)[1]?.split('</form>')[0] ?? '').matchAll(/option value="([^"]+)"/g)].map(([, id]) => id!);
    expect(new Set(options('hulp'))).toEqual(new Set([story.resident.id, Ria!.id]));
    expect(new Set(options('doorgeven'))).toEqual(new Set([story.resident.id, Ria!.id, Karim!.id]));
    await noor.send(`${page}/hulp/${idOf('Joost')}`, { memberId: Ria!.id, text: 'Ik rijd wel' });
    expect(part(noor, 'gevraagd')).toContain('Ria wil helpen');
    expect(part(noor, 'gevraagd')).toContain('Ik rijd wel');
    await noor.send(`${page}/doorgeven/${idOf('Joost')}`, { memberId: '' });
    expect(noor.page.status).toBe(400);
    await noor.send(`${page}/doorgeven/${idOf('Joost')}`, { memberId: Karim!.id });
    expect(noor.url).toBe(`${page}?gedaan=passing-noted`);
    expect(noor.page.text).toContain('De vraag is gesteld. Het blijft van wie het had tot er een ja is.');
    expect(part(noor, 'gevraagd')).toContain('Joost vraagt of Karim dit overneemt');
    await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds: [Ria!.id, Joost!.id], reason: 'Verbod', mode: 'never-together' }).expect(201);
    await noor.open(page);
    expect([options('hulp'), options('doorgeven')].flat()).not.toContain(Ria!.id);
  });

  it('takes what people offer into the plan, or thanks for it', async () => {
    const { who, visitor: noor } = await aFacilitator();
    const story = await aMeetingStory(test, { kind: 'netwerkplan' }, who);
    await invite(story);
    const page = `/werk/trajecten/${story.reference}`;
    const offer = async (name: string, body: object): Promise<string> =>
      ((await who.post(`/v1/cases/${story.id}/contributions`, { memberId: story.members[name]!.id, ...body }).expect(201)).body as { id: string }).id;
    const [cook, open, walk] = [await offer('Joost', { text: 'Elke week koken', every: 'week' }), await offer('Ria', { openOffer: true }), await offer('Karim', { text: 'Wandelen' })];
    await noor.open('/werk');
    expect(list(noor, ASKED)).toContain('Elke week koken');
    await noor.open(page);
    expect(part(noor, 'gevraagd')).toContain('Wil graag iets doen. Vraag maar wat.');
    await noor.send(`${page}/aanbod/${open}`, { accept: 'true', text: '' });
    expect(noor.page.status).toBe(400);
    await noor.send(`${page}/aanbod/${open}`, { accept: 'true', text: 'De kinderen ophalen' });
    expect(noor.url).toBe(`${page}?gedaan=contribution-in`);
    await noor.send(`${page}/aanbod/${cook}`, { accept: 'true', text: '' });
    await noor.send(`${page}/aanbod/${walk}`, { accept: 'false', text: '' });
    expect(noor.url).toBe(`${page}?gedaan=contribution-out`);
    expect(noor.page.text).toContain('Genoteerd. Het komt niet in het plan.');
    expect(part(noor, 'gevraagd')).toBe('');
    const draft = part(noor, 'plan');
    for (const words of ['De kinderen ophalen', 'Elke week koken']) expect(draft).toContain(words);
    expect(draft).not.toContain('Wandelen');
  });

  it('does not show what is of another facilitator, nor answer it', async () => {
    const { story, idOf, page } = await aCarriedCase();
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    await joost.post(`/v1/commitments/${idOf('Joost')}/passing-on`, { memberId: story.members.Ria!.id }).expect(201);
    const { visitor: colleague, who } = await aFacilitator();
    const own = await aCase(test, {}, who);
    await colleague.open('/werk');
    expect(colleague.page.text).not.toContain(ASKED);
    await colleague.open(`/werk/trajecten/${own.reference}`);
    const token = /name="_csrf" value="([^"]+)"/.exec(colleague.page.text)![1]!;
    for (const at of [page, `/werk/trajecten/${own.reference}`]) {
      await colleague.post(`${at}/doorgeven/${idOf('Joost')}/antwoord`, { yes: 'true', _csrf: token }).expect(404);
    }
  });

  it('asks the database no more for ten than for one', async () => {
    const { story, noor, idOf, page } = await aCarriedCase();
    const count = async (address: string): Promise<number> => (await statementsDuring(() => noor.open(address))).length;
    await story.facilitator.post(`/v1/commitments/${idOf('Joost')}/help`, { text: 'een', share: true }).expect(200);
    for (const address of [page, '/werk']) await noor.open(address);
    const few = [await count(page), await count('/werk')];
    for (const name of ['Ria', 'Sanne']) await story.facilitator.post(`/v1/commitments/${idOf(name)}/help`, { text: 'meer', share: true }).expect(200);
    expect([await count(page), await count('/werk')]).toEqual(few);
  });
});

describe('promises that are due', () => {
  it('stand on the list of the day, those not kept yet marked, each with the way to it; not what is kept, stuck, later or over', async () => {
    const { story, noor, idOf, page, again } = await aCarriedCase();
    await report(story.facilitator, idOf('Sanne'), 'doing', 'op hun woord');
    test.clock.set(new Date('2026-12-02T09:00:00+01:00'));
    const who = await again();
    const due = async (): Promise<string> => {
      await noor.open('/werk');
      return list(noor, 'Afspraken die nu spelen');
    };
    for (const name of ['Sanne', 'Ria', 'Joost']) expect(await due()).toContain(`${page}#afspraak-${idOf(name)}`);
    expect((await due()).match(/nog niet gelukt/g)).toHaveLength(3);
    await noor.open(page);
    expect(noor.page.text).toContain(`id="afspraak-${idOf('Ria')}"`);

    await report(who, idOf('Sanne'), 'done', 'op hun woord');
    await who.post(`/v1/commitments/${idOf('Ria')}/perspective`, { date: '2026-12-20', reason: 'De wachtlijst' }).expect(200);
    expect(await due()).not.toMatch(new RegExp(`${idOf('Sanne')}|${idOf('Ria')}`));
    expect(await due()).toContain(idOf('Joost'));
    await who.post(`/v1/commitments/${idOf('Joost')}/obstacles`, { text: 'x', category: 'money', whoseMove: { organisation: 'Woonstad' } }).expect(201);
    expect(await due()).not.toContain(idOf('Joost'));
    await noor.open(page);
    expect(part(noor, 'afspraken')).toContain('Woonstad');

    test.clock.set(new Date('2026-12-21T09:00:00+01:00'));
    const later = await again();
    expect(await due()).toContain(idOf('Ria'));
    await later.post(`/v1/cases/${story.id}/closure`, { outcome: 'partly' }).expect(200);
    expect(await due()).not.toContain(idOf('Ria'));
  });
});

describe('the draft on the page of a case', () => {
  it('is there to read, with the way to the page on which it is written, and no form for all of it', async () => {
    const { who, visitor: noor } = await aFacilitator();
    const story = await aCase(test, {}, who);
    const page = `/werk/trajecten/${story.reference}`;
    const writing = `${page}/plan/schrijven`;
    await noor.open(page);
    expect(part(noor, 'plan')).toContain('Er staat nog niets in.');
    await noor.open(writing);
    const line = { do: 'save', lineId: 'nieuw', version: '' };
    for (const text of ['Geen schuld', 'Rust in huis']) await noor.send(writing, { ...line, kind: 'goals', text });
    const [goal] = (await draftOf(who, story.id)).goals;
    const promise = { ...line, kind: 'commitments', memberId: story.members.Ria!.id, goalId: goal!.id };
    await noor.send(writing, { ...promise, text: 'Samen de post', dueOn: '', every: 'two-weeks' });
    await noor.send(writing, { ...promise, text: 'De bank bellen', dueOn: '2026-12-24', every: '' });

    // The order is theirs, and what was typed in the line that moves stays.
    const [, second] = (await draftOf(who, story.id)).goals;
    await noor.send(writing, { kind: 'goals', lineId: second!.id, version: '1', text: 'Rust in ons huis', do: 'higher' });
    expect((await draftOf(who, story.id)).goals.map(({ text }) => text)).toEqual(['Rust in ons huis', 'Geen schuld']);
    expect(noor.page.text.match(/value="higher"/g)).toHaveLength(2);

    await noor.open(page);
    const draft = part(noor, 'plan');
    expect(draft).toMatch(/Rust in ons huis.*Geen schuld.*Samen de post.*om de week.*De bank bellen.*24 december/s);
    expect(draft).toContain(`href="${writing}"`);
    expect(noor.page.text).not.toContain('plan/concept');
    await noor.send(`${page}/plan/vastleggen`);
    expect(part(noor, 'plan')).toContain('Er staat hetzelfde in als in het plan dat vastligt.');
  });

  it('lets the facilitator change what must be safe and who stands in; somebody of the circle only how it is met', async () => {
    const { who, visitor: noor } = await aFacilitator();
    const story = await aCase(test, { circle: [
      { name: 'Meester Karim', relation: 'teacher', professional: true, organisation: 'De Klimop', email: 'karim.stand@deklimop.example' },
      { name: 'Juf Els', relation: 'teacher', professional: true, organisation: 'De Klimop', email: 'els.stand@deklimop.example' },
    ] }, who);
    const [karim, els] = [story.members.Meester!.id, story.members.Juf!.id];
    await writeDraft(story, { goals: [], commitments: [], safetyConditions: [{ text: 'Iemand slaapt er', reason: 'De kinderen schrikken', setByMemberId: karim }] });
    const writing = `/werk/trajecten/${story.reference}/plan/schrijven`;
    await noor.open(writing);
    expect(noor.page.text).toContain('Gevraagd door Meester Karim');
    const [condition] = (await draftOf(who, story.id)).safetyConditions;
    const fields = { kind: 'safety-conditions', lineId: condition!.id, do: 'save', text: 'Elke nacht slaapt er iemand', reason: 'Ze schrikken', metBy: 'Oma slaapt er' };
    await noor.send(writing, { ...fields, version: '1', deputyMemberId: els });
    expect((await draftOf(who, story.id)).safetyConditions).toMatchObject([{ text: 'Elke nacht slaapt er iemand', reason: 'Ze schrikken', deputyMemberId: els, metBy: 'Oma slaapt er' }]);
    await noor.send(writing, { ...fields, version: '2', deputyMemberId: '' });
    expect((await draftOf(who, story.id)).safetyConditions).toMatchObject([{ deputyMemberId: null }]);
  });
});

interface Draft {
  goals: { id: string; text: string }[];
  safetyConditions: { id: string; text: string; reason: string | null; deputyMemberId: string | null; metBy: string | null }[];
}
const draftOf = async (who: Caller, caseId: string): Promise<Draft> => (await who.get(`/v1/cases/${caseId}/plan-draft`).expect(200)).body as Draft;
