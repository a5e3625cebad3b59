/** What people read about time of the circle by itself, and about who writes. */
export const privateTime = {
  /** On the timeline, for who was called in. */
  theFacilitator: 'de gespreksleider',

  period: (from: string, to: string) => `Van ${from} tot ${to} uur`,
  periodSince: (from: string) => `Sinds ${from} uur`,

  attendance: {
    times: 'Kwam iemand later, of ging iemand eerder weg?',
    arrived: (name: string) => `${name} kwam om`,
    left: (name: string) => `${name} ging weg om`,
  },

  /** On the page of the case, for its facilitator. */
  work: {
    title: 'Besloten tijd van de kring',
    running: 'De kring heeft nu besloten tijd',
    closed: 'Wat er staat, is nu alleen van de kring. Je ziet het weer als de kring je erbij haalt of de besloten tijd afsluit.',
    open: 'Je kunt wel meekijken.',
    whoEnds: (names: string): string => `Alleen de kring sluit de besloten tijd af, jij niet. Dat kan ${names} op de eigen pagina, en ieder uit de eigen kring die erbij is.`,
    showLink: 'Heeft niemand de eigen pagina bij de hand? Laat dan een link zien op een toestel aan tafel.',
    showLinkTo: 'Naar de links',
    start: 'De kring gaat apart: begin op hun woord',
    startWhat: 'De kring is dan alleen. Alleen iemand uit de kring kan de besloten tijd weer afsluiten, op de eigen telefoon. Zorg dat iemand de eigen link heeft.',
    startSure: 'Begin de besloten tijd',
    scribe: 'Wie schrijft mee',
    scribeWhat: 'Deze persoon schrijft het plan op de eigen telefoon of laptop. Dat stopt vanzelf na het beraad.',
    scribeWho: 'Wie schrijft',
    scribeSave: 'Bewaar wie schrijft',
  },

  /** For the circle. */
  own: {
    title: 'Aan tafel',
    back: 'Terug naar je pagina',
    nothing: 'Er is nu geen beraad waarbij je hier iets kunt doen.',
    privateTitle: 'Besloten tijd',
    what: 'Besloten tijd is voor jullie zelf. Jullie praten zonder mensen van buiten de kring.',
    closedToAll: 'Niemand van buiten ziet dan wat jullie opschrijven. Ook de gespreksleider niet.',
    closedToProfessionals: 'Professionals zien dan niet wat jullie opschrijven. De gespreksleider kan wel meekijken.',
    whatOutside: 'In de besloten tijd praat de kring zonder mensen van buiten. Wat zij opschrijven, zie jij dan niet.',
    notYet: 'Dit kan vanaf een half uur voor het beraad.',
    running: (since: string) => `Jullie hebben nu besloten tijd, sinds ${since} uur.`,
    runningOutside: (since: string) => `De kring heeft nu besloten tijd, sinds ${since} uur. Je hoort het als de kring je erbij haalt, of als jullie samen verdergaan.`,
    start: 'Wij gaan nu apart',
    startAgain: 'Wij gaan nog een keer apart',
    end: 'Wij zijn klaar met de besloten tijd',
    callTitle: 'Iemand erbij halen',
    callWhat: 'Jullie kiezen zelf wie er even bij komt. Wie erbij is, kan lezen wat jullie opschrijven.',
    call: 'Haal iemand erbij',
    callWho: 'Wie komt erbij?',
    callSure: 'Haal deze persoon erbij',
    isIn: 'is er nu bij.',
    leave: 'Is weer weg',
    scribeTitle: 'Wie schrijft mee',
    scribeWhat: 'Iemand kan het plan opschrijven terwijl een ander het gesprek leidt. Dat doet die persoon op de eigen telefoon. Het stopt vanzelf na het beraad.',
    scribeWho: 'Wie schrijft',
    scribeNobody: 'Niemand',
    scribeSave: 'Bewaar wie schrijft',
    youWrite: 'Jij schrijft vandaag mee aan het plan.',
    card: 'Jullie zijn bij elkaar. Hier begin je de besloten tijd van de kring, of kies je wie er schrijft.',
    cardRunning: 'De kring heeft nu besloten tijd.',
    cardOpen: 'Naar de tafel',
  },

  done: {
    'private-time-started': 'De besloten tijd is begonnen.',
    'private-time-ended': 'De besloten tijd is klaar.',
    'called-in': 'Deze persoon is er nu bij.',
    'called-out': 'Deze persoon is weer weg.',
    'scribe-named': 'Het is bewaard.',
  },

  problems: {
    'private-time-running': 'De kring heeft nu besloten tijd. Wacht tot de kring je erbij haalt of de besloten tijd afsluit.',
    'private-time-of-circle': 'Besloten tijd is van de kring. Alleen de kring zelf beslist hierover.',
    'private-time-circle-ends': 'Alleen de kring sluit de besloten tijd af. Iemand uit de kring kan dat doen op de eigen telefoon.',
    'kind-without-private-time': 'Bij deze vorm hoort geen besloten tijd.',
    'attendance-by-facilitator': 'Bij deze vorm noteert de gespreksleider wie er was.',
    'meeting-day-over': 'De dag van het beraad is voorbij. Er is nu niemand meer die voor anderen schrijft.',
  },
  fields: {
    'condition-not-yours': 'Wat veilig moet zijn, is van wie het vroeg. Je kunt wel opschrijven hoe de kring daarvoor zorgt.',
    'before-the-meeting': 'Dit ligt voor het begin van het beraad.',
    'before-the-last': 'Dit ligt voor wat er het laatst gebeurde.',
    'was-not-there': 'Deze persoon was er niet. Laat de tijd weg, of zeg dat deze persoon er een deel bij was.',
    'of-the-circle': 'Deze persoon is van de kring en is er al bij.',
    'aide-has-no-plan': 'Een tolk of steunpersoon schrijft niet mee aan het plan. Kies iemand anders.',
  },
};
