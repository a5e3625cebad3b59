import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { readSettings, type Settings } from '../../src/platform/config/settings.js';
import { startEmbedded } from '../../src/platform/database/embedded.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { auditCost, type AuditCost } from './audit-cost.js';
import { OWN_CASES } from './data.js';
import { explainList, type ListCase } from './explain.js';
import type { Loaded } from './load.js';
import { assertSameAnswer, Calls, OPERATION_NAMES, type Operation, type Tokens } from './operations.js';
import { processorMs, startAudited, startFloor, startLoader, startService, type Loader, type Server } from './processes.js';
import { DEEP_PAGE_TARGET, figuresOf, spreadOf, table, type Results, type Round, type Turn } from './report.js';
import { measureSending, SENDING_NAMES, sendingTable, type SendingFigure, type SendingName } from './sending.js';
import { fill, signIn, type Stored } from './store.js';

/** Not against the floor: the service with its audit against itself without. */
const AUDIT = 'audit';

const USAGE = `npm run bench -- [options]
  --quick              2,500 cases, 3 rounds of 100 requests: to see that it works
  --cases <n>          how many cases, at least 2,500 (10,000)
  --rounds <n>         measured rounds (11)
  --requests <n>       requests of one operation in a round (300)
  --concurrency <n>    requests at the same time (8)
  --messages <n>       mails, or jobs, at once for queue, fan-out and urgent (5000)
  --only <operations>  some of ${[...OPERATION_NAMES, AUDIT, ...SENDING_NAMES].join(', ')}, with commas between them; audit for what the audit costs
  --profile <folder>   writes a processor profile of the service there
  --out <file>         where the figures go as JSON (netwerkberaad-bench.json in the folder for temporary files)`;

const WARM_UP_ROUNDS = 2;
const STATEMENTS = 2000;
const COMMITS = 300;

const options = read();
const undo: (() => Promise<unknown> | void)[] = [];
let tidied: Promise<void> | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void tidyUp().then(() => process.exit(1)));
try {
  const results = await bench();
  console.log(`\n${table(results)}`);
  if (results.sending.length > 0) console.log(`\n${sendingTable(results.sending)}`);
  writeFileSync(options.out, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`\nWritten to ${options.out}`);
} catch (error) {
  // Who stops it knows that it did not end.
  if (!tidied) console.error(error);
  process.exitCode = 1;
}
await tidyUp();
process.exit();

/** Stops what was started, the last first, and removes the folder; once, however it ends. */
function tidyUp(): Promise<void> {
  tidied ??= (async () => {
    for (let next = undo.pop(); next; next = undo.pop()) await next();
  })();
  return tidied;
}

interface Stage {
  stored: Stored;
  tokens: Tokens;
  leadToken: string;
  service: Server;
  floor: Server;
  loader: Loader;
  serverPid: number;
  appUrl: string;
  clerkUrl: string;
  home: string;
  masterKey: string;
  superuser: Client;
  superuserUrl: string;
  version: string;
}

async function bench(): Promise<Results & { sending: SendingFigure[] }> {
  const stage = await setUp();
  const calls = new Calls(stage.stored, stage.tokens);
  const measured = new Map<Operation, Round[]>(options.only.map((operation) => [operation, []]));
  const [statements, commits]: number[][] = [[], []];
  for (let round = -WARM_UP_ROUNDS; round < options.rounds; round += 1) {
    tell(round < 0 ? 'warming up …' : `round ${round + 1} of ${options.rounds} …`);
    for (const operation of options.only) {
      const made = calls.of(operation, options.requests);
      const turn = async (server: Server): Promise<Turn & { sample: string }> => ask(stage, server, operation, made);
      // Whoever comes second finds warmer caches: they take turns in that too.
      const serviceFirst = round % 2 === 0;
      const first = await turn(serviceFirst ? stage.service : stage.floor);
      const second = await turn(serviceFirst ? stage.floor : stage.service);
      const [service, floor] = serviceFirst ? [first, second] : [second, first];
      if (round < 0) assertSameAnswer(operation, service.sample, floor.sample);
      else measured.get(operation)!.push({ service, floor });
    }
    if (round < 0) continue;
    statements!.push(await perSecond(stage, 'select 1', STATEMENTS));
    commits!.push(await perSecond(stage, 'insert into bench_commits values (1)', COMMITS));
  }
  const audit = options.audit ? await auditOf(stage) : null;
  const plans = await explainList(stage.appUrl, listCases(stage));
  const sending = options.sending.length > 0 ? await sendingOf(stage, options.audit) : [];
  return { ...resultsOf(stage, measured, audit, { statements: statements!, commits: commits! }, plans), sending };
}

