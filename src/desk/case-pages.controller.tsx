import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ClosureRequest, SafetyCheckRequest, StopRequest } from '../cases/cases.dto.js';
import { LawClockChange } from '../cases/law-clocks.dto.js';
import { LawClocksService } from '../cases/law-clocks.service.js';
import { CasesService } from '../cases/cases.service.js';
import { AttendanceRequest, ConclusionRequest, ConfirmationRequest, NewMeeting, ResponseRequest } from '../meetings/meetings.dto.js';
import { instantAt } from '../meetings/meetings.rules.js';
import { ConclusionsService } from '../meetings/conclusions.service.js';
import { halves, shortest } from '../meetings/parts.rules.js';
import { PlanningService } from '../meetings/planning.service.js';
import { ResponsesService } from '../meetings/responses.service.js';
import { CostLinesService } from '../micro-analysis/cost-lines.service.js';
import { NewCostLine } from '../micro-analysis/cost-lines.dto.js';
import { NewMeasurement } from '../micro-analysis/wellbeing.dto.js';
import { WellbeingService } from '../micro-analysis/wellbeing.service.js';
import { Access, IdParam, type StatefulRequest } from '../platform/http/access.js';
import { CaseFormsService } from './case-forms.service.js';
import { ROUTES } from './desk.routes.js';
import { partsOf, textOf, versionOf, VisitsService, type Fields } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;

/** `/werk/trajecten/{ref}`: the case, its meetings, wellbeing, costs and ending. */
@ApiExcludeController()
@Controller()
export class CasePagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: CaseFormsService,
    private readonly cases: CasesService,
    private readonly lawClocks: LawClocksService,
    private readonly planning: PlanningService,
    private readonly responses: ResponsesService,
    private readonly conclusions: ConclusionsService,
    private readonly wellbeings: WellbeingService,
    private readonly costLines: CostLinesService,
  ) {}

  @Get(ROUTES.case)
  @Access(FACILITATOR)
  async show(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.visits.show(request, reply, this.pages.page(request));
  }

  @Post(ROUTES.safetyCheck)
  @Access(FACILITATOR)
  async safety(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'safety', async (ctx, caseId) => {
      const check = await this.visits.body(SafetyCheckRequest, fields, { flags: ['directDanger'], lists: ['spokenAlone'] });
      await this.cases.checkSafety(ctx, caseId, { ...check, spokenAlone: check.spokenAlone ?? [] });
    });
  }

  @Post(ROUTES.lawClock)
  @Access(FACILITATOR)
  async lawClock(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Param('clock') clock: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'noted', async (ctx, caseId) => {
      const { doneOn } = await this.visits.body(LawClockChange, fields);
      await this.lawClocks.note(ctx, caseId, clock, doneOn ?? null);
    });
  }

  /** Dates are typed as people say them; of an hour that does not exist the field is left for the check to refuse. */
  @Post(ROUTES.addMeeting)
  @Access(FACILITATOR)
  async plan(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'meeting', async (ctx, caseId) => {
      const chosen = partsOf(fields);
      const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => !(name.replace('parts.', '') in chosen)));
      const body = await this.visits.body(NewMeeting, withRoom(withInstants(rest)), { lists: ['mustAttend'], rows: { slots: 'startsAt' } });
      await this.planning.plan(ctx, caseId, { ...body, parts: halves(chosen, shortest(body.slots)) });
    });
  }

  @Post(ROUTES.confirmMeeting)
  @Access(FACILITATOR)
  async confirm(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'confirmed', async (ctx) => {
      await this.planning.confirm(ctx, id, await this.visits.body(ConfirmationRequest, fields), null);
    });
  }

  /** The answers of someone who phoned. */
  @Post(ROUTES.answerFor)
  @Access(FACILITATOR)
  async answerFor(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    const { memberId: _, ...answers } = fields;
    await this.pages.act(request, reply, 'noted', async (ctx) => {
      await this.responses.respond(ctx, id, textOf(fields, 'memberId'), await this.visits.body(ResponseRequest, answers), null);
    });
  }

  @Post(ROUTES.attendance)
  @Access(FACILITATOR)
  async attendance(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'attendance', async (ctx) => {
      const { items } = await this.visits.body(AttendanceRequest, withTimes(fields), { rows: { items: 'presence' } });
      await this.conclusions.noteAttendance(ctx, id, items, null);
    });
  }

  @Post(ROUTES.conclude)
  @Access(FACILITATOR)
  async conclude(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'concluded', async (ctx) => {
      const body = await this.visits.body(ConclusionRequest, fields, { numbers: ['facilitatorHours'] });
      await this.conclusions.conclude(ctx, id, body, null);
    });
  }

  @Post(ROUTES.wellbeing)
  @Access(FACILITATOR)
  async wellbeing(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'wellbeing', async (ctx, caseId) => {
      await this.wellbeings.measure(ctx, caseId, await this.visits.body(NewMeasurement, fields, { numbers: ['answers.*'] }));
    });
  }

  @Post(ROUTES.addCostLine)
  @Access(FACILITATOR)
  async addCostLine(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'cost', async (ctx, caseId) => {
      await this.costLines.add(ctx, caseId, await this.visits.body(NewCostLine, fields, { numbers: ['quantity'] }));
    });
  }

  @Post(ROUTES.removeCostLine)
  @Access(FACILITATOR)
  async removeCostLine(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('lineId') id: string, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'cost-removed', (ctx) => this.costLines.remove(ctx, id, versionOf(fields)));
  }

  @Post(ROUTES.close)
  @Access(FACILITATOR)
  async close(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'closed', async (ctx, caseId) => {
      await this.cases.close(ctx, caseId, await this.visits.body(ClosureRequest, fields, { rows: { commitments: 'outcome' } }));
    });
  }

  @Post(ROUTES.stop)
  @Access(FACILITATOR)
  async stop(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() fields: Fields): Promise<void> {
    await this.pages.act(request, reply, 'stopped', async (ctx, caseId) => this.cases.stop(ctx, caseId, await this.visits.body(StopRequest, fields)));
  }
}

