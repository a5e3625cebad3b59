import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { SafetyListener } from '../cases/cases.events.js';
import { CasesService } from '../cases/cases.service.js';
import type { RestrictionListener } from '../circle/circle.events.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { cannotMeet } from '../circle/restrictions.rules.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Tx } from '../platform/database/tx.js';
import { conflict } from '../platform/http/problem.js';
import { statesWith } from '../platform/transitions.js';
import { responseOf, whyNotMeet } from './meetings.policy.js';
import { MEETING_TRANSITIONS } from './meetings.rules.js';
import { fits, whyNotLikeThis } from './parts.rules.js';
import { MeetingRecords, type MeetingRecord } from './records.service.js';
import { mayCome, takesPart } from './responses.rules.js';

const OPEN_STATES = statesWith(MEETING_TRANSITIONS, 'cancel');

/** Who may be at one meeting: never two who must not meet, and who may only come apart in parts of their own. */
@Injectable()
export class TogetherService implements OnModuleInit, SafetyListener, RestrictionListener {
  constructor(
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly records: MeetingRecords,
  ) {}

  onModuleInit(): void {
    this.cases.onSafetyChanged(this);
    this.restrictions.onRestricted(this);
  }

  /**
   * Refuses with 409 a date that brings people together who must not meet, and names nobody. Without a date (a poll) only what
   * holds for every date: whether it is safe at all. Who is silent may come.
   */
  async assert(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, slotId: string | null, people: readonly CircleMember[]): Promise<void> {
    const why = await this.whyNot(tx, theCase, meeting, slotId, people);
    if (why) throw conflict(why);
  }

  /** The same for who says yes to the date after all. It says no more than that this moment cannot be: nobody learns why. */
  async assertAnswer(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, people: readonly CircleMember[]): Promise<void> {
    if (await this.whyNot(tx, theCase, meeting, meeting.slotId, people)) throw conflict('moment-not-possible');
  }

  private async whyNotAsItStands(tx: Tx, theCase: CaseEntity, meeting: MeetingRecord, people: readonly CircleMember[]): Promise<string | null> {
    if (!OPEN_STATES.includes(meeting.state)) return null;
    return whyNotMeet(theCase) ?? this.whyNot(tx, theCase, meeting, meeting.slotId, people);
  }

  /** Of the open meetings of a case those that cannot be as they stand, with why: a restriction or an answer about safety may have come after. */
  async warnings(tx: Tx, theCase: CaseEntity, people: readonly CircleMember[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    for (const meeting of await this.records.ofCase(tx, theCase.id)) {
      const why = await this.whyNotAsItStands(tx, theCase, meeting, people);
      if (why) found.set(meeting.id, why);
    }
    return found;
  }

  async safetyChanged(tx: Tx, theCase: CaseEntity): Promise<void> {
    await this.warn(tx, theCase);
  }

  async restricted(tx: Tx, theCase: CaseEntity): Promise<void> {
    await this.warn(tx, theCase);
  }

  private async whyNot(
    tx: Tx,
    theCase: CaseEntity,
    meeting: MeetingRecord,
    slotId: string | null,
    people: readonly CircleMember[],
  ): Promise<string | null> {
    const pairs = slotId === null ? [] : await this.restrictions.pairs(tx, theCase.id);
    const present = people.filter((one) => takesPart(one) && (slotId === null || mayCome(responseOf(meeting, one.id)?.answers, slotId)));
    const comers = new Set(present.map(({ id }) => id));
    if (cannotMeet(pairs, comers)) return 'moment-not-possible';
    const mainPersonIds = people.filter(({ isMainPerson }) => isMainPerson).map(({ id }) => id);
    const why = whyNotLikeThis({ pairs, gate: theCase.safetyGate }, { comers, mainPersonIds }, meeting.parts);
    if (why) return why;
    const chosen = meeting.slots.filter(({ id }) => slotId === null || id === slotId);
    return fits(meeting.parts, chosen) ? null : 'parts-beyond-end';
  }

  /** The facilitator hears that what stands cannot be so any more: split it, or call it off. Nothing is called off by itself. */
  private async warn(tx: Tx, theCase: CaseEntity): Promise<void> {
    const people = await this.circle.members(tx, theCase.id);
    for (const _ of await this.warnings(tx, theCase, people)) {
      await this.cases.note(tx, { caseId: theCase.id, type: 'meeting-not-like-this', audience: 'facilitator' });
    }
  }
}
