import { createHash, randomBytes } from 'node:crypto';

/**
 * A token is `<organisation>.<secret>`: the organisation's id, then 256 random bits. Only the secret's SHA-256 is stored.
 * Sessions, personal links and confirmations all have this form.
 */
export interface NewToken {
  token: string;
  hash: Buffer;
}

export function newToken(organisationId: string): NewToken {
  const secret = randomBytes(32).toString('base64url');
  return { token: `${organisationId}.${secret}`, hash: hashOf(secret) };
}

const FORM = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** The parts of a token, or null when it cannot be one. */
export function parseToken(token: string): { organisationId: string; hash: Buffer } | null {
  const match = FORM.exec(token);
  return match ? { organisationId: match[1]!, hash: hashOf(match[2]!) } : null;
}

const ORGANISATION = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\.[A-Za-z0-9_-]{20,})/;

/** The organisation that something in the form of a token names, wherever it stands in a text; null when there is none. */
export const organisationOf = (text: string): string | null => ORGANISATION.exec(text)?.[0] ?? null;

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
