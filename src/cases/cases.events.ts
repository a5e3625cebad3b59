import type { StandIn } from '../people/people.events.js';
import type { Staff } from '../people/staff.service.js';
import type { Tx } from '../platform/database/tx.js';
import type { CaseEntity } from './case.entity.js';
import type { PromiseEnd } from './cases.rules.js';

/** What the facilitator says about one promise when a case is closed. */
export interface ClosedPromise {
  id: string;
  outcome: PromiseEnd;
  /** With `released`. */
  reason?: string;
}

/** What modules to the right do in the same transaction when a case ends: meetings are called off, mails taken back. `promises`: those that were named. */
export interface CaseEndListener {
  ended(tx: Tx, theCase: CaseEntity, how: 'closed' | 'stopped', promises: readonly ClosedPromise[]): Promise<void>;
}

/** What modules to the right look at in the same transaction when the safety gate of a case changed: meetings that stand. */
export interface SafetyListener {
  safetyChanged(tx: Tx, theCase: CaseEntity): Promise<void>;
}

/** Cases go from one facilitator to another. */
export interface Handover {
  from: { id: string; name: string };
  to: Staff;
  /** Whether it is all that somebody has: their agenda and duties go along. */
  whole: boolean;
  standIns: readonly StandIn[];
}

/** How much went along. */
export interface Moved {
  meetings: number;
  duties: number;
  told: number;
}

/**
 * What modules to the right move in the same transaction when cases are handed over: agendas, duties, messages. The cases have
 * their new facilitator already; whoever cannot follow refuses the whole command.
 */
export interface HandoverListener {
  handedOver(tx: Tx, cases: readonly CaseEntity[], handover: Handover): Promise<Partial<Moved>>;
}
