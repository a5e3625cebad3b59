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
}
