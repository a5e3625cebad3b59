import { startApp, type Caller, type TestApp } from './support/app.js';
import { ROWS, setStage, type Row, type Stage } from './support/bad-input-stage.js';
import { badFields, Bodies, faultsOf, NOWHERE, pointsAt, short, withValue, type Document } from './support/bad-input.js';
import { RawHttp, TableDigests, type Answer, type Wire } from './support/raw-http.js';

/** One bad request: what is sent, what must come back. */
interface Case {
  what: string;
  wire: Wire;
  status: readonly number[];
  pointer?: string;
  code?: string;
}

const ROUTES = Object.keys(ROWS);
const WITH_BODY = ROUTES.filter((route) => !route.startsWith('DELETE') && !route.endsWith('/plans'));
const POSTS = ROUTES.filter((route) => route.startsWith('POST') && !route.endsWith('sessions'));

let test: TestApp;
let http: RawHttp;
let digests: TableDigests;
let bodies: Bodies;
let quiet: Stage;
let acting: Stage;
let elsewhere: Caller;

beforeAll(async () => {
  test = await startApp();
  http = await RawHttp.to(test);
  digests = await TableDigests.of(test);
  bodies = new Bodies((await http.ask({ method: 'GET', path: '/v1/openapi.json' })).body as Document);
  quiet = await setStage(test);
  acting = await setStage(test);
  elsewhere = await (await test.otherOrganisation('zuid')).staff('Zoë', 'facilitator', 'lead', 'referrer', 'admin');
}, 60_000);
afterAll(async () => {
  http.close();
  await digests.end();
  await test.stop();
});

const rowOf = (route: string, stage: Stage): Row => ROWS[route]!(stage);

/** The valid request of a row, as it goes over the wire, with changes. */
function wireOf(route: string, row: Row, changes: Partial<Wire> & { json?: unknown } = {}): Wire {
  const { json = row.body, ...rest } = changes;
  return {
    method: route.split(' ')[0]!,
    path: row.path,
    token: row.who.token,
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...rest,
    headers: { ...(row.ifMatch === 'needed' ? { 'If-Match': '*' } : {}), ...rest.headers },
  };
}

/** What nobody may read in a refusal. */
const CANARIES = ['Sanne', 'Bakker', 'Yıldız', '@example.org', '0612345678', 'Buurthuis', 'een lang wachtwoord'];

/** Sends them all and gives what is wrong with the answers, and which tables changed. */
async function refused(cases: Case[]): Promise<string[]> {
  const before = await digests.lines();
  const answers = await Promise.all(cases.map(({ wire }) => http.ask(wire)));
  const faults = cases.flatMap(({ what, ...expected }, i) => faultsIn(answers[i]!, expected).map((fault) => `${what}: ${fault}`));
  const after = await digests.lines();
  return [...faults, ...after.filter((line, i) => line !== before[i]).map((line) => `changed: ${line.split(' ')[0]}`)];
}

function faultsIn(answer: Answer, { status, pointer, code }: Omit<Case, 'what'>): string[] {
  if (!status.includes(answer.status)) return [`${answer.status} in place of ${status.join(' or ')}: ${answer.text.slice(0, 200)}`];
  const faults = faultsOf(answer, CANARIES);
  if (pointer !== undefined && !pointsAt(answer, pointer)) faults.push(`does not point at ${pointer}: ${short((answer.body as { errors?: unknown }).errors)}`);
  if (code !== undefined && !answer.text.includes(`/problems/${code}"`)) faults.push(`is not ${code}: ${answer.text.slice(0, 80)}`);
  return faults;
}

it('has a valid request for every route that changes something', () => {
  expect([...bodies.routes].sort()).toEqual([...ROUTES].sort());
  expect(ROUTES.filter((route) => bodies.schemaOf(route)).sort()).toEqual([...WITH_BODY].sort());
});

