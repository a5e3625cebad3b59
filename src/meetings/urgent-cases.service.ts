import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { TimelineService } from '../cases/timeline.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { StaffService } from '../people/staff.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { conflict } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { defineJob, JobRegistry, type JobOutcome } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { textsFor } from '../texts/texts.js';
import { MeetingRecords } from './records.service.js';
import type { NotHeldRequest } from './urgent-cases.dto.js';
import { midnightAfter, nightSince, type NotHeldReason } from './urgent.rules.js';

const NOT_HELD = defineJob<{ caseId: string }>('meetings.not-held-today', { queue: 'urgent' });

// Served by cases_timeline_of_case. The newest of its kind since an instant.
const NEWEST = statement(
  'meetings.urgent-note',
  `select id, at from cases_timeline where organisation_id = $1 and case_id = $2 and type = $3 and at >= $4 order by id desc limit 1`,
);

/** What an urgent case asks for beside its meeting: who is there tonight, and why it was not held the same day. */
@Injectable()
export class UrgentCasesService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly timelines: TimelineService,
    private readonly records: MeetingRecords,
    private readonly messages: MessagesService,
    private readonly staff: StaffService,
    private readonly outbox: Outbox,
    private readonly jobs: JobRegistry,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(NOT_HELD, ({ ctx }, { caseId }) => this.notHeldToday(ctx, caseId));
  }

  /** From the command that opens an urgent case: at midnight it is looked at whether it was held. */
  async opened(tx: Tx, caseId: string): Promise<void> {
    await this.outbox.add(tx, NOT_HELD, { key: caseId, payload: { caseId }, runAt: midnightAfter(tx.now), urgent: true });
  }

  /** Who is there tonight, as the facilitator heard it; sealed, for facilitators only. */
  async noteTonight(ctx: Ctx, caseId: string, who: string): Promise<{ caseId: string; who: string }> {
    return this.database.run(ctx, async (tx) => {
      await this.urgentCase(tx, caseId);
      await this.cases.note(tx, { caseId, type: 'tonight', audience: 'facilitator', values: { who } });
      await this.audit.record(tx, { action: 'meetings.tonight-noted', object: { kind: 'case', id: caseId }, caseId });
      return { caseId, who };
    });
  }

  /** What was noted about tonight, or null. */
  async tonight(tx: Tx, caseId: string): Promise<string | null> {
    const [note] = await named<{ id: string }>(tx, NEWEST, [tx.organisationId, caseId, 'tonight', nightSince(tx.now)]);
    return note ? String((await this.timelines.valuesOf(tx, note.id)).who) : null;
  }

  /** Why it was not held the same day; the leads hear the code of the reason, never the remark. */
  async noteNotHeld(ctx: Ctx, caseId: string, { reason, remark = '' }: NotHeldRequest): Promise<{ caseId: string; reason: NotHeldReason }> {
    return this.database.run(ctx, async (tx) => {
      const { reference } = await this.urgentCase(tx, caseId);
      const words = textsFor('nl').urgent.notHeldReasons[reason];
      await this.cases.note(tx, { caseId, type: 'not-held', audience: 'facilitator', values: { reason: words, remark } });
      await this.audit.record(tx, { action: 'meetings.not-held-noted', object: { kind: 'case', id: caseId }, caseId });
      // Nothing is left to say at midnight.
      await this.outbox.cancel(tx, NOT_HELD, [caseId]);
      await this.tellLeads(tx, { caseId, reference, reason: words });
      return { caseId, reason };
    });
  }

  /** At midnight: an urgent case that was not held today. Planned for tomorrow is said so; without a reason that is asked for. */
  private async notHeldToday(ctx: Ctx, caseId: string): Promise<JobOutcome> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.require(tx, caseId);
      if (theCase.state !== 'preparing' && theCase.state !== 'scheduled') return 'skipped';
      const meeting = (await this.records.ofCase(tx, caseId)).find(({ state }) => state === 'fixed');
      await this.tellLeads(tx, { caseId, reference: theCase.reference, plannedAt: meeting?.startsAt?.toISOString() ?? null });
      return 'done';
    });
  }

  private async urgentCase(tx: Tx, caseId: string): Promise<{ reference: string }> {
    const theCase = await this.cases.lockOpen(tx, caseId);
    if (!theCase.urgent) throw conflict('not-urgent');
    return theCase;
  }

  private async tellLeads(tx: Tx, about: { caseId: string; reference: string; reason?: string; plannedAt?: string | null }): Promise<void> {
    const { caseId, reference, reason = null, plannedAt = null } = about;
    for (const lead of (await this.staff.all(tx)).filter(({ roles }) => roles.includes('lead'))) {
      await this.messages.queue(tx, {
        template: 'acute-not-held',
        channel: 'mail',
        to: { address: lead.email, name: lead.name },
        values: { reference, reason, plannedAt },
        staffId: lead.id,
        caseId,
        key: `acute-not-held ${caseId} ${localDay(tx.now)} ${reason === null ? 'midnight' : 'reason'} ${lead.id}`,
      });
    }
  }
}
