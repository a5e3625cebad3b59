import { referralBody } from './data.js';
import type { Call } from './load.js';
import type { Stored } from './store.js';

/** What is measured, and how many times slower than the floor it may become. */
export const OPERATIONS = {
  R1: { title: 'R1 one case with circle, meeting and plan', target: 3.0 },
  'R2 page 1': { title: "R2 a facilitator's cases, page 1 of 25", target: 2.5 },
  'R2 page 40': { title: "R2 a facilitator's cases, page 40", target: 2.5 },
  W1: { title: 'W1 a referral with 8 members', target: 2.0 },
  W2: { title: 'W2 one commitment done', target: 2.0 },
} as const;
export type Operation = keyof typeof OPERATIONS;
export const OPERATION_NAMES = Object.keys(OPERATIONS) as Operation[];

const PAGE = 25;
const PAGES_BEFORE = 39;

/** Tokens of sessions, each used once for reading: every look is a first look, whose audit event is written. */
export interface Tokens {
  reading: string[];
  facilitator: string;
  referrer: string;
}

/** Makes the calls of one round; nothing is asked twice that changes something. */
export class Calls {
  private next: Record<Operation, number> = { R1: 0, 'R2 page 1': 0, 'R2 page 40': 0, W1: 0, W2: 0 };
  private nextToken = 0;
  private readonly cursor: string;

  constructor(
    private readonly stored: Stored,
    private readonly tokens: Tokens,
  ) {
    const last = stored.ownCases[PAGES_BEFORE * PAGE - 1]!;
    this.cursor = Buffer.from(JSON.stringify([last])).toString('base64url');
  }

  of(operation: Operation, count: number): Call[] {
    return Array.from({ length: count }, () => this.one(operation, this.next[operation]++));
  }

  private one(operation: Operation, at: number): Call {
    const { stored, tokens } = this;
    switch (operation) {
      case 'R1':
        // A stride that has no factor in common with their number visits all of them before one comes back.
        return this.read(`/v1/cases/${stored.ownCases[(at * 37) % stored.ownCases.length]!}`);
      case 'R2 page 1':
        return this.read('/v1/cases');
      case 'R2 page 40':
        return this.read(`/v1/cases?after=${this.cursor}`);
      case 'W1':
        return { method: 'POST', path: '/v1/referrals', token: tokens.referrer, body: JSON.stringify(referralBody(at)) };
      case 'W2': {
        const id = stored.ownCommitments[(at * 7) % stored.ownCommitments.length]!;
        return { method: 'POST', path: `/v1/commitments/${id}/progress`, token: tokens.facilitator, body: '{"state":"done"}' };
      }
    }
  }

  private read(path: string): Call {
    const token = this.tokens.reading[this.nextToken++ % this.tokens.reading.length]!;
    return { method: 'GET', path, token };
  }
}

/** Refuses a floor that answers something else than the service: then the ratio would say nothing. */
export function assertSameAnswer(operation: Operation, service: string, floor: string): void {
  const ours = JSON.parse(service) as Json;
  const theirs = flat(JSON.parse(floor) as Json);
  const writes = operation.startsWith('W');
  const same = writes ? keysOf(ours) === keysOf(theirs) : canonical(ours) === canonical(theirs);
  if (same) return;
  const [one, other] = writes ? [keysOf(ours), keysOf(theirs)] : [canonical(ours), canonical(theirs)];
  const at = [...one].findIndex((letter, i) => letter !== other[i]);
  const near = (text: string): string => text.slice(Math.max(0, at - 60), at + 60);
  throw new Error(`${operation}: the floor answers something else.\nservice …${near(one)}…\nfloor   …${near(other)}…`);
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What is one value `details` in the floor stands beside the others in the service's answer. */
function flat(value: Json): Json {
  if (Array.isArray(value)) return value.map(flat);
  if (value === null || typeof value !== 'object') return value;
  const { details, ...rest } = value;
  const entries = Object.entries({ ...rest, ...(details as object | undefined) });
  return Object.fromEntries(entries.map(([key, one]) => [key, flat(one)]));
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `"${key}":${canonical(value[key]!)}`).join()}}`;
}

const keysOf = (value: Json): string => Object.keys(value as object).sort().join();
