import type { FirstNotice } from './messages.js';

/** What people read about the kinds of yes, what we tell at first contact, and who must not meet whom. */
const GROUNDS: Readonly<Record<string, string>> = {
  'public-task': 'Het is een taak van de gemeente om mensen hierbij te helpen.',
  jeugdwet: 'Het hoort bij de hulp van de Jeugdwet.',
  wmo: 'Het hoort bij de hulp van de Wet maatschappelijke ondersteuning.',
  'legitimate-interest': 'Het is nodig om samen een gesprek te kunnen houden.',
};

/** The ground of an organisation, in words. */
const groundText = (ground: string): string => GROUNDS[ground] ?? GROUNDS['public-task']!;

const kept = (v: FirstNotice): string[] => [
  `Wat bewaren we? Je naam, wie je bent voor ${v.resident}, hoe we je bereiken, en wat je antwoordt en belooft.`,
  `Waarom mag dat? ${groundText(v.ground)}`,
  'Hoe lang? Doe je niet mee of horen we niets, dan wissen we je gegevens binnen 28 dagen.',
  'Doe je mee, dan bewaren we ze hooguit 1 jaar.',
];

export const consents = {
  groundText,

  /** The first message to somebody who never asked to be here. */
  first: {
    facilitator: 'De gespreksleider',
    notice: (v: FirstNotice): string[] => [
      `Waarom krijg je dit bericht? ${v.givenBy} gaf ons je naam en hoe we je kunnen bereiken.`,
      ...kept(v),
      'Wil je dit niet? Tik op je pagina op ‘haal mij weg’. Dan wissen we je gegevens en hoor je niets meer van ons.',
    ],
    /** The same on their own page, where the button stands below it. */
    page: (v: FirstNotice): string[] => [
      `Hoe komen we aan je naam? ${v.givenBy} gaf ons je naam en hoe we je kunnen bereiken.`,
      ...kept(v),
      'Wil je dit niet? Tik op ‘haal mij weg’. Je hoeft niet te zeggen waarom.',
    ],
    /** The same for who is called, visited or written to: read out or put in the letter. */
    byHand: (v: FirstNotice): string[] => [
      `Hoe komen we aan je naam? ${v.givenBy} gaf ons je naam en hoe we je kunnen bereiken.`,
      ...kept(v),
      'Wil je dit niet? Zeg het of bel ons. Dan wissen we je gegevens en hoor je niets meer van ons.',
    ],
    sms: (v: { givenBy: string }): string => `${v.givenBy} gaf ons je nummer. Op je pagina lees je wat we bewaren en haal je jezelf weg.`,
  },
  problems: {
    'release-stands': 'Dit mag deze professional al over dit onderwerp. Neem dat eerst terug als de datum anders moet.',
    'restriction-stands': 'Deze twee worden al uit elkaar gehouden. Beëindig dat eerst als het anders moet.',
  },
  fields: {
    'not-in-future': 'Kies een dag die nog komt.',
    'too-far': 'Kies een dag binnen een jaar. Daarna vraag je het opnieuw.',
    'not-a-professional': 'Deze persoon doet niet mee als professional.',
  },
};
