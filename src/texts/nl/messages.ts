import { consents } from './consents.js';

import { deviceCode } from './links.js';
import { staffTemplates } from './staff-messages.js';

/** What a message says, in parts; the layout is the same for all, and makes the words of people in it harmless. */
export interface MessageText {
  /** Neutral: it may be read over a shoulder at work. Never the name of a resident. */
  subject: string;
  /** One sentence per line; the first says who asks what. */
  say: string[];
  facts?: [label: string, value: string][];
  /** Someone's own words. */
  quote?: string | null;
  button?: { label: string; url: string } | null;
  /** After the button. */
  after?: string[];
  /** Small print: why this came, what is kept, how it stops. */
  notice?: string[];
  /** The same as one text message, for those without mail and for what is urgent; who sends it and the address come behind. */
  sms: string;
  smsUrl?: string | null;
}

/** What the first message to somebody of the circle says beside its own words. */
export interface FirstNotice {
  /** Who gave us their name. */
  givenBy: string;
  /** For whom they are somebody. */
  resident: string;
  /** The code of the legal ground on which the organisation works. */
  ground: string;
}

/** What the layout and the texts know about every message. */
export interface MessageAbout {
  organisation: string;
  /** The reader's personal link, when the message brings one. */
  link: string | null;
  linkEndsAt: Date | string | null;
  /** Set when this is the first that the reader hears from us: then it says why, what is kept, and how it stops. */
  first?: FirstNotice | null;
  /** PUBLIC_URL. */
  site: string;
  /** Whether an appointment for the calendar is attached. */
  hasCalendar: boolean;
}

/** Who signs, and the number to call; without them the organisation's name and number stand there. */
interface From {
  facilitator?: string | null;
  phone?: string | null;
}

interface Slot {
  startsAt: Date | string;
  endsAt: Date | string;
}

