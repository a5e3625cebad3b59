import { linkToken, mailsTo, mailTo } from './support/mailbox.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aCase, anInvitedCase, atTheTable, byLink, type StoryCase } from './support/stories.js';

interface Consent {
  id: string;
  kind: string;
  state: string;
  given: boolean;
  memberId: string;
  subject: string | null;
}

let test: TestApp;
let facilitator: Caller;
let serial = 0;
beforeAll(async () => {
  test = await startApp();
});
beforeEach(async () => {
  test.clock.set(START);
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
afterAll(() => test.stop());

/** Addresses of their own, so that each story reads its own mail. */
const circle = (): object[] => {
  serial += 1;
  return [
    { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' },
    { name: 'Joost Bakker', relation: 'neighbour', email: `joost.${serial}@example.org` },
    { name: 'Meester Karim', relation: 'teacher', professional: true, organisation: 'De Klimop', email: `karim.${serial}@deklimop.example` },
  ];
};
const joostsMail = (): string => `joost.${serial}@example.org`;
const member = (story: StoryCase, name: string): string => story.members[name]!.id;
const consentsOf = async (who: Caller, memberId: string): Promise<Consent[]> =>
  ((await who.get(`/v1/circle-members/${memberId}/consents`).expect(200)).body as { items: Consent[] }).items;
const withdraw = (who: Caller, id: string, body: object = {}): ReturnType<Caller['post']> => who.post(`/v1/consents/${id}/withdrawal`, body);
const until = (days: number): string => new Date(START.getTime() + days * 86_400_000).toISOString().slice(0, 10);
const release = (story: StoryCase, changes: object = {}): object => ({
  professionalMemberId: member(story, 'Meester'),
  subject: 'Hoe het op school gaat',
  until: until(30),
  ...changes,
});

describe('I want this meeting', () => {
  it('came with the referral, with when and how it was said', async () => {
    const story = await aCase(test, { circle: circle() });
    expect(await consentsOf(facilitator, story.resident.id)).toMatchObject([
      { kind: 'meeting', state: 'standing', given: true, givenBy: 'person', on: '2026-11-15', how: 'conversation', memberId: story.resident.id },
    ]);
    const urgent = await aCase(test, { circle: [], safety: { level: 'acute' }, consent: { given: false, ground: 'Jeugdwet 7.1.4.1' } });
    expect(await consentsOf(facilitator, urgent.resident.id)).toEqual([]);
  });

  it('taken back: what had not gone stays here, nobody of the circle hears anything, the facilitator is told', async () => {
    const story = await aCase(test, { circle: circle() });
    for (const name of ['Ria', 'Joost']) await facilitator.post(`/v1/circle-members/${member(story, name)}/approval`, { by: 'main-person' }).expect(200);
    await facilitator.post(`/v1/cases/${story.id}/invitations`, { memberIds: [member(story, 'Joost')] }).expect(202);
    const sanne = await atTheTable(test, story, story.resident.id);
    const [yes] = await consentsOf(sanne, story.resident.id);
    expect((await withdraw(sanne, yes!.id, { remark: 'Het wordt me te veel' }).expect(200)).body).toMatchObject({ state: 'taken-back' });
    await test.deliver();
    expect(await mailsTo(test.app, joostsMail())).toEqual([]);
    const told = await mailTo(test.app, 'noor.facilitator@noord.example');
    expect(told.subject).toBe('Iemand nam een ja terug');
    expect(told.text).toContain(story.reference);
    expect(told.text).not.toContain('Sanne');

    for (const body of [{}, { memberIds: [member(story, 'Ria')] }]) {
      const refused = await facilitator.post(`/v1/cases/${story.id}/invitations`, body).expect(409);
      expect(refused.body).toMatchObject({ type: expect.stringContaining('consent-missing') });
    }
    const reached = { at: '2026-11-16T08:00:00+01:00', channel: 'call', outcome: 'reached' };
    await facilitator.post(`/v1/circle-members/${member(story, 'Ria')}/contact-attempts`, reached).expect(409);
    const place = { type: 'other', address: 'Buurthuis' };
    await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot(200), slot(300)] }).expect(201);
    await test.deliver();
    expect(await mailsTo(test.app, joostsMail())).toEqual([]);
  });

  it('is refused a second time, can be said again, and keeps its history', async () => {
    const story = await aCase(test, { circle: circle() });
    const sanne = await atTheTable(test, story, story.resident.id);
    const [yes] = await consentsOf(sanne, story.resident.id);
    await facilitator.post(`/v1/circle-members/${story.resident.id}/approval`, {}).expect(409);
    await withdraw(facilitator, yes!.id, { reason: 'changed' }).expect(200);
    expect((await withdraw(sanne, yes!.id).expect(409)).body).toMatchObject({ state: 'taken-back', allowed: [] });
    await sanne.post(`/v1/circle-members/${story.resident.id}/approval`, {}).expect(200);
    const states = (await consentsOf(facilitator, story.resident.id)).map(({ kind, state }) => [kind, state]);
    expect(states).toEqual([['meeting', 'taken-back'], ['meeting', 'standing']]);
    await facilitator.post(`/v1/circle-members/${member(story, 'Joost')}/approval`, { by: 'main-person' }).expect(200);
    await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  });

  it('is nobody else\'s to take back', async () => {
    const story = await anInvitedCase(test, { circle: circle(), otherMainPersons: [{ name: 'Mark de Wit', phone: '0612345600' }] });
    const [yes] = await consentsOf(facilitator, story.resident.id);
    const mark = await atTheTable(test, story, member(story, 'Mark'));
    const joost = await atTheTable(test, story, member(story, 'Joost'));
    const colleague = await test.staff('Kees', 'facilitator');
    for (const other of [mark, joost, colleague]) await withdraw(other, yes!.id).expect(404);
    expect((await consentsOf(facilitator, story.resident.id))[0]).toMatchObject({ state: 'standing' });
  });
});

