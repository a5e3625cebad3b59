import {
  change,
  closing,
  countingOn,
  goingWell,
  led,
  listening,
  marks,
  phase,
  promises,
  readAloud,
  reviewClosing,
  reviewMarks,
  reviewSafety,
  reviewWelcome,
  safety,
  since,
  statements,
  whoDoesWhat,
} from './script-same.js';

/** The script of a meeting, per kind of case: what to do in each phase, and what can be read aloud. Short sentences. */
export const scriptPhases = {
  netwerkberaad: {
    meeting: {
      welcome: phase(
        'Welkom',
        ['Wacht tot iedereen zit. Zorg voor iets te drinken.', 'Laat iedereen de eigen naam zeggen, en wie ze hier kennen.', 'Spreek af wie er meeschrijft.'],
        ['Welkom allemaal. Fijn dat jullie er zijn.', 'We praten ongeveer twee uur. Een pauze vragen mag altijd.', listening],
      ),
      why: phase(
        'Waarom zijn we hier?',
        ['Zeg kort waarom jullie bij elkaar zijn.', 'Gebruik de eigen woorden van wie dit gesprek aangaat.'],
        ['We zijn hier omdat iemand van ons daarom vroeg.', 'We zoeken niet naar schuld. We zoeken naar wat helpt.', 'Aan het eind ligt er een plan op tafel.'],
      ),
      statements,
      'going-well': goingWell,
      'private-time': phase(
        'Besloten tijd voor de kring',
        ['Vraag of de kring even alleen wil zijn. Het hoeft niet.', 'Zo ja: alle beroepskrachten gaan de kamer uit. Jij ook, als de kring dat wil.', 'Alleen de kring zegt wanneer het klaar is.'],
        ['Jullie mogen nu even praten zonder beroepskrachten.', 'Wij wachten hiernaast. Roep ons als je iets wilt vragen.'],
      ),
      plan: phase(
        'Het plan maken',
        ['Begin bij de zin: ik wil. Wat is daarvoor nodig?', 'Laat eerst de eigen kring iets bedenken. Dan pas de beroepskrachten.', 'Schrijf korte zinnen op, in gewone woorden.'],
        ['Nu maken we samen een plan.', 'Wat kunnen we zelf? En waar is hulp bij nodig?', 'Elk idee mag. Kiezen doen we straks.'],
      ),
      'safety-conditions': safety,
      'who-does-what': whoDoesWhat,
      'read-aloud': readAloud,
      marks,
      closing,
    },
    review: {
      welcome: reviewWelcome,
      since,
      promises,
      'safety-conditions': reviewSafety,
      'counting-on': countingOn,
      change,
      marks: reviewMarks,
      closing: reviewClosing,
    },
  },
  'eigen-kracht': {
    meeting: {
      welcome: phase(
        'Welkom',
        ['Ontvang iedereen. Begin zoals de familie dat gewend is.', 'Laat iedereen de eigen naam zeggen, en wie ze van de familie zijn.', 'Vraag wie er meeschrijft. Dat is iemand van de kring.'],
        ['Welkom allemaal. Fijn dat jullie er zijn.', 'Dit is jullie gesprek. Ik open het en sluit het af.', listening],
      ),
      why: phase(
        'Waarom zijn we hier?',
        ['Lees de vraag voor die de familie zelf heeft gekozen.', 'Zeg dat de familie beslist over het plan.'],
        ['We zijn hier voor één vraag. Die lees ik nu voor.', 'Jullie maken zelf het plan. Niemand doet dat voor jullie.'],
      ),
      statements,
      information: phase(
        'Wat beroepskrachten weten',
        ['Elke beroepskracht vertelt kort wat er kan. En wat veilig moet zijn.', 'De kring stelt vragen. Beroepskrachten geven geen oplossing.', 'Lees ook brieven voor van wie er niet bij is.'],
        ['Nu vertellen de beroepskrachten wat zij weten.', 'Vraag alles wat je wilt weten. Straks zijn zij weg.'],
      ),
      'private-time': phase(
        'Besloten tijd: jullie onder elkaar',
        ['Alle beroepskrachten gaan weg. Jij ook.', 'Zeg waar je bent en hoe ze je roepen.', 'Alleen de kring zegt wanneer het klaar is. Neem alle tijd.'],
        ['Nu is het woord aan jullie. Wij gaan weg.', 'Neem de tijd die je nodig hebt. Eten en drinken staan klaar.', 'Roep ons als je iets wilt vragen, of als het plan klaar is.'],
      ),
      'going-well': phase(
        'Wat gaat er goed?',
        ['Iemand van de kring leest dit voor.', 'Iedereen noemt één ding. Ook de kinderen.'],
        ['We beginnen met wat goed gaat.', 'Iedereen noemt één ding. Wie wil beginnen?'],
      ),
      plan: phase(
        'Het plan maken',
        ['Leg de vraag en de drie zinnen op tafel.', 'Bedenk eerst alles wat zou kunnen. Kies daarna.', 'Kijk ook naar wat veilig moet zijn. Staat dat in het plan?'],
        ['Wat gaan we doen om het beter te maken?', 'Wat kunnen we zelf? Wat vragen we aan anderen?'],
      ),
      'who-does-what': whoDoesWhat,
      'safety-conditions': phase(
        safety.title,
        ['De beroepskrachten en de gespreksleider komen terug.', 'Lees elk punt voor. Wie het vroeg, zegt of het plan genoeg is.', 'Nog niet genoeg? Dan maakt de kring het plan zelf beter.'],
        safety.readAloud,
      ),
      'read-aloud': phase(
        readAloud.title,
        ['Iemand van de kring leest het plan voor.', 'Vraag iedereen om de beurt of het zo klopt.', 'Is iemand het er niet mee eens? Schrijf dat erbij.'],
        readAloud.readAloud,
      ),
      marks,
      closing,
    },
    review: {
      welcome: phase(
        reviewWelcome.title,
        ['Ontvang iedereen. Begin zoals de familie dat gewend is.', 'Is er iemand nieuw? Laat iedereen dan de eigen naam zeggen.'],
        ['Welkom terug. Fijn dat jullie er weer zijn.', 'Het is jullie plan. Vandaag kijken jullie hoe het gaat.'],
      ),
      since,
      promises,
      'private-time': phase(
        'Besloten tijd: weer onder elkaar',
        ['Alle beroepskrachten gaan weg. Jij ook.', 'De kring doet de volgende twee stappen zelf.', 'Alleen de kring zegt wanneer het klaar is.'],
        ['Nu is het woord weer aan jullie. Wij gaan weg.', 'Roep ons als jullie klaar zijn.'],
      ),
      'counting-on': countingOn,
      change,
      'safety-conditions': reviewSafety,
      marks: reviewMarks,
      closing: reviewClosing,
    },
  },
  mdo: {
    meeting: {
      welcome: phase(
        'Welkom',
        ['Dit is jouw huis en jouw gesprek. Neem rustig de tijd.', 'Vraag iedereen om de eigen naam te zeggen, en wat voor werk ze doen.', 'Vraag wie er meeschrijft.'],
        ['Welkom. Fijn dat jullie hier zijn.', led, listening],
      ),
      why: phase(
        'Waarom zijn we hier?',
        ['Zeg in je eigen woorden waarom je dit gesprek wilde.', 'Eén of twee zinnen is genoeg.'],
        ['Veel mensen werken aan hetzelfde. Vandaag zitten we samen.', 'We zoeken één oplossing. Geen nieuwe lijst met regels.'],
      ),
      statements,
      'going-well': goingWell,
      information: phase(
        'Wat kan er wel?',
        ['Vraag elke beroepskracht wat die wél kan doen.', 'Zegt iemand dat het niet kan? Vraag wie het wel kan.', 'Snap je een woord niet? Vraag wat het betekent.'],
        ['Ik vraag nu aan iedereen die hier voor werk is:', 'Wat kun jij doen? Wat heb je daarvoor nodig?', 'Vertel het in gewone woorden.'],
      ),
      plan: phase(
        'De oplossing',
        ['Pak de drie zinnen erbij. Past de oplossing daarbij?', 'Kies wat jij het beste vindt. Het gaat over jouw leven.'],
        ['Nu kiezen we samen een oplossing.', 'Wat helpt het meest? En wat kan deze week al?'],
      ),
      'safety-conditions': safety,
      'who-does-what': phase(
        whoDoesWhat.title,
        ['Zet bij elk punt een naam en een datum.', 'Eén punt heeft één naam. Zo weet je wie je belt.', 'Jij mag ook iets doen. Het hoeft niet veel te zijn.'],
        whoDoesWhat.readAloud,
      ),
      'read-aloud': readAloud,
      marks,
      closing,
    },
    review: {
      welcome: phase(
        reviewWelcome.title,
        ['Dit is jouw gesprek. Neem rustig de tijd.', 'Is er iemand nieuw? Vraag iedereen dan om de eigen naam te zeggen.'],
        ['Welkom terug. Fijn dat jullie er weer zijn.', led, 'Vandaag kijken we of de oplossing werkt.'],
      ),
      since,
      promises,
      change: phase(
        'Wat zit er nog in de weg?',
        ['Noem wat er nog niet lukt. Vraag bij elk punt: wie is aan zet?', 'Is het niemand? Vraag dan wie het gaat uitzoeken.'],
        ['Wat zit er nog in de weg?', 'Wie is aan zet? En wanneer horen we iets?'],
      ),
      marks: reviewMarks,
      closing: reviewClosing,
    },
  },
  jim: {
    meeting: {
      welcome: phase(
        'Welkom',
        ['Zit naast je JIM. Jullie leiden dit gesprek samen.', 'Vraag iedereen om de eigen naam te zeggen.', 'Vind je praten lastig? Laat je JIM dit voorlezen.'],
        ['Welkom. Fijn dat jullie er zijn.', 'Wij leiden dit gesprek samen. Een pauze vragen mag altijd.', listening],
      ),
      why: phase(
        'Waarom zijn we hier?',
        ['Zeg in je eigen woorden waarom jullie hier zitten.', 'Of vraag je JIM om het te zeggen.'],
        ['Het gaat vandaag over wat er beter kan.', 'We praten met elkaar en niet over iemand.', 'Aan het eind weten we wie wat gaat doen.'],
      ),
      statements,
      'going-well': goingWell,
      jim: phase(
        'Wat doet je JIM?',
        ['Vertel waarom je deze JIM hebt gekozen.', 'Zeg samen wat je JIM wel doet, en wat niet.', 'Spreek af wat je JIM mag zeggen tegen anderen.'],
        ['Een JIM is iemand die je zelf kiest.', 'We zeggen nu wat de JIM doet, en wat niet.', 'Heeft iemand daar een vraag over?'],
      ),
      plan: phase(
        'Het plan maken',
        ['Zeg eerst zelf wat je wilt. Daarna je JIM, dan de anderen.', 'Vind je een idee niets? Dan mag je dat zeggen.', 'Kies samen wat in het plan komt.'],
        ['Nu maken we een plan.', 'Eerst de eigen ideeën. Daarna mag iedereen meedenken.'],
      ),
      'safety-conditions': safety,
      'who-does-what': phase(
        whoDoesWhat.title,
        ['Zet bij elk punt een naam en een datum.', 'Beroepskrachten zeggen hoe ze de JIM helpen.', 'Alleen wie ja zegt, komt op papier.'],
        ['Nu verdelen we wat er moet gebeuren.', 'Beroepskrachten: hoe kunnen jullie de JIM helpen?', 'Zeg alleen ja als je het ook echt kunt doen.'],
      ),
      'read-aloud': readAloud,
      marks,
      closing,
    },
    review: {
      welcome: phase(
        reviewWelcome.title,
        ['Zit naast je JIM. Jullie leiden dit gesprek samen.', 'Is er iemand nieuw? Vraag iedereen dan om de eigen naam te zeggen.'],
        reviewWelcome.readAloud,
      ),
      since,
      jim: phase(
        'Hoe gaat het met jou en je JIM?',
        ['Vertel wat goed gaat tussen jullie. En wat anders mag.', 'Heeft je JIM hulp nodig? Vraag het hier.'],
        ['Hoe gaat het met de JIM?', 'Wat helpt? En welke hulp heeft de JIM zelf nodig?'],
      ),
      promises,
      change,
      marks: reviewMarks,
      closing: reviewClosing,
    },
  },
  netwerkplan: {
    meeting: {
      welcome: phase(
        'Samen beginnen',
        ['Ga zitten waar de ander zich fijn voelt.', 'Zeg hoe lang het duurt. Vraag of dat goed is.'],
        ['Fijn dat ik hier mag zijn. We praten ongeveer een uur.', 'Je hoeft niets te zeggen wat je niet wilt.'],
      ),
      why: phase(
        'Waarom dit gesprek?',
        ['Zeg dat niemand bij elkaar hoeft te komen.', 'Ieder doet een stukje, op een eigen manier.'],
        ['We kijken wie er om je heen staan.', 'Wie kan iets kleins doen? Jij beslist wie we vragen.'],
      ),
      statements: phase(
        statements.title,
        ['Schrijf de zinnen op in de eigen woorden.', 'Lees ze terug. Klopt het zo?'],
        ['Ik vraag je drie dingen. Wat wil je? Wat kun je zelf?', 'En wat heb je nodig?'],
      ),
      'going-well': phase(
        goingWell.title,
        ['Vraag door: wie hielp daarbij?', 'Schrijf de namen op. Dat is het begin van de kring.'],
        ['Wat gaat er goed in je leven?', 'Wie heeft daarbij geholpen?'],
      ),
      plan: phase(
        'Wie kan wat doen?',
        ['Loop de namen langs. Wat past bij wie?', 'Eén kleine vraag per persoon is genoeg.'],
        ['Wat zou je fijn vinden dat iemand doet?', 'Aan wie denk je dan als eerste?'],
      ),
      'who-does-what': phase(
        'Hoe vragen we het?',
        ['Spreek per naam af wie het vraagt, en hoe.', 'Vraag niemand zonder een ja.'],
        ['Wil je het zelf vragen? Of zal ik het doen?', 'Niemand wordt gevraagd zonder jouw ja.'],
      ),
      closing: phase(
        closing.title,
        ['Zeg wanneer je belt om te horen hoe het gaat.', 'Laat je nummer achter op papier.'],
        ['Dank je wel voor dit gesprek.', 'Over zes weken bel ik om te horen hoe het gaat.', 'Je mag mij ook eerder bellen.'],
      ),
    },
    review: {
      welcome: phase(
        'Samen terugkijken',
        ['Vraag of dit een goed moment is.', 'Zeg hoe lang het duurt.'],
        ['Fijn dat we elkaar weer spreken.', 'We kijken samen wat er is gebeurd.'],
      ),
      since: phase(
        since.title,
        ['Luister eerst. Schrijf later.', 'Lees de drie zinnen van toen voor. Kloppen ze nog?'],
        ['Hoe gaat het nu met je?', 'Wat is er anders dan toen?'],
      ),
      promises: phase(
        'Wie deed wat?',
        ['Loop de namen langs. Wat is gelukt?', 'Nog niet gelukt? Vraag wat er in de weg zit.'],
        ['Wie heeft iets voor je gedaan? Hoe was dat?', 'Wat is nog niet gelukt? Wat zit er in de weg?'],
      ),
      'counting-on': countingOn,
      change: phase(
        change.title,
        ['Vraag wat mag blijven, en wat anders moet.', 'Vraag ook wat de ander zelf voor iemand wil doen.'],
        ['Wat wil je houden? Wat wil je anders?', 'Is er iemand die we nog kunnen vragen?'],
      ),
      closing: phase(
        closing.title,
        ['Zeg of je nog een keer belt, en wanneer.', 'Zeg dat weer beginnen altijd mag.'],
        ['Dank je wel voor dit gesprek.', 'Gaat het weer minder goed? Bel dan gerust.'],
      ),
    },
  },
};
