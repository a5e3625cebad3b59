import { startApp, type Caller, type TestApp } from './support/app.js';
import { READS } from './support/bad-input-reads.js';
import { CANARIES, rowOf, ROWS, setStage, wireOf, type Row, type Stage } from './support/bad-input-stage.js';
import {
  badFields, Bodies, edges, faultsOf, NOWHERE, pointsAt, short, withValue, type Document,
} from './support/bad-input.js';
import { RawHttp, TableDigests, withoutKeeping, type Answer, type Wire } from './support/raw-http.js';

/** One bad request: what is sent, what must come back. */
interface Case {
  what: string;
  wire: Wire;
  status: readonly number[];
  pointer?: string;
  code?: string;
}

const ROUTES = Object.keys(ROWS);
const WITHOUT_BODY = /^DELETE|\/(plans|acknowledgement|enabling|phone-verification|lost-phone|retry)$|\/calendar-feeds|\/staff\/\{id\}\/invitations$/;
const WITHOUT_KEY = /(sessions|password-resets)$/;
const WITH_BODY = ROUTES.filter((route) => !WITHOUT_BODY.test(route));
const POSTS = ROUTES.filter((route) => route.startsWith('POST') && !WITHOUT_KEY.test(route));

let test: TestApp;
let http: RawHttp;
let digests: TableDigests;
let bodies: Bodies;
let quiet: Stage;
let elsewhere: Caller;
let colleague: Caller;

beforeAll(async () => {
  test = await startApp();
  http = await RawHttp.to(test);
  digests = await TableDigests.of(test);
  bodies = new Bodies((await http.ask({ method: 'GET', path: '/v1/openapi.json' })).body as Document);
  quiet = await setStage(test);
  colleague = await test.staff('Kees', 'facilitator');
  elsewhere = await (await test.otherOrganisation('zuid')).staff('Zoë', 'facilitator', 'lead', 'referrer', 'admin');
}, 60_000);
afterAll(async () => {
  http.close();
  await digests.end();
  await test.stop();
});

/** Sends them all and gives what is wrong with the answers, and which tables changed. */
async function refused(cases: Case[]): Promise<string[]> {
  const before = await digests.lines();
  const answers = await Promise.all(cases.map(({ wire }) => http.ask(wire)));
  const faults = cases.flatMap(({ what, ...expected }, i) => faultsIn(answers[i]!, expected).map((fault) => `${what}: ${fault}`));
  const after = await digests.lines();
  return [...faults, ...after.filter((line, i) => line !== before[i]).map((line) => `changed: ${line.split(' ')[0]}`)];
}

function faultsIn(answer: Answer, { status, pointer, code }: Omit<Case, 'what' | 'wire'>): string[] {
  const expected = status.join(' or ');
  if (!status.includes(answer.status)) return [`${answer.status} in place of ${expected}: ${answer.text.slice(0, 200)}`];
  const faults = faultsOf(answer, CANARIES);
  const { errors } = answer.body as { errors?: unknown };
  if (pointer !== undefined && !pointsAt(answer, pointer)) faults.push(`does not point at ${pointer}: ${short(errors)}`);
  if (code && !answer.text.includes(`/problems/${code}"`)) faults.push(`is not ${code}: ${answer.text.slice(0, 80)}`);
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
  const cases = badFields(row.body!, fields).map(({ pointer, value, body }): Case => {
    return { what: `${pointer} ${short(value)}`, wire: wireOf(route, row, { json: body }), status: [400], pointer };
  });
  expect(await refused(cases)).toEqual([]);
});

/** Whose, where it stands and who decides is never a field, except where the document says so. */
const NEVER_WRITTEN = ['organisationId', 'state', 'roles', 'facilitatorId', 'version', 'isMainPerson'];

const NO_BODIES = ['[]', '"onzin"', '42', 'true', 'null', 'onzin', '{', '{"a":1,}', "{'a':1}", '\u0000', '\ufeff{'];

