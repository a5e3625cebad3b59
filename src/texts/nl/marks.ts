import type { AboutPage, From, MessageAbout, MessageText } from './messages.js';

/** What became of what somebody would do when everything was closed. */
export interface LeftOver {
  /** Something stays theirs, and is not asked after any more. */
  stays: boolean;
  /** Something they would do is not needed any more. */
  released: boolean;
}

/** The same in sentences, never what it is; none for who had nothing open. */
export const leftIn =
  (words: { stays: string; released: string }) =>
  (left: LeftOver | null): string[] => [...(left?.stays ? [words.stays] : []), ...(left?.released ? [words.released] : [])];

const left = leftIn({
  stays: 'Wat je nog zou doen, blijft van jou. We vragen er niet meer naar.',
  released: 'Er is iets wat je zou doen en nu niet meer hoeft.',
});

/** The day after a meeting, and with thanks when everything is behind us (`closed`): two marks and a sentence. */
export const marksAsked =
  ({ openPage, pageHint, stopHint }: AboutPage) =>
  (v: From & { closed: boolean; isMainPerson: boolean; left: LeftOver | null }, about: MessageAbout): MessageText => ({
    subject: v.closed ? 'Dank je wel' : 'Hoe vond je het?',
    say: [
      v.closed ? 'We ronden af wat we samen deden. Dank je wel dat je meedeed.' : 'We zaten bij elkaar. Dank je wel dat je meedeed.',
      ...left(v.left),
      'Wil je op je pagina twee cijfers geven, en een zin als je wilt? Het kost een minuut. Liever niet? Dat is ook goed.',
    ],
    button: openPage(about, 'Geef je cijfers'),
    after: [pageHint(about)],
    notice: v.isMainPerson ? [] : stopHint(about),
    sms: `${v.closed ? 'We ronden af wat we samen deden.' : 'We zaten bij elkaar.'} Dank je wel! Geef je twee cijfers op je pagina? Liever niet mag ook.${left(v.left).map((sentence) => ` ${sentence}`).join('')}`,
    smsUrl: about.link,
  });

/** Two marks and a sentence, on pages. */
export const marks = {
  problems: {},
  fields: { 'mark-or-sentence': 'Geef een cijfer, of schrijf een zin.' },
  title: 'Jouw cijfers',
  heading: { meeting: 'Hoe vond je het om bij elkaar te zitten?', closure: 'Hoe kijk je terug?' },
  /** Before anyone writes: who reads what. */
  visible:
    'Je gespreksleider ziet wat iedereen samen gaf, en de zinnen zonder naam. Deden er weinig mensen mee, dan is soms te raden van wie iets is. Je mag iets leeg laten, en later alles veranderen.',
  scale: 'Een 1 is heel slecht, een 10 is heel goed.',
  meeting: 'Het samenzijn',
  plan: 'Het plan',
  sentence: 'Wat wil je erover zeggen?',
  mayShare: 'Mag de bewoner je zin ook lezen, zonder je naam?',
  may: 'Ja, dat mag',
  save: 'Bewaar',
  back: 'Terug naar je pagina',
  /** On one's own page. */
  ask: { title: 'Hoe vond je het?', text: 'Geef twee cijfers, en een zin als je wilt. Het kost een minuut.', link: 'Geef je cijfers', change: 'Bekijk of verander je cijfers' },
  /** For the facilitator. */
  given: {
    title: 'Cijfers van wie meededen',
    none: 'Nog niemand gaf een cijfer.',
    moments: { meeting: 'Na het beraad', closure: 'Bij het afronden' },
    count: (given: number): string => `${given} ${given === 1 ? 'mens gaf' : 'mensen gaven'} iets.`,
    figure: (what: string, average: string, median: string): string => `${what}: gemiddeld ${average}, de middelste ${median}.`,
  },
};
