import { startApp, type TestApp } from './support/app.js';
import { CANARIES, rowOf, ROWS, setStage, wireOf, type Row, type Stage } from './support/bad-input-stage.js';
import {
  Bodies, faultsOf, hostileWords, NOWHERE, textsIn, withValue, wordsOf, type Document, type Field,
} from './support/bad-input.js';
import { calendarOf, mailbox } from './support/mailbox.js';
import { RawHttp, TableDigests, type Answer, type Wire } from './support/raw-http.js';
import { aReferral } from './support/stories.js';

const ROUTES = Object.keys(ROWS).filter((route) => !route.endsWith('sessions'));
/**
 * Before anybody is known there is nobody whose key it could be; who delivers messages may say a thing twice; and the stage has
 * no objection to talk over and no text for a director, so that nothing is done there.
 */
const KEYLESS = /\/(password-resets|delivery-reports\/\w+|objection-talk|director-mail-answers)$/;
const POSTS = ROUTES.filter((route) => route.startsWith('POST') && !KEYLESS.test(route));
const OTHERS = ROUTES.filter((route) => !route.startsWith('POST'));

/** Their answer says nothing of what was told: it is read elsewhere. */
const TELLS_NOTHING = [
  'stop', 'closure', 'reopening', 'safety-check', 'not-held', 'unreachable', 'confirmation', 'approval', 'refusal', 'removal', 'handover', 'disabling', 'decision', 'contributions/{id}/answer', '/erasure-requests',
];

/** Refused because it is so already, in no state that would allow something else. */
const AS_IT_IS = [
  'draft-unchanged', 'restriction-stands', 'release-stands', 'erasure-asked', 'same-facilitator', 'address-in-use', 'code-ended', 'too-many', 'invited-today', 'moment-not-possible',
];

let test: TestApp;
let http: RawHttp;
let digests: TableDigests;
let bodies: Bodies;
let stage: Stage;

beforeAll(async () => {
  test = await startApp();
  http = await RawHttp.to(test);
  digests = await TableDigests.of(test);
  bodies = new Bodies((await http.ask({ method: 'GET', path: '/v1/openapi.json' })).body as Document);
  stage = await setStage(test);
}, 60_000);
afterAll(async () => {
  http.close();
  await digests.end();
  await test.stop();
});

const fieldsOf = (route: string, { body }: Row): Field[] => (body ? bodies.fields(bodies.schemaOf(route)!, body) : []);

/** The row with the longest and most hostile words that its fields take. */
function hostile(route: string): Row {
  const row = rowOf(route, stage);
  if (row.secret || !row.body) return row;
  const words = fieldsOf(route, row).filter((field) => wordsOf(field) !== null);
  const body = words.reduce<unknown>((all, field) => withValue(all, field.pointer, hostileWords(field)), row.body);
  return { ...row, body: body as Record<string, unknown> };
}

/** The tag of what a row is about, as it stands. */
async function tagOf(route: string, { path, tag, who }: Row): Promise<string> {
  if (tag?.startsWith('"')) return tag;
  const own = bodies.reads.includes(route.split(' ')[1]!) ? path : path.slice(0, path.lastIndexOf('/'));
  const tagAt = async (at: string): Promise<string | undefined> => (await http.ask({ method: 'GET', path: at, token: who.token })).headers.etag;
  // A list has no tag of its own: what it belongs to has.
  return (await tagAt(tag ?? own)) ?? (await tagAt(path.slice(0, path.lastIndexOf('/'))))!;
}

/** Everything hostile that was said so far: an answer may hold what another route kept. */
const everSaid = new Set<string>();

/** What was sent in one's own words and came back otherwise, or not at all. */
function changedWords(route: string, row: Row, answer: Answer): string[] {
  const fields = row.secret ? [] : fieldsOf(route, row).filter((field) => wordsOf(field) !== null);
  const words = fields.map(({ value }) => value as string);
  for (const word of words) everSaid.add(word);
  const told = textsIn(answer.body).filter((text) => text.includes("=cmd|'"));
  const mute = TELLS_NOTHING.some((word) => route.endsWith(word));
  const missing = words.length > 0 && !mute && !words.some((word) => told.includes(word));
  return [...(missing ? ['nothing came back'] : []), ...told.filter((text) => !everSaid.has(text))];
}

