import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/tx.js';

/** The channel on which relays listen. */
export const OUTBOX_CHANNEL = 'netwerkberaad_outbox';

const NOTIFY = statement('platform.outbox-notify', `select pg_notify('${OUTBOX_CHANNEL}', '')`);

/** Between two notifications; what comes in between is covered by the second. */
const QUIET_MS = 10;

/**
 * Wakes the relay after a commit. Never inside one: a NOTIFY there makes all commits wait for each other. Many commits at
 * once share one notification, and a relay in this process is woken without any.
 */
@Injectable()
export class OutboxSignal {
  private readonly here = new Set<() => void>();
  private sending = false;
  private again = false;

  constructor(private readonly database: Database) {}

  /** One and the same function, so that a command with many jobs wakes once. */
  readonly wake = (): void => {
    if (this.here.size > 0) for (const listener of this.here) listener();
    else if (this.sending) this.again = true;
    else void this.send();
  };

  /** A relay in this process. Returns how to stop listening. */
  listen(listener: () => void): () => void {
    this.here.add(listener);
    return () => this.here.delete(listener);
  }

  private async send(): Promise<void> {
    this.sending = true;
    // A lost notification costs one poll of the relay, so its failure is of no interest.
    await this.database.one(NOTIFY, []).catch(() => undefined);
    await new Promise<void>((resolve) => setTimeout(resolve, QUIET_MS).unref());
    this.sending = false;
    if (this.again) {
      this.again = false;
      this.wake();
    }
  }
}
