import type { VNode } from 'preact';
import { CasePreparationPage } from '../../src/desk/case-preparation.pages.js';
import { OwnAnswerPage } from '../../src/desk/own-answer.pages.js';
import type { TaskItem } from '../../src/circle/tasks.dto.js';
import { asWritten, frameOf, resident, staff, type Say } from './pages-parts.js';

const aTask = (say: Say, changes: Partial<TaskItem> = {}): TaskItem => ({
  task: 'reach', caseId: 'c1', reference: 'NB-2026-000123', urgent: false, memberId: 'p2', name: say('Joost Bakker'), isMainPerson: false,
  since: '2026-11-16T08:30:00Z', dueOn: '2026-11-18', late: true, channel: 'call', phone: '+31612345679', missed: 2,
  preference: { hours: say('na 18:00'), noVoicemail: true, note: say('mijn baas leest mee') }, safeNow: false,
  ...changes,
});
const noCheck = {
  caseId: 'c1', ties: null, language: null, wishedLanguage: null, wishedGender: null, wishesMet: null, note: null, checkedAt: null, required: true,
  objections: [],
};

/** The pages about what is done before the meeting. */
export const PREPARATION_PAGES: Record<string, { full: (say: Say) => VNode; empty?: () => VNode }> = {
  'own-answer': {
    full: (say) => (
      <OwnAnswerPage
        frame={resident(say)}
        answers={{
          caseId: 'c1', memberId: 'p1', moment: 'meeting',
          items: [
            { moment: 'referral', names: [], answeredAt: '2026-11-16T08:30:00Z' },
            { moment: 'meeting', names: [{ name: say('Joost'), memberId: 'p2' }, { name: say('Tante Bep'), memberId: null }], answeredAt: '2026-11-20T08:30:00Z' },
          ],
        }}
      />
    ),
    empty: () => <OwnAnswerPage frame={frameOf(asWritten)} answers={{ caseId: 'c1', memberId: 'p1', moment: 'referral', items: [] }} />,
  },
  'case-preparation': {
    full: (say) => (
      <CasePreparationPage
        frame={staff(say)}
        reference="NB-2026-000123"
        tasks={[aTask(say), aTask(say, { task: 'reach-referrer', memberId: null, name: null, channel: null, phone: null, preference: null, missed: 0 })]}
        people={[{ id: 'p1', name: say('Sanne'), way: null }, { id: 'p2', name: say('Joost Bakker'), way: 'letter' }]}
        check={{
          ...noCheck, ties: 'family', language: 'shared', wishedLanguage: say('Turks'), wishesMet: true, note: say('Besproken'),
          checkedAt: '2026-11-16T08:30:00Z', objections: [{ code: 'ties', text: 'Deze gespreksleider heeft een band met iemand aan tafel.' }],
        }}
        growth={[{ moment: 'referral', informal: 2, professional: 1, countedOn: 3 }]}
      />
    ),
    empty: () => <CasePreparationPage frame={staff(asWritten)} reference="NB-2026-000123" tasks={[]} people={[]} check={noCheck} growth={[]} />,
  },
};
