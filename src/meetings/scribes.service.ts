import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService } from '../circle/circle.service.js';
import { shownName } from '../circle/members.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named } from '../platform/database/tx.js';
import { assertCurrent, invalidField, stateConflict } from '../platform/http/problem.js';
import { next } from '../platform/transitions.js';
import type { MeetingView } from './meetings.dto.js';
import { viewFor } from './meetings.policy.js';
import { MEETING_TRANSITIONS } from './meetings.rules.js';
import { NAME_SCRIBE } from './private-time.queries.js';
import { scribeUntil } from './private-time.rules.js';
import { isDated, MeetingRecords } from './records.service.js';
import { mayWrite, takesPart } from './responses.rules.js';

/** Who writes the plan at a meeting, while another leads it. */
@Injectable()
export class ScribesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly records: MeetingRecords,
    private readonly audit: AuditService,
  ) {}

  /**
   * Names who writes, in place of who was named before; null names nobody. Refuses with 400 who does not take part, and an aide,
   * who has no plan; with 409 a meeting that is not fixed or whose day is over.
   */
  async name(ctx: Ctx, id: string, memberId: string | null, seen: number | null): Promise<MeetingView> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, await this.records.caseOf(tx, id), 'main-person');
      const caseId = theCase.id;
      const meeting = await this.records.read(tx, id);
      assertCurrent(seen, meeting.version);
      next(MEETING_TRANSITIONS, meeting.state, 'name-scribe');
      if (!isDated(meeting) || tx.now >= scribeUntil(meeting.endsAt)) throw stateConflict(meeting.state, [], 'meeting-day-over');
      const people = await this.circle.members(tx, caseId);
      const hidden = await this.restrictions.hidden(tx, caseId);
      const scribe = memberId === null ? null : people.find((member) => member.id === memberId);
      if (scribe === undefined || (scribe && (hidden.has(scribe.id) || !takesPart(scribe)))) throw invalidField('/memberId', 'unknown-member');
      if (scribe && !mayWrite(scribe)) throw invalidField('/memberId', 'aide-has-no-plan');
      if (memberId !== meeting.scribeId) {
        await named(tx, NAME_SCRIBE, [tx.organisationId, id, memberId]);
        const note = { caseId, audience: 'main-persons' as const };
        if (scribe) await this.cases.note(tx, { ...note, type: 'scribe-named', aboutId: scribe.id, values: { name: shownName(scribe) } });
        else await this.cases.note(tx, { ...note, type: 'scribe-withdrawn' });
        await this.audit.record(tx, { action: 'meetings.scribe-named', object: { kind: 'meeting', id }, caseId });
      }
      return viewFor(tx.actor, await this.records.read(tx, id), people, hidden);
    });
  }
}
