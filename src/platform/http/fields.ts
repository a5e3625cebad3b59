import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  isIn,
  isObject,
  isUUID,
  maxLength as isMax,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { DateTime } from 'luxon';

/**
 * The kinds of field that bodies are made of. Each refusal has a stable code, its sentence stands in the texts. Texts are
 * trimmed; nothing else is changed silently.
 */

export const NAME_LENGTH = 200;
export const TEXT_LENGTH = 4000;

// eslint-disable-next-line no-control-regex -- finding control characters is the purpose
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
// eslint-disable-next-line no-control-regex -- line breaks and tabs are fine in a text, nothing else is
const CONTROL_IN_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

const isLine = (value: string): boolean => !CONTROL.test(value);
const isText = (value: string): boolean => !CONTROL_IN_TEXT.test(value);

const trimmed = Transform(({ value }: { value: unknown }) => mapTexts(value, (text) => text.trim()));

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  return Array.isArray(value) ? value.map((item: unknown) => (typeof item === 'string' ? change(item) : item)) : value;
}

const fails = (name: string, test: (value: unknown) => boolean): PropertyDecorator =>
  ValidateBy({ name, validator: { validate: (value) => test(value) } });

/** The same for each item of a list; the refusal points at the items. What is no list fails elsewhere. */
const each = (name: string, test: (item: unknown) => boolean): PropertyDecorator =>
  ValidateBy(
    { name, validator: { validate: (value) => !Array.isArray(value) || value.every(test) } },
    // The library gives the context along only where there is a message; ours come from the texts.
    { context: { item: test }, message: name },
  );

/** The field may be left out; null counts as left out. */
export const Optional = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ required: false }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) => value ?? undefined),
  );

/** The field may be left out, or be null, which says something else. */
export const Nullable = (): PropertyDecorator => applyDecorators(ApiProperty({ required: false, nullable: true }), IsOptional());

/** One line: a name of a person, an organisation, a room. 1–200 characters, no control characters. */
export const Name = (max = NAME_LENGTH): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength: max }),
    trimmed,
    IsString(),
    MinLength(1),
    MaxLength(max),
    fails('controlCharacters', (value) => typeof value !== 'string' || isLine(value)),
  );

/** Free text of 1–4,000 characters, line breaks allowed. */
export const Text = (options: { max?: number; min?: number } = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: options.min ?? 1, maxLength: options.max ?? TEXT_LENGTH }),
    trimmed,
    IsString(),
    MinLength(options.min ?? 1),
    MaxLength(options.max ?? TEXT_LENGTH),
    fails('controlCharacters', (value) => typeof value !== 'string' || isText(value)),
  );

/** A list of free texts. */
export const TextList = (options: { max: number }): PropertyDecorator => listOf(options.max, TEXT_LENGTH, isText);

/** A list of names. */
export const NameList = (options: { max: number }): PropertyDecorator => listOf(options.max, NAME_LENGTH, isLine);

const listOf = (maxItems: number, maxLength: number, isFine: (text: string) => boolean): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: 'array', items: { type: 'string', minLength: 1, maxLength }, maxItems }),
    trimmed,
    IsArray(),
    ArrayMaxSize(maxItems),
    each('isString', (item) => typeof item === 'string'),
    each('minLength', (item) => item !== ''),
    each('maxLength', (item) => typeof item !== 'string' || isMax(item, maxLength)),
    each('controlCharacters', (item) => typeof item !== 'string' || isFine(item)),
  );

/** A list of codes of one form. */
export const PatternList = (pattern: RegExp, options: { max: number }): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: 'array', items: { type: 'string', pattern: pattern.source }, maxItems: options.max }),
    IsArray(),
    ArrayMaxSize(options.max),
    each('matches', (item) => typeof item === 'string' && pattern.test(item)),
  );

export const Id = (): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: String, format: 'uuid' }), IsUUID('all'), lowerCase);

const lowerCase = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value));

