import type { PromiseEnd } from '../cases/cases.rules.js';
import type { CommitmentState } from './commitments.rules.js';

/** What may become of a promise when its case is closed; nothing of one that is over already. */
export const CLOSES_AS: Readonly<Record<CommitmentState, readonly PromiseEnd[]>> = {
  asked: ['released'],
  promised: ['stays', 'done', 'released'],
  doing: ['stays', 'done', 'released'],
  running: ['stays', 'done', 'released'],
  blocked: ['stays', 'done', 'released'],
  done: [],
  'given-back': [],
  released: [],
};

/** What becomes of a promise that nobody says anything about: it stays theirs; what was only asked of somebody is let go. */
export const defaultEnd = (state: CommitmentState): PromiseEnd => CLOSES_AS[state][0] ?? 'stays';
