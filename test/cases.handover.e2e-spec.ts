import { Client } from 'pg';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { calendarOf, mailsTo, mailTo } from './support/mailbox.js';
import { aMeetingStory, bodyOf, codeOf, errorsOf, invite, plan, slotIn, type MeetingStory } from './support/meetings.js';

let test: TestApp;
let lead: Caller;
let giver: Caller;
let follower: Caller;
let people = 0;
beforeAll(async () => (test = await startApp()));
beforeEach(async () => {
  test.clock.set(START);
  people += 1;
  lead = await test.staff('Lena Lead', 'lead');
  giver = await test.staff(`Gea ${'x'.repeat(people)}`, 'facilitator');
  follower = await test.staff(`Fem ${'x'.repeat(people)}`, 'facilitator');
});
afterAll(() => test.stop());

const order = (changes: object = {}): object => ({ facilitatorId: follower.id, reason: 'illness', ...changes });
const story = (): Promise<MeetingStory> => aMeetingStory(test, {}, giver);

async function query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: test.database.superuserUrl });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

const leaderOf = async (meetingId: string): Promise<string> =>
  (await query<{ id: string }>('select facilitator_id as id from meetings where id = $1', [meetingId]))[0]!.id;

interface Entry {
  type: string;
  text: string;
}
const timelineOf = async (caller: Caller, caseId: string): Promise<Entry[]> =>
  ((await caller.get(`/v1/cases/${caseId}/timeline?limit=100`).expect(200)).body as { items: Entry[] }).items;

