/** What people read about their own data. */
export const privacy = {
  /** In place of the name of someone whose data were erased. */
  someone: 'iemand',
  problems: {
    'erasure-asked': 'Er is al een verzoek om te wissen. Je krijgt daar antwoord op.',
  },
};
