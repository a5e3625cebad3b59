import { randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Ctx, ParticipantActor } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { Limits, type Limit } from '../platform/http/limits.js';
import { Problem } from '../platform/http/problem.js';
import { Vault } from '../platform/vault/vault.js';
import { ParticipantSessionsService } from './participant-sessions.service.js';
import { CODE_MINUTES, CODE_TRIES, codeOf, CODES, CODES_PER_DAY, CODES_PER_HOUR, outcomeOf, type CodeOutcome, type SentCode } from './step-up.rules.js';

const MINUTE_MS = 60 * 1000;
const PER_HOUR: Limit = { kind: 'code hour', max: CODES_PER_HOUR, windowSeconds: 3600 };
const PER_DAY: Limit = { kind: 'code day', max: CODES_PER_DAY, windowSeconds: 86_400 };

const PUT = statement(
  'people.code-put',
  `insert into people_step_up_codes (organisation_id, session_id, code_hash, tries_left, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6)
   on conflict (organisation_id, session_id) do update
     set code_hash = $3, tries_left = $4, created_at = $5, expires_at = $6, used_at = null`,
);
const LOCK = statement(
  'people.code-lock',
  `select code_hash as hash, tries_left as "triesLeft", expires_at as "expiresAt", used_at as "usedAt"
   from people_step_up_codes where organisation_id = $1 and session_id = $2 for update`,
);
const TRY = statement(
  'people.code-try',
  `update people_step_up_codes set tries_left = $3, used_at = $4 where organisation_id = $1 and session_id = $2`,
);

interface Tried {
  outcome: CodeOutcome;
  triesLeft: number;
  /** Of the code, when it was typed too often. */
  secondsLeft: number;
  knownUntil: string | null;
}

/** The second step: a code of six digits makes the device of a session known. The code itself is kept nowhere, only a keyed hash. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly limits: Limits,
    private readonly sessions: ParticipantSessionsService,
    private readonly audit: AuditService,
  ) {}

  /** Refuses with 429 who asks for code after code: per person, whatever the device. */
  async throttle({ memberId }: ParticipantActor): Promise<void> {
    await this.limits.hit(PER_HOUR, memberId);
    await this.limits.hit(PER_DAY, memberId);
  }

  /** A new code for this session; an older one ends. The caller sends it. */
  async newCode(tx: Tx, { sessionId }: ParticipantActor): Promise<{ code: string; expiresAt: Date }> {
    const code = codeOf(randomInt(CODES));
    const expiresAt = new Date(tx.now.getTime() + CODE_MINUTES * MINUTE_MS);
    const hash = await this.hash(tx.organisationId, sessionId, code);
    await named(tx, PUT, [tx.organisationId, sessionId, hash, CODE_TRIES, tx.now, expiresAt]);
    return { code, expiresAt };
  }

  /** Compares what was typed. Right: the device is known. Wrong: 400 with the tries that are left; after the fifth 429. */
  async confirm(ctx: Ctx, code: string): Promise<{ expiresAt: string }> {
    const actor = ctx.actor as ParticipantActor;
    // A wrong try must stay counted, so the refusal comes after the commit.
    const tried = await this.database.run(ctx, (tx) => this.attempt(tx, actor, code));
    if (tried.knownUntil !== null) return { expiresAt: tried.knownUntil };
    if (tried.outcome === 'used-up') throw new Problem(429, 'code-used-up', { retryAfterSeconds: tried.secondsLeft, triesLeft: 0 });
    const { triesLeft } = tried;
    const refusal = tried.outcome === 'none' ? 'code-ended' : 'code-wrong';
    throw new Problem(400, refusal, { triesLeft, values: { triesLeft }, errors: [{ pointer: '/code', code: refusal }] });
  }

  private async attempt(tx: Tx, actor: ParticipantActor, code: string): Promise<Tried> {
    const { organisationId, now } = tx;
    const { sessionId, memberId, caseId } = actor;
    const [sent] = await named<SentCode & { hash: Buffer }>(tx, LOCK, [organisationId, sessionId]);
    const typed = await this.hash(organisationId, sessionId, code);
    const outcome = outcomeOf(sent ?? null, sent !== undefined && timingSafeEqual(sent.hash, typed), now);
    const triesLeft = outcome === 'wrong' ? sent!.triesLeft - 1 : 0;
    const object = { kind: 'circle-member', id: memberId };
    const result = outcome === 'right' ? 'done' : 'refused';
    await this.audit.record(tx, { action: 'people.step-up', object, caseId, result });
    if (outcome === 'wrong') await named(tx, TRY, [organisationId, sessionId, triesLeft, null]);
    if (outcome !== 'right') {
      const secondsLeft = sent ? Math.max(1, Math.ceil((sent.expiresAt.getTime() - now.getTime()) / 1000)) : 0;
      return { outcome, triesLeft, secondsLeft, knownUntil: null };
    }
    await named(tx, TRY, [organisationId, sessionId, 0, now]);
    const until = await this.sessions.makeKnown(tx, sessionId);
    return { outcome, triesLeft: 0, secondsLeft: 0, knownUntil: until.toISOString() };
  }

  /** Bound to the session, so that the code of one device opens nothing on another. */
  private hash(organisationId: string, sessionId: string, code: string): Promise<Buffer> {
    return this.vault.lookup(organisationId, 'step-up code', `${sessionId} ${code}`);
  }
}