it.each(POSTS)('%s is done once with a key, and keeps what was said to the letter', async (route) => {
  const row = hostile(route);
  const key = { 'Idempotency-Key': `sleutel-${route.replaceAll(' ', '-')}` };
  const headers = row.ifMatch ? { ...key, 'If-Match': await tagOf(route, row) } : key;
  const ask = (changes: Partial<Wire> & { json?: unknown }): Promise<Answer> => http.ask(wireOf(route, row, changes));
  const said = ({ status, body, headers: { etag, location } }: Answer): object => ({ status, body, etag, location });
  const [first, twin] = await Promise.all([ask({ headers }), ask({ headers })]);
  expect(said(first)).toEqual({ ...said(twin), status: row.gives[0] });
  expect(changedWords(route, row, first)).toEqual([]);

  const before = await digests.lines();
  expect(said(await ask({ headers }))).toEqual(said(first));
  const other = await readable(otherBodies(route, row), (json) => ask({ headers, json }));
  expect({ status: other.status, code: codeOf(other), faults: faultsOf(other, CANARIES) }).toEqual({
    status: 409,
    code: 'idempotency-key-reused',
    faults: [],
  });
  expect(await digests.lines()).toEqual(before);

  const again = await ask({});
  expect(again).toMatchObject({ status: row.gives[1] });
  if (row.gives[1] < 400) return;
  expect(faultsOf(again, CANARIES)).toEqual([]);
  const stands = { state: expect.any(String) as string, allowed: expect.any(Array) as string[] };
  if (again.status === 409 && !AS_IT_IS.includes(String(codeOf(again)))) expect(again.body).toMatchObject(stands);
  expect(await digests.lines()).toEqual(before);
});

it.each(OTHERS)('%s is done on the version that was read, and keeps what was said to the letter', async (route) => {
  const row = hostile(route);
  const headers: Record<string, string> = row.ifMatch ? { 'If-Match': await tagOf(route, row) } : {};
  const first = await http.ask(wireOf(route, row, { headers }));
  expect(first).toMatchObject({ status: row.gives[0] });
  expect(changedWords(route, row, first)).toEqual([]);
  const before = await digests.lines();
  const again = await http.ask(wireOf(route, row, { headers }));
  expect(again).toMatchObject({ status: row.ifMatch && row.gives[1] !== 404 ? 412 : row.gives[1] });
  if (again.status < 400) return;
  expect(faultsOf(again, CANARIES)).toEqual([]);
  expect(await digests.lines()).toEqual(before);
});

const codeOf = ({ body }: Answer): string | undefined => (body as { type?: string } | undefined)?.type?.split('/').at(-1);

/** Other bodies, of which one at least is valid: without an optional field, with another choice, with another word. Words first: a limit counts per address. */
function otherBodies(route: string, row: Row): unknown[] {
  if (!row.body) return [{}];
  if (row.body.token) return [{ token: anotherToken(String(row.body.token)) }];
  const fields = fieldsOf(route, row);
  const left = fields.filter(({ required, value, pointer }) => !required && value !== undefined && pointer.lastIndexOf('/') === 0);
  const choices = fields.filter(({ schema }) => schema.enum);
  const flags = fields.filter(({ value }) => typeof value === 'boolean');
  const words = fields.filter(({ schema, value }) => schema.type === 'string' && typeof value === 'string' && !schema.enum);
  return [
    ...choices.map(({ pointer, schema, value }) => withValue(row.body, pointer, schema.enum!.find((one) => one !== value))),
    ...words.flatMap(({ pointer }) =>
      ['Iets anders', 'iemand.anders@example.org', '654321', '2027-02-01'].map((other) => withValue(row.body, pointer, other)),
    ),
    ...left.map(({ pointer }) => ({ ...row.body, [pointer.slice(1)]: undefined })),
    ...flags.map(({ pointer, value }) => withValue(row.body, pointer, !value)),
    { ...row.body, slotId: NOWHERE },
  ];
}

