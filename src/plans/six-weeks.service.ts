import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import type { CaseEndListener } from '../cases/cases.events.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Slot } from '../meetings/meetings.rules.js';
import { AvailabilityService } from '../meetings/availability.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { defineJob } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { Vault } from '../platform/vault/vault.js';
import type { SealedCommitment } from './commitment.entity.js';
import { CommitmentsService } from './commitments.service.js';
import { readerIn } from './plans.policy.js';
import { REALISE_WITHIN_DAYS } from './plans.rules.js';
import type { SixWeeksAnswer, SixWeeksCommitment } from './six-weeks.dto.js';
import {
  LOOKED_BACK,
  PLAN_OF_CASE,
  PLANS_OF_FACILITATOR,
  PROMISES_OF_CASE,
  STATES_OF_CASES,
  type RunningPlan,
  type SixWeeksRow,
} from './six-weeks.queries.js';
import { StandingObstacles } from './standing-obstacles.service.js';
import { dayOfPlan, GROUPS, momentOf, momentsAfter, onDay, reviewDays, sorted, type ReviewDay } from './six-weeks.rules.js';

/** Day 42 of a version that is carried: what is still to be sorted. */
export const SORT = defineJob<{ caseId: string; planId: string }>('plans.six-weeks', { queue: 'upkeep' });
/** A week before a review day: it is time to plan it. `after`: the review day, counted from the day on which the plan was fixed. */
export const PROPOSE_REVIEW = defineJob<{ caseId: string; planId: string; after: number }>('plans.propose-review', { queue: 'upkeep' });

/** What waits for a facilitator in one case. */
export interface SixWeeksTask {
  caseId: string;
  reference: string;
  resident: string;
  /** How many promises are to be sorted; 0 before day 42. */
  open: number;
  /** The review that is to be planned, if there is one. */
  review: ReviewDay | null;
  /** A kind that does not meet looks back by telephone. */
  meets: boolean;
}

const MOST_SUGGESTIONS = 3;
/** Moments for a review are looked for from so many days before its day. */
const SUGGEST_DAYS_BEFORE = 2;

