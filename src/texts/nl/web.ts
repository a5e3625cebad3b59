/** What stands on every page: header, footer, buttons to leave or to be called, errors above a form. */
export const web = {
  problems: {},
  serviceName: 'Netwerkberaad',
  /** The address of a page: what it is, then where you are. */
  pageTitle: (what: string, where: string) => `${what} – ${where}`,
  pageTitleWithErrors: (title: string) => `Let op: ${title}`,
  skipLink: 'Naar de inhoud',
  mainNavigation: 'Hoofdmenu',
  onThisPage: 'Op deze pagina',

  signOut: 'Uitloggen',
  signedInAs: (name: string) => `Ingelogd als ${name}`,
  toWork: 'Mijn werk',
  toLead: 'Leiding',
  toReferrals: 'Mijn aanmeldingen',
  toAdmin: 'Beheer',

  leaveNow: 'Snel weg',
  leaveNowTitle: 'Sluit deze pagina meteen en ga naar het weer',
  callMe: 'Bel mij terug',
  callMeAsked: (name: string) => `${name} belt je zo snel mogelijk terug.`,
  callYourself: (name: string) => `Bellen mag ook: ${name},`,
  footer: 'Samen een plan maken, met de mensen om je heen.',
  footerPrivacy: 'Alleen wie bij jou betrokken is, kan jouw gegevens zien.',

  errorSummary: 'Dit klopt nog niet',
  /** "Met wie: dit moet je invullen." */
  errorAt: (label: string, message: string) =>
    `${label.replace(/[?:.]$/, '')}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
  errorPrefix: 'Fout:',
  optional: '(mag leeg)',
  choose: 'Kies…',
  noConnection: 'Er is geen verbinding. Je antwoord is nog niet verstuurd. Probeer het zo nog eens.',
  more: 'Meer',
  none: 'Nog niets',
  details: 'Lees meer',
  readAloud: 'Lees voor',
  readAloudStop: 'Stop met voorlezen',

  ring: {
    title: (name: string) => `De kring van ${name}`,
    description: (informal: number, professional: number) =>
      `${informal} ${informal === 1 ? 'mens' : 'mensen'} uit de eigen kring en ${professional} ${
        professional === 1 ? 'beroepskracht' : 'beroepskrachten'
      }. Wie dichter bij het midden staat, is nabijer. De tabel hieronder zegt hetzelfde.`,
    legend: { family: 'familie', around: 'vrienden en buren', professional: 'beroepskrachten' },
    more: (count: number) => `+ ${count}`,
  },

  dates: {
    /** "14.00 tot 16.00 uur": a time of day as people write it. */
    span: (from: string, to: string) => `${from} tot ${to} uur`,
    at: (day: string, time: string) => `${day} om ${time} uur`,
  },

  answers: { yes: 'Ja', 'if-need-be': 'Als het moet', no: 'Nee' } as Record<string, string>,
};
