import type { Tx } from '../platform/database/tx.js';
import { defineJob } from '../platform/queue/jobs.js';
import type { FirstNotice } from '../texts/nl/messages.js';
import type { Undelivered } from './messages.rules.js';

export const SEND_MESSAGE = defineJob<{ messageId: string }>('messages.send', { queue: 'messages' });

/** A message to somebody of a circle, at the moment that it goes. */
export interface ToMember {
  id: string;
  memberId: string;
  channel: string;
  language: string;
}

/** Who knows whether a message is the first to this person; the module that does registers itself. */
export interface FirstContact {
  /** By message the notice that it must bring, claimed so that no other brings it too: neither another of these nor one elsewhere. */
  notices(tx: Tx, messages: readonly ToMember[]): Promise<ReadonlyMap<string, FirstNotice>>;
  /** The messages have gone: what they brought was told. */
  told(tx: Tx, messageIds: readonly string[]): Promise<void>;
}

/** Who knows the people that messages go to; the module that does registers itself. */
export interface PeoplePort {
  /** How a person reaches them when no machine can, and the case in which that is; null when there is nobody any more. */
  byHand(tx: Tx, memberId: string): Promise<{ channel: 'call' | 'letter' | 'visit'; caseId: string } | null>;
  /** Where a message by this channel would go now; null when it would not. */
  addressNow(tx: Tx, memberId: string, channel: string): Promise<string | null>;
  /** A message did not reach them, and became a task by hand. */
  undelivered(tx: Tx, about: { memberId: string; caseId: string; why: Undelivered }): Promise<void>;
}
