import type { Tx } from '../platform/database/tx.js';
import type { CaseEntity } from '../cases/case.entity.js';
import type { CircleMember } from './circle.service.js';

/** What modules to the right forget, in the same transaction, of someone whose data are erased. `person`: as they were. */
export interface ContactErasureListener {
  contactErased(tx: Tx, person: CircleMember): Promise<void>;
}

/** Who knows whether a legal hold stands on a case: of that case nothing is erased. */
export interface LegalHoldPort {
  isHeld(tx: Tx, caseId: string): Promise<boolean>;
}

/** What modules to the right do, in the same transaction, when people have just been invited: they get the dates too. */
export interface InvitationListener {
  invited(tx: Tx, theCase: CaseEntity, members: CircleMember[]): Promise<void>;
}
