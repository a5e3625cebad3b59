import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import type { FirstNotice } from '../texts/nl/messages.js';
import type { FirstContact } from './messages.events.js';

/** The place where whoever knows the circle says what the first message to someone must bring. */
@Injectable()
export class FirstContactService implements FirstContact {
  private source: FirstContact | null = null;

  /** Registers who knows. */
  ask(source: FirstContact): void {
    this.source = source;
  }

  async notice(tx: Tx, message: { id: string; memberId: string; channel: string }): Promise<FirstNotice | null> {
    return this.source?.notice(tx, message) ?? null;
  }

  async told(tx: Tx, messageId: string): Promise<void> {
    await this.source?.told(tx, messageId);
  }
}
