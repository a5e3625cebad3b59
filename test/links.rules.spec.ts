import { contactOf, wayToSendAgain, type Channel } from '../src/circle/circle.rules.js';
import { safeHours } from '../src/circle/contact-hours.rules.js';
import { earliest } from '../src/messages/messages.rules.js';
import { knownWhileChairing, linkEnds, purposeFor, sessionEnds, type LinkPurpose } from '../src/people/links.rules.js';
import { codeOf, outcomeOf, typedCode } from '../src/people/step-up.rules.js';
import { organisationOf } from '../src/people/tokens.rules.js';
import { maskedPath } from '../src/web/problem.filter.js';

const at = (text: string | null): Date | null => (text === null ? null : new Date(text));

describe('until when a link works', () => {
  it.each<[string, LinkPurpose, string, string | null, string | null, string, string]>([
    // what, purpose, given, end of the meeting, end of the case, now, works until
    ['no date yet', 'take-part', '2026-11-01T10:00Z', null, null, '2026-11-01T10:00Z', '2027-01-30T10:00Z'],
    ['a date', 'take-part', '2026-11-01T10:00Z', '2026-12-01T15:00Z', null, '2026-11-10T10:00Z', '2026-12-15T15:00Z'],
    ['a date far away', 'take-part', '2026-11-01T10:00Z', '2027-06-01T15:00Z', null, '2026-11-10T10:00Z', '2027-06-15T15:00Z'],
    ['given long after the meeting', 'take-part', '2026-12-20T10:00Z', '2026-12-01T15:00Z', null, '2026-12-20T10:00Z', '2027-01-03T10:00Z'],
    ['called off long after it was given', 'take-part', '2026-08-01T10:00Z', null, null, '2026-11-10T10:00Z', '2026-11-24T10:00Z'],
    ['the case ended', 'take-part', '2026-11-01T10:00Z', null, '2026-11-10T10:00Z', '2026-11-10T10:00Z', '2026-11-24T10:00Z'],
    ['the case ended, and the meeting before it', 'take-part', '2026-11-01T10:00Z', '2026-11-02T10:00Z', '2026-11-10T10:00Z', '2026-11-10T10:00Z', '2026-11-16T10:00Z'],
    ['given after the case ended', 'take-part', '2026-12-01T10:00Z', null, '2026-11-10T10:00Z', '2026-12-01T10:00Z', '2026-12-15T10:00Z'],
    ['a plan', 'plan', '2026-11-01T10:00Z', '2026-10-01T10:00Z', null, '2026-11-01T10:00Z', '2027-11-01T10:00Z'],
    ['a plan of a case that is closed', 'plan', '2026-11-01T10:00Z', null, '2026-12-01T10:00Z', '2026-12-01T10:00Z', '2027-11-01T10:00Z'],
    ['shown at the table', 'show', '2026-11-01T10:00Z', '2026-12-01T10:00Z', null, '2026-11-01T10:00Z', '2026-11-02T10:00Z'],
  ])('%s', (_, purpose, createdAt, meetingEndsAt, closedAt, now, expected) => {
    const term = { caseState: 'preparing', meetingEndsAt: at(meetingEndsAt), closedAt: at(closedAt) };
    expect(linkEnds({ purpose, createdAt: at(createdAt)! }, term, at(now)!)).toEqual(at(expected));
  });

  it('lets a session end with what it is for, and after 90 days at the latest', () => {
    const now = new Date('2026-11-01T10:00Z');
    const none = { caseState: 'preparing', meetingEndsAt: null, closedAt: null };
    expect(sessionEnds({ purpose: 'plan', createdAt: now }, none, now)).toEqual(at('2027-01-30T10:00Z'));
    const soon = { ...none, meetingEndsAt: at('2026-11-05T10:00Z') };
    expect(sessionEnds({ purpose: 'take-part', createdAt: now }, soon, now)).toEqual(at('2026-11-19T10:00Z'));
  });

  it('is for the plan once people carry it out, and for taking part before', () => {
    expect(['preparing', 'scheduled', 'met', 'stopped', 'carrying-out', 'closed'].map((caseState) => purposeFor({ caseState }))).toEqual([
      'take-part', 'take-part', 'take-part', 'take-part', 'plan', 'plan',
    ]);
  });

  it.each([
    ['chairing in the evening', '2026-11-16T20:00Z', '2026-11-16T20:30Z', '2026-11-16T23:00Z'],
    ['in summer time', '2026-07-16T20:00Z', '2026-07-16T20:30Z', '2026-07-16T22:00Z'],
    ['known for longer anyhow', '2026-11-16T20:00Z', '2026-12-01T10:00Z', '2026-12-01T10:00Z'],
    ['no longer known', '2026-11-16T20:00Z', '2026-11-16T19:00Z', '2026-11-16T19:00Z'],
  ])('%s: a known device stays known until midnight in Amsterdam at least', (_, now, known, until) => {
    expect(knownWhileChairing(at(known)!, at(now)!)).toEqual(at(until));
  });
});

