import type { MessageAbout, MessageText } from './messages.js';

const dayFormat = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', weekday: 'long', day: 'numeric', month: 'long' });
const timeFormat = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const time = (instant: Date | string): string => timeFormat.format(new Date(instant)).replace(':', '.');
const moment = (instant: Date | string): string => `${dayFormat.format(new Date(instant))} om ${time(instant)} uur`;

/** Who signs, and the number to call. */
interface From {
  facilitator?: string | null;
  phone?: string | null;
}

const DANGER = 'Is er direct gevaar? Bel 112.';

/** What is said when there is no time: never whom it is about. */
export const urgentTemplates = {
  /** To who is on duty, or who follows: there is one, and here you say that you have it. */
  'acute-alert': (v: From & { receivedAt: Date | string; rank: 'first' | 'second' | 'given'; url: string }): MessageText => ({
    subject: 'Spoed: pak je dit op?',
    say: [
      `Er kwam een spoedaanmelding binnen op ${moment(v.receivedAt)}.`,
      {
        first: 'Jij hebt dienst. Laat binnen 10 minuten weten dat je hem oppakt. Anders vragen we wie na jou dienst heeft.',
        second: 'Nog niemand heeft hem opgepakt. Jij bent de tweede die dienst heeft. Pak jij hem op? Dan word jij de gespreksleider.',
        given: 'Jij bent nu de gespreksleider. Open hem en laat weten dat je hem hebt.',
      }[v.rank],
    ],
    button: { label: 'Ik pak dit op', url: v.url },
    after: ['Na het aanmelden is het één knop. Wie het aanmeldde, hoort meteen dat jij het hebt.'],
    sms:
      {
        first: `Spoed: aanmelding van ${time(v.receivedAt)} uur. Laat binnen 10 minuten weten dat je hem oppakt.`,
        second: `Spoed: de aanmelding van ${time(v.receivedAt)} uur is nog niet opgepakt. Pak jij hem op?`,
        given: `Spoed: de aanmelding van ${time(v.receivedAt)} uur is nu van jou. Open hem.`,
      }[v.rank],
    smsUrl: v.url,
  }),

  /** The receipt for who referred. `onDuty` is who was alerted; null when nobody is on duty: then `phone` is whom to call. */
  'acute-received': (v: From & { receivedAt: Date | string; onDuty: string | null }): MessageText => ({
    subject: 'Je aanmelding is binnen',
    say: [
      `We hebben je aanmelding gekregen op ${moment(v.receivedAt)}.`,
      ...(v.onDuty
        ? [`${v.onDuty} heeft dienst en krijgt nu bericht.`, 'Zodra iemand het oppakt, hoor je wie dat is. Duurt het te lang? Bel ons.']
        : ['Er heeft nu niemand dienst. Wacht niet op bericht van ons: bel.']),
      DANGER,
    ],
    sms: v.onDuty
      ? `Je aanmelding is binnen. ${v.onDuty} heeft dienst en krijgt nu bericht. ${DANGER}`
      : `Je aanmelding is binnen, maar er heeft nu niemand dienst. Wacht niet: bel. ${DANGER}`,
  }),

  /** To who referred: somebody has it. */
  'acute-acknowledged': (v: From & { facilitator: string; at: Date | string }): MessageText => ({
    subject: 'Je aanmelding is opgepakt',
    say: [`Opgepakt door ${v.facilitator} om ${time(v.at)} uur.`, `${v.facilitator} belt je als er iets te vragen is. Jij kunt ook bellen.`],
    after: [DANGER],
    sms: `Opgepakt door ${v.facilitator} om ${time(v.at)} uur.`,
  }),

  /** To who referred: still nobody. `phone` is whom to call. */
  'acute-waiting': (v: From & { receivedAt: Date | string }): MessageText => ({
    subject: 'Nog niemand pakte je aanmelding op',
    say: [`Je aanmelding van ${moment(v.receivedAt)} is nog niet opgepakt. Wacht niet langer: bel.`, DANGER],
    sms: `Nog niemand pakte je aanmelding van ${time(v.receivedAt)} uur op. Wacht niet: bel. ${DANGER}`,
  }),

  /** To the lead: an urgent meeting was not held the same day. `reason` in words, once the facilitator said it. */
  'acute-not-held': (
    v: From & { reference: string; reason: string | null; plannedAt: Date | string | null },
    about: MessageAbout,
  ): MessageText => ({
    subject: `Spoed ${v.reference}: vandaag niet bij elkaar geweest`,
    say: [
      `Het spoedgesprek van ${v.reference} ging niet dezelfde dag door.`,
      v.reason ? `De gespreksleider schreef waarom: ${v.reason}.` : 'De gespreksleider schreef nog niet waarom. Wil je bellen?',
      ...(v.plannedAt ? [`Het staat nu gepland op ${moment(v.plannedAt)}.`] : []),
    ],
    button: { label: 'Open je pagina', url: `${about.site}/leiding` },
    sms: `Spoed ${v.reference} ging vandaag niet door.${v.reason ? ` ${v.reason}.` : ''}`,
  }),
};
