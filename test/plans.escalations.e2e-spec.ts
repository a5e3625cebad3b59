import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aPromise, inTheWay, obstaclesOf, raise, type Promised } from './support/obstacles.js';
import { refusal, wrong } from './support/plans.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
/** Signed in anew after every wait. */
let lead: Caller;
let noor: Caller;
const signIn = async (): Promise<void> => {
  lead = await test.staff('Lena van de Leiding', 'lead');
  noor = await test.staff('Noor Facilitator', 'facilitator');
};
beforeAll(async () => {
  test = await startApp();
});
beforeEach(async () => {
  test.clock.set(START);
  await signIn();
});
afterAll(() => test.stop());

interface Mail {
  to: string;
  subject: string;
  text: string;
}
interface Mailed {
  directorMail: { state: string; subject: string | null; text: string | null; answers: { memberId: string; agrees: boolean }[] } | null;
}

const mails = async (): Promise<Mail[]> => (await test.as().get('/dev/mailbox.json').expect(200)).body as Mail[];
const mailsTo = async (to: string): Promise<Mail[]> => (await mails()).filter((mail) => mail.to === to);
const LEAD = 'lena.van.de.leiding@noord.example';

/** So many days pass; what is due is done. */
async function pass(days: number): Promise<void> {
  test.clock.advance({ days });
  await signIn();
  await test.deliver();
}

const direct = (organisation: string, email: string) => lead.put('/v1/directors', { items: [{ organisation, name: 'Karin de Baas', email }] }).expect(200);
let number = 0;
const anOrganisation = (): { organisation: string; email: string } => {
  number += 1;
  return { organisation: `Woonstad ${number}`, email: `directie${number}@woonstad.example` };
};

/** Something that is the move of an organisation of its own, and that stood for ten working days with a director named. */
async function asked(): Promise<Promised & { id: string; email: string; sanne: Caller }> {
  const { organisation, email } = anOrganisation();
  await direct(organisation, email);
  const promised = await aPromise(test);
  const { id } = await raise(promised.joost, promised.commitmentId, { whoseMove: { organisation: ` ${organisation.toUpperCase()} ` } });
  await pass(14);
  const story = { ...promised.story, facilitator: noor };
  return { ...promised, story, id, email, sanne: await atTheTable(test, story, story.resident.id) };
}

const read = async <T>(who: Caller, id: string): Promise<T> => (await who.get(`/v1/obstacles/${id}`).expect(200)).body as T;
const answer = (who: Caller, id: string, body: object) => who.post(`/v1/obstacles/${id}/director-mail-answers`, body);

