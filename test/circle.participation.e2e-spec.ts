import { startApp, type TestApp } from './support/app.js';
import { mailsTo } from './support/mailbox.js';
import { aMeetingStory, answering, bodyOf, codeOf, errorsOf, invite, memberState, plan, slotIn, timelineTypes, type MeetingStory } from './support/meetings.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

const path = (story: MeetingStory, name: string): string => `/v1/circle-members/${story.members[name]!.id}/participation`;
const says = (story: MeetingStory, name: string, body: object): ReturnType<MeetingStory['facilitator']['put']> => story.facilitator.put(path(story, name), body);
const id = (story: MeetingStory, name: string): string => story.members[name]!.id;
async function anInvitedStory(changes: object = {}): Promise<MeetingStory> {
  const story = await aMeetingStory(test, changes as Record<string, unknown>);
  await invite(story);
  return story;
}

it('is said by the person on their own page or noted by the facilitator, changed later, and read by nobody else', async () => {
  const story = await anInvitedStory();
  const [joost, ria, sanne] = await Promise.all(['Joost', 'Ria', 'Sanne'].map((name) => atTheTable(test, story, id(story, name))));
  expect((await joost!.get(path(story, 'Joost')).expect(200)).body).toMatchObject({ way: null, setBy: null });
  const said = await joost!.put(path(story, 'Joost'), { way: 'letter', letter: 'Lieve Sanne, ik denk aan je.' }).expect(200);
  expect(said.body).toMatchObject({ way: 'letter', letter: 'Lieve Sanne, ik denk aan je.', setBy: 'person' });
  for (const who of [ria!, sanne!]) {
    await who.get(path(story, 'Joost')).expect(404);
    await who.put(path(story, 'Joost'), { way: 'there' }).expect(404);
  }
  const changed = await says(story, 'Joost', { way: 'recording', recordingAt: 'Op de telefoon van Ria', remark: 'Vond schrijven lastig' }).expect(200);
  expect(changed.body).toMatchObject({ way: 'recording', letter: null, recordingAt: 'Op de telefoon van Ria', setBy: 'facilitator' });
  expect(await timelineTypes(story)).toEqual(expect.arrayContaining(['takes-part-letter', 'takes-part-recording']));
  await sanne!.put(path(story, 'Sanne'), { way: 'there' }).expect(200);
});

it('asks what belongs to a way, and nothing else', async () => {
  const story = await anInvitedStory();
  const wrong = async (body: object): Promise<string[]> => errorsOf(await says(story, 'Joost', body).expect(400));
  expect(await wrong({ way: 'not' })).toEqual(['/reason required']);
  expect(await wrong({ way: 'spokesperson' })).toEqual(['/spokespersonId required']);
  expect(await wrong({ way: 'there', letter: 'Lieve Sanne' })).toEqual(['/letter other-way']);
  expect(await wrong({ way: 'letter', reason: 'ill' })).toEqual(['/reason other-way']);
  expect(await wrong({ way: 'sleeping' })).toEqual(['/way one-of']);
  await says(story, 'Joost', { way: 'letter' }).expect(200);
});

it('waits until somebody may be asked', async () => {
  const story = await aMeetingStory(test);
  const refused = await says(story, 'Joost', { way: 'there' }).expect(409);
  expect(refused.body).toMatchObject({ state: 'proposed' });
});

describe('a spokesperson', () => {
  it('is of this circle, is there, and is somebody else', async () => {
    const story = await anInvitedStory();
    const other = await anInvitedStory();
    const speaks = (spokespersonId: string): ReturnType<typeof says> => says(story, 'Joost', { way: 'spokesperson', spokespersonId });
    for (const wrong of [id(other, 'Ria'), id(story, 'Joost')]) expect(errorsOf(await speaks(wrong).expect(400))).toEqual(['/spokespersonId unknown-member']);
    await says(story, 'Karim', { way: 'not', reason: 'no-time' }).expect(200);
    expect(errorsOf(await speaks(id(story, 'Karim')).expect(400))).toEqual(['/spokespersonId does-not-take-part']);
    expect((await speaks(id(story, 'Ria')).expect(200)).body).toMatchObject({ way: 'spokesperson', spokespersonId: id(story, 'Ria') });
  });

  it('is nobody whom the person must not meet, and they cannot tell from the answer that there is such a person', async () => {
    const story = await anInvitedStory();
    const joost = await atTheTable(test, story, id(story, 'Joost'));
    const body = { way: 'spokesperson', spokespersonId: id(story, 'Ria') };
    await joost.put(path(story, 'Joost'), body).expect(200);
    const restriction = { memberIds: [id(story, 'Joost'), id(story, 'Ria')], reason: 'Oude ruzie', mode: 'never-together' };
    await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, restriction).expect(201);
    expect((await joost.get(path(story, 'Joost')).expect(200)).body).toMatchObject({ way: 'spokesperson', spokespersonId: null });
    const forJoost = await joost.put(path(story, 'Joost'), body).expect(400);
    const nobody = await joost.put(path(story, 'Joost'), { ...body, spokespersonId: '019a9f00-0000-7000-8000-0000000000a1' }).expect(400);
    expect((forJoost.body as { errors: unknown }).errors).toEqual((nobody.body as { errors: unknown }).errors);
    expect(codeOf(await says(story, 'Joost', body).expect(409))).toBe('spokesperson-kept-apart');
  });

  it('who leaves speaks for nobody any more', async () => {
    const story = await anInvitedStory();
    await says(story, 'Joost', { way: 'spokesperson', spokespersonId: id(story, 'Ria') }).expect(200);
    await story.facilitator.post(`/v1/circle-members/${id(story, 'Ria')}/removal`, { reason: 'own-wish' }).expect(200);
    expect((await story.facilitator.get(path(story, 'Joost')).expect(200)).body).toMatchObject({ way: 'spokesperson', spokespersonId: null });
  });
});

