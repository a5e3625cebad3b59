import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CASE_TRANSITIONS } from '../cases/cases.rules.js';
import { CasesService } from '../cases/cases.service.js';
import type { InvitationListener } from '../circle/circle.events.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { needsDate } from '../circle/preparation.rules.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { InvitationsService } from '../circle/invitations.service.js';
import { LinksService } from '../people/links.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalid, invalidField, stale, stateConflict, type FieldError } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { next, statesWith } from '../platform/transitions.js';
import { AvailabilityService } from './availability.service.js';
import { BookingsService } from './bookings.service.js';
import { MEETING_ZONE } from './calendar.rules.js';
import { momentFor } from './calendar.service.js';
import type { ConfirmationRequest, MeetingAnswer, MeetingForMainPerson, NewMeeting } from './meetings.dto.js';
import { MeetingMessages } from './meetings.messages.js';
import { assertMayMeet, inFull, rankingOf, responseOf, viewForMainPerson } from './meetings.policy.js';
import { FIX, INSERT_MEETING, INSERT_SLOTS, PLAN_FIXED } from './meetings.queries.js';
import { firstState, localTime, MEETING_TRANSITIONS, reviewSlot, slotErrors, type MeetingType } from './meetings.rules.js';
import { answerByErrors, answerByOf } from './polls.rules.js';
import { PollsService } from './polls.service.js';
import type { ReviewRequest } from './reviews.dto.js';
import { isAgainstRanking } from './ranking.rules.js';
import { RemindersService } from './reminders.service.js';
import { isDated, MeetingRecords, type DatedMeeting, type MeetingRecord, type MeetingSlot } from './records.service.js';
import { hasLeft, mayCome } from './responses.rules.js';
import { halvesApart } from './parts.rules.js';
import { PartsService } from './parts.service.js';
import { ResponsesService } from './responses.service.js';
import { TogetherService } from './together.service.js';

/** What can still be called off is open; a case has one such meeting at a time. */
const OPEN_STATES = statesWith(MEETING_TRANSITIONS, 'cancel');

