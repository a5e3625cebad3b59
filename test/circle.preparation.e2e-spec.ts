import { startApp, type Caller, type TestApp } from './support/app.js';
import { aMeetingStory, codeOf, errorsOf, memberState, timelineTypes, type MeetingStory } from './support/meetings.js';
import { atTheTable, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

const now = (): string => test.clock.now().toISOString();
const path = (story: StoryCase, name: string, what = 'preparation-talks'): string => `/v1/circle-members/${story.members[name]!.id}/${what}`;
const approve = (story: StoryCase, name: string): Promise<unknown> =>
  story.facilitator.post(path(story, name, 'approval'), { by: 'main-person', guardian: 'Sanne de Wit' }).expect(200);
const aTalk = (changes: object = {}): object => ({ at: now(), by: 'phone', outcome: 'held', ...changes });
const child = { name: 'Jip', relation: 'child', ageBand: '12-15', phone: '0612345671' };

/** Sanne with her own circle, and one of her children in it. */
const withChild = (): Promise<MeetingStory> =>
  aMeetingStory(test, {
    circle: [child, { name: 'Joost', relation: 'neighbour', email: 'joost@example.org' }, { name: 'Ria', relation: 'parent', phone: '0612345679' }],
  });

describe('a talk before the meeting', () => {
  it('is noted with what somebody needs and brings, and is the first contact: approached, and told what is kept', async () => {
    const story = await aMeetingStory(test);
    await approve(story, 'Joost');
    const noted = await story.facilitator.post(path(story, 'Joost'), aTalk({ needs: 'Een pauze na een uur', brings: 'Ik kan rijden', note: 'Belt liever ’s avonds' })).expect(201);
    expect(noted.body).toMatchObject({ by: 'phone', outcome: 'held', needs: 'Een pauze na een uur', brings: 'Ik kan rijden', memberState: 'approached' });
    expect(await memberState(story, 'Joost')).toBe('approached');
    const consents = (await story.facilitator.get(`/v1/cases/${story.id}/consents`).expect(200)).body as { notices: { memberId: string; way: string; channel: string }[] };
    expect(consents.notices).toEqual([expect.objectContaining({ memberId: story.members.Joost!.id, way: 'spoken', channel: 'call' })]);
    const { items } = (await story.facilitator.get(path(story, 'Joost')).expect(200)).body as { items: { note: string }[] };
    expect(items).toMatchObject([{ note: 'Belt liever ’s avonds' }]);
    expect(await timelineTypes(story)).toContain('talk-held');
  });

  it('that was not possible is one more try; somebody who would rather not talk was reached all the same', async () => {
    const story = await aMeetingStory(test);
    await approve(story, 'Joost');
    await approve(story, 'Ria');
    await story.facilitator.post(path(story, 'Joost'), aTalk({ by: 'visit', outcome: 'not-reached' })).expect(201);
    expect(await memberState(story, 'Joost')).toBe('approved');
    await story.facilitator.post(path(story, 'Ria'), aTalk({ outcome: 'declined' })).expect(201);
    expect(await memberState(story, 'Ria')).toBe('approached');
  });

  it('is held with main persons too; a call shows that the number is theirs, a screen does not', async () => {
    const story = await aMeetingStory(test, { resident: { name: 'Sanne', phone: '0612345672', email: 'sanne.a@example.org' } });
    const verified = async (): Promise<unknown> =>
      ((await story.facilitator.get(`/v1/circle-members/${story.resident.id}`)).body as { phoneVerifiedAt: string | null }).phoneVerifiedAt;
    await story.facilitator.post(path(story, 'Sanne'), aTalk({ by: 'video' })).expect(201);
    expect(await verified()).toBeNull();
    await story.facilitator.post(path(story, 'Sanne'), aTalk()).expect(201);
    expect(await verified()).not.toBeNull();
  });

  it('is refused before somebody said that this person may be asked, in the future, and when the case has ended', async () => {
    const story = await aMeetingStory(test);
    const refused = await story.facilitator.post(path(story, 'Joost'), aTalk()).expect(409);
    expect(refused.body).toMatchObject({ state: 'proposed', allowed: expect.arrayContaining(['approve']) });
    await approve(story, 'Joost');
    const late = new Date(test.clock.now().getTime() + 3_600_000).toISOString();
    expect(errorsOf(await story.facilitator.post(path(story, 'Joost'), aTalk({ at: late })).expect(400))).toEqual(['/at in-the-future']);
    await story.facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'moved' }).expect(200);
    expect(codeOf(await story.facilitator.post(path(story, 'Joost'), aTalk()).expect(409))).toBe('case-ended');
  });

  it('is for the facilitator only: not for the person’s neighbours, nor for a parent who reads the file of a child', async () => {
    const story = await withChild();
    for (const name of ['Jip', 'Joost']) await approve(story, name);
    await story.facilitator.post(path(story, 'Jip'), aTalk({ needs: 'Dat papa er niet naast zit', brings: 'Mijn egelkaart', note: 'Huilde' })).expect(201);
    await story.facilitator.post(path(story, 'Joost'), aTalk({ needs: 'Een rustige kamer', note: 'Praat veel' })).expect(201);
    const [sanne, jip, joost] = await Promise.all(['Sanne', 'Jip', 'Joost'].map((name) => atTheTable(test, story, story.members[name]!.id)));
    for (const who of [sanne!, jip!, joost!]) await who.get(path(story, 'Jip')).expect(403);
    await (await test.staff('Kees Collega', 'facilitator')).get(path(story, 'Jip')).expect(404);
    const read = async (who: Caller, address: string): Promise<string> => (await who.get(address).expect(200)).text;
    const seen = [
      await read(sanne!, `/v1/cases/${story.id}`), await read(sanne!, `/v1/cases/${story.id}/timeline?limit=100`), await read(sanne!, path(story, 'Jip', '').slice(0, -1)),
      await read(sanne!, '/v1/me/data'), await read(jip!, '/v1/me/data'), await read(story.facilitator, `${path(story, 'Jip', 'data')}?to=person&how=paper`),
    ].join('\n');
    for (const words of ['papa er niet', 'egelkaart', 'Huilde', 'rustige kamer', 'Praat veel']) expect(seen).not.toContain(words);
    // An adult is given their own words, without what the facilitator noted beside them.
    const own = await read(joost!, '/v1/me/data');
    expect(own).toContain('Een rustige kamer');
    expect(own).not.toContain('Praat veel');
  });

  it('is forgotten with the person, and that there was one stays', async () => {
    const story = await aMeetingStory(test);
    await approve(story, 'Joost');
    await story.facilitator.post(path(story, 'Joost'), aTalk({ needs: 'Rust', brings: 'Taart', note: 'Vrolijk' })).expect(201);
    await story.facilitator.post(path(story, 'Joost', 'removal'), { reason: 'other' }).expect(200);
    expect((await story.facilitator.get(path(story, 'Joost')).expect(200)).body).toMatchObject({ items: [{ outcome: 'held', needs: null, brings: null, note: null }] });
  });
});

