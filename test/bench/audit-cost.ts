import type { Call, Loaded } from './load.js';
import { processorMs, type Audited, type Loader } from './processes.js';
import { spreadOf, type Spread } from './report.js';
import type { Stored } from './store.js';

/** How many times slower a write may become by its audit. */
export const AUDIT_TARGET = 1.3;
export const WRITERS = 16;

/** What the audit costs; times are milliseconds a request, with so many writers at a time. */
export interface AuditCost {
  ratio: Spread;
  target: number;
  onMs: number;
  offMs: number;
  /** The same in processor time of web process and PostgreSQL together; null where it cannot be read. */
  cpuRatio: number | null;
}

interface Turn {
  ms: number;
  cpuMs: number | null;
}

export interface AuditStage {
  on: Audited;
  off: Audited;
  loader: Loader;
  serverPid: number;
  /** In the order of `others`. */
  tokens: string[];
  others: Stored['others'];
  /** Throws when one was refused. */
  assertAnswered(loaded: Loaded): void;
}

/** Every facilitator of one organisation reports promises of their own cases: with the audit and its seals, and without, in turn. */
export async function auditCost(stage: AuditStage, { rounds, warmUp, requests }: { rounds: number; warmUp: number; requests: number }): Promise<AuditCost> {
  const calls = callsOf(stage);
  // What others recorded before this.
  await stage.on.seal();
  const measured: { on: Turn; off: Turn }[] = [];
  const turn = async (server: Audited): Promise<Turn> => {
    const made = Array.from({ length: requests }, () => calls.next().value!);
    const before = processor(server.pid, stage.serverPid);
    const start = performance.now();
    stage.assertAnswered(await stage.loader.run({ port: server.port, concurrency: WRITERS, calls: made }));
    // What the turn recorded is sealed before its clock stops; the other has nothing to seal.
    if (server === stage.on) await server.seal();
    const ms = performance.now() - start;
    const after = processor(server.pid, stage.serverPid);
    return { ms, cpuMs: before === null || after === null ? null : after - before };
  };
  for (let round = -warmUp; round < rounds; round += 1) {
    const onFirst = round % 2 === 0;
    const first = await turn(onFirst ? stage.on : stage.off);
    const second = await turn(onFirst ? stage.off : stage.on);
    if (round >= 0) measured.push(onFirst ? { on: first, off: second } : { on: second, off: first });
  }
  const cpu = (side: 'on' | 'off'): number => measured.reduce((sum, round) => sum + (round[side].cpuMs ?? NaN), 0);
  const median = (side: 'on' | 'off'): number => spreadOf(measured.map((round) => round[side].ms / requests)).median;
  return {
    ratio: spreadOf(measured.map(({ on, off }) => on.ms / off.ms)),
    target: AUDIT_TARGET,
    onMs: median('on'),
    offMs: median('off'),
    cpuRatio: cpu('on') / cpu('off') || null,
  };
}

/** One promise of each facilitator in turn, so that any 16 beside each other are of 16 people. */
function* callsOf({ others, tokens }: AuditStage): Generator<Call, undefined> {
  for (let at = 0; ; at += 1) {
    for (const [who, { commitments }] of others.entries()) {
      const id = commitments[at];
      if (id === undefined) throw new Error('There are no promises left to report: fewer --rounds or --requests');
      yield { method: 'POST', path: `/v1/commitments/${id}/progress`, token: tokens[who]!, body: '{"state":"done"}' };
    }
  }
}

function processor(pid: number, serverPid: number): number | null {
  const [web, database] = [processorMs(pid), processorMs(serverPid, { withChildren: true })];
  return web === null || database === null ? null : web + database;
}
