import type { AboutPage, From, MessageAbout, MessageText } from './messages.js';

/** What main persons read when time of the circle by itself was left open. */
export interface PrivateTimeOpenWords {
  subject: string;
  say: readonly string[];
  button: string;
  sms: string;
}

/** Time of the circle by itself is still open an hour after the meeting: only the circle ends it. Never what was said in it. */
export const privateTimeOpenIn =
  ({ subject, say, button, sms }: PrivateTimeOpenWords, { openPage, pageHint }: Pick<AboutPage, 'openPage' | 'pageHint'>) =>
  (_: From, about: MessageAbout): MessageText => ({
    subject,
    say: [...say],
    button: openPage(about, button),
    after: [pageHint(about)],
    sms,
    smsUrl: about.link,
  });

export const privateTimeOpen: PrivateTimeOpenWords = {
  subject: 'Zijn jullie klaar met praten?',
  say: [
    'De tijd die jullie voor jezelf namen, staat nog open.',
    'Zijn jullie klaar? Sluit die tijd dan samen af op je pagina. Nog niet klaar? Dan hoeven jullie niets te doen.',
  ],
  button: 'Sluit de tijd af',
  sms: 'De tijd die jullie voor jezelf namen, staat nog open. Zijn jullie klaar? Sluit die tijd dan af op je pagina.',
};

/** What somebody reads who is asked to lead the meeting; `who` asks, `when` it is. */
export interface ChairAskedWords {
  subject: string;
  say: (who: string | null, when: string) => readonly string[];
  button: string;
  sms: (when: string) => string;
}

/** Somebody is asked to lead the meeting, before the day itself. `resident` is null for a main person. */
export const chairAskedIn =
  ({ subject, say, button, sms }: ChairAskedWords, moment: (instant: Date | string) => string, { openPage, pageHint, stopHint }: AboutPage) =>
  (v: From & { resident: string | null; startsAt: Date | string }, about: MessageAbout): MessageText => ({
    subject,
    say: [...say(v.resident, moment(v.startsAt))],
    button: openPage(about, button),
    after: [pageHint(about)],
    notice: v.resident === null ? [] : stopHint(about),
    sms: sms(moment(v.startsAt)),
    smsUrl: about.link,
  });

export const chairAsked: ChairAskedWords = {
  subject: 'Wil jij het gesprek leiden?',
  say: (who, when) => [
    `${who ? `${who} vraagt` : 'We vragen'} of jij het gesprek wilt leiden: ${when}.`,
    'Op je pagina staat stap voor stap wat je kunt zeggen. Je kunt het vooraf oefenen.',
    'Liever niet? Dat is goed. Laat het weten, dan doet iemand anders het.',
  ],
  button: 'Bekijk hoe het gaat',
  sms: (when) => `Wil jij het gesprek leiden (${when})? Op je pagina staat stap voor stap hoe. Liever niet? Dat is goed, laat het weten.`,
};