export const IdList = (options: { max?: number; min?: number } = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], format: 'uuid', minItems: options.min, maxItems: options.max ?? 100 }),
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(options.max ?? 100),
    each('isUuid', (item) => isUUID(item, 'all')),
    Transform(({ value }: { value: unknown }) => mapTexts(value, (id) => id.toLowerCase())),
  );

const MAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/;

/** A mail address, normalised to lower case. */
export const Email = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'email', maxLength: 254 }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim().toLowerCase() : value)),
    IsString(),
    MaxLength(254),
    Matches(MAIL),
    fails('controlCharacters', (value) => typeof value !== 'string' || isLine(value)),
  );

/** A phone number as people type it, normalised to E.164 (Dutch without a country code). */
export const Phone = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, maxLength: 40, example: '06 1234 5678' }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? normalisedPhone(value) : value)),
    IsString(),
    MaxLength(40),
    fails('phone', (value) => typeof value === 'string' && /^\+\d{6,15}$/.test(value)),
  );

const MAIL_OR_PHONE = new RegExp(`${MAIL.source}|^\\+\\d{6,15}$`);

/** A mail address or a phone number, in the one form in which it is kept. */
export const Contact = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, maxLength: 254, example: '06 1234 5678' }),
    Transform(({ value }: { value: unknown }) => {
      if (typeof value !== 'string') return value;
      const typed = value.trim();
      return typed.includes('@') ? typed.toLowerCase() : normalisedPhone(typed);
    }),
    IsString(),
    MaxLength(254),
    fails('contact', (value) => typeof value === 'string' && MAIL_OR_PHONE.test(value) && isLine(value)),
  );

function normalisedPhone(typed: string): string {
  if (typed.length > 40) return typed;
  const number = parsePhoneNumberFromString(typed, 'NL');
  return number?.isPossible() ? number.number : typed;
}

/** An RFC 3339 instant with any offset; becomes a Date. */
export const Instant = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date-time' }),
    Transform(({ value }: { value: unknown }) => toInstant(value)),
    fails('instant', (value) => value instanceof Date && !Number.isNaN(value.getTime())),
  );

/** Nobody means a day outside these years; some of them the database cannot hold. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2200;
const isMeant = ({ isValid, year }: DateTime): boolean => isValid && year >= FIRST_YEAR && year <= LAST_YEAR;

const RFC3339 = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

function toInstant(value: unknown): unknown {
  if (typeof value !== 'string' || !RFC3339.test(value)) return value instanceof Date ? value : NaN;
  const parsed = DateTime.fromISO(value.toUpperCase(), { zone: 'utc' });
  return isMeant(parsed) ? parsed.toJSDate() : NaN;
}

/** A calendar date, `YYYY-MM-DD`; stays text. */
export const LocalDate = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date' }),
    fails(
      'localDate',
      (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isMeant(DateTime.fromISO(value)),
    ),
  );

export const OneOf = (values: readonly (string | number)[]): PropertyDecorator =>
  applyDecorators(ApiProperty({ enum: [...values] }), IsIn([...values]));

/** Some of a list, without doubles. */
export const SomeOf = (values: readonly string[], options: { min?: number } = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], enum: [...values], isArray: true, minItems: options.min, maxItems: values.length }),
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(values.length),
    each('isIn', (item) => isIn(item, values)),
  );

export const Whole = (min: number, max: number): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: 'integer', minimum: min, maximum: max }), IsInt(), Min(min), Max(max));

export const Flag = (): PropertyDecorator => applyDecorators(ApiProperty({ type: Boolean }), IsBoolean());

/** An object of a class of its own. */
export const Nested = (type: () => new () => object): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: () => type() }), IsObject(), ValidateNested(), Type(type));

/** A list of objects of a class of their own. */
export const NestedList = (type: () => new () => object, options: { max: number; min?: number }): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: () => type(), isArray: true, minItems: options.min, maxItems: options.max }),
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(options.max),
    // ValidateNested passes over null, and over lists in a list.
    each('isObject', (item) => isObject(item)),
    ValidateNested({ each: true }),
    Type(type),
  );
