import ICAL from 'ical.js';
import { CircleService } from '../src/circle/circle.service.js';
import { systemContext } from '../src/platform/actor.js';
import { Database } from '../src/platform/database/database.js';
import { startApp, type TestApp } from './support/app.js';
import { aVisitor } from './support/browser.js';
import { calendarOf, mailsTo } from './support/mailbox.js';
import { aMeetingStory, bodyOf, codeOf, errorsOf, invite, plan, slotIn, timelineTypes, type MeetingBody, type MeetingStory } from './support/meetings.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

const id = (story: MeetingStory, name: string): string => story.members[name]!.id;
const keepApart = async (story: MeetingStory, one: string, other: string): Promise<void> => {
  const body = { memberIds: [id(story, one), id(story, other)], reason: 'Verbod van de rechter', mode: 'separate-parts' };
  await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, body).expect(201);
};
const place = { type: 'other', address: 'Buurthuis De Klok, Kerkstraat 1' };
/** Two hours: the first three quarters, a quarter between, and the second hour. */
const split = (story: MeetingStory, first: string[], second: string[]): object[] => [
  { memberIds: first.map((name) => id(story, name)), fromMinute: 0, untilMinute: 45 },
  { memberIds: second.map((name) => id(story, name)), fromMinute: 60, untilMinute: 120 },
];
const SAFE = { directDanger: false, veiligThuis: 'consulted', together: 'yes' };
const check = (story: MeetingStory, changes: object): ReturnType<typeof story.facilitator.put> => {
  const spokenAlone = Object.values(story.members).filter(({ isMainPerson }) => isMainPerson).map((person) => person.id);
  return story.facilitator.put(`/v1/cases/${story.id}/safety-check`, { ...SAFE, spokenAlone, ...changes });
};
const clock = (instant: string): string =>
  new Intl.DateTimeFormat('nl-NL', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Amsterdam' }).format(new Date(instant));
const plus = (instant: string, minutes: number): string => new Date(Date.parse(instant) + minutes * 60_000).toISOString();

it('asks separate parts for who may only come apart, names nobody, and takes them with a quarter of an hour between', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  await keepApart(story, 'Ria', 'Joost');
  const planned = (parts?: object[]): ReturnType<typeof story.facilitator.post> =>
    story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slotIn(test, 48)], parts });
  const refused = await planned([]).expect(409);
  expect(codeOf(refused)).toBe('separate-parts-needed');
  expect(refused.text).not.toMatch(/Ria|Joost|rechter/);
  expect(codeOf(await planned([{ memberIds: [id(story, 'Ria')], fromMinute: 0, untilMinute: 60 }]).expect(409))).toBe('separate-parts-needed');
  const near = [split(story, ['Ria'], ['Joost'])[0]!, { memberIds: [id(story, 'Joost')], fromMinute: 59, untilMinute: 120 }];
  expect(codeOf(await planned(near).expect(409))).toBe('separate-parts-needed');
  const long = [{ memberIds: [id(story, 'Ria')], fromMinute: 0, untilMinute: 121 }];
  expect(errorsOf(await planned(long).expect(400))).toEqual(['/parts/0/untilMinute after-the-end']);
  const parts = split(story, ['Ria'], ['Joost']);
  expect((await planned(parts).expect(201)).body).toMatchObject({ state: 'fixed', parts });
});

it('splits a date in two halves where nobody said who is in which, also when it is chosen from a poll by people who can come', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  await keepApart(story, 'Joost', 'Ria');
  const meetings = `/v1/cases/${story.id}/meetings`;
  const [first, second] = [slotIn(test, 48), slotIn(test, 72)];
  const half = (memberId: string): object => expect.objectContaining({ memberIds: [memberId] }) as object;
  const apart = (meeting: MeetingBody): void => {
    expect(meeting).toMatchObject({ state: 'fixed', parts: [{ fromMinute: 0, untilMinute: 52 }, { fromMinute: 67, untilMinute: 120 }] });
    expect(meeting).toMatchObject({ parts: expect.arrayContaining([half(id(story, 'Ria')), half(id(story, 'Joost'))]) as object });
  };
  const fixed = (await story.facilitator.post(meetings, { place, slots: [first] }).expect(201)).body as MeetingBody;
  apart(fixed);
  await story.facilitator.post(`/v1/meetings/${fixed.id}/cancellation`, { reason: 'illness' }).expect(200);
  const short = { startsAt: second.startsAt, endsAt: plus(second.startsAt, 44) };
  expect(codeOf(await story.facilitator.post(meetings, { place, slots: [short] }).expect(409))).toBe('separate-parts-needed');

  const poll = await plan(story, [first, second]);
  expect(poll).toMatchObject({ state: 'polling', parts: [] });
  const slotId = poll.slots.find(({ startsAt }) => Date.parse(startsAt) === Date.parse(second.startsAt))!.id;
  apart((await story.facilitator.post(`/v1/meetings/${poll.id}/confirmation`, { slotId }).expect(200)).body as MeetingBody);
});

