import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import type { CaseloadPort, HandoverOrder } from '../people/people.events.js';
import { StaffAccountsService } from '../people/staff-accounts.service.js';
import { StaffService } from '../people/staff.service.js';
import { actorId, hasRole, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { DEFAULT_LIMIT, decodeCursor, page, type PageQuery } from '../platform/http/cursor.js';
import { assertCurrent, conflict, notFound, stateConflict } from '../platform/http/problem.js';
import { textsFor } from '../texts/texts.js';
import { CaseEntity } from './case.entity.js';
import type { CaseSummary } from './cases.dto.js';
import type { HandoverListener, Moved } from './cases.events.js';
import { OPEN_STATES } from './cases.rules.js';
import { summaryOf } from './cases.service.js';
import type { Facilitator, FacilitatorList, HandoverRequest, MovedCaseload } from './handover.dto.js';
import { CARRIED, FACILITATORS, GIVE, GIVER } from './handover.queries.js';
import { TimelineService } from './timeline.service.js';

/**
 * Somebody else takes over: one case, or all that a facilitator has. What belongs to it moves in the same transaction, so that
 * nothing is left without somebody, and who had it has it no more.
 */
@Injectable()
export class HandoverService implements OnModuleInit, CaseloadPort {
  private readonly listeners: HandoverListener[] = [];

  constructor(
    private readonly database: Database,
    private readonly staff: StaffService,
    private readonly accounts: StaffAccountsService,
    private readonly timelines: TimelineService,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.accounts.onCaseload(this);
  }

  /** Registers what else moves, in the same transaction. */
  onHandedOver(listener: HandoverListener): void {
    this.listeners.push(listener);
  }

  /** One case: its own facilitator, or a lead. Refused with 409 when it has ended, or a meeting needs a stand-in. */
  async ofCase(ctx: Ctx, caseId: string, order: HandoverRequest, seen: number | null): Promise<CaseSummary> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await tx.em.findOne(CaseEntity, {
        where: { organisationId: tx.organisationId, id: caseId },
        lock: { mode: 'for_no_key_update' },
      });
      const isTheirs = hasRole(tx.actor, 'facilitator') && theCase?.facilitatorId === actorId(tx.actor);
      if (!theCase || !(isTheirs || hasRole(tx.actor, 'lead'))) throw notFound();
      assertCurrent(seen, theCase.version);
      if (!OPEN_STATES.includes(theCase.state)) throw stateConflict(theCase.state, [], 'case-ended');
      await this.give(tx, theCase.facilitatorId, [theCase], { order, whole: false });
      return summaryOf(theCase);
    });
  }

  /** One case inside another command, which has seen who may: of two on duty the second takes it. */
  async within(tx: Tx, caseId: string, order: HandoverOrder): Promise<void> {
    const theCase = await tx.em.findOneOrFail(CaseEntity, {
      where: { organisationId: tx.organisationId, id: caseId },
      lock: { mode: 'for_no_key_update' },
    });
    if (OPEN_STATES.includes(theCase.state)) await this.give(tx, theCase.facilitatorId, [theCase], { order, whole: false });
  }

  /** All open cases of somebody with their agenda and duties: themself, a lead or an admin. 404 for everyone else. */
  async ofCaseload(ctx: Ctx, staffId: string, order: HandoverRequest): Promise<MovedCaseload> {
    return this.database.run(ctx, async (tx) => {
      if (!hasRole(tx.actor, 'lead', 'admin') && actorId(tx.actor) !== staffId) throw notFound();
      const { cases, moved } = await this.all(tx, staffId, order);
      return { facilitatorId: order.facilitatorId, cases: cases.map(({ id, reference }) => ({ id, reference })), ...moved };
    });
  }

  /** The facilitators by name, with what they carry and whether they are on duty. */
  async facilitators(ctx: Ctx, query: PageQuery): Promise<FacilitatorList> {
    const limit = query.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(query.after, ['uuid'])?.[0] ?? null;
    const rows = await this.database.view(ctx, (tx) =>
      named<Facilitator>(tx, FACILITATORS, [tx.organisationId, tx.now, after, limit + 1, OPEN_STATES]),
    );
    return page(rows, limit, (row) => [row.id]);
  }

  async carried(tx: Tx, staffId: string): Promise<{ cases: number; duties: number }> {
    const [counts] = await named<{ cases: number; duties: number }>(tx, CARRIED, [tx.organisationId, staffId, OPEN_STATES, tx.now]);
    return counts!;
  }

  async handOver(tx: Tx, staffId: string, order: HandoverOrder): Promise<void> {
    await this.all(tx, staffId, order, '/handOverTo');
  }

  private async all(
    tx: Tx,
    staffId: string,
    order: HandoverOrder,
    pointer?: string,
  ): Promise<{ cases: CaseEntity[]; moved: Moved }> {
    const cases = await tx.em.find(CaseEntity, {
      where: { organisationId: tx.organisationId, facilitatorId: staffId, state: In([...OPEN_STATES]) },
      order: { id: 'ASC' },
      lock: { mode: 'for_no_key_update' },
    });
    const moved = await this.give(tx, staffId, cases, { order, whole: true, pointer });
    await this.audit.record(tx, { action: 'cases.caseload-handed-over', object: { kind: 'staff', id: staffId } });
    return { cases, moved };
  }

  private async give(
    tx: Tx,
    fromId: string,
    cases: CaseEntity[],
    { order, whole, pointer = '/facilitatorId' }: { order: HandoverOrder; whole: boolean; pointer?: string },
  ): Promise<Moved> {
    const [from] = await named<{ id: string; name: string }>(tx, GIVER, [tx.organisationId, fromId]);
    if (!from) throw notFound();
    if (fromId === order.facilitatorId) throw conflict('same-facilitator');
    const to = await this.staff.holdFacilitator(tx, order.facilitatorId, pointer);
    await named(tx, GIVE, [tx.organisationId, cases.map(({ id }) => id), to.id]);
    const reason = textsFor('nl').cases.handoverReasons[order.reason];
    for (const theCase of cases) {
      Object.assign(theCase, { facilitatorId: to.id, version: theCase.version + 1 });
      const caseId = theCase.id;
      await this.timelines.add(tx, { caseId, type: 'handed-over', audience: 'main-persons', values: { from: from.name, to: to.name } });
      // Why is about a colleague, and only for who takes over.
      const values = { reason, remark: order.remark ?? '' };
      await this.timelines.add(tx, { caseId, type: 'handed-over-because', audience: 'facilitator', values });
      await this.audit.record(tx, { action: 'cases.handed-over', object: { kind: 'case', id: caseId }, caseId });
    }
    const moved: Moved = { meetings: 0, duties: 0, told: 0 };
    for (const listener of this.listeners) {
      const also = await listener.handedOver(tx, cases, { from, to, whole, standIns: order.standIns ?? [] });
      for (const what of ['meetings', 'duties', 'told'] as const) moved[what] += also[what] ?? 0;
    }
    return moved;
  }
}
