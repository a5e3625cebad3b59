import type { Answer } from './raw-http.js';

/** As much of JSON Schema as the OpenAPI document uses for what is sent. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  oneOf?: Schema[];
  anyOf?: Schema[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

interface Operation {
  requestBody?: { content: Record<string, { schema: Schema }> };
  parameters?: { name: string; in: string; schema: Schema }[];
}

export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/** One field of a body: where it stands, and what the document says of it. */
export interface Field {
  pointer: string;
  schema: Schema;
  required: boolean;
  value: unknown;
}

/** One bad value at one field. */
export interface BadField {
  pointer: string;
  value: unknown;
  body: unknown;
}

export const NOWHERE = '019a9f00-0000-7000-8000-00000000dead';

const CONTROL = ['\u0000', '\u0007', '\u001b', '\u007f', '\u0085'];
const LONE_SURROGATES = ['\ud800', 'voor \udc00 na', '\udc00\ud800'];
const NO_ID = ['', 'geen-id', `${NOWHERE}0`, `{${NOWHERE}}`, "' or 1=1 --", '019a9f00-0000-7000-8000-00000000dea\u0000'];
const NO_DATE = [
  '2026-02-30', '2026-13-01', '0000-01-01', '-000001-01-01', '275760-09-13', '+275760-09-13', '2026-1-1', '20261115',
  '2026-W46-1', '2026-11-15T10:00:00Z', '',
];
const NO_INSTANT = [
  '2026-02-30T10:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59-12:00', '275760-09-13T00:00:00Z',
  '+275760-09-13T00:00:00Z', '2026-12-01', '2026-12-01T10:00:00',
  '2026-12-01 10:00:00Z', '2026-12-01T25:00:00Z', '2026-12-01T10:00:00+99:00',
  '1764583200', '',
];
const NO_MAIL = ['', 'geen mail', 'a@b', 'a@b.nl\r\nBcc: x@y.nl', '<a@b.nl>', 'a@b.nl,c@d.nl', `${'a'.repeat(250)}@b.nl`];
const NO_NUMBER = [-1, -1e30, 1e30, 1e308, 0.00001, '', 'NaN', '-1', '0x10', '1e3', '1,5', ' 1'];

/** The document's bodies, with its references followed. */
export class Bodies {
  constructor(private readonly document: Document) {}

