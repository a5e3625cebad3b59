import type { Tx } from '../platform/database/tx.js';
import type { Outcome } from './meetings.rules.js';

export interface Conclusion {
  caseId: string;
  meetingId: string;
  outcome: Outcome;
  /** Decimal string; null when it was not asked. */
  facilitatorHours: string | null;
}

/** What modules to the right do, in the same transaction, when a meeting was held and concluded. */
export interface ConclusionListener {
  concluded(tx: Tx, conclusion: Conclusion): Promise<void>;
}

/** Whether something must be safe in a case, as far as the one who asks may know: said by a module to the right. */
export interface SafetySource {
  mustBeSafe(tx: Tx, caseId: string): Promise<boolean>;
}
