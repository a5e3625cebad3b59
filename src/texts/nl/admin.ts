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
    } satisfies Record<string, [string, string]>,
  },

  account: {
    title: 'Mijn account',
  },
};
