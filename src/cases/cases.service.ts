import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { AuditService } from '../audit/audit.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import type { Page, PageQuery } from '../platform/http/cursor.js';
import { assertCurrent, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { next, statesWith } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import { CaseEntity } from './case.entity.js';
import type { CaseSummary, ClosureRequest, SafetyCheckAnswer, SafetyCheckRequest, StopRequest, TimelineEntry } from './cases.dto.js';
import type { CaseEndListener, ClosedPromise, SafetyListener } from './cases.events.js';
import { mayReach, standsIn, type CaseReader } from './cases.policy.js';
import {
  CASE_TRANSITIONS,
  gateAfter,
  needsSafetyCheck,
  OPEN_STATES,
  referenceOf,
  safetyGaps,
  type CaseEvent,
  type SafetyGate,
  type SafetyLevel,
} from './cases.rules.js';
import type { CaseKind } from './kinds.rules.js';
import { TimelineService, type TimelineNote } from './timeline.service.js';

const NEXT_NUMBER = statement(
  'cases.next-number',
  `insert into cases_counters as c (organisation_id, year, last) values ($1, $2, 1)
   on conflict (organisation_id, year) do update set last = c.last + 1 returning last`,
);
// The circle lies to the right: read here only to know whom the safety check must have spoken to.
const MAIN_PERSONS = statement(
  'cases.main-persons',
  `select id from circle_members where organisation_id = $1 and case_id = $2 and is_main_person and state <> 'removed'`,
);

export interface NewCase {
  kind: CaseKind;
  facilitatorId: string;
  facilitatorName: string;
  residentName: string;
  referralId: string | null;
  neighbourhoodCode: string | null;
  themes: string[];
  safetyLevel: SafetyLevel;
  consentGiven: boolean;
}

/** Why a case ends, in words, and what the facilitator wants to add. */
export interface Ending {
  reason: string;
  /** Why it came to that, for the facilitator only. */
  because?: string;
  remark?: string;
  /** What becomes of these promises. */
  promises?: readonly ClosedPromise[];
}

/** Cases: what they are, where they stand, who may reach them. */
@Injectable()
export class CasesService {
  private readonly endListeners: CaseEndListener[] = [];
  private readonly safetyListeners: SafetyListener[] = [];

  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly timelines: TimelineService,
    private readonly vault: Vault,
  ) {}

  /** Registers what else happens, in the same transaction, when a case ends. */
  onEnded(listener: CaseEndListener): void {
    this.endListeners.push(listener);
  }

  /** Registers what else happens, in the same transaction, when the safety gate changed. */
  onSafetyChanged(listener: SafetyListener): void {
    this.safetyListeners.push(listener);
  }

  /** One more main person, to whom nobody spoke alone yet: a gate that was open is closed until the facilitator did. */
  async reopenSafety(tx: Tx, caseId: string): Promise<void> {
    const opened: SafetyGate[] = ['together', 'not-together'];
    const key = { organisationId: tx.organisationId, id: caseId, safetyGate: In(opened) };
    const { affected } = await tx.em.update(CaseEntity, key, { safetyGate: 'waiting', version: () => 'version + 1' });
    if (affected === 0) return;
    const theCase = await tx.em.findOneByOrFail(CaseEntity, { organisationId: tx.organisationId, id: caseId });
    await this.note(tx, { caseId, type: 'safety-reopened', audience: 'facilitator' });
    for (const listener of this.safetyListeners) await listener.safetyChanged(tx, theCase);
  }

  /** Opens a case with the next number of the year. The caller has checked that it may. */
  async open(tx: Tx, fresh: NewCase): Promise<CaseEntity> {
    const year = tx.now.getUTCFullYear();
    const [number] = await named<{ last: number }>(tx, NEXT_NUMBER, [tx.organisationId, year]);
    const { facilitatorName, ...fields } = fresh;
    const theCase: CaseEntity = {
      ...fields,
      organisationId: tx.organisationId,
      id: newId(tx.now),
      reference: referenceOf(year, number!.last),
      state: 'preparing',
      urgent: fresh.safetyLevel === 'acute',
      safetyGate: needsSafetyCheck(fresh.themes, fresh.safetyLevel) ? 'waiting' : 'not-needed',
      safetyCheck: null,
      openedAt: tx.now,
      stateSince: tx.now,
      closedAt: null,
      endReason: null,
      legalForm: null,
      version: 1,
    };
    await tx.em.insert(CaseEntity, theCase);
    await this.note(tx, { caseId: theCase.id, type: 'opened', audience: 'main-persons', values: { facilitator: facilitatorName } });
    return theCase;
  }

  /** The case, for one who may reach it in this way; 404 for everyone else. */
  async require(tx: Tx, caseId: string, by: CaseReader = 'facilitator'): Promise<CaseEntity> {
    const found = await tx.em.findOneBy(CaseEntity, { organisationId: tx.organisationId, id: caseId });
    if (!found || !mayReach(tx.actor, found, by)) throw notFound();
    return found;
  }

  /** The same for one of its meetings, also for who stands in to lead it (`leaderId`). The caller shows them no more than that meeting. */
  async requireForMeeting(tx: Tx, caseId: string, by: CaseReader, leaderId: string | null): Promise<CaseEntity> {
    const found = await tx.em.findOneBy(CaseEntity, { organisationId: tx.organisationId, id: caseId });
    if (!found || !(mayReach(tx.actor, found, by) || standsIn(tx.actor, found, leaderId))) throw notFound();
    return found;
  }

  /** The same, locked until the command ends: commands on one case follow each other. */
  async lock(tx: Tx, caseId: string, by: CaseReader = 'facilitator'): Promise<CaseEntity> {
    const found = await tx.em.findOne(CaseEntity, {
      where: { organisationId: tx.organisationId, id: caseId },
      // Not against references: what only points at the case need not wait.
      lock: { mode: 'for_no_key_update' },
    });
    if (!found || !mayReach(tx.actor, found, by)) throw notFound();
    return found;
  }

  /** The locked case, or 409 when it has ended. */
  async lockOpen(tx: Tx, caseId: string, by: CaseReader = 'facilitator'): Promise<CaseEntity> {
    const theCase = await this.lock(tx, caseId, by);
    if (!OPEN_STATES.includes(theCase.state)) throw stateConflict(theCase.state, [], 'case-ended');
    return theCase;
  }

  /** Moves the case by the table, or refuses with 409; the given entity follows. */
  async advance(tx: Tx, theCase: CaseEntity, event: CaseEvent, changes: QueryDeepPartialEntity<CaseEntity> = {}): Promise<void> {
    const state = next(CASE_TRANSITIONS, theCase.state, event);
    const { affected } = await tx.em.update(
      CaseEntity,
      { organisationId: tx.organisationId, id: theCase.id, state: In(statesWith(CASE_TRANSITIONS, event)) },
      { ...changes, state, stateSince: tx.now, version: () => 'version + 1' },
    );
    if (affected !== 1) throw stateConflict(theCase.state, Object.keys(CASE_TRANSITIONS[theCase.state]));
    Object.assign(theCase, changes, { state, stateSince: tx.now, version: theCase.version + 1 });
  }

  /** Adds entries to the timelines of cases. */
  async note(tx: Tx, ...notes: TimelineNote[]): Promise<void> {
    await this.timelines.add(tx, ...notes);
  }

  /** Puts `someone` in the place of a person on the timeline of the case. */
  async forgetOnTimeline(tx: Tx, caseId: string, person: { id: string; names: readonly string[] }, someone: string): Promise<void> {
    await this.timelines.forget(tx, caseId, person, someone);
  }

  /** Records that the first main person wants this meeting: from now on the circle may be contacted. */
  async giveConsent(tx: Tx, theCase: CaseEntity, whose: { name: string; memberId: string }): Promise<void> {
    await this.setConsent(tx, theCase, true, whose);
  }

  /** The yes to this meeting is taken back: nobody of the circle is contacted from now on. */
  async takeConsentBack(tx: Tx, theCase: CaseEntity, whose: { name: string; memberId: string }): Promise<void> {
    await this.setConsent(tx, theCase, false, whose);
  }

  /** Records the safety check and says where the gate stands. */
  async checkSafety(ctx: Ctx, caseId: string, check: SafetyCheckRequest, seen: number | null = null): Promise<SafetyCheckAnswer> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.lockOpen(tx, caseId);
      assertCurrent(seen, theCase.version);
      const mainPersons = (await named<{ id: string }>(tx, MAIN_PERSONS, [tx.organisationId, caseId])).map(({ id }) => id);
      const stranger = check.spokenAlone.findIndex((id) => !mainPersons.includes(id));
      if (stranger >= 0) throw invalidField(`/spokenAlone/${stranger}`, 'unknown-member');
      const safetyGate = gateAfter(check, mainPersons);
      const sealed = await this.vault.seal({ organisationId: tx.organisationId, table: 'cases', column: 'safety_check', id: caseId }, check);
      await tx.em.update(
        CaseEntity,
        { organisationId: tx.organisationId, id: caseId },
        { safetyGate, safetyCheck: sealed, version: () => 'version + 1' },
      );
      await this.note(tx, { caseId, type: 'safety-checked', audience: 'facilitator' });
      for (const listener of this.safetyListeners) await listener.safetyChanged(tx, { ...theCase, safetyGate });
      await this.audit.record(tx, { action: 'cases.safety-checked', object: { kind: 'case', id: caseId }, caseId });
      return { ...check, caseId, meetingPossible: safetyGate === 'together', missing: safetyGaps(check, mainPersons), version: theCase.version + 1 };
    });
  }

  /** Stops a case with its reason; everything planned is called off. */
  async stop(ctx: Ctx, caseId: string, request: StopRequest, seen: number | null = null): Promise<CaseSummary> {
    const reason = textsFor('nl').cases.stopReasons[request.reason];
    return this.end(ctx, caseId, 'stopped', request.reason, { reason, remark: request.remark }, seen);
  }

  /** Closes a case with what came of it, and with what becomes of the promises that are open. */
  async close(ctx: Ctx, caseId: string, request: ClosureRequest, seen: number | null = null): Promise<CaseSummary> {
    const reason = textsFor('nl').cases.closureOutcomes[request.outcome];
    return this.end(ctx, caseId, 'closed', request.outcome, { reason, remark: request.remark, promises: request.commitments }, seen);
  }

  /** Ends a case inside another command: a meeting that ends without a plan closes it. */
  async endWithin(tx: Tx, theCase: CaseEntity, how: 'closed' | 'stopped', code: string, told: Ending): Promise<void> {
    const { reason, because, remark = '', promises = [] } = told;
    await this.advance(tx, theCase, how, { closedAt: tx.now, endReason: code });
    for (const listener of this.endListeners) await listener.ended(tx, theCase, how, promises);
    await this.note(tx, { caseId: theCase.id, type: how, audience: 'main-persons', values: { outcome: reason } });
    // Why may be about one of the main persons, and is not for the others to read.
    if (how === 'stopped' || because || remark) {
      await this.note(tx, { caseId: theCase.id, type: 'ended-because', audience: 'facilitator', values: { reason: because ?? reason, remark } });
    }
    await this.audit.record(tx, { action: `cases.${how}`, object: { kind: 'case', id: theCase.id }, caseId: theCase.id });
  }

  /** The timeline, as far as the reader may see it. */
  async timeline(ctx: Ctx, caseId: string, query: PageQuery): Promise<Page<TimelineEntry>> {
    const answer = await this.database.view(ctx, async (tx) => {
      await this.require(tx, caseId, 'main-person');
      return this.timelines.list(tx, caseId, query, tx.actor.kind === 'participant' ? tx.actor.memberId : null);
    });
    await this.audit.read(ctx, { action: 'cases.timeline-read', object: { kind: 'case', id: caseId }, caseId });
    return answer;
  }

  private async setConsent(tx: Tx, theCase: CaseEntity, consentGiven: boolean, whose: { name: string; memberId: string }): Promise<void> {
    const key = { organisationId: tx.organisationId, id: theCase.id };
    await tx.em.update(CaseEntity, key, { consentGiven, version: () => 'version + 1' });
    Object.assign(theCase, { consentGiven, version: theCase.version + 1 });
    const type = consentGiven ? 'consent-given' : 'consent-taken-back';
    const { name, memberId: aboutId } = whose;
    await this.note(tx, { caseId: theCase.id, type, audience: 'main-persons', aboutId, values: { name } });
  }

  private async end(
    ctx: Ctx,
    caseId: string,
    how: 'closed' | 'stopped',
    code: string,
    told: Ending,
    seen: number | null,
  ): Promise<CaseSummary> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.lock(tx, caseId);
      assertCurrent(seen, theCase.version);
      await this.endWithin(tx, theCase, how, code, told);
      return summaryOf(theCase);
    });
  }
}

/** A case without its contents: what lists and actions answer. */
export function summaryOf(theCase: CaseEntity): CaseSummary {
  return {
    id: theCase.id,
    reference: theCase.reference,
    state: theCase.state,
    kind: theCase.kind,
    urgent: theCase.urgent,
    facilitatorId: theCase.facilitatorId,
    neighbourhoodCode: theCase.neighbourhoodCode,
    openedAt: theCase.openedAt.toISOString(),
    stateSince: theCase.stateSince.toISOString(),
    endReason: theCase.endReason,
    version: theCase.version,
  };
}
