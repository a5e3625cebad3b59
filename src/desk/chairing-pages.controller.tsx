import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ChairRequest } from '../meetings/script.dto.js';
import { ScriptService } from '../meetings/script.service.js';
import { Access, type StatefulRequest } from '../platform/http/access.js';
import { invalidField, notFound } from '../platform/http/problem.js';
import { ChairingPagesService, chairingView, type Reading } from './chairing-pages.service.js';
import { CHAIRING_PATHS, ChairingPassOnPage, ChairingPausePage, ChairingStartPage, ChairingStepPage, type ChairingSide } from './chairing.pages.js';
import { ROUTES } from './desk.routes.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { ScriptPaperPage } from './script.pages.js';
import { contextOf, textOf, VisitsService, type Fields, type Page } from './visits.service.js';

const MINE = { roles: ['main-person'], knownDevice: true } as const;
/** Only the script stands here, and nothing of the case: a device that is not known will do. */
const CIRCLE = { roles: ['member'] } as const;

interface Where {
  stap?: string;
  oefenen?: string;
  pauze?: string;
  overgeven?: string;
}

/** `/mijn/voorzitten` and `/kring/voorzitten`: leading a meeting step by step. Where it is stands in the address. */
@ApiExcludeController()
@Controller()
export class ChairingPagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: ChairingPagesService,
    private readonly own: ParticipantPagesService,
    private readonly scripts: ScriptService,
  ) {}

  @Get(ROUTES.mineChairing)
  @Access(MINE)
  mine(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Query() where: Where): Promise<void> {
    return this.show(request, reply, where);
  }

  @Get(ROUTES.circleChairing)
  @Access(CIRCLE)
  circle(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Query() where: Where): Promise<void> {
    return this.show(request, reply, where);
  }

  @Post(ROUTES.mineChairingBegin)
  @Access(MINE)
  begin(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.start(request, reply);
  }

  @Post(ROUTES.circleChairingBegin)
  @Access(CIRCLE)
  beginForOther(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.start(request, reply);
  }

  /** "Neem jij het over", or taking the lead back: the script goes on where it is. */
  @Post(ROUTES.mineChairingPassOn)
  @Access(MINE)
  async passOn(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @Body() { step, back, ...fields }: Fields): Promise<void> {
    const ctx = contextOf(request);
    const reading = await this.required(request);
    const page = this.page(request, reading, { stap: textOf({ step }, 'step'), overgeven: '' });
    if (back === 'true') {
      const at = this.stepAt(request, reading, fields.phase);
      await this.visits.act(request, reply, { to: at, done: 'chair-taken-back', page }, async () => {
        await this.scripts.setChair(ctx, reading.meeting.id, await this.visits.body(ChairRequest, fields));
      });
      return;
    }
    await this.visits.act(request, reply, { to: ROUTES.mineChairing, done: 'chair-passed-on', page }, async () => {
      if (!fields.memberId) throw invalidField('/memberId', 'required');
      await this.scripts.setChair(ctx, reading.meeting.id, await this.visits.body(ChairRequest, fields));
    });
  }

  @Get(ROUTES.mineChairingPaper)
  @Access(MINE)
  paper(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.sheet(request, reply);
  }

  @Get(ROUTES.circleChairingPaper)
  @Access(CIRCLE)
  paperForOther(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.sheet(request, reply);
  }

  /** Before the day there is only the start and the rehearsal. */
  private async show(request: StatefulRequest, reply: FastifyReply, where: Where): Promise<void> {
    const reading = await this.pages.reading(contextOf(request), where.oefenen !== undefined);
    const inSteps = where.stap !== undefined || where.oefenen !== undefined;
    if (inSteps && (!reading || (where.oefenen === undefined && !reading.begins))) {
      void reply.redirect(CHAIRING_PATHS[sideOf(request)].start, 303);
      return;
    }
    await this.visits.show(request, reply, this.page(request, reading, where));
  }

  private page(request: StatefulRequest, reading: Reading | null, where: Where): Page {
    const ctx = contextOf(request);
    const side = sideOf(request);
    const rehearsing = where.oefenen !== undefined;
    return async (bare) => {
      const frame = { ...bare, contact: await this.own.contactOf(ctx) };
      const view = reading && chairingView(ctx, reading, rehearsing);
      if (!view || (where.stap === undefined && !rehearsing)) return <ChairingStartPage frame={frame} side={side} view={view} />;
      const props = { frame, side, view, rehearsing, step: stepOf(where.stap, view.phases.length) };
      if (where.overgeven !== undefined && view.passesOn && view.leads) return <ChairingPassOnPage {...props} />;
      return where.pauze !== undefined ? <ChairingPausePage {...props} /> : <ChairingStepPage {...props} />;
    };
  }

  private async start(request: StatefulRequest, reply: FastifyReply): Promise<void> {
    const ctx = contextOf(request);
    const reading = await this.required(request);
    const to = this.stepAt(request, reading, reading.script.phase);
    await this.visits.act(request, reply, { to, page: this.page(request, reading, {}) }, async () => {
      const expiresAt = await this.scripts.begin(ctx, reading.meeting.id);
      this.visits.keepSession(reply, { token: this.visits.sessionOf(request)!, expiresAt: expiresAt.toISOString() });
    });
  }

  private async sheet(request: StatefulRequest, reply: FastifyReply): Promise<void> {
    const ctx = contextOf(request);
    const { script, meeting } = await this.required(request);
    const sheet = { of: script.type, moment: meeting, phases: script.phases };
    await this.visits.show(request, reply, async (frame) => (
      <ScriptPaperPage frame={{ ...frame, contact: await this.own.contactOf(ctx) }} side={sideOf(request)} sheet={sheet} />
    ));
  }

  /** The step of a phase; the first one for no phase of this script. */
  private stepAt(request: StatefulRequest, { script }: Reading, phase: unknown): string {
    const at = script.phases.findIndex(({ id }) => id === phase);
    return `${CHAIRING_PATHS[sideOf(request)].start}?stap=${Math.max(at, 0) + 1}`;
  }

  private async required(request: StatefulRequest): Promise<Reading> {
    const reading = await this.pages.reading(contextOf(request), false);
    if (!reading) throw notFound();
    return reading;
  }
}

const sideOf = (request: StatefulRequest): ChairingSide => (participant(contextOf(request)).isMainPerson ? 'mine' : 'circle');

/** A step that is there: what was typed into the address by hand leads to the nearest. */
const stepOf = (typed: unknown, steps: number): number => Math.min(Math.max(Number.parseInt(String(typed), 10) || 1, 1), steps);