it.each(WITH_BODY)('%s refuses what is no body of it', async (route) => {
  const row = rowOf(route, quiet);
  const valid = JSON.stringify(row.body);
  const sent = (what: string, body: string | Buffer, status = 400, headers = {}): Case => {
    return { what, wire: wireOf(route, row, { body, headers }), status: [status] };
  };
  const objects = bodies.fields(bodies.schemaOf(route)!, row.body!).filter(({ schema, value }) => schema.properties && value);
  const unknown = [{ pointer: '', value: row.body, schema: bodies.schemaOf(route)! }, ...objects].flatMap((above) =>
    ['onzin', 'tenantId', ...NEVER_WRITTEN.filter((name) => !(name in (above.schema.properties ?? {}))), 'a/b~c', 'constructor', 'toString', ''].map((name): Case => {
      const pointer = `${above.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      const json = withValue(row.body, above.pointer, { ...(above.value as object), [name]: 'x' });
      return { what: `unknown ${pointer}`, wire: wireOf(route, row, { json }), status: [400], pointer };
    }),
  );
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
  const cases = [
    ...unknown,
    ...[...NO_BODIES, `[${valid}]`, `${valid}}`].map((body) => sent(`body ${body.slice(0, 20)}`, body)),
    // Who always says JSON, also when there is nothing to tell, sends an empty body: no body.
    ...(bodies.schemaOf(route)!.required ? [sent('nothing', '')] : []),
    sent('__proto__', `{"__proto__":{"admin":true},${valid.slice(1)}`),
    sent('constructor', `{"constructor":{"prototype":{"admin":true}},${valid.slice(1)}`),
    sent('deep list', deep),
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
    ...strangeIds(row.path, wire, NEVER_OF_STAFF.includes(route)),
  ];
  const { token } = row.who;
  for (const authorization of token ? ['Bearer', 'Bearer onzin', `Bearer ${token}x`, `Basic ${token}`, token] : []) {
    const wrong = wire({ token: '', headers: { Authorization: authorization } });
    cases.push({ what: authorization.slice(0, 12), wire: wrong, status: [401], code: 'unauthenticated' });
  }
  if (row.ifMatch === 'needed') {
    cases.push({ what: 'no If-Match', wire: { ...wire({}), headers: {} }, status: [428], code: 'if-match-required' });
  }
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

/** Nobody with an account has these, whatever the case. */
const NEVER_OF_STAFF = ['POST /v1/safety-conditions/{id}/test', 'POST /v1/cases/{id}/marks'];

/** Ids in the path that are none, of nothing, and of another organisation. */
function strangeIds(path: string, wire: (changes: Partial<Wire>) => Wire, neverOfStaff = false): Case[] {
  const ids = path.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
  const absent = (what: string, changes: Partial<Wire>): Case => {
    return { what, wire: wire(changes), status: [404], code: 'not-found' };
  };
  const others = ids.flatMap((id) =>
    ['geen-id', '1', `${id}0`, id.replace(/.$/, 'g'), '%00', "'%20or%201=1", NOWHERE, 'a'.repeat(190)].map((other) =>
      absent(`path with ${other.slice(0, 40)}`, { path: path.replace(id, other) }),
    ),
  );
  if (ids.length === 0) return [];
  if (neverOfStaff) return [...others, { what: 'of a colleague', wire: wire({ token: colleague.token }), status: [403], code: 'forbidden' }];
  // Referrals that are open belong to all facilitators, and some things to none.
  if (!/\/referrals\/|\/retention-runs\/|\/legal-hold|\/staff\/|\/erasure-requests\/|\/public-places\//.test(path)) others.push(absent('of a colleague', { token: colleague.token }));
  return [...others, absent('of another organisation', { token: elsewhere.token })];
}

it('does not know tokens of nowhere, with a key or without', async () => {
  const token = `${NOWHERE}.${'A'.repeat(43)}`;
  const post = (path: string, body: object, headers = {}): Wire => ({ method: 'POST', path, body: JSON.stringify(body), headers });
  const confirmation = (headers: Record<string, string>): Wire => post('/v1/referral-confirmations', { token }, headers);
  const cases: Case[] = [
    { what: 'confirmation', wire: confirmation({}), status: [404] },
    { what: 'confirmation with a key', wire: confirmation({ 'Idempotency-Key': 'a' }), status: [404] },
    { what: 'link', wire: post('/v1/participant-sessions', { linkToken: token }), status: [401], code: 'link-ended' },
    { what: 'session', wire: { method: 'GET', path: '/v1/me', token }, status: [401] },
    { what: 'session of a page in one statement', wire: { method: 'GET', path: '/v1/cases', token }, status: [401] },
  ];
  expect(await refused(cases)).toEqual([]);
});

/** Ids of nothing, and of a person in another case. `id` itself is the client's own to choose. */
function foreignIds(route: string, row: Row): Case[] {
  const fields = bodies.fields(bodies.schemaOf(route)!, row.body!);
  const ids = fields.filter(({ pointer, schema }) => schema.format === 'uuid' && !pointer.endsWith('/id'));
  return ids.flatMap(({ pointer }) =>
    [NOWHERE, quiet.cases.stop.members.Ada!.id].map((id): Case => {
      const wire = wireOf(route, row, { json: withValue(row.body, pointer, id) });
      return { what: `${pointer} of elsewhere`, wire, status: [400], pointer };
    }),
  );
}

it.each(WITH_BODY)('%s takes or refuses what is at the edge of its fields', async (route) => {
  const row = rowOf(route, quiet);
  if (row.secret) return;
  const tries = edges(row.body!, bodies.fields(bodies.schemaOf(route)!, row.body!));
  const before = await digests.lines();
  const answers = await withoutKeeping(test, () =>
    Promise.all(tries.map(({ body }) => http.ask(wireOf(route, row, { json: body })))),
  );
  const faults = answers.flatMap((answer, i) => {
    const { pointer, value } = tries[i]!;
    const found = answer.status === row.gives[0] ? [] : faultsIn(answer, { status: value === null ? [400] : [400, 403, 409] });
    return found.map((fault) => `${pointer} ${short(value)}: ${fault}`);
  });
  expect(faults).toEqual([]);
  expect(await digests.lines()).toEqual(before);
});

it('reads everything that can be read', () => {
  expect([...bodies.reads].sort()).toEqual(Object.keys(READS).sort());
});

it.each(Object.keys(READS))('GET %s refuses what it does not know', async (route) => {
  const read = READS[route]!(quiet);
  const { path, token } = typeof read === 'string' ? { path: read, token: quiet.facilitator.token } : read;
  const more = path.includes('?') ? '&' : '?';
  const wire = (changes: Partial<Wire>): Wire => ({ method: 'GET', path, token, ...changes });
  expect(await http.ask(wire({}))).toMatchObject({ status: 200 });
  const cases: Case[] = [
    { what: 'unknown query key', wire: wire({ path: `${path}${more}onzin=1` }), status: [400], pointer: '/onzin' },
    { what: 'query of objects', wire: wire({ path: `${path}${more}constructor=1` }), status: [400], pointer: '/constructor' },
    { what: 'XML asked for', wire: wire({ headers: { Accept: 'application/xml' } }), status: [406], code: 'not-acceptable' },
    // The address of a feed is the secret itself: whoever asks with it is its reader.
    ...(path.startsWith('/agenda/') ? [] : strangeIds(path, wire)),
    ...bodies.queryOf(route).flatMap((name) =>
      badQueries(name).map((query): Case => {
        return { what: query, wire: wire({ path: `${path}${more}${query}` }), status: [400], pointer: `/${name}` };
      }),
    ),
  ];
  expect(await refused(cases)).toEqual([]);
});

const cursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');
const CURSORS = [
  'onzin', '', '%00', 'a'.repeat(501),
  ...[[], {}, null, [NOWHERE, NOWHERE, NOWHERE], [{}], ['\u0000'], ["' or 1=1"], ['2026-02-30', NOWHERE, 'x'], [1e308], [1.5]].map(cursor),
];
const QUERIES: Record<string, readonly string[]> = {
  limit: ['0', '101', '-1', '1.5', 'x', '', 'NaN', '1e9', '1&limit=2', '[]'],
  after: [...CURSORS, `${cursor([NOWHERE])}&after=${cursor([NOWHERE])}`],
  from: ['2026-13', '2026-02-30', '0000-01', 'x', '', '2026-11&from=2026-12', '%00', '2027-01&to=2026-01'],
  to: ['2026-13', '2026-02-30', 'x', '', '%00'],
  dueBefore: ['2026-02-30', '0000-01-01', 'x', '', '275760-09-13'],
  priceYear: ['1899', '2201', 'x', '', '2024.5', '1e3'],
};
const ANY_QUERY = ['onzin', '', '%00', 'constructor', '__proto__', 'x&{name}=y', "'%20or%201=1"];

/** Bad values of a query key. */
const badQueries = (name: string): string[] =>
  (QUERIES[name] ?? ANY_QUERY).map((value) => `${name}=${value.replace('{name}', name)}`);
