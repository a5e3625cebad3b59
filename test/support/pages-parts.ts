import type { LawClockAnswer } from '../../src/cases/law-clocks.dto.js';
import type { CasePageProps } from '../../src/desk/case.pages.js';
import type { InvitedMeeting } from '../../src/desk/dates.pages.js';
import type { OwnOffers } from '../../src/desk/own-offers.pages.js';
import type { OwnCommitment } from '../../src/desk/promises.pages.js';
import type { Frame } from '../../src/web/frame.js';

/** How free text comes in: as written, or hostile. */
export type Say = (text: string) => string;

export const asWritten: Say = (text) => text;

export const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\u202Eمرحبا بالعالم\u202C',
  'x'.repeat(5000),
  '👩🏽‍🦽👨‍👩‍👧‍👦 Zoë Ünal-Ƶ',
  "'; drop table cases; --",
  '=cmd|calc\r\nBcc: a@b.example',
];

/** Every text becomes one of the hostile ones, in turn. */
export function hostile(): Say {
  let next = 0;
  return () => HOSTILE[next++ % HOSTILE.length]!;
}

export const frameOf = (say: Say, more: Partial<Frame> = {}): Frame => ({
  language: 'nl',
  csrfToken: 'csrf-1',
  organisation: say('Waterstad'),
  ...more,
});

export const resident = (say: Say): Frame =>
  frameOf(say, { contact: { name: say('Ineke'), phone: say('010 123 4567'), callBackAsked: false }, done: 'answer' });
export const staff = (say: Say): Frame => frameOf(say, { user: { name: say('Ineke Verhoeven'), roles: ['facilitator', 'lead', 'admin'] } });

export const slots = [
  { id: 's1', startsAt: '2026-11-24T13:00:00Z', endsAt: '2026-11-24T15:00:00Z' },
  { id: 's2', startsAt: '2026-11-25T18:00:00Z', endsAt: '2026-11-25T20:00:00Z' },
  { id: 's3', startsAt: '2026-11-28T09:30:00Z', endsAt: '2026-11-28T11:30:00Z' },
];

export const polling = (say: Say): InvitedMeeting => ({
  id: 'm1',
  type: 'meeting',
  state: 'polling',
  startsAt: null,
  endsAt: null,
  place: { type: 'public-place', name: say('Buurthuis De Sluis'), address: say('Sluisstraat 4, Waterstad') },
  slots,
  answers: { s1: 'yes', s2: 'no' },
});

export const fixed = (say: Say): InvitedMeeting => ({
  ...polling(say),
  id: 'm2',
  state: 'fixed',
  startsAt: slots[0]!.startsAt,
  endsAt: slots[0]!.endsAt,
  slots: [slots[0]!],
});

export const promises = (say: Say): OwnCommitment[] => [
  {
    id: 'c1',
    text: say('Elke dinsdag met Noor naar zwemles'),
    state: 'running',
    version: 2,
    dueOn: null,
    every: 'week',
  },
  {
    id: 'c2',
    text: say('Samen de post doornemen en bellen met de verhuurder'),
    state: 'promised',
    version: 1,
    dueOn: '2026-12-04',
    every: null,
  },
  {
    id: 'c3',
    text: say('Een keer koken'),
    state: 'asked',
    version: 1,
    dueOn: '2026-12-10',
    every: null,
  },
  { id: 'c4', text: say('De fiets maken'), state: 'done', version: 3, dueOn: '2026-11-20', every: null },
];

const contribution = { caseId: 'c', every: null, dueOn: null, openOffer: false, offeredAt: '2026-11-20T10:00:00Z' };

/** Nothing is asked and nothing is offered. */
export const noOffers: OwnOffers = {
  over: null, home: '/kring', known: true, asked: [], passings: [], askable: [], help: [], others: [], someAsk: false, mayOffer: false, contributions: [], offered: [],
};

