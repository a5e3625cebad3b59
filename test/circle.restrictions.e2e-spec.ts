import { calendarOf, mailsTo, mailTo } from './support/mailbox.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { anInvitedCase, atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
let facilitator: Caller;
beforeAll(async () => {
  test = await startApp();
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
afterAll(() => test.stop());

const CIRCLE = [
  { name: 'Ria de Wit', relation: 'parent', email: 'ria@example.org' },
  { name: 'Joost Bakker', relation: 'neighbour', email: 'joost@example.org' },
];
const otherMainPersons = [{ name: 'Mark Verhoeven', email: 'mark@example.org' }];
const place = { type: 'home', address: 'Kerkstraat 1' };
/** Each story plans in a week of its own, so that no meeting is in the way of another. */
let week = 0;
const slot = (hours: number): object => {
  const at = (h: number): string => new Date(START.getTime() + (week * 168 + h) * 3_600_000).toISOString();
  return { startsAt: at(hours), endsAt: at(hours + 2) };
};
const member = (story: StoryCase, name: string): string => story.members[name]!.id;

const aPair = async (story: StoryCase, names: [string, string], mode = 'never-together'): Promise<string> => {
  const memberIds = names.map((name) => member(story, name));
  const answer = await facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds, reason: 'Verbod van de rechter', mode }).expect(201);
  return (answer.body as { id: string }).id;
};
const aStory = async (): Promise<StoryCase> => {
  week += 1;
  return anInvitedCase(test, { circle: CIRCLE, otherMainPersons });
};

interface Meeting {
  id: string;
  version: number;
  slots: { id: string; startsAt: string }[];
  responses: { memberId: string }[];
  ranking: { slotId: string; yes: number; no: number; keepsAll: boolean }[];
}
const aPoll = async (story: StoryCase): Promise<Meeting> =>
  (await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot(48), slot(72)], mustAttend: [member(story, 'Ria')] }).expect(201)).body as Meeting;
const say = (meeting: Meeting, story: StoryCase, name: string, answers: object): Promise<unknown> =>
  facilitator.put(`/v1/meetings/${meeting.id}/responses/${member(story, name)}`, { answers }).expect(200);

it('is made, seen and ended by the facilitator only, once for a pair', async () => {
  const story = await aStory();
  const path = `/v1/cases/${story.id}/contact-restrictions`;
  const id = await aPair(story, ['Mark', 'Ria']);
  const again = { memberIds: [member(story, 'Ria'), member(story, 'Mark')], reason: 'Nog eens', mode: 'separate-parts' };
  expect((await facilitator.post(path, again).expect(409)).body).toMatchObject({ type: expect.stringContaining('restriction-stands') });
  expect((await facilitator.get(path).expect(200)).body).toMatchObject({ items: [{ id, reason: 'Verbod van de rechter', mode: 'never-together', endedAt: null }] });
  expect((await facilitator.post(`/v1/contact-restrictions/${id}/ending`, { remark: 'Het verbod is voorbij' }).expect(200)).body).toMatchObject({
    endedAt: expect.any(String),
    remark: 'Het verbod is voorbij',
  });
  expect((await facilitator.post(`/v1/contact-restrictions/${id}/ending`).expect(409)).body).toMatchObject({ state: 'ended' });
  await facilitator.post(path, again).expect(201);
  const double = { ...again, memberIds: [member(story, 'Ria'), member(story, 'Ria')] };
  expect((await facilitator.post(path, double).expect(400)).body).toMatchObject({ errors: [{ pointer: '/memberIds/1', code: 'double' }] });
  const other = await aStory();
  const stranger = { ...again, memberIds: [member(story, 'Ria'), member(other, 'Joost')] };
  expect((await facilitator.post(path, stranger).expect(400)).body).toMatchObject({ errors: [{ pointer: '/memberIds/1', code: 'unknown-member' }] });
});

