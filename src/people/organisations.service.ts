import { Injectable } from '@nestjs/common';
import { Client } from 'pg';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { invalidField } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault } from '../platform/vault/vault.js';

export interface Organisation {
  id: string;
  slug: string;
  name: string;
  host: string | null;
  phone: string | null;
}

const ALL = statement('people.organisations', 'select id, slug, name, host, phone from people_organisations order by created_at, id');
const ONE = statement('people.organisation', 'select id, slug, name, host, phone from people_organisations where id = $1');

/** The tenants of this installation. */
@Injectable()
export class OrganisationsService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  async all(): Promise<Organisation[]> {
    return this.database.one<Organisation>(ALL, []);
  }

  /** The tenant of a command, over the command's own connection: one that waits for a second may wait for ever. */
  async of(tx: Tx): Promise<Organisation> {
    const [found] = await named<Organisation>(tx, ONE, [tx.organisationId]);
    if (!found) throw new Error(`No organisation ${tx.organisationId}`);
    return found;
  }

  /** Whose referral this is when nobody has signed in: by host name, else the only one, else the slug in the body. */
  async forStranger(host: string, slug: unknown): Promise<Organisation> {
    const all = await this.all();
    const byHost = all.find((organisation) => organisation.host === host.toLowerCase());
    const found = byHost ?? (all.length === 1 ? all[0] : all.find((organisation) => organisation.slug === slug));
    if (!found) throw invalidField('/organisation', slug === undefined ? 'required' : 'organisation');
    return found;
  }

  /** Adds a tenant with a key of its own. Needs the owner's connection: the service itself may not. */
  async add(ownerUrl: string, { slug, name, phone }: { slug: string; name: string; phone?: string }): Promise<string> {
    const now = this.clock.now();
    const id = newId(now);
    const { wrappedKey, wrappedHashKey } = this.vault.newKeys(id);
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    try {
      await client.query(
        `insert into people_organisations (id, slug, name, phone, wrapped_key, wrapped_hash_key, created_at)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [id, slug, name, phone ?? null, wrappedKey, wrappedHashKey, now],
      );
    } finally {
      await client.end();
    }
    return id;
  }
}
