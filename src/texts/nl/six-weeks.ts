/** Six weeks after the plan: what came of the promises, and when people look back. */
export const sixWeeks = {
  problems: {},
  title: (reference: string): string => `Zes weken – ${reference}`,
  heading: 'Zes weken na het plan',
  back: 'Terug naar het traject',
  link: 'Zes weken: hoe het met de afspraken staat',
  /** `day`: so many days after the plan was fixed. */
  when: (day: number, dueOn: string): string =>
    day < 42 ? `Vandaag is dag ${day}. Op ${dueOn} zijn de zes weken om.` : `Op ${dueOn} waren de zes weken om. Vandaag is dag ${day}.`,
  progress: (realised: number, of: number): string =>
    of === 0 ? 'Er staan nu geen afspraken.' : `${realised} van de ${of} ${of === 1 ? 'afspraak' : 'afspraken'} ${realised === 1 ? 'loopt of is klaar' : 'lopen of zijn klaar'}.`,
  groups: {
    open: { title: 'Nog bekijken', intro: 'Hier weten we nog niet hoe het verder gaat. Vraag het na, en kies wat past.', none: 'Er is niets meer uit te zoeken.' },
    perspective: { title: 'Lukt later', intro: 'Nog niet gelukt, wel met een dag waarop het lukt.', none: 'Niets staat op later.' },
    obstacle: { title: 'Er zit iets in de weg', intro: 'Eerst moet er iets weg. Kijk wie aan zet is.', none: 'Er zit niets in de weg.' },
    done: { title: 'Loopt of is klaar', intro: 'Mooi. Vier het met wie het deed.', none: 'Nog niets.' },
  },
  dueOn: (day: string): string => `voor ${day}`,
  later: (day: string, reason: string): string => `Lukt op ${day}: ${reason}`,
  saysYes: 'Zegt ja, op hun woord',
  done: 'Gedaan, op hun woord',
  running: 'Loopt, op hun woord',
  setLater: 'Het lukt later',
  date: 'Op welke dag wel?',
  reason: 'Waarom nog niet?',
  save: 'Bewaar',
  reviews: {
    title: 'Terugkijken',
    none: 'Bij deze vorm kijkt niemand op een vaste dag terug.',
    at: { 42: 'Na zes weken', 91: 'Na drie maanden', 365: 'Na een jaar' } as Readonly<Record<number, string>>,
    after: (days: number): string => `Na ${days} dagen`,
    forObstacle: 'Er zit nog iets in de weg',
    states: { later: 'Nog niet', asked: 'Nu plannen', planned: 'Staat vast', held: 'Geweest', past: 'Niet geweest' },
    /** The same where people are called. */
    statesByPhone: { later: 'Nog niet', asked: 'Nu bellen', planned: 'Staat vast', held: 'Geweest', past: 'Niet geweest' },
    plan: 'Plan de terugkombijeenkomst',
    planHint: 'Een uur is meestal genoeg. De datum staat meteen vast en iedereen krijgt bericht.',
    moment: 'Wanneer',
    suggested: (day: string, time: string): string => `${day}, ${time} uur`,
    other: 'Een andere dag',
    date: 'Dag',
    from: 'Tijd',
    byPhone: 'Bij een netwerkplan komt niemand bij elkaar. Bel rond en vraag hoe het gaat.',
    lookedBack: 'Ik heb rondgebeld',
  },
  work: {
    title: 'Zes weken en terugkijken',
    none: 'Er is nu niets om op terug te kijken.',
    open: (count: number): string => `zes weken: nog ${count} ${count === 1 ? 'afspraak' : 'afspraken'}`,
    review: (when: string, day: string): string => `plan de terugkombijeenkomst (${when.toLocaleLowerCase('nl')}: rond ${day})`,
    reviewByPhone: (when: string, day: string): string => `bel rond en kijk terug (${when.toLocaleLowerCase('nl')}: rond ${day})`,
  },
  /** For a main person. */
  mine: {
    review: (day: string): string => `Rond ${day} kijken we samen terug: wat lukt, en wat is er nog nodig? Je gespreksleider zoekt een moment.`,
    reviewByPhone: (day: string): string => `Rond ${day} bellen we je: wat lukt, en wat is er nog nodig?`,
  },
};
