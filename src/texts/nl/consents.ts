/** What people read about the kinds of yes, what we tell at first contact, and who must not meet whom. */
export const consents = {
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
