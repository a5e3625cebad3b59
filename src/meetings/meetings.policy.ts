import type { CaseEntity } from '../cases/case.entity.js';
import type { SafetyGate } from '../cases/cases.rules.js';
import { KINDS } from '../cases/kinds.rules.js';
import { cannotMeet, type RestrictedPair } from '../circle/restrictions.rules.js';
import type { Actor } from '../platform/actor.js';
import { conflict } from '../platform/http/problem.js';
import type { MeetingAnswer, ResponseAnswer } from './meetings.dto.js';
import type { Place } from './meetings.rules.js';
import { rank, type Rank } from './ranking.rules.js';
import type { MeetingRecord, MeetingResponse } from './records.service.js';
import { mayCome, takesPart, voters, type Participant } from './responses.rules.js';

/** Why no meeting is planned as long as the safety gate stands like this. */
const CLOSED_GATES: Partial<Record<SafetyGate, string>> = { waiting: 'safety-check-needed', 'not-together': 'not-together' };

/** Whether people may be brought together in this case: its kind meets, and it is safe. Refuses with 409. */
export function assertMayMeet(theCase: CaseEntity): void {
  if (!KINDS[theCase.kind].meets) throw conflict('kind-without-meeting');
  const closed = CLOSED_GATES[theCase.safetyGate];
  if (closed) throw conflict(closed);
}

/** The place as one of the people may know it: a home address is only for those who come. */
export function placeFor(meeting: MeetingRecord, memberId: string): Place {
  const { place, slotId, state } = meeting;
  const { answers } = responseOf(meeting, memberId) ?? {};
  const known = place.type !== 'home' || (state !== 'cancelled' && mayCome(answers, slotId));
  return known ? place : { ...place, address: undefined };
}

export function responseOf(meeting: MeetingRecord, memberId: string): MeetingResponse | undefined {
  return meeting.responses.find((response) => response.memberId === memberId);
}

/** The dates, best first, by the answers of everyone who still takes part. */
export function rankingOf(meeting: MeetingRecord, people: readonly Participant[]): Rank[] {
  return rank(
    meeting.slots,
    voters(people, meeting.mustAttend, (memberId) => responseOf(meeting, memberId)?.answers ?? {}),
  );
}

/** The same meeting without the people of whom a reader must not see anything: not their answers, not as a count. */
export function withoutPeople(meeting: MeetingRecord, hidden: ReadonlySet<string>): MeetingRecord {
  if (hidden.size === 0) return meeting;
  return {
    ...meeting,
    responses: meeting.responses.filter(({ memberId }) => !hidden.has(memberId)),
    mustAttend: meeting.mustAttend.filter((id) => !hidden.has(id)),
    attendance: meeting.attendance.filter(({ memberId }) => !hidden.has(memberId)),
  };
}

/** Whether the people who would be at this date, silence being no no, include two who must never be together. */
export function bringsApartTogether(pairs: readonly RestrictedPair[], meeting: MeetingRecord, slotId: string, people: readonly Participant[]): boolean {
  const comers = people.filter((person) => takesPart(person) && mayCome(responseOf(meeting, person.id)?.answers, slotId));
  return cannotMeet(pairs, new Set(comers.map(({ id }) => id)));
}

/** A meeting as this reader may see it: all for the facilitator, no remarks of others for a main person, a member's own. */
export function viewFor(
  actor: Actor,
  whole: MeetingRecord,
  everyone: readonly Participant[],
  hidden: ReadonlySet<string> = new Set(),
): MeetingAnswer {
  const meeting = withoutPeople(whole, hidden);
  const people = everyone.filter(({ id }) => !hidden.has(id));
  const reader = actor.kind === 'participant' ? actor : null;
  const sees = (response: MeetingResponse): boolean => !reader || reader.isMainPerson || response.memberId === reader.memberId;
  const common = {
    id: meeting.id,
    caseId: meeting.caseId,
    type: meeting.type,
    state: meeting.state,
    startsAt: meeting.startsAt?.toISOString() ?? null,
    endsAt: meeting.endsAt?.toISOString() ?? null,
    startsLocal: meeting.startsLocal,
    zone: meeting.zone,
    place: reader ? placeFor(meeting, reader.memberId) : meeting.place,
    slotId: meeting.slotId,
    slots: meeting.slots.map((slot) => ({
      id: slot.id,
      startsAt: slot.startsAt.toISOString(),
      endsAt: slot.endsAt.toISOString(),
    })),
    responses: meeting.responses.filter(sees).map((response) => responseFor(actor, meeting.id, response)),
    outcome: meeting.outcome,
    version: meeting.version,
  };
  if (reader && !reader.isMainPerson) return common;
  const ranking = rankingOf(meeting, people);
  const place = (slotId: string): number => ranking.findIndex((ranked) => ranked.slotId === slotId);
  const { mustAttend, attendance, reason, facilitatorHours, note } = meeting;
  return {
    ...common,
    slots: common.slots.sort((a, b) => place(a.id) - place(b.id)),
    ranking,
    mustAttend,
    attendance,
    ...(reader ? {} : { reason, facilitatorHours, note }),
  };
}

/** Somebody's answers; the remark only for the facilitator and for who wrote it. */
export function responseFor(actor: Actor, meetingId: string, { remark, ...response }: MeetingResponse): ResponseAnswer {
  const mayRead = actor.kind !== 'participant' || actor.memberId === response.memberId;
  return { meetingId, ...response, answers: { ...response.answers }, ...(mayRead ? { remark } : {}) };
}
