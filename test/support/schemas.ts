import type { Document, Schema } from './bad-input.js';

/** A schema as answers use it. */
interface AnswerSchema extends Omit<Schema, 'properties' | 'items' | 'oneOf' | 'anyOf'> {
  properties?: Record<string, AnswerSchema>;
  items?: AnswerSchema;
  oneOf?: AnswerSchema[];
  anyOf?: AnswerSchema[];
  allOf?: AnswerSchema[];
  additionalProperties?: boolean | AnswerSchema;
}

interface Answering {
  responses: Record<string, { content?: Record<string, { schema: AnswerSchema }> }>;
}

const nameOf = ({ $ref }: AnswerSchema): string => $ref?.split('/').at(-1) ?? '';
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const IS_TYPE: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: isObject,
};

/** What the document says of answers, held against what was answered. */
export class Answers {
  /** The names that were met on the way. */
  private met = new Set<string>();

  constructor(private readonly document: Document) {}

  /** The schema of a route's good answer. */
  private schemaOf(route: string): AnswerSchema {
    const [method, path] = route.split(' ') as [string, string];
    const { responses } = this.document.paths[path]![method.toLowerCase()] as unknown as Answering;
    const [, good] = Object.entries(responses).find(([status]) => status.startsWith('2'))!;
    return good.content!['application/json']!.schema;
  }

  /**
   * What is wrong with an answer. Where the document leaves a choice between several forms, only those in `views` are good. An
   * object has every field that must be there and none that is not declared, however deep. Each of `views` is met; an empty list
   * shows none.
   */
  faults(route: string, answer: unknown, views: readonly string[]): string[] {
    this.met = new Set();
    const faults = this.compare(this.schemaOf(route), answer, new Set(views), '');
    const empty = isObject(answer) && Array.isArray(answer.items) && answer.items.length === 0;
    return [...faults, ...views.filter((name) => !empty && !this.met.has(name)).map((name) => `is no ${name}`)];
  }

  private compare(schema: AnswerSchema, value: unknown, views: ReadonlySet<string>, at: string): string[] {
    const found = this.find(schema);
    const choices = found.anyOf ?? found.oneOf;
    if (choices) return this.choose(choices, value, views, at);
    if (found.allOf) return this.compare(this.merged(found), value, views, at);
    const types = [found.type ?? (found.properties ? 'object' : [])].flat();
    if (types.length > 0 && !types.some((type) => IS_TYPE[type]!(value))) return [`${at} is no ${types.join(' or ')}`];
    if (found.enum && !found.enum.includes(value)) return [`${at} is none of its codes`];
    if (Array.isArray(value)) return value.flatMap((item, i) => this.compare(found.items ?? {}, item, views, `${at}/${i}`));
    return isObject(value) ? this.fields(found, value, views, at) : [];
  }

  /** Good when one of the forms that this reader may get fits exactly. */
  private choose(choices: AnswerSchema[], value: unknown, views: ReadonlySet<string>, at: string): string[] {
    const forms = choices.filter(({ $ref }) => $ref);
    const possible = choices.filter((choice) => forms.length < 2 || !choice.$ref || views.has(nameOf(choice)));
    const found = possible.map((choice) => this.compare(choice, value, views, at));
    if (found.some((faults) => faults.length === 0)) return [];
    return found.sort((a, b) => a.length - b.length)[0] ?? [`${at} may be none of ${forms.map(nameOf).join(', ')}`];
  }

  private fields({ properties = {}, required = [], additionalProperties }: AnswerSchema, value: Record<string, unknown>, views: ReadonlySet<string>, at: string): string[] {
    const missing = required.filter((key) => !(key in value)).map((key) => `${at}/${key} is missing`);
    const wrong = Object.entries(value).flatMap(([key, inner]) => {
      const pointer = `${at}/${key}`;
      if (properties[key]) return this.compare(properties[key], inner, views, pointer);
      if (typeof additionalProperties === 'object') return this.compare(additionalProperties, inner, views, pointer);
      return additionalProperties ? [] : [`${pointer} is not declared`];
    });
    return [...missing, ...wrong];
  }

  private find(schema: AnswerSchema): AnswerSchema {
    if (!schema.$ref) return schema;
    this.met.add(nameOf(schema));
    return this.find(this.document.components.schemas[nameOf(schema)] as AnswerSchema);
  }

  private merged(schema: AnswerSchema): AnswerSchema {
    const { allOf = [], ...own } = schema;
    const parts = allOf.map((part) => this.merged(this.find(part)));
    return {
      ...Object.assign({}, ...parts),
      ...own,
      properties: Object.assign({}, ...parts.map(({ properties }) => properties), own.properties) as Record<string, AnswerSchema>,
      required: [...parts, own].flatMap(({ required = [] }) => required),
    };
  }
}
