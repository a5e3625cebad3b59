import { join } from 'node:path';
import { distance } from 'fastest-levenshtein';
import {
  address,
  contact,
  databaseAddress,
  folder,
  hostName,
  key,
  networks,
  onOff,
  oneOf,
  origin,
  roleMap,
  scopes,
  token,
  whole,
  words,
  WrongValue,
  type Parse,
} from './parsers.js';
import { oidcOf, type GivenOidc, type OidcSettings } from './oidc.js';
import { Refusal } from './refusal.js';
import { smsGateway } from './sms.js';

/** The processes that read settings; each needs its own part of them. */
export type ProcessName = 'web' | 'worker' | 'migrate';

interface Setting<T> {
  name: string;
  /** One line for the person who runs the service. */
  doc: string;
  parse: Parse<T>;
  /** Never printed when a value is refused. */
  secret: boolean;
}

const setting = <T>(name: string, parse: Parse<T>, doc: string): Setting<T> => ({ name, parse, doc, secret: false });
const secret = <T>(name: string, parse: Parse<T>, doc: string): Setting<T> => ({ name, parse, doc, secret: true });

const CLOCK_OFFSET_LIMIT_SECONDS = 10 * 366 * 86_400;

/** Every setting of the service. What is not here is not read anywhere. */
export const SETTINGS = {
  environment: setting(
    'NODE_ENV',
    oneOf('development', 'production', 'test'),
    'production refuses everything that is only for trying out; default development',
  ),
  port: setting('PORT', whole(1, 65_535), 'port of the web service; default 3000'),
  dataDir: setting('DATA_DIR', folder, 'folder for the embedded database, the master key and the local mailbox; default .data'),
  databaseUrl: secret(
    'DATABASE_URL',
    databaseAddress,
    'PostgreSQL 15 or newer, as the role that obeys row-level security; default: embedded',
  ),
  databaseOwnerUrl: secret(
    'DATABASE_OWNER_URL',
    databaseAddress,
    'the same database as its owner; a process that has it migrates when it starts',
  ),
  databaseClerkUrl: secret(
    'DATABASE_CLERK_URL',
    databaseAddress,
    'the same database as the clerk of queue and outbox; direct, not through PgBouncer',
  ),
  redisUrl: secret('REDIS_URL', address('redis', 'rediss'), 'Redis for the queue; default: the queue is in PostgreSQL'),
  smtpUrl: secret('SMTP_URL', address('smtp', 'smtps'), 'mail server; default: the local mailbox at /dev/mailbox'),
  mailFrom: setting('MAIL_FROM', words, 'sender of mails; default netwerkberaad@ the host of PUBLIC_URL'),
  mailReturnDomain: setting(
    'MAIL_RETURN_DOMAIN',
    hostName,
    'domain whose mail server hands what comes back to POST /v1/delivery-reports/mail; default: it comes back to MAIL_FROM',
  ),
  deliveryToken: secret(
    'DELIVERY_TOKEN',
    token,
    'bearer token of that mail server and of NotifyNL at /v1/delivery-reports; default: those addresses do not exist',
  ),
  publicUrl: setting('PUBLIC_URL', origin, 'address under which people reach the service; default http://localhost:PORT'),
  masterKey: secret('MASTER_KEY', key, '32 bytes in base64 that seal personal data; default: made once, in DATA_DIR/master-key'),
  masterKeyOld: secret('MASTER_KEY_OLD', key, 'the master key before, until npm run rotate-key -- --master has replaced it; default none'),
  auditDigestDir: setting(
    'AUDIT_DIGEST_DIR',
    folder,
    'folder on another host (or append-only) for the digests that prove the audit log; in production of the worker; default audit in DATA_DIR',
  ),
  trustedProxies: setting('TRUSTED_PROXIES', networks, 'proxies whose X-Forwarded-For is believed; default none'),
  smsUrl: secret(
    'SMS_URL',
    smsGateway,
    'NotifyNL for text messages: notifynl://<api key>@api.notifynl.nl/?template=<id of a template that says ((bericht))>; default: the local mailbox, or nobody gets any and is called',
  ),
  securityContact: setting('SECURITY_CONTACT', contact, 'whom /.well-known/security.txt names; default: no such page'),
  oidcIssuer: setting('OIDC_ISSUER', address('https', 'http'), 'OpenID Connect provider where staff sign in; default: none, only here'),
  oidcClientId: setting('OIDC_CLIENT_ID', words, 'who we are there; it must know PUBLIC_URL/inloggen/oidc/terug as redirect address'),
  oidcClientSecret: secret('OIDC_CLIENT_SECRET', words, 'our secret there'),
  oidcScopes: setting('OIDC_SCOPES', scopes, 'what we ask for; default openid profile email'),
  oidcRoleClaim: setting('OIDC_ROLE_CLAIM', words, 'claim with the groups of a person, dots lead inside (realm_access.roles); default roles'),
  oidcRoleMap: setting('OIDC_ROLE_MAP', roleMap, 'group=role,group=role (or JSON): roles follow it at every sign-in; default: an admin gives them here'),
  oidcOrganisation: setting('OIDC_ORGANISATION', words, 'slug of the organisation that they work for; default the only one'),
  oidcOrganisationClaim: setting('OIDC_ORGANISATION_CLAIM', words, 'claim that holds that slug, in place of OIDC_ORGANISATION'),
  localSignIn: setting('LOCAL_SIGN_IN', onOff, 'signing in with a mail address and password; default on, off only with OIDC_ISSUER'),
  demo: setting('DEMO', onOff, 'demo accounts and cases; default on with the embedded database, off with one of your own'),
  demoPassword: secret('DEMO_PASSWORD', words, 'password of the demo accounts; default demo'),
  clockOffsetSeconds: setting(
    'CLOCK_OFFSET_SECONDS',
    whole(-CLOCK_OFFSET_LIMIT_SECONDS, CLOCK_OFFSET_LIMIT_SECONDS),
    'shifts the clock of the service, for tests and demo only; default 0',
  ),
  logLevel: setting(
    'LOG_LEVEL',
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'silent'),
    'least important log lines that are written; default info',
  ),
};

