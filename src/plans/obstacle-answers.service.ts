import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { hasRole, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { DEFAULT_LIMIT, decodeCursor, page, type Page } from '../platform/http/cursor.js';
import { notFound } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { Vault } from '../platform/vault/vault.js';
import { workingDaysBetween } from '../platform/working-days.js';
import { DirectorsService } from './directors.service.js';
import { EscalationMessages } from './escalations.messages.js';
import type { SealedObstacle } from './obstacle.entity.js';
import type { DirectorMail, Mover, ObstacleAnswer, ObstacleForCircle, ObstacleForLead, ObstacleQuery } from './obstacles.dto.js';
import { NAMES, OBSTACLE, OF_PARTICIPANT, OF_STAFF, type ObstacleRow } from './obstacles.queries.js';
import { isKnownMainPerson, obstaclePartFor } from './plans.policy.js';

/** An obstacle with its words. */
export type OpenedObstacle = Omit<ObstacleRow, 'sealed'> & SealedObstacle;
export type AnyObstacle = ObstacleAnswer | ObstacleForCircle | ObstacleForLead;

/** What people see of what is in the way, each their part. */
@Injectable()
export class ObstacleAnswers {
  constructor(
    private readonly database: Database,
    private readonly restrictions: RestrictionsService,
    private readonly directors: DirectorsService,
    private readonly says: EscalationMessages,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** What one may see, oldest first: of the own cases, what concerns oneself, or as a lead what stands long. */
  async list(ctx: Ctx, query: ObstacleQuery): Promise<Page<AnyObstacle>> {
    const answer = await this.database.view(ctx, (tx) => this.pageOf(tx, query));
    const { caseId = null } = query;
    await this.audit.read(ctx, { action: 'plans.obstacles-read', object: caseId ? { kind: 'case', id: caseId } : null });
    return answer;
  }

  /** The same within another read, which audits. */
  async pageOf(tx: Tx, query: ObstacleQuery): Promise<Page<AnyObstacle>> {
    const { actor } = tx;
    const limit = query.limit ?? DEFAULT_LIMIT;
    const escalated = query.escalated === undefined ? null : query.escalated === 'true';
    const filters = [query.caseId ?? null, query.state ?? null, query.category ?? null, escalated, query.whoseMove ?? null, limit + 1];
    const after = decodeCursor(query.after, ['uuid'])?.[0] ?? null;
    let rows: ObstacleRow[] = [];
    if (actor.kind === 'staff') {
      rows = await named<ObstacleRow>(tx, OF_STAFF, [tx.organisationId, actor.staffId, hasRole(actor, 'lead'), after, ...filters]);
    } else if (actor.kind === 'participant') {
      const about = isKnownMainPerson(actor, tx.now) ? actor.caseId : null;
      rows = await named<ObstacleRow>(tx, OF_PARTICIPANT, [tx.organisationId, actor.memberId, about, after, ...filters]);
    }
    const { items, next } = page(rows, limit, ({ id }) => [id]);
    return { items: await this.parts(tx, items), next };
  }

  /** What stands long in all cases, as a lead sees it also of their own cases. */
  async standingForLead(ctx: Ctx, limit: number): Promise<{ items: ObstacleForLead[] }> {
    const items = await this.database.view(ctx, async (tx) => {
      const rows = await named<ObstacleRow>(tx, OF_STAFF, [tx.organisationId, null, true, null, null, 'open', null, true, null, limit]);
      return Promise.all(rows.map(async (row) => forLead(await this.opened(tx, row), tx.now)));
    });
    await this.audit.read(ctx, { action: 'plans.obstacles-read', object: null });
    return { items };
  }

  /** One, as far as the reader may see it. */
  async read(ctx: Ctx, id: string): Promise<AnyObstacle> {
    const answer = await this.database.view(ctx, (tx) => this.part(tx, id));
    await this.audit.read(ctx, { action: 'plans.obstacle-read', object: { kind: 'obstacle', id }, caseId: answer.caseId });
    return answer;
  }

  /** One with its words, for whoever sees anything of it; 404 for everyone else. */
  async require(tx: Tx, id: string): Promise<OpenedObstacle> {
    const [row] = await named<ObstacleRow>(tx, OBSTACLE, [tx.organisationId, id]);
    if (!row || (tx.actor.kind !== 'system' && !obstaclePartFor(tx.actor, row, tx.now))) throw notFound();
    return this.opened(tx, row);
  }

  /** All of one. The caller has checked who asks. */
  async whole(tx: Tx, obstacle: OpenedObstacle): Promise<ObstacleAnswer> {
    return (await this.wholes(tx, [obstacle]))[0]!;
  }

  /** One with its words, for the service itself; null when it was erased. */
  async find(tx: Tx, id: string): Promise<OpenedObstacle | null> {
    const [row] = await named<ObstacleRow>(tx, OBSTACLE, [tx.organisationId, id]);
    return row ? this.opened(tx, row) : null;
  }

  /** One as far as the reader may see it, or 404. The caller audits. */
  async part(tx: Tx, id: string): Promise<AnyObstacle> {
    const [row] = await named<ObstacleRow>(tx, OBSTACLE, [tx.organisationId, id]);
    const [part] = row ? await this.parts(tx, [row]) : [];
    if (!part) throw notFound();
    return part;
  }

  /** Each as far as the reader may see it; what they may not see is left out. */
  private async parts(tx: Tx, rows: readonly ObstacleRow[]): Promise<AnyObstacle[]> {
    const { actor } = tx;
    const hidden = actor.kind === 'participant' ? await this.restrictions.hidden(tx, actor.caseId) : new Set<string>();
    const seen = rows.flatMap((row) => {
      const part = obstaclePartFor(actor, row, tx.now);
      return part && !hidden.has(row.memberId) ? [{ row, part }] : [];
    });
    const opened = await Promise.all(seen.map(async ({ row, part }) => ({ part, obstacle: await this.opened(tx, row) })));
    const wholes = new Map(
      (await this.wholes(tx, opened.filter(({ part }) => part === 'whole').map(({ obstacle }) => obstacle), hidden)).map((answer) => [answer.id, answer]),
    );
    return Promise.all(
      opened.map(async ({ part, obstacle }): Promise<AnyObstacle> => {
        if (part === 'whole') return wholes.get(obstacle.id)!;
        if (part === 'lead') return forLead(obstacle, tx.now);
        const readerId = actor.kind === 'participant' ? actor.memberId : null;
        return { ...facts(obstacle, tx.now), yourMove: obstacle.moverId === readerId, directorMail: await this.directorMail(tx, obstacle) };
      }),
    );
  }

  private async wholes(tx: Tx, obstacles: readonly OpenedObstacle[], hidden?: ReadonlySet<string>): Promise<ObstacleAnswer[]> {
    if (obstacles.length === 0) return [];
    const unseen = hidden ?? (await this.restrictions.hidden(tx, obstacles[0]!.caseId));
    const ids = obstacles.flatMap(({ steps }) => steps.flatMap(({ memberId }) => memberId ?? []));
    const rows = await named<{ id: string; name: string }>(tx, NAMES, [tx.organisationId, ids]);
    const names = new Map(rows.map(({ id, name }) => [id, name]));
    const mover = (memberId: string | null, organisation: string | null): Mover => {
      if (memberId && unseen.has(memberId)) return { memberId: null, memberName: null, organisation: null };
      return { memberId, memberName: memberId && (names.get(memberId) ?? null), organisation };
    };
    return Promise.all(obstacles.map(async (obstacle) => ({
      ...facts(obstacle, tx.now),
      commitmentId: obstacle.commitmentId,
      memberId: obstacle.memberId,
      memberName: obstacle.memberName,
      text: obstacle.text,
      whoseMove: mover(obstacle.moverId, obstacle.organisation),
      stateSince: obstacle.stateSince.toISOString(),
      note: obstacle.steps.at(-1)?.note ?? null,
      escalatedAt: obstacle.leadSince?.toISOString() ?? null,
      shareText: obstacle.shareText,
      history: obstacle.steps.map(({ what, at, note, memberId, organisation }) => ({ what, at, note, whoseMove: mover(memberId, organisation) })),
      version: obstacle.version,
      directorMail: await this.directorMail(tx, obstacle),
    })));
  }

  /** The text that is to go, for main persons and the facilitator. */
  private async directorMail(tx: Tx, obstacle: OpenedObstacle): Promise<DirectorMail | null> {
    const { actor } = tx;
    const { directorMail: state, answers = [], moverKey } = obstacle;
    if (state === null || (actor.kind === 'participant' && !isKnownMainPerson(actor, tx.now))) return null;
    const own = actor.kind === 'participant' ? answers.filter(({ memberId }) => memberId === actor.memberId) : answers;
    const director = state === 'no-director' ? null : await this.directors.of(tx, moverKey);
    const shown = director ? await this.says.shown(tx, director, obstacle) : { subject: null, text: null };
    return { state, ...shown, answers: own.map(({ memberId, agrees, at }) => ({ memberId, agrees, at })) };
  }

  private async opened(tx: Tx, { sealed, ...row }: ObstacleRow): Promise<OpenedObstacle> {
    const place = { organisationId: tx.organisationId, table: 'plans_obstacles', id: row.id };
    return { ...row, ...(await this.vault.open<SealedObstacle>(place, sealed)) };
  }
}

type Facts = Pick<ObstacleAnswer, 'id' | 'caseId' | 'category' | 'state' | 'raisedAt' | 'openSince' | 'workingDays'>;

function facts({ id, caseId, category, state, raisedAt, openSince, stateSince }: OpenedObstacle, now: Date): Facts {
  const until = state === 'open' ? now : stateSince;
  const workingDays = workingDaysBetween(localDay(openSince), localDay(until));
  return { id, caseId, category, state, raisedAt: raisedAt.toISOString(), openSince: openSince.toISOString(), workingDays };
}

const forLead = (obstacle: OpenedObstacle, now: Date): ObstacleForLead => ({
  ...facts(obstacle, now),
  reference: obstacle.reference,
  facilitatorId: obstacle.facilitatorId,
  facilitatorName: obstacle.facilitatorName,
  organisation: obstacle.organisation,
  escalatedAt: obstacle.leadSince!.toISOString(),
  directorMail: obstacle.directorMail,
  text: obstacle.shareText ? obstacle.text : null,
});
