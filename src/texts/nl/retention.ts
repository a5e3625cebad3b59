/** What people read about keeping and erasing. */
export const retention = {
  rules: {
    default: '1 jaar na het laatste meetmoment',
    wmo: '15 jaar (Wmo 2015)',
    jeugdwet: '20 jaar (Jeugdwet)',
  },
  holdReasons: {
    complaint: 'er loopt een klacht',
    objection: 'er loopt een bezwaar',
    court: 'er loopt een rechtszaak',
    supervision: 'een toezichthouder doet onderzoek',
    other: 'anders',
  },
  problems: {
    'legal-hold': 'Van dit traject mag nu niets gewist worden. Er staat een bewaarplicht op.',
    'trial-needed':
      'Zo gaan er eerder gegevens weg dan nu. Draai eerst vandaag een proef met deze termijn, en stuur het nummer daarvan mee.',
    'run-in-progress': 'Er wordt al gewist. Wacht tot dat klaar is.',
  },
  fields: {
    'only-for-trials': 'Dit kan alleen bij een proef.',
    'unknown-trial': 'Deze proef kennen we niet.',
  },
};
