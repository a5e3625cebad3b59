import type { VNode } from 'preact';
import { MarksPage } from '../../src/desk/marks.pages.js';
import { SixWeeksPage } from '../../src/desk/six-weeks.pages.js';
import type { StandingObstacle } from '../../src/plans/obstacles.dto.js';
import type { SixWeeksAnswer, SixWeeksCommitment } from '../../src/plans/six-weeks.dto.js';
import type { SixWeeksTask } from '../../src/plans/six-weeks.service.js';
import { asWritten, resident, staff, type Say } from './pages-parts.js';

const asked = { after: 42, on: '2027-01-05', state: 'asked', forObstacle: false } as const;

export const sixWeeksTask = (say: Say): SixWeeksTask => ({ caseId: 'c1', reference: 'NB-2026-000123', resident: say('Sanne de Wit'), open: 2, review: asked, meets: true });

/** What stands in the way of a promise. */
export const standing = (say: Say): StandingObstacle => ({
  id: 'o1', category: 'waiting-list', openSince: '2026-12-20T09:00:00Z', workingDays: 6, yourMove: false, text: say('De brief komt niet'),
  whoseMove: { memberId: null, memberName: null, organisation: say('Woonstad') },
});

const commitment = (say: Say, id: string, changes: Partial<SixWeeksCommitment> = {}): SixWeeksCommitment => ({
  id, memberId: 'p2', memberName: say('Joost'), text: say('Samen de post doornemen'), dueOn: '2027-01-05', every: null, state: 'promised', perspective: null, obstacles: [], version: 2,
  ...changes,
});

const answer = (groups: SixWeeksAnswer['groups'], reviews: SixWeeksAnswer['reviews']): SixWeeksAnswer => ({
  caseId: 'c1', planId: 'pl1', dueOn: '2027-01-05', day: 40, carriedAt: '2026-11-24T15:00:00Z', groups, realised: groups.done.length,
  of: Object.values(groups).reduce((sum, of) => sum + of.length, 0), reviews,
});

/** Six weeks after the plan, and the marks. */
export const SIX_WEEKS_PAGES: Record<string, { full: (say: Say) => VNode; empty?: () => VNode }> = {
  marks: {
    full: (say) => (
      <MarksPage frame={resident(say)} moment="closure" given={{ meeting: 8, plan: null, sentence: say('Fijn dat opa er was'), mayShare: true }} isMainPerson={false} />
    ),
    empty: () => <MarksPage frame={resident(asWritten)} moment="meeting" given={null} isMainPerson />,
  },
  'six-weeks': {
    full: (say) => (
      <SixWeeksPage
        frame={staff(say)}
        reference="NB-2026-000123"
        answer={answer(
          {
            open: [commitment(say, 'k1'), commitment(say, 'k2', { every: 'week', state: 'doing' })],
            obstacle: [commitment(say, 'k3', { state: 'blocked', obstacles: [standing(say)] })],
            perspective: [commitment(say, 'k4', { perspective: { date: '2027-02-01', reason: say('De wachtlijst is lang') } })],
            done: [commitment(say, 'k5', { state: 'done' })],
          },
          [asked, { after: 91, on: '2027-02-23', state: 'later', forObstacle: false }, { after: 105, on: '2027-03-09', state: 'later', forObstacle: true }],
        )}
        people={[{ value: 'p2', label: say('Joost') }]}
        suggestions={['2027-01-04T08:00:00Z', '2027-01-05T08:00:00Z']}
        meets
        marks={{
          caseId: 'c1',
          items: [{ moment: 'meeting', given: 2, meetingAverage: 7.5, meetingMedian: 7.5, planAverage: null, planMedian: null, sentences: [say('Fijn dat opa er was')] }],
        }}
      />
    ),
    empty: () => (
      <SixWeeksPage
        frame={staff(asWritten)}
        reference="NB-2026-000123"
        answer={answer({ open: [], obstacle: [], perspective: [], done: [] }, [])}
        people={[]}
        suggestions={[]}
        meets={false}
      />
    ),
  },
  'six-weeks-by-phone': {
    full: (say) => (
      <SixWeeksPage
        frame={staff(say)}
        reference="NB-2026-000123"
        answer={answer({ open: [], obstacle: [], perspective: [], done: [commitment(say, 'k5', { state: 'done' })] }, [{ ...asked, after: 91 }])}
        people={[]}
        suggestions={[]}
        meets={false}
      />
    ),
  },
};