describe('the lead', () => {
  it('hears after five working days, and sees whose move it is and since when: no contents, no names', async () => {
    const { story, joost, commitmentId } = await aPromise(test);
    const { id } = await raise(joost, commitmentId, { text: 'Sanne durft niet te bellen' });
    await pass(4);
    await lead.get(`/v1/obstacles/${id}`).expect(404);
    await pass(3);
    const seen = await read<object>(lead, id);
    expect(seen).toEqual({
      id,
      caseId: story.id,
      reference: story.reference,
      facilitatorId: story.facilitator.id,
      facilitatorName: 'Noor Facilitator',
      category: 'agency',
      state: 'open',
      organisation: 'Woonstad',
      raisedAt: expect.any(String),
      openSince: expect.any(String),
      workingDays: 5,
      escalatedAt: test.clock.now().toISOString(),
      directorMail: null,
      text: null,
    });
    const [mail] = (await mailsTo(LEAD)).filter(({ subject }) => subject.includes(story.reference));
    expect(mail!.subject).toBe(`${story.reference}: er zit al 5 werkdagen iets in de weg`);
    for (const word of ['Sanne', 'Joost', 'Woonstad', 'bellen']) expect(mail!.text).not.toContain(word);
    await noor.patch(`/v1/obstacles/${id}`, { shareText: true }).set('If-Match', '*').expect(200);
    expect(await read<object>(lead, id)).toMatchObject({ text: 'Sanne durft niet te bellen' });
    expect((await obstaclesOf(lead, '?escalated=true')).map((one) => one.id)).toContain(id);
  });

  it('does not hear of what went away in time, nor of a case that ended', async () => {
    const [gone, ended] = [await aPromise(test), await aPromise(test)];
    const ids = [await raise(gone.joost, gone.commitmentId), await raise(ended.joost, ended.commitmentId)].map(({ id }) => id);
    await gone.joost.post(`/v1/obstacles/${ids[0]}/removal`, { note: 'Gebeld' }).expect(200);
    await ended.story.facilitator.post(`/v1/cases/${ended.story.id}/stop`, { reason: 'moved' }).expect(200);
    await pass(21);
    for (const id of ids) await lead.get(`/v1/obstacles/${id}`).expect(404);
  });

  it('waits anew when it came back', async () => {
    const { joost, commitmentId } = await aPromise(test);
    const { id } = await raise(joost, commitmentId);
    await pass(5);
    await joost.post(`/v1/obstacles/${id}/removal`, { note: 'Gebeld' }).expect(200);
    await joost.post(`/v1/obstacles/${id}/reopening`, {}).expect(200);
    await pass(4);
    await lead.get(`/v1/obstacles/${id}`).expect(404);
    await pass(3);
    await read(lead, id);
  });

  it('never hears whose move it is when that is somebody of the own circle: the facilitator does', async () => {
    const { story, joost, commitmentId } = await aPromise(test);
    const { id } = await raise(joost, commitmentId, { whoseMove: { memberId: story.members.Ria!.id } });
    await pass(14);
    await lead.get(`/v1/obstacles/${id}`).expect(404);
    expect((await read<Mailed>(noor, id)).directorMail).toBeNull();
    const told = (await mailsTo('noor.facilitator@noord.example')).filter(({ subject }) => subject.startsWith(`${story.reference}: er zit al`));
    expect(told.map(({ subject }) => subject).sort()).toEqual([`${story.reference}: er zit al 10 werkdagen iets in de weg`, `${story.reference}: er zit al 5 werkdagen iets in de weg`]);
  });

  it('hears no more once it became the move of somebody of the circle, and at once when it becomes an organisation’s', async () => {
    const { story, joost, commitmentId } = await aPromise(test);
    const { id } = await raise(joost, commitmentId);
    await pass(7);
    await read(lead, id);
    const move = (whoseMove: object) => noor.patch(`/v1/obstacles/${id}`, { whoseMove }).set('If-Match', '*').expect(200);
    await move({ memberId: story.members.Ria!.id });
    await lead.get(`/v1/obstacles/${id}`).expect(404);
    await move({ memberId: story.members.Meester!.id });
    await test.deliver();
    expect(await read<object>(lead, id)).toMatchObject({ organisation: 'De Klimop' });
  });
});

