import { invitationIn, type InvitationWords } from '../invitation.js';
import { messageDates } from '../message-dates.js';
import { consents } from './consents.js';
import { deviceCode } from './links.js';
import { marksAsked } from './marks.js';
import { planCarried, planReturned } from './plan-messages.js';
import { chairAsked, chairAskedIn, privateTimeOpen, privateTimeOpenIn } from './table-messages.js';
import { directorText } from './director-messages.js';
import type { From, MessageAbout, MessageText, Slot } from './messages.js';

const dates = messageDates('nl-NL', {
  time: (time) => time.replace(':', '.'),
  moment: (day, time) => `${day} om ${time} uur`,
  span: (day, from, until) => `${day}, ${from} tot ${until} uur`,
});

const beforeDay = (day: string | null): string => (day ? `Wil je dat doen voor ${day}?` : 'Het liefst binnen een week.');
const before = (instant: Date | string | null | undefined): string => beforeDay(instant ? dates.day(instant) : null);

const PAGE_WAYS = {
  withLink: 'Je hebt geen account of wachtwoord nodig.',
  withoutLink: 'Open je eigen pagina met de link die je eerder kreeg. Geen link meer? Bel even, dan krijg je een nieuwe.',
};

const stopHint = (about: MessageAbout): string[] =>
  about.link && !about.first ? ['Liever niet meer meedoen? Tik op je pagina op ‘haal mij weg’. Dan wissen we je gegevens.'] : [];

const openPage = (about: MessageAbout, label: string): MessageText['button'] => (about.link ? { label, url: about.link } : null);
const pageHint = (about: MessageAbout): string => (about.link ? PAGE_WAYS.withLink : PAGE_WAYS.withoutLink);

const off = (instant: Date | string | null): string =>
  instant ? `De afspraak van ${dates.moment(instant)} gaat niet door.` : 'Je hoeft geen datum meer te kiezen: we zoeken nu niet verder.';

const PLAN_STOPPED = 'Het plan waaraan je meedeed, is gestopt. Wat je zou doen, hoeft niet meer. Dank je wel dat je er was.';

const invitation: InvitationWords = {
  subject: { talk: 'Uitnodiging voor een gesprek', plan: 'Wil je meedenken?', again: 'We horen graag of je erbij bent' },
  spoken: (resident) => `We spraken je over ${resident}. Hier is de uitnodiging.`,
  announced: {
    talk: (resident) => `${resident} wil met een paar mensen om tafel en hoopt dat jij erbij bent.`,
    plan: (resident) => `${resident} maakt een plan met een paar mensen en hoopt dat jij meedenkt.`,
  },
  again: (resident) => `We vroegen je eerder of je wilt meedenken met ${resident}. Hier is de uitnodiging nog een keer.`,
  notSpokenYet: (who) => `${who} helpt om dat te regelen. We hebben elkaar nog niet gesproken.`,
  callFirst: 'Bel gerust als je eerst iets wilt vragen.',
  about: {
    netwerkberaad: () => 'Samen kijken we wat er nodig is en wie wat kan doen.',
    'eigen-kracht': () => 'Familie en vrienden maken samen een plan. Een deel van de tijd zitten ze zonder professionals bij elkaar.',
    mdo: (resident) => `${resident} zit zelf voor en vertelt wat er nodig is.`,
    jim: (resident) => `Het gaat om wat ${resident} zelf wil, en wie daarbij kan helpen.`,
    netwerkplan: () => 'Er is geen bijeenkomst. Je zegt zelf wat je wilt doen, en dat mag klein zijn.',
  },
  part: {
    informal: (resident) => [`${resident} hoopt dat jij meedenkt.`],
    professional: (resident) => [
      'We vragen je erbij om wat je vanuit je werk weet en kunt doen.',
      `Je praat alleen over wat ${resident} goed vindt.`,
    ],
    'support-person': () => ['Je komt mee als steun voor iemand. Je hoeft zelf niets te beloven.'],
    interpreter: () => ['We vragen je om te tolken. Wat je hoort, vertel je niet verder.'],
    jim: (resident) => [`${resident} kiest jou als JIM: iemand om op te bouwen, die meedenkt en naast ${resident} staat.`],
    young: () => ['Jij mag zeggen wat jij vindt. Iemand helpt je daarbij.', 'Wil je liever niet? Dat is ook goed.'],
  },
  answer: { talk: 'Wil je laten weten of je erbij kunt zijn?', plan: 'Wil je laten weten of je meedoet?' },
  before: beforeDay,
  when: 'Wanneer',
  choice: (number) => `Keuze ${number}`,
  button: 'Geef antwoord',
  pageHint: PAGE_WAYS,
  sms: {
    talk: (resident) => `${resident} wil graag dat je meedenkt in een gesprek. Op je pagina geef je antwoord.`,
    plan: (resident) => `${resident} maakt een plan en hoopt dat je meedenkt. Op je pagina geef je antwoord.`,
    again: (resident) => `We vroegen je eerder of je wilt meedenken met ${resident}. Geef je antwoord op je pagina?`,
    young: (resident) => `${resident} wil graag horen wat jij vindt. Kijk op je pagina. Liever niet? Dat is ook goed.`,
  },
};

