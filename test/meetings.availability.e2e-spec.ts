import { Client } from 'pg';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { aMeetingStory, codeOf, errorsOf, invite, plan } from './support/meetings.js';

/** A look behind the service. */
async function look(sql: string): Promise<{ rows: unknown[] }> {
  const client = new Client(test.database.superuserUrl);
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

interface AbsenceBody {
  id: string;
  kind: string;
  startsAt: string;
  endsAt: string;
  note: string | null;
  meetings: { id: string; reference: string }[];
}

const OFFICE = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 540, until: 1020 }));
const THURSDAY = { startsAt: '2027-01-14T13:00:00Z', endsAt: '2027-01-14T15:00:00Z' };
const OTHER = { type: 'other', address: 'Buurthuis De Klok' };

const away = async (who: Caller, from: string, to: string, more: object = {}): Promise<AbsenceBody> =>
  (await who.post('/v1/me/absences', { kind: 'leave', from, to, ...more }).expect(201)).body as AbsenceBody;
const warningsOf = (body: unknown): string[] => ((body as { warnings?: { code: string }[] }).warnings ?? []).map(({ code }) => code);

describe('The hours of a week', () => {
  it('are empty at first, and are put as a whole', async () => {
    const noor = await test.staff('Ursula Uren', 'facilitator');
    expect((await noor.get('/v1/me/availability').expect(200)).body).toEqual({ hours: [] });
    await noor.put('/v1/me/availability', { hours: OFFICE }).expect(200);
    expect((await noor.get('/v1/me/availability')).body).toEqual({ hours: OFFICE });
  });

  it('end after they begin and do not meet', async () => {
    const noor = await test.staff('Noor Uren', 'facilitator');
    const put = (...hours: object[]) => noor.put('/v1/me/availability', { hours });
    expect(errorsOf(await put({ weekday: 1, from: 600, until: 600 }).expect(400))).toEqual(['/hours/0/until ends-before-start']);
    expect(errorsOf(await put({ weekday: 1, from: 540, until: 720 }, { weekday: 1, from: 719, until: 800 }).expect(400))).toEqual([
      '/hours/1/from hours-overlap',
    ]);
    await put({ weekday: 8, from: 0, until: 10 }).expect(400);
    await put({ weekday: 1, from: 540, until: 720 }, { weekday: 1, from: 720, until: 800 }).expect(200);
  });
});

