import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { invalid, stale } from '../platform/http/problem.js';
import { next } from '../platform/transitions.js';
import type { MeetingAnswer, PartRequest, PartsRequest } from './meetings.dto.js';
import { MeetingMessages } from './meetings.messages.js';
import { assertMayMeet, inFull } from './meetings.policy.js';
import { CLEAR_PARTS, PUT_PARTS, TOUCH, UPDATE_SEQUENCE } from './meetings.queries.js';
import { MEETING_TRANSITIONS, type Slot } from './meetings.rules.js';
import { partErrors, perPerson, shortest } from './parts.rules.js';
import { isDated, MeetingRecords, type MeetingRecord } from './records.service.js';
import { RemindersService } from './reminders.service.js';
import { hasLeft } from './responses.rules.js';
import { TogetherService } from './together.service.js';

/** Who is there from when until when. Each hears their own times only, and nobody that there are parts. */
@Injectable()
export class PartsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly together: TogetherService,
    private readonly records: MeetingRecords,
    private readonly messages: MeetingMessages,
    private readonly reminders: RemindersService,
    private readonly audit: AuditService,
  ) {}

  /** Writes the parts of a meeting in place of those that it had; who is in none comes for the whole. Refuses with 400. */
  async write(tx: Tx, meetingId: string, parts: readonly PartRequest[], slots: readonly Slot[], people: readonly CircleMember[]): Promise<void> {
    const errors = partErrors(parts, slots, new Set(people.filter((one) => !hasLeft(one)).map(({ id }) => id)));
    if (errors.length > 0) throw invalid(errors);
    const rows = perPerson(parts);
    await named(tx, CLEAR_PARTS, [tx.organisationId, meetingId]);
    if (rows.length === 0) return;
    await named(tx, PUT_PARTS, [
      tx.organisationId,
      meetingId,
      rows.map(({ memberId }) => memberId),
      rows.map(({ fromMinute }) => fromMinute),
      rows.map(({ untilMinute }) => untilMinute),
    ]);
  }

  /** How long the shortest of a meeting's dates is, in minutes: what its facilitator can divide. */
  async shortestMinutes(ctx: Ctx, id: string): Promise<number> {
    return this.database.view(ctx, async (tx) => {
      const meeting = await this.records.read(tx, id);
      await this.cases.require(tx, meeting.caseId);
      return shortest(isDated(meeting) ? [meeting] : meeting.slots);
    });
  }

  /**
   * Splits an open meeting anew, or makes it one again. Of a date that is fixed everyone whose times are others hears of it.
   * 409 when people would meet who must not, and once the meeting is over.
   */
  async split(ctx: Ctx, id: string, { parts }: PartsRequest, seen: number | null): Promise<MeetingAnswer> {
    return this.database.run(ctx, async (tx) => {
      const caseId = await this.records.caseOf(tx, id);
      const theCase = await this.cases.lock(tx, caseId);
      const was = await this.records.read(tx, id);
      if (seen !== null && seen !== was.version) throw stale();
      next(MEETING_TRANSITIONS, was.state, 'cancel');
      assertMayMeet(theCase);
      const people = await this.circle.members(tx, caseId);
      await this.write(tx, id, parts, isDated(was) ? [was] : was.slots, people);
      await named(tx, isDated(was) ? UPDATE_SEQUENCE : TOUCH, [tx.organisationId, id]);
      const split = await this.records.read(tx, id);
      await this.together.assert(tx, theCase, split, split.slotId, people);
      await this.audit.record(tx, { action: 'meetings.split', object: { kind: 'meeting', id }, caseId });
      if (isDated(split)) {
        await this.messages.timesChanged(tx, theCase, split, people.filter(hasOtherTimes(was, split)));
        await this.reminders.plan(tx, theCase, split);
      }
      return inFull(split, people);
    });
  }
}

const hasOtherTimes =
  (was: MeetingRecord, split: MeetingRecord) =>
  ({ id }: CircleMember): boolean => {
    const times = ({ parts }: MeetingRecord): string => JSON.stringify(parts.find(({ memberId }) => memberId === id) ?? null);
    return times(was) !== times(split);
  };
