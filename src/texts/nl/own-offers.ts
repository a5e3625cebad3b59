/** What people ask and offer one another around promises, on their own pages. */
export const ownOffers = {
  problems: {
    'moved-on': 'Dit is al beantwoord, of het is niet meer nodig. Hieronder zie je hoe het nu is.',
  },

  takeOver: {
    title: 'Wil jij dit overnemen?',
    intro: 'Zeg je ja, dan doe jij dit. Zeg je liever niet, dan blijft het bij wie het nu doet. Allebei is goed.',
    from: (name: string) => `${name} vraagt het je.`,
    yes: 'Ja, dat doe ik',
    no: 'Liever niet',
  },

  passing: {
    summary: 'Iemand anders vragen',
    again: 'Toch iemand anders vragen',
    intro: 'Wil een ander dit van je overnemen? Totdat die ja zegt, blijft het bij jou.',
    who: 'Wie wil je vragen?',
    note: 'Wil je er iets bij zeggen?',
    noteHint: 'Alleen wie je vraagt en je gespreksleider lezen dit.',
    send: 'Vraag het',
    nobody: 'Weet je niemand? Je gespreksleider zoekt graag met je mee. Laat je bellen: de knop staat onderaan.',
    code: 'De namen van je kring laten we alleen zien op een toestel dat we kennen.',
    waits: (name: string) => `Je vroeg of ${name} dit overneemt. Er is nog geen antwoord. Zolang doe jij het.`,
    declined: (name: string) => `${name} neemt dit liever niet over. Je kunt iemand anders vragen.`,
    accepted: (name: string) => `${name} doet dit nu:`,
  },

  help: {
    summary: 'Ik kan hulp gebruiken',
    change: 'Iets anders zeggen over hulp',
    text: 'Waar kun je hulp bij gebruiken?',
    share: 'Wie mag dit lezen?',
    shareHint: 'De kring: familie, vrienden en buren die meedoen. Mensen die er voor hun werk zijn, lezen het niet.',
    shares: { false: 'Alleen je gespreksleider', true: 'Je gespreksleider en de kring' },
    send: 'Vraag om hulp',
    save: 'Bewaar',
    saidAlone: 'Je vroeg om hulp. Je gespreksleider weet het.',
    saidShared: 'Je vroeg om hulp. Je gespreksleider en de kring weten het.',
    offer: (name: string) => `${name} wil je helpen.`,
  },

  others: {
    title: 'Kun jij helpen?',
    intro: 'Een beetje is ook fijn. Zeg je ja, dan spreken jullie samen af hoe.',
    who: (name: string) => `${name} kan hulp gebruiken.`,
    text: 'Wat wil je doen?',
    send: 'Ik help mee',
    said: (name: string) => `Je helpt mee. ${name} weet het.`,
    add: 'Zeg erbij wat je wilt doen',
    change: 'Iets anders zeggen',
    save: 'Bewaar',
    code: 'Iemand uit de kring kan hulp gebruiken. Wie het is en waarbij, laten we alleen zien op een toestel dat we kennen.',
  },

  offering: {
    title: 'Wat wil jij doen?',
    intro: 'Groot of klein, alles helpt. Je hoort hier of het past.',
    mine: 'Wat je hebt aangeboden',
    open: 'Ik wil iets doen, vraag mij',
    states: { offered: 'wacht op antwoord', accepted: 'ja, graag', declined: 'nu niet nodig, dank je wel' },
    more: 'Nog iets aanbieden',
    text: 'Ik wil dit doen',
    textHint: 'Bijvoorbeeld: elke dinsdag samen eten, of een keer de tuin doen.',
    every: 'Hoe vaak?',
    dueOn: 'Voor welke dag?',
    send: 'Bied het aan',
    unsure: 'Weet je nog niet wat? Dan mag een ander iets bedenken. Je zegt later ja of liever niet.',
  },

  offered: {
    title: 'Wat mensen voor je willen doen',
    intro: 'Zeg je ja, dan komt het in het plan waar jullie aan werken. Liever niet is ook goed.',
    from: (name: string) => `Van ${name}`,
    open: (name: string) => `${name} wil iets voor je doen`,
    ask: (name: string) => `Wat wil je aan ${name} vragen?`,
    askHint: 'Zeg je liever niet? Dan mag dit leeg blijven.',
    yes: 'Ja, graag',
    no: 'Liever niet',
  },

  over: {
    closed: 'Jullie zijn klaar. We vragen je nu niets meer. Dank je wel voor wat je deed.',
    stopped: 'Dit is gestopt. Je hoeft niets meer te doen. Wil je erover praten? Laat je bellen: de knop staat onderaan.',
  },

  done: {
    'taken-over': 'Dank je wel. Dit doe jij nu.',
    'not-taken-over': 'Dank je dat je het zegt. Het blijft bij wie het nu doet.',
    'passing-asked': 'Het is gevraagd. Je ziet hier wat het antwoord is.',
    'help-asked': 'Goed dat je het zegt. Je gespreksleider weet het nu.',
    'help-offered': 'Wat fijn dat je helpt. Het is doorgegeven.',
    'contribution-offered': 'Wat fijn dat je iets wilt doen. Je hoort hier of het past.',
    'contribution-accepted': 'Mooi. Het staat nu in het plan waar jullie aan werken.',
    'contribution-declined': 'Bewaard. Wie het aanbood, ziet dat het nu niet nodig is.',
  } as Readonly<Record<string, string>>,
};
