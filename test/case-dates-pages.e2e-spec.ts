import { startApp, type TestApp } from './support/app.js';
import { aMeetingStory, answering, bodyOf, caseState, invite, plan, slotIn } from './support/meetings.js';
import { atTheCase } from './support/private-time.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

it('A facilitator moves a date as people say it; a time that does not exist is refused at its field, one that comes twice is the first', async () => {
  const story = await aMeetingStory(test);
  const meeting = await plan(story, [slotIn(test, 30)]);
  const { noor, path } = await atTheCase(test, story);
  const action = `${path}/beraden/${meeting.id}/verplaatsen`;
  const now = async () => bodyOf(await story.facilitator.get(`/v1/meetings/${meeting.id}`));
  await noor.send(action, { date: '2027-03-28', from: '02:30', to: '04:00' });
  expect(noor.page.status).toBe(400);
  expect(noor.page.text).toMatch(/<a href="#\w+-date">Nieuwe dag:/);
  expect((await now()).version).toBe(1);
  await noor.send(action, { date: '2027-10-31', from: '02:30', to: '04:00', reason: 'illness', remark: 'Griep' });
  expect(noor.url).toBe(`${path}?gedaan=moved`);
  expect(await now()).toMatchObject({ startsAt: '2027-10-31T00:30:00.000Z', startsLocal: '2027-10-31T02:30:00' });
  expect(noor.page.text).toContain('zondag 31 oktober');

  await noor.send(`${path}/beraden/${meeting.id}/afzeggen`, { reason: 'too-few-people' });
  expect(noor.url).toBe(`${path}?gedaan=called-off`);
  expect([(await now()).state, await caseState(story)]).toEqual(['cancelled', 'preparing']);
  expect(noor.page.text).toContain('Plan een beraad');
});

it('A poll shows until when, and whom to call; another date than the best is chosen with a word why', async () => {
  const story = await aMeetingStory(test, {
    circle: [
      { name: 'Ria', relation: 'parent', phone: '0612345671' },
      { name: 'Joost', relation: 'neighbour', email: 'joost@stil.example', phone: '0612345672' },
    ],
  });
  await invite(story);
  const poll = await plan(story, [slotIn(test, 300), slotIn(test, 400)]);
  await story.facilitator.put(answering(poll, story, 'Joost'), { answers: { [poll.slots[0]!.id]: 'yes' } }).expect(200);
  const { noor, path } = await atTheCase(test, story);
  expect(noor.page.text).toContain('Kiezen kan tot donderdag 19 november, 20.00 uur');
  const silent = noor.page.text.split('Nog niets gehoord van:')[1]!.split('</ul>')[0]!;
  expect(silent).toContain('href="tel:+31612345671"');
  expect(silent).not.toContain('Joost');
  await noor.send(`${path}/beraden/${poll.id}/vastzetten`, { slotId: poll.slots[1]!.id, remark: 'Ria kan dan' });
  expect(noor.url).toBe(`${path}?gedaan=confirmed`);
  expect(noor.page.text).toContain('een andere datum gekozen dan die bovenaan stond. Ria kan dan');
});

it('A case that was closed is taken up again on its page', async () => {
  const story = await aMeetingStory(test);
  const { id } = await plan(story, [slotIn(test, 0.25)]);
  await story.facilitator.post(`/v1/meetings/${id}/conclusion`, { outcome: 'no-plan', reason: 'no-agreement' }).expect(200);
  const { noor, path } = await atTheCase(test, story);
  expect(noor.page.text).toContain('stel hen opnieuw voor');
  await noor.send(`${path}/weer-bij-elkaar`, { reason: 'relapse' });
  expect(noor.url).toBe(`${path}?gedaan=reopened#beraad`);
  expect(await caseState(story)).toBe('preparing');
});
