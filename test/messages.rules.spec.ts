import { DateTime } from 'luxon';
import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import {
  afterQuietHours,
  earliest,
  masked,
  MESSAGE_STATES,
  MESSAGE_TRANSITIONS,
  sendStep,
  SENDING_SECONDS,
} from '../src/messages/messages.rules.js';
import { line, lines } from '../src/messages/plain.rules.js';
import { personName, render, TEMPLATES, type Template, type TemplateValues } from '../src/messages/templates.rules.js';
import { LANGUAGES } from '../src/texts/texts.js';

const amsterdam = (local: string): Date => DateTime.fromISO(local, { zone: 'Europe/Amsterdam' }).toJSDate();
const local = (instant: Date): string =>
  DateTime.fromJSDate(instant, { zone: 'Europe/Amsterdam' }).toFormat("yyyy-MM-dd'T'HH:mm");

describe('Quiet hours', () => {
  it.each([
    ['2026-11-20T08:00', '2026-11-20T08:00'],
    ['2026-11-20T20:59', '2026-11-20T20:59'],
    ['2026-11-20T21:00', '2026-11-21T08:00'],
    ['2026-11-20T23:59', '2026-11-21T08:00'],
    ['2026-11-21T00:00', '2026-11-21T08:00'],
    ['2026-11-21T07:59', '2026-11-21T08:00'],
    ['2026-12-31T22:00', '2027-01-01T08:00'],
  ])('a text message of %s goes at %s', (asked, goes) => {
    expect(local(afterQuietHours(amsterdam(asked)))).toBe(goes);
  });

  it.each([
    ['2026-10-24T22:30', '2026-10-25T08:00', 10.5],
    ['2027-03-27T22:30', '2027-03-28T08:00', 8.5],
    ['2027-03-28T01:30', '2027-03-28T08:00', 5.5],
  ])('in the night that the clocks change, %s waits until %s', (asked, goes, hours) => {
    const from = amsterdam(asked);
    const until = afterQuietHours(from);
    expect(local(until)).toBe(goes);
    expect((until.getTime() - from.getTime()) / 3_600_000).toBe(hours);
  });

  it('knows both hours that are called 02:30 when the clocks go back', () => {
    for (const instant of ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']) {
      expect(afterQuietHours(new Date(instant)).toISOString()).toBe('2026-10-25T07:00:00.000Z');
    }
  });

  it('hold back text messages only, and not what is urgent or asked for', () => {
    const night = amsterdam('2026-11-20T23:00');
    expect(earliest({ channel: 'mail', atAnyHour: false }, night)).toEqual(night);
    expect(earliest({ channel: 'sms', atAnyHour: true }, night)).toEqual(night);
    expect(local(earliest({ channel: 'sms', atAnyHour: false }, night))).toBe('2026-11-21T08:00');
  });
});

describe('An address in the log', () => {
  it.each([
    ['joost@example.org', 'j…t@e…e.org'],
    ['jo@x.nl', 'j…@….nl'],
    ['a@mail.gemeente.nl', '…@m…l.g…e.nl'],
    ['f.yildiz@wijkteam.example', 'f…z@w…m.example'],
    ['ömer@example.org', 'ö…r@e…e.org'],
    ['+31612345679', '+31…79'],
    ['Kerkstraat 1, 1234 AB Voorbeeldstad', '…'],
    ['', '…'],
    [null, '…'],
  ])('%p is shown as %p', (address, shown) => {
    expect(masked(address)).toBe(shown);
  });
});

describe('What a worker does with a message', () => {
  const now = amsterdam('2026-11-20T12:00');
  const message = { channel: 'mail', atAnyHour: false, claimedAt: null } as const;

  it('sends what waits or failed, and nothing that has ended or needs a hand', () => {
    const sends = MESSAGE_STATES.filter((state) => sendStep({ ...message, state }, now) === 'send');
    expect(sends).toEqual(['queued', 'sending', 'failed']);
  });

  it('leaves a message alone that another worker has just claimed, until that worker must be gone', () => {
    const claimed = { ...message, state: 'sending', claimedAt: now } as const;
    expect(sendStep(claimed, new Date(now.getTime() + SENDING_SECONDS * 1000 - 1))).toBe('busy');
    expect(sendStep(claimed, new Date(now.getTime() + SENDING_SECONDS * 1000))).toBe('send');
  });

  it('waits when a text message was held up into the quiet hours', () => {
    const sms = { ...message, channel: 'sms', state: 'failed' } as const;
    expect(sendStep(sms, amsterdam('2026-11-20T21:30'))).toBe('wait');
    expect(sendStep({ ...sms, atAnyHour: true }, amsterdam('2026-11-20T21:30'))).toBe('send');
  });

  it('can reach every state', () => {
    const reached = new Set<string>(['queued', 'by-hand']);
    for (let before = 0; before !== reached.size;) {
      before = reached.size;
      for (const [state, events] of Object.entries(MESSAGE_TRANSITIONS)) {
        if (reached.has(state)) Object.values(events).forEach((target) => reached.add(target));
      }
    }
    expect([...reached].sort()).toEqual([...MESSAGE_STATES].sort());
  });
});

