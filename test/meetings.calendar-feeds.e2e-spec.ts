import ICAL from 'ical.js';
import { Client } from 'pg';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { aMeetingStory, plan, slotIn } from './support/meetings.js';

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

async function feedOf(who: Caller): Promise<string> {
  const made = await who.post('/v1/me/calendar-feeds').expect(201);
  expect(made.headers['cache-control']).toBe('no-store');
  return new URL((made.body as { url: string }).url).pathname;
}

const eventsIn = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[] as never);
  expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
  return calendar.getAllSubcomponents('vevent').map((event) => ({
    summary: String(event.getFirstPropertyValue('summary')),
    start: String(event.getFirstPropertyValue('dtstart')),
    status: String(event.getFirstPropertyValue('status')),
    location: String(event.getFirstPropertyValue('location') ?? ''),
    attendees: event.getAllProperties('attendee').length,
  }));
};

const HOME = { place: { type: 'home', address: 'Lindelaan 4, Noord' } };
const SLOT = { startsAt: '2027-01-14T13:00:00Z', endsAt: '2027-01-14T15:00:00Z' };

describe('The secret address of an agenda', () => {
  it('shows fixed meetings and offered dates by number and kind, and nobody’s name or address', async () => {
    const fixed = await aMeetingStory(test);
    await plan(fixed, [SLOT], HOME);
    const polling = await aMeetingStory(test, {}, fixed.facilitator);
    await plan(polling, [slotIn(test, 30), slotIn(test, 54)]);
    const path = await feedOf(fixed.facilitator);
    const answer = await test.as().get(path).expect(200);
    expect(answer.headers['content-type']).toMatch(/^text\/calendar/);
    expect(eventsIn(answer.text)).toEqual([
      expect.objectContaining({ summary: `${polling.reference} Netwerkberaad (voorstel)`, status: 'TENTATIVE' }),
      expect.objectContaining({ summary: `${polling.reference} Netwerkberaad (voorstel)`, status: 'TENTATIVE' }),
      { summary: `${fixed.reference} Netwerkberaad`, start: '2027-01-14T14:00:00', status: 'CONFIRMED', location: 'Thuis', attendees: 0 },
    ]);
    const unfolded = answer.text.replaceAll('\r\n ', '');
    for (const secret of ['Sanne', 'Ria', 'Joost', 'Lindelaan', 'Wit', 'example.org']) expect(unfolded).not.toContain(secret);
  });

  it('is read again only when something changed', async () => {
    const story = await aMeetingStory(test);
    const path = await feedOf(story.facilitator);
    const first = await test.as().get(path).expect(200);
    expect(first.headers['cache-control']).toMatch(/^private/);
    test.clock.advance({ minutes: 20 });
    const same = await test.as().get(path).set('If-None-Match', first.headers.etag!).expect(304);
    expect(same.text).toBe('');
    await plan(story, [SLOT]);
    const changed = await test.as().get(path).set('If-None-Match', first.headers.etag!).expect(200);
    expect(eventsIn(changed.text)).toHaveLength(1);
  });

  it('has no meeting that was called off, nor one that is over for more than thirty days', async () => {
    const off = await aMeetingStory(test);
    await plan(off, [SLOT]);
    await plan(await aMeetingStory(test, {}, off.facilitator), [slotIn(test, 30)]);
    const path = await feedOf(off.facilitator);
    await off.facilitator.post(`/v1/cases/${off.id}/stop`, { reason: 'resident-stops' }).expect(200);
    expect(eventsIn((await test.as().get(path)).text)).toHaveLength(1);
    const back = test.clock.now();
    test.clock.advance({ days: 40 });
    expect(eventsIn((await test.as().get(path)).text)).toHaveLength(0);
    test.clock.set(back);
  });

  it('goes with who leads: a meeting that is handed over moves to the other agenda', async () => {
    const story = await aMeetingStory(test);
    await plan(story, [SLOT]);
    const next = await test.staff('Olga Opvolger', 'facilitator');
    const [mine, theirs] = [await feedOf(story.facilitator), await feedOf(next)];
    await story.facilitator.post(`/v1/cases/${story.id}/handover`, { facilitatorId: next.id, reason: 'leave' }).expect(200);
    expect(eventsIn((await test.as().get(mine)).text)).toHaveLength(0);
    expect(eventsIn((await test.as().get(theirs)).text)).toHaveLength(1);
  });

  it('stops when another one is made, when it is ended, and when its owner leaves', async () => {
    const story = await aMeetingStory(test);
    const who = story.facilitator;
    const first = await feedOf(who);
    const second = await feedOf(who);
    await test.as().get(first).expect(404);
    await test.as().get(second).expect(200);
    await who.delete('/v1/me/calendar-feeds').expect(204);
    await test.as().get(second).expect(404);
    await who.delete('/v1/me/calendar-feeds').expect(204);
    const third = await feedOf(who);
    const admin = await test.staff('Ada Admin', 'admin');
    const next = await test.staff('Olga Opvolger', 'facilitator');
    await admin.post(`/v1/staff/${who.id}/disabling`, { reason: 'leaving', handOverTo: next.id }).expect(200);
    await test.as().get(third).expect(404);
  });

  it('opens nothing else, and nothing else opens it', async () => {
    const story = await aMeetingStory(test);
    const path = await feedOf(story.facilitator);
    const token = path.replace('/agenda/', '').replace('.ics', '');
    await test.as(token).get('/v1/me').expect(401);
    await test.as().get(`/agenda/${story.facilitator.token}.ics`).expect(404);
    await test.as().get(path.replace('.ics', '')).expect(404);
    await test.as().get('/agenda/x.ics').expect(404);
    const other = await test.otherOrganisation(`f${Date.now().toString(36)}`);
    await test.as().get(path.replace(test.organisationId, other.organisationId)).expect(404);
    await (await test.staff('Lea Lead', 'lead')).post('/v1/me/calendar-feeds').expect(403);
  });

  it('is kept as a hash only, and each read is on the audit log before the answer leaves', async () => {
    const story = await aMeetingStory(test);
    const path = await feedOf(story.facilitator);
    const secret = path.split('.')[1]!;
    const { rows } = await look("select meetings_calendar_feeds::text as row from meetings_calendar_feeds union all select audit_events::text from audit_events where action like 'meetings.feed%'");
    expect(JSON.stringify(rows)).not.toContain(secret);
    await test.as().get(path).expect(200);
    const admin = await test.staff('Ada Admin', 'admin');
    const events = await admin.get(`/v1/audit-events?action=meetings.feed-read&actorId=${story.facilitator.id}`).expect(200);
    expect((events.body as { items: unknown[] }).items).toHaveLength(1);
  });

  it('changes nothing by being looked at, and HEAD is as good as GET', async () => {
    const story = await aMeetingStory(test);
    await plan(story, [SLOT]);
    const path = await feedOf(story.facilitator);
    const state = async () => (await look('select version, sequence from meetings order by id')).rows;
    const before = await state();
    const get = await test.as().get(path).expect(200);
    const { default: request } = await import('supertest');
    const head = await request(test.server).head(path).expect(200);
    expect(head.headers.etag).toBe(get.headers.etag);
    expect(await state()).toEqual(before);
  });

  it('cannot be read without end', async () => {
    const story = await aMeetingStory(test);
    const path = await feedOf(story.facilitator);
    let last = 200;
    for (let i = 0; i < 125 && last === 200; i++) last = (await test.as().get(path)).status;
    expect(last).toBe(429);
    test.clock.advance({ hours: 1 });
    await test.as().get(path).expect(200);
  });

  it('keeps 14:00 at 14:00 on both sides of the days on which the clocks change', async () => {
    const story = await aMeetingStory(test);
    const days = ['2027-03-27T13:00', '2027-03-29T12:00', '2027-10-30T12:00', '2027-11-01T13:00'];
    let facilitator: Caller | undefined = story.facilitator;
    for (const day of days) {
      const one: Awaited<ReturnType<typeof aMeetingStory>> = await aMeetingStory(test, {}, facilitator);
      facilitator = one.facilitator;
      await plan(one, [{ startsAt: `${day}:00Z`, endsAt: new Date(Date.parse(`${day}:00Z`) + 7_200_000).toISOString() }]);
    }
    const { text } = await test.as().get(await feedOf(story.facilitator)).expect(200);
    expect(eventsIn(text).map(({ start }) => start)).toEqual([
      '2027-03-27T14:00:00', '2027-03-29T14:00:00', '2027-10-30T14:00:00', '2027-11-01T14:00:00',
    ]);
  });
});
