/** What people read about the form of law in which a plan is made. */
export const legalForms = {
  names: {
    none: 'geen vorm uit een wet',
    'family-group-plan': 'Familiegroepsplan',
    'personal-plan': 'Persoonlijk plan',
  },
  /** One sentence under the heading of the plan: whose right it is, and until when. */
  laws: {
    'family-group-plan':
      'Dit plan is een familiegroepsplan. In de Jeugdwet (artikel 4.1.2) staat dat een gezin als eerste zelf een plan mag maken, samen met familie en anderen om hen heen.',
    'personal-plan':
      'Dit plan is een persoonlijk plan. In de Wmo (artikel 2.3.2) staat dat je binnen zeven dagen na je melding zelf een plan mag geven. De gemeente kijkt er eerst naar.',
  },
  title: 'Vorm uit de wet',
  choose: 'Kies de vorm uit de wet',
  form: 'Vorm',
  save: 'Bewaren',
  submit: 'Noteer wanneer het plan is ingediend',
  submitOn: 'Ingediend op',
  submittedOn: (day: string): string => `Ingediend op ${day}.`,
  notSubmitted: 'Nog niet ingediend.',
  done: {
    'legal-form': 'De vorm uit de wet is bewaard.',
    'plan-submitted': 'Genoteerd wanneer het plan is ingediend.',
  },
  problems: {
    'no-legal-form': 'Dit plan heeft geen vorm uit een wet. Kies eerst familiegroepsplan of persoonlijk plan.',
  },
  fields: {
    'before-plan': 'Op die dag lag het plan nog niet vast.',
  },
};
