import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import type { CaseEndListener } from '../cases/cases.events.js';
import { CASE_TRANSITIONS } from '../cases/cases.rules.js';
import { CasesService } from '../cases/cases.service.js';
import type { InvitationListener } from '../circle/circle.events.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { InvitationsService } from '../circle/invitations.service.js';
import { PublicPlacesService } from '../neighbourhood/public-places.service.js';
import { LinksService } from '../people/links.service.js';
import type { Ctx } from '../platform/actor.js';
import { brokenConstraint, Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalid, invalidField, stale, stateConflict, type FieldError } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { next, statesWith } from '../platform/transitions.js';
import { textsFor } from '../texts/texts.js';
import { day, time } from '../web/format.js';
import { MEETING_ZONE } from './calendar.rules.js';
import type { MeetingAnswer, MeetingForMainPerson, NewMeeting, PlaceRequest } from './meetings.dto.js';
import { MeetingMessages } from './meetings.messages.js';
import { assertMayMeet, bringsApartTogether, inFull, responseOf, viewForMainPerson } from './meetings.policy.js';
import { CANCEL, FIX, INSERT_MEETING, INSERT_SLOTS } from './meetings.queries.js';
import { busyTime, firstState, localTime, MEETING_TRANSITIONS, slotErrors, type PlaceType, type Slot } from './meetings.rules.js';
import { isDated, MeetingRecords, type DatedMeeting, type MeetingRecord, type MeetingSlot } from './records.service.js';
import { hasLeft, MEMBER_EVENTS, takesPart } from './responses.rules.js';

/** What can still be called off is open; a case has one such meeting at a time. */
const OPEN_STATES = statesWith(MEETING_TRANSITIONS, 'cancel');