it.each(WITH_BODY)('%s refuses every wrong value in every field', async (route) => {
  const row = rowOf(route, quiet);
  const fields = bodies.fields(bodies.schemaOf(route)!, row.body!);
  expect(fields.length).toBeGreaterThan(0);
  const cases = fields.flatMap((field) =>
    badFields(row.body!, field).map(({ pointer, body, what }): Case => {
      return { what: `${pointer} ${what}`, wire: wireOf(route, row, { json: body }), status: [400], pointer };
    }),
  );
  expect(await refused(cases)).toEqual([]);
});

it.each(WITH_BODY)('%s refuses what is no body of it', async (route) => {
  const row = rowOf(route, quiet);
  const valid = JSON.stringify(row.body);
  const sent = (what: string, body: string | Buffer, status = 400, headers = {}): Case => {
    return { what, wire: wireOf(route, row, { body, headers }), status: [status] };
  };
  const objects = bodies.fields(bodies.schemaOf(route)!, row.body!).filter(({ schema, value }) => schema.properties && value);
  const unknown = ['', ...objects.map(({ pointer }) => pointer)].flatMap((above) =>
    ['onzin', 'tenantId', 'a/b~c', 'constructor', 'toString', ''].map((name): Case => {
      const pointer = `${above}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const at = above === '' ? row.body : above.split('/').slice(1).reduce((value, part) => (value as Record<string, unknown>)[part], row.body as unknown);
      const json = withValue(row.body, above, { ...(at as object), [name]: 'x' });
      return { what: `unknown ${pointer}`, wire: wireOf(route, row, { json }), status: [400], pointer };
    }),
  );
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const cases = [
    ...unknown,
    ...['[]', `[${valid}]`, '"onzin"', '42', 'true', 'null', 'onzin', '{', `${valid}}`, '{"a":1,}', "{'a':1}", '', '\u0000', '\ufeff{'].map((body) => sent(`body ${body.slice(0, 20)}`, body)),
    sent('__proto__', `{"__proto__":{"admin":true},${valid.slice(1)}`),
    sent('constructor', `{"constructor":{"prototype":{"admin":true}},${valid.slice(1)}`),
    sent('deep list', deep),
    sent('deep field', `{"onzin":${deep},${valid.slice(1)}`),
    sent('deep field with a key', `{"onzin":${deep},${valid.slice(1)}`, 400, { 'Idempotency-Key': 'deep' }),
    sent('300 kB', `{"onzin":"${'a'.repeat(300_000)}",${valid.slice(1)}`, 413),
    sent('text', valid, 415, { 'Content-Type': 'text/plain' }),
    sent('form', 'onzin=1', 415, { 'Content-Type': 'application/x-www-form-urlencoded' }),
    sent('xml', '<a/>', 415, { 'Content-Type': 'application/xml' }),
    sent('no type', valid, 415, { 'Content-Type': '' }),
  ];
  expect(await refused(cases)).toEqual([]);
});

it.each(ROUTES)('%s refuses what is wrong around the body', async (route) => {
  const row = rowOf(route, quiet);
  const wire = (changes: Partial<Wire>): Wire => wireOf(route, row, changes);
  const cases: Case[] = [
    { what: 'unknown query key', wire: wire({ path: `${row.path}?onzin=1` }), status: [400], pointer: '/onzin' },
    { what: 'unknown query key', wire: wire({ path: `${row.path}?__proto__[a]=1` }), status: [400] },
    { what: 'XML asked for', wire: wire({ headers: { Accept: 'application/xml' } }), status: [406], code: 'not-acceptable' },
  ];
  const ids = row.path.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
  for (const id of ids) {
    for (const other of ['geen-id', '1', `${id}0`, id.replace(/.$/, 'g'), '%00', "'%20or%201=1", NOWHERE, '00000000-0000-0000-0000-000000000000', 'a'.repeat(190)]) {
      cases.push({ what: `path with ${other.slice(0, 40)}`, wire: wire({ path: row.path.replace(id, other) }), status: [404], code: 'not-found' });
    }
  }
  if (ids.length > 0) cases.push({ what: 'from another organisation', wire: wire({ token: elsewhere.token }), status: [404], code: 'not-found' });
  if (row.ifMatch === 'needed') cases.push({ what: 'no If-Match', wire: { ...wire({}), headers: {} }, status: [428], code: 'if-match-required' });
  if (row.ifMatch) {
    for (const tag of ['onzin', '"onzin"', '"999999"', '"99999999999999999999"', '1', 'W/"x"', '""', '"-1"', '"1e3"']) {
      cases.push({ what: `If-Match ${tag}`, wire: wire({ headers: { 'If-Match': tag } }), status: [412], code: 'stale-version' });
    }
  }
  if (POSTS.includes(route)) {
    for (const key of ['a'.repeat(256), 'met spatie', 'é', '']) {
      const what = `Idempotency-Key ${key.slice(0, 20)}`;
      cases.push({ what, wire: wire({ headers: { 'Idempotency-Key': key } }), status: [400], code: 'idempotency-key-invalid' });
    }
  }
  if (row.body && !row.secret) cases.push(...foreignIds(route, row));
  expect(await refused(cases)).toEqual([]);
});

/** Ids of nothing, and of a person in another case. `id` itself is the client's own to choose. */
function foreignIds(route: string, row: Row): Case[] {
  const fields = bodies.fields(bodies.schemaOf(route)!, row.body!);
  const ids = fields.filter(({ pointer, schema }) => schema.format === 'uuid' && !pointer.endsWith('/id'));
  return ids.flatMap(({ pointer }) =>
    [NOWHERE, acting.cases.stop.members.Ada!.id].map((id): Case => {
      return { what: `${pointer} of elsewhere`, wire: wireOf(route, row, { json: withValue(row.body, pointer, id) }), status: [400], pointer };
    }),
  );
}

it.each(POSTS)('%s with a key is done once, and the second time without it says why not', async (route) => {
  const row = rowOf(route, acting);
  const headers = { 'Idempotency-Key': `sleutel-${route.replaceAll(' ', '-')}` };
  const [first, twin] = await Promise.all([http.ask(wireOf(route, row, { headers })), http.ask(wireOf(route, row, { headers }))]);
  const said = ({ status, body, headers: { etag, location } }: Answer): object => ({ status, body, etag, location });
  expect(first.text).toBe(twin.text);
  expect(first.status).toBe(row.status);
  const before = await digests.lines();
  expect(said(await http.ask(wireOf(route, row, { headers })))).toEqual(said(first));
  const other = await http.ask(wireOf(route, row, { headers, path: row.path, json: otherBody(route, row) }));
  expect(faultsIn(other, { wire: wireOf(route, row), status: [409], code: 'idempotency-key-reused' })).toEqual([]);
  expect(await digests.lines()).toEqual(before);
  const again = await http.ask(wireOf(route, row));
  expect({ status: again.status, body: again.status === row.again ? undefined : again.body }).toEqual({ status: row.again, body: undefined });
  if (row.again < 400) return;
  expect(faultsOf(again, CANARIES)).toEqual([]);
  expect(await digests.lines()).toEqual(before);
});

/** Another valid body: without an optional field, or with another choice. */
function otherBody(route: string, row: Row): unknown {
  if (!row.body) return {};
  if (row.secret) return Object.fromEntries(Object.entries(row.body).map(([name, value]) => [name, anotherToken(String(value))]));
  const fields = bodies.fields(bodies.schemaOf(route)!, row.body);
  const left = fields.find(({ required, value, pointer }) => !required && value !== undefined && pointer.lastIndexOf('/') === 0);
  if (left) return { ...row.body, [left.pointer.slice(1)]: undefined };
  const choice = fields.find(({ schema }) => schema.enum);
  if (choice) return withValue(row.body, choice.pointer, choice.schema.enum!.find((one) => one !== choice.value));
  return { ...row.body, slotId: NOWHERE };
}

const anotherToken = (token: string): string => token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