/** In place of service and floor, with processes of its own. */
async function sendingOf(stage: Stage, stoppedAlready: boolean): Promise<SendingFigure[]> {
  const { stored, superuserUrl, home } = stage;
  if (!stoppedAlready) await Promise.all([stage.service.stop(), stage.floor.stop()]);
  const env = { DATABASE_URL: stage.appUrl, DATABASE_CLERK_URL: stage.clerkUrl, MASTER_KEY: stage.masterKey, DATA_DIR: home };
  const settings = readSettings({ ...env, NODE_ENV: 'test', LOG_LEVEL: 'silent' }, 'worker');
  const [token] = await signIn(stage.superuser, stored.organisationId, stored.facilitatorId, 1);
  const { rounds, messages } = options;
  return measureSending(options.sending, { stored, superuserUrl, settings: settings as Settings, env, token: token! }, { rounds, messages }, tell);
}

/** In place of service and floor: the embedded database has no connections for all four. */
async function auditOf(stage: Stage): Promise<AuditCost> {
  tell('with the audit and without …');
  const { stored, superuser, home, loader, serverPid } = stage;
  await Promise.all([stage.service.stop(), stage.floor.stop()]);
  const env = { DATABASE_URL: stage.appUrl, DATABASE_CLERK_URL: stage.clerkUrl, MASTER_KEY: stage.masterKey, DATA_DIR: home };
  const on = await startAudited('on', env, home);
  undo.push(on.stop);
  const off = await startAudited('off', env, home);
  undo.push(off.stop);
  const tokens: string[] = [];
  for (const { facilitatorId } of stored.others) tokens.push(...(await signIn(superuser, stored.organisationId, facilitatorId, 1)));
  const assertAnswered = (loaded: Loaded): void => void answered(AUDIT, loaded);
  const { rounds, requests } = options;
  return auditCost({ on, off, loader, serverPid, tokens, others: stored.others, assertAnswered }, { rounds, requests, warmUp: WARM_UP_ROUNDS });
}