describe('An absence', () => {
  it('lasts whole days unless times are said, also where the clocks change', async () => {
    const noor = await test.staff('Wendy Weg', 'facilitator');
    expect(await away(noor, '2027-03-27', '2027-03-28')).toMatchObject({ startsAt: '2027-03-26T23:00:00.000Z', endsAt: '2027-03-28T22:00:00.000Z', meetings: [] });
    const afternoon = await away(noor, '2027-02-01', '2027-02-01', { fromTime: '13:00', toTime: '17:00', kind: 'course', note: 'Training' });
    expect(afternoon).toMatchObject({ startsAt: '2027-02-01T12:00:00.000Z', endsAt: '2027-02-01T16:00:00.000Z', note: 'Training' });
    const { items } = (await noor.get('/v1/me/absences').expect(200)).body as { items: AbsenceBody[] };
    expect(items.map(({ kind }) => kind)).toEqual(['course', 'leave']);
    await noor.delete(`/v1/me/absences/${afternoon.id}`).expect(204);
    await noor.delete(`/v1/me/absences/${afternoon.id}`).expect(404);
  });

  it('is refused backwards, in the past, at a time that does not exist, and for more than a year', async () => {
    const noor = await test.staff('Noor Weg', 'facilitator');
    const post = async (body: object) => errorsOf(await noor.post('/v1/me/absences', { kind: 'leave', ...body }).expect(400));
    expect(await post({ from: '2027-02-02', to: '2027-02-01' })).toEqual(['/to ends-before-start']);
    expect(await post({ from: '2026-11-01', to: '2026-11-10' })).toEqual(['/to in-the-past']);
    expect(await post({ from: '2027-03-28', to: '2027-03-28', fromTime: '02:30' })).toEqual(['/fromTime no-such-time']);
    expect(await post({ from: '2027-01-01', to: '2028-01-10' })).toEqual(['/to absence-too-long']);
  });

  it('is nobody else’s to read or take away, and its note is sealed', async () => {
    const noor = await test.staff('Noor Weg', 'facilitator');
    const kees = await test.staff('Kees Collega', 'facilitator');
    const { id } = await away(noor, '2027-05-10', '2027-05-11', { kind: 'illness', note: 'knie-operatie' });
    await kees.delete(`/v1/me/absences/${id}`).expect(404);
    expect(JSON.stringify((await kees.get('/v1/me/absences')).body)).not.toContain(id);
    const { rows } = await look('select sealed::text as sealed from meetings_absences');
    expect(JSON.stringify(rows)).not.toContain(Buffer.from('knie-operatie').toString('hex'));
  });

  it('forbids planning at that time, one date or one of several, and says what can be done', async () => {
    const story = await aMeetingStory(test);
    const { id } = await away(story.facilitator, '2027-01-14', '2027-01-14');
    const ask = (...slots: object[]) => story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place: OTHER, slots });
    const refused = await ask(THURSDAY).expect(409);
    expect(codeOf(refused)).toBe('facilitator-absent');
    expect((refused.body as { detail: string }).detail).toContain('draag het traject eerst over');
    const friday = { startsAt: '2027-01-15T13:00:00Z', endsAt: '2027-01-15T15:00:00Z' };
    expect(codeOf(await ask(friday, THURSDAY).expect(409))).toBe('facilitator-absent');
    await story.facilitator.delete(`/v1/me/absences/${id}`).expect(204);
    await ask(THURSDAY).expect(201);
  });

  it('forbids choosing a date of a poll that was offered before', async () => {
    const story = await aMeetingStory(test);
    const poll = await plan(story, [THURSDAY, { startsAt: '2027-01-15T13:00:00Z', endsAt: '2027-01-15T15:00:00Z' }]);
    await away(story.facilitator, '2027-01-14', '2027-01-14');
    const choose = (place: number) => story.facilitator.post(`/v1/meetings/${poll.id}/confirmation`, { slotId: poll.slots[place]!.id });
    expect(codeOf(await choose(0).expect(409))).toBe('facilitator-absent');
    await choose(1).expect(200);
  });

  it('forbids moving a meeting to that time', async () => {
    const story = await aMeetingStory(test);
    const meeting = await plan(story, [THURSDAY]);
    await away(story.facilitator, '2027-01-15', '2027-01-15');
    const move = (day: string) => story.facilitator.post(`/v1/meetings/${meeting.id}/move`, { startsAt: `2027-01-${day}T13:00:00Z`, endsAt: `2027-01-${day}T15:00:00Z` });
    expect(codeOf(await move('15').expect(409))).toBe('facilitator-absent');
    await move('18').expect(200);
  });

  it('that begins where a meeting ends is in nobody’s way', async () => {
    const story = await aMeetingStory(test);
    await away(story.facilitator, '2027-01-14', '2027-01-14', { fromTime: '16:00', toTime: '18:00' });
    await plan(story, [THURSDAY]);
  });

  it('over a fixed meeting is noted all the same, and names it to be handed over', async () => {
    const story = await aMeetingStory(test);
    const meeting = await plan(story, [THURSDAY]);
    const absence = await away(story.facilitator, '2027-01-10', '2027-01-20', { kind: 'illness' });
    expect(absence.meetings).toMatchObject([{ id: meeting.id, reference: story.reference }]);
    const { items } = (await story.facilitator.get('/v1/me/absences')).body as { items: AbsenceBody[] };
    expect(items[0]!.meetings).toHaveLength(1);
    const next = await test.staff('Olga Opvolger', 'facilitator');
    await story.facilitator.post(`/v1/cases/${story.id}/handover`, { facilitatorId: next.id, reason: 'illness' }).expect(200);
    const after = (await story.facilitator.get('/v1/me/absences')).body as { items: AbsenceBody[] };
    expect(after.items[0]!.meetings).toEqual([]);
  });

  it('of who takes over asks for a stand-in', async () => {
    const story = await aMeetingStory(test);
    await plan(story, [THURSDAY]);
    const next = await test.staff('Wim Weg', 'facilitator');
    await away(next, '2027-01-14', '2027-01-14');
    const refused = await story.facilitator.post(`/v1/cases/${story.id}/handover`, { facilitatorId: next.id, reason: 'leave' }).expect(409);
    expect(codeOf(refused)).toBe('stand-in-needed');
  });

  it('shows in the list of facilitators as away until then, without a reason', async () => {
    const lead = await test.staff('Lea Lead', 'lead');
    await test.staff('Trees Thuis', 'facilitator');
    const noor = await test.staff('Anna Afwezig', 'facilitator');
    await away(noor, '2026-11-16', '2026-11-17', { kind: 'illness', note: 'griep' });
    await away(noor, '2026-11-30', '2026-12-01');
    const answer = await lead.get('/v1/facilitators?limit=100').expect(200);
    const { items } = answer.body as { items: { id: string; absentUntil: string | null }[] };
    expect(items.find(({ id }) => id === noor.id)!.absentUntil).toBe('2026-11-17T23:00:00.000Z');
    expect(items.find(({ id }) => id !== noor.id)!.absentUntil).toBeNull();
    expect(answer.text).not.toMatch(/illness|griep/);
  });

  it('in a turn on duty is warned of, and the roster is kept', async () => {
    const lead = await test.staff('Lea Lead', 'lead');
    const noor = await test.staff('Dora Dienst', 'facilitator');
    await away(noor, '2026-12-02', '2026-12-02');
    const item = (day: string) => ({ from: `2026-12-0${day}T07:00:00Z`, to: `2026-12-0${day}T17:00:00Z`, firstId: noor.id, secondId: null });
    const put = await lead.put('/v1/duty-roster', { items: [item('1'), item('2')] }).expect(200);
    expect(put.body).toMatchObject({ items: [{}, {}], warnings: [{ code: 'absent', from: '2026-12-02T07:00:00.000Z', facilitatorId: noor.id }] });
    expect((await lead.put('/v1/duty-roster', { items: [item('1')] })).body).not.toHaveProperty('warnings');
  });
});

