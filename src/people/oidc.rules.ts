import { STAFF_ROLES, type StaffRole } from '../platform/actor.js';

/** What a provider says of a person, its ID token and its userinfo together. */
export type Claims = Readonly<Record<string, unknown>>;

export interface RoleRule {
  roleClaim: string;
  roleMap: Readonly<Record<string, readonly StaffRole[]>> | null;
}

/** How far the provider's clock and ours may be apart. */
export const CLOCK_TOLERANCE_SECONDS = 60;
const LONGEST_NAME = 200;

/**
 * A claim by its name. A name with dots is first looked for as it stands (`https://example.org/roles`), then as a way
 * inside (`realm_access.roles`).
 */
export function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: unknown = claims;
  for (const part of name.split('.')) {
    if (found === null || typeof found !== 'object' || !Object.hasOwn(found, part)) return undefined;
    found = (found as Claims)[part];
  }
  return found;
}

/** The values of a claim that holds one or more words; whatever else stands in it is passed over. */
export const valuesOf = (claim: unknown): string[] => [claim].flat().filter((value): value is string => typeof value === 'string');

/**
 * The roles that a person's claims give, in our own order. Null: roles are not mapped, and given here. Empty: they are mapped,
 * and this person has none (any more). Values that nobody mapped count for nothing.
 */
export function rolesOf(claims: Claims, { roleClaim, roleMap }: RoleRule): StaffRole[] | null {
  if (roleMap === null) return null;
  const given = new Set(
    valuesOf(claimOf(claims, roleClaim)).flatMap((value) => (Object.hasOwn(roleMap, value) ? roleMap[value]! : [])),
  );
  return STAFF_ROLES.filter((role) => given.has(role));
}

/** The mail address that the provider has seen to be this person's own; null for every other. */
export function verifiedEmailOf(claims: Claims): string | null {
  const { email, email_verified: verified } = claims;
  if (typeof email !== 'string' || verified !== true) return null;
  const address = email.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+$/.test(address) && address.length <= 254 ? address : null;
}

/** What to call somebody whom the provider brings: their name, else what stands before the @. */
export function nameOf(claims: Claims, email: string): string {
  const words = [claims.given_name, claims.family_name].filter((word) => typeof word === 'string').join(' ');
  const name = valuesOf(claims.name)[0] ?? words;
  // eslint-disable-next-line no-control-regex
  const clean = name.replace(/[\u0000-\u001f\u007f\p{Surrogate}\p{Bidi_Control}]+/gu, ' ').replace(/\s+/g, ' ').trim();
  return [...(clean || email.split('@')[0]!)].slice(0, LONGEST_NAME).join('');
}

/** Whether a token was made later than now: then one of the two clocks is wrong, and its end says nothing. */
export const isFromTheFuture = (issuedAt: unknown, now: Date): boolean =>
  typeof issuedAt !== 'number' || issuedAt > now.getTime() / 1000 + CLOCK_TOLERANCE_SECONDS;

/** What is known of who signs in, once the provider has said who it is. */
export interface Arrival {
  /** The account of this identity; or, at the first time, the one of the verified address. */
  account: { disabled: boolean; linked: boolean; otherIdentity: boolean; here: boolean } | null;
  verifiedEmail: boolean;
  /** As `rolesOf` gives them. */
  roles: readonly StaffRole[] | null;
}

/** What becomes of it: the way in, or the code of the refusal. */
export type Reception = 'known' | 'link' | 'create' | { refused: OidcRefusal };
export type OidcRefusal = 'oidc-disabled' | 'oidc-no-role' | 'oidc-unverified' | 'oidc-other-person' | 'oidc-unknown';

/** Decides who comes in. The first row that fits counts. */
export function receive({ account, verifiedEmail, roles }: Arrival): Reception {
  const ROWS: readonly (readonly [when: boolean, then: Reception])[] = [
    [account?.disabled === true, { refused: 'oidc-disabled' }],
    [roles?.length === 0, { refused: 'oidc-no-role' }],
    [account?.linked === true, 'known'],
    [!verifiedEmail, { refused: 'oidc-unverified' }],
    // The provider gave the address to somebody else, or it is in use at another organisation of this installation.
    [account !== null && (account.otherIdentity || !account.here), { refused: 'oidc-other-person' }],
    [account !== null, 'link'],
    [roles !== null, 'create'],
  ];
  return ROWS.find(([when]) => when)?.[1] ?? { refused: 'oidc-unknown' };
}