describe('attempts to reach somebody', () => {
  it('are listed newest first, with how often it was not possible since the last contact', async () => {
    const story = await aMeetingStory(test);
    await approve(story, 'Joost');
    const attempts = path(story, 'Joost', 'contact-attempts');
    const tried = async (outcome: string, note?: string): Promise<void> => {
      await story.facilitator.post(attempts, { at: now(), channel: 'call', outcome, note }).expect(201);
      test.clock.advance({ minutes: 5 });
    };
    const missed = async (): Promise<number> => ((await story.facilitator.get(attempts).expect(200)).body as { missed: number }).missed;
    expect(await missed()).toBe(0);
    await tried('not-reached', 'Voicemail');
    await tried('not-reached');
    await story.facilitator.post(path(story, 'Joost'), aTalk({ outcome: 'not-reached' })).expect(201);
    expect(await missed()).toBe(3);
    test.clock.advance({ minutes: 5 });
    await tried('reached');
    await tried('not-reached');
    expect(await missed()).toBe(1);
    const { items } = (await story.facilitator.get(attempts)).body as { items: { outcome: string; note: string | null }[] };
    expect(items.map(({ outcome }) => outcome)).toEqual(['not-reached', 'reached', 'not-reached', 'not-reached']);
    expect(items.at(-1)!.note).toBe('Voicemail');
  });
});
