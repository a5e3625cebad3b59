import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import type { CaseReader } from '../cases/cases.policy.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { CircleService } from '../circle/circle.service.js';
import { GrowthService } from '../circle/growth.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { forbidden, invalid, invalidField, stale, stateConflict } from '../platform/http/problem.js';
import { next, statesWith } from '../platform/transitions.js';
import { textsFor } from '../texts/texts.js';
import { attendanceErrors } from './attendance.rules.js';
import type { AttendanceItem, ConclusionRequest, MeetingAnswer, MeetingView } from './meetings.dto.js';
import type { ConclusionListener } from './meetings.events.js';
import { assertNoPrivateTime, inFull, viewFor } from './meetings.policy.js';
import { CLEAR_ATTENDANCE, HOLD, PUT_ATTENDANCE, TOUCH } from './meetings.queries.js';
import { hasBegun, MEETING_TRANSITIONS, type ConclusionReason, type MeetingEvent } from './meetings.rules.js';
import { MeetingRecords, type DatedMeeting } from './records.service.js';

/** What happened: who was there, and what came of it. */
@Injectable()
export class ConclusionsService {
  private readonly listeners: ConclusionListener[] = [];

  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly growth: GrowthService,
    private readonly records: MeetingRecords,
    private readonly audit: AuditService,
  ) {}

  /** Registers what else happens, in the same transaction, when a meeting is concluded. */
  onConcluded(listener: ConclusionListener): void {
    this.listeners.push(listener);
  }

  /**
   * Notes who was there, in place of what was noted before; from half an hour before the start, also afterwards. A main person
   * where the kind says so (403 elsewhere): of whom they may not see, what was noted stays.
   */
  async noteAttendance(ctx: Ctx, id: string, items: readonly AttendanceItem[], seen: number | null): Promise<MeetingView> {
    return this.database.run(ctx, async (tx) => {
      const { theCase, meeting } = await this.lock(tx, id, 'note-attendance', seen, 'main-person');
      if (tx.actor.kind === 'participant' && KINDS[theCase.kind].attendanceBy !== 'main-persons-too') throw forbidden('attendance-by-facilitator');
      const people = await this.circle.members(tx, theCase.id);
      const hidden = await this.restrictions.hidden(tx, theCase.id);
      const known = people.filter((member) => member.state !== 'removed' && !hidden.has(member.id));
      const errors = attendanceErrors(items, { people: new Set(known.map((member) => member.id)), startsAt: meeting.startsAt, now: tx.now });
      if (errors.length > 0) throw invalid(errors);
      await named(tx, CLEAR_ATTENDANCE, [tx.organisationId, id, [...hidden]]);
      const column = <Key extends keyof AttendanceItem>(key: Key): (AttendanceItem[Key] | null)[] => items.map((item) => item[key] ?? null);
      await named(tx, PUT_ATTENDANCE, [tx.organisationId, id, column('memberId'), column('presence'), column('arrivedAt'), column('leftAt')]);
      if (meeting.state === 'held') await this.growth.attendanceNoted(tx, theCase, id);
      await named(tx, TOUCH, [tx.organisationId, id]);
      await this.cases.note(tx, { caseId: theCase.id, type: 'attendance-noted', audience: 'facilitator' });
      await this.audit.record(tx, { action: 'meetings.attendance-noted', object: { kind: 'meeting', id }, caseId: theCase.id });
      return viewFor(tx.actor, await this.records.read(tx, id), people, hidden);
    });
  }

  /**
   * Concludes a meeting from half an hour before its start, and moves the case: a plan is to be fixed, people meet again, or
   * the case is closed because there is no plan, which needs a reason. A review needs no outcome and leaves the case where it is.
   */
  async conclude(ctx: Ctx, id: string, request: ConclusionRequest, seen: number | null): Promise<MeetingAnswer> {
    const { reason, facilitatorHours = null, note } = request;
    if (request.outcome === 'no-plan' && reason === undefined) throw invalidField('/reason', 'required');
    return this.database.run(ctx, async (tx) => {
      const { theCase, meeting } = await this.lock(tx, id, 'conclude', seen);
      const isReview = meeting.type === 'review';
      const outcome = request.outcome ?? (isReview ? 'continue' : null);
      if (outcome === null) throw invalidField('/outcome', 'required');
      const { address, url } = meeting.place;
      const sealed = await this.records.seal(tx, id, { address, url, note });
      const from = statesWith(MEETING_TRANSITIONS, 'conclude');
      const values = [outcome, reason ?? null, facilitatorHours, sealed];
      const rows = await named(tx, HOLD, [tx.organisationId, id, from, tx.now, ...values]);
      if (rows.length === 0) throw stateConflict(meeting.state, []);
      await this.growth.held(tx, theCase, meeting);
      if (!isReview) await this.cases.advance(tx, theCase, `concluded-${outcome}`);
      await this.cases.note(tx, { caseId: theCase.id, type: isReview ? 'review-held' : 'meeting-held', audience: 'circle' });
      await this.audit.record(tx, { action: 'meetings.concluded', object: { kind: 'meeting', id }, caseId: theCase.id });
      for (const listener of this.listeners) {
        await listener.concluded(tx, { caseId: theCase.id, meetingId: id, outcome, facilitatorHours });
      }
      if (outcome === 'no-plan' && !isReview) await this.closeWithoutPlan(tx, theCase, reason!);
      return inFull(await this.records.read(tx, id), await this.circle.members(tx, theCase.id));
    });
  }

  private async closeWithoutPlan(tx: Tx, theCase: CaseEntity, reason: ConclusionReason): Promise<void> {
    const { cases, meetings } = textsFor('nl');
    await this.cases.endWithin(tx, theCase, 'closed', 'no-plan', { reason: cases.closureOutcomes['no-plan'], because: meetings.reasons[reason] });
  }

  /** The meeting behind the lock of its case, in a state and at a time in which this is possible. */
  private async lock(
    tx: Tx,
    id: string,
    event: MeetingEvent,
    seen: number | null,
    by: CaseReader = 'facilitator',
  ): Promise<{ theCase: CaseEntity; meeting: DatedMeeting }> {
    const theCase = await this.cases.lock(tx, await this.records.caseOf(tx, id), by);
    const meeting = await this.records.read(tx, id);
    if (seen !== null && seen !== meeting.version) throw stale();
    next(MEETING_TRANSITIONS, meeting.state, event);
    if (event === 'conclude') assertNoPrivateTime(meeting);
    const dated = meeting as DatedMeeting;
    if (!hasBegun(dated.startsAt, tx.now)) throw stateConflict(meeting.state, [], 'meeting-not-begun');
    return { theCase, meeting: dated };
  }
}
