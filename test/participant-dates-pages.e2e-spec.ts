import { startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { aMeetingStory, invite, plan, slotIn, type MeetingStory } from './support/meetings.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

/** Somebody on the device on which the facilitator showed their link, at their own page. */
async function atHome(story: MeetingStory, memberId: string): Promise<Visitor> {
  const { body } = await story.facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'show' }).expect(201);
  const path = new URL((body as { url: string }).url).pathname;
  const visitor = aVisitor(test);
  await visitor.open(path);
  await visitor.send(path);
  return visitor;
}

it('Who is asked reads until when to choose; of a date that is off which one it was, and that nothing is asked of them', async () => {
  const story = await aMeetingStory(test);
  await invite(story, 'Joost');
  const poll = await plan(story, [slotIn(test, 300), slotIn(test, 400)]);
  const visitors: [Visitor, string][] = [
    [await atHome(story, story.members.Joost!.id), '/kring'],
    [await atHome(story, story.resident.id), '/mijn'],
  ];
  for (const [visitor, path] of visitors) {
    const { text } = await visitor.open(path);
    expect(text).toContain('Wil je kiezen voor donderdag 19 november, 20.00 uur?');
    if (path === '/kring') expect(text).not.toContain('Ria');
  }
  await story.facilitator.post(`/v1/meetings/${poll.id}/cancellation`, { reason: 'illness' }).expect(200);
  for (const [visitor, path] of visitors) expect((await visitor.open(path)).text).not.toContain('Wil je kiezen voor');

  const date = await plan(story, [{ startsAt: '2027-01-14T13:00:00Z', endsAt: '2027-01-14T15:00:00Z' }]);
  await story.facilitator.post(`/v1/meetings/${date.id}/cancellation`, { reason: 'illness', remark: 'Griep' }).expect(200);
  for (const [visitor, path] of visitors) {
    const { text } = await visitor.open(path);
    const off = text.split('Het beraad gaat niet door')[1]!.split('</section>')[0]!;
    expect(off).toContain('donderdag 14 januari, 14.00 tot 16.00 uur');
    expect(off).toContain('Je hoeft niets te doen. Je hoort het als er een nieuwe komt.');
    expect(text).not.toMatch(/Griep|ziekte/);
    expect(text).not.toContain('Kom je ook?');
  }
});

it('Whether somebody comes is asked until the meeting begins', async () => {
  const story = await aMeetingStory(test);
  await invite(story, 'Joost');
  const slot = slotIn(test, 3);
  await plan(story, [slot]);
  const visitor = await atHome(story, story.members.Joost!.id);
  const asked = async (): Promise<boolean> => (await visitor.open('/kring')).text.includes('Kom je ook?');
  expect(await asked()).toBe(true);
  test.clock.set(new Date(slot.startsAt));
  expect(await asked()).toBe(false);
});
