import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Validator } from '@seriousme/openapi-schema-validator';

// Starts the built service twice as a person would (`npm start`), visits it, and stops it; with an address, only visits.
const READY_SECONDS = 120;
const REFERRAL = {
  kind: 'netwerkberaad',
  source: 'team',
  referrer: { name: 'Fatma Yıldız', organisation: 'Wijkteam Noord', email: 'f.yildiz@wijkteam.example' },
  resident: { name: 'Sanne de Wit', email: 'sanne@example.org' },
  question: 'Ik wil met mijn kinderen in dit huis blijven wonen.',
  themes: ['debt'],
  safety: { level: 'none' },
  consent: { given: true, on: '2026-11-18', how: 'conversation' },
  circle: [{ name: 'Joost Bakker', relation: 'neighbour', email: 'joost@example.org' }],
};

const [address] = process.argv.slice(2);
if (address) await visit(address);
else await startTwice();

async function startTwice() {
  const dataDir = join(mkdtempSync(join(tmpdir(), 'netwerkberaad-smoke-')), 'data');
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  try {
    await once('first start', port, dataDir, async () => {
      await visit(base);
      tour(base);
    });
    await once('second start (target: 5 s)', port, dataDir, () => signIn(base));
  } finally {
    rmSync(join(dataDir, '..'), { recursive: true, force: true });
  }
}

async function once(name, port, dataDir, during) {
  const { child, seconds } = await start(port, dataDir);
  console.log(`${name}: ready in ${seconds.toFixed(1)} s`);
  try {
    await during();
  } finally {
    await stop(child, dataDir);
  }
}

async function start(port, dataDir) {
  const began = performance.now();
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
  const child = spawn('npm', ['start', '--silent'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  const deadline = began + READY_SECONDS * 1000;
  while (child.exitCode === null && performance.now() < deadline) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (answer?.status === 200) return { child, seconds: (performance.now() - began) / 1000 };
    await pause(50);
  }
  child.kill('SIGTERM');
  throw new Error(`not ready after ${READY_SECONDS} seconds, or ended with ${child.exitCode}`);
}

async function stop(child, dataDir) {
  const began = performance.now();
  const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  child.kill('SIGTERM');
  const code = await ended;
  if (code !== 0) throw new Error(`SIGTERM ended the service with ${code} in place of 0`);
  if (existsSync(join(dataDir, 'postgres', 'postmaster.pid'))) throw new Error('PostgreSQL was left running');
  console.log(`stopped in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

async function visit(base) {
  const page = await ask(base, '/', 200);
  if (!(await page.text()).includes('<html')) throw new Error('/ is no page');
  const document = await (await ask(base, '/v1/openapi.json', 200)).json();
  const { valid, errors } = await new Validator().validate(document);
  if (!valid) throw new Error(`the OpenAPI document is not valid: ${JSON.stringify(errors).slice(0, 2000)}`);
  if (!document.openapi.startsWith('3.1')) throw new Error(`the OpenAPI document is of version ${document.openapi}`);
  const vague = vagueAnswers(document);
  if (vague.length > 0) throw new Error(`the OpenAPI document does not say what these answer: ${vague.join(', ')}`);
  console.log(`OpenAPI ${document.openapi}: ${Object.keys(document.paths).length} paths, valid`);
  const token = await signIn(base);
  const referral = await ask(base, '/v1/referrals', 201, { token, body: REFERRAL });
  await ask(base, new URL(referral.headers.get('location'), base).pathname, 200, { token });
  await ask(base, '/v1/me', 401);
}

/** The tour of the README, as it is pasted into a shell; its last answers are known. */
function tour(base) {
  const [, chapter] = readFileSync('README.md', 'utf8').split('## The main job in ten steps');
  const steps = [...chapter.split('\n## ')[0].matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1]);
  const input = ['set -eu', ...steps].join('\n').replaceAll('http://localhost:3000', base);
  const { status, stdout, stderr } = spawnSync('bash', { input, encoding: 'utf8', timeout: 120_000 });
  const expected = ['carried', 'running', 'middleCents: 892736'];
  const missing = expected.filter((answer) => !stdout.includes(answer));
  if (status !== 0 || missing.length > 0) throw new Error(`the tour of the README ends with ${status}, without ${missing}: ${stdout}${stderr}`);
  console.log(`README tour: ${steps.length} steps`);
}

/** Routes whose success is described by nothing, or by an object of which nothing is known. Only the build describes classes. */
function vagueAnswers(document) {
  const isVague = (schema) =>
    !schema || (schema.$ref ? isVague(document.components.schemas[schema.$ref.split('/').pop()]) : schema.type === 'object' && !schema.properties);
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { responses }]) =>
      Object.entries(responses)
        .filter(([status, { content }]) => status.startsWith('2') && status !== '204' && Object.values(content ?? { none: {} }).some(({ schema }) => isVague(schema)))
        .map(() => `${method.toUpperCase()} ${path}`),
    ),
  );
}

async function signIn(base) {
  const answer = await ask(base, '/v1/sessions', 201, { body: { email: 'facilitator@demo.example', password: 'demo' } });
  const { token } = await answer.json();
  await ask(base, '/v1/me', 200, { token });
  return token;
}

async function ask(base, path, status, { token, body } = {}) {
  const answer = await fetch(new URL(path, base), {
    method: body ? 'POST' : 'GET',
    headers: { ...(token && { Authorization: `Bearer ${token}` }), ...(body && { 'Content-Type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  if (answer.status !== status) throw new Error(`${path} answers ${answer.status} in place of ${status}: ${await answer.text()}`);
  return answer;
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
