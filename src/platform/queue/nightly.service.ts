import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { systemContext } from '../actor.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { statement, type Tx } from '../database/tx.js';
import { localDay, ZONE } from '../local-day.js';
import { Logger } from '../logger.js';
import type { Job } from './jobs.js';
import { Outbox } from './outbox.service.js';

/** When the service is quiet, and after the hour that a change of clocks may leave out. */
const NIGHT_HOUR = 3;
/** An organisation that is added gets its first night within this time. */
const LOOK_AGAIN_MS = 10 * 60 * 1000;

const ORGANISATIONS = statement('platform.organisation-ids', 'select id from people_organisations order by id');

export type NightJob = Job<{ night: string }>;

/**
 * Work that is done once a night for each organisation. A night is an outbox row whose key is its date: however many workers
 * plan it, it is one row, and one run. The handler plans the next night in its own transaction; a worker looks from time to time
 * for organisations that have none yet. After days off there is one night to catch up with, not one for each.
 */
@Injectable()
export class Nights {
  private readonly jobs: NightJob[] = [];

  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  register(job: NightJob): void {
    this.jobs.push(job);
  }

  /** Plans the coming night of this organisation. */
  async planNext(tx: Tx, job: NightJob): Promise<void> {
    const runAt = comingNight(tx.now);
    const night = localDay(runAt);
    await this.outbox.add(tx, job, { key: night, payload: { night }, runAt });
  }

  /** Plans the coming night of every organisation that has none. */
  async planAll(): Promise<void> {
    const organisations = await this.database.one<{ id: string }>(ORGANISATIONS, []);
    for (const { id } of organisations) {
      await this.database.run(systemContext(id, 'nights'), async (tx) => {
        for (const job of this.jobs) await this.planNext(tx, job);
      });
    }
  }

  /** Looks now and from time to time, until it is stopped. */
  start(): () => Promise<void> {
    let looking: Promise<void> = Promise.resolve();
    const look = (): void => {
      looking = this.planAll().catch((error: unknown) => {
        this.logger.warn({ reason: (error as Error).name }, 'the coming night could not be planned; it is tried again');
      });
    };
    look();
    const timer = setInterval(look, LOOK_AGAIN_MS);
    timer.unref();
    return async () => {
      clearInterval(timer);
      await looking;
    };
  }
}

/** The next time that it is three at night in the Netherlands. */
export function comingNight(now: Date): Date {
  const local = DateTime.fromJSDate(now, { zone: ZONE });
  const tonight = local.startOf('day').set({ hour: NIGHT_HOUR });
  return (tonight > local ? tonight : local.plus({ days: 1 }).startOf('day').set({ hour: NIGHT_HOUR })).toJSDate();
}