/** What the first of them that can be read answers. */
async function readable(bodies: unknown[], ask: (json: unknown) => Promise<Answer>): Promise<Answer> {
  const [json, ...rest] = bodies;
  const answer = await ask(json);
  return answer.status === 400 && rest.length > 0 ? readable(rest, ask) : answer;
}

const anotherToken = (token: string): string => token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');

it('puts nothing of what people write into the form of a mail', async () => {
  const facilitator = await test.staff('Noor <script>alert(1)</script>', 'facilitator');
  const words = (pointer: string, maxLength: number): string =>
    hostileWords({ pointer, value: 'Ria', required: true, schema: { type: 'string', maxLength } });
  const name = words('/name', 200);
  const person = { name, firstName: name };
  const referral = aReferral({
    resident: { ...person, email: 'sanne.hostile@example.org' },
    referrer: { name, organisation: name, email: 'referrer.hostile@example.org' },
    question: words('/question', 4000),
    circle: [
      { ...person, relation: 'parent', email: 'ria.hostile@example.org' },
      { ...person, relation: 'friend', phone: '0612345670' },
    ],
  });
  const post = async <T>(path: string, body: object): Promise<T> => {
    const answer = await http.ask({ method: 'POST', path, token: facilitator.token, body: JSON.stringify(body) });
    expect({ path, status: answer.status, text: answer.status < 300 ? '' : answer.text }).toMatchObject({ text: '' });
    return answer.body as T;
  };
  const { id } = await post<{ id: string }>('/v1/referrals', referral);
  const acceptance = { facilitatorId: facilitator.id };
  const opened = await post<{ id: string; circle: { id: string }[] }>(`/v1/referrals/${id}/acceptance`, acceptance);
  for (const member of opened.circle.slice(1)) {
    await post(`/v1/circle-members/${member.id}/approval`, { how: words('/how', 200) });
  }
  await post(`/v1/cases/${opened.id}/invitations`, {});
  const place = { type: 'home', address: words('/address', 500), url: 'https://video.example/%0d%0a"<b>' };
  const slots = [{ startsAt: '2026-12-10T13:00:00Z', endsAt: '2026-12-10T15:00:00Z' }];
  await post(`/v1/cases/${opened.id}/meetings`, { place, slots });
  await test.deliver();
  await post(`/v1/cases/${opened.id}/stop`, { reason: 'other', remark: words('/remark', 4000) });
  await test.deliver();

  const mails = (await mailbox(test.app)).filter(({ to }) => to.includes('hostile'));
  expect(mails.length).toBeGreaterThan(4);
  for (const mail of mails) {
    expect(mail.to).toMatch(/^[a-z.]+@example\.org$/);
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(`${mail.subject} ${mail.text} ${mail.html}`).not.toContain('\u202e');
    expect(mail.html).not.toMatch(/<b onclick|<script|<img src=x|<!--(?! )/);
    const hasCalendar = mail.attachments.some(({ contentType }) => contentType.startsWith('text/calendar'));
    if (hasCalendar) expect(strangeLines(calendarOf(mail))).toEqual([]);
  }
});

/** Lines of a calendar that are longer than they may be, or are no property. */
function strangeLines(calendar: string): string[] {
  const lines = calendar.split('\r\n').slice(0, -1);
  const isProperty = (line: string): boolean => /^( |BEGIN:|END:|[A-Z-]+[;:])/.test(line) && !/^(BCC|ATTACH|X-KWAAD)/i.test(line);
  return lines.filter((line) => Buffer.byteLength(line) > 75 || /[\r\n]/.test(line) || !isProperty(line));
}
