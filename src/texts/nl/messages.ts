import { messageDates } from '../message-dates.js';
import { circleTemplates } from './circle-messages.js';
import { staffTemplates } from './staff-messages.js';
import { urgentTemplates } from './urgent-messages.js';

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

/** What every message to the circle says of the page behind its link, in one language. */
export interface AboutPage {
  openPage: (about: MessageAbout, label: string) => MessageText['button'];
  pageHint: (about: MessageAbout) => string;
  stopHint: (about: MessageAbout) => string[];
}

/** Who signs, and the number to call; without them the organisation's name and number stand there. */
export interface From {
  facilitator?: string | null;
  phone?: string | null;
}

export interface Slot {
  startsAt: Date | string;
  endsAt: Date | string;
}

const dates = messageDates('nl-NL', {
  time: (time) => time.replace(':', '.'),
  moment: (day, time) => `${day} om ${time} uur`,
  span: (day, from, until) => `${day}, ${from} tot ${until} uur`,
});

const templates = {
  ...staffTemplates,
  ...circleTemplates,
  ...urgentTemplates,

  /** To a referrer without an account: was this you? Holds nothing that the sender typed, so that nobody mails through us. */
  'referral-confirmation': (v: From & { token: string; expiresAt?: Date | string | null }, about: MessageAbout): MessageText => {
    const url = `${about.site}/bevestig/${v.token}`;
    return {
      subject: 'Bevestig je aanmelding',
      say: [
        `Iemand deed met dit mailadres een aanmelding bij ${about.organisation}. Was jij dat?`,
        'Bevestig het dan met de knop. Pas daarna gaan we ermee aan de slag.',
        ...(v.expiresAt ? [`Dat kan tot en met ${dates.day(v.expiresAt)}.`] : []),
      ],
      button: { label: 'Ja, dit was ik', url },
      notice: ['Was jij dit niet? Dan hoef je niets te doen. Zonder bevestiging doen we niets met de aanmelding.'],
      sms: `Bevestig je aanmelding bij ${about.organisation}. Was jij dit niet? Dan hoef je niets te doen.`,
      smsUrl: url,
    };
  },

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
    facts: [['Binnen sinds', dates.moment(v.receivedAt)], ...(v.referrer ? [['Aangemeld door', v.referrer] as [string, string]] : [])],
    button: { label: 'Open de aanmelding', url: v.url ?? `${about.site}/werk` },
    sms: `Spoed: nog niemand pakte de aanmelding op van ${dates.moment(v.receivedAt)}.`,
    smsUrl: v.url ?? `${about.site}/werk`,
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
    say: [`Je vroeg op ${dates.moment(v.askedAt)} of we je bellen.`],
    sms: 'Je vroeg of we je bellen. Dat doen we zo snel mogelijk.',
  }),

  /** A main person wants to come together again: the same. */
  'together-asked': (v: From & { askedAt: Date | string }): MessageText => ({
    subject: 'Je wilt weer bij elkaar komen',
    say: [`Je liet op ${dates.moment(v.askedAt)} weten dat je weer bij elkaar wilt komen.`],
    sms: 'Je wilt weer bij elkaar komen. We bellen je zo snel mogelijk.',
  }),
};

export const messages = {
  templates,
  /** The page that shows what the embedded default would have mailed. */
  mailbox: {
    title: 'Postvak van deze computer',
    intro: 'Deze berichten zijn niet verstuurd. Zonder mailserver komen ze hier terecht, nieuwste eerst.',
    empty: 'Nog geen berichten.',
    textMessage: 'Sms',
    asHtml: 'Zo ziet de opgemaakte mail eruit',
    attachments: 'Bijlagen',
  },
  problems: {
    'letter-not-open': 'Dit hoeft niet meer met de hand: het is gedaan, of er is iets nieuws verstuurd.',
    'letter-of-secret': 'Dit stuur je niet per brief. Maak op de pagina van het traject een nieuwe link.',
    'message-forgotten': 'Wat hierin stond is al gewist, dus dit bericht kan niet opnieuw. Nodig de persoon opnieuw uit, of bel.',
    'message-overtaken': 'Wat hierin stond klopt niet meer: er is daarna iets veranderd of iets nieuws gestuurd. Nodig de persoon opnieuw uit, of bel.',
    'message-without-address': 'Langs deze weg is de persoon niet meer te bereiken. Vul een mailadres of nummer in en nodig opnieuw uit, of bel.',
    'address-takes-nothing': 'Hier komt niets aan. Verbeter eerst het mailadres of het nummer, of bel.',
    'mail-unwanted': 'Deze persoon wil liever geen mail. Bel liever.',
  },
  fields: {},
};