describe('A date is planned with a warning', () => {
  it('outside working hours and on a holiday, in winter and summer time', async () => {
    const story = await aMeetingStory(test);
    await story.facilitator.put('/v1/me/availability', { hours: OFFICE }).expect(200);
    const slots = [
      { startsAt: '2027-01-14T13:00:00Z', endsAt: '2027-01-14T15:00:00Z' },
      { startsAt: '2027-01-14T15:00:00Z', endsAt: '2027-01-14T17:00:00Z' },
      { startsAt: '2027-04-27T09:00:00Z', endsAt: '2027-04-27T11:00:00Z' },
      { startsAt: '2027-06-10T14:00:00Z', endsAt: '2027-06-10T15:00:00Z' },
      { startsAt: '2027-06-10T06:30:00Z', endsAt: '2027-06-10T07:30:00Z' },
    ];
    const poll = await plan(story, slots);
    const { warnings } = poll as unknown as { warnings: { code: string; slotId: string; text: string }[] };
    const at = (slotId: string) => poll.slots.find(({ id }) => id === slotId)!.startsAt;
    expect(warnings.map(({ code, slotId }) => `${code} ${at(slotId)}`).sort()).toEqual([
      'holiday 2027-04-27T09:00:00.000Z',
      'outside-hours 2027-01-14T15:00:00.000Z',
      'outside-hours 2027-06-10T06:30:00.000Z',
    ]);
    expect(warnings[0]!.text).toMatch(/\.$/);
  });

  it('without one when no hours were said, nor when the date fits', async () => {
    const story = await aMeetingStory(test);
    expect(warningsOf(await plan(story, [{ startsAt: '2027-01-14T19:00:00Z', endsAt: '2027-01-14T21:00:00Z' }]))).toEqual([]);
  });

  it('in a room for fewer than who are asked and who leads', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Ria', 'Joost');
    const place = async (capacity: number) => {
      const body = { name: `Buurthuis ${capacity}`, address: 'Dorpsstraat 1', rooms: [{ name: 'Zaal', capacity }] };
      const made = (await story.facilitator.post('/v1/public-places', body).expect(201)).body as { id: string; rooms: { id: string }[] };
      return { type: 'public-place', publicPlaceId: made.id, roomId: made.rooms[0]!.id };
    };
    expect(warningsOf(await plan(story, [THURSDAY], { place: await place(3) }))).toEqual(['room-too-small']);
    const other = await aMeetingStory(test);
    await invite(other, 'Ria', 'Joost');
    expect(warningsOf(await plan(other, [THURSDAY], { place: await place(4) }))).toEqual([]);
  });
});
