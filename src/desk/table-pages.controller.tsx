import { Body, Controller, Get, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CallRequest, PrivateTimeRequest } from '../meetings/private-time.dto.js';
import { PrivateTimeService } from '../meetings/private-time.service.js';
import { ScribesService } from '../meetings/scribes.service.js';
import type { Ctx } from '../platform/actor.js';
import { Access, IdParam, UUID, type StatefulRequest } from '../platform/http/access.js';
import { invalidField } from '../platform/http/problem.js';
import { CaseFormsService } from './case-forms.service.js';
import { ROUTES } from './desk.routes.js';
import { ParticipantPagesService } from './participant-pages.service.js';
import { TablePage, type TablePageProps } from './private-time.pages.js';
import { TablePagesService } from './table-pages.service.js';
import { contextOf, textOf, versionOf, VisitsService, type Fields, type Page } from './visits.service.js';

const FACILITATOR = { roles: ['facilitator'] } as const;
const MINE = { roles: ['main-person'], knownDevice: true } as const;
const CIRCLE = { roles: ['member'] } as const;

type Command = (ctx: Ctx) => Promise<unknown>;

/** At the table: time of the circle by itself, and who writes. */
@ApiExcludeController()
@Controller()
export class TablePagesController {
  constructor(
    private readonly visits: VisitsService,
    private readonly forms: CaseFormsService,
    private readonly participants: ParticipantPagesService,
    private readonly tables: TablePagesService,
    private readonly privateTimes: PrivateTimeService,
    private readonly scribes: ScribesService,
  ) {}

  /** On their word. */
  @Post(ROUTES.startPrivateTime)
  @Access(FACILITATOR)
  async start(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string): Promise<void> {
    await this.forms.act(request, reply, 'private-time-started', (ctx) => this.privateTimes.say(ctx, id, { event: 'start' }, null));
  }

  @Post(ROUTES.nameScribe)
  @Access(FACILITATOR)
  async nameScribe(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    await this.forms.act(request, reply, 'scribe-named', (ctx) => this.scribes.name(ctx, id, scribeOf(fields), null));
  }

  @Get(ROUTES.mineTable)
  @Access(MINE)
  mine(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.visits.show(request, reply, this.page(request, 'mine'));
  }

  @Get(ROUTES.circleTable)
  @Access(CIRCLE)
  ofCircle(@Req() request: StatefulRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.visits.show(request, reply, this.page(request, 'circle'));
  }

  @Post(ROUTES.minePrivateTime)
  @Access(MINE)
  saysMine(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    return this.say(request, reply, 'mine', id, fields);
  }

  @Post(ROUTES.circlePrivateTime)
  @Access(CIRCLE)
  saysCircle(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    return this.say(request, reply, 'circle', id, fields);
  }

  @Post(ROUTES.mineCall)
  @Access(MINE)
  callsMine(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    return this.call(request, reply, 'mine', id, fields);
  }

  @Post(ROUTES.circleCall)
  @Access(CIRCLE)
  callsCircle(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    return this.call(request, reply, 'circle', id, fields);
  }

  @Post(ROUTES.mineCallEnd)
  @Access(MINE)
  endsMine(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    return this.leave(request, reply, 'mine', id, fields);
  }

  @Post(ROUTES.circleCallEnd)
  @Access(CIRCLE)
  endsCircle(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    return this.leave(request, reply, 'circle', id, fields);
  }

  @Post(ROUTES.mineScribe)
  @Access(MINE)
  scribe(@Req() request: StatefulRequest, @Res() reply: FastifyReply, @IdParam('meetingId') id: string, @Body() fields: Fields): Promise<void> {
    return this.act(request, reply, 'mine', 'scribe-named', (ctx) => this.scribes.name(ctx, id, scribeOf(fields), null));
  }

  private say(request: StatefulRequest, reply: FastifyReply, of: TablePageProps['of'], id: string, { version, ...said }: Fields): Promise<void> {
    const done = textOf(said, 'event') === 'end' ? 'private-time-ended' : 'private-time-started';
    return this.act(request, reply, of, done, async (ctx) => {
      await this.privateTimes.say(ctx, id, await this.visits.body(PrivateTimeRequest, said), versionOf({ version }));
    });
  }

  private call(request: StatefulRequest, reply: FastifyReply, of: TablePageProps['of'], id: string, fields: Fields): Promise<void> {
    return this.act(request, reply, of, 'called-in', async (ctx) => {
      await this.privateTimes.callIn(ctx, id, await this.visits.body(CallRequest, fields), null);
    });
  }

  private leave(request: StatefulRequest, reply: FastifyReply, of: TablePageProps['of'], id: string, fields: Fields): Promise<void> {
    return this.act(request, reply, of, 'called-out', async (ctx) => {
      await this.privateTimes.leave(ctx, id, await this.visits.body(CallRequest, fields), null);
    });
  }

  private act(request: StatefulRequest, reply: FastifyReply, of: TablePageProps['of'], done: string, command: Command): Promise<void> {
    const to = of === 'mine' ? ROUTES.mineTable : ROUTES.circleTable;
    return this.visits.act(request, reply, { to, done, page: this.page(request, of) }, () => command(contextOf(request)));
  }

  private page(request: StatefulRequest, of: TablePageProps['of']): Page {
    return async (frame) => {
      const ctx = contextOf(request);
      const contact = await this.participants.contactOf(ctx);
      return <TablePage frame={{ ...frame, contact }} of={of} {...await this.tables.page(ctx)} />;
    };
  }
}

/** Whom the form names; nothing chosen is nobody. */
function scribeOf(fields: Fields): string | null {
  const id = textOf(fields, 'memberId');
  if (id !== '' && !UUID.test(id)) throw invalidField('/memberId', 'unknown-member');
  return id === '' ? null : id.toLowerCase();
}
