import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService } from '../circle/circle.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { assertCurrent, invalidField, stale } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { next, statesWith } from '../platform/transitions.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { CommitmentsService } from './commitments.service.js';
import { EscalationsService } from './escalations.service.js';
import { ObstacleEntity, type ObstacleStep, type SealedObstacle } from './obstacle.entity.js';
import { ObstacleAnswers, type OpenedObstacle } from './obstacle-answers.service.js';
import { ObstacleKeys } from './obstacle-keys.service.js';
import type { ObstacleAnswer, ObstacleChange, ObstacleReopeningRequest, ObstacleRequest, RemovalRequest, WhoseMove } from './obstacles.dto.js';
import { LAPSE_ALL, OTHERS_OPEN, RESEAL, WORDS_ABOUT } from './obstacles.queries.js';
import { goesFurther, OBSTACLE_TRANSITIONS, type ObstacleEvent } from './obstacles.rules.js';
import { takesPart } from './plan-people.rules.js';

interface Moving {
  moverId: string | null;
  moverKey: Buffer | null;
  organisation: string | null;
  /** How it is called on the timeline. */
  name: string;
  /** Whether anybody but the facilitator hears that it stands long. */
  goesFurther: boolean;
}

/** What is in the way of a promise, and whose move it is: raised, given to another, removed, back again. */
@Injectable()
export class ObstaclesService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly commitments: CommitmentsService,
    private readonly answers: ObstacleAnswers,
    private readonly keys: ObstacleKeys,
    private readonly escalations: EscalationsService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.cases.onEnded({
      ended: async (tx, { id }) => {
        await named(tx, LAPSE_ALL, [tx.organisationId, id, tx.now]);
      },
    });
  }

  /**
   * Records what is in the way of a promise; it is `blocked` from now on. By the one who promised, or the facilitator. Refuses
   * with 400 both or neither of the two whose move it can be and somebody who is not of this circle, with 409 a promise that
   * was not made yet or has ended.
   */
  async raise(ctx: Ctx, commitmentId: string, { text, category, whoseMove }: ObstacleRequest): Promise<ObstacleAnswer> {
    return this.database.run(ctx, async (tx) => {
      const { caseId, memberId, memberName } = await this.commitments.require(tx, commitmentId);
      const theCase = await this.cases.lockOpen(tx, caseId, 'circle');
      const { moverId, moverKey, organisation } = await this.moving(tx, theCase, whoseMove);
      await this.commitments.obstruct(tx, commitmentId, 'obstacle');
      const id = newId(tx.now);
      const words: SealedObstacle = { text, organisation, steps: [step(tx, 'raised', { moverId, organisation })] };
      await tx.em.insert(ObstacleEntity, {
        organisationId: tx.organisationId,
        id,
        caseId,
        commitmentId,
        category,
        moverId,
        moverKey,
        state: 'open',
        raisedAt: tx.now,
        openSince: tx.now,
        stateSince: tx.now,
        leadSince: null,
        directorMail: null,
        shareText: false,
        sealed: await this.vault.seal(place(tx, id), words),
        version: 1,
      });
      await this.escalations.plan(tx, { id, caseId, openSince: tx.now, version: 1 });
      await this.cases.note(tx, { caseId, type: 'obstacle-raised', audience: 'main-persons', aboutId: memberId, values: { name: memberName } });
      await this.audit.record(tx, { action: 'plans.obstacle-raised', object: { kind: 'obstacle', id }, caseId });
      return this.answers.whole(tx, await this.answers.require(tx, id));
    });
  }

  /** Another one's move, or shared with the lead; by those who may raise one, sharing by the facilitator only. The clock goes on. */
  async change(ctx: Ctx, id: string, seen: number | null, { whoseMove, shareText }: ObstacleChange): Promise<ObstacleAnswer> {
    return this.database.run(ctx, async (tx) => {
      const { theCase, obstacle } = await this.hold(tx, id, seen);
      if (shareText !== undefined && tx.actor.kind !== 'staff') throw invalidField('/shareText', 'facilitator-only');
      const { text, steps } = obstacle;
      const to = whoseMove && (await this.moving(tx, theCase, whoseMove));
      const changes: Partial<ObstacleEntity> = { shareText: shareText ?? obstacle.shareText };
      if (to) {
        const { moverId, moverKey, organisation } = to;
        // Whoever is asked next reads another text; of people who are here for themselves the lead hears nothing.
        Object.assign(changes, { moverId, moverKey, directorMail: null, ...(to.goesFurther ? {} : { leadSince: null }) });
        await this.write(tx, obstacle, changes, { text, organisation, steps: [...steps, step(tx, 'moved', to)] });
        await this.escalations.plan(tx, { ...obstacle, version: obstacle.version + 1 });
        const values = { name: obstacle.memberName, whose: to.name };
        await this.cases.note(tx, { caseId: theCase.id, type: 'obstacle-moved', audience: 'facilitator', aboutId: obstacle.memberId, values });
      } else {
        await this.write(tx, obstacle, changes, obstacle);
      }
      await this.audit.record(tx, { action: 'plans.obstacle-moved', object: { kind: 'obstacle', id }, caseId: theCase.id });
      return this.answers.whole(tx, await this.answers.require(tx, id));
    });
  }

  /** It is gone; the promise goes on when nothing else is in its way. Refuses with 409 what is gone already. */
  async remove(ctx: Ctx, id: string, seen: number | null, { note }: RemovalRequest): Promise<ObstacleAnswer> {
    return this.database.run(ctx, async (tx) => {
      const { obstacle } = await this.hold(tx, id, seen);
      const moved = await this.move(tx, obstacle, 'removal', note);
      const [others] = await named<{ n: number }>(tx, OTHERS_OPEN, [tx.organisationId, moved.commitmentId, id]);
      if (others!.n === 0) await this.commitments.obstruct(tx, moved.commitmentId, 'obstacle-removed');
      await this.told(tx, moved, others!.n === 0 ? 'obstacle-removed' : 'obstacle-still', 'plans.obstacle-removed');
      return this.answers.whole(tx, await this.answers.require(tx, id));
    });
  }

  /** It is in the way again; the clock starts anew. Refuses with 409 what is in the way already, and a promise that has ended. */
  async reopen(ctx: Ctx, id: string, seen: number | null, { note }: ObstacleReopeningRequest): Promise<ObstacleAnswer> {
    return this.database.run(ctx, async (tx) => {
      const { obstacle } = await this.hold(tx, id, seen);
      const moved = await this.move(tx, obstacle, 'reopening', note ?? null);
      await this.commitments.obstruct(tx, moved.commitmentId, 'obstacle');
      await this.told(tx, moved, 'obstacle-back', 'plans.obstacle-reopened');
      return this.answers.whole(tx, await this.answers.require(tx, id));
    });
  }

  /** Somebody is erased: what was in the way of them and what they said of others goes; that something was stays. */
  async forget(tx: Tx, memberId: string, caseId: string): Promise<void> {
    const rows = await named<{ id: string; sealed: Buffer; isOwn: boolean }>(tx, WORDS_ABOUT, [tx.organisationId, memberId, caseId]);
    for (const { id, sealed, isOwn } of rows) {
      const { text, organisation, steps, answers = [] } = await this.vault.open<SealedObstacle>(place(tx, id), sealed);
      const kept: SealedObstacle = {
        text: isOwn ? null : text,
        organisation,
        steps: steps.map((one) => {
          const theirs = one.byId === memberId;
          return { ...one, byId: theirs ? null : one.byId, note: theirs || isOwn ? null : one.note };
        }),
        answers: answers.filter((one) => one.memberId !== memberId),
      };
      await named(tx, RESEAL, [tx.organisationId, id, await this.vault.seal(place(tx, id), kept)]);
    }
  }

  /** The obstacle for one who may change it, its case open and locked. */
  private async hold(tx: Tx, id: string, seen: number | null): Promise<{ theCase: CaseEntity; obstacle: OpenedObstacle }> {
    const { caseId, commitmentId } = await this.answers.require(tx, id);
    await this.commitments.require(tx, commitmentId);
    const theCase = await this.cases.lockOpen(tx, caseId, 'circle');
    const obstacle = await this.answers.require(tx, id);
    assertCurrent(seen, obstacle.version);
    return { theCase, obstacle };
  }

  private async move(tx: Tx, obstacle: OpenedObstacle, event: Exclude<ObstacleEvent, 'promise-ended'>, note: string | null): Promise<OpenedObstacle> {
    const state = next(OBSTACLE_TRANSITIONS, obstacle.state, event);
    const again = event === 'reopening' ? { openSince: tx.now, leadSince: null, directorMail: null } : {};
    const what = event === 'removal' ? 'removed' : 'reopened';
    // What main persons said of a mail that went stays with it; when it is in the way again they are asked anew.
    const answers = event === 'reopening' ? [] : obstacle.answers;
    const words = { ...obstacle, answers, steps: [...obstacle.steps, step(tx, what, obstacle, note)] };
    await this.write(tx, obstacle, { ...again, state, stateSince: tx.now }, words, event);
    if (event === 'removal') await this.escalations.drop(tx, obstacle.id);
    else await this.escalations.plan(tx, { ...obstacle, openSince: tx.now, version: obstacle.version + 1 });
    return obstacle;
  }

  private async write(
    tx: Tx,
    { id, version, state }: OpenedObstacle,
    changes: Partial<ObstacleEntity>,
    { text, organisation, steps, answers }: SealedObstacle,
    event?: ObstacleEvent,
  ): Promise<void> {
    const sealed = await this.vault.seal(place(tx, id), { text, organisation, steps, answers } satisfies SealedObstacle);
    const from = event ? statesWith(OBSTACLE_TRANSITIONS, event) : [state];
    const key = { organisationId: tx.organisationId, id, version, state: In(from) };
    const { affected } = await tx.em.update(ObstacleEntity, key, { ...changes, sealed, version: version + 1 });
    if (affected !== 1) throw stale();
  }

  private async told(
    tx: Tx,
    { id, caseId, memberId, memberName }: OpenedObstacle,
    type: 'obstacle-removed' | 'obstacle-still' | 'obstacle-back',
    action: string,
  ): Promise<void> {
    await this.cases.note(tx, { caseId, type, audience: 'main-persons', aboutId: memberId, values: { name: memberName } });
    await this.audit.record(tx, { action, object: { kind: 'obstacle', id }, caseId });
  }

  /** Whose move it is: exactly one of the two, and of this circle, as far as the one who says so may know. */
  private async moving(tx: Tx, { id: caseId }: CaseEntity, { memberId, organisation }: WhoseMove): Promise<Moving> {
    if ((memberId === undefined) === (organisation === undefined)) throw invalidField('/whoseMove', 'one-mover');
    if (organisation !== undefined) {
      return { moverId: null, moverKey: await this.keys.of(tx, organisation), organisation, name: organisation, goesFurther: true };
    }
    const hidden = await this.restrictions.hidden(tx, caseId);
    const member = (await this.circle.members(tx, caseId)).find(({ id }) => id === memberId);
    if (!member || !takesPart(member) || hidden.has(member.id)) throw invalidField('/whoseMove/memberId', 'unknown-member');
    const worksFor = member.circleKind === 'professional' ? member.organisation : undefined;
    return {
      moverId: member.id,
      moverKey: worksFor ? await this.keys.of(tx, worksFor) : null,
      organisation: worksFor ?? null,
      name: member.firstName ?? member.name,
      goesFurther: goesFurther({ moverId: member.id, moverKind: member.circleKind, moverIsMainPerson: member.isMainPerson }),
    };
  }
}

const step = (
  tx: Tx,
  what: ObstacleStep['what'],
  { moverId, organisation }: { moverId: string | null; organisation: string | null },
  note: string | null = null,
): ObstacleStep => ({ what, at: tx.now.toISOString(), byId: actorId(tx.actor), note, memberId: moverId, organisation });

const place = (tx: Tx, id: string): SealRef => ({ organisationId: tx.organisationId, table: 'plans_obstacles', id });
