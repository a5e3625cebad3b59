import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { invalid } from '../platform/http/problem.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import type { Director, DirectorList } from './directors.dto.js';
import { EscalationsService } from './escalations.service.js';
import { ObstacleKeys } from './obstacle-keys.service.js';

interface Row {
  key: Buffer;
  sealed: Buffer;
}

const ALL = statement('plans.directors', 'select mover_hash as key, sealed from plans_directors where organisation_id = $1');
const ONE = statement('plans.director', 'select mover_hash as key, sealed from plans_directors where organisation_id = $1 and mover_hash = $2');
const CLEAR = statement('plans.directors-clear', 'delete from plans_directors where organisation_id = $1');
const ADD = statement(
  'plans.directors-add',
  `insert into plans_directors (organisation_id, mover_hash, sealed, changed_at)
   select $1, x.key, x.sealed, $4 from unnest($2::bytea[], $3::bytea[]) as x (key, sealed)`,
);

/** To whom an organisation wants it written when something that is its move stands long. */
@Injectable()
export class DirectorsService {
  constructor(
    private readonly database: Database,
    private readonly keys: ObstacleKeys,
    private readonly escalations: EscalationsService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  async list(ctx: Ctx): Promise<DirectorList> {
    const items = await this.database.view(ctx, (tx) => this.all(tx));
    await this.audit.read(ctx, { action: 'plans.directors-read', object: null });
    return { items };
  }

  /** All of them, by organisation. */
  async all(tx: Tx): Promise<Director[]> {
    const rows = await named<Row>(tx, ALL, [tx.organisationId]);
    const items = await Promise.all(rows.map((row) => this.opened(tx, row)));
    return items.sort((a, b) => a.organisation.localeCompare(b.organisation, 'nl'));
  }

  /** These in place of the earlier ones; 400 for two of one organisation. What waited for one of them is taken up at once. */
  async replace(ctx: Ctx, items: readonly Director[]): Promise<DirectorList> {
    return this.database.run(ctx, async (tx) => {
      const keys = await Promise.all(items.map(({ organisation }) => this.keys.of(tx, organisation)));
      const hex = keys.map((key) => key.toString('hex'));
      const doubled = hex.flatMap((key, i) => (hex.indexOf(key) < i ? [{ pointer: `/items/${i}/organisation`, code: 'double' }] : []));
      if (doubled.length > 0) throw invalid(doubled);
      await named(tx, CLEAR, [tx.organisationId]);
      const sealed = await Promise.all(items.map(({ organisation, name, email }, i) => this.vault.seal(place(tx, keys[i]!), { organisation, name, email })));
      await named(tx, ADD, [tx.organisationId, keys, sealed, tx.now]);
      await this.escalations.directorsNamed(tx, keys);
      await this.audit.record(tx, { action: 'plans.directors-changed', object: null });
      return { items: await this.all(tx) };
    });
  }

  /** Who is named for an organisation, or null. */
  async of(tx: Tx, key: Buffer | null): Promise<Director | null> {
    const [row] = key ? await named<Row>(tx, ONE, [tx.organisationId, key]) : [];
    return row ? this.opened(tx, row) : null;
  }

  private opened(tx: Tx, { key, sealed }: Row): Promise<Director> {
    return this.vault.open<Director>(place(tx, key), sealed);
  }
}

const place = (tx: Tx, key: Buffer): SealRef => ({ organisationId: tx.organisationId, table: 'plans_directors', id: key.toString('hex') });
