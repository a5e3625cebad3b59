/** What people read when a case is closed, and when they come together again. */
export const closing = {
  problems: {},

  /** On the page of the case: what becomes of promises that are open. */
  promises: 'Wat gebeurt er met de afspraken die nog lopen?',
  promisesWhat:
    'Kies je niets, dan blijft een afspraak van wie hem maakte. We vragen er niet meer naar. Iedereen krijgt één bericht: dank je wel, twee cijfers, en of er nog iets van hen blijft.',
  promise: (who: string, text: string, state: string): string => `${who}: ${text} (${state})`,
  stays: (who: string): string => `Blijft van ${who}. We vragen er niet meer naar.`,
  isDone: (who: string): string => `Is gedaan, op het woord van ${who}.`,
  released: 'Hoeft niet meer.',
  why: 'Waarom niet meer?',
  whyHint: 'Alleen als het niet meer hoeft. Wie het plan leest, leest dit ook.',
  onlyAsked: 'Alleen gevraagd, nog geen ja. Dit hoeft dan niet meer:',
  tooLate: (day: string): string => `Opnieuw oppakken kon tot en met ${day}. Maak een nieuwe aanmelding om weer te beginnen.`,

  /** For a main person. */
  own: {
    title: 'Weer bij elkaar',
    overTitle: 'We hebben het afgerond',
    withoutPlan: 'Er kwam deze keer geen plan. Dat kan gebeuren. Jij hebt niets fout gedaan.',
    over: 'Niemand vraagt je nu nog iets. Wil je erover praten, of is er hulp nodig?',
    call: (name: string): string => `Bel ${name}: `,
    callBack: 'Tik op ‘Bel mij terug’, dan bellen we je.',
    plan: 'Gaat het niet goed, of lukt het plan niet? Dat mag. Met één tik weet je gespreksleider het. Die belt je, en dan zoeken jullie samen een moment.',
    planByPhone: 'Gaat het niet goed, of lukt het plan niet? Dat mag. Met één tik weet je gespreksleider het, en die belt je.',
    planButton: 'Het gaat niet goed, ik wil weer bij elkaar',
    planByPhoneButton: 'Het gaat niet goed, bel mij',
    remark: 'Wil je er iets bij zeggen? Alleen je gespreksleider leest het.',
    danger: 'Is er nu gevaar? Bel 112.',
    asked: 'Je gespreksleider weet dat het niet goed gaat, en belt je.',
    reopen: 'Lukt het niet meer, of is er iets nieuws? Tot een jaar na het afronden kun je met één tik opnieuw beginnen. Je gespreksleider belt je dan.',
    reopenButton: 'Ik wil weer bij elkaar komen',
    tooLate: 'Dit is meer dan een jaar geleden afgerond. Wil je weer met mensen om tafel? Dat kan: meld je dan opnieuw aan. Je kunt ons ook bellen.',
    tooLateLink: 'Meld je opnieuw aan',
  },

  /** For the facilitator, while a plan is carried out. */
  again: {
    title: 'Het gaat niet goed: kom weer bij elkaar',
    what: 'Kies waarom. Daarna plan je meteen een nieuwe datum. Het plan loopt gewoon door.',
    safety: 'Is het misschien niet veilig? Doe dan eerst de veiligheidscheck opnieuw.',
    review: 'Er staat al een datum om terug te kijken. Verplaats die naar een eerdere dag.',
    button: 'Naar een nieuwe datum',
  },

  done: {
    'together-asked': 'Je gespreksleider weet het en belt je.',
    together: 'Genoteerd. Kies hieronder een datum om weer bij elkaar te komen.',
  },
};
