import type { Tx } from '../platform/database/tx.js';
import type { CaseEntity } from './case.entity.js';

/** What modules to the right do in the same transaction when a case ends: meetings are called off, mails taken back. */
export interface CaseEndListener {
  ended(tx: Tx, theCase: CaseEntity, how: 'closed' | 'stopped'): Promise<void>;
}
