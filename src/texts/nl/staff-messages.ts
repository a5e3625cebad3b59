import type { MessageAbout, MessageText } from './messages.js';

const momentFormat = new Intl.DateTimeFormat('nl-NL', {
  timeZone: 'Europe/Amsterdam',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const dayFormat = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', day: 'numeric', month: 'long' });

/** Who signs, and the number to call. */
interface From {
  facilitator?: string | null;
  phone?: string | null;
}

/** What those who work here get. */
export const staffTemplates = {
  /** To the facilitator: how a poll stands, when everyone answered or when its time is over. */
  'poll-answers': (v: From & { reference: string; answered: number; asked: number }, about: MessageAbout): MessageText => {
    const everyone = v.answered === v.asked;
    return {
      subject: everyone ? `${v.reference}: iedereen heeft een datum gekozen` : `${v.reference}: de tijd om een datum te kiezen is om`,
      say: [
        everyone ? `Alle ${v.asked} mensen hebben laten weten wanneer ze kunnen.` : `${v.answered} van de ${v.asked} mensen hebben laten weten wanneer ze kunnen.`,
        everyone ? 'Je kunt de datum kiezen.' : 'Bel wie nog niets liet weten, of kies een datum.',
      ],
      button: { label: 'Bekijk de antwoorden', url: `${about.site}/werk/trajecten/${v.reference}#beraad` },
      sms: `${v.reference}: ${v.answered} van de ${v.asked} mensen hebben een datum gekozen.`,
    };
  },

  /** To who leads the meeting of somebody else's case: it is on another date, or off. */
  'stand-in-date': (v: From & { reference: string; was: Date | string; startsAt: Date | string | null }, about: MessageAbout): MessageText => {
    const when = v.startsAt === null ? null : momentFormat.format(new Date(v.startsAt));
    return {
      subject: when ? `${v.reference}: een andere datum` : `${v.reference}: het gaat niet door`,
      say: [`Je neemt dit over van een collega. Het was op ${momentFormat.format(new Date(v.was))}.`],
      facts: when ? [['Nu', when]] : [],
      button: { label: 'Open je agenda', url: `${about.site}/werk/agenda` },
      sms: when ? `${v.reference}: de datum is nu ${when}.` : `${v.reference}: het gaat niet door.`,
    };
  },

  /** To a lead: a referral, or who made it, has waited for longer than was said. Never whom it is about. */
  'referral-waited': (v: From & { what: 'triage' | 'referrer'; since: Date | string; url: string }): MessageText => ({
    subject: 'Iemand wacht te lang op ons',
    say: [
      v.what === 'triage'
        ? 'Een aanmelding wacht al twee werkdagen. Nog niemand heeft ernaar gekeken.'
        : 'Wie een aanmelding deed, wacht al twee werkdagen op een telefoontje van de gespreksleider.',
    ],
    facts: [['Sinds', momentFormat.format(new Date(v.since))]],
    button: { label: 'Open de lijst', url: v.url },
    sms: 'Een aanmelding wacht al twee werkdagen op ons.',
    smsUrl: v.url,
  }),

  /** To the lead, or to the facilitator where it is nobody's outside: something stands for so many working days. Says not what. */
  'obstacle-open': (v: From & { reference: string; days: number; forLead: boolean; url: string }): MessageText => ({
    subject: `${v.reference}: er zit al ${v.days} werkdagen iets in de weg`,
    say: [
      v.forLead
        ? 'Een plan staat al een tijd stil: er zit iets in de weg. Je ziet wie aan zet is en wie de gespreksleider is.'
        : 'Een plan dat jij begeleidt staat al een tijd stil. Bel wie aan zet is, of vraag of iets anders kan.',
    ],
    button: { label: 'Bekijk wat in de weg zit', url: v.url },
    sms: `${v.reference}: er zit al ${v.days} werkdagen iets in de weg.`,
    smsUrl: v.url,
  }),

  /** To the director of the organisation whose move it is. Nothing in it says who it is about; the main persons read it before. */
  'obstacle-director': (v: From & { movers: string; what: string; since: Date | string }, about: MessageAbout): MessageText => ({
    subject: 'Een plan van een bewoner staat stil',
    say: [
      `Bij ${about.organisation} maken bewoners met hun eigen kring een plan. Een van die plannen staat stil.`,
      `Wat in de weg zit: ${v.what}. Sinds ${dayFormat.format(new Date(v.since))} is ${v.movers} aan zet.`,
      'Wil je iemand vragen hiernaar te kijken? De bewoner heeft deze mail gelezen en vindt het goed dat je hem krijgt. De naam staat er met opzet niet in.',
      'Bel de gespreksleider. Die vertelt wat er nodig is, als de bewoner dat goed vindt.',
    ],
    sms: `Een plan van een bewoner staat stil. ${v.movers} is aan zet. Wil je bellen?`,
  }),

  /** To somebody of the staff: a link to choose a password. `token` is its last part. */
  'password-link': (
    v: From & { token: string; expiresAt: Date | string; why: 'welcome' | 'reset' },
    about: MessageAbout,
  ): MessageText => {
    const url = `${about.site}/welkom/${v.token}`;
    const isNew = v.why === 'welcome';
    return {
      subject: isNew ? `Je account bij ${about.organisation}` : 'Kies een nieuw wachtwoord',
      say: [
        isNew
          ? `Je kunt aan het werk bij ${about.organisation}. Kies eerst een wachtwoord.`
          : 'Je vroeg om een nieuw wachtwoord, of een beheerder deed dat voor je.',
        `De link werkt één keer, tot ${momentFormat.format(new Date(v.expiresAt))} uur. Oudere links werken niet meer.`,
      ],
      button: { label: 'Kies een wachtwoord', url },
      notice: ['Verwachtte je dit niet? Dan hoef je niets te doen. Stuur deze mail aan niemand door.'],
      sms: 'Kies een wachtwoord voor je account. De link werkt één keer.',
      smsUrl: url,
    };
  },
};