it('lets the two see a circle without the other: no list, case, plan, timeline or page shows them, not even as a count', async () => {
  const story = await aStory();
  const [sanne, mark, ria] = await Promise.all(['Sanne', 'Mark', 'Ria'].map((name) => atTheTable(test, story, member(story, name))));
  const commitments = ['Ria', 'Joost'].map((name) => ({ memberId: member(story, name), text: `Taak van ${name}` }));
  await facilitator.put(`/v1/cases/${story.id}/plan-draft`, { goals: [{ text: 'Rust' }], commitments }).set('If-Match', '*').expect(200);
  const plan = (await facilitator.post(`/v1/cases/${story.id}/plans`).expect(201)).body as { id: string };
  await sanne!.post(`/v1/plans/${plan.id}/agreements`, { agrees: false, remark: 'Bezwaar van Sanne' }).expect(201);
  await sanne!.put(`/v1/cases/${story.id}/statements/${story.resident.id}`, { want: 'Rust', can: 'Koken', need: 'Hulp' }).expect(200);
  const poll = await aPoll(story);
  for (const [name, answer] of [['Ria', 'yes'], ['Joost', 'no'], ['Sanne', 'yes']] as const) await say(poll, story, name, { [poll.slots[0]!.id]: answer });

  const addresses = [
    `/v1/cases/${story.id}`,
    `/v1/cases/${story.id}/circle-members`,
    `/v1/cases/${story.id}/timeline?limit=100`,
    `/v1/cases/${story.id}/plan-draft`,
    `/v1/plans/${plan.id}`,
    `/v1/meetings/${poll.id}`,
  ];
  const seenBy = async (who: Caller): Promise<string> => (await Promise.all(addresses.map(async (path) => (await who.get(path).expect(200)).text))).join('\n');
  expect(await seenBy(mark!)).toContain(member(story, 'Ria'));
  const [first, second] = [await aPair(story, ['Mark', 'Ria']), await aPair(story, ['Mark', 'Sanne'], 'separate-parts')];

  const seen = await seenBy(mark!);
  for (const trace of ['Ria', 'Sanne', member(story, 'Ria'), story.resident.id, first, second, 'Verbod']) expect(seen).not.toContain(trace);
  expect(seen).toContain('Joost');
  const meeting = (await mark!.get(`/v1/meetings/${poll.id}`)).body as Meeting & { mustAttend: string[] };
  expect(meeting.mustAttend).toEqual([]);
  expect(meeting.ranking.find(({ slotId }) => slotId === poll.slots[0]!.id)).toMatchObject({ yes: 0, no: 1 });
  for (const path of [`/v1/circle-members/${member(story, 'Ria')}`, `/v1/circle-members/${member(story, 'Ria')}/consents`]) await mark!.get(path).expect(404);
  for (const action of ['approval', 'refusal', 'removal']) await mark!.post(`/v1/circle-members/${member(story, 'Ria')}/${action}`, {}).expect(404);
  const via = { name: 'Nieuw', relation: 'friend', viaMemberId: member(story, 'Ria') };
  await mark!.post(`/v1/cases/${story.id}/circle-members`, via).expect(400);

  const whole = (await ria!.get(`/v1/plans/${plan.id}`).expect(200)).text;
  expect(whole).toContain('Bezwaar van Sanne');
  expect(whole).not.toContain('Mark');
  expect(await seenBy(sanne!)).toContain('Ria');
  expect(await seenBy(sanne!)).not.toContain(member(story, 'Mark'));
  for (const id of [first, second]) await facilitator.post(`/v1/contact-restrictions/${id}/ending`).expect(200);
  expect(await seenBy(mark!)).toContain(member(story, 'Ria'));
});

