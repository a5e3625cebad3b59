import { randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../clock.js';
import { Refusal } from '../config/refusal.js';
import { derive, KEY_BYTES, keyed, keyNumberOf, openWith, SealBroken, sealWith, unwrap, wrap, type SealRef } from './sealing.js';

export { SealBroken, type SealRef } from './sealing.js';

/** The installation's key, from MASTER_KEY: 32 bytes; beside it the one before, for as long as it is being replaced. */
export class MasterKey {
  readonly all: readonly Buffer[];

  constructor(
    readonly bytes: Buffer,
    before: Buffer | null = null,
  ) {
    if (bytes.length !== KEY_BYTES) throw new Error('MASTER_KEY must be 32 bytes in base64');
    this.all = before ? [bytes, before] : [bytes];
  }
}

/** After this long a process asks again which key is the newest; a rotation waits for longer than that. */
export const KEYS_FRESH_MS = 10_000;

/** What the master key wraps, by what it is for. */
export const WRAPPED_FOR = {
  data: (organisationId: string) => `organisation ${organisationId}`,
  hashes: (organisationId: string) => `hashes of ${organisationId}`,
  installation: 'installation',
};

/** An organisation's keys: the newest data key, the one before while it is replaced, and the one for hashes. */
export interface KeyRow {
  key_number: number;
  wrapped_key: Buffer;
  wrapped_old_key: Buffer | null;
  wrapped_hash_key: Buffer | null;
}

interface Ring {
  newest: number;
  keys: ReadonlyMap<number, Buffer>;
  /** Derived from the key for hashes, by purpose. */
  derived: (purpose: string) => Buffer;
  readAt: number;
}

/**
 * Seals free text and contact details, one blob per row, with the organisation's own key (AES-256-GCM; tenant, table, column
 * and row are authenticated with it), and makes the keyed hashes that look-ups use. The organisation's keys lie in the
 * database, wrapped with the master key. Layout: version, number of the key, initialisation vector, tag, ciphertext.
 */
@Injectable()
export class Vault implements OnModuleInit {
  private readonly rings = new Map<string, Promise<Ring>>();
  private installation: ((purpose: string) => Buffer) | undefined;

  constructor(
    private readonly source: DataSource,
    private readonly master: MasterKey,
    private readonly clock: Clock,
  ) {}

  /** Opens the installation's own key, which tells at the start whether MASTER_KEY is the right one. */
  async onModuleInit(): Promise<void> {
    const wrapped = (await this.wrappedInstallationKey()) ?? (await this.newInstallationKey());
    try {
      this.installation = derivedFrom(unwrap(this.master.all, WRAPPED_FOR.installation, wrapped));
    } catch (error) {
      if (!(error instanceof SealBroken)) throw error;
      throw new Refusal(
        'MASTER_KEY is not the key that this database was begun with: put the right one back (or give the one before as MASTER_KEY_OLD).',
      );
    }
  }

  async seal(ref: SealRef, value: unknown): Promise<Buffer> {
    const { newest, keys } = await this.ring(ref.organisationId);
    return sealWith(keys.get(newest)!, newest, ref, Buffer.from(JSON.stringify(value)));
  }

  /** The value that was sealed at this place. Throws when the bytes were changed or belong elsewhere. */
  async open<T>(ref: SealRef, bytes: Buffer): Promise<T> {
    const number = keyNumberOf(bytes);
    let key = (await this.ring(ref.organisationId)).keys.get(number);
    // A newer key than this process knows: another one began to use it.
    key ??= (await this.read(ref.organisationId)).keys.get(number);
    if (!key) throw new SealBroken(`Sealed with key ${number}, which is not there`);
    return JSON.parse(openWith(key, ref, bytes).toString()) as T;
  }

  /** A keyed hash of a normalised word, mail or phone: equal within one organisation only. Rotating the data key keeps it. */
  async lookup(organisationId: string, kind: string, value: string): Promise<Buffer> {
    return keyed((await this.ring(organisationId)).derived(`lookup ${kind}`), value);
  }

  /** The key of the digests over this organisation's audit log: who can only write to the database cannot make them. */
  async auditKey(organisationId: string): Promise<Buffer> {
    return (await this.ring(organisationId)).derived('audit seals');
  }

  /** A keyed hash that is equal over the whole installation: for sign-in addresses and limits. */
  installationHash(kind: string, value: string): Buffer {
    if (!this.installation) throw new Error('The vault was not opened: init() comes first');
    return keyed(this.installation(`installation ${kind}`), value);
  }

  /** A new organisation's keys, wrapped for its row. */
  newKeys(organisationId: string): { wrappedKey: Buffer; wrappedHashKey: Buffer } {
    return {
      wrappedKey: wrap(this.master.bytes, WRAPPED_FOR.data(organisationId), randomBytes(KEY_BYTES)),
      wrappedHashKey: wrap(this.master.bytes, WRAPPED_FOR.hashes(organisationId), randomBytes(KEY_BYTES)),
    };
  }

  /** Sees to it that the organisation's keys are fresh before a transaction begins: inside, it would wait for a second connection. */
  async prepare(organisationId: string): Promise<void> {
    try {
      const known = this.ring(organisationId);
      if (this.clock.now().getTime() - (await known).readAt < KEYS_FRESH_MS) return;
      // The first who finds them old reads; the others wait for what it reads.
      await (this.rings.get(organisationId) === known ? this.read(organisationId) : this.ring(organisationId));
    } catch (error) {
      // Who comes with the id of no organisation finds nothing there, and needs no key.
      if (error instanceof NoOrganisation || error instanceof SealBroken) return;
      throw error;
    }
  }

  private ring(organisationId: string): Promise<Ring> {
    return this.rings.get(organisationId) ?? this.read(organisationId);
  }

  /** Reads the organisation's keys; many who ask at once share one statement, and an older answer serves until it is there. */
  private read(organisationId: string): Promise<Ring> {
    const before = this.rings.get(organisationId);
    const reading = this.load(organisationId);
    this.rings.set(organisationId, reading);
    reading.catch(() => {
      if (before) this.rings.set(organisationId, before);
      else this.rings.delete(organisationId);
    });
    return reading;
  }

  private async load(organisationId: string): Promise<Ring> {
    const [row] = await this.source.query<KeyRow[]>(
      'select key_number, wrapped_key, wrapped_old_key, wrapped_hash_key from people_organisations where id = $1',
      [organisationId],
    );
    if (!row) throw new NoOrganisation(`No key for organisation ${organisationId}`);
    const { all } = this.master;
    const data = (bytes: Buffer): Buffer => unwrap(all, WRAPPED_FOR.data(organisationId), bytes);
    const keys = new Map([[row.key_number, data(row.wrapped_key)]]);
    if (row.wrapped_old_key) keys.set(row.key_number - 1, data(row.wrapped_old_key));
    const hashKey = row.wrapped_hash_key
      ? unwrap(all, WRAPPED_FOR.hashes(organisationId), row.wrapped_hash_key)
      : keys.get(row.key_number)!;
    return { newest: row.key_number, keys, derived: derivedFrom(hashKey), readAt: this.clock.now().getTime() };
  }

  private async wrappedInstallationKey(): Promise<Buffer | undefined> {
    const rows = await this.source.query<{ wrapped_key: Buffer }[]>('select wrapped_key from platform_installation');
    return rows[0]?.wrapped_key;
  }

  /** Made by the first process that starts. Where there were organisations before, hashes were made with the master key itself. */
  private async newInstallationKey(): Promise<Buffer> {
    const [{ earlier } = { earlier: false }] = await this.source.query<{ earlier: boolean }[]>(
      'select exists (select from people_organisations) as earlier',
    );
    const key = earlier ? this.master.bytes : randomBytes(KEY_BYTES);
    await this.source.query('insert into platform_installation (wrapped_key) values ($1) on conflict do nothing', [
      wrap(this.master.bytes, WRAPPED_FOR.installation, key),
    ]);
    return (await this.wrappedInstallationKey())!;
  }
}

class NoOrganisation extends Error {}

/** Keys for single purposes, each derived once: one costs as much as an open. */
function derivedFrom(key: Buffer): (purpose: string) => Buffer {
  const known = new Map<string, Buffer>();
  return (purpose) => {
    let found = known.get(purpose);
    if (!found) known.set(purpose, (found = derive(key, purpose)));
    return found;
  };
}
