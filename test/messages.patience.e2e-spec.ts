import { QUEUE_TUNING, retryDelayMs } from '../src/platform/queue/tuning.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { PostOffice, type Mood } from './support/post-office.js';
import { drain } from './support/queue.js';
import { aCase } from './support/stories.js';

const HOUR_MS = 3_600_000;

let office: PostOffice;

const taken = (): string[] => office.received.map(({ envelope }) => envelope.to[0]!);

describe('Somebody whose mail server', () => {
  let test: TestApp;
  let facilitator: Caller;
  let serial = 0;
  beforeAll(async () => {
    office = await PostOffice.open();
    test = await startApp({ smtpUrl: office.url });
  });
  afterAll(async () => {
    await test.stop();
    await office.close();
  });

  const address = (): string => `joost.${serial}@example.org`;
  const deliver = (): Promise<unknown> => drain(test.app, { failures: 'expected' });
  /** The clock moves on, and sessions of staff end. */
  const states = async (memberId: string): Promise<string[]> => {
    facilitator = await test.staff('Noor Facilitator', 'facilitator');
    const { items } = (await facilitator.get(`/v1/messages?memberId=${memberId}`).expect(200)).body as { items: { channel: string; state: string }[] };
    return items.map(({ channel, state }) => `${channel} ${state}`);
  };
  async function anInvited({ says, moods = [] }: { says?: string; moods?: Mood[] }): Promise<string> {
    serial += 1;
    facilitator = await test.staff('Noor Facilitator', 'facilitator');
    const story = await aCase(test, { circle: [{ name: 'Joost Bakker', relation: 'neighbour', email: address() }] }, facilitator);
    const memberId = story.members.Joost!.id;
    await facilitator.post(`/v1/circle-members/${memberId}/approval`, { by: 'main-person' }).expect(200);
    await deliver();
    if (says) office.refusing.set(address(), says);
    office.moods = moods;
    office.tried.length = 0;
    await facilitator.post(`/v1/cases/${story.id}/invitations`).expect(202);
    await deliver();
    return memberId;
  }

  it('takes the mail and drops the line, twice, gets it twice at most, under one id, and is then called', async () => {
    const memberId = await anInvited({ moods: ['drops', 'drops'] });
    expect(await states(memberId)).toEqual(['mail failed']);
    for (let i = 0; i < 12; i++) {
      test.clock.advance({ hours: 20 });
      await deliver();
    }
    expect(office.tried).toHaveLength(2);
    expect(new Set(office.tried).size).toBe(1);
    expect(await states(memberId)).toEqual(['visit by-hand', 'mail dead']);
  });

  it('is full for two days gets the mail after that, once', async () => {
    const memberId = await anInvited({ says: '452 4.2.2 mailbox full' });
    for (let hour = 0; hour < 48; hour++) {
      test.clock.advance({ hours: 1 });
      await deliver();
    }
    expect(await states(memberId)).toEqual(['mail failed']);
    office.refusing.clear();
    for (let hour = 0; hour < 24; hour++) {
      test.clock.advance({ hours: 1 });
      await deliver();
    }
    expect(await states(memberId)).toEqual(['mail sent']);
    expect(taken().filter((to) => to === address())).toHaveLength(1);
  });

  it('stays full is a task by hand in the end', async () => {
    const memberId = await anInvited({ says: '452 4.2.2 mailbox full' });
    let hours = 0;
    for (; !(await states(memberId)).includes('mail dead') && hours < 200; hours += 4) {
      test.clock.advance({ hours: 4 });
      await deliver();
    }
    expect(hours).toBeGreaterThanOrEqual(48);
    expect(hours).toBeLessThan(96);
    expect(await states(memberId)).toEqual(['visit by-hand', 'mail dead']);
  });

  it('says that nobody lives there is not tried a second time', async () => {
    const memberId = await anInvited({ says: '550 5.1.1 no such user' });
    test.clock.advance({ days: 4 });
    await deliver();
    expect(await states(memberId)).toEqual(['visit by-hand', 'mail bounced']);
  });
});

it('Even with the shortest waits the last try is two days after the first', () => {
  const shortest = QUEUE_TUNING.retrySeconds.reduce((sum, _, i) => sum + retryDelayMs(QUEUE_TUNING, i + 1, 0), 0);
  expect(shortest).toBeGreaterThanOrEqual(48 * HOUR_MS);
});
