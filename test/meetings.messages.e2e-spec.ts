import ICAL from 'ical.js';
import { startApp, type TestApp } from './support/app.js';
import { calendarOf, linkToken, mailsTo, mailTo } from './support/mailbox.js';
import { aMeetingStory, answering, bodyOf, invite, memberState, plan, slotIn, type MeetingStory } from './support/meetings.js';
import { atTheTable, byLink } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

const HOME = { place: { type: 'home', address: 'Lindelaan 4, Noord' } };

async function subjectsTo(story: MeetingStory, name: string): Promise<(string | null)[]> {
  return (await mailsTo(test.app, story.mail(name))).map(({ subject }) => subject).reverse();
}

const parsed = (ics: string) => {
  const calendar = new ICAL.Component(ICAL.parse(ics) as unknown[] as never);
  const component = calendar.getFirstSubcomponent('vevent')!;
  const value = (name: string): string => String(component.getFirstPropertyValue(name) ?? '');
  return {
    method: calendar.getFirstPropertyValue('method'),
    uid: value('uid'),
    sequence: value('sequence'),
    status: value('status'),
    summary: value('summary'),
    location: value('location'),
    start: value('dtstart'),
    stamp: value('dtstamp'),
    organizer: value('organizer'),
    attendees: component.getAllProperties('attendee').map((attendee) => String(attendee.getFirstValue()).toLowerCase()),
  };
};

describe('A fixed date', () => {
  it('goes to everyone who is invited and to the main person, each with a calendar invitation of their own', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost', 'Karim');
    await test.deliver();
    const meeting = await plan(story, [{ startsAt: '2027-01-14T13:00:00Z', endsAt: '2027-01-14T15:00:00Z' }], HOME);
    await test.deliver();

    expect(await subjectsTo(story, 'Ria')).toEqual([]);
    const uids = new Set<string>();
    for (const name of ['Sanne', 'Joost', 'Karim']) {
      const mail = await mailTo(test.app, story.mail(name));
      expect(mail.subject).toBe('De datum staat vast');
      expect(mail.text).toContain('donderdag 14 januari 2027, 14.00 tot 16.00 uur');
      expect(mail.text).toContain('Lindelaan 4, Noord');
      expect(mail.attachments.map(({ contentType }) => contentType)).toEqual(['text/calendar; charset=utf-8; method=REQUEST']);
      const event = parsed(calendarOf(mail));
      expect(event).toMatchObject({ method: 'REQUEST', sequence: '0', status: 'CONFIRMED', start: '2027-01-14T14:00:00' });
      expect(event.summary).toBe('Afspraak');
      expect(event.attendees).toEqual([`mailto:${story.mail(name)}`]);
      expect(event.organizer).toBe('mailto:netwerkberaad@localhost');
      expect(event.location).toContain('Lindelaan 4');
      uids.add(event.uid);
    }
    expect([...uids]).toEqual([`${meeting.id}@localhost`]);
  });

  it('brings a personal link to the circle, and none to a main person', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    await plan(story, [slotIn(test, 30)]);
    await test.deliver();
    expect((await mailTo(test.app, story.mail('Sanne'))).text).not.toContain('/l/');
    const joost = await byLink(test, linkToken(await mailTo(test.app, story.mail('Joost'))));
    expect(joost.id).toBe(story.members.Joost!.id);
  });

  it('is told to people who are invited afterwards: their invitation says it, and the appointment follows', async () => {
    const story = await aMeetingStory(test);
    await plan(story, [{ startsAt: '2027-01-14T09:00:00Z', endsAt: '2027-01-14T11:00:00Z' }]);
    await invite(story, 'Ria');
    await test.deliver();
    expect(await subjectsTo(story, 'Ria')).toEqual(['Uitnodiging voor een gesprek', 'De datum staat vast']);
    const [fixed, invitation] = await mailsTo(test.app, story.mail('Ria'));
    expect(invitation!.text).toContain('donderdag 14 januari 2027, 10.00 tot 12.00 uur');
    expect(parsed(calendarOf(fixed!)).attendees).toEqual([`mailto:${story.mail('Ria')}`]);
  });

  it('is kept from who said no to it, until they say yes after all', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Ria', 'Joost');
    const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54)], HOME);
    await test.deliver();
    const chosen = poll.slots[0]!.id;
    const say = (name: string, answer: string) =>
      story.facilitator.put(answering(poll, story, name), { answers: { [chosen]: answer } }).expect(200);
    await say('Ria', 'no');
    await say('Joost', 'if-need-be');
    await story.facilitator.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: chosen }).expect(200);
    await test.deliver();
    expect(await subjectsTo(story, 'Ria')).not.toContain('De datum staat vast');
    expect(await subjectsTo(story, 'Joost')).toContain('De datum staat vast');
    expect(await memberState(story, 'Ria')).toBe('not-coming');
    const ria = await atTheTable(test, story, story.members.Ria!.id);
    expect(bodyOf(await ria.get(`/v1/meetings/${poll.id}`).expect(200)).place).toEqual({ type: 'home' });

    await ria.put(answering(poll, story, 'Ria'), { answers: { [chosen]: 'yes' } }).expect(200);
    await test.deliver();
    expect((await mailTo(test.app, story.mail('Ria'))).text).toContain('Lindelaan 4');
    expect(bodyOf(await ria.get(`/v1/meetings/${poll.id}`)).place).toEqual(HOME.place);
    await say('Ria', 'no');
    await say('Ria', 'yes');
    await test.deliver();
    expect((await subjectsTo(story, 'Ria')).filter((subject) => subject === 'De datum staat vast')).toHaveLength(1);
  });

  it('is called off when the case stops: the appointment leaves the calendars, and the facilitator is free again', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    const slots = [slotIn(test, 30)];
    const meeting = await plan(story, slots);
    await test.deliver();
    const uid = parsed(calendarOf(await mailTo(test.app, story.mail('Joost')))).uid;
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'resident-stops' }).expect(200);
    await test.deliver();
    for (const name of ['Joost', 'Sanne']) {
      const mail = await mailTo(test.app, story.mail(name));
      expect(mail.subject).toBe('De afspraak gaat niet door');
      expect(parsed(calendarOf(mail))).toMatchObject({ method: 'CANCEL', status: 'CANCELLED', sequence: '1', uid });
    }
    expect(bodyOf(await story.facilitator.get(`/v1/meetings/${meeting.id}`)).state).toBe('cancelled');
    await plan(await aMeetingStory(test, {}, story.facilitator), slots);
  });
});

