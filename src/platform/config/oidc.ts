import type { StaffRole } from '../actor.js';
import { Refusal } from './refusal.js';

/** Which value of a claim gives which roles. */
export type RoleMap = Readonly<Record<string, readonly StaffRole[]>>;

/** Where staff sign in when it is not here: an OpenID Connect provider, and what its claims mean for us. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  scopes: string;
  roleClaim: string;
  /** Null: roles are given here, by an admin, and nobody comes in who is not known yet. */
  roleMap: RoleMap | null;
  /** Slug of the organisation that everyone who comes from there works for. Null: the only one, or what the claim says. */
  organisation: string | null;
  organisationClaim: string | null;
}

/** What was given of it. */
export interface GivenOidc {
  oidcIssuer?: string;
  oidcClientId?: string;
  oidcClientSecret?: string;
  oidcScopes?: string;
  oidcRoleClaim?: string;
  oidcRoleMap?: RoleMap;
  oidcOrganisation?: string;
  oidcOrganisationClaim?: string;
  localSignIn?: boolean;
}

const NAMES: readonly (readonly [keyof GivenOidc, string])[] = [
  ['oidcIssuer', 'OIDC_ISSUER'],
  ['oidcClientId', 'OIDC_CLIENT_ID'],
  ['oidcClientSecret', 'OIDC_CLIENT_SECRET'],
  ['oidcScopes', 'OIDC_SCOPES'],
  ['oidcRoleClaim', 'OIDC_ROLE_CLAIM'],
  ['oidcRoleMap', 'OIDC_ROLE_MAP'],
  ['oidcOrganisation', 'OIDC_ORGANISATION'],
  ['oidcOrganisationClaim', 'OIDC_ORGANISATION_CLAIM'],
];
const NEEDED = 3;

/** The provider as a whole, or null when nothing of it was given; half of one is refused. */
export function oidcOf(given: GivenOidc, production: boolean): OidcSettings | null {
  const there = NAMES.filter(([field]) => given[field] !== undefined).map(([, name]) => name);
  if (there.length === 0) {
    if (given.localSignIn === false) {
      throw new Refusal('LOCAL_SIGN_IN=off leaves nobody a way in without OpenID Connect: set OIDC_ISSUER, or leave it out.');
    }
    return null;
  }
  const missing = NAMES.slice(0, NEEDED).filter(([field]) => given[field] === undefined).map(([, name]) => name);
  if (missing.length > 0) {
    const [are, them] = missing.length > 1 ? ['are', 'them'] : ['is', 'it'];
    throw new Refusal(`${missing.join(', ')} ${are} missing beside ${there.join(', ')}: set ${them}, or leave all of OIDC_* out.`);
  }
  if (given.oidcOrganisation !== undefined && given.oidcOrganisationClaim !== undefined) {
    throw new Refusal('OIDC_ORGANISATION and OIDC_ORGANISATION_CLAIM cannot both say whose staff this is: leave one of them out.');
  }
  if (production && !given.oidcIssuer!.startsWith('https:')) {
    throw new Refusal('OIDC_ISSUER must begin with https:// with NODE_ENV=production.');
  }
  return {
    issuer: given.oidcIssuer!,
    clientId: given.oidcClientId!,
    clientSecret: given.oidcClientSecret!,
    scopes: given.oidcScopes ?? 'openid profile email',
    roleClaim: given.oidcRoleClaim ?? 'roles',
    roleMap: given.oidcRoleMap ?? null,
    organisation: given.oidcOrganisation ?? null,
    organisationClaim: given.oidcOrganisationClaim ?? null,
  };
}