/** Six weeks on: where every promise stands, and when people look back. */
@Injectable()
export class SixWeeksService implements OnModuleInit, CaseEndListener {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly restrictions: RestrictionsService,
    private readonly commitments: CommitmentsService,
    private readonly standing: StandingObstacles,
    private readonly availability: AvailabilityService,
    private readonly outbox: Outbox,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.cases.onEnded(this);
  }

  /** How the promises of the newest version stand; 404 without a plan. A main person reads nothing of whom they must not see. */
  async read(ctx: Ctx, caseId: string): Promise<SixWeeksAnswer> {
    const answer = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId, 'main-person');
      const found = await this.of(tx, caseId);
      if (!found) throw notFound();
      return found;
    });
    await this.audit.read(ctx, { action: 'plans.six-weeks-read', object: { kind: 'case', id: caseId }, caseId });
    return answer;
  }

  /** The same inside another read, which has checked who asks and audits; null without a plan. */
  async of(tx: Tx, caseId: string): Promise<SixWeeksAnswer | null> {
    const [plan] = await named<RunningPlan>(tx, PLAN_OF_CASE, [tx.organisationId, caseId]);
    if (!plan) return null;
    const hidden = await this.restrictions.hidden(tx, caseId);
    const rows = await named<SixWeeksRow>(tx, PROMISES_OF_CASE, [tx.organisationId, caseId, tx.now]);
    const groups = sorted(rows.filter(({ memberId }) => !hidden.has(memberId)), localDay(tx.now));
    const obstaclesOf = await this.standing.of(tx, rows, readerIn(tx.actor, tx.now), hidden);
    const opened = async (of: readonly SixWeeksRow[]): Promise<SixWeeksCommitment[]> =>
      Promise.all(of.map(async (row) => ({ ...(await this.opened(tx, row)), obstacles: obstaclesOf(row.id) })));
    return {
      caseId,
      planId: plan.id,
      dueOn: onDay(plan.fixedAt, REALISE_WITHIN_DAYS),
      day: dayOfPlan(plan.fixedAt, tx.now),
      carriedAt: plan.carriedAt?.toISOString() ?? null,
      groups: {
        done: await opened(groups.done),
        perspective: await opened(groups.perspective),
        obstacle: await opened(groups.obstacle),
        open: await opened(groups.open),
      },
      realised: groups.done.length,
      of: GROUPS.reduce((sum, group) => sum + groups[group].length, 0),
      reviews: this.reviews(tx, plan),
    };
  }

  /** What waits for a facilitator: promises to be sorted from day 42, and reviews to be planned. The caller audits. */
  async tasks(tx: Tx, facilitatorId: string): Promise<SixWeeksTask[]> {
    const plans = await named<RunningPlan>(tx, PLANS_OF_FACILITATOR, [tx.organisationId, facilitatorId]);
    const open = await this.openIn(tx, plans.map(({ caseId }) => caseId));
    return plans.flatMap((plan): SixWeeksTask[] => {
      const due = dayOfPlan(plan.fixedAt, tx.now) >= REALISE_WITHIN_DAYS ? (open.get(plan.caseId) ?? 0) : 0;
      const review = this.reviews(tx, plan).find(({ state }) => state === 'asked') ?? null;
      const { caseId, reference, resident, kind } = plan;
      return due > 0 || review ? [{ caseId, reference, resident, open: due, review, meets: KINDS[kind].meets }] : [];
    });
  }

  /** Where nobody meets: the facilitator called round, and people looked back. Said when nobody asked for it, or twice, it says nothing. */
  async lookedBack(ctx: Ctx, caseId: string): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      const { kind } = await this.cases.lockOpen(tx, caseId);
      const [plan] = await named<RunningPlan>(tx, PLAN_OF_CASE, [tx.organisationId, caseId]);
      const isAsked = plan?.carriedAt && this.reviews(tx, plan).some(({ state }) => state === 'asked');
      if (!isAsked || KINDS[kind].meets) return;
      await named(tx, LOOKED_BACK, [tx.organisationId, plan.id, tx.now]);
      await this.cases.note(tx, { caseId, type: 'looked-back', audience: 'main-persons' });
      await this.audit.record(tx, { action: 'plans.looked-back', object: { kind: 'plan', id: plan.id }, caseId });
    });
  }

  /** Moments around a review day at which the facilitator works and is nowhere else. */
  async suggestions(tx: Tx, facilitatorId: string, review: ReviewDay): Promise<Slot[]> {
    const from = momentOf(new Date(`${review.on}T12:00:00Z`), -SUGGEST_DAYS_BEFORE);
    return this.availability.suggestions(tx, facilitatorId, MOST_SUGGESTIONS, from > tx.now ? from : tx.now);
  }

  /** A version is carried: its clock takes the place of the one before. */
  async carried(tx: Tx, { id: caseId, kind }: CaseEntity, plan: { id: string; fixedAt: Date }): Promise<void> {
    await this.drop(tx, caseId);
    const payload = { caseId, planId: plan.id };
    for (const { what, after, runAt } of momentsAfter(plan.fixedAt, KINDS[kind].reviewsAfterDays)) {
      if (what === 'sort') await this.outbox.add(tx, SORT, { key: `${caseId} ${plan.id}`, payload, runAt });
      else await this.outbox.add(tx, PROPOSE_REVIEW, { key: `${caseId} ${plan.id} ${after}`, payload: { ...payload, after }, runAt });
    }
  }

  /** Nobody looks back on a case that is over by itself. */
  async ended(tx: Tx, { id }: CaseEntity): Promise<void> {
    await this.drop(tx, id);
  }

  /** How many promises are to be sorted in each of these cases. */
  async openIn(tx: Tx, caseIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (caseIds.length === 0) return new Map();
    const rows = await named<Pick<SixWeeksRow, 'caseId' | 'state' | 'perspectiveOn'>>(tx, STATES_OF_CASES, [tx.organisationId, caseIds]);
    const today = localDay(tx.now);
    return new Map(caseIds.map((caseId) => [caseId, sorted(rows.filter((row) => row.caseId === caseId), today).open.length]));
  }

  /** The review days of a plan as they stand now. */
  reviews(tx: Tx, { fixedAt, kind, reviews, ...plan }: RunningPlan): ReviewDay[] {
    const { reviewsAfterDays, reviewsForObstacles } = KINDS[kind];
    const obstacleSince = reviewsForObstacles ? plan.obstacleSince : null;
    const held = reviews.map(({ startsAt, state }) => ({ startsAt: new Date(startsAt), state }));
    return reviewDays({ fixedAt, reviewsAfterDays, obstacleSince }, held, tx.now);
  }

  private async drop(tx: Tx, caseId: string): Promise<void> {
    await this.outbox.cancel(tx, SORT, { prefix: `${caseId} ` });
    await this.outbox.cancel(tx, PROPOSE_REVIEW, { prefix: `${caseId} ` });
  }

  private async opened(tx: Tx, row: SixWeeksRow): Promise<Omit<SixWeeksCommitment, 'obstacles'>> {
    const { id, memberId, memberName, dueOn, every, state, version } = row;
    const place = { organisationId: tx.organisationId, table: 'plans_commitments', id };
    const { text } = await this.vault.open<SealedCommitment>(place, row.sealed);
    return { id, memberId, memberName, text, dueOn, every, state, perspective: await this.commitments.perspective(tx, row), version };
  }
}
