import { createHmac } from 'node:crypto';

/** How the audit log is sealed: what a seal covers, its digest, and what a difference means. */

/** A place in the order of sealing: epoch, transaction, id. */
export interface Position {
  epoch: number;
  tx: string;
  id: string;
}

export const BEFORE_ALL: Position = { epoch: 0, tx: '0', id: '00000000-0000-0000-0000-000000000000' };

/** The newest digest that is known outside the database. */
export interface KnownDigest {
  epoch: number;
  number: number;
  digest: string;
}

export interface Seal {
  organisationId: string;
  epoch: number;
  number: number;
  at: Date;
  /** The last event that it covers; null when there was none yet. */
  to: Position | null;
  events: number;
  /** On the first seal of a new epoch only. */
  reason: string | null;
  known: KnownDigest | null;
}

/** An event of the log: its place, and every column in one line of text. */
export interface EventLine extends Position {
  line: string;
}

const MARK_BYTES = 8;

/**
 * The digest of a seal: over the digest before, what the seal says, and each event's code. HMAC-SHA-256 with a key that lies
 * wrapped in the database and opens with MASTER_KEY only: who can merely write to the database cannot make the chain anew.
 * Who has both keys is caught by the digests that lie on another host.
 */
export function digestOf(key: Buffer, before: Buffer | null, seal: Seal, codes: readonly Buffer[]): Buffer {
  const { organisationId, epoch, number, at, to, events, reason, known } = seal;
  const says = JSON.stringify([organisationId, epoch, number, at.toISOString(), to && [to.epoch, to.tx, to.id], events, reason,
    known && [known.epoch, known.number, known.digest]]);
  const hmac = createHmac('sha256', key).update(before ?? Buffer.alloc(0)).update(`\n${says}\n`);
  for (const code of codes) hmac.update(code);
  return hmac.digest();
}

/** One event's code. */
export const codeOf = (key: Buffer, { line }: EventLine): Buffer => createHmac('sha256', key).update(line).digest();

/** The beginnings of the codes, which stand beside the digest to tell which event was changed. */
export const marksOf = (codes: readonly Buffer[]): Buffer => Buffer.concat(codes.map((code) => code.subarray(0, MARK_BYTES)));

export type FindingKind =
  | 'edited' | 'removed' | 'inserted' | 'reordered' | 'seal-changed' | 'seal-missing' | 'cut-tail' | 'digest-differs'
  | 'no-digests' | 'unsealed' | 'counter-behind';

export interface Finding {
  kind: FindingKind;
  /** Where: the seal, the event, the line of the file. */
  where: string;
}

/** What happened to the events of a seal whose digest is not what it was. */
export function differences(seal: Seal, marks: Buffer, lines: readonly EventLine[], codes: readonly Buffer[]): Finding[] {
  const sealed = marksIn(marks);
  const found = codes.map((code) => code.subarray(0, MARK_BYTES).toString('hex'));
  const [known, there] = [new Set(sealed), new Set(found)];
  const strange = found.flatMap((mark, i) => (known.has(mark) ? [] : [i]));
  const gone = sealed.flatMap((mark, i) => (there.has(mark) ? [] : [i]));
  const where = (event: string): string => `${event} in ${nameOf(seal)}`;
  if (strange.length + gone.length === 0) {
    const moved = found.findIndex((mark, i) => mark !== sealed[i]);
    if (moved < 0 && found.length === sealed.length) return [{ kind: 'seal-changed', where: nameOf(seal) }];
    return [{ kind: moved < 0 ? 'inserted' : 'reordered', where: where(`event ${lines[Math.max(moved, 0)]!.id}`) }];
  }
  const edited = Math.min(strange.length, gone.length);
  return [
    ...strange.map((i, at): Finding => ({ kind: at < edited ? 'edited' : 'inserted', where: where(`event ${lines[i]!.id}`) })),
    ...gone.slice(edited).map((i): Finding => ({ kind: 'removed', where: where(`event ${i + 1} of ${sealed.length}`) })),
  ];
}

const marksIn = (marks: Buffer): string[] =>
  Array.from({ length: marks.length / MARK_BYTES }, (_, i) => marks.subarray(i * MARK_BYTES, (i + 1) * MARK_BYTES).toString('hex'));

export const nameOf = ({ epoch, number }: { epoch: number; number: number }): string => `seal ${epoch}/${number}`;

/** Whether one seal comes after another. */
export const isLater = (one: { epoch: number; number: number }, other: { epoch: number; number: number } | null): boolean =>
  other === null || one.epoch > other.epoch || (one.epoch === other.epoch && one.number > other.number);
