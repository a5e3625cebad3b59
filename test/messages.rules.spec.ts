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
import { INVITATION_KINDS, INVITATION_ROLES } from '../src/texts/invitation.js';
import { isCircleTemplate, MESSAGE_LANGUAGES, messageLanguage } from '../src/texts/message-languages.js';

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
    'meeting-reminder': { ...from, ...when, place: typed, isMainPerson: false }, 'poll-reminder': { ...from, resident: typed, slots: [when], answerBy: when.startsAt }, 'poll-answers': { reference: 'NB-2026-000001', answered: 3, asked: 5 }, 'meeting-left': { ...from, startsAt: when.startsAt, left: false }, 'stand-in-date': { reference: 'NB-2026-000001', was: when.startsAt, startsAt: when.endsAt },
    'personal-link': { ...from }, 'marks-asked': { ...from, closed: false, isMainPerson: false, left: { stays: true, released: true } }, 'private-time-open': { ...from }, 'chair-asked': { ...from, resident: typed, startsAt: when.startsAt },
    'device-code': { code: '123456', expiresAt: when.startsAt },
    'referral-received': { ...from, receivedAt: when.startsAt },
    'referral-confirmation': { ...from, token: '0199.abc-_', expiresAt: when.endsAt },
    'referral-accepted': { ...from, acceptedAt: when.startsAt },
    'referral-declined': { ...from, reason: typed, remark: typed },
    'information-requested': { ...from, question: typed, url: `javascript:${typed}` },
    'acute-alert': { ...from, receivedAt: when.startsAt, rank: 'first', url: 'https://beraad.example/werk' },
    'acute-received': { ...from, receivedAt: when.startsAt, onDuty: typed },
    'acute-acknowledged': { ...from, at: when.startsAt },
    'acute-not-held': { ...from, reference: 'NB-2026-000001', reason: typed, plannedAt: when.startsAt },
    'acute-waiting': { ...from, receivedAt: when.startsAt },
    'acute-unassigned': { ...from, receivedAt: when.startsAt, referrer: typed },
    'referral-waited': { ...from, what: 'triage', since: when.startsAt, url: 'https://beraad.example/leiding' },
    'condition-test': { ...from, testBy: '2026-12-18' }, 'plan-returned': { ...from, isMainPerson: false }, 'plan-stopped': from, 'plan-goes': { ...from, goesOn: '2027-12-16' }, 'call-back': { ...from, askedAt: when.startsAt }, 'together-asked': { ...from, askedAt: when.startsAt },
    'consent-withdrawn': { ...from, kind: 'meeting', reference: 'NB-2026-000001', url: 'https://beraad.example/werk' },
    'password-link': { ...from, token: '0199.abc-_', expiresAt: when.endsAt, why: 'welcome' },
    handover: { ...from, before: typed, isMainPerson: false, resident: typed }, 'check-in': { ...from, count: 2, isMainPerson: false }, 'promise-asked': { ...from, count: 1, resident: typed }, 'plan-carried': { ...from, isMainPerson: false }, 'obstacle-open': { ...from, reference: 'NB-2026-000001', days: 5, forLead: true, url: 'https://beraad.example/leiding' }, 'obstacle-director': { ...from, movers: typed, what: 'geld', since: when.startsAt }, 'director-text': { ...from },
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