type Key = keyof typeof SETTINGS;
type Value<K extends Key> = (typeof SETTINGS)[K] extends Setting<infer T> ? T : never;
/** What was given, each value parsed; nothing filled in. */
type Given = { [K in Key]?: Value<K> };

type Whole = Exclude<keyof GivenOidc, 'localSignIn'>;
type Nullable =
  | 'databaseUrl'
  | 'databaseOwnerUrl'
  | 'databaseClerkUrl'
  | 'redisUrl'
  | 'smtpUrl'
  | 'smsUrl'
  | 'mailReturnDomain'
  | 'deliveryToken'
  | 'securityContact'
  | 'masterKey'
  | 'masterKeyOld';

/** Settings as they were read, defaults filled in. Null stands for the embedded part. */
export type ReadSettings = { [K in Exclude<Key, Nullable | Whole>]: Value<K> } & { [K in Nullable]: Value<K> | null } & {
  production: boolean;
  /** Signing in by OpenID Connect; null without. */
  oidc: OidcSettings | null;
};

/** Settings of a running service: database and key are known, embedded or not. */
export interface Settings extends Omit<ReadSettings, 'databaseUrl' | 'masterKey'> {
  databaseUrl: string;
  masterKey: Buffer;
}

/** What each process cannot do without once a database of one's own is used; in production always. */
const NEEDED: Record<ProcessName, readonly Key[]> = {
  web: ['databaseUrl'],
  worker: ['databaseUrl', 'databaseClerkUrl'],
  migrate: ['databaseUrl', 'databaseOwnerUrl', 'databaseClerkUrl'],
};
const NEEDED_IN_PRODUCTION: Record<ProcessName, readonly Key[]> = {
  web: ['smtpUrl', 'masterKey', 'publicUrl'],
  // Digests beside the database prove nothing to who has both: somebody must say where they go.
  worker: ['smtpUrl', 'masterKey', 'publicUrl', 'auditDigestDir'],
  migrate: [],
};

/** Reads, checks and completes the settings of one process; throws a `Refusal` at the first thing that is wrong. */
export function readSettings(env: NodeJS.ProcessEnv, process: ProcessName): ReadSettings {
  refuseMisspelt(Object.keys(env));
  const given = parse(env);
  const production = given.environment === 'production';
  refuseMissing(given, process, production);
  if (production) refuseTryingOut(given);
  if (given.mailReturnDomain !== undefined && given.deliveryToken === undefined) {
    throw new Refusal('DELIVERY_TOKEN is missing beside MAIL_RETURN_DOMAIN: without it nobody can hand in what comes back. Set it, or leave both out.');
  }
  refuseSharedRole(given);
  const port = given.port ?? 3000;
  const dataDir = given.dataDir ?? folder('.data');
  const publicUrl = given.publicUrl ?? `http://localhost:${port}`;
  return {
    environment: given.environment ?? 'development',
    production,
    port,
    dataDir,
    databaseUrl: given.databaseUrl ?? null,
    databaseOwnerUrl: given.databaseOwnerUrl ?? null,
    databaseClerkUrl: given.databaseClerkUrl ?? null,
    redisUrl: given.redisUrl ?? null,
    smtpUrl: given.smtpUrl ?? null,
    mailFrom: given.mailFrom ?? `netwerkberaad@${new URL(publicUrl).hostname}`,
    publicUrl,
    masterKey: given.masterKey ?? null,
    masterKeyOld: given.masterKeyOld ?? null,
    auditDigestDir: given.auditDigestDir ?? join(dataDir, 'audit'),
    trustedProxies: given.trustedProxies ?? [],
    smsUrl: given.smsUrl ?? null,
    mailReturnDomain: given.mailReturnDomain ?? null,
    deliveryToken: given.deliveryToken ?? null,
    securityContact: given.securityContact ?? null,
    oidc: oidcOf(given, production),
    localSignIn: given.localSignIn ?? true,
    demo: given.demo ?? (!production && given.databaseUrl === undefined),
    demoPassword: given.demoPassword ?? 'demo',
    clockOffsetSeconds: given.clockOffsetSeconds ?? 0,
    logLevel: given.logLevel ?? 'info',
  };
}