describe('what follows from it', () => {
  it('a date does not wait for who takes part by letter, whether or not they must attend', async () => {
    const story = await anInvitedStory();
    const poll = await plan(story, [slotIn(test, 48), slotIn(test, 72)], { mustAttend: [id(story, 'Ria')] });
    const keepsAll = async (): Promise<boolean[]> =>
      bodyOf(await story.facilitator.get(`/v1/meetings/${poll.id}`)).ranking!.map((rank) => rank.keepsAll);
    for (const name of ['Sanne', 'Joost']) await story.facilitator.put(answering(poll, story, name), { answers: { [poll.slots[0]!.id]: 'yes' } }).expect(200);
    expect(await keepsAll()).toEqual([false, false]);
    await says(story, 'Ria', { way: 'letter', letter: 'Ik kan er niet zijn.' }).expect(200);
    expect(await keepsAll()).toEqual([true, false]);

    const other = await anInvitedStory();
    await says(other, 'Ria', { way: 'recording' }).expect(200);
    const place = { type: 'other', address: 'Buurthuis' };
    const refused = await other.facilitator.post(`/v1/cases/${other.id}/meetings`, { place, slots: [slotIn(test, 48)], mustAttend: [id(other, 'Ria')] }).expect(400);
    expect(errorsOf(refused)).toEqual(['/mustAttend/0 takes-part-otherwise']);
  });

  it('who does not take part after being invited does not come; who was not invited yet is not invited by itself', async () => {
    const story = await aMeetingStory(test);
    await invite(story, 'Joost');
    for (const name of ['Ria', 'Karim']) await story.facilitator.post(`/v1/circle-members/${id(story, name)}/approval`, {}).expect(200);
    await says(story, 'Joost', { way: 'not', reason: 'too-hard', remark: 'Kan het nu niet aan' }).expect(200);
    expect(await memberState(story, 'Joost')).toBe('not-coming');
    await says(story, 'Ria', { way: 'not', reason: 'ill' }).expect(200);
    expect(await memberState(story, 'Ria')).toBe('approved');
    const invited = (await story.facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202)).body as { items: { memberId: string }[] };
    expect(invited.items.map(({ memberId }) => memberId)).toEqual([id(story, 'Karim')]);
  });

  it('who takes part at a distance gets where to join, and not the address of somebody’s home', async () => {
    const story = await anInvitedStory();
    await says(story, 'Karim', { way: 'remote' }).expect(200);
    const place = { type: 'home', address: 'Kerkstraat 1', url: 'https://beeld.example/kamer' };
    await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots: [slotIn(test, 96)] }).expect(201);
    await test.deliver();
    const about = async (name: string): Promise<string> =>
      (await mailsTo(test.app, story.mail(name)))
        .flatMap(({ text, attachments }) => [text, ...attachments.map(({ content }) => Buffer.from(content, 'base64').toString())])
        .join('\n')
        .replaceAll('\r\n ', '');
    expect(await about('Karim')).toContain('https://beeld.example/kamer');
    expect(await about('Karim')).not.toContain('Kerkstraat');
    expect(await about('Joost')).toContain('Kerkstraat');
  });
});

it('is in the file of the person, and of who goes only that and why they did not take part stays', async () => {
  const story = await anInvitedStory();
  const joost = await atTheTable(test, story, id(story, 'Joost'));
  await joost.put(path(story, 'Joost'), { way: 'not', reason: 'not-safe', remark: 'Durf niet' }).expect(200);
  expect((await joost.get('/v1/me/data').expect(200)).text).toContain('Durf niet');
  await joost.post(`/v1/circle-members/${joost.id}/removal`, { reason: 'own-wish' }).expect(200);
  const after = (await story.facilitator.get(path(story, 'Joost')).expect(200)).body as object;
  expect(after).toMatchObject({ way: 'not', reason: 'not-safe', remark: null });
});
