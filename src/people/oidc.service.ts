import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import * as client from 'openid-client';
import { Clock } from '../platform/clock.js';
import type { OidcSettings } from '../platform/config/oidc.js';
import type { Settings } from '../platform/config/settings.js';
import { InjectSettings } from '../platform/config/token.js';
import { Database } from '../platform/database/database.js';
import { statement } from '../platform/database/tx.js';
import { Problem } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { Logger } from '../platform/logger.js';
import { Vault } from '../platform/vault/vault.js';
import { claimOf, CLOCK_TOLERANCE_SECONDS, isFromTheFuture, type Claims } from './oidc.rules.js';

/** How long the provider may think about one question. */
const TIMEOUT_SECONDS = 5;
/** How long somebody may take to sign in over there. */
export const VISIT_SECONDS = 600;
/** What the provider says of itself is asked again after this long. */
const METADATA_MS = 60 * 60 * 1000;
const RETRY_SECONDS = 30;

// Once per visit, whichever process is asked: a second time it inserts nothing. Visits that are over go along.
const USE_VISIT = statement(
  'people.oidc-visit',
  `with over as (delete from platform_limits where kind = 'oidc visit' and window_start < $2)
   insert into platform_limits (kind, key_hash, window_start, hits) values ('oidc visit', $1, $3, 1)
   on conflict do nothing returning 1 as used`,
);

/** What this browser keeps while somebody is away signing in. */
interface Visit {
  state: string;
  nonce: string;
  verifier: string;
  next: string | null;
  beganAt: number;
}

/** Asks the OpenID Connect provider who somebody is: authorization code with PKCE. Whom that is here, `IdentitiesService` says. */
@Injectable()
export class OidcService {
  private known: { server: client.ServerMetadata; readAt: number } | null = null;
  private asking: Promise<client.ServerMetadata> | null = null;

