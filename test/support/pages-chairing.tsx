import type { VNode } from 'preact';
import { ChairingPassOnPage, ChairingPausePage, ChairingStartPage, ChairingStepPage, type ChairingView } from '../../src/desk/chairing.pages.js';
import { WritingPage } from '../../src/desk/draft.pages.js';
import { CaseScriptPage, ScriptPaperPage, StandInPage } from '../../src/desk/script.pages.js';
import type { PlanDraftAnswer } from '../../src/plans/drafts.dto.js';
import { scriptOf } from '../../src/meetings/script.rules.js';
import { textsFor } from '../../src/texts/texts.js';
import { asWritten, frameOf, resident, staff, type Say } from './pages-parts.js';

const moment = { startsAt: '2026-11-24T13:00:00Z', endsAt: '2026-11-24T15:00:00Z' };
const phases = scriptOf('mdo', 'meeting', textsFor('nl').script.phases, true);

const view = (say: Say, changes: Partial<ChairingView> = {}): ChairingView => ({
  ...moment,
  phases,
  leads: true,
  begins: true,
  writes: true,
  chair: 'resident',
  chairName: null,
  passesOn: true,
  candidates: [{ id: 'm1', name: say('Joost') }, { id: 'm2', name: say('Ria') }],
  ...changes,
});

const step = (say: Say, number: number, changes: Partial<ChairingView> = {}) => ({ frame: resident(say), side: 'mine' as const, view: view(say, changes), step: number, rehearsing: false });

const draft = (say: Say): PlanDraftAnswer => ({
  caseId: 'x',
  goals: [{ id: 'g1', text: say('In dit huis blijven wonen') }, { id: 'g2', text: say('Rust') }],
  commitments: [{ id: 'k1', memberId: 'm1', text: say('Samen de post doornemen'), goalId: 'g1', dueOn: '2026-12-04', every: 'FREQ=MONTHLY;BYDAY=1MO' }],
  safetyConditions: [{ id: 's1', text: say('Elke nacht slaapt er iemand'), reason: say('Ze schrikken'), setByMemberId: 'm2', deputyMemberId: null, metBy: say('Oma slaapt er') }],
  lines: [{ id: 'g1', version: 2, changedAt: '2026-11-24T13:20:00Z', changedBy: say('Joost') }],
  updatedAt: '2026-11-24T13:20:00Z',
  version: 4,
});
const writers = (say: Say) => ({ people: [{ id: 'm1', name: say('Joost') }], professionals: [{ id: 'm2', name: say('Meester Karim') }, { id: 'm3', name: say('Juf Els') }] });

export const CHAIRING_PAGES: Readonly<Record<string, { full: (say: Say) => VNode; empty?: () => VNode }>> = {
  writing: {
    full: (say) => (
      <WritingPage
        frame={staff(say)}
        address="/werk/trajecten/NB-2026-000001/plan/schrijven"
        back="/werk/trajecten/NB-2026-000001"
        isStaff
        draft={draft(say)}
        {...writers(say)}
        overtaken={{ kind: 'goals', lineId: 'g1', current: { text: say('Rust in huis') } }}
      />
    ),
    empty: () => (
      <WritingPage
        frame={resident(asWritten)}
        address="/mijn/meeschrijven"
        back="/mijn"
        isStaff={false}
        draft={{ ...draft(asWritten), goals: [], commitments: [], safetyConditions: [], lines: [], version: 0 }}
        people={[]}
        professionals={[]}
        overtaken={null}
      />
    ),
  },
  'chairing-start': {
    full: (say) => <ChairingStartPage frame={resident(say)} side="mine" view={view(say, { leads: false, chairName: say('Joost') })} />,
    empty: () => <ChairingStartPage frame={frameOf(asWritten)} side="mine" view={null} />,
  },
  'chairing-step': {
    full: (say) => <ChairingStepPage {...step(say, 3)} />,
    empty: () => <ChairingStepPage {...step(asWritten, 1, { candidates: [], leads: false, chair: 'facilitator', passesOn: false })} side="circle" rehearsing />,
  },
  'chairing-taken-over': { full: (say) => <ChairingStepPage {...step(say, phases.length, { leads: false, chairName: say('Joost') })} /> },
  'chairing-pause': { full: (say) => <ChairingPausePage {...step(say, 2)} /> },
  'chairing-pass-on': {
    full: (say) => <ChairingPassOnPage {...step(say, 2)} />,
    empty: () => <ChairingPassOnPage {...step(asWritten, 2, { candidates: [] })} />,
  },
  'script-paper': { full: (say) => <ScriptPaperPage frame={resident(say)} side="mine" sheet={{ of: 'meeting', moment, phases }} /> },
  'stand-in-script': {
    full: (say) => (
      <StandInPage frame={staff(say)} resident={say('Sanne de Wit')} where={say('Buurthuis De Sluis')} facilitator={{ name: say('Noor Haddad'), phone: '+31101234567' }} sheet={{ of: 'meeting', moment, phases }} />
    ),
  },
  'case-script': {
    full: (say) => (
      <CaseScriptPage frame={staff(say)} reference="NB-2026-000001" sheet={{ of: 'review', moment, phases }} chair={{ meetingId: 'mt1', memberId: 'm1', candidates: view(say).candidates }} />
    ),
    empty: () => <CaseScriptPage frame={staff(asWritten)} reference="NB-2026-000001" sheet={{ of: 'talk', moment: null, phases }} chair={null} />,
  },
};
