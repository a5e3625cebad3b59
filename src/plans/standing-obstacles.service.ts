import { Injectable } from '@nestjs/common';
import { named, type Tx } from '../platform/database/tx.js';
import { localDay } from '../platform/local-day.js';
import { Vault } from '../platform/vault/vault.js';
import { workingDaysBetween } from '../platform/working-days.js';
import type { CommitmentState } from './commitments.rules.js';
import type { SealedObstacle } from './obstacle.entity.js';
import type { StandingObstacle } from './obstacles.dto.js';
import { OPEN_OF_COMMITMENTS, type ObstacleRow } from './obstacles.queries.js';
import { obstaclePartOf, type CaseReader } from './plans.policy.js';

/** Beside promises: what stands in their way now, as far as the reader may know it. */
@Injectable()
export class StandingObstacles {
  constructor(private readonly vault: Vault) {}

  /**
   * By promise, oldest first; nothing for a promise that is free. The caller has checked that the reader has this case. One statement
   * for all of them, and none when nothing is blocked. `hidden`: of whom the reader must not see anything.
   */
  async of(
    tx: Tx,
    promises: readonly { id: string; state: CommitmentState }[],
    reader: CaseReader,
    hidden: ReadonlySet<string>,
  ): Promise<(commitmentId: string) => StandingObstacle[]> {
    const blocked = promises.filter(({ state }) => state === 'blocked').map(({ id }) => id);
    if (blocked.length === 0) return () => [];
    const rows = await named<ObstacleRow>(tx, OPEN_OF_COMMITMENTS, [tx.organisationId, blocked]);
    const found = await Promise.all(
      rows.flatMap((row) => {
        const part = obstaclePartOf(reader, row);
        return part && !hidden.has(row.memberId) ? [this.shown(tx, row, part === 'whole', reader, hidden)] : [];
      }),
    );
    return (id) => found.filter(({ commitmentId }) => commitmentId === id).map(({ obstacle }) => obstacle);
  }

  private async shown(
    tx: Tx,
    { id, commitmentId, category, openSince, moverId, moverName, sealed }: ObstacleRow,
    isWhole: boolean,
    reader: CaseReader,
    hidden: ReadonlySet<string>,
  ): Promise<{ commitmentId: string; obstacle: StandingObstacle }> {
    const facts = {
      id,
      category,
      openSince: openSince.toISOString(),
      workingDays: workingDaysBetween(localDay(openSince), localDay(tx.now)),
      yourMove: reader !== null && moverId === reader.id,
    };
    if (!isWhole) return { commitmentId, obstacle: { ...facts, text: null, whoseMove: null } };
    const { text, organisation } = await this.vault.open<SealedObstacle>({ organisationId: tx.organisationId, table: 'plans_obstacles', id }, sealed);
    const isHidden = moverId !== null && hidden.has(moverId);
    const whoseMove = isHidden ? { memberId: null, memberName: null, organisation: null } : { memberId: moverId, memberName: moverName, organisation };
    return { commitmentId, obstacle: { ...facts, text, whoseMove } };
  }
}
