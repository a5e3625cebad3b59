import type { VNode } from 'preact';
import { TakePage, UrgentPage, type AcuteReferral, type UrgentPersonView, type UrgentState } from '../../src/desk/urgent.pages.js';
import { asWritten, staff, type Say } from './pages-parts.js';

const person = (name: string, changes: Partial<UrgentPersonView> = {}): UrgentPersonView => ({
  id: name, name, isMainPerson: false, professional: false, state: 'approved', reached: false, answer: null, attempts: 0, phone: null, hint: null,
  lastAt: null, status: 'to-phone', ...changes,
});

const stateOf = (say: Say): UrgentState => {
  const calls = [
    person(say('Ria'), { phone: '+31612345679', attempts: 2, lastAt: '2026-11-20T16:20:00Z', hint: say('na 17.00 uur') }),
    person(say('Tante Bep')),
  ];
  return {
    reference: 'NB-2026-000123',
    acknowledged: { at: '2026-11-20T16:04:00Z', name: say('Ineke') },
    consentGiven: true,
    gateOpen: true,
    people: [
      person(say('Sanne'), { isMainPerson: true, reached: true, status: 'reached' }),
      ...calls,
      person(say('Joost'), { state: 'proposed', status: 'to-approve' }),
      person(say('Meester Karim'), { professional: true, state: 'coming', reached: true, answer: 'yes', status: 'coming' }),
    ],
    calls,
    counts: { reached: 2, coming: 1, toPhone: 2 },
    meeting: { id: 'm1', slotId: 's1', startsAt: '2026-11-20T19:00:00Z', place: say('Buurthuis De Klomp') },
    slots: [{ startsAt: new Date('2026-11-20T19:00:00Z'), endsAt: new Date('2026-11-20T20:30:00Z') }],
    tonight: say('Oma Truus blijft slapen'),
    open: true,
    unexplained: true,
  };
};

const nothingYet: UrgentState = {
  reference: 'NB-2026-000123', acknowledged: null, consentGiven: false, gateOpen: false, people: [], calls: [],
  counts: { reached: 0, coming: 0, toPhone: 0 }, meeting: null, slots: [], tonight: null, open: false, unexplained: false,
};

const acute = (changes: Partial<AcuteReferral> = {}): AcuteReferral => ({
  id: 'r1', since: '2026-11-20T16:00:00Z', acknowledgedAt: null, acknowledgedBy: null, reference: null, facilitatorId: null, caseId: 'c1', isOwn: false,
  ...changes,
});

/** The pages of what cannot wait. */
export const URGENT_PAGES: Record<string, { full: (say: Say) => VNode; empty?: () => VNode }> = {
  urgent: {
    full: (say) => <UrgentPage frame={staff(say)} state={stateOf(say)} />,
    empty: () => <UrgentPage frame={staff(asWritten)} state={nothingYet} />,
  },
  'urgent-take': { full: (say) => <TakePage frame={staff(say)} referral={acute()} lead={false} second /> },
  'urgent-taken': {
    full: (say) => (
      <TakePage
        frame={staff(say)}
        referral={acute({ acknowledgedAt: '2026-11-20T16:04:00Z', acknowledgedBy: say('Ineke'), reference: 'NB-2026-000123', isOwn: true })}
        lead={false}
        second={false}
      />
    ),
  },
};
