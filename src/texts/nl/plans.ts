/** What people read about plans: words of states, the questions before a plan is fixed, refusals. */
export const plans = {
  /** Why a commitment ended that is no longer in the new version. */
  newPlan: 'nieuw plan',
  doneAtClosure: 'op hun woord: gedaan bij het afronden',
  releasedAtClosure: 'we ronden af, dit hoeft niet meer',
  planStopped: 'het plan is gestopt',
  withoutThem: 'doet niet meer mee',
  /** How the facilitator's note begins when someone with an own link had it said by them. */
  onTheirWord: 'op hun woord',
  /** Somebody was asked to do something who is of the circle no more. */
  left: (name: string): string => `${name} doet niet meer mee. Kies iemand anders voor deze afspraak, of haal de regel weg.`,
  /** Who changed something, when that is not to be named. */
  someone: 'Iemand',
  commitmentStates: {
    asked: 'gevraagd',
    promised: 'afgesproken',
    doing: 'mee bezig',
    running: 'loopt',
    done: 'gedaan',
    blocked: 'loopt vast',
    'given-back': 'teruggegeven',
    released: 'hoeft niet meer',
  },
  warnings: {
    'no-informal-commitment':
      'Weet je het zeker? Niemand uit de eigen kring doet iets in dit plan. Vraag nog eens wie er iets kan betekenen.',
    'no-professional-commitment':
      'Weet je het zeker? Geen enkele professional doet iets in dit plan. Vraag nog eens of dat zo bedoeld is.',
  },
  problems: {
    'nothing-to-mark': 'Er is nog niets geweest om een cijfer voor te geven.',
    'passing-not-possible': 'Dit kan niet. Vraag je gespreksleider wie dit kan overnemen.',
    'no-contributions': 'Wie wat doet, wordt hier samen aan tafel afgesproken.',
    'conclusion-first': 'Rond eerst het beraad af. Daarna kun je het plan vastleggen.',
    'private-time-missing': 'De kring heeft nog geen eigen tijd gehad. Die hoort er bij deze vorm te zijn voordat het plan vaststaat.',
    'line-changed': '{who} veranderde deze regel om {at}: "{words}". Kies wat er moet staan.',
    'line-removed': '{who} haalde deze regel om {at} weg. Wil je hem toch houden, zet hem er dan opnieuw in.',
    'draft-full': 'Er staan al zoveel regels in het plan als er passen. Haal er eerst een weg of voeg er twee samen.',
    'plan-replaced': 'Dit is niet meer de nieuwste versie: versie {version} is er nu. Kijk daar eerst naar, en zeg dan wat je ervan vindt.',
    'draft-empty': 'Er staat nog niets in het concept. Schrijf eerst een doel of een afspraak op.',
    'draft-unchanged': 'Het concept is hetzelfde als het plan dat al vaststaat. Er is geen nieuwe versie nodig.',
    'draft-outdated': 'In het concept staat iets dat niet meer klopt. Kijk bij de velden die genoemd zijn en bewaar het opnieuw.',
    'safety-condition-late':
      'Wat veilig moet zijn, was vooraf bekend. Er kan nu niets meer bij, af of anders. Wie erom vroeg, kijkt zelf of het veilig is. Schrijf wel op hoe de kring ervoor zorgt.',
  },
  fields: {
    'doubled-id': 'Dit id is al gebruikt.',
    'unknown-commitment': 'Deze afspraak hoort hier niet bij.',
    'unknown-goal': 'Dit doel staat niet in het plan.',
    'after-today': 'Kies een dag na vandaag.',
    'before-case': 'Deze datum ligt voor het begin van het traject.',
    'before-meeting': 'Deze datum ligt voor het beraad. Kies een dag erna.',
    recurrence: 'Kies day, week, two-weeks of month, of geef een geldige RRULE.',
    'not-professional': 'Kies een professional uit deze kring.',
    'on-their-word': 'Deze persoon heeft een eigen link. Begin de notitie met "op hun woord" en schrijf op wat de persoon zei.',
    'not-asked': 'Van deze persoon is voor dit plan geen ja nodig.',
  },
};
