import type { VNode } from 'preact';
import { RetentionErasePage, RetentionPage, RetentionRunPage } from '../../src/desk/retention.pages.js';
import type { LegalHold, RetentionPolicy, RetentionRun } from '../../src/privacy/retention.dto.js';
import { asWritten, staff, type Say } from './pages-parts.js';

const chosen = (say: Say): RetentionPolicy => ({
  rule: 'wmo',
  years: 15,
  ground: say('Wmo 2015, artikel 5.3.4'),
  effectiveFrom: '2026-11-16',
  setAt: '2026-11-16T09:00:00Z',
  coming: { rule: 'jeugdwet', years: 20, ground: say('Jeugdwet'), effectiveFrom: '2027-01-01', setAt: '2026-11-16T09:05:00Z' },
});
const nobodyChose: RetentionPolicy = { rule: 'default', years: 1, ground: null, effectiveFrom: null, setAt: null, coming: null };

const hold = (say: Say): LegalHold => ({
  caseId: '019a9f00-0000-7000-8000-000000000001',
  reference: 'NB-2026-000123',
  reason: 'complaint',
  remark: say('Klacht van de broer'),
  until: '2027-05-01',
  setAt: '2026-11-16T09:00:00Z',
});

const trial: RetentionRun = {
  id: '019a9f00-0000-7000-8000-000000000002',
  dryRun: true,
  on: '2027-11-16',
  rule: 'default',
  state: 'done',
  phase: 'trials',
  casesSeen: 31,
  askedBy: '019a9f00-0000-7000-8000-000000000003',
  createdAt: '2026-11-16T09:00:00Z',
  endedAt: '2026-11-16T09:00:04Z',
  cases: { erased: 11, told: 2, held: 1, failed: 0 },
  counts: [{ rule: 'case-contents', table: 'circle_members', count: 64 }],
};
const night: RetentionRun = { ...trial, dryRun: false, askedBy: null, state: 'running', endedAt: null, counts: [] };
const gone = { caseId: hold(asWritten).caseId, reference: 'NB-2026-000123', outcome: 'erased', rows: 91, errorCode: null };

/** The pages about keeping and erasing. */
export const RETENTION_PAGES: Record<string, { full: (say: Say) => VNode; empty?: () => VNode }> = {
  retention: {
    full: (say) => (
      <RetentionPage frame={staff(say)} policy={chosen(say)} holds={[hold(say)]} runs={[trial, night]} older="/beheer/bewaren?after=abc" />
    ),
    empty: () => <RetentionPage frame={staff(asWritten)} policy={nobodyChose} holds={[]} runs={[]} older={null} />,
  },
  'retention-erase': { full: (say) => <RetentionErasePage frame={staff(say)} /> },
  'retention-run': {
    full: (say) => <RetentionRunPage frame={staff(say)} run={trial} cases={[gone]} more="/beheer/bewaren/beurten/x?after=abc" />,
    empty: () => <RetentionRunPage frame={staff(asWritten)} run={night} cases={[]} more={null} />,
  },
};
