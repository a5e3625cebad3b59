import type { LegalFormView } from '../../src/desk/legal-forms.pages.js';
import { OwnSafetyPage, type ConditionsSectionProps } from '../../src/desk/safety-conditions.pages.js';
import type { WorkPageProps } from '../../src/desk/work.pages.js';
import type { PlanCondition } from '../../src/plans/plans.dto.js';
import { asWritten, frameOf, resident, type Say } from './pages-parts.js';

const untested = { met: null, testedAt: null, testedByMemberId: null, testedByName: null, notMetBecause: null };

export const conditionsOf = (say: Say): PlanCondition[] => [
  { id: 's1', text: say('Iemand thuis'), reason: say('Er was niemand'), setByMemberId: 'p4', deputyMemberId: null, metBy: say('Ria komt langs'), ...untested },
  {
    id: 's2', text: say('Op tijd naar bed'), reason: null, setByMemberId: 'p4', deputyMemberId: null, metBy: null,
    met: false, testedAt: '2026-11-24T15:00:00Z', testedByMemberId: 'p4', testedByName: say('Karim'), notMetBecause: say('Woensdag nog niet'),
  },
  {
    id: 's3', text: say('De school weet het'), reason: null, setByMemberId: 'p4', deputyMemberId: null, metBy: null,
    met: true, testedAt: '2026-11-24T15:00:00Z', testedByMemberId: 'p4', testedByName: say('Karim'), notMetBecause: null,
  },
];

export const safetyOf = (say: Say): Omit<ConditionsSectionProps, 'reference'> => ({
  conditions: conditionsOf(say).map((one) => ({ ...one, setBy: say('Karim'), deputy: say('Vera') })),
  state: 'returned',
  canAdd: true,
  professionals: [{ id: 'p4', name: say('Karim') }],
});

export const noSafety: Omit<ConditionsSectionProps, 'reference'> = { conditions: [], state: null, canAdd: false, professionals: [] };

export const legalOf = (say: Say): LegalFormView => ({
  legalForm: 'family-group-plan', legalTitle: say('Familiegroepsplan'), legalText: say('Het gezin mag eerst'), submittedOn: '2026-11-25',
});
export const noLegal: LegalFormView = { legalForm: 'none', legalTitle: null, legalText: null, submittedOn: null };

export const planTasks = (say: Say): WorkPageProps['plans'] => [
  { reference: 'NB-2026-000123', name: say('Karim'), task: 'ask-safety-test', phone: '+31612345678', dueOn: '2026-11-27' },
  { reference: 'NB-2026-000124', name: null, task: 'promise-left', phone: null, dueOn: null },
];

/** What must be safe, for whoever named it. */
export const SAFETY_PAGES = {
  'own-safety': {
    full: (say: Say) => <OwnSafetyPage frame={resident(say)} plan={{ state: 'fixed', testBy: '2026-11-26' }} conditions={conditionsOf(say)} />,
    empty: () => <OwnSafetyPage frame={frameOf(asWritten)} plan={null} conditions={[]} />,
  },
};
