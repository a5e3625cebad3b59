import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { standsIn } from '../cases/cases.policy.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS, type CaseKind } from '../cases/kinds.rules.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { shownName } from '../circle/members.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { ParticipantSessionsService } from '../people/participant-sessions.service.js';
import { participantOf, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalidField, notFound, stale } from '../platform/http/problem.js';
import { next } from '../platform/transitions.js';
import { textsFor } from '../texts/texts.js';
import type { SafetySource } from './meetings.events.js';
import { MeetingMessages } from './meetings.messages.js';
import { leaderOf } from './meetings.policy.js';
import { MEETING_TRANSITIONS } from './meetings.rules.js';
import { forReader } from './parts.rules.js';
import { isDated, MeetingRecords, type DatedMeeting, type MeetingRecord } from './records.service.js';
import type { ChairRequest, Script } from './script.dto.js';
import { ASKED, SET_CHAIR } from './script.queries.js';
import { askedToChair, CHAIRS, mayBeLed, mayBeRehearsed, readsScript, scriptOf, whyNotChair, type MeetingType, type Phase, type ScriptPhase } from './script.rules.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** A meeting to lead or to rehearse for, as one reader may know it. */
export interface ScriptReading {
  script: Script;
  meeting: DatedMeeting;
  /** It can be led now; if not, rehearsed. */
  begins: boolean;
  /** Who leads in place of whom the kind says. */
  chairName: string | null;
  /** Whom the reader could ask to take over: none for who may not ask. */
  candidates: { id: string; name: string }[];
}