/** One choice names the place, and a room of it. */
function withRoom(fields: Fields): Fields {
  const [place, room] = textOf(fields, 'place.publicPlaceId').split(':');
  return room ? { ...fields, 'place.publicPlaceId': place, 'place.roomId': room } : fields;
}

const SLOT = /^slots\.(\d{1,2})\.(date|from|to)$/;

/** `slots.0.{date, from, to}` in local time as `slots.0.{startsAt, endsAt}`. */
function withInstants(fields: Fields): Fields {
  const rest = Object.entries(fields).filter(([name]) => !SLOT.test(name));
  const numbers = new Set(Object.keys(fields).map((name) => SLOT.exec(name)?.[1]).filter((number) => number !== undefined));
  const slots = [...numbers].flatMap((number): [string, string][] => {
    const part = (name: string): string => textOf(fields, `slots.${number}.${name}`);
    if (part('date') === '') return [];
    const at = (time: string): string => instantAt(part('date'), time)?.toISOString() ?? '?';
    return [
      [`slots.${number}.startsAt`, at(part('from'))],
      [`slots.${number}.endsAt`, at(part('to'))],
    ];
  });
  return Object.fromEntries([...rest, ...slots]);
}

/** Times of who came later or left earlier, on the day of the meeting; what is no time stays as typed, for the check to refuse. */
function withTimes({ date, ...fields }: Fields): Fields {
  const isTime = (name: string): boolean => /^items\.\d+\.(arrivedAt|leftAt)$/.test(name);
  const read = (typed: string): string => instantAt(String(date), typed)?.toISOString() ?? typed;
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, isTime(name) && typeof value === 'string' && value !== '' ? read(value) : value]));
}
