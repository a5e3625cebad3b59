import { Client } from 'pg';
import { startApp, type TestApp } from './support/app.js';
import { Bodies, withValue, type Document, type Field } from './support/bad-input.js';
import { READS } from './support/bad-input-reads.js';
import { rowOf, ROWS, setStage, wireOf, type Row, type Stage } from './support/bad-input-stage.js';
import { mailbox } from './support/mailbox.js';
import { RawHttp, type Answer } from './support/raw-http.js';
import { aWholeStory, SAID, SHARED } from './support/whole-story.js';

/** Marks that stand nowhere by themselves: in a name, a story, a mail address, a telephone number. */
const WORD = 'Kanariegeel';
const MAIL = 'kanariegeel@example.org';
const PHONE = '+31699887766';
/** What people said around a plan: why it was not safe, what was in the way, why they gave something back, what they ask and offer. */
const PLAN_WORDS = [...Object.values(SAID).flatMap((words) => Object.values<string>(words)), ...Object.values(SHARED), 'Fleur Fuut', 'fuut.example', 'Stichting Fuut'];
const MARKS = [WORD, WORD.toLowerCase(), PHONE, PHONE.slice(1), '0699887766', '06 9988 7766', ...PLAN_WORDS];

/** Where a mark may stand as it was typed: names, by which people are found and called, places that are public, and the number to call in need. Everything else is sealed. */
const NAMES = [
  'circle_members.name', 'circle_members.first_name', 'cases.resident_name', 'referrals.resident_name', 'people_staff.name',
  'neighbourhood_places.name', 'neighbourhood_places.address', 'neighbourhood_rooms.name', 'meetings_duty_settings.phone',
];

let test: TestApp;
let http: RawHttp;
let bodies: Bodies;
let stage: Stage;
let log = '';
const answers: { route: string; answer: Answer }[] = [];

beforeAll(async () => {
  test = await startApp({ logLevel: 'debug' }, { log: { write: (line) => void (log += line) } });
  http = await RawHttp.to(test);
  bodies = new Bodies((await http.ask({ method: 'GET', path: '/v1/openapi.json' })).body as Document);
  stage = await setStage(test);
  for (const route of Object.keys(ROWS)) answers.push({ route, answer: await sendMarked(route, rowOf(route, stage)) });
  await test.deliver();
  await aWholeStory(test);
}, 120_000);
afterAll(async () => {
  http.close();
  await test.stop();
});

const isFree = ({ schema, value, pointer }: Field): boolean =>
  schema.type === 'string' && typeof value === 'string' && !schema.enum && (!schema.format || schema.format === 'email') &&
  !/Id$|^[0-9a-f-]{36}$/.test(pointer.split('/').at(-1)!) && !/^[0-9a-f-]{36}$/.test(value);

function marked(field: Field): string {
  if (field.schema.format === 'email' || /email$/i.test(field.pointer)) return MAIL;
  if (/phone$/i.test(field.pointer)) return PHONE;
  return `${String(field.value)} ${WORD}`;
}

/** The row's request with a mark in every text; a text that has a form of its own (a rule of repetition) keeps it. */
async function sendMarked(route: string, row: Row): Promise<Answer> {
  const schema = row.body && bodies.schemaOf(route);
  if (!schema || row.secret) return http.ask(wireOf(route, row));
  let json: unknown = row.body;
  for (const field of bodies.fields(schema, row.body!).filter(isFree)) json = withValue(json, field.pointer, marked(field));
  const first = await http.ask(wireOf(route, row, { json }));
  answers.push({ route, answer: first });
  const { errors = [] } = (first.body ?? {}) as { errors?: { pointer: string }[] };
  if (first.status !== 400 || errors.length === 0) return first;
  const all = bodies.fields(schema, row.body!);
  for (const { pointer } of errors) json = withValue(json, pointer, all.find((field) => field.pointer === pointer)?.value);
  return http.ask(wireOf(route, row, { json }));
}

const holdsMark = (text: string): boolean => MARKS.some((mark) => text.includes(mark));

it('sends marks to nearly every route, and they are taken', () => {
  const taken = answers.filter(({ answer }) => answer.status < 300).length;
  expect(taken).toBeGreaterThan(Object.keys(ROWS).length * 0.8);
});

it('keeps what people are called, say and are reached by out of the log', () => {
  expect(log.split('\n').length).toBeGreaterThan(Object.keys(ROWS).length);
  expect(log.split('\n').filter(holdsMark)).toEqual([]);
});

it('keeps it out of every problem document', () => {
  const problems = answers.filter(({ answer }) => answer.status >= 400);
  expect(problems.filter(({ answer }) => holdsMark(answer.text)).map(({ route, answer }) => `${route}: ${answer.text}`)).toEqual([]);
});

it('keeps what was said around a plan out of every message, also the one to a director', async () => {
  const all = await mailbox(test.app);
  expect(all.length).toBeGreaterThan(20);
  const said = PLAN_WORDS.filter((word) => !/uut/.test(word));
  expect(all.filter((mail) => said.some((word) => JSON.stringify(mail).includes(word))).map(({ subject }) => subject)).toEqual([]);
  // Their own name and organisation stand in what a director gets, and in nobody else's mail.
  const named = all.filter((mail) => /Fleur|Fuut/.test(mail.text));
  expect(new Set(named.map(({ to }) => to.split('@')[1]))).toEqual(new Set(['fuut.example']));
});

it('keeps it out of everything in the database but names: jobs, messages, kept answers and look-ups hold none in the open', async () => {
  const client = new Client(test.database.superuserUrl);
  await client.connect();
  const { rows } = await client.query<{ place: string; schema: string; table: string; column: string }>(
    `select format('%s.%s', table_name, column_name) as place, table_schema as schema, table_name as table, column_name as column
     from information_schema.columns join information_schema.tables using (table_schema, table_name)
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { place, schema, table, column } of rows) {
    const text = `"${column}"::text`;
    // Bytes show as their hexadecimal digits.
    const patterns = MARKS.flatMap((mark) => [`%${mark}%`, `%${Buffer.from(mark).toString('hex')}%`]);
    const hit = await client.query(`select 1 from "${schema}"."${table}" where ${text} like any ($1) limit 1`, [patterns]);
    if (hit.rowCount) found.push(place);
  }
  await client.end();
  expect(rows.length).toBeGreaterThan(200);
  expect(found.filter((place) => !NAMES.includes(place))).toEqual([]);
  expect(found).toContain('circle_members.name');
});

it('shows it to no colleague without a part in the case, to no analyst and to no stranger', async () => {
  const others = [await test.staff('Iris Ander', 'facilitator'), await test.staff('Anna Lyst', 'analyst'), test.as()];
  const seen: string[] = [];
  for (const [path, target] of Object.entries(READS)) {
    // Open referrals are read by everyone who takes them on; who works here, where people meet, and whom to call is known to all.
    if (/referrals|staff|facilitators|public-places|duty|dev\//.test(path)) continue;
    for (const who of others) {
      const read = target(stage);
      const { text, status } = await who.get(typeof read === 'string' ? read : read.path);
      if (status < 400 && holdsMark(text)) seen.push(`${path} as ${who.id || 'stranger'}`);
    }
  }
  expect(seen).toEqual([]);
});
