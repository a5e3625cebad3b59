import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Type } from 'class-transformer';
import { DateTime } from 'luxon';
import { invalidField } from './problem.js';

export const DEFAULT_LIMIT = 25;

/** `?limit=` and `?after=`; lists extend it with their filters. */
export class PageQuery {
  /** How many items, 1–100. */
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100, default: DEFAULT_LIMIT, required: false, description: 'How many items' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit?: number = DEFAULT_LIMIT;

  /** The `next` of the page before. */
  @ApiProperty({ type: String, maxLength: 500, required: false, description: 'The `next` of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  after?: string;
}

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** A page from `limit + 1` rows: the extra row says that there is more. `keyOf` gives what the list is sorted by. */
export function page<Row, Item = Row>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number)[],
  toItem: (row: Row) => Item = (row) => row as unknown as Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}

export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The sort key in a cursor, or null without one. A cursor that this list did not give is refused. */
export function decodeCursor(after: string | undefined, types: readonly (keyof typeof IS)[]): (string | number)[] | null {
  if (after === undefined) return null;
  try {
    const key: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    const fits = Array.isArray(key) && key.length === types.length && key.every((part, i) => IS[types[i]!](part));
    if (fits) return key as (string | number)[];
  } catch {
    // Falls through to the refusal below: not our cursor.
  }
  throw invalidField('/after', 'cursor');
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What the database takes as it is: a word without the null sign, a date that exists. */
const IS = {
  string: (part: unknown): boolean => typeof part === 'string' && !part.includes('\0'),
  number: (part: unknown): boolean => typeof part === 'number',
  uuid: (part: unknown): boolean => typeof part === 'string' && UUID.test(part),
  date: (part: unknown): boolean => typeof part === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(part) && DateTime.fromISO(part).isValid,
};