describe('a code', () => {
  const sent = { triesLeft: 5, expiresAt: new Date('2026-11-16T08:40Z'), usedAt: null };
  const now = new Date('2026-11-16T08:30Z');

  it.each([
    ['right', sent, true, 'right'],
    ['wrong', sent, false, 'wrong'],
    ['the fifth try right', { ...sent, triesLeft: 1 }, true, 'right'],
    ['the sixth try, even right', { ...sent, triesLeft: 0 }, true, 'used-up'],
    ['used before', { ...sent, usedAt: now }, true, 'none'],
    ['after ten minutes', { ...sent, expiresAt: now }, true, 'none'],
    ['never sent', null, true, 'none'],
  ])('%s', (_, code, matches, outcome) => expect(outcomeOf(code, matches, now)).toBe(outcome));

  it('is six digits, and may be pasted with what telephones put in', () => {
    expect([codeOf(7), codeOf(999_999)]).toEqual(['000007', '999999']);
    expect(['123 456', ' 123-456 ', '123\u00a0456', '12.34.56', '123–456'].map(typedCode)).toEqual(Array(5).fill('123456'));
  });
});

describe('how someone is reached', () => {
  const everything = { email: 'ria@example.org', phone: '+31612345679', address: 'Kerkstraat 1' };
  const landline = { email: 'ria@example.org', phone: '+31101234567' };
  const said = (channel: Channel): { contactPreference: { channel: Channel } } => ({ contactPreference: { channel } });

  it.each([
    ['nothing said', everything, 'mail', 'ria@example.org'],
    ['safe by SMS', { ...everything, ...said('sms') }, 'sms', '+31612345679'],
    ['safe by SMS, with a number that takes none: called', { ...landline, ...said('sms') }, 'call', '+31101234567'],
    ['safe by SMS, without a number: a task, not a mail', { email: 'ria@example.org', ...said('sms') }, 'call', null],
    ['safe by mail, without an address: a task, not an SMS', { phone: '+31612345679', ...said('mail') }, 'call', '+31612345679'],
    ['safe by letter', { ...everything, ...said('letter') }, 'letter', 'Kerkstraat 1'],
    ['safe by letter, address unknown', { ...landline, ...said('letter') }, 'letter', null],
    ['safe by calling', { ...everything, ...said('call') }, 'call', '+31612345679'],
    ['safe by a visit', { ...landline, ...said('visit') }, 'visit', null],
  ])('%s', (_, person, channel, address) => expect(contactOf(person)).toEqual({ channel, address }));

  it.each([
    ['nothing said: where it was asked', everything, 'sms', { channel: 'sms', address: '+31612345679' }],
    ['safe there', { ...everything, ...said('mail') }, 'mail', { channel: 'mail', address: 'ria@example.org' }],
    ['safe elsewhere', { ...everything, ...said('sms') }, 'mail', { channel: 'sms', address: '+31612345679' }],
    ['safe only by calling: a task', { ...everything, ...said('call') }, 'mail', { channel: 'call', address: '+31612345679' }],
  ] as const)('sends a link again: %s', (_, person, via, way) => expect(wayToSendAgain(person, via)).toEqual(way));

  it.each([
    ['tussen 9.00 en 11.00 uur', { from: 540, until: 660 }],
    ['9-17', { from: 540, until: 1020 }],
    ['van 18:30 tot 20:00', { from: 1110, until: 1200 }],
    ["'s avonds", { from: 1080, until: 1260 }],
    ['na 17 uur', { from: 1020, until: 1260 }],
    ['voor 12:00', { from: 480, until: 720 }],
    ['22:00 - 2:00', { from: 1320, until: 120 }],
    ['Alleen overdag', { from: 540, until: 1020 }],
    ['niet tussen 9 en 11', null],
    ['als Piet werkt', null],
    ['9-9', null],
    ['tussen 9 en 25', null],
    ['ma t/m vr 9-17', null],
    [undefined, null],
  ])('reads "%s" whole or not at all', (written, hours) => expect(safeHours(written)).toEqual(hours));

  it.each([
    // channel, at any hour, safe hours, now (Amsterdam is one hour ahead), when
    ['mail', false, null, '2026-11-16T21:30Z', '2026-11-16T21:30Z'],
    ['sms', false, null, '2026-11-16T21:30Z', '2026-11-17T07:00Z'],
    ['sms', true, null, '2026-11-16T21:30Z', '2026-11-16T21:30Z'],
    ['mail', false, [1080, 1260], '2026-11-16T10:00Z', '2026-11-16T17:00Z'],
    ['mail', true, [1080, 1260], '2026-11-16T10:00Z', '2026-11-16T17:00Z'],
    ['sms', false, [1080, 1260], '2026-11-16T18:00Z', '2026-11-16T18:00Z'],
    ['mail', false, [1080, 1260], '2026-11-16T20:00Z', '2026-11-17T17:00Z'],
    ['sms', false, [1320, 120], '2026-11-17T00:30Z', '2026-11-17T00:30Z'],
    ['sms', false, [1320, 120], '2026-11-17T01:00Z', '2026-11-17T21:00Z'],
    // The clock goes back in the night: seven in the evening stays seven in the evening.
    ['mail', false, [1140, 1200], '2026-10-24T20:00Z', '2026-10-25T18:00Z'],
  ] as const)('sends by %s (any hour: %s, safe hours: %p) from %s at %s', (channel, atAnyHour, safe, now, when) => {
    const [safeFrom, safeUntil] = safe ?? [null, null];
    expect(earliest({ channel, atAnyHour, safeFrom, safeUntil }, new Date(now))).toEqual(new Date(when));
  });
});

describe('a token', () => {
  const token = `019a9f00-0000-7000-8000-00000000dead.${'a'.repeat(43)}`;

  it.each([
    `/l/${token}`, `/welkom/${token}`, `/bevestig/${token}`, `/agenda/${token}`, '/l/x', `/v1/cases/${token}`, `/V1/%6C/${token}`,
    `/mijn/${'f'.repeat(64)}`, `/l/${'Ab_-'.repeat(16)}`, `/mijn?token=${token}`,
  ])('does not stand in a line of the log: %s', (path) => {
    const masked = maskedPath(path);
    expect(masked).not.toMatch(/a{20}|f{20}|(Ab_-){5}|\/l\/x/);
  });

  it('leaves ids and names in it', () => {
    const path = '/v1/circle-members/019a9f00-0000-7000-8000-00000000dead/phone-verification';
    expect(maskedPath(`${path}?x=1`)).toBe(path);
  });

  it('names its organisation wherever it stands', () => {
    expect(organisationOf(`/mijn?a=1&token=${token}`)).toBe('019a9f00-0000-7000-8000-00000000dead');
    expect([organisationOf('x'), organisationOf('/v1/cases/019a9f00-0000-7000-8000-00000000dead?limit=5')]).toEqual([null, null]);
  });
});