/** The script of a meeting: who leads it, with which words. */
@Injectable()
export class ScriptService {
  private safety: SafetySource | null = null;

  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly records: MeetingRecords,
    private readonly sessions: ParticipantSessionsService,
    private readonly messages: MeetingMessages,
    private readonly audit: AuditService,
  ) {}

  /** Registers who knows whether something must be safe. */
  askSafety(source: SafetySource): void {
    this.safety = source;
  }

  /** The script of one meeting, also for who stands in to lead it; 404 for who does not lead it and whom it is not about. */
  async show(ctx: Ctx, id: string): Promise<Script> {
    const { script, caseId } = await this.database.view(ctx, async (tx) => {
      const meeting = await this.records.read(tx, id);
      const theCase = await this.cases.requireForMeeting(tx, meeting.caseId, 'circle', leaderOf(meeting));
      const script = await this.read(tx, theCase, meeting);
      return { caseId: meeting.caseId, script: standsIn(tx.actor, theCase, leaderOf(meeting)) ? { ...script, chairMemberId: null } : script };
    });
    await this.audit.read(ctx, { action: 'meetings.script-read', object: { kind: 'meeting', id }, caseId });
    return script;
  }

  /**
   * Passes the lead on, or gives it back; who is asked before the meeting begins hears so in a message. 409 where the facilitator
   * leads by the kind of case, and once the meeting is over; 400 for somebody who is not of this circle, is there for another (an
   * interpreter), or is not there at the moment itself.
   */
  async setChair(ctx: Ctx, id: string, { memberId, phase }: ChairRequest, seen: number | null = null): Promise<Script> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, await this.records.caseOf(tx, id), 'main-person');
      const meeting = await this.records.read(tx, id);
      if (seen !== null && seen !== meeting.version) throw stale();
      next(MEETING_TRANSITIONS, meeting.state, 'choose-chair');
      if (!CHAIRS[KINDS[theCase.kind].chair].passesOn) throw conflict('chair-stays');
      const asked = memberId ? await this.possible(tx, theCase.id, memberId) : null;
      await named(tx, SET_CHAIR, [tx.organisationId, id, asked?.id ?? null, phase ?? null]);
      if ((asked?.id ?? null) !== meeting.chairMemberId) {
        const whom = asked ? ({ type: 'chair-asked', aboutId: asked.id, values: { name: shownName(asked) } } as const) : ({ type: 'chair-returned' } as const);
        await this.cases.note(tx, { caseId: theCase.id, audience: 'main-persons', ...whom });
        await this.messages.chairAsked(tx, theCase, meeting, asked);
      }
      await this.audit.record(tx, { action: 'meetings.chair-set', object: { kind: 'meeting', id }, caseId: theCase.id });
      return this.read(tx, theCase, await this.records.read(tx, id));
    });
  }

  /** Somebody begins to lead, or to read along: until midnight they are asked for nothing. Returns until when their session lasts. */
  async begin(ctx: Ctx, id: string): Promise<Date> {
    const me = participantOf(ctx);
    return this.database.run(ctx, async (tx) => {
      const meeting = await this.records.read(tx, id);
      await this.read(tx, await this.cases.require(tx, meeting.caseId, 'circle'), meeting);
      const own = forReader(meeting, me.memberId);
      if (!isDated(own) || !mayBeLed(own, tx.now)) throw conflict('meeting-not-begun');
      await this.audit.record(tx, { action: 'meetings.chairing-begun', object: { kind: 'meeting', id }, caseId: meeting.caseId });
      return this.sessions.keepForChairing(tx, me);
    });
  }

  /** What the one who asks leads next, or reads along with; null as long as there is no date. 404 for who has no script to read. */
  async ahead(tx: Tx, caseId: string): Promise<ScriptReading | null> {
    const theCase = await this.cases.require(tx, caseId, 'circle');
    const { actor } = tx;
    const me = actor.kind === 'participant' ? actor : null;
    const people = await this.circle.members(tx, caseId);
    const hidden = await this.restrictions.hidden(tx, caseId);
    const meetings = (await this.records.ofCase(tx, caseId)).map((whole) => (me ? forReader(whole, me.memberId) : whole));
    const [meeting] = meetings.filter(isDated).filter((one) => mayBeRehearsed(one, tx.now)).sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
    if (!meeting) {
      if (me) this.assertReads(people, theCase, me.memberId, null);
      return null;
    }
    const script = await this.read(tx, theCase, meeting);
    const chair = people.find(({ id }) => id === script.chairMemberId);
    const mayAsk = (me?.isMainPerson ?? true) && CHAIRS[script.chair].passesOn && meeting.state === 'fixed';
    return {
      script,
      meeting,
      begins: mayBeLed(meeting, tx.now),
      chairName: chair ? shownName(chair) : null,
      candidates: people
        .filter((person) => mayAsk && person.id !== me?.memberId && (!me || person.id !== script.chairMemberId) && !hidden.has(person.id) && whyNotChair(person) === null)
        .map((person) => ({ id: person.id, name: shownName(person) })),
    };
  }

  /** Whether somebody of the circle finds a script on their page: they were asked to lead, or lead along. */
  async leads(tx: Tx, self: CircleMember, kind: CaseKind): Promise<boolean> {
    const asked = await named(tx, ASKED, [tx.organisationId, self.id, new Date(tx.now.getTime() - DAY_MS)]);
    return readsScript(self, kind, asked.length > 0 ? self.id : null);
  }

  /** The phases of a kind of case, in the language of pages. */
  async phases(tx: Tx, theCase: Pick<CaseEntity, 'id' | 'kind'>, type: MeetingType): Promise<ScriptPhase[]> {
    const safety = (await this.safety?.mustBeSafe(tx, theCase.id)) ?? false;
    return scriptOf(theCase.kind, type, textsFor('nl').script.phases, safety);
  }

  private async read(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord): Promise<Script> {
    const people = await this.circle.members(tx, theCase.id);
    const hidden = await this.restrictions.hidden(tx, theCase.id);
    const chairMemberId = askedToChair(meeting.chairMemberId, people);
    const { actor } = tx;
    if (actor.kind === 'participant') this.assertReads(people, theCase, actor.memberId, chairMemberId);
    return {
      meetingId: meeting.id,
      type: meeting.type,
      chair: KINDS[theCase.kind].chair,
      chairMemberId: chairMemberId && !hidden.has(chairMemberId) ? chairMemberId : null,
      phase: meeting.chairPhase as Phase | null,
      phases: await this.phases(tx, theCase, meeting.type),
      version: meeting.version,
    };
  }

  private assertReads(people: readonly CircleMember[], theCase: CaseEntity, memberId: string, chairMemberId: string | null): void {
    const reader = people.find(({ id }) => id === memberId);
    if (!reader || !readsScript(reader, theCase.kind, chairMemberId)) throw notFound();
  }

  private async possible(tx: Tx, caseId: string, memberId: string): Promise<CircleMember> {
    const hidden = await this.restrictions.hidden(tx, caseId);
    const asked = (await this.circle.members(tx, caseId)).find(({ id }) => id === memberId);
    if (!asked || hidden.has(asked.id)) throw invalidField('/memberId', 'unknown-member');
    const why = whyNotChair(asked);
    if (why) throw invalidField('/memberId', why);
    return asked;
  }
}