it('lets each read only from when until when they come, on every way, and nothing of there being parts', async () => {
  const story = await aMeetingStory(test, { otherMainPersons: [{ name: 'Mark', email: `mark.${Date.now()}@example.org` }] });
  await invite(story);
  await keepApart(story, 'Sanne', 'Mark');
  await keepApart(story, 'Ria', 'Joost');
  await test.deliver();
  // Not at the same time of day as now, which stands on pages too.
  const slot = slotIn(test, 72.1);
  const parts = split(story, ['Sanne', 'Ria'], ['Mark', 'Joost']);
  const meeting = await plan(story, [slot], { parts });
  await test.deliver();
  const times: Record<string, [string, string]> = {
    Sanne: [slot.startsAt, plus(slot.startsAt, 45)],
    Ria: [slot.startsAt, plus(slot.startsAt, 45)],
    Mark: [plus(slot.startsAt, 60), slot.endsAt],
    Joost: [plus(slot.startsAt, 60), slot.endsAt],
    Karim: [slot.startsAt, slot.endsAt],
  };
  const spellings = (instant: string): string[] => [clock(instant), clock(instant).replace(':', '.')];
  for (const [name, [startsAt, endsAt]] of Object.entries(times)) {
    const reader = await atTheTable(test, story, id(story, name));
    const seen = bodyOf(await reader.get(`/v1/meetings/${meeting.id}`).expect(200));
    expect({ name, startsAt: seen.startsAt, endsAt: seen.endsAt, slots: seen.slots }).toEqual({ name, startsAt, endsAt, slots: [{ id: meeting.slotId, startsAt, endsAt }] });
    const file = (await reader.get(`/v1/meetings/${meeting.id}/calendar.ics`).expect(200)).text;
    const mails = name === 'Mark' ? [] : (await mailsTo(test.app, story.mail(name))).filter(({ attachments }) => attachments.length > 0);
    for (const calendar of [file, ...mails.map((mail) => calendarOf(mail))]) {
      const event = new ICAL.Component(ICAL.parse(calendar) as unknown[]).getFirstSubcomponent('vevent')!;
      const [begins, ends] = ['dtstart', 'dtend'].map((key) => String(event.getFirstPropertyValue(key)).slice(11, 16));
      expect({ name, begins, ends }).toEqual({ name, begins: clock(startsAt), ends: clock(endsAt) });
    }
    const others = Object.values(times).flat().filter((instant) => instant !== startsAt && instant !== endsAt);
    const isMain = story.members[name]!.isMainPerson;
    const visitor = aVisitor(test);
    const link = await story.facilitator.post(`/v1/circle-members/${id(story, name)}/links`, { via: 'show' }).expect(201);
    const path = new URL((link.body as { url: string }).url).pathname;
    await visitor.open(path);
    await visitor.send(path);
    const page = (await visitor.open(isMain ? '/mijn' : '/kring')).text;
    const read = [JSON.stringify(seen), file, page, ...mails.map(({ text, html }) => `${text} ${html}`)];
    const mainOnly = isMain ? [`/v1/cases/${story.id}`, `/v1/cases/${story.id}/timeline?limit=100`] : [];
    const fresh = await atTheTable(test, story, id(story, name));
    for (const address of mainOnly) read.push((await fresh.get(address).expect(200)).text);
    const whole = read.join('\n');
    for (const instant of others) {
      expect({ name, instant, isThere: whole.includes(instant) }).toEqual({ name, instant, isThere: false });
      const typed = `${page} ${mails.map(({ text }) => text).join(' ')} ${read.at(-1)}`.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');
      for (const spelling of spellings(instant)) expect({ name, spelling, isThere: typed.includes(spelling) }).toEqual({ name, spelling, isThere: false });
    }
    expect(whole).not.toMatch(/parts|fromMinute|untilMinute/);
    if (name === 'Sanne') expect(whole).not.toContain('Mark');
    if (name === 'Mark') expect(whole).not.toContain('Sanne');
  }
});