const slot = (hours: number): object => {
  const at = (h: number): string => new Date(START.getTime() + h * 3_600_000).toISOString();
  return { startsAt: at(hours), endsAt: at(hours + 2) };
};

describe('this professional may speak about this subject', () => {
  it('is given by the person or noted by the facilitator, sealed, and taken back', async () => {
    const story = await anInvitedCase(test, { circle: circle() });
    const sanne = await atTheTable(test, story, story.resident.id);
    const path = `/v1/circle-members/${story.resident.id}/releases`;
    const own = (await sanne.post(path, release(story)).expect(201)).body as Consent;
    expect(own).toMatchObject({ kind: 'release', state: 'standing', givenBy: 'person', subject: 'Hoe het op school gaat', until: until(30) });
    expect(own).not.toHaveProperty('remark');
    expect((await facilitator.post(path, release(story, { subject: 'Het huiswerk' })).expect(201)).body).toMatchObject({ givenBy: 'facilitator' });
    expect((await facilitator.post(path, release(story, { subject: 'hoe het OP school gaat' })).expect(409)).body).toMatchObject({
      type: expect.stringContaining('release-stands'),
    });
    expect((await withdraw(sanne, own.id).expect(200)).body).toMatchObject({ state: 'taken-back' });
    await withdraw(sanne, own.id).expect(409);
    await sanne.post(path, release(story)).expect(201);
    const { rows } = await query(`select count(*) from circle_consents c where c::text || encode(c.sealed, 'escape') ilike $1`, ['%school%']);
    expect(rows).toEqual([{ count: '0' }]);
  });

  it('is over after its last day', async () => {
    const story = await aCase(test, { circle: circle() });
    const given = (await facilitator.post(`/v1/circle-members/${story.resident.id}/releases`, release(story, { until: until(2) })).expect(201)).body as Consent;
    const stateAfter = async (days: number): Promise<string> => {
      test.clock.set(new Date(START.getTime() + days * 86_400_000));
      facilitator = await test.staff('Noor Facilitator', 'facilitator');
      return (await consentsOf(facilitator, story.resident.id)).find(({ id }) => id === given.id)!.state;
    };
    expect(await stateAfter(2)).toBe('standing');
    expect(await stateAfter(3)).toBe('ended');
    expect((await withdraw(facilitator, given.id).expect(409)).body).toMatchObject({ state: 'ended' });
  });

  it('refuses who is no professional of the case, a day that is over, and a time that is too long', async () => {
    const [story, other] = [await aCase(test, { circle: circle() }), await aCase(test, { circle: circle() })];
    const path = `/v1/circle-members/${story.resident.id}/releases`;
    const refused = async (changes: object, pointer: string, code: string): Promise<void> => {
      expect((await facilitator.post(path, release(story, changes)).expect(400)).body).toMatchObject({ errors: [{ pointer, code }] });
    };
    await refused({ professionalMemberId: member(story, 'Joost') }, '/professionalMemberId', 'not-a-professional');
    await refused({ professionalMemberId: member(other, 'Meester') }, '/professionalMemberId', 'unknown-member');
    await refused({ professionalMemberId: story.resident.id }, '/professionalMemberId', 'unknown-member');
    await refused({ until: until(0) }, '/until', 'not-in-future');
    await refused({ until: until(367) }, '/until', 'too-far');
    await facilitator.post(`/v1/circle-members/${member(story, 'Meester')}/removal`).expect(200);
    await refused({}, '/professionalMemberId', 'unknown-member');
  });

  it('is not given from a device that is not known, nor for somebody else', async () => {
    const story = await anInvitedCase(test, { circle: circle() });
    const joost = await byLink(test, linkToken(await mailTo(test.app, joostsMail())));
    const refused = await joost.post(`/v1/circle-members/${joost.id}/releases`, release(story)).expect(403);
    expect(refused.body).toMatchObject({ type: expect.stringContaining('step-up-required') });
    const sanne = await atTheTable(test, story, story.resident.id);
    await sanne.post(`/v1/circle-members/${joost.id}/releases`, release(story)).expect(404);
  });
});

