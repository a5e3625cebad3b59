import { afterFailure, isUnsure } from '../src/messages/messages.rules.js';
import { isMacOf, ofMessageId, ofReturnAddress, readReturned, returnAddress, saysBadAddress, statusIn } from '../src/messages/returns.rules.js';
import { aComplaint, aReturn } from './support/returns.js';

const ID = '0199aaaa-bbbb-7ccc-8ddd-eeeeffff0000';
const about = { messageId: `<${ID}@beraad.example>`, to: 'bounces@post.example', recipient: 'joost@example.org' };

describe('A mail that came back', () => {
  it.each([
    ['failed', '5.1.1', 'failed', true],
    ['failed', '5.1.10', 'failed', true],
    ['failed', '5.4.4', 'failed', true],
    ['failed', '5.2.1', 'failed', true],
    ['failed', '5.2.2', 'failed', false],
    ['failed', '5.3.4', 'failed', false],
    ['failed', '5.6.0', 'failed', false],
    ['failed', '5.7.1', 'failed', false],
    ['failed', '4.2.2', 'failed', false],
    ['failed', '4.4.7', 'failed', false],
    ['delayed', '4.2.2', 'delayed', false],
    ['delivered', '2.0.0', 'other', false],
    ['relayed', '2.0.0', 'other', false],
  ])('that says %s %s is %s, bad address: %p', (action, status, kind, badAddress) => {
    expect(readReturned(aReturn({ ...about, action, status }))).toMatchObject({ kind, badAddress });
  });

  it('is read whatever line breaks, folding, case and encoding it has', () => {
    const plain = aReturn({ ...about, action: 'failed', status: '5.1.1' });
    const forms = [plain, plain.replace(/\r\n/g, '\n'), plain.replace('Action: failed', 'ACTION:\r\n  Failed'), aReturn({ ...about, action: 'failed', status: '5.1.1', encoding: 'base64' })];
    for (const form of forms) {
      expect(readReturned(form)).toMatchObject({ kind: 'failed', status: '5.1.1', messageIds: [about.messageId], recipient: about.recipient });
    }
  });

  it('names where it came back to', () => {
    expect(readReturned(aReturn({ ...about, action: 'failed', status: '5.1.1' })).to).toContain('bounces@post.example');
  });

  it.each([
    ['a holiday notice', 'From: joost@example.org\r\nTo: bounces@post.example\r\nAuto-Submitted: auto-replied\r\nSubject: Weg\r\n\r\nIk ben er niet. Status: 5.1.1'],
    ['a report without a report', aReturn({ ...about, action: 'failed', status: '5.1.1' }).replace('message/delivery-status', 'text/plain')],
    ['a report as ordinary mail', aReturn({ ...about, action: 'failed', status: '5.1.1' }).replace('multipart/report', 'multipart/mixed')],
    ['nothing', ''],
    ['only a boundary', 'Content-Type: multipart/report; boundary=x\r\n\r\n--x--'],
    ['parts without end', `Content-Type: multipart/report; boundary=x\r\n\r\n${'--x\r\n\r\n'.repeat(5000)}`],
    ['a boundary that is a pattern', 'Content-Type: multipart/report; boundary="(a+)+$"\r\n\r\n--(a+)+$\r\n\r\n'],
  ])('%s changes nothing', (_, raw) => {
    expect(readReturned(raw).kind).toBe('other');
  });

  it('is read in no time, however it is made', () => {
    const started = performance.now();
    for (const evil of [`${'a@'.repeat(100_000)}`, `Content-Type: ${' '.repeat(150_000)}x`, `To: ${'<'.repeat(150_000)}`, `${'\n '.repeat(90_000)}`]) {
      expect(readReturned(evil).kind).toBe('other');
    }
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('A complaint', () => {
  it('is known by its report, with whose mail it is about', () => {
    expect(readReturned(aComplaint(about))).toMatchObject({ kind: 'complaint', messageIds: [about.messageId], recipient: about.recipient });
  });

  it('that says it was no spam is none', () => {
    expect(readReturned(aComplaint({ ...about, type: 'not-spam' })).kind).toBe('other');
  });
});

describe('The address to which one mail comes back', () => {
  const mac = Buffer.alloc(32, 7);
  const address = returnAddress(ID, mac, 'post.example');

  it('fits in a local part, and holds the id and the proof', () => {
    expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64);
    const said = ofReturnAddress(address.toUpperCase())!;
    expect(said.messageId).toBe(ID);
    expect(isMacOf(said.mac, mac)).toBe(true);
    expect(isMacOf(said.mac, Buffer.alloc(32, 8))).toBe(false);
  });

  it.each(['bounces@post.example', `bounces+${ID}.00@post.example`, 'x@y.nl', ''])('is not %p', (other) => {
    expect(ofReturnAddress(other)).toBeNull();
  });

  it.each([
    [`<${ID}@beraad.example>`, ID],
    [`<${ID.toUpperCase()}@x>`, ID],
    ['<CAF=x@mail.example>', null],
  ])('of a Message-ID %p is %p', (messageId, id) => {
    expect(ofMessageId(messageId)).toBe(id);
  });

  it('a server that gives no code says that the address takes nothing', () => {
    expect(saysBadAddress(statusIn('550 no such user'))).toBe(true);
    expect(saysBadAddress(statusIn('550 5.7.1 relay denied'))).toBe(false);
  });
});

describe('After a try that failed', () => {
  const unsure = { permanent: false, meaning: 'unknown-outcome' } as const;

  it.each([
    [{ permanent: false, meaning: null }, 'mail', 0, 'failed'],
    [{ permanent: true, meaning: null }, 'mail', 0, 'dead'],
    [{ permanent: true, meaning: 'bad-address' }, 'mail', 0, 'bounced'],
    [unsure, 'mail', 0, 'failed'],
    [unsure, 'mail', 1, 'dead'],
    [unsure, 'sms', 5, 'failed'],
  ] as const)('%p by %s with %i unknown before is %s', (failure, channel, unknownTries, state) => {
    expect(afterFailure(failure, { channel, unknownTries, urgent: false, attempts: 9 })).toBe(state);
  });

  it('what is urgent is left to a person after six tries, and nothing else is', () => {
    const refused = { permanent: false, meaning: null };
    const state = (urgent: boolean, attempts: number) => afterFailure(refused, { channel: 'mail', unknownTries: 0, urgent, attempts });
    expect([state(true, 4), state(true, 5), state(false, 5)]).toEqual(['failed', 'dead', 'failed']);
  });

  it('a mail whose worker died twice is left to a person', () => {
    expect([isUnsure('mail', 1), isUnsure('mail', 2), isUnsure('sms', 9)]).toEqual([false, true, false]);
  });
});