describe('What people typed', () => {
  it('becomes one line without controls or direction marks, cut between whole characters', () => {
    expect(line('Ria\r\nBcc: x@y.nl\u0000\u202Egnp')).toBe('Ria Bcc: x@y.nl gnp');
    expect(line('👩‍👩‍👧‍👦'.repeat(5), 25)).toBe(`${'👩‍👩‍👧‍👦'.repeat(2)}…`);
    expect(line('Yıldız ياسمين')).toBe('Yıldız ياسمين');
  });

  it('keeps the line breaks of a text, and no more than one empty line', () => {
    expect(lines('een\r\ntwee\u2028drie\n\n\n\nvier\u0007')).toBe('een\ntwee\ndrie\n\nvier');
  });

  it('is no link when it stands as a name', () => {
    expect(personName('Win! https://evil.example/x')).not.toMatch(/:\/\/|\w\.\w|\//);
    expect(personName('J. van den Berg')).toBe('J. van den Berg');
  });
});

const hostile = {
  HTML: '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&amp;',
  'CR/LF': 'Ria\r\nBcc: everyone@example.org\r\n\r\n<b>body</b>',
  formula: "=cmd|' /C calc'!A0",
  'direction marks': '\u202Etxt.exe\u2066\u061C Ria \u200F',
  '5,000 characters': 'Ria '.repeat(1250),
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈'.repeat(200),
  'broken characters': 'Ria \ud800\u0000\u0007\u2028 de Wit',
};

const when = { startsAt: '2026-12-03T13:00:00Z', endsAt: new Date('2026-12-03T15:00:00Z') };

/** Every value that is a text of people is the given one. */
const valuesOf = (typed: string): TemplateValues => {
  const from = { facilitator: typed, phone: '010 123 4567' };
  return {
    invitation: { ...from, resident: typed, slots: [when] },
    'meeting-poll': { ...from, resident: typed, slots: [when, when], answerBy: when.startsAt },
    'meeting-fixed': { ...from, resident: typed, ...when, place: typed },
    'meeting-cancelled': { ...from, resident: typed, startsAt: when.startsAt, reason: typed },
    'personal-link': { ...from },
    'device-code': { code: '123456', expiresAt: when.startsAt },
    'referral-received': { ...from, receivedAt: when.startsAt },
    'referral-confirmation': { ...from, token: '0199.abc-_', expiresAt: when.endsAt },
    'referral-accepted': { ...from, acceptedAt: when.startsAt },
    'referral-declined': { ...from, reason: typed, remark: typed },
    'information-requested': { ...from, question: typed, url: `javascript:${typed}` },
    'acute-unassigned': { ...from, receivedAt: when.startsAt, referrer: typed },
    'plan-goes': { ...from, goesOn: '2027-12-16' },
    'call-back': { ...from, askedAt: when.startsAt },
    'consent-withdrawn': { ...from, kind: 'meeting', reference: 'NB-2026-000001', url: 'https://beraad.example/werk' },
    'password-link': { ...from, token: '0199.abc-_', expiresAt: when.endsAt, why: 'welcome' },
    handover: { ...from, before: typed, isMainPerson: false, resident: typed },
  };
};

const about = {
  organisation: 'Gemeente Voorbeeldstad',
  link: 'http://localhost:3000/l/0199.abc',
  linkEndsAt: when.startsAt,
  site: 'http://localhost:3000',
  hasCalendar: true,
  phone: '+31101234567',
};

const rendered = (template: Template, language = 'nl', typed = 'Sanne', over: Partial<typeof about> = {}) =>
  render(template, { name: typed, language, values: valuesOf(typed)[template] }, { ...about, ...over });

// eslint-disable-next-line no-control-regex -- finding control characters is the purpose
const HARMFUL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const TAGS = [
  '!doctype',
  'html',
  'head',
  'meta',
  'title',
  'style',
  'body',
  'p',
  'dl',
  'div',
  'dt',
  'dd',
  'blockquote',
  'a',
  'br',
  'footer',
];

const everyText = LANGUAGES.flatMap((language) =>
  TEMPLATES.flatMap((template) => Object.entries(hostile).map(([what, typed]) => [template, language, what, typed] as const)),
);

describe('Every template in every language', () => {
  it.each(everyText)('%s (%s) is harmless with %s', async (template, language, _, typed) => {
    const { subject, text, html, sms } = rendered(template, language, typed);
    for (const out of [subject, text, html, sms]) {
      expect(out).not.toMatch(HARMFUL);
      expect(out).not.toMatch(/\p{Cs}/u);
    }
    expect(subject).not.toContain('\n');
    expect(subject.length).toBeLessThanOrEqual(120);
    expect(sms.length).toBeLessThanOrEqual(700);
    for (const [tag, name, attributes] of html.matchAll(/<\/?([a-z0-9!]+)([^>]*)>/gi)) {
      expect([tag, TAGS.includes(name!)]).toEqual([tag, true]);
      expect([
        tag,
        /^( (lang|dir|charset|name|content|class|href)="[^"]*")* ?\/?$/.test(attributes!) || name === '!doctype',
      ]).toEqual([tag, true]);
    }
    expect(html).not.toMatch(/\shref="(?!https?:|tel:)/);

    const mail = await createTransport({ streamTransport: true, buffer: true }).sendMail({
      from: { name: personName(typed), address: 'post@example.org' },
      to: { name: personName(typed), address: 'ria@example.org' },
      subject,
      text,
      html,
    });
    const parsed = await simpleParser(mail.message);
    expect(parsed.subject).toBe(subject);
    expect(parsed.bcc).toBeUndefined();
    expect(parsed.text?.trim()).toBe(text.trim());
    expect([parsed.to].flat().flatMap((to) => to!.value.map(({ address }) => address))).toEqual(['ria@example.org']);
  });

  it.each(TEMPLATES)('%s says who asks, gives a number to call, and is neutral about why', (template) => {
    const { subject, text, html, sms } = rendered(template);
    expect(text).toContain('010 123 4567');
    expect(text).toContain('Gemeente Voorbeeldstad');
    expect(subject).not.toContain('Sanne');
    for (const out of [subject, text, html, sms]) {
      expect(out).not.toMatch(/\b(case|casus|dossier|cli[eë]nt|traject|zorgmijder|kringlid)\b/i);
      expect(out).not.toMatch(/\b(u|uw)\b/i);
      expect(out).not.toMatch(/undefined|null|\[object|NaN|Invalid/);
    }
    expect(html).not.toMatch(/<img|<script|<link|\sstyle=|src=/);
    expect((html.match(/class="button"/g) ?? []).length).toBeLessThanOrEqual(1);
  });

  it.each(['invitation', 'meeting-poll', 'meeting-fixed', 'personal-link'] as const)(
    '%s has one button, the personal link',
    (template) => {
      const { text, html, sms } = rendered(template);
      expect(text.match(/\/l\/0199\.abc/g)).toHaveLength(1);
      expect(html.match(/href="http:\/\/localhost:3000\/l\/0199\.abc"/g)).toHaveLength(1);
      expect(sms).toContain(about.link);
    },
  );

  it('sends who has no link of their own to the link they got before', () => {
    const { text, html } = rendered('meeting-poll', 'nl', 'Sanne', { link: null as never });
    expect(html).not.toContain('class="button"');
    expect(text).toContain('Open je eigen pagina met de link die je eerder kreeg');
    expect(text).not.toContain('haal mij weg');
  });

  it('falls back to Dutch for a language that we do not have', () => {
    expect(rendered('invitation', 'tlh').html).toContain('<html lang="nl" dir="ltr">');
  });
});

describe('The first contact', () => {
  it('says who gave the name, what is kept, how long, and how one tap takes it away', () => {
    const first = { givenBy: 'Sanne', resident: 'Sanne', ground: 'public-task' };
    const { text } = rendered('invitation', 'nl', 'Sanne', { first } as never);
    expect(text).toContain('Waarom krijg je dit bericht? Sanne gaf ons je naam');
    expect(text).toContain('Je naam, wie je bent voor Sanne, hoe we je bereiken, en wat je antwoordt en belooft');
    expect(text).toContain('binnen 28 dagen');
    expect(text).toContain('‘haal mij weg’');
  });

  it('announces itself to who has not been spoken to, and not to who has', () => {
    const values = { resident: 'Sanne', facilitator: 'Fatma Yıldız' };
    const write = (approached: boolean) =>
      render('invitation', { name: 'Joost', language: 'nl', values: { ...values, approached } }, about).text;
    expect(write(false)).toContain('We hebben elkaar nog niet gesproken');
    expect(write(true)).not.toContain('We hebben elkaar nog niet gesproken');
  });

  it('shows the dates of a poll that joined it', () => {
    expect(rendered('invitation').text).toContain('Keuze 1: donderdag 3 december 2026, 14.00 tot 16.00 uur');
  });
});

describe('The confirmation of a referral', () => {
  it('holds nothing that the sender typed, for a stranger could write through us', () => {
    const { text, html } = render(
      'referral-confirmation',
      { name: 'Win geld op www.evil.example', language: 'nl', values: { token: 'tok.en' } },
      about,
    );
    expect(text).toContain('http://localhost:3000/bevestig/tok.en');
    expect(html).not.toContain('www.evil');
  });
});
