import type { Tx } from '../platform/database/tx.js';
import type { FirstNotice } from '../texts/nl/messages.js';

/** Who knows whether a message is the first to this person; the module that does registers itself. */
export interface FirstContact {
  /** The notice when this message must bring it, claimed so that another at the same moment does not; else null. */
  notice(tx: Tx, message: { id: string; memberId: string; channel: string }): Promise<FirstNotice | null>;
  /** The message has gone: what it brought was told. */
  told(tx: Tx, messageId: string): Promise<void>;
}
