import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { FirstNotice } from '../texts/nl/messages.js';
import type { FirstContact, ToMember } from './messages.events.js';

/** The place where whoever knows the circle says what the first message to someone must bring. */
@Injectable()
export class FirstContactService implements FirstContact {
  private source: FirstContact | null = null;

  /** Registers who knows. */
  ask(source: FirstContact): void {
    this.source = source;
  }

  async notices(tx: Tx, messages: readonly ToMember[]): Promise<ReadonlyMap<string, FirstNotice>> {
    return this.source?.notices(tx, messages) ?? new Map();
  }

  async told(tx: Tx, messageIds: readonly string[]): Promise<void> {
    await this.source?.told(tx, messageIds);
  }
}