it('refuses one date for both, lets a poll be made, and a date only when one of the two does not come', async () => {
  const story = await aStory();
  await aPair(story, ['Ria', 'Joost']);
  const refused = await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot(48)] }).expect(409);
  expect(refused.body).toMatchObject({ type: expect.stringContaining('moment-not-possible') });
  expect(refused.text).not.toMatch(/Ria|Joost|rechter/);
  const poll = await aPoll(story);
  const [one, two] = [poll.slots[0]!, poll.slots[1]!];
  await say(poll, story, 'Ria', { [one.id]: 'yes', [two.id]: 'yes' });
  await say(poll, story, 'Joost', { [one.id]: 'if-need-be', [two.id]: 'no' });
  const sanne = await atTheTable(test, story, story.resident.id);
  for (const who of [facilitator, sanne]) {
    const both = await who.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: one.id }).expect(409);
    expect(both.body).toMatchObject({ type: expect.stringContaining('moment-not-possible') });
  }
  await facilitator.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: two.id }).expect(200);
  const joost = await atTheTable(test, story, member(story, 'Joost'));
  const late = await joost.put(`/v1/meetings/${poll.id}/responses/${joost.id}`, { answers: { [two.id]: 'yes' } }).expect(409);
  expect(late.body).toMatchObject({ type: expect.stringContaining('moment-not-possible') });
  expect(late.text).not.toMatch(/Ria|rechter/);
  await joost.put(`/v1/meetings/${poll.id}/responses/${joost.id}`, { answers: { [two.id]: 'no' } }).expect(200);
});

it('does not invite the other to a date that is fixed', async () => {
  const story = await aStory();
  const cas = await facilitator
    .post(`/v1/cases/${story.id}/circle-members`, { name: 'Cas', relation: 'friend', email: 'cas@example.org' })
    .expect(201);
  const { id } = cas.body as { id: string };
  await facilitator.post(`/v1/circle-members/${id}/approval`, { by: 'main-person' }).expect(200);
  const memberIds = [id, member(story, 'Ria')];
  await facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds, reason: 'Ruzie', mode: 'never-together' }).expect(201);
  await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot(48)] }).expect(201);
  await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(409);
  await test.deliver();
  expect(await mailsTo(test.app, 'cas@example.org')).toEqual([]);
});

it('names the one neither in a mail nor in the calendar of the other', async () => {
  week += 1;
  const tag = 'stil';
  const circle = [{ name: 'Ria de Wit', relation: 'parent', email: `ria.${tag}@example.org` }];
  const story = await anInvitedCase(test, { circle: [], otherMainPersons });
  const ria = (await facilitator.post(`/v1/cases/${story.id}/circle-members`, circle[0]).expect(201)).body as { id: string };
  const memberIds = [ria.id, story.resident.id];
  await facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds, reason: 'Niet samen', mode: 'separate-parts' }).expect(201);
  await facilitator.post(`/v1/circle-members/${ria.id}/approval`, { by: 'main-person' }).expect(200);
  const parts = [{ memberIds: [story.resident.id], fromMinute: 0, untilMinute: 45 }, { memberIds: [ria.id], fromMinute: 60, untilMinute: 120 }];
  await facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slot(48)], parts }).expect(201);
  await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  await test.deliver();
  const mails = await mailsTo(test.app, `ria.${tag}@example.org`);
  expect(mails.length).toBe(2);
  for (const { subject, text, html } of mails) expect(`${subject} ${text} ${html}`).not.toContain('Sanne');
  expect(mails.map(({ text }) => text).join()).toContain('Mark');
  expect(calendarOf(mails.find(({ attachments }) => attachments.length > 0)!)).not.toContain('Sanne');
  expect((await mailTo(test.app, 'mark@example.org')).text).not.toContain('Ria');
});

it('is not for anyone else to make, see or end, nor of another case', async () => {
  const story = await aStory();
  const id = await aPair(story, ['Mark', 'Ria']);
  const path = `/v1/cases/${story.id}/contact-restrictions`;
  const colleague = await test.staff('Kees', 'facilitator');
  await colleague.get(path).expect(404);
  await colleague.post(`/v1/contact-restrictions/${id}/ending`).expect(404);
  const mark = await atTheTable(test, story, member(story, 'Mark'));
  await mark.get(path).expect(403);
  await mark.post(`/v1/contact-restrictions/${id}/ending`).expect(403);
});
