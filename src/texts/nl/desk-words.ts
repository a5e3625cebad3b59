export type Words = Readonly<Record<string, string>>;

/** The words that people read for the codes of the service. A code without a word is shown as it is. */
export const words = {
  channels: { call: 'Bellen', sms: 'Sms', mail: 'E-mail', letter: 'Brief', visit: 'Langsgaan' } as Words,
  contactOutcomes: {
    reached: 'Gesproken',
    'not-reached': 'Niet bereikt',
    'wrong-address': 'Nummer of adres klopt niet',
  } as Words,
  /** What a call, a letter or a visit is for, by the message that it stands for. */
  handMessages: {
    invitation: 'Uitnodigen',
    'meeting-poll': 'Vragen welke dag kan',
    'meeting-fixed': 'Datum en plek doorgeven',
    'meeting-reminder': 'Herinneren aan de datum',
    'poll-reminder': 'Nog eens vragen welke dag kan',
    'meeting-cancelled': 'Vertellen dat het niet doorgaat',
    'condition-test': 'Vragen of het veilig genoeg is',
    'plan-returned': 'Vertellen dat het plan terugkomt',
    'plan-stopped': 'Vertellen dat het plan is gestopt',
    'plan-goes': 'Zeggen dat het plan wordt gewist',
    'call-back': 'Vroeg om een telefoontje',
    'together-asked': 'Wil weer bij elkaar komen: bel vandaag nog',
    handover: 'Vertellen wie het overneemt',
    'marks-asked': 'Bedanken, en vragen hoe het was',
    'chair-asked': 'Vragen of iemand het gesprek wil leiden',
    'private-time-open': 'Zeggen dat de besloten tijd nog open staat',
    'check-in': 'Vragen hoe het gaat met de afspraken',
    'promise-asked': 'Vragen of iemand iets wil doen',
    'plan-carried': 'Vertellen dat het plan er is',
    other: 'Even contact opnemen',
  } as Words,
  /** Before what it was about. */
  undelivered: {
    bounced: 'Bericht komt niet aan: bel, en vraag wat klopt.',
    dead: 'Bericht is niet gelukt: bel liever.',
    complaint: 'Liever geen mail: vraag bij een gesprek wat wel fijn is.',
  } as Words,
  contactHint: ({ hours, noVoicemail, note }: { hours?: string; noVoicemail?: boolean; note?: string }): string =>
    [hours, noVoicemail ? 'geen voicemail' : null, note].filter(Boolean).join(', '),
  reach: { letter: 'Per brief', visit: 'Langsgaan', 'via-member': 'Via iemand anders' } as Words,
  meetingTypes: { meeting: 'Beraad', review: 'Terugkombijeenkomst' } as Words,
  placeTypes: {
    home: 'Bij de bewoner thuis',
    'public-place': 'Plek in de buurt',
    video: 'Videobellen',
    other: 'Andere plek',
  } as Words,
  preconditions: {
    home: 'Een goede plek om te wonen',
    money: 'Rust met geld',
    relations: 'Goed met wie je lief is',
    days: 'Zinvolle dagen',
  } as Words,
  preconditionLevels: { fine: 'Goed', attention: 'Vraagt aandacht', missing: 'Is er niet' } as Words,
  /** What someone says when they move a commitment to that state. */
  commitmentMoves: {
    promised: 'Ja, dat doe ik',
    doing: 'Ik ben ermee bezig',
    running: 'Het loopt',
    done: 'Gedaan',
    'given-back': 'Ik geef het terug',
    released: 'Hoeft niet meer',
  } as Words,
  every: { day: 'elke dag', week: 'elke week', 'two-weeks': 'om de week', month: 'elke maand' } as Words,
  planStates: {
    fixed: 'Vastgelegd',
    carried: 'Iedereen staat erachter',
    returned: 'Terug naar de kring',
    replaced: 'Vervangen',
  } as Words,
  veiligThuis: { consulted: 'Overlegd met Veilig Thuis', 'not-needed': 'Niet nodig', 'not-yet': 'Nog niet gedaan' } as Words,
  together: { yes: 'Veilig samen aan tafel', no: 'Niet samen aan tafel', apart: 'Alleen in aparte delen' } as Words,
  moments: { before: 'Vooraf', after: 'Na het plan', later: 'Later' } as Words,
  instruments: {
    'cbs-happiness': 'Hoe gelukkig ben je?',
    'who-5': 'Hoe was het de laatste twee weken?',
    cantril: 'Ladder van je leven',
    gas: 'Mijn doelen',
  } as Words,
  sides: { before: 'Vooraf', after: 'Achteraf', 'one-off': 'Eenmalig', expected: 'Verwacht' } as Words,
  per: {
    day: 'per dag',
    week: 'per week',
    month: 'per maand',
    year: 'per jaar',
    window: 'in de hele periode',
    once: 'eenmalig',
  } as Words,
  basis: { registered: 'Uit een administratie', reported: 'Verteld', estimated: 'Geschat' } as Words,
  costStatuses: { forecast: 'Verwachting', measured: 'Gemeten' } as Words,
  classes: {
    fiscal: 'Publiek geld',
    transfer: 'Uitkering of vergoeding',
    society: 'Kosten voor de samenleving',
    informal: 'Uren van naasten',
  } as Words,
  payers: {
    wmo: 'Wmo (gemeente)',
    jeugdwet: 'Jeugdwet (gemeente)',
    zvw: 'Zorgverzekering (Zvw)',
    wlz: 'Langdurige zorg (Wlz)',
    participatiewet: 'Participatiewet (gemeente)',
    justice: 'Politie en justitie',
    ocw: 'Onderwijs',
    'housing-corporation': 'Woningcorporatie',
    municipality: 'Gemeente, overig',
    organiser: 'Organisatie van het beraad',
    network: 'Mensen om de bewoner heen',
    society: 'Samenleving',
    household: 'Huishouden zelf',
  } as Words,
  paybackReasons: {
    'difference-not-positive': 'De kosten zijn niet lager geworden.',
    'no-one-off': 'Er zijn geen eenmalige kosten.',
  } as Words,
};

/** The word for a code, or the code itself. */
export const wordFor = (table: Words, code: string | null | undefined): string => (code ? (table[code] ?? code) : '');
