import { readSettings, SETTINGS, type ProcessName } from '../src/platform/config/settings.js';

const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://beraad.example.org',
  DATABASE_URL: 'postgres://app:a@db:5432/netwerkberaad',
  DATABASE_OWNER_URL: 'postgres://owner:o@db:5432/netwerkberaad',
  DATABASE_CLERK_URL: 'postgres://clerk:c@db:5432/netwerkberaad',
  SMTP_URL: 'smtps://mail.example.org:465',
  MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
  AUDIT_DIGEST_DIR: '/digests',
};

/** The one line that a person reads, or null when the settings are taken. */
function refusal(env: Record<string, string | undefined>, process: ProcessName = 'web'): string | null {
  try {
    readSettings(env, process);
    return null;
  } catch (error) {
    expect((error as Error).name).toBe('Refusal');
    return (error as Error).message;
  }
}

const SMS_KEY = 'sleutel-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0';

describe('SMS_URL', () => {
  const template = 'template=f33517ff-2a88-4f6e-b855-c550268ce08a';

  it('is taken apart into where, who and which template', () => {
    expect(readSettings({ SMS_URL: `notifynl://${SMS_KEY}@api.notifynl.nl/?${template}` }, 'web').smsUrl).toEqual({
      base: 'https://api.notifynl.nl',
      serviceId: '26785a09-ab16-4eb0-8407-a37497a57506',
      secret: '3d844edf-8d35-48ac-975b-e847b4f122b0',
      templateId: 'f33517ff-2a88-4f6e-b855-c550268ce08a',
    });
  });

  it('may go without https to this computer, and never in production', () => {
    const SMS_URL = `notifynl+http://${SMS_KEY}@127.0.0.1:9000/?${template}`;
    expect(readSettings({ SMS_URL }, 'web').smsUrl?.base).toBe('http://127.0.0.1:9000');
    expect(refusal({ ...production, SMS_URL })).toMatch(/^SMS_URL must begin with notifynl:\/\//);
  });

  it('is not told when it is refused', () => {
    expect(refusal({ SMS_URL: `notifynl://${SMS_KEY}@` })).not.toContain('3d844edf');
  });
});

describe('without settings', () => {
  it('everything is embedded, with the demo, on port 3000', () => {
    const settings = readSettings({}, 'web');
    expect(settings).toMatchObject({
      port: 3000,
      publicUrl: 'http://localhost:3000',
      databaseUrl: null,
      redisUrl: null,
      smtpUrl: null,
    });
    expect(settings).toMatchObject({ demo: true, demoPassword: 'demo', production: false, clockOffsetSeconds: 0 });
    expect(settings.dataDir).toMatch(/\/\.data$/);
  });

  it('an empty value counts as not set', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ' }, 'web')).toMatchObject({ port: 3000, databaseUrl: null });
  });

  it('the public address follows the port, and the sender follows the public address', () => {
    expect(readSettings({ PORT: '8080' }, 'web').publicUrl).toBe('http://localhost:8080');
    expect(readSettings({ PUBLIC_URL: 'https://beraad.example.org/' }, 'web')).toMatchObject({
      publicUrl: 'https://beraad.example.org',
      mailFrom: 'netwerkberaad@beraad.example.org',
    });
  });

  it('a separate worker or migration asks for a database', () => {
    expect(refusal({}, 'worker')).toMatch(/^DATABASE_URL, DATABASE_CLERK_URL are missing/);
    expect(refusal({}, 'migrate')).toMatch(/DATABASE_OWNER_URL/);
  });
});

