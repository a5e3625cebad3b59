import type { CaseEntity } from '../cases/case.entity.js';
import type { SafetyGate } from '../cases/cases.rules.js';
import { KINDS } from '../cases/kinds.rules.js';
import { cannotMeet, type RestrictedPair } from '../circle/restrictions.rules.js';
import type { Actor } from '../platform/actor.js';
import { conflict } from '../platform/http/problem.js';
import type { MeetingAnswer, MeetingForMainPerson, MeetingForMember, MeetingView, ResponseAnswer, ResponseOfOther } from './meetings.dto.js';
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
export function viewFor(actor: Actor, whole: MeetingRecord, everyone: readonly Participant[], hidden: ReadonlySet<string> = new Set()): MeetingView {
  if (actor.kind !== 'participant') return inFull(whole, everyone);
  return actor.isMainPerson ? viewForMainPerson(whole, everyone, actor.memberId, hidden) : viewForMember(whole, actor.memberId);
}

/** A meeting with all that is known of it, for its facilitator. */
export function inFull(meeting: MeetingRecord, people: readonly Participant[]): MeetingAnswer {
  const { id, place, responses, reason, facilitatorHours, note } = meeting;
  return { ...ranked(meeting, people), place, responses: responses.map((response) => withRemark(id, response)), reason, facilitatorHours, note };
}

/** A meeting as a main person sees it, without the people of whom they must not see anything. */
export function viewForMainPerson(
  whole: MeetingRecord,
  everyone: readonly Participant[],
  readerId: string,
  hidden: ReadonlySet<string>,
): MeetingForMainPerson {
  const meeting = withoutPeople(whole, hidden);
  const people = everyone.filter(({ id }) => !hidden.has(id));
  const responses = meeting.responses.map((response) => responseFor(readerId, meeting.id, response));
  return { ...ranked(meeting, people), place: placeFor(meeting, readerId), responses };
}

function viewForMember(meeting: MeetingRecord, readerId: string): MeetingForMember {
  const own = responseOf(meeting, readerId);
  return { ...parts(meeting), place: placeFor(meeting, readerId), responses: own ? [withRemark(meeting.id, own)] : [] };
}

type Parts = Omit<MeetingForMember, 'place' | 'responses'>;

/** What everyone who is asked may know, the dates by day. */
function parts(meeting: MeetingRecord): Parts {
  const { id, caseId, type, state, startsAt, endsAt, startsLocal, zone, slotId, slots, outcome, version } = meeting;
  return {
    id,
    caseId,
    type,
    state,
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    startsLocal,
    zone,
    slotId,
    slots: slots.map((slot) => ({ id: slot.id, startsAt: slot.startsAt.toISOString(), endsAt: slot.endsAt.toISOString() })),
    outcome,
    version,
  };
}

/** The same with who can come, the dates best first. */
function ranked(meeting: MeetingRecord, people: readonly Participant[]): Parts & Pick<MeetingAnswer, 'ranking' | 'mustAttend' | 'attendance'> {
  const common = parts(meeting);
  const ranking = rankingOf(meeting, people);
  const place = (slotId: string): number => ranking.findIndex((rank) => rank.slotId === slotId);
  const { mustAttend, attendance } = meeting;
  return { ...common, slots: common.slots.sort((a, b) => place(a.id) - place(b.id)), ranking, mustAttend, attendance };
}

/** Somebody's answers as a participant may see them: the remark only for who wrote it. */
function responseFor(readerId: string, meetingId: string, response: MeetingResponse): ResponseAnswer | ResponseOfOther {
  if (response.memberId === readerId) return withRemark(meetingId, response);
  const { remark: _, ...rest } = response;
  return { meetingId, ...rest, answers: { ...rest.answers } };
}

/** Somebody's answers for themself and for the facilitator. */
export function withRemark(meetingId: string, response: MeetingResponse): ResponseAnswer {
  return { meetingId, ...response, answers: { ...response.answers } };
}