/** Finding a date: offering one or several, and choosing one. */
@Injectable()
export class PlanningService implements OnModuleInit, InvitationListener {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly invitations: InvitationsService,
    private readonly restrictions: RestrictionsService,
    private readonly together: TogetherService,
    private readonly parts: PartsService,
    private readonly records: MeetingRecords,
    private readonly bookings: BookingsService,
    private readonly responses: ResponsesService,
    private readonly polls: PollsService,
    private readonly reminders: RemindersService,
    private readonly availability: AvailabilityService,
    private readonly messages: MeetingMessages,
    private readonly links: LinksService,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.invitations.onInvited(this);
  }

  /**
   * Plans a meeting: one date is fixed at once, several are a poll. Refuses dates that cannot be (400), a case that has a
   * meeting open, may not meet, or has ended, and a moment at which the facilitator is elsewhere or away (409).
   */
  async plan(ctx: Ctx, caseId: string, request: NewMeeting): Promise<MeetingAnswer> {
    return this.create(ctx, caseId, 'meeting', request);
  }

  /**
   * Fixes a review of the plan at once, for everyone who takes part, whatever meeting is open beside it; the case stays where it is.
   * Refuses what cannot be (400), and with 409 a case that has ended, has no plan yet or may not meet, and a moment that is taken.
   */
  async review(ctx: Ctx, caseId: string, request: ReviewRequest): Promise<MeetingAnswer> {
    return this.create(ctx, caseId, 'review', { place: request.place, slots: [reviewSlot(request)] });
  }

  private async create(ctx: Ctx, caseId: string, type: MeetingType, request: NewMeeting): Promise<MeetingAnswer> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId);
      const everyone = await this.circle.members(tx, caseId);
      const mustAttend = request.mustAttend?.map((id) => id.toLowerCase()) ?? [];
      const { place, errors } = await this.bookings.choose(tx, request.place);
      errors.push(...slotErrors(request.slots, tx.now), ...answerByErrors(request.answerBy, request.slots, tx.now), ...mustAttendErrors(mustAttend, everyone));
      if (errors.length > 0) throw invalid(type === 'review' ? errors.map(withoutSlot) : errors);
      assertMayMeet(theCase);
      if (type === 'meeting') await this.assertNoneOpen(tx, theCase);
      else if ((await named(tx, PLAN_FIXED, [tx.organisationId, caseId])).length === 0) throw conflict('nothing-to-review');

      await this.availability.assertPresent(tx, theCase.facilitatorId, request.slots);
      const id = await this.insert(tx, theCase, type, { ...request, place }, mustAttend);
      if (request.parts) await this.parts.write(tx, id, request.parts, request.slots, everyone);
      const written = await this.records.read(tx, id);
      const meeting = request.parts ? written : await this.inHalves(tx, written, written.slotId, everyone);
      await this.together.assert(tx, theCase, meeting, meeting.slotId, everyone);
      const people = await this.responses.settle(tx, meeting, everyone);
      await this.audit.record(tx, { action: 'meetings.planned', object: { kind: 'meeting', id }, caseId });
      if (isDated(meeting)) {
        await this.announceDate(tx, theCase, meeting, people);
      } else {
        await this.cases.note(tx, { caseId, type: 'meeting-poll', audience: 'circle' });
        await this.messages.poll(tx, theCase, meeting, people);
        await this.polls.opened(tx, theCase, meeting);
      }
      return { ...inFull(meeting, people), ...(await this.availability.warnings(tx, meeting, people)) };
    });
  }

  /** Chooses the date of a poll. Of two at once one wins; the other is refused with 409. */
  async confirm(ctx: Ctx, id: string, { slotId, remark = '' }: ConfirmationRequest, seen: number | null): Promise<MeetingAnswer | MeetingForMainPerson> {
    return this.database.run(ctx, async (tx) => {
      const caseId = await this.records.caseOf(tx, id);
      const theCase = await this.cases.lock(tx, caseId, 'main-person');
      const meeting = await this.records.read(tx, id);
      if (seen !== null && seen !== meeting.version) throw stale();
      next(MEETING_TRANSITIONS, meeting.state, 'confirm');
      const slot = meeting.slots.find((offered) => offered.id === slotId);
      if (!slot) throw invalidField('/slotId', 'unknown-slot');
      if (slot.startsAt <= tx.now) throw invalidField('/slotId', 'in-the-past');
      assertMayMeet(theCase);
      const everyone = await this.circle.members(tx, caseId);
      await this.together.assert(tx, theCase, await this.inHalves(tx, meeting, slotId, everyone), slotId, everyone);

      await this.availability.assertPresent(tx, meeting.facilitatorId, [slot]);
      await this.fix(tx, meeting, slot);
      const fixed = (await this.records.read(tx, id)) as DatedMeeting;
      await this.audit.record(tx, { action: 'meetings.confirmed', object: { kind: 'meeting', id }, caseId });
      const people = await this.responses.settle(tx, fixed, everyone);
      await this.polls.over(tx, id);
      if (isAgainstRanking(rankingOf(meeting, everyone), slotId)) {
        await this.cases.note(tx, { caseId, type: 'meeting-against-ranking', audience: 'facilitator', values: { remark } });
      }
      await this.announceDate(tx, theCase, fixed, people);
      return tx.actor.kind === 'participant' ? viewForMainPerson(fixed, people, tx.actor.memberId, await this.restrictions.hidden(tx, caseId)) : { ...inFull(fixed, people), ...(await this.availability.warnings(tx, fixed, people)) };
    });
  }

  /** People who are invited after dates exist get them too. */
  async invited(tx: Tx, theCase: CaseEntity, members: CircleMember[]): Promise<void> {
    for (const meeting of await this.records.ofCase(tx, theCase.id)) {
      if (!OPEN_STATES.includes(meeting.state)) continue;
      assertMayMeet(theCase);
      await this.together.assert(tx, theCase, meeting, meeting.slotId, await this.circle.members(tx, theCase.id));
      if (meeting.state === 'polling') await this.messages.poll(tx, theCase, meeting, members);
      if (meeting.state === 'fixed') await this.messages.fixed(tx, theCase, meeting as DatedMeeting, members);
    }
  }

  /** The case goes on to a meeting, and has no other one open. */
  private async assertNoneOpen(tx: Tx, theCase: CaseEntity): Promise<void> {
    next(CASE_TRANSITIONS, theCase.state, 'meeting-fixed');
    const isOpen = ({ type, state }: MeetingRecord): boolean => type === 'meeting' && OPEN_STATES.includes(state);
    const open = (await this.records.ofCase(tx, theCase.id)).find(isOpen);
    if (open) throw stateConflict(open.state, Object.keys(MEETING_TRANSITIONS[open.state]), 'meeting-open');
  }

  /** Who may only come apart and has no part comes in one half of the date each, in which the facilitator may put others later. */
  private async inHalves(tx: Tx, meeting: MeetingRecord, slotId: string | null, people: readonly CircleMember[]): Promise<MeetingRecord> {
    if (slotId === null || meeting.parts.length > 0) return meeting;
    const slots = meeting.slots.filter(({ id }) => id === slotId);
    const comers = people.filter((one) => !hasLeft(one) && mayCome(responseOf(meeting, one.id)?.answers, slotId)).map(({ id }) => id);
    const parts = halvesApart(await this.restrictions.pairs(tx, meeting.caseId), comers, slots);
    if (parts.length === 0) return meeting;
    await this.parts.write(tx, meeting.id, parts, slots, people);
    return this.records.read(tx, meeting.id);
  }

  private async announceDate(tx: Tx, theCase: CaseEntity, meeting: DatedMeeting, people: readonly CircleMember[]): Promise<void> {
    const isReview = meeting.type === 'review';
    if (!isReview) await this.cases.advance(tx, theCase, 'meeting-fixed');
    await this.links.redate(tx, theCase.id);
    const when = momentFor(meeting);
    await this.cases.note(tx, { caseId: theCase.id, type: isReview ? 'review-fixed' : 'meeting-fixed', audience: 'circle', values: { when } });
    await this.messages.fixed(tx, theCase, meeting, people);
    await this.reminders.plan(tx, theCase, meeting);
  }

  private async insert(tx: Tx, theCase: CaseEntity, meetingType: MeetingType, { place, slots, answerBy }: NewMeeting, mustAttend: string[]): Promise<string> {
    const id = newId(tx.now);
    const { type, address, url, publicPlaceId, roomId } = place;
    const offered = slots.map((slot) => ({ id: newId(tx.now), ...slot }));
    const state = firstState(slots);
    const fixed = state === 'fixed' ? offered[0]! : null;
    const sealed = await this.records.seal(tx, id, { address, url });
    await this.bookings.once(() =>
      named(tx, INSERT_MEETING, [
        tx.organisationId,
        id,
        theCase.id,
        state,
        theCase.facilitatorId,
        ...(fixed ? this.bookings.moment(fixed, type) : NO_MOMENT),
        type,
        sealed,
        mustAttend,
        tx.now,
        fixed && tx.now,
        publicPlaceId ?? null,
        roomId ?? null,
        fixed ? null : (answerBy ?? answerByOf(slots, tx.now, theCase.urgent)),
        meetingType,
      ]),
    );
    await named(tx, INSERT_SLOTS, [
      tx.organisationId,
      id,
      offered.map((slot) => slot.id),
      offered.map((slot) => slot.startsAt),
      offered.map((slot) => slot.endsAt),
      offered.map((slot) => localTime(slot.startsAt)),
    ]);
    return id;
  }

  private async fix(tx: Tx, meeting: MeetingRecord, slot: MeetingSlot): Promise<void> {
    const from = statesWith(MEETING_TRANSITIONS, 'confirm');
    const rows = await this.bookings.once(() =>
      named(tx, FIX, [tx.organisationId, meeting.id, from, ...this.bookings.moment(slot, meeting.place.type), tx.now]),
    );
    if (rows.length === 0) throw stateConflict(meeting.state, []);
  }
}

/** While a date is being chosen: only the zone is known. */
const NO_MOMENT = [null, null, null, null, MEETING_ZONE, null, null];

/** A review is one date: what is wrong with it points at its own fields. */
const withoutSlot = ({ pointer, code }: FieldError): FieldError => ({ pointer: pointer.replace('/slots/0', ''), code });

function mustAttendErrors(ids: readonly string[], people: readonly CircleMember[]): FieldError[] {
  return ids.flatMap((id, i): FieldError[] => {
    const pointer = `/mustAttend/${i}`;
    const member = people.find((one) => one.id === id && !hasLeft(one));
    if (!member) return [{ pointer, code: 'unknown-member' }];
    if (!needsDate(member.takesPart)) return [{ pointer, code: 'takes-part-otherwise' }];
    return ids.indexOf(id) < i ? [{ pointer, code: 'double' }] : [];
  });
}