  constructor(
    private readonly publicUrl: PublicUrl,
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly logger: Logger,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  get configured(): boolean {
    return this.settings.oidc !== null;
  }

  /** The provider's address to go to, and what the browser keeps until it is back. */
  async begin(callback: string, next: string | null): Promise<{ address: string; kept: string }> {
    const { scopes } = this.given();
    const visit: Visit = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      next,
      beganAt: this.clock.now().getTime(),
    };
    const address = client.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.publicUrl.to(callback),
      scope: scopes,
      state: visit.state,
      nonce: visit.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(visit.verifier),
      code_challenge_method: 'S256',
    });
    return { address: address.href, kept: this.signed(visit) };
  }

  /** The page that somebody wanted before they went; null when there is no telling. */
  nextOf(kept: string | undefined): string | null {
    return this.visitIn(kept)?.next ?? null;
  }

  /** What the provider says of who came back. A 401 for whatever is not exactly what was begun, a 503 while the provider is away. */
  async finish(url: string, kept: string | undefined): Promise<Claims> {
    const visit = this.visitIn(kept);
    if (!visit) throw new Problem(401, 'oidc-over');
    try {
      const config = await this.configuration();
      const current = new URL(this.publicUrl.to(url));
      // The answer belongs to this visit before the visit counts as used: a stray answer does not end it.
      if (current.searchParams.get('state') === visit.state) await this.use(visit);
      const tokens = await client.authorizationCodeGrant(config, current, {
        expectedState: visit.state,
        expectedNonce: visit.nonce,
        pkceCodeVerifier: visit.verifier,
      });
      const claims = tokens.claims()!;
      if (isFromTheFuture(claims.iat, this.clock.now())) throw new Refused('issued in the future');
      return await this.completed(config, claims, tokens.access_token);
    } catch (error) {
      throw this.refusal(error);
    }
  }

  /** Where somebody signs out over there too; null when the provider has no such page. */
  async signOutAddress(back: string): Promise<string | null> {
    try {
      const config = await this.configuration();
      if (!config.serverMetadata().end_session_endpoint) return null;
      return client.buildEndSessionUrl(config, { post_logout_redirect_uri: this.publicUrl.to(back) }).href;
    } catch (error) {
      throw this.refusal(error);
    }
  }

  private given(): OidcSettings {
    if (!this.settings.oidc) throw new Problem(404, 'not-found');
    return this.settings.oidc;
  }

  /** Many providers keep mail address and groups out of the ID token: then they are asked for. */
  private async completed(config: client.Configuration, claims: client.IDToken, accessToken: string): Promise<Claims> {
    const { roleMap, roleClaim, organisationClaim } = this.given();
    const wanted = ['email', ...(roleMap ? [roleClaim] : []), ...(organisationClaim ? [organisationClaim] : [])];
    const complete = wanted.every((name) => claimOf(claims, name) !== undefined);
    if (complete || !config.serverMetadata().userinfo_endpoint) return claims;
    return { ...(await client.fetchUserInfo(config, accessToken, claims.sub)), ...claims };
  }

  /** Made for each visit, as the difference between our clock and the machine's may have changed. */
  private async configuration(): Promise<client.Configuration> {
    const { clientId, clientSecret, issuer } = this.given();
    const config = new client.Configuration(await this.metadata(), clientId, {
      client_secret: clientSecret,
      [client.clockSkew]: this.clock.skewSeconds(),
      [client.clockTolerance]: CLOCK_TOLERANCE_SECONDS,
    });
    config.timeout = TIMEOUT_SECONDS;
    // The signature of the ID token too, not only the connection that it came over.
    client.enableNonRepudiationChecks(config);
    if (issuer.startsWith('http:')) client.allowInsecureRequests(config);
    return config;
  }

  /** What the provider says of itself: asked for at the first visit, kept for an hour, and longer while it does not answer. */
  private async metadata(): Promise<client.ServerMetadata> {
    const { known } = this;
    if (known && this.clock.now().getTime() - known.readAt < METADATA_MS) return known.server;
    this.asking ??= this.discover().finally(() => (this.asking = null));
    try {
      return await this.asking;
    } catch (error) {
      if (known) return known.server;
      this.logger.warn({ reason: reasonOf(error) }, 'the OpenID Connect provider does not say who it is');
      throw new Problem(503, 'oidc-unavailable', { retryAfterSeconds: RETRY_SECONDS });
    }
  }

  private async discover(): Promise<client.ServerMetadata> {
    const { issuer, clientId } = this.given();
    const config = await client.discovery(new URL(issuer), clientId, undefined, undefined, {
      timeout: TIMEOUT_SECONDS,
      execute: issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
    });
    const server = config.serverMetadata();
    this.known = { server, readAt: this.clock.now().getTime() };
    return server;
  }

  private async use({ state }: Visit): Promise<void> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - VISIT_SECONDS * 1000);
    const used = await this.database.one(USE_VISIT, [this.vault.installationHash('oidc visit', state), before, now]);
    if (used.length === 0) throw new Refused('came back twice');
  }

  private refusal(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (isAway(error)) {
      this.logger.warn({ reason: reasonOf(error) }, 'the OpenID Connect provider does not answer');
      return new Problem(503, 'oidc-unavailable', { retryAfterSeconds: RETRY_SECONDS });
    }
    this.logger.warn({ reason: reasonOf(error) }, 'signing in by OpenID Connect was refused');
    const denied = error instanceof client.AuthorizationResponseError && error.error === 'access_denied';
    return new Problem(401, denied ? 'oidc-denied' : 'oidc-refused');
  }

  /** Signed with a key that the browser does not have; the cookie itself is for this browser only. */
  private signed(visit: Visit): string {
    const text = Buffer.from(JSON.stringify(visit)).toString('base64url');
    return `${text}.${this.signature(text).toString('base64url')}`;
  }

  private visitIn(kept: string | undefined): Visit | null {
    const [text = '', given = ''] = (kept ?? '').split('.');
    const [signature, expected] = [Buffer.from(given, 'base64url'), this.signature(text)];
    if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null;
    const visit = JSON.parse(Buffer.from(text, 'base64url').toString()) as Visit;
    return this.clock.now().getTime() - visit.beganAt < VISIT_SECONDS * 1000 ? visit : null;
  }

  private signature(text: string): Buffer {
    return this.vault.installationHash('oidc cookie', text);
  }
}

/** What we refuse where the library would not. */
class Refused extends Error {}

interface Caused {
  name?: string;
  code?: string;
  message?: string;
  status?: number;
  error?: string;
  cause?: unknown;
}

const chain = (error: unknown): Caused[] =>
  error !== null && typeof error === 'object' ? [error, ...chain((error as Caused).cause)] : [];

/** Nobody there, no answer in time, or an answer that says that something is wrong over there. */
const isAway = (error: unknown): boolean =>
  chain(error).some(
    ({ name, code, message, status, error: said }) =>
      message === 'fetch failed' ||
      name === 'TimeoutError' ||
      code === 'OAUTH_TIMEOUT' ||
      (status !== undefined && status >= 500) ||
      said === 'temporarily_unavailable' ||
      said === 'server_error',
  );

/** For the log: codes of the library and of the provider, never what was in a token. */
function reasonOf(error: unknown): string {
  return chain(error)
    .map(({ code, error: said, message }) => said ?? code ?? message)
    .filter((word) => typeof word === 'string')
    .slice(0, 3)
    .join(', ');
}
