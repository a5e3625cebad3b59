import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CaseEntity } from '../cases/case.entity.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { CircleService } from '../circle/circle.service.js';
import { ConclusionsService } from '../meetings/conclusions.service.js';
import type { Conclusion, ConclusionListener } from '../meetings/meetings.events.js';
import { MeetingRecords } from '../meetings/records.service.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { defineJob, JobRegistry } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { MarksMessages } from './marks.messages.js';
import { MARKS_OF_CASE, type MarksRow } from './marks.queries.js';
import { askAt } from './marks.rules.js';

/** The day after a meeting. */
export const ASK_MARKS = defineJob<{ caseId: string; meetingId: string }>('plans.ask-marks', { queue: 'upkeep' });

const THERE = ['present', 'remote', 'part'];

/** Asks for marks the day after a meeting. */
@Injectable()
export class MarksJobs implements OnModuleInit, ConclusionListener {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly circle: CircleService,
    private readonly conclusions: ConclusionsService,
    private readonly records: MeetingRecords,
    private readonly messages: MarksMessages,
    private readonly outbox: Outbox,
  ) {}

  onModuleInit(): void {
    this.conclusions.onConcluded(this);
    this.jobs.handle(ASK_MARKS, (run, { caseId, meetingId }) =>
      this.database.run(run.ctx, async (tx) => {
        const where = { organisationId: tx.organisationId, id: caseId };
        const theCase = await tx.em.findOne(CaseEntity, { where, lock: { mode: 'for_no_key_update' } });
        // Closed since: then everyone was thanked and asked in one.
        if (!theCase || !OPEN_STATES.includes(theCase.state)) return 'skipped';
        const meeting = (await this.records.ofCase(tx, caseId)).find(({ id }) => id === meetingId);
        if (meeting?.state !== 'held') return 'skipped';
        const there = new Set(meeting.attendance.filter(({ presence }) => THERE.includes(presence)).map(({ memberId }) => memberId));
        const noted = meeting.attendance.length > 0;
        const marked = await named<MarksRow>(tx, MARKS_OF_CASE, [tx.organisationId, caseId]);
        const gave = new Set(marked.filter(({ moment }) => moment === 'meeting').map(({ memberId }) => memberId));
        const people = (await this.circle.members(tx, caseId))
          .filter(({ id, isMainPerson, state }) => (noted ? there.has(id) : isMainPerson || state === 'coming'))
          .filter(({ id }) => !gave.has(id));
        return (await this.messages.ask(tx, theCase, people, { closed: false, key: meetingId })) > 0 ? 'done' : 'skipped';
      }),
    );
  }

  /** Reviews are not marked: the plan is. */
  async concluded(tx: Tx, { caseId, meetingId }: Conclusion): Promise<void> {
    if ((await this.records.read(tx, meetingId)).type === 'review') return;
    await this.outbox.add(tx, ASK_MARKS, { key: meetingId, payload: { caseId, meetingId }, runAt: askAt(tx.now) });
  }
}
