import type { CasePageProps } from '../../src/desk/case.pages.js';
import type { InvitedMeeting } from '../../src/desk/dates.pages.js';
import { asWritten, fixed, frameOf, MAIN, mainPersons, members, polling, staff, type Say } from './pages-parts.js';
import { legalOf, noLegal, noSafety, safetyOf } from './pages-safety.js';
import { standing } from './pages-six-weeks.js';
import { noYeses, yeses } from './pages-yes.js';
import { tableView } from './pages-private-time.js';

const amount = (middleCents: number, spread = 0): { lowCents: number; middleCents: number; highCents: number } => ({
  lowCents: middleCents - spread,
  middleCents,
  highCents: middleCents + spread,
});

const ANSWERED: InvitedMeeting['answers'] = { s1: 'yes', s2: 'no', s3: 'if-need-be' };

const offersOf = (say: Say): CasePageProps['offers'] => ({
  passings: [
    { id: 'pa1', commitmentId: 'c1', caseId: 'x', text: say('Samen de post doornemen'), dueOn: '2026-12-04', every: null, state: 'asked', askedOfMe: false,
      fromName: say('Joost'), toName: say('Ria'), note: say('Ik ben een maand weg'), askedAt: '2026-11-26T09:00:00Z' },
  ],
  help: [
    { commitmentId: 'c2', caseId: 'x', memberId: 'a', memberName: say('Ria'), what: say('Dinsdag de kinderen ophalen'), text: say('Ik heb geen auto'), shared: true,
      askedAt: '2026-11-26T09:00:00Z', offers: [{ memberId: 'b', memberName: say('Joost'), text: say('Ik rijd wel'), offeredAt: '2026-11-27T09:00:00Z' }],
      helpers: [{ value: 'b', label: say('Joost') }], takers: [{ value: 'b', label: say('Joost') }] },
  ],
  contributions: [
    { id: 'co1', caseId: 'x', memberId: 'b', memberName: say('Joost'), text: say('Elke week koken'), every: 'week', dueOn: null, openOffer: false, state: 'offered', offeredAt: '2026-11-26T09:00:00Z' },
    { id: 'co2', caseId: 'x', memberId: 'a', memberName: say('Ria'), text: null, every: null, dueOn: null, openOffer: true, state: 'offered', offeredAt: '2026-11-26T09:00:00Z' },
  ],
});

