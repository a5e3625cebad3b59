import { Body, Controller, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Member } from '../circle/circle.dto.js';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { CorrectionsService } from './corrections.service.js';
import { ErasureRequestsService } from './erasure-requests.service.js';
import {
  Correction, CorrectionAnswerRequest, CorrectionList, CorrectionRequest, ErasureAsked, ErasureDecision, ErasureRequestItem, ErasureRequestList,
  OwnChanges, OwnErasureRequest, OwnErasureRequestList,
} from './rights.dto.js';

const SELF = { roles: ['main-person', 'member'] } as const;

@ApiTags('privacy')
@Controller('v1')
export class RightsController {
  constructor(
    private readonly corrections: CorrectionsService,
    private readonly erasures: ErasureRequestsService,
  ) {}

  /** Changes what one says about oneself. Another mail address or number ends the links that went to the old one, and asks for a device that is known. */
  @Patch('me/data')
  @Access({ ...SELF, knownDevice: 'main-person', refuses: [409] })
  change(@Context() ctx: Ctx, @IfMatch() seen: number | null, @Body() body: OwnChanges): Promise<Member> {
    return this.corrections.change(ctx, body, seen);
  }

  /** "Klopt er iets niet?": asks the facilitator to put something right; an answer comes within a month. */
  @Post('me/corrections')
  @Access(SELF)
  ask(@Context() ctx: Ctx, @Body() body: CorrectionRequest): Promise<Correction> {
    return this.corrections.ask(ctx, body);
  }

  /** One's own requests, with their answers. */
  @Get('me/corrections')
  @Access(SELF)
  own(@Context() ctx: Ctx): Promise<CorrectionList> {
    return this.corrections.own(ctx);
  }

  /** What people of this case asked to put right. */
  @Get('cases/:id/corrections')
  @Access({ roles: ['facilitator'] })
  ofCase(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<CorrectionList> {
    return this.corrections.ofCase(ctx, id);
  }

  /** What became of a request, in words for the one who asked. */
  @Post('corrections/:id/answer')
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  answer(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: CorrectionAnswerRequest): Promise<Correction> {
    return this.corrections.answer(ctx, id, body);
  }

  /** A main person asks for everything to be erased. */
  @Post('me/erasure-requests')
  @Access({ roles: ['main-person'], knownDevice: true })
  askErasure(@Context() ctx: Ctx, @Body() body: ErasureAsked): Promise<OwnErasureRequest> {
    return this.erasures.ask(ctx, body);
  }

  /** One's own requests to be erased, with the answer. */
  @Get('me/erasure-requests')
  @Access({ roles: ['main-person'] })
  ownErasures(@Context() ctx: Ctx): Promise<OwnErasureRequestList> {
    return this.erasures.mine(ctx);
  }

  /** Requests to be erased: numbers and dates, nothing of what it is about. */
  @Get('erasure-requests')
  @Access({ roles: ['lead'] })
  erasureRequests(@Context() ctx: Ctx): Promise<ErasureRequestList> {
    return this.erasures.list(ctx);
  }

  /** Decides a request to be erased. */
  @Post('erasure-requests/:id/decision')
  @HttpCode(200)
  @Access({ roles: ['lead'] })
  decide(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: ErasureDecision): Promise<ErasureRequestItem> {
    return this.erasures.decide(ctx, id, body);
  }
}
