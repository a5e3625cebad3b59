import { startApp, type Caller, type TestApp } from './support/app.js';
import { PostOffice } from './support/post-office.js';
import { drain } from './support/queue.js';
import { aCase, type StoryCase } from './support/stories.js';

let test: TestApp;
let facilitator: Caller;
let office: PostOffice;
let serial = 0;

beforeAll(async () => {
  office = await PostOffice.open();
  test = await startApp({ smtpUrl: office.url });
  facilitator = await test.staff('Noor Facilitator', 'facilitator');
});
afterAll(async () => {
  await test.stop();
  await office.close();
});

const address = (): string => `joost.${serial}@example.org`;
const deliver = (): Promise<unknown> => drain(test.app, { failures: 'expected' });
const sentTo = (to: string) => office.received.filter(({ envelope }) => envelope.to[0] === to);
const subjectsTo = (to: string): (string | undefined)[] => sentTo(to).map(({ subject }) => subject);

interface LogItem {
  id: string;
  template: string;
  channel: string;
  state: string;
}
const log = async (memberId: string): Promise<LogItem[]> =>
  ((await facilitator.get(`/v1/messages?memberId=${memberId}`).expect(200)).body as { items: LogItem[] }).items;
const states = async (memberId: string): Promise<string[]> => (await log(memberId)).map(({ channel, state }) => `${channel} ${state}`);
const idOf = async (memberId: string): Promise<string> => (await log(memberId)).find(({ channel }) => channel === 'mail')!.id;
const retry = (id: string, who = facilitator) => who.post(`/v1/messages/${id}/retry`);
const codeOf = ({ body }: { body: unknown }): string => (body as { type: string }).type.split('/').pop()!;

/** Somebody whose invitation was answered like this by the mail server. */
async function anInvited(said: string | null): Promise<{ story: StoryCase; memberId: string; id: string }> {
  serial += 1;
  if (said) office.refusing.set(address(), said);
  const story = await aCase(test, { circle: [{ name: 'Joost Bakker', relation: 'neighbour', email: address() }] }, facilitator);
  const memberId = story.members.Joost!.id;
  await facilitator.post(`/v1/circle-members/${memberId}/approval`, { by: 'main-person' }).expect(200);
  await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
  await deliver();
  office.refusing.clear();
  return { story, memberId, id: await idOf(memberId) };
}
async function correct(memberId: string, email: string): Promise<void> {
  const { version } = (await facilitator.get(`/v1/circle-members/${memberId}`).expect(200)).body as { version: number };
  await facilitator.patch(`/v1/circle-members/${memberId}`, { email }).set('If-Match', `"${version}"`).expect(200);
}

const FULL = '552 5.2.2 mailbox full';
const UNKNOWN = '550 5.1.1 no such user';

describe('A message that did not arrive', () => {
  it('goes again, once, however often it is asked at the same moment, and the task in its place is gone', async () => {
    const { memberId, id } = await anInvited(FULL);
    expect(await states(memberId)).toEqual(['visit by-hand', 'mail dead']);
    const asked = await Promise.all([retry(id), retry(id), retry(id)]);
    expect(asked.map(({ status, body }) => [status, (body as LogItem).state])).toEqual([[200, 'queued'], [200, 'queued'], [200, 'queued']]);
    expect(await states(memberId)).toEqual(['visit cancelled', 'mail queued']);
    await deliver();
    expect(subjectsTo(address())).toEqual(['Uitnodiging voor een gesprek']);
    expect(await states(memberId)).toEqual(['visit cancelled', 'mail sent']);
    const admin = await test.staff('Ali Admin', 'admin', 'lead');
    const { items } = (await admin.get('/v1/audit-events?action=messages.retried').expect(200)).body as { items: { objectId: string | null }[] };
    expect(items.filter(({ objectId }) => objectId === id)).toHaveLength(1);
  });

  it('and fails again is a task by hand again', async () => {
    const { memberId, id } = await anInvited(FULL);
    office.refusing.set(address(), FULL);
    await retry(id).expect(200);
    await deliver();
    expect(await states(memberId)).toEqual(['visit by-hand', 'visit cancelled', 'mail dead']);
    office.refusing.clear();
    await retry(id).expect(200);
    await deliver();
    expect(await states(memberId)).toEqual(['visit cancelled', 'visit cancelled', 'mail sent']);
  });

  it('and waits for its next try goes at once, and not once more at the time it waited for', async () => {
    const { memberId, id } = await anInvited('452 4.2.2 mailbox full');
    expect(await states(memberId)).toEqual(['mail failed']);
    await retry(id).expect(200);
    await deliver();
    expect(sentTo(address())).toHaveLength(1);
    test.clock.advance({ minutes: 5 });
    await deliver();
    expect(sentTo(address())).toHaveLength(1);
  });

  it('because the address takes nothing goes when it was put right, and not before', async () => {
    const { memberId, id } = await anInvited(UNKNOWN);
    const refused = await retry(id).expect(409);
    expect(refused.body).toMatchObject({ state: 'bounced', detail: expect.stringContaining('Verbeter eerst het mailadres') as string });
    await correct(memberId, `right.${address()}`);
    expect((await retry(id).expect(200)).body).toMatchObject({ state: 'queued', to: expect.stringMatching(/^r…/) as string });
    await deliver();
    expect(sentTo(address())).toEqual([]);
    expect(sentTo(`right.${address()}`)).toHaveLength(1);
  });

  it('does not go to an address that was taken away', async () => {
    const { memberId, id } = await anInvited(FULL);
    const { version } = (await facilitator.get(`/v1/circle-members/${memberId}`).expect(200)).body as { version: number };
    await facilitator.patch(`/v1/circle-members/${memberId}`, { email: null, phone: '06 8765 4321' }).set('If-Match', `"${version}"`).expect(200);
    expect(codeOf(await retry(id).expect(409))).toBe('message-without-address');
  });

  it('does not go after something newer that says the same', async () => {
    const { story, memberId, id } = await anInvited(FULL);
    await facilitator.post(`/v1/cases/${story.id}/invitations`, { memberIds: [memberId] }).expect(202);
    expect(codeOf(await retry(id).expect(409))).toBe('message-overtaken');
    await deliver();
    expect(sentTo(address())).toHaveLength(1);
  });

  it('does not go when its case has ended', async () => {
    const { story, id } = await anInvited(FULL);
    await facilitator.post(`/v1/cases/${story.id}/stop`, { reason: 'other', remark: 'Verhuisd' });
    expect((await retry(id)).status).toBe(409);
    await deliver();
    expect(sentTo(address()).filter(({ subject }) => subject === 'Uitnodiging voor een gesprek')).toEqual([]);
  });
});

it('What arrived is not sent again', async () => {
  const { id } = await anInvited(null);
  expect((await retry(id).expect(409)).body).toMatchObject({ state: 'sent', allowed: ['returned'] });
});

it('A message of another one’s case is not there, but an admin has it', async () => {
  const { id } = await anInvited(FULL);
  await retry(id, await test.staff('Iemand Anders', 'facilitator')).expect(404);
  await retry(id, await test.staff('Lea Lead', 'lead')).expect(403);
  await retry('0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000').expect(404);
  await retry(id, await test.staff('Ali Beheer', 'admin')).expect(200);
});
