import ICAL from 'ical.js';
import { startApp, type TestApp } from './support/app.js';
import { calendarOf, mailsTo, mailTo } from './support/mailbox.js';
import { aMeetingStory, answering, bodyOf, caseState, codeOf, errorsOf, invite, memberState, plan, slotIn, timelineTypes, type MeetingStory } from './support/meetings.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

const PLACE = { type: 'other', address: 'Buurthuis De Klok, Kerkstraat 1' };
const subjects = async (story: MeetingStory, name: string): Promise<(string | null)[]> =>
  (await mailsTo(test.app, story.mail(name))).map(({ subject }) => subject).reverse();
const move = (story: MeetingStory, id: string, to: object) => story.facilitator.post(`/v1/meetings/${id}/move`, to);
const cancel = (story: MeetingStory, id: string, body: object = { reason: 'illness' }) => story.facilitator.post(`/v1/meetings/${id}/cancellation`, body);

const appointment = (ics: string) => {
  const calendar = new ICAL.Component(ICAL.parse(ics) as unknown[] as never);
  const component = calendar.getFirstSubcomponent('vevent')!;
  const value = (name: string): string => String(component.getFirstPropertyValue(name) ?? '');
  return { method: calendar.getFirstPropertyValue('method'), uid: value('uid'), sequence: value('sequence'), start: value('dtstart') };
};