it('holds for every date of a poll, and after a move', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  await keepApart(story, 'Ria', 'Joost');
  const poll = await plan(story, [slotIn(test, 48), slotIn(test, 96)], { parts: split(story, ['Ria'], ['Joost']) });
  const joost = await atTheTable(test, story, id(story, 'Joost'));
  const seen = bodyOf(await joost.get(`/v1/meetings/${poll.id}`).expect(200));
  expect(seen.slots.map(({ startsAt }) => startsAt).sort()).toEqual(poll.slots.map(({ startsAt }) => plus(startsAt, 60)).sort());
  await story.facilitator.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: poll.slots[0]!.id }).expect(200);
  const later = slotIn(test, 120);
  await story.facilitator.post(`/v1/meetings/${poll.id}/move`, later).expect(200);
  const moved = bodyOf(await joost.get(`/v1/meetings/${poll.id}`).expect(200));
  expect(moved.startsAt).toBe(plus(later.startsAt, 60));
  const short = { startsAt: later.startsAt, endsAt: plus(later.startsAt, 60) };
  expect(codeOf(await story.facilitator.post(`/v1/meetings/${poll.id}/move`, short).expect(409))).toBe('parts-beyond-end');
});

it('tells the facilitator when people are kept apart after the date was fixed; they split it, and who has other times hears', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  const slot = slotIn(test, 72);
  const meeting = await plan(story, [slot]);
  await test.deliver();
  await keepApart(story, 'Ria', 'Joost');
  expect(await timelineTypes(story)).toContain('meeting-not-like-this');
  const ria = await atTheTable(test, story, id(story, 'Ria'));
  const late = await ria.put(`/v1/meetings/${meeting.id}/responses/${ria.id}`, { answers: { [meeting.slotId!]: 'yes' } }).expect(409);
  expect(codeOf(late)).toBe('moment-not-possible');
  const path = `/v1/meetings/${meeting.id}/parts`;
  expect(codeOf(await story.facilitator.put(path, { parts: [] }).expect(409))).toBe('separate-parts-needed');
  const before = (await mailsTo(test.app, story.mail('Karim'))).length;
  expect((await story.facilitator.put(path, { parts: split(story, ['Ria'], ['Joost']) }).expect(200)).body).toMatchObject({ state: 'fixed' });
  await test.deliver();
  const updates = (await mailsTo(test.app, story.mail('Joost'))).filter(({ attachments }) => attachments.length > 0).map(calendarOf).filter((calendar) => calendar.includes('SEQUENCE:1'));
  expect(updates).toHaveLength(1);
  const newest = updates[0]!;
  const event = new ICAL.Component(ICAL.parse(newest) as unknown[]).getFirstSubcomponent('vevent')!;
  const begins = (event.getFirstPropertyValue('dtstart') as ICAL.Time).toString().slice(11, 16);
  expect(begins).toBe(clock(plus(slot.startsAt, 60)));
  expect((await mailsTo(test.app, story.mail('Karim'))).length).toBe(before);
  await ria.put(`/v1/meetings/${meeting.id}/responses/${ria.id}`, { answers: { [meeting.slotId!]: 'yes' } }).expect(200);
});

describe('the safety gate', () => {
  const couple = (): Promise<MeetingStory> =>
    aMeetingStory(test, { safety: { level: 'concern' }, otherMainPersons: [{ name: 'Mark', email: `mark.${Math.random()}@example.org` }] });
  const meet = (story: MeetingStory, parts?: object[], slots = [slotIn(test, 48)]): ReturnType<typeof story.facilitator.post> =>
    story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots, parts });

  it('plans no date and no poll before it is complete, and says what is missing', async () => {
    const story = await couple();
    for (const slots of [[slotIn(test, 48)], [slotIn(test, 48), slotIn(test, 72)]]) {
      expect(codeOf(await meet(story, undefined, slots).expect(409))).toBe('safety-check-needed');
    }
    const table: [object, string[]][] = [
      [{ directDanger: true }, ['direct-danger']],
      [{ directDanger: true, veiligThuis: 'not-yet', spokenAlone: [] }, ['direct-danger']],
      [{ veiligThuis: 'not-yet' }, ['veilig-thuis']],
      [{ spokenAlone: [story.resident.id] }, ['spoken-alone']],
      [{ veiligThuis: 'not-yet', spokenAlone: [], together: 'no' }, ['veilig-thuis', 'spoken-alone']],
    ];
    for (const [changes, missing] of table) {
      expect((await check(story, changes).expect(200)).body).toMatchObject({ meetingPossible: false, missing });
      expect(codeOf(await meet(story).expect(409))).toBe('safety-check-needed');
      expect(codeOf(await meet(story, split(story, ['Sanne'], ['Mark'])).expect(409))).toBe('safety-check-needed');
    }
    expect((await check(story, {}).expect(200)).body).toMatchObject({ meetingPossible: true, missing: [] });
    await meet(story).expect(201);
  });

  it.each(['no', 'apart'])('with together "%s" plans main persons in parts of their own only, polls too', async (together) => {
    const story = await couple();
    await check(story, { together }).expect(200);
    expect(codeOf(await meet(story).expect(409))).toBe('not-together');
    expect(codeOf(await meet(story, split(story, ['Sanne', 'Mark'], ['Ria'])).expect(409))).toBe('not-together');
    expect(codeOf(await meet(story, undefined, [slotIn(test, 48), slotIn(test, 72)]).expect(409))).toBe('not-together');
    await meet(story, split(story, ['Sanne'], ['Mark']), [slotIn(test, 48), slotIn(test, 72)]).expect(201);
  });

  it('that closes after a date was fixed tells the facilitator: nobody else is invited to it, and it is split or called off', async () => {
    const story = await couple();
    await invite(story, 'Ria');
    await check(story, {}).expect(200);
    const meeting = (await meet(story).expect(201)).body as MeetingBody;
    expect(await timelineTypes(story)).not.toContain('meeting-not-like-this');
    await check(story, { together: 'no' }).expect(200);
    expect((await timelineTypes(story)).filter((type) => type === 'meeting-not-like-this')).toHaveLength(1);
    await story.facilitator.post(`/v1/circle-members/${id(story, 'Joost')}/approval`, { by: 'main-person' }).expect(200);
    expect(codeOf(await story.facilitator.post(`/v1/cases/${story.id}/invitations`).expect(409))).toBe('not-together');
    await check(story, { directDanger: true }).expect(200);
    expect(codeOf(await story.facilitator.post(`/v1/cases/${story.id}/invitations`).expect(409))).toBe('safety-check-needed');
    expect(codeOf(await story.facilitator.put(`/v1/meetings/${meeting.id}/parts`, { parts: split(story, ['Sanne'], ['Mark']) }).expect(409))).toBe('safety-check-needed');
    await check(story, { together: 'apart' }).expect(200);
    await story.facilitator.put(`/v1/meetings/${meeting.id}/parts`, { parts: split(story, ['Sanne'], ['Mark']) }).expect(200);
    await story.facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  });
});

