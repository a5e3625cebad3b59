import { isIP } from 'node:net';
import { isAbsolute, resolve } from 'node:path';
import { STAFF_ROLES, type StaffRole } from '../actor.js';

/** What a setting may hold; the message completes "PORT=x: …" and says what to give instead. */
export class WrongValue extends Error {}

/** Turns the text of an environment variable into a value, or throws `WrongValue`. */
export type Parse<T> = (text: string) => T;

export const words: Parse<string> = (text) => text;

export const folder: Parse<string> = (text) => (isAbsolute(text) ? text : resolve(text));

export const onOff: Parse<boolean> = (text) => {
  if (text !== 'on' && text !== 'off') throw new WrongValue('give on or off');
  return text === 'on';
};

export function oneOf<const T extends string>(...values: readonly T[]): Parse<T> {
  return (text) => {
    const value = values.find((each) => each === text);
    if (value === undefined) throw new WrongValue(`give one of ${values.join(', ')}`);
    return value;
  };
}

export function whole(min: number, max: number): Parse<number> {
  return (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < min || value > max) throw new WrongValue(`give a whole number from ${min} to ${max}`);
    return value;
  };
}

/** An address with one of these schemes and a host. */
export function address(...schemes: readonly string[]): Parse<string> {
  const form = schemes.map((scheme) => `${scheme}://…`).join(' or ');
  return (text) => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || !schemes.includes(url.protocol.slice(0, -1)) || !url.hostname)
      throw new WrongValue(`give an address like ${form}`);
    return text;
  };
}

/** A name in the DNS, with a dot. */
export const hostName: Parse<string> = (text) => {
  if (/^(?=.{4,190}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i.test(text)) return text.toLowerCase();
  throw new WrongValue('give a domain like bounces.example.org');
};

const SHORTEST_TOKEN = 32;

/** A secret that is sent with every call: too long to be guessed. */
export const token: Parse<string> = (text) => {
  if (text.length >= SHORTEST_TOKEN && /^[\x21-\x7e]+$/.test(text)) return text;
  throw new WrongValue(`give at least ${SHORTEST_TOKEN} characters without spaces, as made by: openssl rand -hex 32`);
};

/** Where people write to: a mail address or a page. */
export const contact: Parse<string> = (text) => {
  if (/^mailto:[^\s@]+@[^\s@]+$/.test(text) || (URL.canParse(text) && text.startsWith('https://'))) return text;
  throw new WrongValue('give mailto:name@example.org or https://…');
};

/** A PostgreSQL address that names user and database: the roles differ, so nothing may be guessed from the surroundings. */
export const databaseAddress: Parse<string> = (text) => {
  const url = new URL(address('postgres', 'postgresql')(text));
  if (!url.username || url.pathname.length < 2) throw new WrongValue('give postgres://user:password@host:5432/database');
  return text;
};

/** Scheme and host only; without a slash at the end, so that paths can be put behind it. */
export const origin: Parse<string> = (text) => {
  const url = new URL(address('http', 'https')(text));
  if (url.pathname !== '/' || url.search || url.hash || url.username) throw new WrongValue('give only scheme, host and port');
  return url.origin;
};

const KEY_BYTES = 32;

export const key: Parse<Buffer> = (text) => {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== KEY_BYTES || bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '')) {
    throw new WrongValue('give 32 bytes in base64, as made by: openssl rand -base64 32');
  }
  return bytes;
};

/** Network addresses with or without a prefix length, separated by commas. */
export const networks: Parse<string[]> = (text) => {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  for (const item of items) {
    const [host = '', prefix, ...rest] = item.split('/');
    const bits = { 4: 32, 6: 128, 0: 0 }[isIP(host)] ?? 0;
    const fits = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
    if (bits === 0 || rest.length > 0 || !fits) throw new WrongValue('give addresses or networks like 10.0.0.0/8,127.0.0.1');
  }
  return items;
};

/** Scopes with spaces between, `openid` among them: without it there is no identity. */
export const scopes: Parse<string> = (text) => {
  const all = text.split(/[\s,]+/).filter(Boolean);
  if (!all.includes('openid')) throw new WrongValue('give scopes with openid among them, like: openid profile email');
  return all.join(' ');
};

/** Which value of a claim gives which roles: `{"beraad-leden":["facilitator"]}`, or `beraad-leden=facilitator,beraad-hoofd=lead`. */
export const roleMap: Parse<Record<string, StaffRole[]>> = (text) => {
  const map = new Map<string, Set<StaffRole>>();
  for (const [value, role] of text.startsWith('{') ? pairsOfJson(text) : pairsOfText(text)) {
    if (!STAFF_ROLES.includes(role as StaffRole)) throw new WrongValue(`${role} is no role, give one of ${STAFF_ROLES.join(', ')}`);
    map.set(value, (map.get(value) ?? new Set()).add(role as StaffRole));
  }
  if (map.size === 0) throw new WrongValue('it gives nobody a role');
  return Object.fromEntries([...map].map(([value, roles]) => [value, [...roles]]));
};

const ROLE_MAP_FORM = 'give pairs like group=role,group=role, or JSON like {"group":["role"]}';

function pairsOfText(text: string): [string, string][] {
  return text
    .split(',')
    .filter((pair) => pair.trim())
    .map((pair) => {
      // A group may have an equals sign in its name (CN=…), a role never.
      const at = pair.lastIndexOf('=');
      const [value, role] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
      if (at < 1 || !value || !role) throw new WrongValue(ROLE_MAP_FORM);
      return [value, role];
    });
}

function pairsOfJson(text: string): [string, string][] {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new WrongValue(ROLE_MAP_FORM);
  }
  return Object.entries(read as object).flatMap(([value, roles]) =>
    [roles].flat().map((role): [string, string] => {
      if (typeof role !== 'string') throw new WrongValue(ROLE_MAP_FORM);
      return [value, role];
    }),
  );
}