describe('Moving', () => {
  it('gives a meeting another date: the same appointment goes to everyone once, with the date that it was', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost', 'Karim');
    const meeting = await plan(story, [{ startsAt: '2027-01-14T13:00:00Z', endsAt: '2027-01-14T15:00:00Z' }]);
    await test.deliver();
    const first = appointment(calendarOf(await mailTo(test.app, story.mail('Joost'))));
    const to = { startsAt: '2027-06-17T12:00:00Z', endsAt: '2027-06-17T14:00:00Z', reason: 'illness', remark: 'Griep' };
    const moved = bodyOf(await move(story, meeting.id, to).set('If-Match', '"1"').expect(200));
    expect(moved).toMatchObject({ state: 'fixed', startsAt: '2027-06-17T12:00:00.000Z', startsLocal: '2027-06-17T14:00:00', place: PLACE, version: 2 });
    expect(moved.slots).toEqual([{ id: moved.slotId, startsAt: moved.startsAt, endsAt: moved.endsAt }]);
    expect(await caseState(story)).toBe('scheduled');
    await test.deliver();
    for (const name of ['Sanne', 'Joost', 'Karim']) {
      expect((await subjects(story, name)).slice(-2)).toEqual(['De datum staat vast', 'De afspraak is veranderd']);
      const mail = await mailTo(test.app, story.mail(name));
      expect(mail.text).toContain('donderdag 14 januari 2027 om 14.00 uur is veranderd');
      expect(mail.text).toContain('donderdag 17 juni 2027, 14.00 tot 16.00 uur');
      expect(appointment(calendarOf(mail))).toEqual({ method: 'REQUEST', uid: first.uid, sequence: '1', start: '2027-06-17T14:00:00' });
    }
    expect(await subjects(story, 'Ria')).toEqual([]);
    const timeline = (await story.facilitator.get(`/v1/cases/${story.id}/timeline`)).body as { items: { type: string; audience: string; text: string }[] };
    expect(timeline.items.filter(({ type }) => type.startsWith('meeting-moved')).map(({ audience, text }) => [audience, text])).toEqual([
      ['facilitator', 'Verplaatst: ziekte Griep'],
      ['circle', expect.stringMatching(/^De datum is veranderd van donderdag 14 januari.* naar donderdag 17 juni/)],
    ]);
  });

  it('asks everyone again: a yes to the date that is left is no yes to the new one, and cannot become it', async () => {
    const story = await aMeetingStory(test);
    await invite(story);
    const meeting = await plan(story, [slotIn(test, 30)]);
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    await joost.put(answering(meeting, story, 'Joost'), { answers: { [meeting.slotId!]: 'yes' }, remark: 'Ik neem taart mee' }).expect(200);
    await story.facilitator.put(answering(meeting, story, 'Ria'), { answers: { [meeting.slotId!]: 'no' } }).expect(200);
    const moved = bodyOf(await move(story, meeting.id, slotIn(test, 54)).expect(200));
    expect([await memberState(story, 'Joost'), await memberState(story, 'Ria'), await memberState(story, 'Karim')]).toEqual(['invited', 'invited', 'invited']);
    expect(moved.ranking).toEqual([{ slotId: moved.slotId, keepsAll: false, yes: 0, no: 0, informalYes: 0 }]);
    expect(moved.responses.find(({ memberId }) => memberId === joost.id)).toMatchObject({ answers: {}, remark: 'Ik neem taart mee' });
    const late = await joost.put(answering(meeting, story, 'Joost'), { answers: { [meeting.slotId!]: 'yes' } }).expect(400);
    expect(errorsOf(late)).toEqual([`/answers/${meeting.slotId} unknown-slot`]);
    await joost.put(answering(meeting, story, 'Joost'), { answers: { [moved.slotId!]: 'yes' } }).expect(200);
    expect(await memberState(story, 'Joost')).toBe('coming');
  });

  it('keeps what was said in the poll about the date that is chosen now, and all answers when only the place changes', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost', 'Karim');
    const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54)]);
    const [first, second] = poll.slots;
    await story.facilitator.put(answering(poll, story, 'Joost'), { answers: { [first!.id]: 'yes', [second!.id]: 'if-need-be' } }).expect(200);
    await story.facilitator.put(answering(poll, story, 'Karim'), { answers: { [first!.id]: 'no', [second!.id]: 'yes' } }).expect(200);
    await story.facilitator.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: first!.id }).expect(200);
    expect([await memberState(story, 'Joost'), await memberState(story, 'Karim')]).toEqual(['coming', 'not-coming']);
    const { startsAt, endsAt } = second!;
    const moved = bodyOf(await move(story, poll.id, { startsAt, endsAt }).expect(200));
    expect(moved.slotId).toBe(second!.id);
    expect(moved.slots.map(({ id }) => id)).toEqual([second!.id]);
    expect([await memberState(story, 'Joost'), await memberState(story, 'Karim')]).toEqual(['maybe', 'coming']);
    const place = { type: 'video', url: 'https://video.example/kamer' };
    expect(bodyOf(await move(story, poll.id, { startsAt, endsAt, place }).expect(200))).toMatchObject({ place, slotId: second!.id });
    expect([await memberState(story, 'Joost'), await memberState(story, 'Karim')]).toEqual(['maybe', 'coming']);
    await test.deliver();
    // Nothing of the earlier dates and places had gone: they hear once, of how it is now.
    expect((await subjects(story, 'Karim')).filter((subject) => subject !== 'Uitnodiging voor een gesprek')).toEqual(['De datum staat vast']);
    expect((await mailTo(test.app, story.mail('Karim'))).text).toContain('https://video.example/kamer');
    expect(appointment(calendarOf(await mailTo(test.app, story.mail('Karim')))).sequence).toBe('2');
  });

  it('replaces what was still to go about the old date, also in an invitation', async () => {
    const story = await aMeetingStory(test);
    await plan(story, [slotIn(test, 30)]);
    await test.deliver();
    await invite(story, 'Ria');
    const { id } = (bodyOf(await story.facilitator.get(`/v1/cases/${story.id}`)) as unknown as { meetings: { id: string }[] }).meetings[0]!;
    await move(story, id, { startsAt: '2027-02-11T09:00:00Z', endsAt: '2027-02-11T11:00:00Z' }).expect(200);
    await test.deliver();
    expect(await subjects(story, 'Ria')).toEqual(['Uitnodiging voor een gesprek', 'De datum staat vast']);
    for (const mail of await mailsTo(test.app, story.mail('Ria'))) expect(mail.text).toContain('donderdag 11 februari 2027, 10.00 tot 12.00 uur');
    expect(await subjects(story, 'Sanne')).toEqual(['De datum staat vast', 'De afspraak is veranderd']);
  });

  it('refuses dates that cannot be, the date that stands, and who may not; then nothing has moved', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    const meeting = await plan(story, [slotIn(test, 30)]);
    const { startsAt, endsAt } = meeting as { startsAt: string; endsAt: string };
    const cases: [object, string[]][] = [
      [slotIn(test, -1), ['/startsAt in-the-past']],
      [slotIn(test, 40, 0.05), ['/endsAt lasts-too-short']],
      [slotIn(test, 40, 72), ['/endsAt lasts-too-long']],
      [slotIn(test, 40, -1), ['/endsAt ends-before-start']],
      [{ startsAt, endsAt }, ['/startsAt date-stands']],
      [{ startsAt, endsAt, place: PLACE }, ['/startsAt date-stands']],
      [{ startsAt: '2027-03-28T02:30:00', endsAt }, ['/startsAt instant']],
      [{ startsAt }, ['/endsAt required']],
      [{ ...slotIn(test, 40), reason: 'whim' }, ['/reason one-of']],
      [{ ...slotIn(test, 40), place: { type: 'other', roomId: story.id } }, ['/place/roomId unknown-place']],
    ];
    for (const [body, errors] of cases) expect(errorsOf(await move(story, meeting.id, body).expect(400))).toEqual(errors);
    await move(story, meeting.id, slotIn(test, 40)).set('If-Match', '"7"').expect(412);
    const sanne = await atTheTable(test, story, story.resident.id);
    await sanne.post(`/v1/meetings/${meeting.id}/move`, slotIn(test, 40)).expect(403);
    await (await aMeetingStory(test)).facilitator.post(`/v1/meetings/${meeting.id}/move`, slotIn(test, 40)).expect(404);
    const poll = await aMeetingStory(test);
    const open = await plan(poll, [slotIn(test, 30), slotIn(test, 54)]);
    expect((await move(poll, open.id, slotIn(test, 40)).expect(409)).body).toMatchObject({ state: 'polling', allowed: ['answer', 'confirm', 'cancel', 'choose-chair'] });
    expect(bodyOf(await story.facilitator.get(`/v1/meetings/${meeting.id}`))).toMatchObject({ startsAt, version: 1 });
  });

  it('books nobody twice, and leaves the old hour free', async () => {
    const first = await aMeetingStory(test);
    const second = await aMeetingStory(test, {}, first.facilitator);
    const one = await plan(first, [slotIn(test, 30)]);
    const other = await plan(second, [slotIn(test, 54)]);
    const refused = await move(second, other.id, slotIn(test, 31)).expect(409);
    expect(codeOf(refused)).toBe('moment-not-possible');
    expect(bodyOf(await second.facilitator.get(`/v1/meetings/${other.id}`)).startsAt).toBe(other.startsAt);
    // Half an hour later than it was: its own booking is not in the way.
    await move(first, one.id, slotIn(test, 30.5)).expect(200);
    await move(first, one.id, slotIn(test, 80)).expect(200);
    await move(second, other.id, slotIn(test, 31)).expect(200);
  });

  it('keeps people apart who must not meet, and waits for the safety check again', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost', 'Karim');
    const meeting = await plan(story, [slotIn(test, 30)]);
    await story.facilitator.put(answering(meeting, story, 'Karim'), { answers: { [meeting.slotId!]: 'no' } }).expect(200);
    const memberIds = [story.members.Joost!.id, story.members.Karim!.id];
    await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds, reason: 'Ruzie', mode: 'never-together' }).expect(201);
    expect(codeOf(await move(story, meeting.id, slotIn(test, 54)).expect(409))).toBe('moment-not-possible');
    expect(await memberState(story, 'Karim')).toBe('not-coming');
  });
});