/** Finding a date: offering one or several, choosing one, and letting go when a case ends. */
@Injectable()
export class PlanningService implements OnModuleInit, InvitationListener, CaseEndListener {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly invitations: InvitationsService,
    private readonly restrictions: RestrictionsService,
    private readonly records: MeetingRecords,
    private readonly places: PublicPlacesService,
    private readonly messages: MeetingMessages,
    private readonly links: LinksService,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.invitations.onInvited(this);
    this.cases.onEnded(this);
  }

  /**
   * Plans a meeting: one date is fixed at once, several are a poll. Refuses dates that cannot be (400), a case that has a
   * meeting open, may not meet, or has ended, and a moment at which the facilitator is elsewhere (409).
   */
  async plan(ctx: Ctx, caseId: string, request: NewMeeting): Promise<MeetingAnswer> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId);
      const people = await this.circle.members(tx, caseId);
      const mustAttend = request.mustAttend?.map((id) => id.toLowerCase()) ?? [];
      const { publicPlaceId, roomId } = request.place;
      const chosen = publicPlaceId === undefined ? null : await this.places.hold(tx, publicPlaceId, roomId);
      const errors = [
        ...placeErrors(request.place, chosen),
        ...slotErrors(request.slots, tx.now),
        ...mustAttendErrors(mustAttend, people),
      ];
      if (errors.length > 0) throw invalid(errors);
      assertMayMeet(theCase);
      next(CASE_TRANSITIONS, theCase.state, 'meeting-fixed');
      const isOpen = ({ type, state }: MeetingRecord): boolean => type === 'meeting' && OPEN_STATES.includes(state);
      const open = (await this.records.ofCase(tx, caseId)).find(isOpen);
      if (open) throw stateConflict(open.state, Object.keys(MEETING_TRANSITIONS[open.state]), 'meeting-open');

      const id = await this.insert(tx, theCase, { ...request, place: withAddress(request.place, chosen) }, mustAttend);
      const meeting = await this.records.read(tx, id);
      if (isDated(meeting)) await this.assertMayBeTogether(tx, meeting, meeting.slotId, people);
      await this.audit.record(tx, { action: 'meetings.planned', object: { kind: 'meeting', id }, caseId });
      if (isDated(meeting)) {
        await this.announceDate(tx, theCase, meeting, people);
      } else {
        await this.cases.note(tx, { caseId, type: 'meeting-poll', audience: 'circle' });
        await this.messages.poll(tx, theCase, meeting, people);
      }
      return inFull(meeting, people);
    });
  }

  /** Chooses the date of a poll. Of two at once one wins; the other is refused with 409. */
  async confirm(ctx: Ctx, id: string, slotId: string, seen: number | null): Promise<MeetingAnswer | MeetingForMainPerson> {
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
      await this.assertMayBeTogether(tx, meeting, slotId, everyone);

      await this.fix(tx, meeting, slot);
      const fixed = (await this.records.read(tx, id)) as DatedMeeting;
      await this.audit.record(tx, { action: 'meetings.confirmed', object: { kind: 'meeting', id }, caseId });
      const people = await this.takeAnswers(tx, fixed, everyone);
      await this.announceDate(tx, theCase, fixed, people);
      return tx.actor.kind === 'participant' ? viewForMainPerson(fixed, people, tx.actor.memberId, await this.restrictions.hidden(tx, caseId)) : inFull(fixed, people);
    });
  }

  /** People who are invited after dates exist get them too. */
  async invited(tx: Tx, theCase: CaseEntity, members: CircleMember[]): Promise<void> {
    for (const meeting of await this.records.ofCase(tx, theCase.id)) {
      if (meeting.state === 'polling') await this.messages.poll(tx, theCase, meeting, members);
      if (isDated(meeting) && meeting.state === 'fixed') {
        await this.assertMayBeTogether(tx, meeting, meeting.slotId, await this.circle.members(tx, theCase.id));
      }
      if (meeting.state === 'fixed') await this.messages.fixed(tx, theCase, meeting as DatedMeeting, members);
    }
  }

  /** A case that ends takes its open meetings along: the facilitator is free again, and nobody comes for nothing. */
  async ended(tx: Tx, theCase: CaseEntity): Promise<void> {
    for (const { id, state } of await this.records.ofCase(tx, theCase.id)) {
      if (!OPEN_STATES.includes(state)) continue;
      await named(tx, CANCEL, [tx.organisationId, id, OPEN_STATES]);
      const meeting = await this.records.read(tx, id);
      await this.messages.cancelled(tx, theCase, meeting, await this.circle.members(tx, theCase.id));
      await this.cases.note(tx, { caseId: theCase.id, type: 'meeting-cancelled', audience: 'circle' });
      await this.audit.record(tx, { action: 'meetings.cancelled', object: { kind: 'meeting', id }, caseId: theCase.id });
    }
    await this.links.redate(tx, theCase.id);
  }

  /** Refuses a date at which two would be there who must never be together; it says no more than that it cannot be. */
  private async assertMayBeTogether(tx: Tx, meeting: MeetingRecord, slotId: string, people: readonly CircleMember[]): Promise<void> {
    const pairs = await this.restrictions.pairs(tx, meeting.caseId);
    if (bringsApartTogether(pairs, meeting, slotId, people)) throw conflict('moment-not-possible');
  }

  private async announceDate(tx: Tx, theCase: CaseEntity, meeting: DatedMeeting, people: readonly CircleMember[]): Promise<void> {
    await this.cases.advance(tx, theCase, 'meeting-fixed');
    await this.links.redate(tx, theCase.id);
    const when = textsFor('nl').web.dates.at(day(meeting.startsAt), time(meeting.startsAt));
    await this.cases.note(tx, { caseId: theCase.id, type: 'meeting-fixed', audience: 'circle', values: { when } });
    await this.messages.fixed(tx, theCase, meeting, people);
  }

  /** What people said about the date in the poll now says whether they come. */
  private async takeAnswers(tx: Tx, meeting: DatedMeeting, people: readonly CircleMember[]): Promise<CircleMember[]> {
    const after: CircleMember[] = [];
    for (const member of people) {
      const answer = responseOf(meeting, member.id)?.answers[meeting.slotId];
      after.push(answer && takesPart(member) ? await this.circle.setState(tx, member, MEMBER_EVENTS[answer]) : member);
    }
    return after;
  }

  private async insert(tx: Tx, theCase: CaseEntity, { place, slots }: NewMeeting, mustAttend: string[]): Promise<string> {
    const id = newId(tx.now);
    const { type, address, url, publicPlaceId, roomId } = place;
    const offered = slots.map((slot) => ({ id: newId(tx.now), ...slot }));
    const state = firstState(slots);
    const fixed = state === 'fixed' ? offered[0]! : null;
    const sealed = await this.records.seal(tx, id, { address, url });
    await freeMoment(() =>
      named(tx, INSERT_MEETING, [
        tx.organisationId,
        id,
        theCase.id,
        state,
        theCase.facilitatorId,
        ...(fixed ? moment(fixed, type) : NO_MOMENT),
        type,
        sealed,
        mustAttend,
        tx.now,
        fixed && tx.now,
        publicPlaceId ?? null,
        roomId ?? null,
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
    const rows = await freeMoment(() =>
      named(tx, FIX, [tx.organisationId, meeting.id, from, ...moment(slot, meeting.place.type), tx.now]),
    );
    if (rows.length === 0) throw stateConflict(meeting.state, []);
  }
}

/** Slot, instants, wall clock, zone, and the time that it takes from the facilitator. */
function moment(slot: Slot & { id: string }, place: PlaceType): unknown[] {
  const { from, to } = busyTime(slot, place);
  return [slot.id, slot.startsAt, slot.endsAt, localTime(slot.startsAt), MEETING_ZONE, from, to];
}

/** While a date is being chosen: only the zone is known. */
const NO_MOMENT = [null, null, null, null, MEETING_ZONE, null, null];

/** What the database refuses to book twice, and what is said then. */
const TAKEN: Record<string, string> = { meetings_facilitator_once: 'moment-not-possible', meetings_room_once: 'room-taken' };

/** The database refuses a second booking of the same time; people read "dit moment kan niet". */
async function freeMoment<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    const taken = TAKEN[brokenConstraint(error) ?? ''];
    if (taken) throw conflict(taken);
    throw error;
  }
}

type ChosenPlace = Awaited<ReturnType<PublicPlacesService['hold']>>;

/** A public place is one of ours, and its room is there; a room needs its place. */
function placeErrors({ type, publicPlaceId, roomId }: PlaceRequest, chosen: ChosenPlace): FieldError[] {
  const known = chosen !== null && type === 'public-place';
  if (publicPlaceId === undefined) return roomId === undefined ? [] : [{ pointer: '/place/roomId', code: 'unknown-place' }];
  return known ? [] : [{ pointer: roomId === undefined ? '/place/publicPlaceId' : '/place/roomId', code: 'unknown-place' }];
}

/** Where a public place is, as people are told: its name, the room, the address. */
function withAddress(place: PlaceRequest, chosen: ChosenPlace): PlaceRequest {
  if (!chosen) return place;
  const where = [chosen.place.name, chosen.room?.name, place.address ?? chosen.place.address];
  return { ...place, address: where.filter((part) => part !== undefined).join(', ') };
}

function mustAttendErrors(ids: readonly string[], people: readonly CircleMember[]): FieldError[] {
  return ids.flatMap((id, i): FieldError[] => {
    const pointer = `/mustAttend/${i}`;
    if (!people.some((member) => member.id === id && !hasLeft(member))) return [{ pointer, code: 'unknown-member' }];
    return ids.indexOf(id) < i ? [{ pointer, code: 'double' }] : [];
  });
}
