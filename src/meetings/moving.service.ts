import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService } from '../circle/circle.service.js';
import { LinksService } from '../people/links.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { invalid, invalidField, stale, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { next, statesWith } from '../platform/transitions.js';
import { textsFor } from '../texts/texts.js';
import { AvailabilityService } from './availability.service.js';
import { BookingsService } from './bookings.service.js';
import type { MeetingAnswer } from './meetings.dto.js';
import { momentFor } from './calendar.service.js';
import { MeetingMessages } from './meetings.messages.js';
import { assertMayMeet, assertNoPrivateTime, inFull } from './meetings.policy.js';
import { CLEAR_ATTENDANCE, DROP_ANSWERS, DROP_SLOT, INSERT_SLOTS, MOVE } from './meetings.queries.js';
import { localTime, MEETING_TRANSITIONS, slotErrors, type Place } from './meetings.rules.js';
import type { MoveRequest } from './moving.dto.js';
import { MeetingRecords, type DatedMeeting, type MeetingSlot } from './records.service.js';
import { RemindersService } from './reminders.service.js';
import { ResponsesService } from './responses.service.js';
import { TogetherService } from './together.service.js';

/** A fixed meeting goes to another date or place. */
@Injectable()
export class MovingService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly together: TogetherService,
    private readonly records: MeetingRecords,
    private readonly availability: AvailabilityService,
    private readonly bookings: BookingsService,
    private readonly responses: ResponsesService,
    private readonly messages: MeetingMessages,
    private readonly reminders: RemindersService,
    private readonly links: LinksService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Moves a meeting under every rule of planning one: 400 for dates that cannot be and for the date that stands, 409 where the
   * facilitator or the room is taken, the case may not meet, or two would be there who must never be together. A yes to a date
   * that is left is no yes to another: those answers go with it, and everyone is asked again. What was said in the poll about
   * the date that is chosen now holds, and so do all answers when only the place changes.
   */
  async move(ctx: Ctx, id: string, request: MoveRequest, seen: number | null): Promise<MeetingAnswer> {
    return this.database.run(ctx, async (tx) => {
      const caseId = await this.records.caseOf(tx, id);
      const theCase = await this.cases.lock(tx, caseId);
      const was = (await this.records.read(tx, id)) as DatedMeeting;
      if (seen !== null && seen !== was.version) throw stale();
      next(MEETING_TRANSITIONS, was.state, 'move');
      assertNoPrivateTime(was);
      const { place, errors } = request.place ? await this.bookings.choose(tx, request.place) : { place: was.place, errors: [] };
      const dateErrors = slotErrors([request], tx.now).map((error) => ({ ...error, pointer: error.pointer.replace('/slots/0', '') }));
      if (errors.length + dateErrors.length > 0) throw invalid([...dateErrors, ...errors]);
      const sameDate = isAt(request)(was);
      if (sameDate && samePlace(place, was.place)) throw invalidField('/startsAt', 'date-stands');
      assertMayMeet(theCase);

      await this.availability.assertPresent(tx, was.facilitatorId, [request]);
      await this.write(tx, was, request, place);
      const moved = (await this.records.read(tx, id)) as DatedMeeting;
      const everyone = await this.circle.members(tx, caseId);
      await this.together.assert(tx, theCase, moved, moved.slotId, everyone);
      const people = await this.responses.settle(tx, moved, everyone);
      await this.links.redate(tx, caseId);
      await this.tell(tx, was, moved, request);
      await this.audit.record(tx, { action: 'meetings.moved', object: { kind: 'meeting', id }, caseId });
      await this.messages.fixed(tx, theCase, moved, people, was);
      if (!sameDate) await this.messages.toStandIn(tx, theCase, moved, was.startsAt, moved.startsAt);
      await this.reminders.plan(tx, theCase, moved);
      return { ...inFull(moved, people), ...(await this.availability.warnings(tx, moved, people)) };
    });
  }

  /** Books the new moment in place of the old one, of which nothing is left. */
  private async write(tx: Tx, was: DatedMeeting, to: MoveRequest, place: Place): Promise<void> {
    const { organisationId } = tx;
    const slot = was.slots.find(isAt(to)) ?? { id: newId(tx.now), startsAt: to.startsAt, endsAt: to.endsAt };
    if (!was.slots.includes(slot)) await this.offer(tx, was.id, slot);
    const { type, address, url, publicPlaceId, roomId } = place;
    const rows = await this.bookings.once(async () =>
      named(tx, MOVE, [
        organisationId,
        was.id,
        statesWith(MEETING_TRANSITIONS, 'move'),
        ...this.bookings.moment(slot, type),
        type,
        await this.records.seal(tx, was.id, { address, url }),
        publicPlaceId ?? null,
        roomId ?? null,
        tx.now,
      ]),
    );
    if (rows.length === 0) throw stateConflict(was.state, []);
    if (slot.id === was.slotId) return;
    await named(tx, DROP_ANSWERS, [organisationId, was.id, was.slotId]);
    await named(tx, DROP_SLOT, [organisationId, was.slotId]);
    await named(tx, CLEAR_ATTENDANCE, [organisationId, was.id, []]);
  }

  private async offer(tx: Tx, meetingId: string, { id, startsAt, endsAt }: MeetingSlot): Promise<void> {
    await named(tx, INSERT_SLOTS, [tx.organisationId, meetingId, [id], [startsAt], [endsAt], [localTime(startsAt)]]);
  }

  private async tell(tx: Tx, was: DatedMeeting, moved: DatedMeeting, { reason, remark = '' }: MoveRequest): Promise<void> {
    const { caseId } = moved;
    const texts = textsFor('nl');
    const values = { was: momentFor(was), when: momentFor(moved) };
    await this.cases.note(tx, { caseId, type: 'meeting-moved', audience: 'circle', values });
    if (!reason && !remark) return;
    const because = { reason: reason ? texts.meetings.callOffReasons[reason] : '', remark };
    await this.cases.note(tx, { caseId, type: 'meeting-moved-because', audience: 'facilitator', values: because });
  }
}

const isAt =
  (to: { startsAt: Date; endsAt: Date }) =>
  ({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): boolean =>
    startsAt.getTime() === to.startsAt.getTime() && endsAt.getTime() === to.endsAt.getTime();

const samePlace = (one: Place, other: Place): boolean =>
  one.type === other.type && one.address === other.address && one.url === other.url && one.publicPlaceId === other.publicPlaceId && one.roomId === other.roomId;