const ZONE = 'Europe/Amsterdam';
const dayFormat = new Intl.DateTimeFormat('nl-NL', {
  timeZone: ZONE,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const timeFormat = new Intl.DateTimeFormat('nl-NL', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const day = (instant: Date | string): string => dayFormat.format(new Date(instant));
const time = (instant: Date | string): string => timeFormat.format(new Date(instant)).replace(':', '.');
const moment = (instant: Date | string): string => `${day(instant)} om ${time(instant)} uur`;
const span = (slot: Slot): string => `${day(slot.startsAt)}, ${time(slot.startsAt)} tot ${time(slot.endsAt)} uur`;

const before = (instant: Date | string | null | undefined): string[] =>
  instant ? [`Wil je dat doen voor ${day(instant)}?`] : ['Het liefst binnen een week.'];

const PAGE_WAYS = {
  withLink: 'Je hebt geen account of wachtwoord nodig.',
  withoutLink: 'Open je eigen pagina met de link die je eerder kreeg. Geen link meer? Bel even, dan krijg je een nieuwe.',
};

const stopHint = (about: MessageAbout): string[] =>
  about.link && !about.first ? ['Liever niet meer meedoen? Tik op je pagina op ‘haal mij weg’. Dan wissen we je gegevens.'] : [];

const openPage = (about: MessageAbout, label: string): MessageText['button'] => (about.link ? { label, url: about.link } : null);
const pageHint = (about: MessageAbout): string => (about.link ? PAGE_WAYS.withLink : PAGE_WAYS.withoutLink);

const templates = {
  ...staffTemplates,

  /** To someone of the circle. */
  invitation: (
    v: From & {
      /** How the main person wants to be called. */
      resident: string;
      /** Someone has already spoken with them; otherwise the text announces itself. */
      approached?: boolean;
      /** The dates of a poll that runs, so that no second mail is needed. */
      slots?: Slot[];
      /** The date, when it is fixed already. */
      startsAt?: Date | string | null;
      endsAt?: Date | string | null;
      answerBy?: Date | string | null;
    },
    about: MessageAbout,
  ): MessageText => {
    const fixed = v.startsAt && v.endsAt ? span({ startsAt: v.startsAt, endsAt: v.endsAt }) : null;
    return {
      subject: 'Uitnodiging voor een gesprek',
      say: [
        v.approached
          ? `We spraken je over ${v.resident}. Hier is de uitnodiging.`
          : `${v.resident} wil met een paar mensen om tafel en hoopt dat jij erbij bent.`,
        v.approached
          ? `${v.resident} hoopt dat jij meedenkt.`
          : `${v.facilitator ?? about.organisation} begeleidt dat gesprek. We hebben elkaar nog niet gesproken.`,
        ...(v.approached ? [] : ['Bel gerust als je eerst iets wilt vragen.']),
        'Wil je laten weten of je erbij kunt zijn?',
        ...before(v.answerBy),
      ],
      facts: fixed ? [['Wanneer', fixed]] : (v.slots ?? []).map((slot, i) => [`Keuze ${i + 1}`, span(slot)]),
      button: openPage(about, 'Geef antwoord'),
      after: [pageHint(about)],
      sms:
        `${v.resident} wil graag dat je meedenkt in een gesprek. Op je pagina geef je antwoord.`,
      smsUrl: about.link,
    };
  },

  /** To everyone who may choose a date. `resident` is null when the reader is the main person. */
  'meeting-poll': (
    v: From & { resident: string | null; slots: Slot[]; answerBy?: Date | string | null },
    about: MessageAbout,
  ): MessageText => ({
    subject: 'Kun je een datum kiezen?',
    say: [
      v.resident
        ? `${v.resident} wil met elkaar om tafel. Wanneer kun jij?`
        : 'We zoeken een datum voor je gesprek. Wanneer kun jij?',
      'Zeg bij elke datum of je kunt. Dat kost een minuut.',
      ...before(v.answerBy),
    ],
    facts: v.slots.map((slot, i) => [`Keuze ${i + 1}`, span(slot)]),
    button: openPage(about, 'Kies wanneer je kunt'),
    after: [pageHint(about)],
    notice: v.resident ? stopHint(about) : [],
    sms: 'Wanneer kun jij bij het gesprek zijn? Kies op je pagina een datum.',
    smsUrl: about.link,
  }),

  /** The date is fixed, or has moved. `place` is what this reader may know of it. */
  'meeting-fixed': (
    v: From & {
      resident: string | null;
      startsAt: Date | string;
      endsAt: Date | string;
      place?: string | null;
      moved?: boolean;
      /** Coming together again after the plan was made. */
      review?: boolean;
    },
    about: MessageAbout,
  ): MessageText => {
    const talk = v.review ? 'We komen weer bij elkaar' : 'De datum van het gesprek staat vast';
    return {
      subject: v.moved ? 'De afspraak is veranderd' : 'De datum staat vast',
      say: [
        v.moved
          ? 'De afspraak is veranderd. Kijk even of je dan kunt.'
          : `${talk}${v.resident ? `. ${v.resident} hoopt dat je komt` : ''}.`,
        'Kun je toch niet? Laat het ons dan zo snel mogelijk weten.',
      ],
      facts: [['Wanneer', span(v)], ...(v.place ? [['Waar', v.place] as [string, string]] : [])],
      button: openPage(about, 'Bekijk de afspraak'),
      after: [pageHint(about), ...(about.hasCalendar ? ['De afspraak zit ook in de bijlage. Zo zet je hem in je agenda.'] : [])],
      notice: v.resident ? stopHint(about) : [],
      sms: `${v.moved ? 'De afspraak is veranderd' : talk}: ${span(v)}.${v.place ? ` ${v.place}.` : ''}`,
      smsUrl: about.link,
    };
  },

  /** The date is off. `reason` is a sentence for everyone. */
  'meeting-cancelled': (
    v: From & { resident: string | null; startsAt: Date | string; reason?: string | null; review?: boolean },
    about: MessageAbout,
  ): MessageText => ({
    subject: 'De afspraak gaat niet door',
    say: [
      `De afspraak van ${moment(v.startsAt)} gaat niet door.`,
      'Je hoeft niets te doen. Komt er een nieuwe datum, dan hoor je het van ons.',
    ],
    quote: v.reason ?? null,
    button: openPage(about, 'Bekijk je pagina'),
    after: about.hasCalendar ? ['Met de bijlage gaat de afspraak ook uit je agenda.'] : [],
    notice: v.resident ? stopHint(about) : [],
    sms: `De afspraak van ${moment(v.startsAt)} gaat niet door. Komt er een nieuwe datum, dan hoor je het van ons.`,
  }),

  /** A new personal link; older ones have ended. */
  'personal-link': (v: From & { isMainPerson?: boolean }, about: MessageAbout): MessageText => ({
    subject: 'De link naar je eigen pagina',
    say: [
      'Hier is de link naar je eigen pagina. Daar zie je wat er van je gevraagd wordt en geef je antwoord.',
      'De link is alleen voor jou. Stuur hem niet door.',
      ...(about.linkEndsAt
        ? [`Hij werkt tot en met ${day(about.linkEndsAt)}. Een link die je eerder kreeg, werkt niet meer.`]
        : []),
    ],
    button: openPage(about, 'Open je pagina'),
    after: [pageHint(about)],
    notice: ['Had je hier niet om gevraagd? Dan hoef je niets te doen.', ...(v.isMainPerson ? [] : stopHint(about))],
    sms: 'Hier is de link naar je eigen pagina. Hij is alleen voor jou.',
    smsUrl: about.link,
  }),

  'device-code': deviceCode,

  /** The receipt for who referred someone; `self` when they asked for themself. */
  'referral-received': (
    v: From & { receivedAt: Date | string; self?: boolean; acute?: boolean },
    about: MessageAbout,
  ): MessageText => ({
    subject: v.self ? 'Je vraag is binnen' : 'Je aanmelding is binnen',
    say: [
      v.self
        ? `We hebben je vraag gekregen op ${moment(v.receivedAt)}.`
        : `We hebben je aanmelding gekregen op ${moment(v.receivedAt)}.`,
      v.acute
        ? 'Je schreef dat er haast bij is. We zoeken nu iemand die het oppakt. Je hoort zo snel mogelijk wie dat is.'
        : 'Binnen 2 werkdagen kijken we ernaar. Daarna hoor je wie het oppakt.',
      ...(v.self ? ['We bellen of spreken je eerst zelf. Tot die tijd benaderen we niemand anders.'] : []),
      ...(v.acute ? ['Is er direct gevaar? Bel 112.'] : []),
    ],
    after: ['Je hoeft nu niets te doen.'],
    notice: [`Je krijgt dit bericht omdat je iets aan ${about.organisation} hebt gevraagd. Klopt dat niet? Laat het ons weten.`],
    sms: v.acute
      ? 'Je aanmelding is binnen. We zoeken nu iemand die het oppakt. Is er direct gevaar? Bel 112.'
      : `${v.self ? 'Je vraag' : 'Je aanmelding'} is binnen. Binnen 2 werkdagen kijken we ernaar.`,
  }),

  /** To a referrer without an account: was this you? Holds nothing that the sender typed, so that nobody mails through us. */
  'referral-confirmation': (v: From & { token: string; expiresAt?: Date | string | null }, about: MessageAbout): MessageText => {
    const url = `${about.site}/bevestig/${v.token}`;
    return {
      subject: 'Bevestig je aanmelding',
      say: [
        `Iemand deed met dit mailadres een aanmelding bij ${about.organisation}. Was jij dat?`,
        'Bevestig het dan met de knop. Pas daarna gaan we ermee aan de slag.',
        ...(v.expiresAt ? [`Dat kan tot en met ${day(v.expiresAt)}.`] : []),
      ],
      button: { label: 'Ja, dit was ik', url },
      notice: ['Was jij dit niet? Dan hoef je niets te doen. Zonder bevestiging doen we niets met de aanmelding.'],
      sms: `Bevestig je aanmelding bij ${about.organisation}. Was jij dit niet? Dan hoef je niets te doen.`,
      smsUrl: url,
    };
  },

  /** Someone took it up: to the referrer, or to the resident who asked for themself. */
  'referral-accepted': (v: From & { facilitator: string; acceptedAt: Date | string; self?: boolean }): MessageText => ({
    subject: v.self ? 'Je vraag is opgepakt' : 'Je aanmelding is opgepakt',
    say: [
      `${v.facilitator} heeft dit opgepakt op ${moment(v.acceptedAt)}.`,
      `${v.facilitator} neemt binnen 2 werkdagen contact met je op.`,
    ],
    after: ['Je hoeft nu niets te doen.'],
    sms: `${v.facilitator} heeft dit opgepakt op ${moment(v.acceptedAt)} en neemt binnen 2 werkdagen contact met je op.`,
  }),

  /** It is not taken up. `reason` is a sentence in plain words, `remark` what the lead added. */
  'referral-declined': (v: From & { reason: string; remark?: string | null; self?: boolean }): MessageText => ({
    subject: v.self ? 'Over je vraag' : 'Over je aanmelding',
    say: [`We kunnen ${v.self ? 'je vraag' : 'je aanmelding'} niet oppakken.`, v.reason],
    quote: v.remark ?? null,
    after: ['Wil je erover praten? Bel ons gerust. Dan denken we mee over wat wel kan.'],
    sms: `We kunnen ${v.self ? 'je vraag' : 'je aanmelding'} niet oppakken. ${v.reason} Wil je erover praten? Bel ons gerust.`,
  }),

  /** More has to be known first. `question` is what the lead asks, `url` where it can be answered. */
  'information-requested': (
    v: From & { question: string; url?: string | null; self?: boolean },
    about: MessageAbout,
  ): MessageText => ({
    subject: 'We hebben nog een vraag',
    say: [
      `We zijn bezig met ${v.self ? 'je vraag' : 'je aanmelding'} bij ${about.organisation}.`,
      'Om verder te kunnen, willen we nog iets weten:',
    ],
    quote: v.question,
    button: v.url ? { label: 'Geef antwoord', url: v.url } : null,
    after: [v.url ? 'Antwoord het liefst binnen een week.' : 'Wil je ons bellen? Het liefst binnen een week.'],
    sms: `${about.organisation} heeft nog een vraag over ${v.self ? 'je vraag' : 'je aanmelding'}.${v.url ? '' : ' Wil je ons bellen?'}`,
    smsUrl: v.url,
  }),

  /** To the lead, at once: nobody is on duty, or nobody took it. Without anything about the resident. */
  'acute-unassigned': (
    v: From & { receivedAt: Date | string; referrer?: string | null; url?: string | null },
    about: MessageAbout,
  ): MessageText => ({
    subject: 'Spoed: nog niemand heeft dit opgepakt',
    say: [
      'Er kwam een spoedaanmelding binnen. Nog niemand heeft hem opgepakt.',
      'Wil je nu iemand vragen, of het zelf oppakken?',
    ],
    facts: [['Binnen sinds', moment(v.receivedAt)], ...(v.referrer ? [['Aangemeld door', v.referrer] as [string, string]] : [])],
    button: { label: 'Open de aanmelding', url: v.url ?? `${about.site}/werk` },
    sms: `Spoed: nog niemand pakte de aanmelding op van ${moment(v.receivedAt)}.`,
    smsUrl: v.url ?? `${about.site}/werk`,
  }),

  /** To a main person of a case that is over: the plan goes, and how to keep it. Says nothing of what it was about. */
  'plan-goes': (v: From & { goesOn: string }, about: MessageAbout): MessageText => ({
    subject: 'Wil je iets bewaren?',
    say: [
      `Vanaf ${day(v.goesOn)} bewaren we niets meer van je gesprekken bij ons. Dan wissen we ook je pagina.`,
      'Wil je je afspraken houden? Open dan voor die dag je pagina en bewaar ze, of druk ze af.',
    ],
    button: openPage(about, 'Open je pagina'),
    after: [pageHint(about), 'Hoef je niets te bewaren? Dan hoef je niets te doen.'],
    sms: `Vanaf ${day(v.goesOn)} wissen we je pagina bij ons. Wil je je afspraken bewaren? Doe dat dan voor die dag. Geen link meer? Bel even.`,
    smsUrl: about.link,
  }),

  /** To the facilitator: somebody took a yes back. Says which kind, never whose or why. */
  'consent-withdrawn': (
    v: From & { kind: 'meeting' | 'release' | 'approval' | 'micro-analysis'; reference: string; url: string },
  ): MessageText => ({
    subject: 'Iemand nam een ja terug',
    say: [
      {
        meeting: `In ${v.reference} wil de bewoner het gesprek liever niet meer. Niemand van de kring krijgt nog bericht.`,
        release: `In ${v.reference} mag een professional niet meer over een onderwerp praten.`,
        approval: `In ${v.reference} wordt iemand toch nog niet gevraagd.`,
        'micro-analysis': `In ${v.reference} doet iemand liever niet meer mee met de cijfers.`,
      }[v.kind],
      'Kijk wat dit betekent en bel als dat nodig is.',
    ],
    button: { label: 'Open je werkpagina', url: v.url },
    sms: `Iemand nam een ja terug in ${v.reference}.`,
    smsUrl: v.url,
  }),

  /** Someone asked to be called: a task by hand for the facilitator, never sent by itself. */
  'call-back': (v: From & { askedAt: Date | string }): MessageText => ({
    subject: 'Je vroeg of we je bellen',
    say: [`Je vroeg op ${moment(v.askedAt)} of we je bellen.`],
    sms: 'Je vroeg of we je bellen. Dat doen we zo snel mogelijk.',
  }),
};

export const messages = {
  templates,
  /** What the first message to somebody brings, whatever it is about. */
  first: consents.first,
  layout: {
    hello: (name: string | null): string => (name ? `Hallo ${name},` : 'Hallo,'),
    call: (who: string, phone: string): string => `Vragen? Bel ${who}: ${phone}.`,
    greetings: 'Groet,',
    textMessage: (said: string, who: string, phone: string | null): string =>
      `${said} ${phone ? `Vragen? Bel ${phone}. ` : ''}Groet, ${who}.`,
    signed: (facilitator: string | null, organisation: string): string[] =>
      facilitator ? [facilitator, organisation] : [organisation],
  },
  /** The page that shows what the embedded default would have mailed. */
  mailbox: {
    title: 'Postvak van deze computer',
    intro: 'Deze berichten zijn niet verstuurd. Zonder mailserver komen ze hier terecht, nieuwste eerst.',
    empty: 'Nog geen berichten.',
    textMessage: 'Sms',
    asHtml: 'Zo ziet de opgemaakte mail eruit',
    attachments: 'Bijlagen',
  },
  problems: {},
  fields: {},
};
