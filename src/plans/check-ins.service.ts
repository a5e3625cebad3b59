import { Injectable } from '@nestjs/common';
import { named, type Tx } from '../platform/database/tx.js';
import { localDay } from '../platform/local-day.js';
import { defineJob } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { CHECKED_OF_CASE, type CheckedRow } from './check-ins.queries.js';
import { CHECKED_STATES, checkInMoment, nextCheckIn, type Checked } from './check-ins.rules.js';
import type { CommitmentState } from './commitments.rules.js';

/** Asks everybody of a case who is to be asked on this day. */
export const CHECK_IN = defineJob<{ caseId: string; on: string }>('plans.check-in', { queue: 'messages' });

interface Followed {
  caseId: string;
  state: CommitmentState;
  dueOn: string;
  every: string | null;
  createdAt: Date;
}

/**
 * The days on which people are asked how it goes with what they promised. Of a case only the next day stands in the outbox, and
 * each day plans the one after it: something without an end never stands there more than once. What changed in between is
 * asked again when the day comes, so that nothing has to be taken back.
 */
@Injectable()
export class CheckInsService {
  constructor(private readonly outbox: Outbox) {}

  /** What people do in a case and may be asked about. */
  async checked(tx: Tx, caseId: string): Promise<(Checked & { memberId: string })[]> {
    const rows = await named<CheckedRow>(tx, CHECKED_OF_CASE, [tx.organisationId, caseId, CHECKED_STATES]);
    return rows.map(({ createdAt, ...row }) => ({ ...row, startsOn: localDay(createdAt) }));
  }

  /** Plans the next day after today on which anybody of the case is asked. */
  async plan(tx: Tx, caseId: string): Promise<void> {
    await this.add(tx, caseId, await this.checked(tx, caseId));
  }

  /** One promise changed: its own next day is there. */
  async follow(tx: Tx, { caseId, state, dueOn, every, createdAt }: Followed): Promise<void> {
    if (CHECKED_STATES.includes(state)) await this.add(tx, caseId, [{ dueOn, every, startsOn: localDay(createdAt) }]);
  }

  private async add(tx: Tx, caseId: string, checked: readonly Checked[]): Promise<void> {
    const on = nextCheckIn(checked, localDay(tx.now));
    if (on) await this.outbox.add(tx, CHECK_IN, { key: `${caseId} ${on}`, payload: { caseId, on }, runAt: checkInMoment(on) });
  }
}
