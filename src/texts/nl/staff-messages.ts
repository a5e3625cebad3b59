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

/** Who signs, and the number to call. */
interface From {
  facilitator?: string | null;
  phone?: string | null;
}

/** What those who work here get, and what people hear when somebody else takes over. */
export const staffTemplates = {
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
};
