import type { CasePageProps } from '../../src/desk/case.pages.js';
import { OwnYesPage, type OwnYes } from '../../src/desk/consents.pages.js';
import { asWritten, frameOf, resident, type Say } from './pages-parts.js';

const LATER = '2027-02-01';

const own = (say: Say, changes: Partial<OwnYes>): OwnYes => ({
  id: 'y1',
  kind: 'meeting',
  given: true,
  givenBy: 'person',
  on: '2026-11-15',
  how: say('conversation'),
  subject: null,
  until: null,
  takenBackAt: null,
  state: 'standing',
  who: null,
  aboutMe: true,
  canGoBack: true,
  ...changes,
});

const ownYeses = (say: Say): OwnYes[] => [
  own(say, {}),
  own(say, { id: 'y2', kind: 'release', who: say('Meester Karim'), subject: say('hoe het op school gaat'), until: LATER }),
  own(say, { id: 'y3', kind: 'approval', aboutMe: false, who: say('Joost'), canGoBack: false, givenBy: 'main-person' }),
  own(say, { id: 'y4', kind: 'approval', aboutMe: false, who: say('Ria'), state: 'taken-back', takenBackAt: '2026-11-20T09:00:00Z' }),
  own(say, { id: 'y5', kind: 'release', subject: say('de schulden'), until: '2026-11-16', state: 'ended' }),
];

export const yeses = (say: Say): CasePageProps['yes'] => {
  const people = [{ id: 'p1', name: say('Sanne de Wit') }, { id: 'p2', name: say('Meester Karim') }];
  const one = {
    caseId: 'c1',
    memberId: 'p1',
    given: true,
    givenBy: 'person' as const,
    on: '2026-11-15',
    how: say('conversation'),
    subject: null,
    until: null,
    professionalMemberId: null,
    takenBackAt: null,
    notedAt: '2026-11-15T09:00:00Z',
    takenBackBy: null,
    reason: null,
    remark: null,
  };
  return {
    today: '2026-11-20',
    people,
    professionals: people.slice(1),
    mainPersons: people.slice(0, 1),
    names: new Map(people.map(({ id, name }) => [id, name])),
    yeses: [
      { ...one, id: 'y1', kind: 'meeting', state: 'standing' },
      { ...one, id: 'y2', kind: 'release', state: 'taken-back', subject: say('school'), until: LATER, professionalMemberId: 'p2', takenBackAt: '2026-11-20T09:00:00Z', reason: 'changed', remark: say('Liever niet meer') },
      { ...one, id: 'y3', kind: 'micro-analysis', state: 'standing', given: false },
    ],
    notices: [{ memberId: 'p2', way: 'message', channel: 'mail', toldAt: '2026-11-16T09:00:00Z' }],
    restrictions: [
      { id: 'r1', caseId: 'c1', memberIds: ['p1', 'p2'], mode: 'never-together', reason: say('Verbod van de rechter'), createdAt: '2026-11-16T09:00:00Z', endedAt: null, remark: null },
      { id: 'r2', caseId: 'c1', memberIds: ['p1', 'p3'], mode: 'separate-parts', reason: say('Ruzie'), createdAt: '2026-11-12T09:00:00Z', endedAt: '2026-11-14T09:00:00Z', remark: say('Bijgelegd') },
    ],
  };
};

export const noYeses: CasePageProps['yes'] = {
  today: '2026-11-20',
  people: [],
  professionals: [],
  mainPersons: [],
  names: new Map(),
  yeses: [],
  notices: [],
  restrictions: [],
};

export const YES_PAGES = {
  'mine-yes': {
    full: (say: Say) => <OwnYesPage frame={resident(say)} yeses={ownYeses(say)} isMainPerson known joins={true} />,
    empty: () => <OwnYesPage frame={frameOf(asWritten)} yeses={[]} isMainPerson known={false} joins={null} />,
  },
  'circle-yes': {
    full: (say: Say) => (
      <OwnYesPage frame={resident(say)} yeses={[own(say, { kind: 'approval', canGoBack: false })]} isMainPerson={false} known={false} joins={null} />
    ),
  },
};