  /** The routes that change something. */
  get routes(): string[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) =>
      Object.keys(item).filter((method) => method !== 'get').map((method) => `${method.toUpperCase()} ${path}`),
    );
  }

  get reads(): string[] {
    return Object.entries(this.document.paths).flatMap(([path, item]) => ('get' in item ? [path] : []));
  }

  queryOf(path: string): string[] {
    return (this.document.paths[path]!.get!.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
  }

  schemaOf(route: string): Schema | undefined {
    const [method, path] = route.split(' ') as [string, string];
    const body = this.document.paths[path]![method.toLowerCase()]!.requestBody;
    return body && this.follow(body.content['application/json']!.schema);
  }

  /** Every field of a body, those that are left out too; of a list its first item. */
  fields(schema: Schema, body: Record<string, unknown>, above = ''): Field[] {
    return Object.entries(schema.properties ?? {}).flatMap(([name, unresolved]) => {
      const pointer = `${above}/${name}`;
      const required = schema.required?.includes(name) ?? false;
      const field = { pointer, schema: this.follow(unresolved), required, value: body[name] };
      return [field, ...this.inside(field)];
    });
  }

  private inside({ schema, value, pointer }: Field): Field[] {
    if (schema.properties && isObject(value)) return this.fields(schema, value, pointer);
    if (!Array.isArray(value) || value.length === 0) return [];
    const items = this.follow(schema.items!);
    if (items.properties && isObject(value[0])) return this.fields(items, value[0], `${pointer}/0`);
    return [{ pointer: `${pointer}/0`, schema: items, required: true, value: value[0] as unknown }];
  }

  /** The schema behind a reference, without the null that it may allow: what null means is each field's own. */
  private follow(schema: Schema): Schema {
    const { type, anyOf, enum: choices } = schema;
    if (anyOf) return this.follow(anyOf.find((one) => one.type !== 'null')!);
    if (Array.isArray(type)) {
      return { ...schema, type: type.find((one) => one !== 'null'), enum: choices?.filter((one) => one !== null) };
    }
    if (!schema.$ref) return schema;
    const found = this.document.components.schemas[schema.$ref.split('/').at(-1)!];
    if (!found) throw new Error(`The document has no ${schema.$ref}`);
    return this.follow(found);
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of a field that the body has in several places the other places are only tried. */
const TRIED = 2;

function everywhere(body: Record<string, unknown>, fields: readonly Field[], valuesOf: (field: Field) => unknown[]): BadField[] {
  const seen = new Set<Schema>();
  return fields.flatMap((field) => {
    const values = valuesOf(field).slice(0, seen.has(field.schema) ? TRIED : undefined);
    seen.add(field.schema);
    return values.map((value) => ({ pointer: field.pointer, value, body: withValue(body, field.pointer, value) }));
  });
}

/** Every bad value for every field of a body. */
export const badFields = (body: Record<string, unknown>, fields: readonly Field[]): BadField[] =>
  everywhere(body, fields, (field) => [...(field.required ? [null] : []), ...badValues(field)]);

/** Values at the edge of what each field takes: some are refused for what they mean, none is stumbled over. */
export const edges = (body: Record<string, unknown>, fields: readonly Field[]): BadField[] =>
  everywhere(body, fields, edgeValues);

/** A copy of a body with another value in one place. */
export function withValue(body: unknown, pointer: string, value: unknown): unknown {
  const [, head, ...rest] = pointer.split('/');
  if (head === undefined) return value;
  const inner = rest.length === 0 ? value : withValue((body as Record<string, unknown>)[head] ?? {}, `/${rest.join('/')}`, value);
  if (Array.isArray(body)) return body.map((item, i) => (String(i) === head ? inner : (item as unknown)));
  return { ...(body as object), [head]: inner };
}

export const short = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 60);

function badValues({ schema, value }: Field): unknown[] {
  const { type, format, enum: choices, oneOf, minLength, maxLength = 0, minItems, maxItems } = schema;
  if (choices) {
    const one = String(choices[0]);
    return [42, true, [], {}, [one], '', 'onzin', 'constructor', '__proto__', one.toUpperCase(), `${one}\u0000`];
  }
  if (oneOf) return [true, [], {}, [1], ...NO_NUMBER];
  if (type === 'boolean') return [0, 1, 'true', '', [], {}];
  if (type === 'integer' || type === 'number') {
    return ['5', true, [], {}, 1.5, -1e30, 1e30, Number.MAX_SAFE_INTEGER, (schema.minimum ?? 0) - 1, (schema.maximum ?? 1e9) + 1];
  }
  if (type === 'object') return [[], 'onzin', 42, true, value === undefined ? [{}] : [value]];
  if (type === 'array') {
    const some = Array.isArray(value) && value.length > 0 ? (value[0] as unknown) : 'onzin';
    const crowd = maxItems === undefined ? [] : [Array.from({ length: maxItems + 1 }, () => some)];
    const few = minItems ? [[]] : [];
    return [{}, 'onzin', 42, true, { length: 1, 0: some }, [null], [[]], [[some]], [42], [true], ...crowd, ...few];
  }
  const wrongType: unknown[] = [42, 0, true, false, [], {}, ['onzin'], { toString: 'onzin' }];
  if (format === 'uuid') return [...wrongType, ...NO_ID];
  if (format === 'date') return [...wrongType, ...NO_DATE];
  if (format === 'date-time') return [...wrongType, 1764583200000, ...NO_INSTANT];
  if (format === 'email') return [...wrongType, ...NO_MAIL];
  const text = typeof value === 'string' ? value : 'tekst';
  const marked = [...CONTROL, ...LONE_SURROGATES].map((mark) => `${text.slice(0, 2)}${mark}${text.slice(2)}`);
  const long = ['a', '🦊'].map((letter) => letter.repeat(maxLength + 1));
  return [...wrongType, ...(minLength === 0 ? [] : ['', ' \t ']), ...long, ...marked];
}

function edgeValues({ schema, value, required }: Field): unknown[] {
  const { type, format, enum: choices, oneOf, minimum, maximum, maxLength } = schema;
  const none = required ? [] : [null, undefined];
  if (choices) return [...none, choices[0], choices.at(-1)];
  if (oneOf) return [...none, 0, '0', '0.0001', 9999, '9999', '9999999.9999'];
  if (type === 'boolean') return [...none, true, false];
  if (type === 'integer') return [...none, minimum, maximum];
  if (type === 'array') return [...none, [], ...(Array.isArray(value) ? [[...value, ...value] as unknown[]] : [])];
  if (type === 'object') return [...none, {}];
  if (format === 'date') return [...none, '1900-01-01', '2200-12-31', '2024-02-29'];
  if (format === 'date-time') return [...none, '1900-01-01T00:00:00Z', '2200-12-31T23:59:59.999999999Z', '2026-12-01t10:00:00z'];
  if (format === 'uuid') return [...none, String(value ?? NOWHERE).toUpperCase()];
  return [...none, 'x', '0', 'ÅÇĐ', "Robert'); --", ...(maxLength ? ['🦊'.repeat(maxLength), `${'a'.repeat(maxLength)}`] : [])];
}

const HEADINGS: Readonly<Record<number, string>> = { 401: 'WWW-Authenticate', 429: 'Retry-After', 503: 'Retry-After' };
const TELLS = [
  /\bat .+:\d+/,
  /\.[jt]s\b|node_modules/,
  /\b(select|insert|update|delete) .*\b(from|into|set)\b/i,
  /violates|constraint|relation "/,
  /QueryFailed|TypeError|RangeError/,
];

/** What is wrong with a refusal as such: its form, its pointers, and what it tells. `canaries` must not be in it. */
export function faultsOf(answer: Answer, canaries: readonly string[]): string[] {
  const body = (isObject(answer.body) ? answer.body : {});
  const faults: string[] = [];
  const check = (good: boolean, fault: string): void => void (good || faults.push(fault));
  const type = answer.headers['content-type'];
  check(type?.split(';')[0] === 'application/problem+json', `content type ${type}`);
  check(/^https?:\/\/\S+\/problems\/[a-z-]+$/.test(String(body.type)), `type ${short(body.type)}`);
  for (const name of ['title', 'detail', 'instance']) check(typeof body[name] === 'string' && body[name] !== '', `no ${name}`);
  check(body.status === answer.status, `status ${short(body.status)} in the body`);
  check(answer.status < 500 || answer.status === 503, 'an error of ours');
  const heading = HEADINGS[answer.status];
  check(!heading || heading.toLowerCase() in answer.headers, `no ${heading}`);
  if ('errors' in body) {
    const errors = body.errors as { pointer: unknown; code: unknown; message: unknown }[];
    check(Array.isArray(errors) && errors.length > 0, 'no errors in errors');
    for (const { pointer, code, message } of errors) {
      check(typeof pointer === 'string' && /^(\/([^/~]|~0|~1)*)*$/.test(pointer), `pointer ${short(pointer)}`);
      check(/^[a-z0-9-]+$/.test(String(code)) && typeof message === 'string' && message !== '', `error ${short(code)}`);
    }
  }
  if ('state' in body) check(typeof body.state === 'string' && Array.isArray(body.allowed), 'state without allowed');
  for (const tell of TELLS) check(!tell.test(answer.text), `tells ${String(tell)}`);
  for (const canary of canaries) check(!answer.text.includes(canary), `tells ${canary}`);
  return faults;
}

/** Whether a refusal points at this field, or at something inside it. */
export function pointsAt(answer: Answer, pointer: string): boolean {
  const { errors } = answer.body as { errors?: { pointer: string }[] };
  return errors?.some((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`)) ?? false;
}

/** A field that takes one's own words: one line, or a text. */
export function wordsOf({ schema, value, pointer }: Field): 'line' | 'text' | null {
  const plain = schema.type === 'string' && schema.maxLength !== undefined && !schema.format && !schema.enum;
  if (!plain || typeof value !== 'string' || /\/(phone|every|itemId|url)$/.test(pointer)) return null;
  return /\/(name|firstName|organisation|language|unit|(guardians|names)\/\d+)$/.test(pointer) ? 'line' : 'text';
}

const HOSTILE_LINE =
  "=cmd|'/C calc'!A0 <b onclick=\"x()\">'; drop table cases; -- \u202eomgekeerd \u200b%0d%0a {{7*7}} ${7*7} e\u0301 👩‍👩‍👧 & <!--";
const HOSTILE_TAGS = '<script>alert(1)</script><img src=x onerror=alert(1)>';
const HOSTILE_TEXT = `${HOSTILE_LINE}\r\nBcc: slachtoffer@kwaad.example\r\n\r\n${HOSTILE_TAGS}\n=1+1\t`;

/** The longest words that a field takes, as hostile as they may be; they begin with what was there. */
export function hostileWords(field: Field): string {
  const kind = wordsOf(field);
  const start = `${String(field.value)} ${kind === 'line' ? HOSTILE_LINE : HOSTILE_TEXT}`;
  const letters = [...start].slice(0, field.schema.maxLength);
  const filled = kind === 'text' ? letters.join('') + '🦊'.repeat(field.schema.maxLength! - letters.length) : letters.join('');
  return filled.trim();
}

/** Every text in an answer. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
