import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { MEMBER_TRANSITIONS } from '../circle/circle.rules.js';
import { shownName } from '../circle/members.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { invalid, invalidField, notFound, stale, stateConflict } from '../platform/http/problem.js';
import { next, statesWith } from '../platform/transitions.js';
import type { ResponseAnswer, ResponseRequest } from './meetings.dto.js';
import { MeetingMessages } from './meetings.messages.js';
import { responseOf, withRemark } from './meetings.policy.js';
import { PUT_RESPONSE, TOUCH } from './meetings.queries.js';
import { MEETING_TRANSITIONS } from './meetings.rules.js';
import { PollsService } from './polls.service.js';
import { isDated, MeetingRecords, type MeetingRecord } from './records.service.js';
import { TogetherService } from './together.service.js';
import { answerErrors, mayCome, MEMBER_EVENTS, takesPart } from './responses.rules.js';

const HAVE_ANSWERED = statesWith(MEMBER_TRANSITIONS, 'ask-again');

/** Who can come when, and whether they come. */
@Injectable()
export class ResponsesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly together: TogetherService,
    private readonly records: MeetingRecords,
    private readonly messages: MeetingMessages,
    private readonly polls: PollsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Keeps what somebody answered, or the facilitator for them; dates that are left out keep their earlier answer. The answer
   * to the fixed date makes a circle member `coming`, `maybe` or `not-coming`. 404 for people of elsewhere and for answering
   * in the place of another; 409 for somebody who is not invited, and for a meeting that is over.
   */
  async respond(ctx: Ctx, id: string, memberId: string, request: ResponseRequest, seen: number | null): Promise<ResponseAnswer> {
    return this.database.run(ctx, async (tx) => {
      const caseId = await this.records.caseOf(tx, id);
      const theCase = await this.cases.lock(tx, caseId, 'circle');
      if (tx.actor.kind === 'participant' && tx.actor.memberId !== memberId) throw notFound();
      const meeting = await this.records.read(tx, id);
      const people = await this.circle.members(tx, caseId);
      const member = people.find((one) => one.id === memberId);
      if (!member) throw notFound();
      if (!takesPart(member)) throw stateConflict(member.state, [], 'not-invited');
      next(MEETING_TRANSITIONS, meeting.state, 'answer');
      const before = responseOf(meeting, memberId);
      if (seen !== null && seen !== (before?.version ?? 0)) throw stale();
      const errors = answerErrors(request.answers, meeting.slots.map((slot) => slot.id));
      if (errors.length > 0) throw invalid(errors);
      if (Object.keys(request.answers).length === 0 && request.remark === undefined) throw invalidField('/answers', 'no-answer');

      await named(tx, PUT_RESPONSE, [
        tx.organisationId,
        id,
        memberId,
        JSON.stringify(request.answers),
        await this.records.sealRemark(tx, id, memberId, request.remark),
        tx.now,
        tx.actor.kind,
        actorId(tx.actor),
      ]);
      await named(tx, TOUCH, [tx.organisationId, id]);
      const answered = await this.records.read(tx, id);
      const after = responseOf(answered, memberId)!;
      const said = answered.slotId === null ? undefined : after.answers[answered.slotId];
      // Who said no to this date may find somebody else there now.
      if (said !== undefined && said !== 'no') await this.together.assertAnswer(tx, theCase, answered, people);
      const changed = said !== undefined && said !== before?.answers[answered.slotId!];
      if (changed) await this.circle.setState(tx, member, MEMBER_EVENTS[said]);
      // Whoever said no to this date was not told that it became the one.
      if (changed && isDated(answered) && before && !mayCome(before.answers, answered.slotId)) {
        await this.messages.fixed(tx, theCase, answered, [member]);
      }
      if (changed && said === 'no' && isDated(answered)) await this.messages.withdrawn(tx, theCase, answered, member, { left: false });
      if (said === 'no') await this.messages.unremind(tx, id, memberId);
      await this.polls.answered(tx, theCase, answered, people);
      if (!before || changed) {
        const values = { name: shownName(member) };
        await this.cases.note(tx, { caseId, type: 'meeting-answered', audience: 'facilitator', values });
      }
      await this.audit.record(tx, { action: 'meetings.answered', object: { kind: 'meeting', id }, caseId });
      return withRemark(id, after);
    });
  }

  /**
   * A date became the one, or no longer is: what people said about it says whether they come, and who said nothing about it is
   * asked again, whatever they said of another date. Returns everyone as they are then.
   */
  async settle(tx: Tx, meeting: MeetingRecord, people: readonly CircleMember[]): Promise<CircleMember[]> {
    const after: CircleMember[] = [];
    for (const member of people) {
      const stands = meeting.slotId !== null && meeting.state !== 'cancelled';
      const answer = stands ? responseOf(meeting, member.id)?.answers[meeting.slotId!] : undefined;
      const event = answer ? MEMBER_EVENTS[answer] : 'ask-again';
      const moves = takesPart(member) && (answer !== undefined || HAVE_ANSWERED.includes(member.state));
      after.push(moves ? await this.circle.setState(tx, member, event) : member);
    }
    return after;
  }
}

