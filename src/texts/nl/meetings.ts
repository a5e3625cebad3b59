/** What people read about meetings: in invitations and calendars, on pages, and when something is refused. */
export const meetings = {
  calendar: {
    /** Neutral: colleagues and family see this calendar too. */
    summary: 'Afspraak',
    filename: 'afspraak.ics',
    /** Whom to call; the organisation's number when the facilitator has none. */
    description: (who: string, phone: string | null): string =>
      `Kun je niet, of heb je een vraag? ${phone ? `Bel ${who}: ${phone}.` : `Vraag het ${who}.`}`,
  },
  /** Kinds of place, before the address that the reader may know. `resident` is whose home it is, null for themself. */
  places: {
    home: (resident: string | null): string => (resident ? `Bij ${resident} thuis` : 'Thuis'),
    video: (): string => 'Online',
  },
  /** Kinds of place as long as there is no address. */
  placesToCome: { 'public-place': 'Een plek in de buurt', other: 'Dat hoor je nog' },
  states: { polling: 'Datum kiezen', fixed: 'Datum staat vast', held: 'Geweest', cancelled: 'Gaat niet door' },
  outcomes: { plan: 'Er is een plan', 'no-plan': 'Er is geen plan', continue: 'We gaan een andere keer verder' },
  reasons: {
    'no-agreement': 'we werden het niet eens',
    'too-few-people': 'er waren te weinig mensen',
    'not-needed-anymore': 'het is niet meer nodig',
    'resident-stops': 'de bewoner wil stoppen',
    'other-help': 'er is andere hulp',
    'not-safe': 'het is niet veilig genoeg',
    'more-time-needed': 'er is meer tijd nodig',
    other: 'anders',
  },
  callOffReasons: {
    'main-person-cannot': 'de bewoner kan niet',
    'facilitator-cannot': 'de gespreksleider kan niet',
    'too-few-people': 'er kunnen te weinig mensen',
    illness: 'ziekte',
    'place-not-available': 'de plek is niet vrij',
    'not-safe': 'het is niet veilig genoeg',
    'not-needed-anymore': 'het is niet meer nodig',
    other: 'anders',
  },
  presences: {
    present: 'Was erbij',
    remote: 'Was er op afstand bij',
    part: 'Was er een deel bij',
    'absent-with-notice': 'Had zich afgemeld',
    absent: 'Was er niet',
  },

  problems: {
    'moment-not-possible': 'Dit moment kan niet. Kies een ander moment.',
    'separate-parts-needed': 'Deze mensen kunnen alleen in aparte delen komen. Zeg bij ieder wie er in welk deel is; er zit een kwartier tussen.',
    'parts-beyond-end': 'Een deel duurt langer dan de afspraak. Pas de delen of de tijden aan.',
    'kind-without-meeting': 'Bij een netwerkplan komt niemand bij elkaar. Kies een andere vorm als je samen wilt zitten.',
    'meeting-open': 'Er wordt al een afspraak gepland voor dit traject. Rond die eerst af.',
    'not-invited': 'Deze persoon is nog niet uitgenodigd. Nodig eerst uit; daarna kan er een antwoord komen.',
    'stand-in-needed': 'Wie het overneemt, is dan al ergens anders: {meetings}. Kies een invaller voor deze afspraken.',
    'roster-full': 'Het rooster zit vol. Haal eerst oude diensten weg.',
    'nothing-to-review': 'Er is nog geen plan om op terug te kijken.',
    'meeting-not-begun': 'Dit kan vanaf een half uur voor het begin.',
  },
  fields: {
    'ends-before-start': 'Het einde moet na het begin liggen.',
    'lasts-too-short': 'Dit is te kort. Neem minstens een kwartier.',
    'lasts-too-long': 'Dit is te lang. Meer dan 24 uur kan niet.',
    double: 'Dit staat er twee keer.',
    'only-for-a-poll': 'Dit hoort bij een keuze uit meer datums.',
    'after-the-first-date': 'Dit moet vóór de eerste datum liggen.',
    'after-the-end': 'Dit ligt na het einde van de afspraak.',
    'date-stands': 'De afspraak staat al op dit moment en op deze plek. Kies een ander moment of een andere plek.',
    'duty-too-long': 'Dit is te lang. Een dienst duurt hooguit 7 dagen.',
    'same-person': 'Kies iemand anders dan de eerste.',
    'duties-overlap': 'In deze tijd heeft al iemand dienst.',
    'unknown-meeting': 'Deze afspraak gaat niet mee.',
    'unknown-place': 'Deze plek kennen we niet.',
    'takes-part-otherwise': 'Deze persoon doet mee zonder erbij te zijn. De datum hangt niet van deze persoon af.',
    'unknown-slot': 'Deze datum hoort niet bij deze afspraak.',
    'no-answer': 'Geef bij minstens één datum een antwoord.',
    hours: 'Vul de uren in als getal, bijvoorbeeld 6 of 6.5.',
  },
};