describe('this person may be asked', () => {
  it('is taken back before the invitation went: proposed again, without links; afterwards removal is the way', async () => {
    const story = await aCase(test, { circle: circle() });
    const sanne = await atTheTable(test, story, story.resident.id);
    const path = `/v1/circle-members/${member(story, 'Joost')}/approval`;
    await sanne.post(path, {}).expect(200);
    const joost = await atTheTable(test, story, member(story, 'Joost'));
    const standing = async (): Promise<Consent> => (await consentsOf(sanne, member(story, 'Joost'))).find(({ state }) => state === 'standing')!;
    const first = await standing();
    expect(first).toMatchObject({ kind: 'approval', givenBy: 'main-person' });
    await withdraw(joost, first.id).expect(404);
    await withdraw(sanne, first.id).expect(200);
    await joost.get('/v1/me').expect(401);
    expect((await facilitator.get(`/v1/circle-members/${member(story, 'Joost')}`)).body).toMatchObject({ state: 'proposed', approvedAt: null });
    await withdraw(sanne, first.id).expect(409);

    await sanne.post(path, {}).expect(200);
    await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
    const refused = await withdraw(sanne, (await standing()).id).expect(409);
    expect(refused.body).toMatchObject({ state: 'invited', allowed: ['remove'] });
  });
});

describe('I join the micro-analysis', () => {
  const answer = (who: Caller, story: StoryCase, given: boolean, memberId = story.resident.id): ReturnType<Caller['put']> =>
    who.put(`/v1/cases/${story.id}/micro-analysis-consent/${memberId}`, { given, on: '2026-11-16', how: 'aan tafel' });

  it('is a yes or a no that costs nothing, once, changed, and taken back', async () => {
    const story = await aCase(test, { circle: circle() });
    const sanne = await atTheTable(test, story, story.resident.id);
    const yes = (await answer(sanne, story, true).expect(200)).body as Consent;
    expect(yes).toMatchObject({ kind: 'micro-analysis', given: true, state: 'standing', givenBy: 'person' });
    expect((await answer(sanne, story, true).expect(200)).body).toEqual(yes);
    expect((await answer(facilitator, story, false).expect(200)).body).toMatchObject({ given: false, state: 'standing', givenBy: 'facilitator' });
    const all = (await consentsOf(sanne, story.resident.id)).filter(({ kind }) => kind === 'micro-analysis');
    expect(all.map(({ given, state }) => [given, state])).toEqual([[true, 'taken-back'], [false, 'standing']]);
    const again = (await answer(sanne, story, true).expect(200)).body as Consent;
    await withdraw(sanne, again.id).expect(200);
    await withdraw(sanne, again.id).expect(409);
    await sanne.get(`/v1/cases/${story.id}/micro-analysis`).expect(200);
  });

  it('is of main persons only, and of the person themself', async () => {
    const story = await aCase(test, { circle: circle(), otherMainPersons: [{ name: 'Mark de Wit', phone: '0612345600' }] });
    const sanne = await atTheTable(test, story, story.resident.id);
    await answer(facilitator, story, true, member(story, 'Joost')).expect(404);
    await answer(sanne, story, true, member(story, 'Mark')).expect(404);
    const tomorrow = { given: true, on: '2026-11-17', how: 'aan tafel' };
    const refused = await sanne.put(`/v1/cases/${story.id}/micro-analysis-consent/${story.resident.id}`, tomorrow).expect(400);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/on', code: 'in-the-future' }] });
  });
});

it('shows the facilitator every yes of the case, and nobody else', async () => {
  const story = await anInvitedCase(test, { circle: circle() });
  const { body } = await facilitator.get(`/v1/cases/${story.id}/consents`).expect(200);
  const kinds = (body as { items: Consent[] }).items.map(({ kind }) => kind);
  expect(kinds).toEqual(['meeting', 'approval', 'approval', 'approval']);
  const sanne = await atTheTable(test, story, story.resident.id);
  await sanne.get(`/v1/cases/${story.id}/consents`).expect(403);
  await (await test.staff('Kees', 'facilitator')).get(`/v1/cases/${story.id}/consents`).expect(404);
  const joost = await byLink(test, linkToken(await mailTo(test.app, joostsMail())));
  expect(await consentsOf(joost, joost.id)).toMatchObject([{ kind: 'approval', state: 'standing' }]);
  await joost.get(`/v1/circle-members/${member(story, 'Ria')}/consents`).expect(404);
});

async function query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> {
  const { Client } = await import('pg');
  const client = new Client(test.database.superuserUrl);
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}