describe('a wrong value', () => {
  it.each([
    ['PORT', 'http'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000.5'],
    ['NODE_ENV', 'prod'],
    ['DATABASE_URL', 'mysql://root@localhost/x'],
    ['DATABASE_URL', 'postgres://localhost/netwerkberaad'],
    ['DATABASE_URL', 'postgres://app@localhost'],
    ['REDIS_URL', 'localhost:6379'],
    ['SMTP_URL', 'https://mail.example.org'],
    ['PUBLIC_URL', 'beraad.example.org'],
    ['PUBLIC_URL', 'https://beraad.example.org/pad'],
    ['MASTER_KEY', 'short'],
    ['MASTER_KEY', Buffer.alloc(31).toString('base64')],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', 'proxy.local'],
    ['SMS_URL', 'https://api.notifynl.nl'],
    ['SMS_URL', 'notifynl://key@api.notifynl.nl/?template=f33517ff-2a88-4f6e-b855-c550268ce08a'],
    ['SMS_URL', `notifynl://${SMS_KEY}@api.notifynl.nl/`],
    ['SMS_URL', `notifynl+http://${SMS_KEY}@sms.example.org/?template=f33517ff-2a88-4f6e-b855-c550268ce08a`],
    ['DEMO', 'true'],
    ['CLOCK_OFFSET_SECONDS', 'tomorrow'],
    ['LOG_LEVEL', 'verbose'],
  ])('of %s (%s) is refused in one line that names it and says what to give', (name, value) => {
    const reason = refusal({ [name]: value });
    expect(reason).toMatch(new RegExp(`^${name}.* cannot be used: give .*\\.$`));
    expect(reason).not.toContain('\n');
  });

  it('that is a secret is not repeated', () => {
    expect(refusal({ DATABASE_URL: 'mysql://root:s3cret@localhost/x' })).not.toContain('s3cret');
    expect(refusal({ MASTER_KEY: 's3cret' })).not.toContain('s3cret');
  });

  it.each(['10.0.0.0/8, 127.0.0.1', '::1', 'fd00::/8'])('of TRUSTED_PROXIES is not %s', (value) => {
    expect(refusal({ TRUSTED_PROXIES: value })).toBeNull();
  });
});

describe('a misspelt name', () => {
  it.each([
    ['DATABSE_URL', 'DATABASE_URL'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['database_url', 'DATABASE_URL'],
    ['PRT', 'PORT'],
    ['PORTS', 'PORT'],
    ['SMTP_URLS', 'SMTP_URL'],
    ['MASTERKEY', 'MASTER_KEY'],
    ['PUBLIC_ULR', 'PUBLIC_URL'],
    ['DATADIR', 'DATA_DIR'],
  ])('%s is refused, and %s is proposed', (wrong, right) => {
    expect(refusal({ [wrong]: 'x' })).toMatch(new RegExp(`^${wrong} is not a setting: did you mean ${right}\\?`));
  });

  it.each(['DATABASE_PASSWORD', 'SMTP_USERNAME', 'OIDC_AUDIENCE'])('%s is refused because of how it begins', (name) => {
    expect(refusal({ [name]: 'x' })).toContain(`${name} is not a setting`);
  });

  it.each([
    'HOST',
    'PATH',
    'HOME',
    'TERM',
    'MAIL',
    'npm_config_port',
    'REDIS_PORT',
    'REDIS_SERVICE_HOST',
    'DATABASE_PORT_5432_TCP_ADDR',
  ])('%s belongs to the surroundings and is left alone', (name) => {
    expect(refusal({ [name]: 'x' })).toBeNull();
  });

  it('is not found among the settings themselves', () => {
    for (const { name } of Object.values(SETTINGS)) expect(refusal({ [name]: '' })).toBeNull();
  });
});

describe('the addresses of a database', () => {
  const { DATABASE_URL, DATABASE_OWNER_URL, DATABASE_CLERK_URL } = production;

  it('need the main one', () => {
    expect(refusal({ DATABASE_CLERK_URL })).toMatch(/^DATABASE_URL is missing/);
  });

  it('of the owner need the other two, whose roles the migration makes', () => {
    expect(refusal({ DATABASE_URL, DATABASE_OWNER_URL })).toMatch(/^DATABASE_CLERK_URL is missing/);
  });

  it('are each given to the process that needs them', () => {
    expect(refusal({ DATABASE_URL }, 'web')).toBeNull();
    expect(refusal({ DATABASE_URL, DATABASE_CLERK_URL }, 'worker')).toBeNull();
    expect(refusal({ DATABASE_URL, DATABASE_OWNER_URL, DATABASE_CLERK_URL }, 'migrate')).toBeNull();
  });

  it('name a role each, for the roles may different things', () => {
    const reason = 'DATABASE_CLERK_URL and DATABASE_URL sign in as the same user app: give each a role of its own.';
    expect(refusal({ DATABASE_URL, DATABASE_CLERK_URL: DATABASE_URL }, 'worker')).toBe(reason);
  });

  it('turn the demo off unless it is asked for', () => {
    expect(readSettings({ DATABASE_URL }, 'web').demo).toBe(false);
    expect(readSettings({ DATABASE_URL, DEMO: 'on' }, 'web').demo).toBe(true);
  });
});

describe('in production', () => {
  it('a complete set is taken, and there is no demo', () => {
    expect(readSettings(production, 'web')).toMatchObject({ production: true, demo: false });
    expect(refusal(production, 'worker')).toBeNull();
    expect(refusal(production, 'migrate')).toBeNull();
  });

  it('everything that is missing is named at once', () => {
    expect(refusal({ NODE_ENV: 'production' })).toMatch(
      /^DATABASE_URL, SMTP_URL, MASTER_KEY, PUBLIC_URL are missing with NODE_ENV=production/,
    );
  });

  it.each(['DATABASE_URL', 'SMTP_URL', 'MASTER_KEY', 'PUBLIC_URL'])('it does not start without %s', (name) => {
    expect(refusal({ ...production, DATABASE_OWNER_URL: undefined, [name]: undefined })).toContain(`${name} is missing`);
  });

  it('no worker starts that was not told where the digests of the audit log go', () => {
    expect(refusal({ ...production, AUDIT_DIGEST_DIR: undefined }, 'worker')).toMatch(/^AUDIT_DIGEST_DIR is missing/);
    expect(refusal({ ...production, AUDIT_DIGEST_DIR: undefined })).toBeNull();
  });

  it.each([
    ['PUBLIC_URL', 'http://beraad.example.org'],
    ['DEMO', 'on'],
    ['CLOCK_OFFSET_SECONDS', '60'],
  ])('%s=%s is refused', (name, value) => {
    expect(refusal({ ...production, [name]: value })).toContain(name);
  });
});

describe('OpenID Connect', () => {
  const whole = { OIDC_ISSUER: 'https://id.example.org', OIDC_CLIENT_ID: 'beraad', OIDC_CLIENT_SECRET: 'geheim' };

  it('is off without its settings, and on with three of them', () => {
    expect(readSettings({}, 'web')).toMatchObject({ oidc: null, localSignIn: true });
    expect(readSettings(whole, 'web').oidc).toEqual({
      issuer: 'https://id.example.org',
      clientId: 'beraad',
      clientSecret: 'geheim',
      scopes: 'openid profile email',
      roleClaim: 'roles',
      roleMap: null,
      organisation: null,
      organisationClaim: null,
    });
  });

  it.each([
    [{ OIDC_ISSUER: 'https://id.example.org' }, 'OIDC_CLIENT_ID, OIDC_CLIENT_SECRET are missing beside OIDC_ISSUER'],
    [{ ...whole, OIDC_CLIENT_SECRET: '' }, 'OIDC_CLIENT_SECRET is missing beside OIDC_ISSUER, OIDC_CLIENT_ID'],
    [{ OIDC_ROLE_MAP: 'a=lead' }, 'OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET are missing beside OIDC_ROLE_MAP'],
    [{ ...whole, OIDC_ORGANISATION: 'noord', OIDC_ORGANISATION_CLAIM: 'org' }, 'leave one of them out'],
    [{ ...whole, OIDC_SCOPES: 'profile email' }, 'OIDC_SCOPES=profile email cannot be used: give scopes with openid among them'],
    [{ ...whole, OIDC_ROLE_MAP: 'baas' }, 'OIDC_ROLE_MAP=baas cannot be used: give pairs like'],
    [{ ...whole, OIDC_ROLE_MAP: 'baas=chef' }, 'chef is no role, give one of referrer, facilitator'],
    [{ ...whole, OIDC_ROLE_MAP: '{"baas":7}' }, 'give pairs like'],
    [{ ...whole, OIDC_ROLE_MAP: '{"baas"' }, 'give pairs like'],
    [{ ...whole, OIDC_ROLE_MAP: '{}' }, 'it gives nobody a role'],
    [{ ...whole, OIDC_ISSUR: 'x' }, 'OIDC_ISSUR is not a setting: did you mean OIDC_ISSUER?'],
    [{ LOCAL_SIGN_IN: 'off' }, 'LOCAL_SIGN_IN=off leaves nobody a way in'],
    [{ ...production, ...whole, OIDC_ISSUER: 'http://id.example.org' }, 'OIDC_ISSUER must begin with https://'],
  ])('%j is refused', (env, reason) => {
    expect(refusal(env)).toContain(reason);
  });

  it('never prints its secret, and lets nobody in by password when that is said', () => {
    expect(refusal({ ...production, ...whole, OIDC_ISSUER: undefined })).not.toContain('geheim');
    expect(readSettings({ ...whole, LOCAL_SIGN_IN: 'off' }, 'web').localSignIn).toBe(false);
  });

  it.each([
    ['leiders=facilitator, hoofd=lead,hoofd=analyst', { leiders: ['facilitator'], hoofd: ['lead', 'analyst'] }],
    ['CN=leiders=facilitator', { 'CN=leiders': ['facilitator'] }],
    ['{"leiders":"facilitator","hoofd":["lead","analyst"]}', { leiders: ['facilitator'], hoofd: ['lead', 'analyst'] }],
  ])('reads which group has which roles from %s', (text, map) => {
    expect(readSettings({ ...whole, OIDC_ROLE_MAP: text }, 'web').oidc!.roleMap).toEqual(map);
  });
});
