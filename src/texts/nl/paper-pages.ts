/** The pages around a plan on paper: what to download, for whom, in which language, which version. */
export const paperPages = {
  problems: {},
  mine: {
    title: 'Het plan',
    none: 'Er is nog geen plan. Zodra het er is, vind je het hier.',
    back: 'Terug naar mijn pagina',
    pdf: 'Bewaar als PDF, om te printen',
    link: 'Het hele plan lezen, laten voorlezen of printen',
    partLink: 'Mijn deel van het plan lezen of printen',
    versions: 'Andere versies',
    version: (version: number, day: string) => `Versie ${version}, van ${day}`,
    sheetTitle: 'Wat ik doe',
    answer: 'Wat jij van dit plan vindt',
    sheetLink: 'Een blad met alleen wat ik doe',
  },
  work: {
    title: 'Het plan op papier',
    pageTitle: (reference: string) => `Het plan op papier – ${reference}`,
    link: 'Het plan op papier: lezen, printen, voor ieder apart',
    intro: 'Op papier staat voor ieder alleen wat die persoon mag lezen. Kies dus eerst voor wie je print.',
    for: 'Voor wie?',
    file: 'Voor mezelf: alles',
    language: 'In welke taal?',
    back: 'Terug naar het traject',
    form: 'Leeg formulier op A3, om met de hand in te vullen',
    languages: { nl: 'Nederlands', en: 'Engels', tr: 'Turks', ar: 'Arabisch' },
  },
};
