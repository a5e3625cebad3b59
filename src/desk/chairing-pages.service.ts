import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { placeInWords } from '../meetings/calendar.service.js';
import { MeetingsService } from '../meetings/meetings.service.js';
import { CHAIRS, type MeetingType } from '../meetings/script.rules.js';
import { ScriptService, type ScriptReading } from '../meetings/script.service.js';
import { StaffService } from '../people/staff.service.js';
import { DraftAccess } from '../plans/draft-access.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { notFound } from '../platform/http/problem.js';
import type { ChairingView } from './chairing.pages.js';
import { participant } from './participant-pages.service.js';
import type { CaseScriptProps, ScriptSheetProps, StandInProps } from './script.pages.js';

/** A script to lead by or to read along, and whether its reader may write in the plan now. */
export type Reading = ScriptReading & { writes: boolean };

/** What stands on the pages for leading a meeting, and on its script on paper. */
@Injectable()
export class ChairingPagesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly scripts: ScriptService,
    private readonly meetings: MeetingsService,
    private readonly staff: StaffService,
    private readonly draftAccess: DraftAccess,
    private readonly audit: AuditService,
  ) {}

  /** What the one who asks leads or reads along with; null without a date. Nothing is written down of a rehearsal. */
  async reading(ctx: Ctx, rehearsing: boolean): Promise<Reading | null> {
    const { caseId } = participant(ctx);
    const reading = await this.database.view(ctx, async (tx) => {
      const ahead = await this.scripts.ahead(tx, caseId);
      return ahead && { ...ahead, writes: !rehearsing && (await this.draftAccess.mayWrite(tx, caseId)) };
    });
    if (reading && !rehearsing) await this.looked(ctx, reading.meeting.id, caseId);
    return reading;
  }

  /** The script of a case for its facilitator: of the type that was asked for, else of the meeting that comes first. */
  async caseScript(ctx: Ctx, caseId: string, asked: string | undefined): Promise<Omit<CaseScriptProps, 'frame' | 'reference'>> {
    const found = await this.database.view(ctx, async (tx) => {
      const theCase = await this.cases.require(tx, caseId);
      const ahead = await this.scripts.ahead(tx, caseId);
      const type: MeetingType = asked === 'review' || asked === 'meeting' ? asked : (ahead?.script.type ?? 'meeting');
      const { meets } = KINDS[theCase.kind];
      const sheet: ScriptSheetProps = {
        of: type === 'meeting' && !meets ? 'talk' : type,
        moment: ahead?.script.type === type ? ahead.meeting : null,
        phases: await this.scripts.phases(tx, theCase, type),
      };
      const chair = ahead && CHAIRS[ahead.script.chair].passesOn && ahead.candidates.length > 0 && ahead;
      return { sheet, chair: chair ? { meetingId: chair.meeting.id, memberId: chair.script.chairMemberId, candidates: chair.candidates } : null };
    });
    await this.audit.read(ctx, { action: 'meetings.script-read', object: { kind: 'case', id: caseId }, caseId });
    return found;
  }

  /** One fixed meeting for who leads it in the place of the case's facilitator; 404 for everyone else, and once it is over. */
  async standIn(ctx: Ctx, meetingId: string): Promise<Omit<StandInProps, 'frame'>> {
    const { caseId, startsAt, endsAt, place } = await this.meetings.show(ctx, meetingId);
    const script = await this.scripts.show(ctx, meetingId);
    if (ctx.actor.kind !== 'staff' || !startsAt || !endsAt) throw notFound();
    const leaderId = ctx.actor.staffId;
    return this.database.view(ctx, async (tx) => {
      const { residentName, facilitatorId } = await this.cases.requireForMeeting(tx, caseId, 'facilitator', leaderId);
      if (facilitatorId === leaderId) throw notFound();
      const facilitator = await this.staff.find(tx, facilitatorId);
      return {
        resident: residentName,
        where: placeInWords(place, residentName, 'nl'),
        facilitator: { name: facilitator?.name ?? '', phone: facilitator?.phone ?? null },
        sheet: { of: script.type, moment: { startsAt, endsAt }, phases: script.phases },
      };
    });
  }

  private async looked(ctx: Ctx, meetingId: string, caseId: string): Promise<void> {
    await this.audit.read(ctx, { action: 'meetings.script-read', object: { kind: 'meeting', id: meetingId }, caseId });
  }
}

/** A reading as its page shows it. In a rehearsal it names nobody. */
export function chairingView(ctx: Ctx, { script, meeting, begins, chairName, candidates, writes }: Reading, rehearsing: boolean): ChairingView {
  const me = participant(ctx);
  const { passesOn } = CHAIRS[script.chair];
  const leads = passesOn && (script.chairMemberId === null || script.chairMemberId === me.memberId);
  return {
    startsAt: meeting.startsAt,
    endsAt: meeting.endsAt,
    phases: script.phases,
    leads: leads || (rehearsing && passesOn),
    begins,
    writes,
    chair: script.chair,
    chairName: leads || rehearsing ? null : chairName,
    passesOn: passesOn && me.isMainPerson && meeting.state === 'fixed',
    candidates: rehearsing ? [] : candidates,
  };
}
