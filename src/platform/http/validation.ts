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
    exceptionFactory: (errors) => invalid(errors.flatMap((error) => fieldErrors(error, ''))),
  });
}

function fieldErrors(error: ValidationError, above: string): FieldError[] {
  const pointer = `${above}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const below = (error.children ?? []).flatMap((child) => fieldErrors(child, pointer));
  const names = Object.keys(error.constraints ?? {});
  if (names.length === 0) return below;
  return [{ pointer, code: codeOf(names, error.value) }, ...below];
}

/** One code per field: the first thing to mend. */
function codeOf(names: string[], value: unknown): string {
  if (value === undefined && !names.includes('whitelistValidation')) return 'required';
  const name = names.find((candidate) => candidate.startsWith('is')) ?? names[0]!;
  return CODES[name] ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
