import { privacyPages } from './privacy-pages.js';
import { privacyData } from './privacy-data.js';

/** What people read about their own data, and about asking to change or erase them. */
export const privacy = {
  /** In place of the name of someone whose data were erased. */
  someone: 'iemand',
  someoneElse: 'iemand anders',
  mainPerson: 'degene over wie het gaat',
  yourself: 'jijzelf',
  service: 'Netwerkberaad',
  addedByStaff: 'de organisatie, bij de aanmelding',
  /** On a promise of someone who is no longer in the circle. */
  releasedNote: 'Deze persoon zit niet meer in de kring.',
  answers: { yes: 'ja', 'if-need-be': 'als het moet', no: 'nee' },
  roles: { referrer: 'aanmelder', facilitator: 'gespreksleider', lead: 'leiding', analyst: 'onderzoeker', admin: 'beheerder' },
  looks: { refused: 'wilde kijken, maar mocht niet', exported: 'gaf je gegevens mee', looked: 'keek', changed: 'schreef of veranderde iets' },
  handed: {
    to: { person: 'deze persoon zelf', guardian: 'wie over deze persoon beslist', representative: 'een vertegenwoordiger', operator: 'de beheerder van de dienst' },
    how: { paper: 'op papier', 'in-person': 'in een gesprek', file: 'als bestand' },
  },
  data: privacyData,
  pages: privacyPages,
  problems: {
    'erasure-asked': 'Er is al een verzoek om te wissen. Je krijgt daar antwoord op.',
    'kept-by-law': 'De wet waaronder jullie werken, zegt hoe lang dit bewaard moet blijven. Wissen kan nu niet. Kies “moet bewaard blijven” en noem de wet.',
  },
};
