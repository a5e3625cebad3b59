import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import type { CaseEndListener } from '../cases/cases.events.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { LinksService } from '../people/links.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { stale, stateConflict } from '../platform/http/problem.js';
import { next, statesWith } from '../platform/transitions.js';
import { textsFor } from '../texts/texts.js';
import type { MeetingAnswer } from './meetings.dto.js';
import { MeetingMessages } from './meetings.messages.js';
import { assertNoPrivateTime, inFull } from './meetings.policy.js';
import { CANCEL, PLAN_CARRIED } from './meetings.queries.js';
import { CASE_ENDED, MEETING_TRANSITIONS, type CallOffReason } from './meetings.rules.js';
import type { CancellationRequest } from './moving.dto.js';
import { MeetingRecords, type MeetingRecord } from './records.service.js';
import { PollsService } from './polls.service.js';
import { RemindersService } from './reminders.service.js';
import { ResponsesService } from './responses.service.js';

const OPEN_STATES = statesWith(MEETING_TRANSITIONS, 'cancel');

/** Dates that are called off, by somebody or because their case ends: nobody comes for nothing, and the time is free again. */
@Injectable()
export class CancellationsService implements OnModuleInit, CaseEndListener {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly records: MeetingRecords,
    private readonly responses: ResponsesService,
    private readonly messages: MeetingMessages,
    private readonly reminders: RemindersService,
    private readonly polls: PollsService,
    private readonly links: LinksService,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.cases.onEnded(this);
  }

  /**
   * Calls a date or a poll off, with a reason for the facilitator only. The case is prepared again, or goes on with the plan that
   * is carried; who said yes or no to the date is only invited again. 409 once the meeting was held or is off already.
   */
  async cancel(ctx: Ctx, id: string, { reason, remark }: CancellationRequest, seen: number | null): Promise<MeetingAnswer> {
    return this.database.run(ctx, async (tx) => {
      const caseId = await this.records.caseOf(tx, id);
      const theCase = await this.cases.lock(tx, caseId);
      const meeting = await this.records.read(tx, id);
      if (seen !== null && seen !== meeting.version) throw stale();
      next(MEETING_TRANSITIONS, meeting.state, 'cancel');
      assertNoPrivateTime(meeting);
      const everyone = await this.circle.members(tx, caseId);
      const off = await this.callOff(tx, theCase, meeting, everyone, { reason, remark });
      const values = { reason: textsFor('nl').meetings.callOffReasons[reason], remark: remark ?? '' };
      await this.cases.note(tx, { caseId, type: 'meeting-cancelled-because', audience: 'facilitator', values });
      if (meeting.state === 'fixed' && meeting.type === 'meeting') {
        const carried = (await named(tx, PLAN_CARRIED, [tx.organisationId, caseId])).length > 0;
        await this.cases.advance(tx, theCase, carried ? 'meeting-cancelled-with-plan' : 'meeting-cancelled');
      }
      const people = await this.responses.settle(tx, off, everyone);
      await this.links.redate(tx, caseId);
      return inFull(off, people);
    });
  }

  /** A case that ends takes its open meetings along. */
  async ended(tx: Tx, theCase: CaseEntity): Promise<void> {
    const everyone = await this.circle.members(tx, theCase.id);
    for (const meeting of await this.records.ofCase(tx, theCase.id)) {
      if (OPEN_STATES.includes(meeting.state)) await this.callOff(tx, theCase, meeting, everyone, { reason: CASE_ENDED });
    }
    await this.links.redate(tx, theCase.id);
  }

  private async callOff(
    tx: Tx,
    theCase: CaseEntity,
    { id, caseId, state, place: { address, url } }: MeetingRecord,
    people: readonly CircleMember[],
    { reason, remark }: { reason: CallOffReason | typeof CASE_ENDED; remark?: string },
  ): Promise<MeetingRecord> {
    const sealed = await this.records.seal(tx, id, { address, url, note: remark });
    const rows = await named(tx, CANCEL, [tx.organisationId, id, OPEN_STATES, reason, sealed, tx.now]);
    if (rows.length === 0) throw stateConflict(state, []);
    const off = await this.records.read(tx, id);
    await this.reminders.drop(tx, id);
    await this.polls.over(tx, id);
    await this.messages.cancelled(tx, theCase, off, people);
    if (off.startsAt) await this.messages.toStandIn(tx, theCase, off, off.startsAt, null);
    await this.cases.note(tx, { caseId, type: 'meeting-cancelled', audience: 'circle' });
    await this.audit.record(tx, { action: 'meetings.cancelled', object: { kind: 'meeting', id }, caseId });
    return off;
  }
}
