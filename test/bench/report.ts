import { WRITERS, type AuditCost } from './audit-cost.js';
import { OPERATION_NAMES, OPERATIONS, type Operation } from './operations.js';

/** One server in one round. Processor times are null where they cannot be read. */
export interface Turn {
  ms: number;
  webCpuMs: number | null;
  databaseCpuMs: number | null;
}

export interface Round {
  service: Turn;
  floor: Turn;
}

export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** The figures of one operation; times are milliseconds a request, at the concurrency of the run. */
export interface Figures {
  title: string;
  ratio: Spread;
  target: number;
  floorMs: number;
  serviceMs: number;
  /** Processor time a request, in the web process and in PostgreSQL. */
  floorCpu: { web: number | null; database: number | null };
  serviceCpu: { web: number | null; database: number | null };
  /** The same in processor time of both together, which other work on the machine disturbs less. */
  cpuRatio: number | null;
}

export interface Limit {
  title: string;
  perSecond: Spread;
}

export interface Results {
  at: string;
  cases: number;
  ownCases: number;
  rounds: number;
  requests: number;
  concurrency: number;
  versions: Record<string, string>;
  machine: { processors: number; model: string; load: number[] };
  operations: Partial<Record<Operation, Figures>>;
  /** Page 40 against the service's own page 1. */
  deepPage: { ratio: Spread; target: number } | null;
  /** Writes with the audit against the same without. */
  audit: AuditCost | null;
  limits: Limit[];
  plans: string[];
}

export const DEEP_PAGE_TARGET = 1.2;

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, min: sorted[0]!, max: sorted.at(-1)! };
}

export function figuresOf(operation: Operation, rounds: readonly Round[], requests: number): Figures {
  const each = (values: (number | null)[]): number | null =>
    values.includes(null) ? null : (values as number[]).reduce((sum, value) => sum + value, 0) / values.length / requests;
  const median = (side: 'service' | 'floor'): number => spreadOf(rounds.map((round) => round[side].ms / requests)).median;
  const cpu = (side: 'service' | 'floor'): Figures['floorCpu'] => ({
    web: each(rounds.map((round) => round[side].webCpuMs)),
    database: each(rounds.map((round) => round[side].databaseCpuMs)),
  });
  const [floorCpu, serviceCpu] = [cpu('floor'), cpu('service')];
  return {
    title: OPERATIONS[operation].title,
    ratio: spreadOf(rounds.map(({ service, floor }) => service.ms / floor.ms)),
    target: OPERATIONS[operation].target,
    floorMs: median('floor'),
    serviceMs: median('service'),
    floorCpu,
    serviceCpu,
    cpuRatio: together(serviceCpu) / together(floorCpu) || null,
  };
}

const together = ({ web, database }: Figures['floorCpu']): number => (web ?? NaN) + (database ?? NaN);

/** The table for people. */
export function table(results: Results): string {
  const head = ['operation', '× floor', 'spread', 'target', 'floor ms', 'service ms', 'cpu ms floor web+db', 'service web+db', '× floor'];
  const rows = OPERATION_NAMES.flatMap((name) => {
    const figures = results.operations[name];
    if (!figures) return [];
    const { title, ratio, target, floorMs, serviceMs, floorCpu, serviceCpu, cpuRatio } = figures;
    const processor = cpuRatio === null ? [] : [cpus(floorCpu), cpus(serviceCpu), times(cpuRatio)];
    return [[title, times(ratio.median), range(ratio), `≤ ${times(target)}`, ms(floorMs), ms(serviceMs), ...processor]];
  });
  const { deepPage, audit } = results;
  if (deepPage) rows.push(['R2 page 40 against own page 1', times(deepPage.ratio.median), range(deepPage.ratio), `≤ ${times(deepPage.target)}`]);
  const auditRows = audit
    ? [
        ['audit', '× without', 'spread', 'target', 'without ms', 'with ms', 'cpu × without'],
        [
          `${WRITERS} writers in one organisation, sealing included`,
          times(audit.ratio.median),
          range(audit.ratio),
          `≤ ${times(audit.target)}`,
          ms(audit.offMs),
          ms(audit.onMs),
          audit.cpuRatio === null ? '' : times(audit.cpuRatio),
        ],
      ]
    : [];
  const limits = results.limits.map(({ title, perSecond }) => [title, `${round(perSecond.median)}/s`, `${round(perSecond.min)}–${round(perSecond.max)}`]);
  const { cases, ownCases, rounds, requests, concurrency, versions, machine } = results;
  return [
    `${cases} cases (8 members, 6 commitments, a plan, a held meeting), ${ownCases} of them the facilitator's;`,
    `${rounds} interleaved rounds of ${requests} requests, ${concurrency} at a time; every read is a first look with its audit event.`,
    Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', '),
    `${machine.processors} processors (${machine.model}), load ${machine.load.map((one) => one.toFixed(1)).join(' ')}`,
    '',
    ...aligned([head, ...rows]),
    ...(audit ? ['', ...aligned(auditRows)] : []),
    '',
    'Physical limits, measured in the same rounds:',
    ...aligned(limits),
    ...(results.plans.length > 0 ? ['', 'How the list is served (as the role of the service, under row-level security):', ...results.plans] : []),
  ].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(width(0)) : cell.padStart(width(column)))).join('  '));
}

const times = (value: number): string => value.toFixed(2);
const range = ({ min, max }: Spread): string => `${times(min)}–${times(max)}`;
const ms = (value: number): string => value.toFixed(2);
const round = (value: number): string => String(Math.round(value));
const cpus = ({ web, database }: Figures['floorCpu']): string => `${ms(web!)}+${ms(database!)}`;
