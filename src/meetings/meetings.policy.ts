import type { CaseEntity } from '../cases/case.entity.js';
import { KINDS } from '../cases/kinds.rules.js';
import type { Actor } from '../platform/actor.js';
import { conflict } from '../platform/http/problem.js';
import type { MeetingAnswer, MeetingForMainPerson, MeetingForMember, MeetingView, ResponseAnswer, ResponseOfOther } from './meetings.dto.js';
import type { Place } from './meetings.rules.js';
import { forReader, perPart } from './parts.rules.js';
import type { PrivateTimeAnswer } from './private-time.dto.js';
import { THE_FACILITATOR } from './private-time.queries.js';
import { periodsOf, privateTimeState } from './private-time.rules.js';
import { rank, type Rank } from './ranking.rules.js';
import type { MeetingRecord, MeetingResponse } from './records.service.js';
import { mayCome, voters, type Participant } from './responses.rules.js';

/** Why nothing is planned in this case at all, or null: its kind does not meet, or the safety check is not complete. */
export function whyNotMeet(theCase: Pick<CaseEntity, 'kind' | 'safetyGate'>): string | null {
  if (!KINDS[theCase.kind].meets) return 'kind-without-meeting';
  return theCase.safetyGate === 'waiting' ? 'safety-check-needed' : null;
}

/** The same as a refusal with 409. Who may be there together is another question. */
export function assertMayMeet(theCase: CaseEntity): void {
  const why = whyNotMeet(theCase);
  if (why) throw conflict(why);
}

/** Refuses with 409 while the circle is by itself: only the circle ends that. */
export function assertNoPrivateTime({ privateTimes }: MeetingRecord): void {
  if (privateTimeState(periodsOf(privateTimes)) === 'running') throw conflict('private-time-running');
}

/** The place as one of the people may know it: a home address is only for those who come, and come to the place itself. */
export function placeFor(meeting: MeetingRecord, { id, takesPart }: Pick<Participant, 'id' | 'takesPart'>): Place {
  const { place, slotId, state } = meeting;
  const { answers } = responseOf(meeting, id) ?? {};
  const elsewhere = takesPart != null && takesPart !== 'there';
  const known = place.type !== 'home' || (state !== 'cancelled' && !elsewhere && mayCome(answers, slotId));
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
    scribeId: hidden.has(meeting.scribeId ?? '') ? null : meeting.scribeId,
    privateTimes: withCalled(meeting, (id) => !hidden.has(id)),
  };
}

/** Private time with only those in it of whom the reader may know. */
function withCalled({ privateTimes }: MeetingRecord, mayKnow: (id: string) => boolean): MeetingRecord['privateTimes'] {
  return privateTimes.map((period) => ({ ...period, calledIn: period.calledIn.filter(mayKnow) }));
}

/** A meeting as this reader may see it: all for the facilitator, no remarks of others for a main person, a member's own. */
export function viewFor(actor: Actor, whole: MeetingRecord, everyone: readonly Participant[], hidden: ReadonlySet<string> = new Set()): MeetingView {
  if (actor.kind !== 'participant') return inFull(whole, everyone);
  return actor.isMainPerson ? viewForMainPerson(whole, everyone, actor.memberId, hidden) : viewForMember(forReader(whole, actor.memberId), readerOf(everyone, actor.memberId));
}

/** A meeting with all that is known of it, for its facilitator. */
export function inFull(meeting: MeetingRecord, people: readonly Participant[]): MeetingAnswer {
  const { id, place, responses, reason, facilitatorHours, note } = meeting;
  return { ...ranked(meeting, people), place, responses: responses.map((response) => withRemark(id, response)), parts: perPart(meeting.parts), reason, facilitatorHours, note };
}

/** A meeting as a main person sees it, without the people of whom they must not see anything. */
export function viewForMainPerson(
  whole: MeetingRecord,
  everyone: readonly Participant[],
  readerId: string,
  hidden: ReadonlySet<string>,
): MeetingForMainPerson {
  const meeting = withoutPeople(forReader(whole, readerId), hidden);
  const people = everyone.filter(({ id }) => !hidden.has(id));
  const responses = meeting.responses.map((response) => responseFor(readerId, meeting.id, response));
  return { ...ranked(meeting, people), place: placeFor(meeting, readerOf(everyone, readerId)), responses };
}

/** Who leads a meeting until it is over; null after that. */
export const leaderOf = ({ facilitatorId, state }: Pick<MeetingRecord, 'facilitatorId' | 'state'>): string | null => (state === 'fixed' ? facilitatorId : null);

/** A meeting for a colleague who leads it in another's place: when and where, and of the people nobody. */
export function viewForStandIn(whole: MeetingRecord): MeetingForMember {
  const meeting = { ...whole, privateTimes: withCalled(whole, (id) => id === THE_FACILITATOR), scribeId: null };
  return { ...parts(meeting), place: meeting.place, responses: [] };
}

/** Nobody of the circle sees who else was asked: of who writes and who is called in, only themself and the facilitator. */
function viewForMember(whole: MeetingRecord, reader: Pick<Participant, 'id' | 'takesPart'>): MeetingForMember {
  const privateTimes = withCalled(whole, (id) => id === reader.id || id === THE_FACILITATOR);
  const meeting = { ...whole, privateTimes, scribeId: whole.scribeId === reader.id ? whole.scribeId : null };
  const own = responseOf(meeting, reader.id);
  return { ...parts(meeting), place: placeFor(meeting, reader), responses: own ? [withRemark(meeting.id, own)] : [] };
}

const readerOf = (everyone: readonly Participant[], id: string): Pick<Participant, 'id' | 'takesPart'> => everyone.find((one) => one.id === id) ?? { id };

type Parts = Omit<MeetingForMember, 'place' | 'responses'>;

/** What everyone who is asked may know, the dates by day. */
function parts(meeting: MeetingRecord): Parts {
  const { id, caseId, type, state, startsAt, endsAt, startsLocal, zone, slotId, slots, answerBy, outcome, scribeId, version } = meeting;
  return {
    id,
    caseId,
    type,
    state,
    startsAt: startsAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    startsLocal,
    zone,
    answerBy: answerBy?.toISOString() ?? null,
    slotId,
    slots: slots.map((slot) => ({ id: slot.id, startsAt: slot.startsAt.toISOString(), endsAt: slot.endsAt.toISOString() })),
    outcome,
    privateTime: privateTimeOf(meeting),
    scribeId,
    version,
  };
}

function privateTimeOf({ privateTimes }: MeetingRecord): PrivateTimeAnswer {
  return {
    state: privateTimeState(periodsOf(privateTimes)),
    periods: privateTimes.map(({ startedAt, endedAt }) => ({ startedAt, endedAt })),
    calledIn: privateTimes.at(-1)?.calledIn ?? [],
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
  const { remark: _remark, answeredBy: _answeredBy, ...rest } = response;
  return { meetingId, ...rest, answers: { ...rest.answers } };
}

/** Somebody's answers for themself and for the facilitator. */
export function withRemark(meetingId: string, response: MeetingResponse): ResponseAnswer {
  return { meetingId, ...response, answers: { ...response.answers } };
}
