import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { DateTime } from 'luxon';
import { CasesService } from '../cases/cases.service.js';
import { CircleService } from '../circle/circle.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { actorId, participantOf, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { localDay, ZONE } from '../platform/local-day.js';
import { JobRegistry, type JobOutcome, type JobRun } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { Vault } from '../platform/vault/vault.js';
import { ErasureService } from './erasure.service.js';
import { PlanNotices } from './plan-notices.service.js';
import { RetentionPolicyService } from './retention-policy.service.js';
import type { ErasureAsked, ErasureDecision, ErasureRequestItem, ErasureRequestList, OwnErasureRequest, OwnErasureRequestList } from './rights.dto.js';
import { ERASE_CASE_ON_REQUEST } from './rights.jobs.js';
import { DECIDE_ERASURE, ERASED, ERASURES, HAS_PLAN, INSERT_ERASURE, LOCK_ERASURE, ONE_ERASURE, OWN_ERASURES, type ErasureRow } from './rights.queries.js';
import { answerBefore, erasedOn, keptBecause } from './rights.rules.js';

interface Words {
  text?: string;
  answer?: string;
}

/** A main person asks to be erased; the lead decides, without seeing what it is about; a job does it. */
@Injectable()
export class ErasureRequestsService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly messages: MessagesService,
    private readonly circle: CircleService,
    private readonly notices: PlanNotices,
    private readonly erasure: ErasureService,
    private readonly policy: RetentionPolicyService,
    private readonly jobs: JobRegistry,
    private readonly outbox: Outbox,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(ERASE_CASE_ON_REQUEST, (run, { requestId }) => this.erase(run, requestId));
  }

  /** Asks for everything to be erased; with `stopContact` nothing goes out to them from this moment. Asked twice: 409. */
  async ask(ctx: Ctx, { stopContact, text }: ErasureAsked): Promise<OwnErasureRequest> {
    const { memberId, caseId } = participantOf(ctx);
    return this.database.run(ctx, async (tx) => {
      await this.cases.lock(tx, caseId, 'main-person');
      const id = newId(tx.now);
      const sealed = text === undefined ? null : await this.vault.seal(place(tx, id), { text } satisfies Words);
      const values = [tx.organisationId, id, caseId, memberId, stopContact, sealed, answerBefore(tx.now), tx.now];
      if ((await named(tx, INSERT_ERASURE, values)).length === 0) throw conflict('erasure-asked');
      if (stopContact) await this.messages.cancel(tx, { memberId });
      await this.cases.note(tx, { caseId, type: 'erasure-asked', audience: 'member', memberId });
      await this.audit.record(tx, { action: 'privacy.erasure-asked', object: { kind: 'erasure-request', id }, caseId });
      return this.own(tx, (await this.row(tx, id))!);
    });
  }

  /** One's own requests with the answer, newest first. */
  async mine(ctx: Ctx): Promise<OwnErasureRequestList> {
    const { memberId, caseId } = participantOf(ctx);
    const items = await this.database.view(ctx, async (tx) => {
      const rows = await named<ErasureRow>(tx, OWN_ERASURES, [tx.organisationId, memberId]);
      return Promise.all(rows.map((row) => this.own(tx, row)));
    });
    await this.audit.read(ctx, { action: 'privacy.erasure-requests-listed', object: { kind: 'circle-member', id: memberId }, caseId });
    return { items };
  }

  /** All of them, what is to be decided first; numbers and dates only. */
  async list(ctx: Ctx): Promise<ErasureRequestList> {
    const rows = await this.database.view(ctx, (tx) => named<ErasureRow>(tx, ERASURES, [tx.organisationId]));
    await this.audit.read(ctx, { action: 'privacy.erasure-requests-listed', object: null, purpose: 'rights' });
    return { items: rows.map(itemOf) };
  }

  /**
   * Decides, once. The plan of another main person stays until they could keep it. To erase is refused with 409 while a legal hold
   * stands, and while the law that the organisation works under says how long a file is kept; the problem says which. To keep asks
   * for the law by which.
   */
  async decide(ctx: Ctx, id: string, { outcome, ground, remark }: ErasureDecision): Promise<ErasureRequestItem> {
    if (outcome === 'kept-by-law' && !ground) throw invalidField('/ground', 'required');
    return this.database.run(ctx, async (tx) => {
      const [asked] = await named<ErasureRow>(tx, LOCK_ERASURE, [tx.organisationId, id]);
      if (!asked) throw notFound();
      if (asked.state !== 'open') throw stateConflict(asked.state, []);
      if (outcome === 'erased') {
        await this.erasure.assertNotHeld(tx, asked.caseId!);
        const kept = keptBecause({ rule: await this.policy.ruleOn(tx, localDay(tx.now)), held: false });
        if (kept) throw conflict(kept);
      }
      const words: Words = asked.sealed ? await this.vault.open<Words>(place(tx, id), asked.sealed) : {};
      const sealed = await this.vault.seal(place(tx, id), { ...words, answer: remark } satisfies Words);
      const state = outcome === 'erased' ? 'erasing' : 'kept-by-law';
      await named(tx, DECIDE_ERASURE, [tx.organisationId, id, state, ground ?? null, sealed, tx.now, actorId(tx.actor)]);
      if (outcome === 'erased') await this.outbox.add(tx, ERASE_CASE_ON_REQUEST, { key: id, payload: { requestId: id }, runAt: await this.momentFor(tx, asked) });
      await this.audit.record(tx, { action: `privacy.erasure-${state}`, object: { kind: 'erasure-request', id }, caseId: asked.caseId, purpose: 'rights' });
      return itemOf((await this.row(tx, id))!);
    });
  }

  /** At once; where a plan is of another main person too, they hear of it and have some time to keep it. */
  private async momentFor(tx: Tx, { caseId, memberId, dueOn }: ErasureRow): Promise<Date> {
    const others = (await this.circle.mainPersons(tx, caseId!)).filter(({ id }) => id !== memberId);
    if (others.length === 0 || (await named(tx, HAS_PLAN, [tx.organisationId, caseId])).length === 0) return tx.now;
    const goesOn = erasedOn(dueOn, localDay(tx.now));
    await this.notices.tell(tx, caseId!, others, goesOn);
    return DateTime.fromISO(goesOn, { zone: ZONE }).toJSDate();
  }

  /** Erases the case, and keeps what went as counts per table. A hold that came in between stops it: then the job is tried again. */
  private async erase(run: JobRun, requestId: string): Promise<JobOutcome> {
    return this.database.run(run.ctx, async (tx) => {
      const [asked] = await named<ErasureRow>(tx, LOCK_ERASURE, [tx.organisationId, requestId]);
      if (asked?.state !== 'erasing' || asked.caseId === null) return 'skipped';
      const counts = await this.erasure.eraseCase(tx, asked.caseId);
      await named(tx, ERASED, [tx.organisationId, requestId, JSON.stringify(counts)]);
      return 'done';
    });
  }

  private async row(tx: Tx, id: string): Promise<ErasureRow | undefined> {
    return (await named<ErasureRow>(tx, ONE_ERASURE, [tx.organisationId, id]))[0];
  }

  private async own(tx: Tx, row: ErasureRow): Promise<OwnErasureRequest> {
    const words: Words = row.sealed ? await this.vault.open<Words>(place(tx, row.id), row.sealed) : {};
    return { ...itemOf(row), answer: words.answer ?? null };
  }
}

function itemOf({ id, reference, state, stopContact, ground, dueOn, createdAt, decidedAt, erasedAt, report, version }: ErasureRow): ErasureRequestItem {
  const at = (instant: Date | null): string | null => instant?.toISOString() ?? null;
  return {
    id, reference, state, stopContact, ground, dueOn, createdAt: createdAt.toISOString(), decidedAt: at(decidedAt), erasedAt: at(erasedAt), report, version,
  };
}

const place = (tx: Tx, id: string): { organisationId: string; table: string; id: string } => {
  return { organisationId: tx.organisationId, table: 'privacy_erasure_requests', id };
};
