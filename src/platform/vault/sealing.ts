import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** AES-256-GCM and the keyed hashes: what the vault and the rotation of its keys share. */

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** First byte of what the master key wraps, and of what the first versions sealed: their key is number 1. */
const UNNUMBERED = 1;
/** First byte of what an organisation's key seals; the number of the key follows in two bytes. */
const NUMBERED = 2;

/** Where sealed bytes belong; they open nowhere else. */
export interface SealRef {
  organisationId: string;
  table: string;
  /** Left out: `sealed`. */
  column?: string;
  id: string;
}

/** Bytes that do not open: changed, of another place, or of a key that is not there. */
export class SealBroken extends Error {}

export function wrap(master: Buffer, where: string, key: Buffer): Buffer {
  return Buffer.concat([Buffer.from([UNNUMBERED]), encrypt(master, where, key)]);
}

/** The key that one of these master keys wrapped for this place. */
export function unwrap(masters: readonly Buffer[], where: string, bytes: Buffer): Buffer {
  for (const master of masters) {
    try {
      return decrypt(master, where, bytes, 1);
    } catch {
      continue;
    }
  }
  throw new SealBroken(`MASTER_KEY does not open the key of ${where}`);
}

export function sealWith(key: Buffer, number: number, ref: SealRef, plain: Buffer): Buffer {
  return Buffer.concat([Buffer.from([NUMBERED, number >> 8, number & 0xff]), encrypt(key, place(ref), plain)]);
}

/** The number of the key that sealed these bytes. */
export function keyNumberOf(bytes: Buffer): number {
  if (bytes[0] === UNNUMBERED) return 1;
  if (bytes[0] === NUMBERED && bytes.length > 3) return bytes.readUInt16BE(1);
  throw new SealBroken('Sealed with an unknown version');
}

export function openWith(key: Buffer, ref: SealRef, bytes: Buffer): Buffer {
  return bytes[0] === UNNUMBERED ? decrypt(key, firstPlace(ref), bytes, 1) : decrypt(key, place(ref), bytes, 3);
}

export const keyed = (key: Buffer, value: string): Buffer => createHmac('sha256', key).update(value).digest();

/** A key for one purpose only, from another. */
export const derive = (key: Buffer, purpose: string): Buffer => Buffer.from(hkdfSync('sha256', key, '', purpose, KEY_BYTES));

const place = ({ organisationId, table, column = 'sealed', id }: SealRef): string => `${organisationId} ${table}.${column} ${id}`;
const firstPlace = ({ organisationId, table, id }: SealRef): string => `${organisationId} ${table} ${id}`;

function encrypt(key: Buffer, where: string, plain: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(where));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

function decrypt(key: Buffer, where: string, bytes: Buffer, from: number): Buffer {
  if (bytes.length < from + IV_BYTES + TAG_BYTES) throw new SealBroken('Sealed bytes are cut off');
  const iv = bytes.subarray(from, from + IV_BYTES);
  const tag = bytes.subarray(from + IV_BYTES, from + IV_BYTES + TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, key, iv).setAAD(Buffer.from(where)).setAuthTag(tag);
  const body = decipher.update(bytes.subarray(from + IV_BYTES + TAG_BYTES));
  try {
    return Buffer.concat([body, decipher.final()]);
  } catch {
    throw new SealBroken('Sealed bytes were changed, or belong elsewhere');
  }
}
