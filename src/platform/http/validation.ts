import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { invalid, type FieldError } from './problem.js';

/** class-validator's names, in the words of the contract. What is not here keeps its name in kebab-case. */
const CODES: Record<string, string> = {
  whitelistValidation: 'unknown-field',
  isString: 'text',
  isInt: 'whole-number',
  isNumber: 'number',
  isBoolean: 'true-or-false',
  isIn: 'one-of',
  isUuid: 'id',
  isArray: 'list',
  isObject: 'object',
  nestedValidation: 'object',
  maxLength: 'too-long',
  minLength: 'empty',
  arrayMaxSize: 'too-many',
  arrayMinSize: 'too-few',
  matches: 'format',
  min: 'too-small',
  max: 'too-large',
  unknownValue: 'object',
};

/** Turns a request into its class: unknown fields are refused, each refusal points at its field. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    forbidUnknownValues: true,
    transformOptions: { exposeUnsetFields: false },
    exceptionFactory: (errors) => invalid(oncePerPlace(errors.flatMap((error) => fieldErrors(error, '')))),
  });
}

/** A list and its item may say the same of one place. */
const oncePerPlace = (errors: FieldError[]): FieldError[] => [...new Map(errors.map((error) => [error.pointer, error])).values()];

function fieldErrors(error: ValidationError, above: string): FieldError[] {
  const pointer = `${above}/${escaped(error.property)}`;
  const below = (error.children ?? []).flatMap((child) => fieldErrors(child, pointer));
  const names = Object.keys(error.constraints ?? {});
  if (names.length === 0) return below;
  const name = firstOf(names);
  const code = codeOf(name, names, error.value);
  return [...places(error, name, pointer).map((place) => ({ pointer: place, code })), ...below];
}

/** A name as one part of a JSON Pointer. */
export const escaped = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

/** One code per field: the first thing to mend. */
const firstOf = (names: string[]): string => names.find((candidate) => candidate.startsWith('is')) ?? names[0]!;

function codeOf(name: string, names: string[], value: unknown): string {
  if (value === undefined && !names.includes('whitelistValidation')) return 'required';
  return CODES[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Where it is wrong: the field, or the items of a list that are meant. */
function places({ value, contexts }: ValidationError, name: string, pointer: string): string[] {
  const fits = (contexts?.[name] as { item?: (item: unknown) => boolean } | undefined)?.item;
  if (!fits || !Array.isArray(value)) return [pointer];
  return value.flatMap((item, i) => (fits(item) ? [] : [`${pointer}/${i}`]));
}
