import { v7 } from 'uuid';

let sequence = 0;

/** A UUIDv7 that sorts by the given instant and, within one process, by order of creation. */
export function newId(now: Date): string {
  sequence = (sequence + 1) >>> 0;
  return v7({ msecs: now.getTime(), seq: sequence });
}