describe('A poll', () => {
  const SLOTS = [
    { startsAt: '2027-01-14T13:00:00Z', endsAt: '2027-01-14T15:00:00Z' },
    { startsAt: '2027-01-15T18:30:00Z', endsAt: '2027-01-15T20:00:00Z' },
  ];

  it('asks everyone who is invited, and the main person, with all its dates', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    await test.deliver();
    await plan(story, SLOTS, HOME);
    await test.deliver();
    expect(await subjectsTo(story, 'Joost')).toEqual(['Uitnodiging voor een gesprek', 'Kun je een datum kiezen?']);
    const { text, attachments } = await mailTo(test.app, story.mail('Joost'));
    expect(text).toContain('donderdag 14 januari 2027, 14.00 tot 16.00 uur');
    expect(text).toContain('vrijdag 15 januari 2027, 19.30 tot 21.00 uur');
    expect(text).not.toContain('Lindelaan');
    expect(attachments).toEqual([]);
    expect((await mailTo(test.app, story.mail('Sanne'))).text).not.toContain('/l/');
    expect(await subjectsTo(story, 'Ria')).toEqual([]);
  });

  it('joins an invitation that has not gone yet, whichever came first', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    await plan(story, SLOTS);
    await invite(story, 'Ria');
    await test.deliver();
    for (const name of ['Joost', 'Ria']) {
      expect(await subjectsTo(story, name)).toEqual(['Uitnodiging voor een gesprek']);
      expect((await mailTo(test.app, story.mail(name))).text).toContain('vrijdag 15 januari 2027, 19.30 tot 21.00 uur');
    }
  });

  it('is not asked any more when the date is fixed before its mail went', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    await test.deliver();
    const poll = await plan(story, SLOTS);
    await story.facilitator.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: poll.slots[1]!.id }).expect(200);
    await test.deliver();
    expect(await subjectsTo(story, 'Joost')).toEqual(['Uitnodiging voor een gesprek', 'De datum staat vast']);
  });
});

