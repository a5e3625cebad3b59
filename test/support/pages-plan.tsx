import type { VNode } from 'preact';
import { WritingPage, type WritingPageProps } from '../../src/desk/draft.pages.js';
import { SaidPage, VersionsPage } from '../../src/desk/look-back.pages.js';
import { CasePaperPage, OwnPaperPage } from '../../src/desk/plan-paper.pages.js';
import type { PlanSheet, Tick } from '../../src/plans/plan-paper.rules.js';
import { asWritten, frameOf, resident, staff, type Say } from './pages-parts.js';

const at = '2026-11-24T15:00:00Z';

const tick = (say: Say, box: Tick['box']): Tick => ({ box, who: say('Joost'), what: say('Samen de post doen'), when: say('elke week, loopt'), repeats: box === 'open', spoken: say('Joost doet dit') });

const sheetOf = (say: Say): PlanSheet => ({
  language: 'nl', direction: 'ltr', title: 'Ons plan', fileTitle: 'Ons plan', intro: [`Dit is het plan van ${say('Sanne')}.`],
  sections: [
    { id: 'zinnen', heading: 'In onze eigen woorden', blocks: [{ kind: 'person', name: say('Sanne') }, { kind: 'labelled', rows: [{ label: 'Ik wil', said: { text: say('Rust in huis'), own: true } }] }] },
    { id: 'nu', heading: 'Hoe het nu is', blocks: [{ kind: 'facts', rows: [['Rust met geld', say('Vraagt aandacht')]] }] },
    { id: 'doelen', heading: 'Wat we willen bereiken', blocks: [{ kind: 'list', numbered: true, items: [{ text: say('Blijven wonen'), own: true }] }] },
    { id: 'wie', heading: 'Wie doet wat', blocks: [{ kind: 'ticks', items: [tick(say, 'open'), tick(say, 'ticked'), tick(say, 'none')] }] },
    { id: 'vragen', heading: 'Vragen?', blocks: [{ kind: 'text', said: { text: `Bel ${say('Ineke')}.` }, quiet: true }] },
  ],
});

const option = (label: string, shown: boolean) => ({ label, href: '/kring/plan', shown });
const versions = [2, 1].map((version) => ({ version, fixedAt: at, href: `/mijn/plan?versie=${version}`, shown: version === 2 }));

const writing = (say: Say): Omit<WritingPageProps, 'frame' | 'overtaken'> => ({
  address: '/kring/meeschrijven',
  back: '/kring',
  isStaff: false,
  people: [{ id: 'p2', name: say('Joost') }],
  professionals: [{ id: 'p4', name: say('Karim') }],
  draft: {
    caseId: 'c1', version: 4, updatedAt: at,
    goals: [{ id: 'g1', text: say('Blijven wonen') }],
    commitments: [{ id: 'k1', memberId: 'p2', text: say('De brief nakijken'), goalId: 'g1', dueOn: '2026-12-04', every: 'FREQ=WEEKLY;BYDAY=MO' }],
    safetyConditions: [{ id: 's1', text: say('Iemand thuis'), reason: null, setByMemberId: 'p4', deputyMemberId: null, metBy: say('Ria komt') }],
    lines: ['g1', 'k1', 's1'].map((id) => ({ id, version: 2, changedAt: at, changedBy: say('Ria') })),
  },
});

const needs = { home: 'attention', money: 'missing', relations: 'fine', days: 'fine' } as const;
const wordsOf = (say: Say) => ({ home: say('Het is te klein'), money: null, relations: null, days: say('Ik verveel me') });

/** The plan to write, to read and to look back on. */
export const PLAN_PAGES: Record<string, { full: (say: Say) => VNode; empty?: () => VNode }> = {
  'own-plan': {
    full: (say) => (
      <OwnPaperPage frame={resident(say)} title="Het plan" sheet={sheetOf(say)} pdf="/mijn/plan.pdf" back="/mijn" versions={versions} agreement={{ action: '/mijn/plan', planId: 'pl1', state: 'fixed', agrees: false }} />
    ),
    empty: () => <OwnPaperPage frame={frameOf(asWritten)} title="Het plan" sheet={null} pdf="/kring/plan.pdf" back="/kring" versions={[]} />,
  },
  'case-paper': {
    full: (say) => (
      <CasePaperPage
        frame={staff(say)} reference="NB-2026-000123" sheet={sheetOf(say)} pdf="/werk/plan.pdf" back="/werk" form="/formulier/plan.pdf"
        readers={[option(say('Voor mezelf'), true), option(say('Ria'), false)]} languages={[option('Nederlands', true), option('Turks', false)]} versions={versions}
      />
    ),
    empty: () => <CasePaperPage frame={staff(asWritten)} reference="NB-2026-000123" sheet={null} pdf="" back="/werk" form="/formulier/plan.pdf" readers={[]} languages={[]} versions={[]} />,
  },
  writing: {
    full: (say) => <WritingPage frame={resident(say)} {...writing(say)} overtaken={{ kind: 'goals', lineId: 'g1', current: { text: say('Blijven wonen, met rust') } }} />,
    empty: () => (
      <WritingPage
        frame={staff(asWritten)} {...writing(asWritten)} isStaff people={[]} professionals={[]} overtaken={{ kind: 'goals', lineId: 'g9', current: null }}
        draft={{ caseId: 'c1', version: 0, updatedAt: null, goals: [], commitments: [], safetyConditions: [], lines: [] }}
      />
    ),
  },
  said: {
    full: (say) => (
      <SaidPage
        frame={resident(say)}
        said={[2, 1].map((version) => ({ version, moment: version === 2 ? 'during' : 'before', writtenAt: at, want: say('Rust'), can: say('Koken'), need: say('Hulp') }))}
        now={{ caseId: 'c1', ...needs, words: wordsOf(say), moment: 'during', updatedAt: at, version: 2 }}
        stood={[2, 1].map((version) => ({ caseId: 'c1', ...needs, words: wordsOf(say), moment: 'before', updatedAt: at, version }))}
      />
    ),
    empty: () => (
      <SaidPage
        frame={frameOf(asWritten)} said={[]} stood={[]}
        now={{ caseId: 'c1', home: null, money: null, relations: null, days: null, words: { home: null, money: null, relations: null, days: null }, moment: null, updatedAt: null, version: 0 }}
      />
    ),
  },
  versions: {
    full: (say) => {
      const made = [2, 1].map((version) => ({ id: `pl${version}`, version, state: version === 2 ? ('returned' as const) : ('replaced' as const), fixedAt: at, carriedAt: null }));
      const line = { part: 'goal' as const, id: 'g1', change: 'changed' as const, memberName: null, text: say('Blijven'), fields: [], sentence: say('Het doel is nu: “Blijven”.') };
      return <VersionsPage frame={resident(say)} address="/mijn/plan/versies" back="/mijn" isStaff={false} versions={made} difference={{ caseId: 'c1', newer: made[0]!, older: made[1]!, lines: [line] }} />;
    },
    empty: () => <VersionsPage frame={staff(asWritten)} address="/werk/plan/versies" back="/werk" isStaff versions={[]} difference={null} />,
  },
};
