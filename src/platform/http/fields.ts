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

const trimmed = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));

const fails = (name: string, test: (value: unknown) => boolean): PropertyDecorator =>
  ValidateBy({ name, validator: { validate: (value) => test(value) } });

/** The field may be left out; null counts as left out. */
export const Optional = (): PropertyDecorator => applyDecorators(ApiProperty({ required: false }), IsOptional());

/** One line: a name of a person, an organisation, a room. 1–200 characters, no control characters. */
export const Name = (max = NAME_LENGTH): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength: max }),
    trimmed,
    IsString(),
    MinLength(1),
    MaxLength(max),
    fails('controlCharacters', (value) => typeof value !== 'string' || !CONTROL.test(value)),
  );

/** Free text of 1–4,000 characters, line breaks allowed. */
export const Text = (options: { max?: number; min?: number } = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: options.min ?? 1, maxLength: options.max ?? TEXT_LENGTH }),
    trimmed,
    IsString(),
    MinLength(options.min ?? 1),
    MaxLength(options.max ?? TEXT_LENGTH),
    fails('controlCharacters', (value) => typeof value !== 'string' || !CONTROL_IN_TEXT.test(value)),
  );

/** A list of free texts. */
export const TextList = (options: { max: number }): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], maxItems: options.max }),
    IsArray(),
    ArrayMaxSize(options.max),
    IsString({ each: true }),
    MinLength(1, { each: true }),
    MaxLength(TEXT_LENGTH, { each: true }),
    fails('controlCharacters', (value) => !Array.isArray(value) || value.every((text) => !CONTROL_IN_TEXT.test(String(text)))),
  );

export const Id = (): PropertyDecorator => applyDecorators(ApiProperty({ type: String, format: 'uuid' }), IsUUID('all'), lowerCase);

const lowerCase = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value));

export const IdList = (options: { max?: number; min?: number } = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], format: 'uuid', maxItems: options.max ?? 100 }),
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(options.max ?? 100),
    IsUUID('all', { each: true }),
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
    fails('controlCharacters', (value) => typeof value !== 'string' || !CONTROL.test(value)),
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

const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

function toInstant(value: unknown): unknown {
  if (typeof value !== 'string' || !RFC3339.test(value)) return value instanceof Date ? value : NaN;
  const parsed = DateTime.fromISO(value.toUpperCase(), { zone: 'utc' });
  return parsed.isValid ? parsed.toJSDate() : NaN;
}

/** A calendar date, `YYYY-MM-DD`; stays text. */
export const LocalDate = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date' }),
    fails(
      'localDate',
      (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && DateTime.fromISO(value).isValid,
    ),
  );

export const OneOf = (values: readonly (string | number)[]): PropertyDecorator =>
  applyDecorators(ApiProperty({ enum: [...values] }), IsIn([...values]));

/** Some of a list, without doubles. */
export const SomeOf = (values: readonly string[], options: { min?: number } = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: [String], enum: [...values], isArray: true }),
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(values.length),
    IsIn([...values], { each: true }),
  );

export const Whole = (min: number, max: number): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: 'integer', minimum: min, maximum: max }), IsInt(), Min(min), Max(max));

export const Flag = (): PropertyDecorator => applyDecorators(ApiProperty({ type: Boolean }), IsBoolean());

/** An object of a class of its own. */
export const Nested = (type: () => new () => object): PropertyDecorator =>
  applyDecorators(ApiProperty({ type }), IsObject(), ValidateNested(), Type(type));

/** A list of objects of a class of their own. */
export const NestedList = (type: () => new () => object, options: { max: number; min?: number }): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type, isArray: true, maxItems: options.max }),
    IsArray(),
    ArrayMinSize(options.min ?? 0),
    ArrayMaxSize(options.max),
    ValidateNested({ each: true }),
    Type(type),
  );