export const casePage = (say: Say): CasePageProps => {
  const circle = members(say);
  const meeting: CasePageProps['meeting']['meetings'][number] = {
    ...polling(say),
    began: false,
    day: '',
    table: tableView(say),
    parts: [{ memberIds: ['a'], fromMinute: 0, untilMinute: 45 }],
    warning: 'separate-parts-needed',
    planningWarnings: [
      { code: 'outside-hours', slotId: 's1', text: 'Dit valt buiten de werktijden van de gespreksleider.' },
      { code: 'room-too-small', slotId: null, text: 'De zaal is kleiner dan het aantal mensen dat gevraagd is.' },
    ],
    ranking: [
      { slotId: 's1', keepsAll: true, yes: 6, no: 1, informalYes: 4 },
      { slotId: 's3', keepsAll: false, yes: 4, no: 2, informalYes: 2 },
      { slotId: 's2', keepsAll: false, yes: 2, no: 4, informalYes: 1 },
    ],
    responses: circle.slice(0, 6).map((one, index) => ({
      memberId: one.id,
      name: one.name,
      answers: index % 3 === 2 ? {} : ANSWERED,
    })),
    attendance: [],
  };
  const held = {
    ...fixed(say),
    began: true,
    day: '2026-11-24',
    table: tableView(say),
    parts: [],
    warning: null,
    planningWarnings: [],
    ranking: [],
    responses: meeting.responses,
    attendance: circle.slice(0, 6).map((one) => ({ memberId: one.id, name: one.name, presence: null, arrivedAt: '14:20' })),
  };
  return {
    frame: staff(say),
    case: {
      reference: 'NB-2026-000123',
      kind: 'netwerkberaad',
      state: 'met',
      urgent: false,
      openedAt: '2026-11-10T09:00:00Z',
      question: say('Ik wil met mijn kinderen in dit huis blijven wonen.'),
      themes: ['debt', 'eviction'],
      referrer: say('Fatma Yıldız, Wijkteam Noord'),
    },
    mainPersons: mainPersons(say),
    circle: { members: circle },
    closed: false,
    leading: [{ code: 'not-checked', text: 'Er is nog niet genoteerd of deze gespreksleider onafhankelijk is.' }],
    care: {
      objections: [{ memberId: 'a', about: say('Ria'), by: say('Mark'), on: '2026-11-20', remark: say('Liever niet.') }],
      guardians: [
        { id: 'k', name: say('Tim'), guardians: [say('Sanne de Wit')], isMainPerson: false },
        { id: 'l', name: say('Lisa'), guardians: [], isMainPerson: true },
      ],
      alone: [{ id: 'k', name: say('Tim') }],
      members: [{ id: 'b', name: say('Joost'), state: 'invited', wrongAddress: true }],
    },
    safety: {
      directDanger: false,
      veiligThuis: 'not-needed',
      spokenAlone: [MAIN],
      together: 'yes',
      note: say('Rustig gesprek gehad.'),
      meetingPossible: true,
      gaps: [],
    },
    meeting: {
      meetings: [meeting, held],
      publicPlaces: [
        { id: 'pp1', name: say('Buurthuis De Sluis'), rooms: [] },
        { id: 'pp2', name: say('Bibliotheek Oost'), rooms: [{ id: 'r1', name: say('Zaal'), capacity: 20 }] },
      ],
      canPlan: true,
      free: [{ startsAt: new Date('2026-12-01T08:00:00Z'), endsAt: new Date('2026-12-01T10:00:00Z') }],
    },
    statements: {
      statements: {
        [MAIN]: {
          want: say('Rust in huis en geen brieven meer die ik niet durf te openen.'),
          can: say('Koken voor de hele straat.'),
          need: say('Iemand die meekijkt met de post.'),
        },
      },
      preconditions: { home: 'attention', money: 'missing', relations: 'fine', days: null },
    },
    plan: {
      current: {
        id: 'pl1',
        version: 1,
        state: 'fixed',
        fixedAt: '2026-11-24T15:00:00Z',
        goals: [say('In dit huis blijven wonen'), say('Elke week een avond zonder zorgen')],
        agreements: [{ memberId: MAIN, agrees: true, remark: say('Dit voelt goed.') }],
      },
      commitments: [
        {
          id: 'c1',
          who: say('Joost Bakker'),
          text: say('Samen de post doornemen'),
          state: 'doing',
          version: 2,
          dueOn: '2026-12-04',
          every: null,
          obstacles: [standing(say)],
        },
        {
          id: 'c2',
          who: say('Ria de Wit'),
          text: say('Dinsdag de kinderen ophalen'),
          state: 'running',
          version: 2,
          dueOn: null,
          every: 'week',
          obstacles: [],
        },
        {
          id: 'c3',
          who: say('Pieter Jansen'),
          text: say('De huurschuld zes weken stilzetten'),
          state: 'done',
          version: 4,
          dueOn: '2026-11-27',
          every: null,
          obstacles: [],
        },
      ],
      draftIsNew: true,
      draft: {
        goals: [
          { id: 'g1', text: say('In dit huis blijven wonen') },
          { id: 'g2', text: say('Elke week een avond zonder zorgen') },
        ],
        commitments: [
          { id: 'c1', who: say('Joost'), text: say('Samen de post doornemen'), dueOn: '2026-12-04', every: null },
          { id: 'c2', who: say('Ria'), text: say('Dinsdag de kinderen ophalen'), dueOn: null, every: 'week' },
          {
            id: 'c3',
            who: say('Pieter'),
            text: say('De huurschuld zes weken stilzetten'),
            dueOn: '2026-11-27',
            every: null,
          },
        ],
        safetyConditions: [
          {
            id: 'sc1',
            text: say('De kinderen slapen elke nacht thuis'),
            setBy: say('Meester Karim'),
            metBy: say('Opa komt elke avond langs'),
          },
        ],
      },
      canFix: true,
    },
    offers: offersOf(say),
    wellbeing: {
      changes: [
        { memberId: MAIN, instrument: 'cbs-happiness', before: 4, after: 6, later: null, change: 2, meaningful: true },
        { memberId: MAIN, instrument: 'who-5', before: 32, after: 40, later: null, change: 8, meaningful: false },
      ],
    },
    costs: {
      lines: [
        {
          id: 'l1',
          version: 1,
          side: 'before',
          status: null,
          label: say('Begeleiding thuis'),
          quantity: '2',
          unit: 'hour',
          per: 'week',
          basis: 'registered',
          payer: 'wmo',
          priceYear: 2022,
          grade: 'B',
          source: say('Kostenhandleiding Zorginstituut'),
          amount: amount(714_189),
        },
        {
          id: 'l2',
          version: 1,
          side: 'after',
          status: 'forecast',
          label: say('Begeleiding thuis'),
          quantity: '1',
          unit: 'hour',
          per: 'week',
          basis: 'estimated',
          payer: 'wmo',
          priceYear: 2022,
          grade: 'B',
          source: say('Kostenhandleiding Zorginstituut'),
          amount: amount(357_094, 60_000),
        },
        {
          id: 'l3',
          version: 1,
          side: 'one-off',
          status: null,
          label: say('Uren van de gespreksleider'),
          quantity: '14',
          unit: 'hour',
          per: 'once',
          basis: 'registered',
          payer: 'organiser',
          priceYear: 2022,
          grade: null,
          source: null,
          amount: amount(96_141),
        },
      ],
      items: [
        { id: 'guidance-hour', label: 'Begeleiding thuis', unit: 'hour', payer: 'wmo' },
        { id: 'household-help-hour', label: 'Huishoudelijke hulp', unit: 'hour', payer: 'wmo' },
        { id: 'gp-consult', label: 'Huisarts: consult', unit: 'consult', payer: 'zvw' },
      ],
      result: {
        priceYear: 2024,
        status: 'forecast',
        before: amount(714_189),
        after: amount(357_094, 60_000),
        oneOff: amount(96_141),
        difference: amount(357_095, 60_000),
        netFirstYear: amount(260_954, 60_000),
        paybackMonths: 3.2,
        paybackReason: null,
        byPayer: [
          { payer: 'organiser', before: amount(0), after: amount(0), oneOff: amount(96_141), difference: amount(0) },
          {
            payer: 'wmo',
            before: amount(714_189),
            after: amount(357_094, 60_000),
            oneOff: amount(0),
            difference: amount(357_095, 60_000),
          },
        ],
        beside: [
          { class: 'informal', before: amount(0), after: amount(201_723), oneOff: amount(0), difference: amount(-201_723) },
        ],
        limits: [
          { text: 'Dit gaat over één traject. Eén traject bewijst niet dat het beraad werkt.' },
          { text: 'De kosten erna zijn een verwachting: wat is afgesproken, nog niet wat is gebeurd.' },
        ],
      },
    },
    lawClocks: [
      { clock: 'personal-plan', text: say('Het eigen plan'), startsOn: '2026-11-13', dueOn: '2026-11-20', doneOn: null, state: 'late' },
      { clock: 'family-group-plan', text: say('Familiegroepsplan'), startsOn: '2026-11-13', dueOn: null, doneOn: null, state: 'running' },
      { clock: 'research', text: say('Onderzoek'), startsOn: '2026-11-13', dueOn: '2026-12-28', doneOn: '2026-11-20', state: 'done' },
    ],
    safetyConditions: safetyOf(say),
    legal: legalOf(say),
    corrections: [],
    ending: { how: 'plan', untilDay: null },
    yes: yeses(say),
    timeline: [
      { id: 't3', at: '2026-11-24T15:00:00Z', actor: say('Ineke Verhoeven'), text: say('Versie 1 van het plan staat vast.') },
      { id: 't2', at: '2026-11-12T10:00:00Z', actor: say('Ineke Verhoeven'), text: say('Contact gehad met Ria.') },
      { id: 't1', at: '2026-11-10T09:00:00Z', actor: null, text: say('De aanmelding is opgepakt.') },
    ],
  };
};

export const emptyCase = (): CasePageProps => ({
  ...casePage(asWritten),
  frame: frameOf(asWritten),
  case: { ...casePage(asWritten).case, state: 'preparing', referrer: null, themes: [] },
  circle: { members: [] },
  safety: null,
  lawClocks: [],
  meeting: { meetings: [], publicPlaces: [], canPlan: true, free: [] },
  statements: { statements: {}, preconditions: { home: null, money: null, relations: null, days: null } },
  plan: {
    current: null,
    commitments: [],
    draft: { goals: [], commitments: [], safetyConditions: [] },
    draftIsNew: false,
    canFix: false,
  },
  safetyConditions: noSafety,
  legal: noLegal,
  offers: { passings: [], help: [], contributions: [] },
  wellbeing: { changes: [] },
  costs: { lines: [], items: [], result: null },
  ending: { how: null, untilDay: null },
  yes: noYeses,
  timeline: [],
});
