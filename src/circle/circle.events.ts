import type { Tx } from '../platform/database/tx.js';
import type { CaseEntity } from '../cases/case.entity.js';
import type { CircleMember } from './circle.service.js';

/** What modules to the right forget, in the same transaction, of someone whose data are erased. `person`: as they were. */
export interface ContactErasureListener {
  contactErased(tx: Tx, person: CircleMember): Promise<void>;
  /** They left while a legal hold keeps their data: what does not wait for the erasing. */
  contactHeld?(tx: Tx, person: CircleMember): Promise<void>;
}

/** Who knows for which organisations those who referred a case work. */
export interface PartiesPort {
  organisations(tx: Tx, theCase: CaseEntity): Promise<string[]>;
}

/** What modules to the right look at, in the same transaction, when two people are kept apart from now on: meetings that stand. */
export interface RestrictionListener {
  restricted(tx: Tx, theCase: CaseEntity): Promise<void>;
}

/** Who knows whether a legal hold stands on a case: of that case nothing is erased. */
export interface LegalHoldPort {
  isHeld(tx: Tx, caseId: string): Promise<boolean>;
}

/** What modules to the right do, in the same transaction, when a main person took back that they want this. */
export interface MeetingNoMoreListener {
  meetingNoMore(tx: Tx, theCase: CaseEntity, person: CircleMember): Promise<void>;
}

/** What modules to the right do, in the same transaction, when people have just been invited: they get the dates too. */
export interface InvitationListener {
  invited(tx: Tx, theCase: CaseEntity, members: CircleMember[]): Promise<void>;
}

/**
 * What modules to the right do, in the same transaction, when somebody refused, was removed or could not be reached. `person`: as
 * they were before, with how they were reached; of who was removed that is erased already. What is queued now for them goes out.
 */
export interface MemberLeftListener {
  left(tx: Tx, theCase: CaseEntity, person: CircleMember): Promise<void>;
}
