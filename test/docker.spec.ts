import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { readSettings, SETTINGS, type ProcessName } from '../src/platform/config/settings.js';

interface Service {
  command?: string[];
  environment?: Record<string, string>;
  profiles?: string[];
  depends_on?: Record<string, unknown>;
}

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const compose = parse(read('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };
const dockerfile = read('docker/Dockerfile');
const example = read('docker/example.env');
const names = Object.values(SETTINGS).map(({ name }) => name);

/** The processes of the service, by the name of their part in the compose file. */
const TRYING: Record<string, ProcessName> = { web: 'web', worker: 'worker', migrate: 'migrate' };
const PRODUCTION: Record<string, ProcessName> = {
  'production-web': 'web',
  'production-worker': 'worker',
  'production-migrate': 'migrate',
};

/** What docker compose would hand to the container, `${NAME:-default}` filled in from an env file. */
function environmentOf(service: string, file: Record<string, string> = {}): Record<string, string> {
  const given = Object.entries(compose.services[service]?.environment ?? {});
  return Object.fromEntries(given.map(([name, text]) => [name, fillIn(text, file)]));
}

function fillIn(text: string, file: Record<string, string>): string {
  return text.replace(/\$\{(\w+):-([^}]*)\}/g, (_, name: string, fallback: string) => file[name] || fallback);
}

function exampleEnv({ commentedToo = false } = {}): Record<string, string> {
  const lines = example.split('\n').map((line) => (commentedToo ? line.replace(/^#(?=[A-Z_]+=)/, '') : line));
  return Object.fromEntries(
    lines.flatMap((line) => [/^([A-Z_]+)=(.*)$/.exec(line)].filter((m) => m !== null).map((m) => [m[1]!, m[2]!])),
  );
}

function entryOf(command: readonly string[]): string {
  return command
    .at(-1)!
    .replace(/^dist\//, '')
    .replace(/\.js$/, '.ts');
}

describe('the compose file', () => {
  it.each(Object.keys({ ...TRYING, ...PRODUCTION }))('gives %s only settings that the code knows', (service) => {
    const given = Object.keys(environmentOf(service));
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((name) => !names.includes(name))).toEqual([]);
  });

  it.each(Object.entries(TRYING))('gives %s what it needs for trying, and it would start', (service, process) => {
    expect(() => readSettings(environmentOf(service), process)).not.toThrow();
    expect(compose.services[service]?.profiles).toBeUndefined();
  });

  it.each(Object.entries(PRODUCTION))('gives %s all that it needs in production, from the example file', (service, process) => {
    const file = { ...exampleEnv(), MASTER_KEY: Buffer.alloc(32, 1).toString('base64') };
    expect(readSettings(environmentOf(service, file), process)).toMatchObject({ production: true, demo: false });
    expect(compose.services[service]?.profiles).toEqual(['production']);
  });

  it.each(Object.entries(PRODUCTION))('lets %s refuse to start when no settings were given', (service, process) => {
    expect(() => readSettings(environmentOf(service), process)).toThrow(/missing with NODE_ENV=production/);
  });

  it('gives the web process no more rights on the database than it needs', () => {
    for (const service of ['web', 'production-web']) {
      expect(Object.keys(environmentOf(service)).filter((name) => /OWNER|CLERK/.test(name))).toEqual([]);
    }
  });

  it.each(Object.keys({ ...TRYING, ...PRODUCTION }))('starts %s with an entry file that exists', (service) => {
    const fromImage = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)![1]!) as string[];
    const entry = entryOf(compose.services[service]?.command ?? fromImage);
    const process = TRYING[service] ?? PRODUCTION[service];
    expect(entry).toBe(`src/${process === 'web' ? 'main' : process}.ts`);
    expect(existsSync(new URL(`../${entry}`, import.meta.url))).toBe(true);
  });

  it('migrates before anything else starts, in both profiles', () => {
    for (const [service, migrate] of [
      ['web', 'migrate'],
      ['worker', 'migrate'],
      ['production-web', 'production-migrate'],
      ['production-worker', 'production-migrate'],
    ] as const) {
      expect(compose.services[service]?.depends_on?.[migrate]).toEqual({ condition: 'service_completed_successfully' });
    }
  });

  it('names the roles that docker/roles.sql makes', () => {
    const owner = new URL(environmentOf('migrate').DATABASE_OWNER_URL!);
    expect(read('docker/roles.sql')).toContain(`create role ${owner.username} login createrole password '${owner.password}'`);
    expect(read('docker/roles.sql')).toContain(`create database ${owner.pathname.slice(1)} owner ${owner.username}`);
  });
});

describe('the example of settings', () => {
  it('has every setting that the code knows, and no other', () => {
    expect(Object.keys(exampleEnv({ commentedToo: true })).sort()).toEqual([...names].sort());
  });

  it('holds no key of its own: as it stands, the service refuses it and names the key', () => {
    expect(() => readSettings(exampleEnv(), 'web')).toThrow(/^MASTER_KEY is missing/);
  });

  it('gives the compose file everything that it asks for', () => {
    const asked = [...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map((match) => match[1]!);
    expect(asked.filter((name) => !(name in exampleEnv()))).toEqual([]);
  });
});

describe('the image', () => {
  it('copies only what is there and what the build context lets through', () => {
    const context = read('.dockerignore').split('\n');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap((match) => match[1]!.split(' '));
    expect(copied.length).toBeGreaterThan(5);
    for (const path of copied) {
      expect(existsSync(new URL(`../${path}`, import.meta.url))).toBe(true);
      expect(context).toContain(`!${path}`);
    }
  });
});
