import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { statement } from '../database/tx.js';
import { Vault } from '../vault/vault.js';
import { Problem } from './problem.js';

/** So many times in one window; counted in PostgreSQL, so that it holds across processes. */
export interface Limit {
  kind: string;
  max: number;
  windowSeconds: number;
}

const HIT = statement(
  'platform.limit-hit',
  `insert into platform_limits as l (kind, key_hash, window_start, hits) values ($1, $2, $3, 1)
   on conflict (kind, key_hash) do update set
     hits = case when l.window_start <= $3::timestamptz - make_interval(secs => $4) then 1 else l.hits + 1 end,
     window_start = case when l.window_start <= $3::timestamptz - make_interval(secs => $4) then $3 else l.window_start end
   returning hits, window_start`,
);
const GIVE_BACK = statement(
  'platform.limit-give-back',
  'update platform_limits set hits = hits - 1 where kind = $1 and key_hash = $2 and hits > 0',
);
/** Counters of windows that began before this, some at a time. Served by platform_limits_by_age. */
const FORGET = statement(
  'platform.limit-forget',
  `delete from platform_limits where ctid = any (array(select ctid from platform_limits where window_start < $1 limit $2)) returning 1`,
);
/** Longer than any window. */
const DAYS_COUNTED = 7;
const FORGOTTEN_AT_ONCE = 1000;

/** Throttles by keyed hash of what is counted (an account, an address). */
@Injectable()
export class Limits {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  /** Counts one; beyond the limit it refuses with 429 and the seconds to wait. */
  async hit(limit: Limit, key: string): Promise<void> {
    const now = this.clock.now();
    const hash = this.vault.installationHash(limit.kind, key);
    const [row] = await this.database.one<{ hits: number; window_start: Date }>(HIT, [limit.kind, hash, now, limit.windowSeconds]);
    if (row!.hits <= limit.max) return;
    const elapsed = (now.getTime() - row!.window_start.getTime()) / 1000;
    throw new Problem(429, 'too-many', { retryAfterSeconds: Math.max(1, Math.ceil(limit.windowSeconds - elapsed)) });
  }

  /** Takes one count back: a success is no failed try. */
  async giveBack(limit: Limit, key: string): Promise<void> {
    await this.database.one(GIVE_BACK, [limit.kind, this.vault.installationHash(limit.kind, key)]);
  }

  /** Forgets counters whose window is long over; they belong to no organisation. */
  async forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - DAYS_COUNTED * 24 * 60 * 60 * 1000);
    for (;;) {
      const gone = await this.database.one(FORGET, [before, FORGOTTEN_AT_ONCE]);
      if (gone.length < FORGOTTEN_AT_ONCE) return;
    }
  }
}
