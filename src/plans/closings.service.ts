import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { CaseEndListener, ClosedPromise } from '../cases/cases.events.js';
import type { PromiseEnd } from '../cases/cases.rules.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService } from '../circle/circle.service.js';
import type { Tx } from '../platform/database/tx.js';
import { invalid, stateConflict, type FieldError } from '../platform/http/problem.js';
import type { LeftOver } from '../texts/nl/marks.js';
import { textsFor } from '../texts/texts.js';
import { CLOSES_AS, defaultEnd } from './closings.rules.js';
import type { CommitmentRow } from './commitments.queries.js';
import { isOver } from './commitments.rules.js';
import { CommitmentsService } from './commitments.service.js';
import { MarksMessages } from './marks.messages.js';

/**
 * A case that is closed: what becomes of each open promise, as the facilitator says. What is not named stays as it is, theirs and
 * without check-ins; what was only asked of somebody is let go. Everyone is thanked, hears in the same message what became of what
 * they would do, and is asked for marks.
 */
@Injectable()
export class PlanClosings implements CaseEndListener, OnModuleInit {
  constructor(
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly commitments: CommitmentsService,
    private readonly messages: MarksMessages,
  ) {}

  onModuleInit(): void {
    this.cases.onEnded(this);
  }

  /** Refuses with 400 what is not of this case and a release without a reason, with 409 what the state of a promise does not allow. */
  async ended(tx: Tx, theCase: CaseEntity, how: 'closed' | 'stopped', named: readonly ClosedPromise[]): Promise<void> {
    if (how === 'stopped') return;
    const rows = await this.commitments.toClose(tx, theCase.id);
    assertMeant(named, rows);
    const chosen = new Map(named.map((one) => [one.id, one]));
    const left = new Map<string, LeftOver>();
    for (const row of rows.filter(({ state }) => !isOver(state))) {
      const { outcome, reason } = chosen.get(row.id) ?? { outcome: defaultEnd(row.state) };
      if (!CLOSES_AS[row.state].includes(outcome)) throw stateConflict(row.state, [...CLOSES_AS[row.state]]);
      await this.end(tx, row, outcome, reason);
      const before = left.get(row.memberId);
      left.set(row.memberId, {
        stays: before?.stays === true || outcome === 'stays',
        released: before?.released === true || outcome === 'released',
      });
    }
    const people = await this.circle.members(tx, theCase.id);
    await this.messages.ask(tx, theCase, people, { closed: true, key: `${theCase.id} ${tx.now.toISOString()}`, left });
  }

  private async end(tx: Tx, row: CommitmentRow, outcome: PromiseEnd, reason: string | undefined): Promise<void> {
    const texts = textsFor('nl').plans;
    if (outcome === 'done') await this.commitments.moveTo(tx, row, 'done', texts.doneAtClosure);
    if (outcome === 'released') await this.commitments.moveTo(tx, row, 'released', reason ?? texts.releasedAtClosure);
  }
}

function assertMeant(named: readonly ClosedPromise[], rows: readonly CommitmentRow[]): void {
  const known = new Set(rows.map(({ id }) => id));
  const ids = named.map(({ id }) => id);
  const errors = named.flatMap(({ id, outcome, reason }, at): FieldError[] => {
    if (!known.has(id)) return [{ pointer: `/commitments/${at}/id`, code: 'unknown-commitment' }];
    if (ids.indexOf(id) < at) return [{ pointer: `/commitments/${at}/id`, code: 'doubled-id' }];
    return outcome === 'released' && !reason ? [{ pointer: `/commitments/${at}/reason`, code: 'required' }] : [];
  });
  if (errors.length > 0) throw invalid(errors);
}