/**
 * What people of the circle and main persons get. Whoever adds one here adds it to `src/texts/en`, `tr` and `ar` too: without
 * it those do not compile (`CircleTexts`). What only those who work here get, stands with the staff's texts, in Dutch alone.
 */
export const circleTemplates = {
  /** To someone of the circle: per kind of case and per role. */
  invitation: invitationIn(invitation, dates),

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
      before(v.answerBy),
    ],
    facts: v.slots.map((slot, i) => [`Keuze ${i + 1}`, dates.span(slot)]),
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
      /** When it was before: the reader was told of that date. */
      movedFrom?: Date | string | null;
      /** Coming together again after the plan was made. */
      review?: boolean;
    },
    about: MessageAbout,
  ): MessageText => {
    const talk = v.review ? 'De datum van de terugkombijeenkomst staat vast' : 'De datum van het gesprek staat vast';
    return {
      subject: v.movedFrom ? 'De afspraak is veranderd' : 'De datum staat vast',
      say: [
        v.movedFrom
          ? `De afspraak van ${dates.moment(v.movedFrom)} is veranderd. Kijk even of je nu kunt, en laat het weten.`
          : `${talk}${v.resident ? `. ${v.resident} hoopt dat je komt` : ''}.`,
        'Kun je toch niet? Laat het ons dan zo snel mogelijk weten.',
      ],
      facts: [['Wanneer', dates.span(v)], ...(v.place ? [['Waar', v.place] as [string, string]] : [])],
      button: openPage(about, 'Bekijk de afspraak'),
      after: [pageHint(about), ...(about.hasCalendar ? ['De afspraak zit ook in de bijlage. Zo zet je hem in je agenda.'] : [])],
      notice: v.resident ? stopHint(about) : [],
      sms: `${v.movedFrom ? `De afspraak van ${dates.moment(v.movedFrom)} is veranderd. Nieuw` : talk}: ${dates.span(v)}.${v.place ? ` ${v.place}.` : ''}`,
      smsUrl: about.link,
    };
  },

  /** The date is off; without one, the search for a date is. `reason` is a sentence for everyone. */
  'meeting-cancelled': (
    v: From & { resident: string | null; startsAt: Date | string | null; reason?: string | null; review?: boolean; planStopped?: boolean },
    about: MessageAbout,
  ): MessageText => ({
    subject: v.startsAt ? 'De afspraak gaat niet door' : 'We zoeken nu geen datum meer',
    say: [
      off(v.startsAt),
      v.planStopped ? PLAN_STOPPED : 'Je hoeft niets te doen. Komt er een nieuwe datum, dan hoor je het van ons.',
    ],
    quote: v.reason ?? null,
    button: openPage(about, 'Bekijk je pagina'),
    after: about.hasCalendar ? ['Met de bijlage gaat de afspraak ook uit je agenda.'] : [],
    notice: v.resident ? stopHint(about) : [],
    sms: `${off(v.startsAt)} ${v.planStopped ? PLAN_STOPPED : 'Komt er een nieuwe datum, dan hoor je het van ons.'}`,
  }),

  /** The date goes out of one reader's calendar: they do not come after all, or (`left`) are no longer asked and hear no more of it. */
  'meeting-left': (v: From & { startsAt: Date | string; left: boolean }, about: MessageAbout): MessageText => ({
    subject: 'De afspraak gaat uit je agenda',
    say: v.left
      ? [`Je doet niet mee met de afspraak van ${dates.moment(v.startsAt)}.`, 'Je hoeft niets te doen.']
      : [`Je komt niet naar de afspraak van ${dates.moment(v.startsAt)}.`, 'Kun je toch? Laat het ons weten. Dan krijg je de afspraak opnieuw.'],
    button: openPage(about, 'Bekijk je pagina'),
    after: about.hasCalendar ? ['Met de bijlage gaat de afspraak uit je agenda.'] : [],
    sms: `De afspraak van ${dates.moment(v.startsAt)} gaat uit je agenda. Je hoeft niets te doen.`,
  }),

  /** The date comes near. `place` is what this reader may know of it. */
  'meeting-reminder': (
    v: From & { startsAt: Date | string; endsAt: Date | string; place?: string | null; isMainPerson: boolean },
    about: MessageAbout,
  ): MessageText => ({
    subject: 'Denk je aan onze afspraak?',
    say: ['Binnenkort zitten we bij elkaar. Fijn als je er bent.', 'Kun je toch niet? Laat het ons dan zo snel mogelijk weten.'],
    facts: [['Wanneer', dates.span(v)], ...(v.place ? [['Waar', v.place] as [string, string]] : [])],
    button: openPage(about, 'Bekijk de afspraak'),
    after: [pageHint(about)],
    notice: v.isMainPerson ? [] : stopHint(about),
    sms: `Denk je aan onze afspraak? ${dates.span(v)}.${v.place ? ` ${v.place}.` : ''}`,
    smsUrl: about.link,
  }),

  /** To who has not answered a poll yet. `resident` is null when the reader is the main person. */
  'poll-reminder': (
    v: From & { resident: string | null; slots: Slot[]; answerBy: Date | string },
    about: MessageAbout,
  ): MessageText => ({
    subject: 'Welke datum kun je?',
    say: [
      v.resident ? `${v.resident} hoort graag wanneer jij kunt.` : 'We horen graag wanneer jij kunt.',
      'Zeg bij elke datum of je kunt. Kun je nooit? Ook dan helpt je antwoord.',
      `Wil je dat doen voor ${dates.moment(v.answerBy)}?`,
    ],
    facts: v.slots.map((slot, i) => [`Keuze ${i + 1}`, dates.span(slot)]),
    button: openPage(about, 'Kies wanneer je kunt'),
    after: [pageHint(about)],
    notice: v.resident ? stopHint(about) : [],
    sms: `We horen graag wanneer jij kunt. Kies op je pagina een datum, voor ${dates.moment(v.answerBy)}.`,
    smsUrl: about.link,
  }),

  /** A new personal link; older ones have ended. */
  'personal-link': (v: From & { isMainPerson?: boolean }, about: MessageAbout): MessageText => ({
    subject: 'De link naar je eigen pagina',
    say: [
      'Hier is de link naar je eigen pagina. Daar zie je wat er van je gevraagd wordt en geef je antwoord.',
      'De link is alleen voor jou. Stuur hem niet door.',
      ...(about.linkEndsAt
        ? [`Hij werkt tot en met ${dates.day(about.linkEndsAt)}. Een link die je eerder kreeg, werkt niet meer.`]
        : []),
    ],
    button: openPage(about, 'Open je pagina'),
    after: [pageHint(about)],
    notice: ['Had je hier niet om gevraagd? Dan hoef je niets te doen.', ...(v.isMainPerson ? [] : stopHint(about))],
    sms: 'Hier is de link naar je eigen pagina. Hij is alleen voor jou.',
    smsUrl: about.link,
  }),

  'device-code': deviceCode,

  /** To a main person of a case that is over: the plan goes, and how to keep it. Says nothing of what it was about. */
  'plan-goes': (v: From & { goesOn: string }, about: MessageAbout): MessageText => ({
    subject: 'Wil je iets bewaren?',
    say: [
      `Vanaf ${dates.day(v.goesOn)} bewaren we niets meer van je gesprekken bij ons. Dan wissen we ook je pagina.`,
      'Wil je je afspraken houden? Open dan voor die dag je pagina en bewaar ze, of druk ze af.',
    ],
    button: openPage(about, 'Open je pagina'),
    after: [pageHint(about), 'Hoef je niets te bewaren? Dan hoef je niets te doen.'],
    sms: `Vanaf ${dates.day(v.goesOn)} wissen we je pagina bij ons. Wil je je afspraken bewaren? Doe dat dan voor die dag. Geen link meer? Bel even.`,
    smsUrl: about.link,
  }),

  /** To a professional who named something that must be safe: it is time to look. `testBy`: the last day. Never what it is about. */
  'condition-test': (v: From & { testBy: string }, about: MessageAbout): MessageText => ({
    subject: 'Wil je iets bekijken?',
    say: [
      'Op je pagina staat iets klaar om te bekijken: klopt het zo, of is er nog iets nodig?',
      `Wil je dat doen voor het einde van ${dates.day(v.testBy)}? Anderen wachten op je antwoord.`,
    ],
    button: openPage(about, 'Bekijk het op je pagina'),
    after: [pageHint(about)],
    notice: stopHint(about),
    sms: `Op je pagina staat iets klaar om te bekijken. Wil je dat doen voor het einde van ${dates.day(v.testBy)}?`,
    smsUrl: about.link,
  }),

  'plan-returned': planReturned({ openPage, pageHint, stopHint }),
  'chair-asked': chairAskedIn(chairAsked, dates.moment, { openPage, pageHint, stopHint }),
  'private-time-open': privateTimeOpenIn(privateTimeOpen, { openPage, pageHint }),

  /** To the circle: the plan has stopped. Never why. */
  'plan-stopped': (_: From): MessageText => ({ subject: 'Het plan is gestopt', say: [PLAN_STOPPED], after: ['Je hoeft niets meer te doen.'], sms: PLAN_STOPPED }),

  /** Somebody else is the facilitator from now on: who that is, never why. `resident`: as the reader may know them, or null. */
  handover: (v: From & { facilitator: string; before: string; isMainPerson: boolean; resident: string | null }, about: MessageAbout): MessageText => ({
    subject: 'Je hebt een nieuwe contactpersoon',
    say: [
      `${v.facilitator} neemt het over van ${v.before}.`,
      !v.isMainPerson
        ? `${v.facilitator} regelt vanaf nu het gesprek${v.resident ? ` met ${v.resident}` : ''}. Afspraken die er staan, blijven staan.`
        : `${v.facilitator} is vanaf nu je gespreksleider. Wat je hebt verteld en afgesproken, hoef je niet opnieuw te doen.`,
      ...(!v.isMainPerson ? [] : ['Liever iemand anders? Dat mag je zeggen. Bel ons, of vraag op je pagina of we je bellen.']),
    ],
    button: about.link ? { label: 'Open je pagina', url: about.link } : null,
    after: ['Je hoeft nu niets te doen.'],
    notice: !v.isMainPerson && about.link ? ['Liever niet meer meedoen? Tik op je pagina op ‘haal mij weg’. Dan wissen we je gegevens.'] : [],
    sms: `${v.facilitator} neemt het over van ${v.before} en is vanaf nu je contactpersoon.`,
    smsUrl: about.link,
  }),

  'marks-asked': marksAsked({ openPage, pageHint, stopHint }),

  /** How it goes with what somebody promised: all of one day in one message. */
  'check-in': (v: From & { count: number; isMainPerson: boolean }, about: MessageAbout): MessageText => ({
    subject: 'Hoe gaat het ermee?',
    say: [
      v.count === 1 ? 'Je hebt iets afgesproken. Hoe gaat het daarmee?' : `Je hebt ${v.count} dingen afgesproken. Hoe gaat het daarmee?`,
      'Op je pagina zeg je het met één tik: gedaan, mee bezig, ik loop vast, of ik geef het terug. Alles mag.',
    ],
    button: openPage(about, 'Zeg hoe het gaat'),
    after: [pageHint(about)],
    notice: v.isMainPerson ? [] : stopHint(about),
    sms: 'Hoe gaat het met wat je hebt afgesproken? Zeg het op je pagina, of bel. Alles mag.',
    smsUrl: about.link,
  }),

  /** Somebody hopes that the reader wants to do something, and nobody counts on it before their yes. `resident` is null for a main person. */
  'promise-asked': (v: From & { count: number; resident: string | null }, about: MessageAbout): MessageText => ({
    subject: 'Zou jij iets willen doen?',
    say: [
      v.resident ? `${v.resident} hoopt dat jij iets wilt doen in het plan.` : 'In je plan staat iets wat jij misschien wilt doen.',
      `Op je pagina lees je wat dat is. Zeg ${v.count === 1 ? '' : 'bij elk ding '}ja of liever niet. Allebei is goed.`,
    ],
    button: openPage(about, 'Bekijk de vraag'),
    after: [pageHint(about)],
    notice: v.resident ? stopHint(about) : [],
    sms: 'Zou jij iets willen doen? Op je pagina lees je wat. Zeg ja of liever niet. Allebei is goed.',
    smsUrl: about.link,
  }),

  'plan-carried': planCarried({ openPage, pageHint, stopHint }),
  'director-text': directorText({ openPage, pageHint }),
  /** The receipt for who referred someone; `self` when they asked for themself. */
  'referral-received': (
    v: From & { receivedAt: Date | string; self?: boolean; acute?: boolean },
    about: MessageAbout,
  ): MessageText => ({
    subject: v.self ? 'Je vraag is binnen' : 'Je aanmelding is binnen',
    say: [
      v.self
        ? `We hebben je vraag gekregen op ${dates.moment(v.receivedAt)}.`
        : `We hebben je aanmelding gekregen op ${dates.moment(v.receivedAt)}.`,
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

  /** Someone took it up: to the referrer, or to the resident who asked for themself. */
  'referral-accepted': (v: From & { facilitator: string; acceptedAt: Date | string; self?: boolean }): MessageText => ({
    subject: v.self ? 'Je vraag is opgepakt' : 'Je aanmelding is opgepakt',
    say: [
      `${v.facilitator} heeft dit opgepakt op ${dates.moment(v.acceptedAt)}.`,
      `${v.facilitator} neemt binnen 2 werkdagen contact met je op.`,
    ],
    after: ['Je hoeft nu niets te doen.'],
    sms: `${v.facilitator} heeft dit opgepakt op ${dates.moment(v.acceptedAt)} en neemt binnen 2 werkdagen contact met je op.`,
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
};

const layout = {
  /** On a letter: the strip to send back. */
  letter: {
    tick: 'Kruis aan wat past',
    comes: 'Ik doe mee',
    comesNot: 'Ik doe liever niet mee',
    can: 'Dan kan ik',
    none: 'Ik kan op geen van deze dagen',
    strip: 'Knip deze strook af en stuur of geef hem terug. Of bel en zeg wat je kiest.',
    name: 'Naam',
    remark: 'Wil je er iets bij zeggen?',
  },
  hello: (name: string | null): string => (name ? `Hallo ${name},` : 'Hallo,'),
  call: (who: string, phone: string): string => `Vragen? Bel ${who}: ${phone}.`,
  greetings: 'Groet,',
  textMessage: (said: string, who: string, phone: string | null): string =>
    `${said} ${phone ? `Vragen? Bel ${phone}. ` : ''}Groet, ${who}.`,
  signed: (facilitator: string | null, organisation: string): string[] =>
    facilitator ? [facilitator, organisation] : [organisation],
};

export const circleMessages = { templates: circleTemplates, layout, first: consents.first };

/** What every language has for those who are not staff. */
export interface CircleTexts {
  templates: typeof circleTemplates;
  /** How a message begins and ends. */
  layout: typeof layout;
  /** What the first message to somebody brings, whatever it is about. */
  first: Pick<typeof consents.first, 'facilitator' | 'notice' | 'byHand' | 'sms'>;
}