async function setUp(): Promise<Stage> {
  const home = mkdtempSync(join(tmpdir(), 'netwerkberaad-bench-'));
  chmodSync(home, 0o711);
  undo.push(() => rmSync(home, { recursive: true, force: true }));
  tell('starting PostgreSQL …');
  const database = await startEmbedded(home);
  undo.push(database.stop);
  await migrate(database.ownerUrl, database);
  const superuserUrl = superuserOf(home, database.ownerUrl);
  const superuser = new Client(superuserUrl);
  await superuser.connect();
  undo.push(() => superuser.end());
  tell(`making ${options.cases} cases …`);
  const masterKey = randomBytes(32);
  const stored = await fill(superuser, masterKey, options.cases);
  const reads = options.only.filter((operation) => operation.startsWith('R')).length;
  const rounds = options.rounds + WARM_UP_ROUNDS;
  if (options.only.includes('W2') && rounds * options.requests > stored.ownCommitments.length) {
    throw new Error(`There are ${stored.ownCommitments.length} commitments to report: fewer --rounds or --requests`);
  }
  const looks = Math.max(1, reads * rounds * options.requests);
  const session = (staffId: string, count: number): Promise<string[]> => signIn(superuser, stored.organisationId, staffId, count);
  const tokens: Tokens = {
    reading: await session(stored.facilitatorId, looks),
    facilitator: (await session(stored.facilitatorId, 1))[0]!,
    referrer: (await session(stored.referrerId, 1))[0]!,
  };
  const [leadToken] = await session(stored.leadId, 1);
  await superuser.query('create table bench_commits (one integer)');
  await superuser.query('vacuum analyze people_sessions');
  const { rows } = await superuser.query<{ server_version: string }>('show server_version');

  tell('starting service, floor and loader …');
  const env = { DATABASE_URL: database.appUrl, MASTER_KEY: masterKey.toString('base64') };
  const service = await startService(env, home, options.profile);
  undo.push(service.stop);
  const { plainOrganisationId: organisationId, facilitatorId, referrerId } = stored;
  const floor = await startFloor({ databaseUrl: superuserUrl, organisationId, facilitatorId, referrerId });
  undo.push(floor.stop);
  const loader = startLoader();
  undo.push(loader.stop);
  const serverPid = Number(readFileSync(join(home, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  const { appUrl, clerkUrl } = database;
  return {
    stored,
    tokens,
    leadToken: leadToken!,
    service,
    floor,
    loader,
    serverPid,
    appUrl,
    clerkUrl,
    home,
    masterKey: masterKey.toString('base64'),
    superuser,
    superuserUrl,
    version: rows[0]!.server_version,
  };
}

async function ask(
  { loader, serverPid }: Stage,
  server: Server,
  operation: Operation,
  made: ReturnType<Calls['of']>,
): Promise<Turn & { sample: string }> {
  const cpu = (): [number | null, number | null] => [processorMs(server.pid), processorMs(serverPid, { withChildren: true })];
  const before = cpu();
  const { ms, sample } = answered(operation, await loader.run({ port: server.port, concurrency: options.concurrency, calls: made }));
  const after = cpu();
  const [webCpuMs, databaseCpuMs] = after.map((value, i) => (value === null ? null : value - before[i]!)) as [number | null, number | null];
  return { ms, webCpuMs, databaseCpuMs, sample };
}

async function perSecond({ loader, superuserUrl }: Stage, statement: string, times: number): Promise<number> {
  const { ms } = await loader.run({ databaseUrl: superuserUrl, concurrency: options.concurrency, statement, times });
  return times / (ms / 1000);
}

function answered(operation: Operation | typeof AUDIT, loaded: Loaded): Loaded {
  if (loaded.failures.length > 0) throw new Error(`${operation} was refused:\n${loaded.failures.join('\n')}`);
  return loaded;
}

function listCases({ tokens, leadToken, stored }: Stage): ListCase[] {
  const deep = stored.ownCases[39 * 25 - 1]!;
  return [
    { title: 'facilitator, page 1', token: tokens.facilitator, lead: false, after: null },
    { title: 'facilitator, page 40', token: tokens.facilitator, lead: false, after: deep },
    { title: 'lead, page 1', token: leadToken, lead: true, after: null },
    { title: 'lead, deep page', token: leadToken, lead: true, after: deep },
  ];
}

function resultsOf(
  stage: Stage,
  measured: Map<Operation, Round[]>,
  audit: AuditCost | null,
  { statements, commits }: { statements: number[]; commits: number[] },
  plans: string[],
): Results {
  const [first, deep] = [measured.get('R2 page 1'), measured.get('R2 page 40')];
  const packages = ['@nestjs/core', 'fastify', 'typeorm', 'pg'].map((name) => [name, versionOf(name)]);
  return {
    at: new Date().toISOString(),
    cases: options.cases,
    ownCases: OWN_CASES,
    rounds: options.rounds,
    requests: options.requests,
    concurrency: options.concurrency,
    versions: { PostgreSQL: stage.version, Node: process.versions.node, ...Object.fromEntries(packages) },
    machine: { processors: cpus().length, model: cpus()[0]?.model.trim() ?? '', load: loadavg() },
    operations: Object.fromEntries([...measured].map(([name, rounds]) => [name, figuresOf(name, rounds, options.requests)])),
    deepPage: first && deep ? { ratio: spreadOf(deep.map(({ service }, i) => service.ms / first[i]!.service.ms)), target: DEEP_PAGE_TARGET } : null,
    audit,
    limits: [
      { title: 'PostgreSQL alone, named `select 1`', perSecond: spreadOf(statements) },
      { title: 'PostgreSQL alone, commits of one row', perSecond: spreadOf(commits) },
    ],
    plans,
  };
}

/** The embedded server's superuser, of this run's own folder. */
function superuserOf(home: string, ownerUrl: string): string {
  const { superuser } = JSON.parse(readFileSync(join(home, 'database.json'), 'utf8')) as { superuser: string };
  return Object.assign(new URL(ownerUrl), { username: 'postgres', password: superuser }).href;
}

function versionOf(name: string): string {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

interface Options {
  cases: number;
  rounds: number;
  requests: number;
  concurrency: number;
  only: Operation[];
  audit: boolean;
  sending: SendingName[];
  messages: number;
  profile: string | undefined;
  out: string;
}

function read(): Options {
  const text = { type: 'string' } as const;
  try {
    const { values } = parseArgs({
      options: { quick: { type: 'boolean' }, cases: text, rounds: text, requests: text, concurrency: text, only: text, messages: text, profile: text, out: text },
    });
    const number = (given: string | undefined, usual: number, least: number): number => {
      const value = given === undefined ? usual : Number(given);
      if (!Number.isInteger(value) || value < least) throw new Error(`${given} is not a whole number of at least ${least}`);
      return value;
    };
    const only = values.only?.split(',').map((name) => name.trim()) ?? [...OPERATION_NAMES, AUDIT, ...SENDING_NAMES];
    const isSending = (name: string): name is SendingName => (SENDING_NAMES as readonly string[]).includes(name);
    const unknown = only.find((name) => name !== AUDIT && !isSending(name) && !OPERATION_NAMES.includes(name as Operation));
    if (unknown !== undefined) throw new Error(`There is no operation ${unknown}`);
    return {
      cases: number(values.cases, values.quick ? 2500 : 10_000, 2500),
      rounds: number(values.rounds, values.quick ? 3 : 11, 1),
      requests: number(values.requests, values.quick ? 100 : 300, 1),
      concurrency: number(values.concurrency, 8, 1),
      only: only.filter((name): name is Operation => name !== AUDIT && !isSending(name)),
      audit: only.includes(AUDIT),
      sending: only.filter(isSending),
      messages: number(values.messages, values.quick ? 300 : 5000, 20),
      profile: values.profile && resolve(values.profile),
      out: resolve(values.out ?? join(tmpdir(), 'netwerkberaad-bench.json')),
    };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(1);
  }
}

function tell(what: string): void {
  if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${what}`);
  else console.log(what);
}
