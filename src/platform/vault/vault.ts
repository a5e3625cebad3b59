import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

const CIPHER = 'aes-256-gcm';
const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Where sealed bytes belong; they open nowhere else. */
export interface SealRef {
  organisationId: string;
  table: string;
  id: string;
}

/** The installation's key, from MASTER_KEY: 32 bytes. */
export class MasterKey {
  constructor(readonly bytes: Buffer) {
    if (bytes.length !== 32) throw new Error('MASTER_KEY must be 32 bytes in base64');
  }
}

/**
 * Seals free text and contact details, one blob per row, with the organisation's own key (AES-256-GCM; tenant, table and row
 * are authenticated with it), and makes the keyed hashes that look-ups use. The organisation's key lies in the database,
 * wrapped with the master key. Layout: version, initialisation vector, tag, ciphertext.
 */
@Injectable()
export class Vault {
  private readonly keys = new Map<string, Promise<Buffer>>();

  constructor(
    private readonly source: DataSource,
    private readonly master: MasterKey,
  ) {}

  async seal(ref: SealRef, value: unknown): Promise<Buffer> {
    return encrypt(await this.key(ref.organisationId), place(ref), Buffer.from(JSON.stringify(value)));
  }

  /** The value that was sealed at this place. Throws when the bytes were changed or belong elsewhere. */
  async open<T>(ref: SealRef, bytes: Buffer): Promise<T> {
    return JSON.parse(decrypt(await this.key(ref.organisationId), place(ref), bytes).toString()) as T;
  }

  /** A keyed hash of a normalised word, mail or phone: equal within one organisation only. */
  async lookup(organisationId: string, kind: string, value: string): Promise<Buffer> {
    return keyed(await this.key(organisationId), `lookup ${kind}`, value);
  }

  /** A keyed hash that is equal over the whole installation: for sign-in addresses and limits. */
  installationHash(kind: string, value: string): Buffer {
    return keyed(this.master.bytes, `installation ${kind}`, value);
  }

  /** A new organisation's key, wrapped for its row. */
  newWrappedKey(organisationId: string): Buffer {
    return encrypt(this.master.bytes, `organisation ${organisationId}`, randomBytes(32));
  }

  /** Fetches the organisation's key before a transaction begins: inside, it would wait for a second connection. */
  async prepare(organisationId: string): Promise<void> {
    // Who comes with the id of no organisation finds nothing there, and needs no key.
    await this.key(organisationId).catch(() => undefined);
  }

  private key(organisationId: string): Promise<Buffer> {
    let key = this.keys.get(organisationId);
    if (!key) {
      key = this.load(organisationId);
      this.keys.set(organisationId, key);
      key.catch(() => this.keys.delete(organisationId));
    }
    return key;
  }

  private async load(organisationId: string): Promise<Buffer> {
    const rows = await this.source.query<{ wrapped_key: Buffer }[]>('select wrapped_key from people_organisations where id = $1', [
      organisationId,
    ]);
    if (!rows[0]) throw new Error(`No key for organisation ${organisationId}`);
    return decrypt(this.master.bytes, `organisation ${organisationId}`, rows[0].wrapped_key);
  }
}

function place({ organisationId, table, id }: SealRef): string {
  return `${organisationId} ${table} ${id}`;
}

function keyed(key: Buffer, purpose: string, value: string): Buffer {
  const derived = Buffer.from(hkdfSync('sha256', key, '', purpose, 32));
  return createHmac('sha256', derived).update(value).digest();
}

function encrypt(key: Buffer, where: string, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(where));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body]);
}

function decrypt(key: Buffer, where: string, bytes: Buffer): Buffer {
  if (bytes[0] !== VERSION) throw new Error('Sealed with an unknown version');
  const iv = bytes.subarray(1, 1 + IV_BYTES);
  const tag = bytes.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, iv).setAAD(Buffer.from(where)).setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()]);
}
