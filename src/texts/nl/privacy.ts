/** What people read about their own data. */
export const privacy = {
  /** In place of the name of someone whose data were erased. */
  someone: 'iemand',
  /** On a promise of someone who is no longer in the circle. */
  releasedNote: 'Deze persoon zit niet meer in de kring.',
  problems: {
    'erasure-asked': 'Er is al een verzoek om te wissen. Je krijgt daar antwoord op.',
  },
};
