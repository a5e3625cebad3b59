import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { standsIn } from '../cases/cases.policy.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Attachment } from '../messages/templates.rules.js';
import type { Ctx, ParticipantActor } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/http/problem.js';
import { AvailabilityService } from './availability.service.js';
import { CalendarService, placeInWords, type Reader } from './calendar.service.js';
import type { MeetingAnswer, MeetingView } from './meetings.dto.js';
import { MeetingMessages } from './meetings.messages.js';
import { inFull, leaderOf, viewFor, viewForStandIn } from './meetings.policy.js';
import { isDated, MeetingRecords, type MeetingAhead, type MeetingRecord } from './records.service.js';
import { takesPart } from './responses.rules.js';

/** Looking at meetings, each reader as far as they may. */
@Injectable()
export class MeetingsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly records: MeetingRecords,
    private readonly messages: MeetingMessages,
    private readonly calendar: CalendarService,
    private readonly audit: AuditService,
    private readonly availability: AvailabilityService,
  ) {}

  /** One meeting; 404 for who has no part in it. Who stands in to lead it sees when and where. */
  async show(ctx: Ctx, id: string): Promise<MeetingView> {
    const answer = await this.database.view(ctx, async (tx) => {
      const { meeting, people, theCase } = await this.reach(tx, id);
      if (standsIn(tx.actor, theCase, leaderOf(meeting))) return viewForStandIn(meeting);
      return viewFor(tx.actor, meeting, people, await this.restrictions.hidden(tx, meeting.caseId));
    });
    await this.audit.read(ctx, { action: 'meetings.read', object: { kind: 'meeting', id }, caseId: answer.caseId });
    return answer;
  }

  /** The fixed date as a calendar file for the one who asks; 404 while there is none. */
  async calendarFile(ctx: Ctx, id: string): Promise<Attachment & { version: number }> {
    const { file, meeting } = await this.database.view(ctx, async (tx) => {
      const { meeting, reader, theCase } = await this.reach(tx, id);
      if (!isDated(meeting) || standsIn(tx.actor, theCase, leaderOf(meeting))) throw notFound();
      const context = await this.messages.context(tx, theCase, meeting);
      return { meeting, file: await this.calendar.file(tx, context, reader) };
    });
    await this.audit.read(ctx, { action: 'meetings.calendar-read', object: { kind: 'meeting', id }, caseId: meeting.caseId });
    return { ...file, version: meeting.version };
  }

  /** A case's meetings in full, newest first. The caller has checked that it is its facilitator who asks. */
  async ofCase(tx: Tx, caseId: string, people: readonly CircleMember[]): Promise<MeetingAnswer[]> {
    const meetings = await this.records.ofCase(tx, caseId);
    const answers: MeetingAnswer[] = [];
    for (const meeting of meetings) {
      const isOpen = meeting.state === 'polling' || meeting.state === 'fixed';
      answers.push({ ...inFull(meeting, people), ...(isOpen ? await this.availability.warnings(tx, meeting, people) : {}) });
    }
    return answers;
  }

  /** The meetings of a participant's case as they may see them, newest first; none when they are not invited. */
  async ofParticipant(tx: Tx, { caseId, memberId }: ParticipantActor): Promise<MeetingView[]> {
    const people = await this.circle.members(tx, caseId);
    const reader = people.find(({ id }) => id === memberId);
    if (!reader || !takesPart(reader)) return [];
    const hidden = await this.restrictions.hidden(tx, caseId);
    return (await this.records.ofCase(tx, caseId)).map((meeting) => viewFor(tx.actor, meeting, people, hidden));
  }

  /** A facilitator's fixed meetings that begin from `from` and before `to`, soonest first, with the place in words. */
  async ahead(tx: Tx, facilitatorId: string, span: { from: Date; to: Date }): Promise<(MeetingAhead & { where: string })[]> {
    const meetings = await this.records.ahead(tx, facilitatorId, span);
    return meetings.map((meeting) => ({ ...meeting, where: placeInWords(meeting.place, meeting.resident, 'nl') }));
  }

  private async reach(tx: Tx, id: string): Promise<{ theCase: CaseEntity; meeting: MeetingRecord; people: CircleMember[]; reader: Reader }> {
    const meeting = await this.records.read(tx, id);
    const theCase = await this.cases.requireForMeeting(tx, meeting.caseId, 'circle', leaderOf(meeting));
    const people = await this.circle.members(tx, meeting.caseId);
    const { actor } = tx;
    if (actor.kind !== 'participant') return { theCase, meeting, people, reader: null };
    const reader = people.find((member) => member.id === actor.memberId);
    if (!reader || !takesPart(reader)) throw notFound();
    return { theCase, meeting, people, reader };
  }
}
