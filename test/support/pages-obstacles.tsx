import type { VNode } from 'preact';
import { CaseObstaclesPage } from '../../src/desk/case-obstacles.pages.js';
import { LeadObstaclesPage } from '../../src/desk/lead-obstacles.pages.js';
import type { OwnObstacle } from '../../src/desk/own-obstacles.pages.js';
import type { DirectorMail, ObstacleAnswer } from '../../src/plans/obstacles.dto.js';
import { asWritten, staff, type Say } from './pages-parts.js';

const since = '2026-11-16T08:30:00Z';

const mail = (say: Say, changes: Partial<DirectorMail> = {}): DirectorMail => ({
  state: 'asked', subject: say('Wat bij uw organisatie in de weg zit'), text: `${say('Beste Karin,')}\n\n${say('Er wacht iemand.')}`,
  answers: [{ memberId: 'p1', agrees: false, at: since }],
  ...changes,
});

const obstacle = (say: Say, id: string, changes: Partial<ObstacleAnswer> = {}): ObstacleAnswer => ({
  id, caseId: 'c1', commitmentId: 'k1', memberId: 'p2', memberName: say('Joost'), category: 'agency', state: 'open', text: say('De corporatie belt niet terug'),
  raisedAt: since, openSince: since, stateSince: since, workingDays: 11, escalatedAt: since, note: say('Drie keer gebeld'), shareText: true,
  whoseMove: { memberId: 'p4', memberName: say('Karim'), organisation: say('De Klimop') }, directorMail: mail(say), history: [], version: 2,
  ...changes,
});

/** What stands in the way, on the page of a main person. */
export const ownObstacles = (say: Say): OwnObstacle[] => [
  { id: 'o1', category: 'waiting-list', openSince: since, yourMove: true, directorMail: null },
  { id: 'o2', category: 'agency', openSince: since, yourMove: false, directorMail: mail(say) },
];

/** What stands in the way, for the facilitator and the lead. */
export const OBSTACLE_PAGES: Record<string, { full: (say: Say) => VNode; empty?: () => VNode }> = {
  'case-obstacles': {
    full: (say) => (
      <CaseObstaclesPage
        frame={staff(say)}
        reference="NB-2026-000123"
        obstacles={[
          obstacle(say, 'o1'),
          obstacle(say, 'o2', { shareText: false, directorMail: null, escalatedAt: null, text: null, whoseMove: { memberId: null, memberName: null, organisation: say('Woonstad') } }),
          obstacle(say, 'o3', { state: 'removed' }),
        ]}
        promises={[{ value: 'k1', label: say('Joost: de brief nakijken') }]}
        people={[{ value: 'p4', label: say('Karim') }]}
        mainPersons={[{ value: 'p1', label: say('Sanne') }]}
      />
    ),
    empty: () => <CaseObstaclesPage frame={staff(asWritten)} reference="NB-2026-000123" obstacles={[]} promises={[]} people={[]} mainPersons={[]} />,
  },
  'lead-obstacles': {
    full: (say) => {
      const lesson = { id: 'l1', category: 'agency' as const, organisation: say('Woonstad'), text: say('Er is nu een vast nummer'), writtenAt: since };
      return (
        <LeadObstaclesPage
          frame={staff(say)}
          standing={[
            {
              id: 'o1', caseId: 'c1', category: 'agency', state: 'open', raisedAt: since, openSince: since, workingDays: 11, reference: 'NB-2026-000123',
              facilitatorId: 'f1', facilitatorName: say('Ineke Verhoeven'), organisation: say('Woonstad'), escalatedAt: since, directorMail: 'no-director', text: say('Niemand belt terug'),
            },
          ]}
          book={{ recursFrom: 3, recurring: [{ category: 'agency', organisation: say('Woonstad'), times: 4, cases: 3, open: 1, medianDays: 12.5, lessons: [lesson] }], lessons: [lesson] }}
          directors={[{ organisation: say('Woonstad'), name: say('Karin de Baas'), email: 'karin@woonstad.example' }]}
        />
      );
    },
    empty: () => <LeadObstaclesPage frame={staff(asWritten)} standing={[]} book={{ recursFrom: 3, recurring: [], lessons: [] }} directors={[]} />,
  },
};