describe('the director', () => {
  it('is written to after ten working days, in the words that the main person read and agreed to, without a name', async () => {
    const { story, id, email, sanne, joost } = await asked();
    expect(await mailsTo(email)).toEqual([]);
    const { directorMail } = await read<Mailed>(sanne, id);
    expect(directorMail).toMatchObject({ state: 'asked', answers: [] });
    expect(await read(lead, id)).toMatchObject({ directorMail: 'asked' });
    expect((await read<Mailed>(joost, id)).directorMail).toBeNull();
    expect(await mailsTo('sanne@example.org')).toContainEqual(expect.objectContaining({ subject: 'Wil je een tekst lezen?' }));
    await answer(sanne, id, { agrees: true }).expect(200);
    await test.deliver();
    const [mail] = await mailsTo(email);
    expect([mail!.subject, mail!.text]).toEqual([directorMail!.subject, directorMail!.text]);
    for (const word of ['Sanne', 'de Wit', 'Joost', 'Ria', story.reference, inTheWay.text]) expect(`${mail!.subject} ${mail!.text}`).not.toContain(word);
    expect((await read<Mailed>(noor, id)).directorMail).toMatchObject({ state: 'sent', answers: [{ memberId: story.resident.id, agrees: true }] });
    expect(refusal(await answer(sanne, id, { agrees: false }).expect(409))).toBe('state-conflict');
  });

  it('hears nothing after liever niet, until there is a yes, which the facilitator may note', async () => {
    const { story, id, email, sanne } = await asked();
    expect((await answer(sanne, id, { agrees: false }).expect(200)).body).toMatchObject({ directorMail: { state: 'declined' } });
    await pass(10);
    expect(await mailsTo(email)).toEqual([]);
    expect(wrong(await answer(noor, id, { agrees: true }).expect(400))).toEqual(['/memberId required']);
    expect(wrong(await answer(noor, id, { agrees: true, memberId: story.members.Ria!.id }).expect(400))).toEqual(['/memberId unknown-member']);
    await answer(noor, id, { agrees: true, memberId: story.resident.id }).expect(200);
    await test.deliver();
    expect(await mailsTo(email)).toHaveLength(1);
  });

  it('hears nothing of what went away while the text waited', async () => {
    const { id, email, sanne } = await asked();
    await noor.post(`/v1/obstacles/${id}/removal`, { note: 'Gebeld' }).expect(200);
    await answer(sanne, id, { agrees: true }).expect(409);
    await test.deliver();
    expect(await mailsTo(email)).toEqual([]);
  });

  it('hears nothing once it is another organisation’s move', async () => {
    const { id, email, sanne } = await asked();
    await noor.patch(`/v1/obstacles/${id}`, { whoseMove: { organisation: 'Gemeente' } }).set('If-Match', '*').expect(200);
    await answer(sanne, id, { agrees: true }).expect(409);
    await test.deliver();
    expect((await read<Mailed>(noor, id)).directorMail).toMatchObject({ state: 'no-director', text: null });
    expect(await mailsTo(email)).toEqual([]);
  });

  it('is waited for where nobody is named, and asked for as soon as somebody is', async () => {
    const { joost, commitmentId } = await aPromise(test);
    const { organisation, email } = anOrganisation();
    const { id } = await raise(joost, commitmentId, { whoseMove: { organisation } });
    await pass(14);
    expect(await read(lead, id)).toMatchObject({ directorMail: 'no-director' });
    await direct(organisation, email);
    await test.deliver();
    expect((await read<Mailed>(noor, id)).directorMail).toMatchObject({ state: 'asked' });
  });

  it('is asked about once when two answers come at the same moment, and mailed once', async () => {
    const { story, id, email, sanne } = await asked();
    const answers = await Promise.all([answer(sanne, id, { agrees: true }), answer(noor, id, { agrees: true, memberId: story.resident.id })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    await test.deliver();
    expect(await mailsTo(email)).toHaveLength(1);
  });
});

describe('the list of directors', () => {
  it('has one for each organisation, however it is written', async () => {
    const one = { organisation: 'Woonstad', name: 'Karin', email: 'karin@woonstad.example' };
    const answered = await lead.put('/v1/directors', { items: [one, { ...one, organisation: ' WOONSTAD' }] }).expect(400);
    expect(wrong(answered)).toEqual(['/items/1/organisation double']);
    await lead.put('/v1/directors', { items: [one] }).expect(200);
    expect((await lead.get('/v1/directors').expect(200)).body).toEqual({ items: [one] });
  });

  it.each([
    [{}, '/items required'],
    [{ items: [{ organisation: '', name: 'Karin', email: 'karin@woonstad.example' }] }, '/items/0/organisation empty'],
    [{ items: [{ organisation: 'Woonstad', name: 'Karin', email: 'karin' }] }, '/items/0/email format'],
  ])('refuses %j', async (body, expected) => {
    expect(wrong(await lead.put('/v1/directors', body).expect(400))).toContain(expected);
  });
});