describe('Looking', () => {
  it('shows a circle member their own answers, date and place, and nothing of others', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Ria', 'Joost');
    const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54)], { ...HOME, mustAttend: [story.members.Ria!.id] });
    const [first, second] = poll.slots.map(({ id }) => id) as [string, string];
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    await joost.put(answering(poll, story, 'Joost'), { answers: { [second]: 'yes' } }).expect(200);
    await story.facilitator.put(answering(poll, story, 'Ria'), { answers: { [second]: 'no', [first]: 'yes' } }).expect(200);
    const seen = await joost.get(`/v1/meetings/${poll.id}`).expect(200);
    expect(seen.body).toMatchObject({ state: 'polling', place: { type: 'home' }, slots: poll.slots });
    expect(bodyOf(seen).place).not.toHaveProperty('address');
    expect(bodyOf(seen).responses.map(({ memberId }) => memberId)).toEqual([joost.id]);
    for (const hidden of ['ranking', 'mustAttend', 'attendance', 'note', 'reason', 'facilitatorHours']) {
      expect(seen.body).not.toHaveProperty(hidden);
    }
    await story.facilitator.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: second }).expect(200);
    expect(bodyOf(await joost.get(`/v1/meetings/${poll.id}`)).place).toEqual(HOME.place);
  });

  it('is for who has a part in it', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    const meeting = await plan(story, [slotIn(test, 30)]);
    const other = await aMeetingStory(test);
    await invite(other, 'Joost');
    const path = `/v1/meetings/${meeting.id}`;
    const ria = await approvedAtTheTable(story, 'Ria');
    for (const stranger of [other.facilitator, await atTheTable(test, other, other.members.Joost!.id), ria]) {
      await stranger.get(path).expect(404);
      await stranger.get(`${path}/calendar.ics`).expect(404);
    }
    const elsewhere = await (await test.otherOrganisation(`z${Date.now().toString(36)}`)).staff('Noor Elders', 'facilitator');
    await elsewhere.get(path).expect(404);
    await (await test.staff('Lea Lead', 'lead')).get(path).expect(403);
    await test.as().get(path).expect(401);
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    await joost.get(path).expect(200);
    await joost.post(`${path}/confirmation`, { slotId: meeting.slotId }).expect(403);
    await joost.post(`${path}/conclusion`, { outcome: 'plan' }).expect(403);
    await joost.put(`${path}/attendance`, { items: [] }).expect(403);
    await story.facilitator.get('/v1/meetings/7').expect(404);
  });

  it('gives the appointment as a file: an invitation for its reader, a publication for the facilitator', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    const poll = await plan(story, [slotIn(test, 30), slotIn(test, 54)], HOME);
    const path = `/v1/meetings/${poll.id}/calendar.ics`;
    await story.facilitator.get(path).expect(404);
    await story.facilitator.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: poll.slots[0]!.id }).expect(200);
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    const his = await joost.get(path).set('Accept', 'text/calendar').expect(200);
    expect(his.headers['content-type']).toBe('text/calendar; charset=utf-8; method=REQUEST');
    expect(his.headers.etag).toBe('"2"');
    const event = parsed(his.text);
    expect(event).toMatchObject({ method: 'REQUEST', attendees: [`mailto:${story.mail('Joost')}`] });
    expect(event.stamp).toBe(`${test.clock.now().toISOString().slice(0, 19)}Z`);
    expect(event.location).toContain('Bij Sanne');
    const hers = parsed((await story.facilitator.get(path).expect(200)).text);
    expect(hers).toMatchObject({ method: 'PUBLISH', attendees: [], uid: event.uid });
    await joost.put(answering(poll, story, 'Joost'), { answers: { [poll.slots[0]!.id]: 'no' } }).expect(200);
    expect(parsed((await joost.get(path).expect(200)).text).location).not.toContain('Lindelaan');
  });

  /** Somebody who may be asked but was not invited, with a link that was shown to them. */
  async function approvedAtTheTable(story: MeetingStory, name: string) {
    const { id } = story.members[name]!;
    await story.facilitator.post(`/v1/circle-members/${id}/approval`, { by: 'main-person' }).expect(200);
    return atTheTable(test, story, id);
  }
});