describe('Calling off', () => {
  it('tells everyone who heard of the date once, frees the time, and the case is prepared again; why stays with the facilitator', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost', 'Karim');
    const slots = [slotIn(test, 30)];
    const meeting = await plan(story, slots);
    await test.deliver();
    const { uid } = appointment(calendarOf(await mailTo(test.app, story.mail('Joost'))));
    await story.facilitator.put(answering(meeting, story, 'Joost'), { answers: { [meeting.slotId!]: 'yes' } }).expect(200);
    await invite(story, 'Ria');
    const off = await cancel(story, meeting.id, { reason: 'facilitator-cannot', remark: 'Ligt in het ziekenhuis' }).expect(200);
    expect(off.body).toMatchObject({ state: 'cancelled', reason: 'facilitator-cannot', note: 'Ligt in het ziekenhuis' });
    expect([await caseState(story), await memberState(story, 'Joost')]).toEqual(['preparing', 'invited']);
    await test.deliver();
    for (const name of ['Sanne', 'Joost', 'Karim']) {
      expect((await subjects(story, name)).slice(-2)).toEqual(['De datum staat vast', 'De afspraak gaat niet door']);
      const mail = await mailTo(test.app, story.mail(name));
      expect(appointment(calendarOf(mail))).toMatchObject({ method: 'CANCEL', uid, sequence: '1' });
      expect(mail.text).not.toContain('ziekenhuis');
    }
    // Who was invited after and never heard of the date, is invited without it.
    expect(await subjects(story, 'Ria')).toEqual(['Uitnodiging voor een gesprek']);
    expect((await mailTo(test.app, story.mail('Ria'))).text).not.toContain('Wanneer:');
    const sanne = await atTheTable(test, story, story.resident.id);
    const seen = await sanne.get(`/v1/meetings/${meeting.id}`).expect(200);
    expect(seen.text).not.toMatch(/ziekenhuis|facilitator-cannot/);
    expect((await sanne.get(`/v1/cases/${story.id}/timeline`)).text).not.toContain('ziekenhuis');
    expect(await timelineTypes(story)).toEqual(expect.arrayContaining(['meeting-cancelled', 'meeting-cancelled-because']));

    expect((await cancel(story, meeting.id).expect(409)).body).toMatchObject({ state: 'cancelled', allowed: [] });
    const again = await plan(story, slots);
    await test.deliver();
    expect((await subjects(story, 'Joost')).filter((subject) => subject === 'De afspraak gaat niet door')).toHaveLength(1);
    expect(appointment(calendarOf(await mailTo(test.app, story.mail('Joost')))).uid).not.toBe(uid);
    expect(again.state).toBe('fixed');
  });

  it('ends a poll: who was asked to choose need not any more', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    await test.deliver();
    const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54)]);
    await test.deliver();
    await invite(story, 'Ria');
    await cancel(story, poll.id, { reason: 'too-few-people' }).expect(200);
    await test.deliver();
    expect((await subjects(story, 'Joost')).slice(-2)).toEqual(['Kun je een datum kiezen?', 'We zoeken nu geen datum meer']);
    expect((await mailTo(test.app, story.mail('Joost'))).attachments).toEqual([]);
    expect(await subjects(story, 'Ria')).toEqual(['Uitnodiging voor een gesprek']);
    expect((await mailTo(test.app, story.mail('Ria'))).text).not.toContain('Keuze 1');
    expect(await caseState(story)).toBe('preparing');
    expect(codeOf(await story.facilitator.put(answering(poll, story, 'Joost'), { answers: { [poll.slots[0]!.id]: 'yes' } }).expect(409))).toBe('state-conflict');
  });

  it('says nothing to who had heard nothing yet', async () => {
    const story = await aMeetingStory(test);
    const meeting = await plan(story, [slotIn(test, 30)]);
    await cancel(story, meeting.id).expect(200);
    await test.deliver();
    expect(await subjects(story, 'Sanne')).toEqual([]);
  });

  it('needs a published reason, and is for the facilitator', async () => {
    const story = await aMeetingStory(test);
    const meeting = await plan(story, [slotIn(test, 30)]);
    expect(errorsOf(await cancel(story, meeting.id, {}).expect(400))).toEqual(['/reason required']);
    expect(errorsOf(await cancel(story, meeting.id, { reason: 'case-ended' }).expect(400))).toEqual(['/reason one-of']);
    const sanne = await atTheTable(test, story, story.resident.id);
    await sanne.post(`/v1/meetings/${meeting.id}/cancellation`, { reason: 'illness' }).expect(403);
  });
});