it('the safety gate closes again when a main person comes later, to whom nobody spoke alone', async () => {
  const story = await aMeetingStory(test, { safety: { level: 'concern' } });
  await check(story, {}).expect(200);
  await plan(story, [slotIn(test, 48)]);
  await test.app.get(Database).run(systemContext(test.organisationId, 'test'), (tx) =>
    test.app.get(CircleService).add(tx, [{ caseId: story.id, name: 'Mark', relation: null, isMainPerson: true, reach: 'visit' }]),
  );
  const types = await timelineTypes(story);
  expect(types).toContain('safety-reopened');
  expect(types).toContain('meeting-not-like-this');
  expect((await check(story, {}).expect(200)).body).toMatchObject({ meetingPossible: false, missing: ['spoken-alone'] });
});

it('reminders and what somebody takes along of their own data have their own times only', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  await keepApart(story, 'Ria', 'Joost');
  const slot = slotIn(test, 50.1);
  const meeting = await plan(story, [slot], { parts: split(story, ['Ria'], ['Joost']) });
  await test.deliver();
  for (const name of ['Ria', 'Joost']) await story.facilitator.put(`/v1/meetings/${meeting.id}/responses/${id(story, name)}`, { answers: { [meeting.slotId!]: 'yes' } }).expect(200);
  const joost = await atTheTable(test, story, id(story, 'Joost'));
  const data = (await joost.get('/v1/me/data').expect(200)).text;
  expect(data).toContain(plus(slot.startsAt, 60));
  expect(data).not.toContain(slot.startsAt);
  expect(data).not.toMatch(/fromMinute|untilMinute|parts/);
  test.clock.advance({ hours: 30 });
  await test.deliver();
  const reminder = async (name: string): Promise<string> => (await mailsTo(test.app, story.mail(name))).find(({ subject }) => subject === 'Denk je aan onze afspraak?')!.text;
  const spelled = (instant: string): string => clock(instant).replace(':', '.');
  const own = { Ria: slot.startsAt, Joost: plus(slot.startsAt, 60) };
  const [ria, late] = [await reminder('Ria'), await reminder('Joost')];
  expect(ria).toContain(spelled(own.Ria));
  expect(ria).not.toContain(spelled(own.Joost));
  expect(late).toContain(spelled(own.Joost));
  expect(late).not.toContain(spelled(own.Ria));
});

it('a poll that is split sends nothing: who has other times reads them on their page', async () => {
  const story = await aMeetingStory(test);
  await invite(story);
  const poll = await plan(story, [slotIn(test, 96), slotIn(test, 120)]);
  await test.deliver();
  const counts = (): Promise<number[]> => Promise.all(['Ria', 'Joost', 'Karim'].map(async (name) => (await mailsTo(test.app, story.mail(name))).length));
  const before = await counts();
  await story.facilitator.put(`/v1/meetings/${poll.id}/parts`, { parts: split(story, ['Ria'], ['Joost']) }).expect(200);
  await test.deliver();
  expect(await counts()).toEqual(before);
});
