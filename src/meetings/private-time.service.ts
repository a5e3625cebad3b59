import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { shownName } from '../circle/members.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { assertCurrent, conflict, forbidden, invalid, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { defineJob } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { next } from '../platform/transitions.js';
import { textsFor } from '../texts/texts.js';
import type { MeetingView } from './meetings.dto.js';
import { viewFor } from './meetings.policy.js';
import { TOUCH } from './meetings.queries.js';
import { hasBegun, MEETING_TRANSITIONS } from './meetings.rules.js';
import type { CallRequest, PrivateTimeRequest } from './private-time.dto.js';
import { AT_THE_TABLE, CALL_IN, CALL_OUT, END_PRIVATE_TIME, START_PRIVATE_TIME, THE_FACILITATOR, type TableRow } from './private-time.queries.js';
import { askIfDoneAt, momentError, periodsOf, PRIVATE_TIME_TRANSITIONS, privateTimeState, scribeUntil, whyNotSay, type Speaker } from './private-time.rules.js';
import { isDated, MeetingRecords, type MeetingRecord } from './records.service.js';
import { takesPart } from './responses.rules.js';

export const ASK_IF_DONE = defineJob<{ caseId: string; meetingId: string; periodId: string }>('meetings.private-time-open', { queue: 'messages' });

/** How it stands at the table: whether the circle is by itself, and who writes. */
export interface AtTheTable {
  running: boolean;
  /** Private time was there, and is over. */
  had: boolean;
  /** Who is in with the circle while private time runs: ids, and `facilitator`. */
  calledIn: readonly string[];
  /** Who was named to write, as long as that lasts. */
  scribeIds: readonly string[];
}

/** A meeting behind the lock of its case, and who speaks. */
interface Table {
  theCase: CaseEntity;
  meeting: MeetingRecord;
  people: CircleMember[];
  hidden: ReadonlySet<string>;
  speaker: Speaker;
}

