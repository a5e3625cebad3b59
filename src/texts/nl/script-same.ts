/** What is done and said at every table, whatever the kind of case. */

/** A phase of a script: its title, what to do now, and what can be read aloud. */
export const phase = (title: string, doNow: readonly string[], readAloud: readonly string[]) => ({ title, doNow, readAloud });

export const statements = phase(
  'De drie zinnen',
  ['Wie dit gesprek aangaat, vertelt de drie zinnen.', 'Liever niet zelf praten? Iemand anders leest ze voor.', 'Schrijf ze groot op papier. Zo blijven ze in beeld.'],
  [
    'Nu komen de drie zinnen: ik wil, ik kan en ik heb nodig.',
    'We luisteren en vallen niemand in de rede.',
    'Vragen stellen mag straks.',
  ],
);
export const goingWell = phase(
  'Wat gaat er goed?',
  ['Geef iedereen om de beurt het woord. Sla niemand over.', 'Vraag door: wie hielp daarbij? Wat deed diegene?'],
  [
    'Er gaat ook veel goed. Daar beginnen we mee.',
    'Iedereen noemt één ding dat goed gaat.',
    'Of één ding waar je trots op bent. Wie wil beginnen?',
  ],
);
export const whoDoesWhat = phase(
  'Wie doet wat?',
  [
    'Loop het plan langs. Zet bij elk punt een naam en een datum.',
    'Alleen wie ja zegt, komt op papier. Nee zeggen mag altijd.',
    'Klein is goed. Eén keer koffie drinken telt ook.',
  ],
  [
    'Nu verdelen we wat er moet gebeuren.',
    'Zeg alleen ja als je het ook echt kunt doen.',
    'Wie doet wat? En wanneer is het klaar?',
  ],
);
export const safety = phase(
  'Wat veilig moet zijn',
  [
    'Lees elk punt voor. Vraag wie het stelde of het plan genoeg is.',
    'Is het nog niet genoeg? Dan zegt diegene waarom, in gewone woorden.',
  ],
  [
    'Vooraf is gezegd wat veilig moet zijn.',
    'We lopen die punten één voor één langs.',
    'Is het plan hiervoor goed genoeg? En zo niet, wat is er nog nodig?',
  ],
);
export const readAloud = phase(
  'Voorlezen en ja zeggen',
  [
    'Lees het hele plan rustig voor.',
    'Vraag iedereen om de beurt of het zo klopt.',
    'Is iemand het er niet mee eens? Schrijf dat erbij. Dat mag blijven staan.',
  ],
  [
    'Ik lees nu het plan voor. Luister of het klopt.',
    'Is er iets niet goed? Zeg het dan gerust.',
    'Daarna vraag ik iedereen: kun je hier ja op zeggen?',
  ],
);
export const marks = phase(
  'Twee cijfers',
  ['Laat iedereen twee cijfers kiezen, van 1 tot en met 10.', 'Wie wil, zegt er één zin bij. Het hoeft niet.'],
  ['Tot slot vraag ik jullie om twee cijfers.', 'Wat vond je van dit gesprek? En hoe goed is het plan?', 'Een laag cijfer mag ook. Daar leren we van.'],
);
export const closing = phase(
  'Afronden',
  ['Zeg wanneer jullie weer bij elkaar komen.', 'Zeg wie je kunt bellen als iets nog niet lukt.', 'Blijf nog even zitten als dat fijn is.'],
  [
    'We zijn klaar. Dank jullie wel dat jullie er waren.',
    'Over zes weken kijken we hoe het gaat.',
    'Loop je vast? Wacht dan niet en laat het weten.',
  ],
);
export const since = phase(
  'Hoe gaat het nu?',
  ['Wie dit gesprek aangaat, vertelt eerst.', 'Lees de drie zinnen van toen nog eens voor. Kloppen ze nog?'],
  ['Er is tijd voorbij sinds we een plan maakten.', 'Hoe gaat het nu? Wat is er anders dan toen?', 'We luisteren eerst. Daarna mag iedereen iets zeggen.'],
);
export const promises = phase(
  'De afspraken langs',
  [
    'Lees elke afspraak voor. Vraag wie het deed hoe het ging.',
    'Zeg dank je wel voor wat gelukt is.',
    'Nog niet gelukt? Vraag wat er in de weg zit. En wie er nu iets kan doen.',
  ],
  [
    'We lopen de afspraken één voor één langs.',
    'Wat is gelukt? En wat is nog niet gelukt?',
    'Nog niet gelukt is niet erg. We zoeken samen wat er in de weg zit.',
  ],
);
export const countingOn = phase(
  'Op wie kun je rekenen?',
  ['Stel deze vraag aan wie dit gesprek aangaat. Schrijf de namen op.', 'Mist er iemand? Vraag wie er nog bij kan komen.'],
  ['Op wie kun je nu rekenen?', 'Noem gerust iedereen, ook wie hier niet is.'],
);
export const change = phase(
  'Wat passen we aan?',
  ['Vraag wat er anders moet in het plan. Alles mag blijven zoals het is.', 'Zet bij elk nieuw punt een naam en een datum.'],
  ['Wat houden we zoals het is? Wat doen we anders?', 'Is er iets nieuws nodig? Zeg dan ook wie dat kan doen.'],
);
export const reviewMarks = phase(
  'Twee cijfers',
  ['Laat iedereen twee cijfers kiezen, van 1 tot en met 10.', 'Vraag wat er nodig is voor één punt meer.'],
  ['Ik vraag jullie weer om twee cijfers.', 'Wat vond je van dit gesprek? En hoe goed helpt het plan?'],
);
export const reviewClosing = phase(
  'Afronden',
  ['Zeg of er nog een keer komt, en wanneer.', 'Zeg wie je kunt bellen als het weer moeilijk wordt.'],
  ['We zijn klaar. Dank jullie wel.', 'Gaat het weer minder goed? Dan kunnen we snel weer bij elkaar komen.'],
);
export const reviewWelcome = phase(
  'Welkom terug',
  ['Zorg dat iedereen zit en iets te drinken heeft.', 'Is er iemand nieuw? Laat iedereen dan de eigen naam zeggen.'],
  ['Welkom terug. Fijn dat jullie er weer zijn.', 'Vandaag kijken we hoe het gaat met ons plan.', 'We zijn er ongeveer een uur mee bezig.'],
);
export const reviewSafety = phase(
  'Is het nog veilig?',
  ['Lees elk punt voor. Vraag of het nog steeds goed is.'],
  ['Toen spraken we af wat veilig moet zijn.', 'Is het nog steeds veilig? Wat is er eventueel nog nodig?'],
);

/** Rules that help at every table, said by whoever leads. */
export const listening = 'We laten elkaar uitpraten. Wat hier gezegd wordt, blijft hier.';
/** Somebody of the circle may lead the meeting; then nobody else does. */
export const led = 'Ik leid vandaag het gesprek. Een pauze vragen mag altijd.';