function parse(env: NodeJS.ProcessEnv): Given {
  const given: Record<string, unknown> = {};
  for (const [field, { name, parse: read, secret: hidden }] of Object.entries(SETTINGS)) {
    const text = env[name]?.trim();
    // Compose and shells hand on what is not set as empty text.
    if (!text) continue;
    try {
      given[field] = read(text);
    } catch (error) {
      if (!(error instanceof WrongValue)) throw error;
      throw new Refusal(`${name}${hidden ? '' : `=${text}`} cannot be used: ${error.message}.`);
    }
  }
  return given;
}

function refuseMissing(given: Given, process: ProcessName, production: boolean): void {
  const own = given.databaseUrl ?? given.databaseOwnerUrl ?? given.databaseClerkUrl;
  const needed: Key[] = production || own !== undefined || process !== 'web' ? [...NEEDED[process]] : [];
  // Who migrates makes the roles of the other two.
  if (given.databaseOwnerUrl !== undefined) needed.push('databaseUrl', 'databaseClerkUrl');
  if (production) needed.push(...NEEDED_IN_PRODUCTION[process]);
  const missing = [...new Set(needed)].filter((field) => given[field] === undefined).map((field) => SETTINGS[field].name);
  if (missing.length === 0) return;
  const why = production ? 'with NODE_ENV=production' : `for ${process} with a database of your own`;
  const [are, them] = missing.length > 1 ? ['are', 'them'] : ['is', 'it'];
  throw new Refusal(`${missing.join(', ')} ${are} missing ${why}: set ${them} and start again (see docker/example.env).`);
}

function refuseTryingOut(given: Given): void {
  if (given.publicUrl !== undefined && !given.publicUrl.startsWith('https:')) {
    throw new Refusal(
      'PUBLIC_URL must begin with https:// with NODE_ENV=production: put a TLS proxy in front and name its address.',
    );
  }
  if (given.smsUrl?.base.startsWith('http:')) {
    throw new Refusal('SMS_URL must begin with notifynl:// with NODE_ENV=production: what it carries goes over https only.');
  }
  if (given.demo === true) throw new Refusal('DEMO=on is not possible with NODE_ENV=production: leave DEMO out.');
  if (given.clockOffsetSeconds) {
    throw new Refusal('CLOCK_OFFSET_SECONDS is not possible with NODE_ENV=production: leave it out.');
  }
}

function refuseSharedRole(given: Given): void {
  const seen = new Map<string, string>();
  for (const field of ['databaseUrl', 'databaseOwnerUrl', 'databaseClerkUrl'] as const) {
    const url = given[field];
    if (url === undefined) continue;
    const user = decodeURIComponent(new URL(url).username);
    const other = seen.get(user);
    if (other)
      throw new Refusal(`${SETTINGS[field].name} and ${other} sign in as the same user ${user}: give each a role of its own.`);
    seen.set(user, SETTINGS[field].name);
  }
}

const NAMES = Object.values(SETTINGS).map(({ name }) => name);
/** Names that begin like this are meant for this service, so an unknown one is a mistake. */
const OWN_PREFIXES = ['DATABASE_', 'REDIS_', 'SMTP_', 'SMS_', 'DEMO_', 'CLOCK_', 'TRUSTED_', 'OIDC_', 'AUDIT_', 'MASTER_', 'MAIL_', 'DELIVERY_'];
/** Kubernetes and compose put the addresses of services with such names into every environment. */
const OF_THE_SURROUNDINGS = /_(SERVICE_HOST|SERVICE_PORT(_\w+)?|PORT|PORT_\d+_(TCP|UDP)(_\w+)?)$/;
/** Names shorter than this differ from too many others (HOST, SORT) to allow two wrong letters. */
const LONG_NAME_LETTERS = 6;

function refuseMisspelt(names: readonly string[]): void {
  for (const name of names) {
    if (NAMES.includes(name) || OF_THE_SURROUNDINGS.test(name)) continue;
    const nearest = NAMES.map((known) => ({ known, wrong: distance(known, name.toUpperCase()) })).sort(
      (a, b) => a.wrong - b.wrong,
    )[0];
    if (nearest && nearest.wrong <= (nearest.known.length < LONG_NAME_LETTERS ? 1 : 2)) {
      throw new Refusal(`${name} is not a setting: did you mean ${nearest.known}? Rename it, or remove it from the environment.`);
    }
    const prefix = OWN_PREFIXES.find((each) => name.startsWith(each));
    if (prefix) {
      const known = NAMES.filter((each) => each.startsWith(prefix)).join(', ') || 'none';
      throw new Refusal(
        `${name} is not a setting (known with ${prefix}: ${known}): correct it, or remove it from the environment.`,
      );
    }
  }
}