const everyText = MESSAGE_LANGUAGES.flatMap((language) =>
  TEMPLATES.filter((template) => language === 'nl' || isCircleTemplate(template)).flatMap((template) => Object.entries(hostile).map(([what, typed]) => [template, language, what, typed] as const)),
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

const everyInvitation = MESSAGE_LANGUAGES.flatMap((language) =>
  INVITATION_KINDS.flatMap((kind) =>
    INVITATION_ROLES.flatMap((role) =>
      (['announced', 'spoken to', 'again'] as const).map((moment) => [language, kind, role, moment] as const),
    ),
  ),
);

const invited = (language: string, over: Partial<TemplateValues['invitation']>, more: object = {}) => {
  const values = { resident: 'Sanne', facilitator: 'Fatma Yildiz', phone: '010 123 4567', ...over };
  return render('invitation', { name: 'Joost', language, values }, { ...about, ...more });
};

describe('An invitation', () => {
  it.each(everyInvitation)('in %s to %s as %s (%s) is whole, says who asks, and stays harmless', (language, kind, role, moment) => {
    const over = { kind, role, approached: moment === 'spoken to', again: moment === 'again' };
    const { subject, text, html, sms } = invited(language, over);
    for (const out of [subject, text, html, sms]) expect(out).not.toMatch(/undefined|null|\[object|NaN|Invalid/);
    for (const out of [text, html, sms]) expect(out).toContain('Sanne');
    expect(subject).not.toContain('Sanne');
    expect(text).toContain('Fatma Yildiz');
    expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    for (const typed of Object.values(hostile)) {
      const worst = invited(language, { ...over, resident: typed, facilitator: typed });
      for (const out of Object.values(worst)) expect(out).not.toMatch(HARMFUL);
      expect(worst.html).not.toMatch(/<script|<img|<b>/);
      expect(worst.sms.length).toBeLessThanOrEqual(700);
    }
  });

  it.each(MESSAGE_LANGUAGES)('in %s differs for every kind and every role', (language) => {
    const kinds = INVITATION_KINDS.map((kind) => invited(language, { kind }).text);
    const roles = INVITATION_ROLES.map((role) => invited(language, { role }).text);
    expect(new Set(kinds).size).toBe(INVITATION_KINDS.length);
    expect(new Set(roles).size).toBe(INVITATION_ROLES.length);
  });

  it('to an mdo says that the resident chairs, and to a plan without a meeting that nobody has to come', () => {
    expect(invited('nl', { kind: 'mdo' }).text).toContain('Sanne zit zelf voor');
    const plan = invited('nl', { kind: 'netwerkplan' });
    expect(plan.text).toContain('Er is geen bijeenkomst');
    expect(`${plan.subject} ${plan.text} ${plan.sms}`).not.toMatch(/om tafel|erbij kunt zijn|gesprek/);
  });

  it.each(MESSAGE_LANGUAGES)('in %s is shorter to a child than to a grown-up', (language) => {
    const words = (role: 'young' | 'professional') => invited(language, { role }).text.length;
    expect(words('young')).toBeLessThan(words('professional'));
  });

  it.each(['nl', 'en'])('as a text message in %s fits in two parts', (language) => {
    for (const kind of INVITATION_KINDS) {
      const { sms } = invited(language, { kind }, { link: `https://beraad.veenbroek.nl/l/${'0'.repeat(36)}.${'a'.repeat(43)}` });
      expect([kind, sms.length <= 306]).toEqual([kind, true]);
    }
  });

  it.each([
    ['ar', 'ar'],
    ['AR-sy', 'ar'],
    ['Turks', 'tr'],
    ['Engels ', 'en'],
    ['tlh', 'nl'],
    ['', 'nl'],
  ])('to who speaks %p goes in %s', (asked, written) => {
    expect(messageLanguage(asked)).toBe(written);
  });
});

describe('In a language of their own', () => {
  const circle = TEMPLATES.filter(isCircleTemplate);

  it.each(MESSAGE_LANGUAGES.filter((language) => language !== 'nl'))('no message in %s is left in Dutch', (language) => {
    for (const template of circle) {
      const [dutch, theirs] = [rendered(template), rendered(template, language)];
      const sentences = (text: string) => text.split('\n').filter((row) => /\p{L}{3}/u.test(row) && !/^(Sanne|> |Gemeente|Wanneer|.*: Sanne$|https?:)/.test(row));
      expect([template, sentences(theirs.text).filter((row) => sentences(dutch.text).includes(row))]).toEqual([template, []]);
      expect([template, theirs.subject === dutch.subject]).toEqual([template, false]);
    }
  });

  it('staff are written to in Dutch, whatever language is noted', () => {
    expect(rendered('acute-unassigned', 'ar').html).toContain('<html lang="nl" dir="ltr">');
  });

  it.each(MESSAGE_LANGUAGES)('the first contact in %s tells who gave the name, the 28 days and the way out', (language) => {
    const { text, sms } = invited(language, {}, { first: { givenBy: 'Rachid', resident: 'Sanne', ground: 'wmo' } });
    expect(text).toContain('Rachid');
    expect(text).toContain('28');
    expect(text).toContain('haal mij weg');
    expect(sms).toContain('Rachid');
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