/** Everything that can be asked and offered around the promises above. */
export const offersOf = (say: Say): OwnOffers => ({
  ...noOffers,
  asked: [{ commitmentId: 'c9', text: say('De tuin doen'), dueOn: '2026-12-08', every: null, fromName: say('Ria'), note: say('Mijn rug doet zeer') }],
  passings: [
    { commitmentId: 'c1', text: say('Elke dinsdag met Noor naar zwemles'), toName: say('Ria'), state: 'asked', note: null },
    { commitmentId: 'c2', text: say('Samen de post doornemen'), toName: say('Bep'), state: 'declined', note: null },
    { commitmentId: 'c8', text: say('Naar de markt'), toName: say('Ria'), state: 'accepted', note: null },
  ],
  askable: [{ id: 'p3', name: say('Ria') }, { id: 'p4', name: say('Bep') }],
  help: [
    {
      commitmentId: 'c2', caseId: 'c', memberId: 'p2', memberName: say('Joost'), what: say('De post'), text: say('Ik snap de brieven niet'), shared: true, askedAt: '2026-11-20T10:00:00Z',
      offers: [{ memberId: 'p3', memberName: say('Ria'), text: say('Ik kom dinsdag'), offeredAt: '2026-11-20T11:00:00Z' }],
    },
  ],
  others: [
    { commitmentId: 'c6', caseId: 'c', memberId: 'p3', memberName: say('Ria'), what: say('Koken'), text: say('Op maandag lukt het niet'), shared: true, askedAt: '2026-11-20T10:00:00Z', offers: [] },
    {
      commitmentId: 'c7', caseId: 'c', memberId: 'p4', memberName: say('Bep'), what: say('De hond uitlaten'), text: null, shared: true, askedAt: '2026-11-20T10:00:00Z',
      offers: [{ memberId: 'p2', memberName: say('Joost'), text: say('Zaterdag kan ik'), offeredAt: '2026-11-20T11:00:00Z' }],
    },
  ],
  mayOffer: true,
  contributions: [
    { ...contribution, id: 'o1', memberId: 'p2', memberName: say('Joost'), text: say('Samen eten'), every: 'week', state: 'accepted' },
    { ...contribution, id: 'o2', memberId: 'p2', memberName: say('Joost'), text: null, openOffer: true, state: 'offered' },
  ],
  offered: [
    { ...contribution, id: 'o3', memberId: 'p3', memberName: say('Ria'), text: say('De schuur opruimen'), dueOn: '2026-12-12', state: 'offered' },
    { ...contribution, id: 'o4', memberId: 'p4', memberName: say('Bep'), text: null, openOffer: true, state: 'offered' },
  ],
});

export const MAIN = 'p1';

export const mainPersons = (say: Say): CasePageProps['mainPersons'] => [
  { id: MAIN, name: say('Sanne de Wit'), firstName: say('Sanne'), phone: say('06 1234 5678'), phoneVerified: true, email: say('sanne@example.org') },
];

export const members = (say: Say): CasePageProps['circle']['members'] => {
  const base = {
    organisation: null,
    version: 1,
    phone: null,
    phoneVerified: false,
    phoneLost: false,
    preference: null,
    email: null,
    since: '2026-11-10T09:00:00Z',
    lastContact: null,
    professional: false,
  };
  return [
    {
      ...base,
      id: 'a',
      name: say('Ria de Wit'),
      firstName: say('Ria'),
      relation: 'parent',
      state: 'coming',
      phone: say('06 1234 5679'),
      lastContact: { at: '2026-11-12T10:00:00Z', channel: 'call', outcome: 'reached' },
    },
    {
      ...base,
      id: 'b',
      name: say('Joost Bakker'),
      firstName: say('Joost'),
      relation: 'neighbour',
      state: 'invited',
      email: say('joost@example.org'),
    },
    {
      ...base,
      id: 'c',
      name: say('Noor Haddad'),
      firstName: null,
      relation: 'friend',
      state: 'approved',
      phone: say('06 2345 6789'),
    },
    { ...base, id: 'd', name: say('Imane El Idrissi'), firstName: say('Imane'), relation: 'sibling', state: 'proposed' },
    {
      ...base,
      id: 'e',
      name: say('Meester Karim'),
      firstName: say('Karim'),
      relation: 'teacher',
      professional: true,
      organisation: say('De Klimop'),
      state: 'coming',
      email: say('karim@deklimop.example'),
    },
    {
      ...base,
      id: 'f',
      name: say('Wim van Dam'),
      firstName: say('Wim'),
      relation: 'volunteer',
      state: 'maybe',
      email: say('wim@example.org'),
    },
    {
      ...base,
      id: 'g',
      name: say('Fatma Yıldız'),
      firstName: say('Fatma'),
      relation: 'team-worker',
      professional: true,
      organisation: say('Wijkteam Noord'),
      state: 'coming',
      email: say('f.yildiz@wijkteam.example'),
    },
    { ...base, id: 'h', name: say('Oom Henk'), firstName: say('Henk'), relation: 'relative', state: 'refused' },
    {
      ...base,
      id: 'i',
      name: say('Sadia Noor'),
      firstName: say('Sadia'),
      relation: 'friend',
      state: 'approached',
      phone: say('06 9876 5432'),
    },
    {
      ...base,
      id: 'j',
      name: say('Pieter Jansen'),
      firstName: say('Pieter'),
      relation: 'housing-worker',
      professional: true,
      organisation: say('Woonstad'),
      state: 'approved',
      email: say('p.jansen@woonstad.example'),
    },
  ];
};

export const lawClocks = (say: Say): LawClockAnswer[] => [
  { clock: 'personal-plan', text: say('Het eigen plan'), startsOn: '2026-11-13', dueOn: '2026-11-20', doneOn: null, state: 'late' },
  { clock: 'family-group-plan', text: say('Familiegroepsplan'), startsOn: '2026-11-13', dueOn: null, doneOn: null, state: 'running' },
  { clock: 'research', text: say('Onderzoek'), startsOn: '2026-11-13', dueOn: '2026-12-28', doneOn: '2026-11-20', state: 'done' },
];

/** What is told at first contact. */
export const told = (say: Say): { givenBy: string; resident: string; ground: string } => ({
  givenBy: say('Fatma Yıldız, Wijkteam Noord'),
  resident: say('Sanne'),
  ground: 'public-task',
});