/** Time of the circle by itself: what is written in it is theirs. */
@Injectable()
export class PrivateTimeService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly records: MeetingRecords,
    private readonly outbox: Outbox,
    private readonly audit: AuditService,
  ) {}

  /** How it stands at the table of a case. */
  async ofCase(tx: Tx, caseId: string): Promise<AtTheTable> {
    const [row] = await named<TableRow>(tx, AT_THE_TABLE, [tx.organisationId, caseId]);
    const { running, had, scribes } = row!;
    const scribeIds = scribes.filter(({ endsAt }) => tx.now < scribeUntil(new Date(endsAt))).map(({ memberId }) => memberId);
    return { running: running !== null, had, calledIn: running?.calledIn ?? [], scribeIds };
  }

  /** Whether private time keeps the facilitator out now, so that a page says that in place of what is written. */
  async closedToFacilitator(tx: Tx, theCase: Pick<CaseEntity, 'id' | 'kind'>): Promise<boolean> {
    if (!KINDS[theCase.kind].privateTimeClosedTo.includes('facilitator')) return false;
    const { running, calledIn } = await this.ofCase(tx, theCase.id);
    return running && !calledIn.includes(THE_FACILITATOR);
  }

  /** Refuses the facilitator with 409 while private time keeps them out; nobody else. */
  async assertOpen(tx: Tx, theCase: Pick<CaseEntity, 'id' | 'kind'>): Promise<void> {
    if (tx.actor.kind === 'staff' && (await this.closedToFacilitator(tx, theCase))) throw conflict('private-time-running');
  }

  /**
   * Says that private time starts or ends. Refuses with 403 who may not say so, with 409 a kind without private time, a meeting
   * that is not on and what already is so, with 400 a moment that cannot be, with 412 when `seen` is not the newest version.
   */
  async say(ctx: Ctx, id: string, { event, at }: PrivateTimeRequest, seen: number | null): Promise<MeetingView> {
    return this.database.run(ctx, async (tx) => {
      const table = await this.lock(tx, id, seen);
      const { theCase, meeting, speaker } = table;
      const why = whyNotSay(event, speaker);
      if (why) throw forbidden(why);
      if (KINDS[theCase.kind].privateTime === 'none') throw conflict('kind-without-private-time');
      const periods = periodsOf(meeting.privateTimes);
      if (event === 'start') await this.assertOn(tx, meeting);
      next(PRIVATE_TIME_TRANSITIONS, privateTimeState(periods), event);
      const moment = momentOf(tx, meeting, { at });
      if (event === 'start') await this.start(tx, meeting, moment);
      else await this.end(tx, meeting, moment);
      const type = event === 'end' ? 'private-time-ended' : speaker === 'facilitator' ? 'private-time-started-on-word' : 'private-time-started';
      await this.cases.note(tx, { caseId: theCase.id, type, audience: 'circle' });
      return this.changed(tx, table, event === 'end' ? 'meetings.private-time-ended' : 'meetings.private-time-started');
    });
  }

  /** Calls somebody in. Refuses with 403 who is not of the circle, with 400 who cannot be called, with 409 without private time and twice. */
  async callIn(ctx: Ctx, id: string, call: CallRequest, seen: number | null): Promise<MeetingView> {
    const who = call.who.toLowerCase();
    return this.database.run(ctx, async (tx) => {
      const table = await this.lock(tx, id, seen);
      if (table.speaker !== 'circle') throw forbidden('private-time-of-circle');
      const { periodId, calledIn } = runningOf(table.meeting);
      const memberId = who === THE_FACILITATOR ? null : this.outsider(tx, table, who).id;
      if (calledIn.includes(who)) throw stateConflict('in', ['leave']);
      await named(tx, CALL_IN, [tx.organisationId, newId(tx.now), periodId, memberId, momentOf(tx, table.meeting, call)]);
      await this.noteCall(tx, table, who, 'called-in');
      return this.changed(tx, table, 'meetings.private-time-called-in');
    });
  }

  /** Lets somebody who was called in leave: the circle says so, or they themself. */
  async leave(ctx: Ctx, id: string, call: CallRequest, seen: number | null): Promise<MeetingView> {
    const who = call.who.toLowerCase();
    return this.database.run(ctx, async (tx) => {
      const table = await this.lock(tx, id, seen);
      const { actor } = tx;
      const self = actor.kind === 'participant' ? actor.memberId : THE_FACILITATOR;
      if (table.speaker !== 'circle' && who !== self) throw forbidden('private-time-of-circle');
      const { periodId, calledIn } = runningOf(table.meeting);
      if (!calledIn.includes(who) || table.hidden.has(who)) throw stateConflict('out', ['call']);
      await named(tx, CALL_OUT, [tx.organisationId, periodId, who === THE_FACILITATOR ? null : who, momentOf(tx, table.meeting, call), false]);
      await this.noteCall(tx, table, who, 'called-out');
      return this.changed(tx, table, 'meetings.private-time-called-out');
    });
  }

  /** The meeting is on: fixed, and begun or nearly so; and nowhere else in the case does private time run. */
  private async assertOn(tx: Tx, meeting: MeetingRecord): Promise<void> {
    next(MEETING_TRANSITIONS, meeting.state, 'private-time');
    if (!isDated(meeting) || !hasBegun(meeting.startsAt, tx.now)) throw stateConflict(meeting.state, [], 'meeting-not-begun');
    if ((await this.ofCase(tx, meeting.caseId)).running) throw stateConflict('running', ['end']);
  }

  /** Nobody but the circle ends it: when it is left open, main persons are asked once whether they are done. */
  private async start(tx: Tx, { id: meetingId, caseId, endsAt }: MeetingRecord, at: Date): Promise<void> {
    const periodId = newId(tx.now);
    await named(tx, START_PRIVATE_TIME, [tx.organisationId, periodId, caseId, meetingId, at]);
    await this.outbox.add(tx, ASK_IF_DONE, { key: periodId, payload: { caseId, meetingId, periodId }, runAt: askIfDoneAt(endsAt!, at) });
  }

  private async end(tx: Tx, meeting: MeetingRecord, at: Date): Promise<void> {
    const { periodId } = runningOf(meeting);
    await this.outbox.cancel(tx, ASK_IF_DONE, { prefix: periodId });
    const rows = await named(tx, END_PRIVATE_TIME, [tx.organisationId, periodId, at]);
    if (rows.length === 0) throw stateConflict('ended', ['start']);
    await named(tx, CALL_OUT, [tx.organisationId, periodId, null, at, true]);
  }

  /** Somebody from outside the circle whom the speaker may know of. */
  private outsider(tx: Tx, { people, hidden }: Table, who: string): CircleMember {
    const found = people.find(({ id }) => id === who);
    // The circle does not see who else was asked: only a main person calls others by their id.
    const mayKnow = tx.actor.kind === 'participant' && tx.actor.isMainPerson && !hidden.has(who);
    if (!found || !mayKnow || !takesPart(found)) throw invalidField('/who', 'unknown-member');
    if (found.isMainPerson || found.circleKind === 'informal') throw invalidField('/who', 'of-the-circle');
    return found;
  }

  private async noteCall(tx: Tx, { theCase, people }: Table, who: string, type: 'called-in' | 'called-out'): Promise<void> {
    const person = people.find(({ id }) => id === who);
    const name = person ? shownName(person) : textsFor('nl').privateTime.theFacilitator;
    await this.cases.note(tx, { caseId: theCase.id, type, audience: 'main-persons', aboutId: person?.id, values: { name } });
  }

  private async changed(tx: Tx, { theCase, meeting: { id }, people, hidden }: Table, action: string): Promise<MeetingView> {
    await named(tx, TOUCH, [tx.organisationId, id]);
    await this.audit.record(tx, { action, object: { kind: 'meeting', id }, caseId: theCase.id });
    return viewFor(tx.actor, await this.records.read(tx, id), people, hidden);
  }

  private async lock(tx: Tx, id: string, seen: number | null): Promise<Table> {
    // Also of a case that has ended: what the circle left running is still theirs to end.
    const theCase = await this.cases.lock(tx, await this.records.caseOf(tx, id), 'circle');
    const meeting = await this.records.read(tx, id);
    const people = await this.circle.members(tx, theCase.id);
    const { actor } = tx;
    const reader = actor.kind === 'participant' ? people.find((member) => member.id === actor.memberId) : null;
    if (reader === undefined || (reader && !takesPart(reader))) throw notFound();
    assertCurrent(seen, meeting.version);
    const speaker = !reader ? 'facilitator' : reader.isMainPerson || reader.circleKind === 'informal' ? 'circle' : 'outside';
    return { theCase, meeting, people, hidden: await this.restrictions.hidden(tx, theCase.id), speaker };
  }
}

/** The private time that runs, or 409. */
function runningOf({ privateTimes }: MeetingRecord): { periodId: string; calledIn: readonly string[] } {
  const last = privateTimes.at(-1);
  if (!last || last.endedAt !== null) throw stateConflict(privateTimeState(periodsOf(privateTimes)), ['start']);
  return { periodId: last.id, calledIn: last.calledIn };
}

/** When something is said to have happened: now, or 400 for a moment that cannot be. */
function momentOf(tx: Tx, { startsAt, privateTimes }: MeetingRecord, { at = tx.now }: { at?: Date }): Date {
  const error = momentError(at, { startsAt: startsAt!, now: tx.now, periods: periodsOf(privateTimes) });
  if (error) throw invalid([error]);
  return at;
}
