/** Forms on the page of a case: dates that move or are off, a poll that ends, and coming together again. */
export const caseDates = {
  problems: {},
  until: (day: string, time: string): string => `Kiezen kan tot ${day}, ${time} uur. Wie stil is, krijgt vanzelf een herinnering.`,
  silent: 'Nog niets gehoord van:',
  move: 'Verplaats het beraad',
  moveHint: 'Iedereen hoort het één keer en krijgt de nieuwe datum in de agenda. Een ja op de oude datum telt niet voor de nieuwe.',
  newDate: 'Nieuwe dag',
  moveButton: 'Verplaats',
  callOff: 'Zeg het beraad af',
  callOffButton: 'Zeg af',
  reason: 'Waarom',
  reasonHint: 'Alleen jij ziet dit. De kring hoort dat het verandert, niet waarom.',
  remark: 'Toelichting',
  choiceRemark: 'Waarom deze dag, als een andere bovenaan staat',
  reopen: 'Weer bij elkaar',
  reopenHint:
    'Dit kan tot een jaar na het afronden. De kring blijft zoals die was; wie weg is, blijft weg. Van sommige mensen kunnen mail en telefoon al gewist zijn: stel hen opnieuw voor. Spreek eerst de bewoner: niemand krijgt vanzelf bericht.',
  why: 'Waarom',
  reopenButton: 'Pak het opnieuw op',
};
