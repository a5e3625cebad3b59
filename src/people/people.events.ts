import type { Tx } from '../platform/database/tx.js';
import type { HandoverReason } from './staff.rules.js';
import type { Staff } from './staff.service.js';

/** A link to choose a password, to be brought to its reader. */
export interface PasswordLink {
  token: string;
  expiresAt: Date;
  /** For a new account, or because the old password was lost. */
  why: 'welcome' | 'reset';
}

/** Brings a link to choose a password, in the same transaction: messages lie to the right. */
export interface PasswordLinkPort {
  bring(tx: Tx, to: Pick<Staff, 'id' | 'name' | 'email'>, link: PasswordLink): Promise<string>;
}

/** A meeting that somebody else leads than who takes the cases over. */
export interface StandIn {
  meetingId: string;
  facilitatorId: string;
}

export interface HandoverOrder {
  facilitatorId: string;
  reason: HandoverReason;
  remark?: string;
  standIns?: readonly StandIn[];
}

/** What somebody carries, for modules to the right: asked before an account is closed or the role of facilitator is taken. */
export interface CaseloadPort {
  /** Open cases, and duties that are not over. */
  carried(tx: Tx, staffId: string): Promise<{ cases: number; duties: number }>;
  /** Moves all of it to somebody else; whatever is wrong with the order refuses the whole command. */
  handOver(tx: Tx, staffId: string, order: HandoverOrder): Promise<void>;
}