describe('One case', () => {
  it('is the follower’s from that moment, with its meeting, tasks, referral and timeline, and the giver’s no more', async () => {
    const one = await story();
    await invite(one);
    const meeting = await plan(one, [slotIn(test, 50)]);
    const answer = await giver.post(`/v1/cases/${one.id}/handover`, order({ remark: 'Griep, tot kerst' })).expect(200);
    expect(answer.body).toMatchObject({ id: one.id, facilitatorId: follower.id });
    await giver.get(`/v1/cases/${one.id}`).expect(404);
    await giver.get(`/v1/meetings/${meeting.id}`).expect(404);
    // They referred it too: what a referrer may see is left.
    expect((await giver.get(`/v1/referrals/${one.referralId}`).expect(200)).body).not.toHaveProperty('question');
    await follower.get(`/v1/cases/${one.id}`).expect(200);
    expect((await follower.get(`/v1/referrals/${one.referralId}`).expect(200)).body).toMatchObject({ question: expect.any(String) });
    expect(bodyOf(await follower.get(`/v1/meetings/${meeting.id}`).expect(200)).startsAt).toBe(meeting.startsAt);
    expect(await leaderOf(meeting.id)).toBe(follower.id);
    const said = (await timelineOf(follower, one.id)).filter(({ type }) => type.startsWith('handed-over'));
    expect(said.map(({ text }) => text).join(' ')).toContain('Overgedragen: ziekte. Griep, tot kerst');
    const audit = await query(`select 1 from audit_events where case_id = $1 and action = 'cases.handed-over'`, [one.id]);
    expect(audit).toHaveLength(1);
  });

  it('tells by name who follows, and not why, to those who were in contact and to nobody else', async () => {
    const one = await story();
    await invite(one, 'Ria');
    await giver.post(`/v1/circle-members/${one.members.Joost!.id}/approval`, { by: 'main-person' }).expect(200);
    await plan(one, [slotIn(test, 50)]);
    await test.deliver();
    const before = calendarOf(await mailTo(test.app, one.mail('Ria')));
    await giver.post(`/v1/cases/${one.id}/handover`, order()).expect(200);
    await test.deliver();
    const [toRia, toSanne] = [await mailTo(test.app, one.mail('Ria')), await mailTo(test.app, one.mail('Sanne'))];
    for (const mail of [toRia, toSanne]) {
      expect(mail.subject).toBe('Je hebt een nieuwe contactpersoon');
      expect(mail.text).toMatch(/Fem x+ neemt het over van Gea x+\./);
      expect(mail.text).not.toMatch(/ziek/i);
      expect(mail.attachments).toEqual([]);
    }
    expect(toSanne.text).toContain('Liever iemand anders?');
    expect(toSanne.text).not.toContain('/l/');
    expect(await mailsTo(test.app, one.mail('Joost'))).toEqual([]);
    expect(await mailsTo(test.app, one.mail('Karim'))).toEqual([]);
    // The service invites, not the facilitator: what is in calendars stays right.
    expect(before).toMatch(/ORGANIZER[^\n]*mailto:netwerkberaad@localhost/i);
  });

  it('names the resident to nobody who may not meet them, and waits for the hours that are safe', async () => {
    const one = await story();
    await invite(one, 'Ria');
    await test.deliver();
    const [ria, sanne] = [one.members.Ria!.id, one.members.Sanne!.id];
    await giver.post(`/v1/cases/${one.id}/contact-restrictions`, { memberIds: [ria, sanne], reason: 'Verbod', mode: 'never-together' }).expect(201);
    await giver.patch(`/v1/circle-members/${ria}`, { contactPreference: { channel: 'mail', hours: "'s avonds" } }).set('If-Match', '*').expect(200);
    await giver.post(`/v1/cases/${one.id}/handover`, order()).expect(200);
    await test.deliver();
    expect((await mailTo(test.app, one.mail('Ria'))).subject).not.toBe('Je hebt een nieuwe contactpersoon');
    test.clock.set(new Date('2026-11-16T17:00:00Z'));
    await test.deliver();
    const { subject, text } = await mailTo(test.app, one.mail('Ria'));
    expect(subject).toBe('Je hebt een nieuwe contactpersoon');
    expect(text).toMatch(/Fem x+ regelt vanaf nu het gesprek\./);
    expect(text).not.toContain('Sanne');
  });

  it('tells a main person nothing whom nobody has been in contact with', async () => {
    const one = await story();
    await giver.post(`/v1/cases/${one.id}/handover`, order()).expect(200);
    await test.deliver();
    expect(await mailsTo(test.app, one.mail('Sanne'))).toEqual([]);
  });

  it('has what waits to be sent signed by the one who follows', async () => {
    const one = await story();
    await invite(one, 'Ria');
    await giver.post(`/v1/cases/${one.id}/handover`, order()).expect(200);
    await test.deliver();
    const invitation = (await mailsTo(test.app, one.mail('Ria'))).find(({ subject }) => subject === 'Uitnodiging voor een gesprek')!;
    expect(invitation.text).toMatch(/Fem x+ helpt om dat te regelen/);
    expect(invitation.text).not.toContain('Gea');
  });

  it('is handed over by its own facilitator or a lead, to a facilitator of this organisation who is there', async () => {
    const one = await story();
    const path = `/v1/cases/${one.id}/handover`;
    await follower.post(path, order()).expect(404);
    const other = await test.otherOrganisation(`zuid${people}`);
    const elsewhere = await other.staff('Zoë Zuid', 'facilitator', 'lead');
    await elsewhere.post(path, { ...order(), facilitatorId: elsewhere.id }).expect(404);
    await elsewhere.post(`/v1/facilitators/${giver.id}/handover`, { ...order(), facilitatorId: elsewhere.id }).expect(404);
    for (const facilitatorId of [elsewhere.id, lead.id, one.id]) {
      expect(errorsOf(await giver.post(path, order({ facilitatorId })).expect(400))).toEqual(['/facilitatorId facilitator']);
    }
    expect(codeOf(await giver.post(path, order({ facilitatorId: giver.id })).expect(409))).toBe('same-facilitator');
    expect((await elsewhere.get('/v1/facilitators').expect(200)).body).toMatchObject({ items: [{ name: 'Zoë Zuid', openCases: 0 }] });
    await lead.post(path, order({ reason: 'resident-wish' })).expect(200);
    await lead.get(`/v1/cases/${one.id}`).expect(404);
  });

  it('stays where it is once it has ended, and when somebody else was faster', async () => {
    const one = await story();
    await giver.post(`/v1/cases/${one.id}/handover`, order()).set('If-Match', '"99"').expect(412);
    await giver.post(`/v1/cases/${one.id}/stop`, { reason: 'moved' }).expect(200);
    expect(codeOf(await giver.post(`/v1/cases/${one.id}/handover`, order()).expect(409))).toBe('case-ended');
  });
});

