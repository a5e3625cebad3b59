/** What stands on the pages of the admin and the lead, and on the page of one's own account. */
export const admin = {
  problems: {},

  roles: {
    referrer: 'Verwijzer',
    facilitator: 'Gespreksleider',
    lead: 'Teamleider',
    analyst: 'Onderzoeker',
    admin: 'Beheerder',
  } as Readonly<Record<string, string>>,

  start: {
    title: 'Beheer',
    intro: 'Hier regel je wie er werkt, wat er bewaard wordt en wie wat heeft gezien. De inhoud van trajecten zie je hier niet.',
    /** One per part of `/beheer`: its name, and one sentence. */
    parts: {
      staff: ['Medewerkers', 'Nodig mensen uit, geef ze een rol en sluit een account als iemand weggaat.'],
      log: ['Logboek', 'Kijk wie wat heeft gezien en gedaan.'],
      retention: ['Bewaren en wissen', 'Kies hoe lang er bewaard wordt, en zie wat er gewist is en wat blijft.'],
    } satisfies Record<string, [string, string]>,
  },

  welcome: {
    title: 'Kies een wachtwoord',
    heading: (name: string) => `Welkom ${name}`,
    intro: 'Kies een wachtwoord voor je account. Daarna ben je meteen ingelogd.',
    password: 'Wachtwoord',
    hint: 'Minstens 12 tekens. Een korte zin is makkelijk te onthouden en moeilijk te raden.',
    button: 'Bewaar en log in',
    notMe: 'Ben jij dit niet? Sluit dan deze pagina. Deze link is voor één persoon.',
    endedTitle: 'Deze link werkt niet meer',
    ended: 'De link is al gebruikt, of hij is te oud. Je kunt zelf een nieuwe aanvragen.',
    askAgain: 'Vraag een nieuwe link aan',
  },

  forgotten: {
    title: 'Wachtwoord vergeten',
    intro: 'Vul je mailadres in. Hebben we daar een account bij, dan krijg je een mail met een link om een nieuw wachtwoord te kiezen.',
    email: 'E-mailadres',
    button: 'Mail mij een link',
    back: 'Terug naar inloggen',
  },

  account: {
    title: 'Mijn account',
    may: 'Wat je hier bent',
    sessionsTitle: 'Waar je bent ingelogd',
    sessionsIntro: 'Ken je er een niet? Beëindig die en kies een nieuw wachtwoord.',
    sessionSince: 'Ingelogd op',
    sessionUntil: 'Loopt vanzelf af op',
    sessionHow: 'Hoe',
    signedInBy: { password: 'met wachtwoord', oidc: 'via je eigen organisatie' } as Readonly<Record<string, string>>,
    unknownHow: 'niet bekend',
    current: 'Deze',
    end: 'Beëindig',
    none: 'Er is niemand ingelogd.',
    passwordTitle: 'Wachtwoord veranderen',
    passwordIntro: 'Daarna ben je alleen hier nog ingelogd.',
    currentPassword: 'Wachtwoord van nu',
    nextPassword: 'Nieuw wachtwoord',
    change: 'Verander mijn wachtwoord',
  },
};
