const lines = (count: number): string => (count === 1 ? '1 regel' : `${count} regels`);

/** What people read about wellbeing, costs and the micro-analysis. The wording of the questions is our own plain Dutch. */
export const microAnalysis = {
  facilitatorHours: 'Uren van de gespreksleider bij het beraad (tarief: begeleiding thuis)',

  instruments: {
    wording: {
      own: 'Eigen, eenvoudige woorden van Netwerkberaad. Dit is niet de officiële tekst.',
      official: 'De officiële tekst van de eigenaar.',
    },
    'cbs-happiness': {
      name: 'Hoe gelukkig ben je?',
      intro: 'Eén vraag over hoe het met je gaat. Je mag de vraag overslaan. Je gespreksleider ziet je antwoord.',
      items: { q1: 'Welk cijfer geef je aan je geluk, van 1 tot en met 10?' },
      scale: { 1: 'helemaal niet gelukkig', 10: 'heel erg gelukkig' },
      threshold: 'Een verschil van 1 punt telt hier mee. Hiervoor is geen onderzochte grens bekend.',
    },
    'who-5': {
      name: 'Hoe ging het de laatste twee weken?',
      intro: 'Vijf zinnen over de laatste twee weken. Je mag een zin overslaan. Je gespreksleider ziet je antwoorden.',
      items: {
        q1: 'Ik was in een goede bui.',
        q2: 'Ik had rust in mijn hoofd en in mijn lijf.',
        q3: 'Ik had zin en energie om dingen te doen.',
        q4: 'Ik was uitgerust als ik wakker werd.',
        q5: 'Er waren dingen op een dag die ik leuk of boeiend vond.',
      },
      scale: {
        0: 'nooit',
        1: 'heel af en toe',
        2: 'minder dan de helft van de tijd',
        3: 'meer dan de helft van de tijd',
        4: 'bijna altijd',
        5: 'altijd',
      },
      threshold: 'Een verschil van 10 punten of meer telt mee.',
    },
  },

  notices: {
    happy: null,
    unhappy: 'Dank je voor je eerlijke antwoord. Wil je erover praten? Bel of app je gespreksleider.',
    impaired:
      'Dank je voor je eerlijke antwoord. Het gaat nu niet zo goed met je. Wil je erover praten? Vraag je gespreksleider om je ' +
      'te bellen.',
    'see-gp':
      'Dank je voor je eerlijke antwoord. Je hebt het nu zwaar. Praat erover met je huisarts of vraag je gespreksleider om je ' +
      'te bellen. Denk je aan zelfdoding? Bel 113 of gratis 0800-0113, dag en nacht.',
  },

  limits: {
    'one-case': () => 'Dit gaat over één traject. Eén traject bewijst niet dat het beraad werkt.',
    'regression-to-the-mean': () =>
      'Mensen vragen hulp als het slecht gaat. Daarna gaat het vaak ook zonder hulp weer wat beter. Een deel van het verschil ' +
      'kan daardoor komen.',
    forecast: () => 'De kosten erna zijn een verwachting: wat is afgesproken, nog niet wat is gebeurd.',
    measured: () => 'De kosten erna zijn gemeten na afloop.',
    estimates: (count: number) => `Bij ${lines(count)} is de hoeveelheid geschat.`,
    'weak-prices': (count: number) => `Bij ${lines(count)} komt de prijs uit een zwakke bron.`,
    'nothing-before': () => 'Er zijn nog geen kosten van ervoor ingevuld. Het verschil zegt daarom nog niets.',
    'nothing-after': () => 'Er zijn nog geen kosten van erna ingevuld. Het verschil zegt daarom nog niets.',
    'no-one-off': () => 'De kosten van het beraad zelf zijn nog niet ingevuld.',
    'others-left-out': () => 'Kosten die over een ander gaan, zie je hier niet.',
    'no-wellbeing': () => 'Er is nog niet gevraagd hoe het met de bewoner gaat.',
    'wellbeing-incomplete': () => 'Niet elke vraag over hoe het gaat is ervoor én erna beantwoord.',
    'own-wording': () => 'De vragen over hoe het gaat staan in onze eigen woorden, niet in de officiële tekst.',
    'threshold-not-published': () =>
      'Voor de vraag naar geluk is niet onderzocht hoe groot een verschil moet zijn om mee te tellen.',
  },

  problems: {},

  fields: {
    quantity: 'Vul een getal in van 0 of meer, met hoogstens 4 cijfers achter de punt.',
    'low-above-middle': 'De lage schatting mag niet hoger zijn dan de hoeveelheid.',
    'high-below-middle': 'De hoge schatting mag niet lager zijn dan de hoeveelheid.',
    'unknown-item': 'Deze kostensoort staat niet in de lijst.',
    'item-or-text': 'Kies een kostensoort uit de lijst of schrijf zelf een omschrijving, een van de twee.',
    'local-price-needed': 'Voor deze kostensoort is geen landelijke prijs bekend. Vul de prijs in die bij jullie geldt.',
    'no-price-index': 'Van dit jaar is geen prijsindex bekend. Kies een jaar uit de lijst.',
    'one-off-is-once': 'Eenmalige kosten zijn "eenmalig", niet per dag, week, maand of jaar.',
    'once-is-one-off': 'Alleen eenmalige kosten kunnen "eenmalig" zijn. Kies per dag, week, maand, jaar of periode.',
    'only-after': 'Verwacht of gemeten hoort alleen bij kosten erna.',
    'nothing-answered': 'Beantwoord minstens één vraag.',
    'not-a-main-person': 'Kies een bewoner over wie dit traject gaat.',
    'month-or-date': 'Vul een maand in (2026-11) of een datum (2026-11-18).',
    'from-after-to': 'Het begin ligt na het einde.',
    'period-too-long': 'Kies een periode van hoogstens tien jaar.',
  },
};