describe('A whole caseload', () => {
  it('moves in one step: every open case, the agenda and the duties from now on', async () => {
    const [one, two, ended] = [await story(), await story(), await story()];
    await giver.post(`/v1/cases/${ended.id}/stop`, { reason: 'moved' }).expect(200);
    await invite(one);
    const fixed = await plan(one, [slotIn(test, 50)]);
    const poll = await plan(two, [slotIn(test, 60), slotIn(test, 70)]);
    const at = (hours: number): string => new Date(START.getTime() + hours * 3_600_000).toISOString();
    const duties = [
      { from: at(-30), to: at(-20), firstId: giver.id, secondId: follower.id },
      { from: at(-10), to: at(10), firstId: giver.id, secondId: follower.id },
      { from: at(20), to: at(30), firstId: follower.id, secondId: giver.id },
      { from: at(40), to: at(50), firstId: lead.id, secondId: giver.id },
    ];
    const third = await test.staff('Derde Dienst', 'facilitator');
    duties[3]!.firstId = third.id;
    await lead.put('/v1/duty-roster', { items: duties }).expect(200);
    const moved = await lead.post(`/v1/facilitators/${giver.id}/handover`, order({ reason: 'leaving' })).expect(200);
    expect(moved.body).toMatchObject({ facilitatorId: follower.id, meetings: 1, duties: 3, told: expect.any(Number) });
    const { cases } = moved.body as { cases: { id: string }[] };
    expect(cases.map(({ id }) => id).sort()).toEqual([one.id, two.id].sort());
    for (const { id } of [one, two]) {
      await giver.get(`/v1/cases/${id}`).expect(404);
      await follower.get(`/v1/cases/${id}`).expect(200);
    }
    expect([await leaderOf(fixed.id), await leaderOf(poll.id)]).toEqual([follower.id, follower.id]);
    expect(((await lead.get('/v1/duty-roster').expect(200)).body as { items: object[] }).items).toEqual([
      duties[0],
      { ...duties[1], to: at(0) },
      { from: at(0), to: at(10), firstId: follower.id, secondId: null },
      { ...duties[2], secondId: null },
      { ...duties[3], secondId: follower.id },
    ]);
    const again = await lead.post(`/v1/facilitators/${giver.id}/handover`, order({ reason: 'leaving' })).expect(200);
    expect(again.body).toMatchObject({ cases: [], meetings: 0, duties: 0, told: 0 });
  });

  it('changes nothing at all when the follower is elsewhere; with a stand-in for that meeting it goes', async () => {
    const [one, two] = [await story(), await aMeetingStory(test, {}, follower)];
    const mine = await plan(one, [slotIn(test, 50)]);
    await plan(two, [slotIn(test, 51)]);
    const path = `/v1/facilitators/${giver.id}/handover`;
    const refused = await giver.post(path, order()).expect(409);
    expect(codeOf(refused)).toBe('stand-in-needed');
    expect((refused.body as { meetings: object[] }).meetings).toEqual([
      { id: mine.id, caseId: one.id, startsAt: mine.startsAt, endsAt: mine.endsAt },
    ]);
    expect((refused.body as { detail: string }).detail).toContain(one.reference);
    await giver.get(`/v1/cases/${one.id}`).expect(200);
    const standIn = await test.staff(`Inval ${'x'.repeat(people)}`, 'facilitator');
    const wrong = async (standIns: object[]): Promise<string[]> => errorsOf(await giver.post(path, order({ standIns })).expect(400));
    expect(await wrong([{ meetingId: one.id, facilitatorId: standIn.id }])).toEqual(['/standIns/0/meetingId unknown-meeting']);
    expect(await wrong([{ meetingId: mine.id, facilitatorId: lead.id }])).toEqual(['/standIns/0/facilitatorId facilitator']);
    expect(await wrong([{ meetingId: mine.id, facilitatorId: giver.id }])).toEqual(['/standIns/0/facilitatorId facilitator']);
    await giver.post(path, order({ standIns: [{ meetingId: mine.id, facilitatorId: standIn.id }] })).expect(200);
    expect(await leaderOf(mine.id)).toBe(standIn.id);
    await follower.get(`/v1/cases/${one.id}`).expect(200);

    // The case is somebody else's: who leads the meeting hears of another date, and that it is off.
    await follower.post(`/v1/meetings/${mine.id}/move`, slotIn(test, 60)).expect(200);
    await test.deliver();
    await follower.post(`/v1/meetings/${mine.id}/cancellation`, { reason: 'illness' }).expect(200);
    await test.deliver();
    const mails = await mailsTo(test.app, `inval.${'x'.repeat(people)}@noord.example`);
    expect(mails.map(({ subject }) => subject).sort()).toEqual([`${one.reference}: een andere datum`, `${one.reference}: het gaat niet door`]);
  });

  it('is given by oneself, a lead or an admin, not by a colleague', async () => {
    await story();
    const admin = await test.staff('Anna Admin', 'admin');
    await follower.post(`/v1/facilitators/${giver.id}/handover`, order()).expect(404);
    await admin.post(`/v1/facilitators/${giver.id}/handover`, order()).expect(200);
  });
});

it('says of every facilitator what they carry and whether they are on duty, in one statement', async () => {
  await story();
  await story();
  const at = (hours: number): string => new Date(START.getTime() + hours * 3_600_000).toISOString();
  await lead.put('/v1/duty-roster', { items: [{ from: at(-1), to: at(1), firstId: giver.id, secondId: follower.id }] }).expect(200);
  const listed = async (): Promise<Record<string, { openCases: number; onDuty: boolean }>> => {
    const { items } = (await giver.get('/v1/facilitators?limit=100').expect(200)).body as { items: { id: string; openCases: number; onDuty: boolean }[] };
    return Object.fromEntries(items.map((one) => [one.id, one]));
  };
  expect(await listed()).toMatchObject({ [giver.id]: { openCases: 2, onDuty: true }, [follower.id]: { openCases: 0, onDuty: true } });
  test.clock.advance({ hours: 1 });
  expect(await listed()).toMatchObject({ [giver.id]: { onDuty: false } });
  expect((await giver.get('/v1/facilitators?limit=1').expect(200)).body).toMatchObject({ items: [expect.anything()], next: expect.any(String) });
});
