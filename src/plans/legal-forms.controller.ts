import { Body, Controller, Get, HttpCode, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { Composite } from '../platform/http/etag.js';
import { LegalFormAnswer, LegalFormRequest, SubmissionRequest } from './legal-forms.dto.js';
import { LegalFormsService } from './legal-forms.service.js';

@ApiTags('plans')
@Controller('v1')
export class LegalFormsController {
  constructor(private readonly forms: LegalFormsService) {}

  /** The form of law in which the plan of this case is made, with its term. */
  @Get('cases/:id/legal-form')
  @Composite()
  @Access({ roles: ['facilitator', 'main-person'], knownDevice: true })
  read(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<LegalFormAnswer> {
    return this.forms.read(ctx, id);
  }

  /** Chooses the form of law; until then it follows the kind of case and the laws of the organisation. */
  @Put('cases/:id/legal-form')
  @Access({ roles: ['facilitator'] })
  choose(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: LegalFormRequest): Promise<LegalFormAnswer> {
    return this.forms.choose(ctx, id, body.form);
  }

  /** Notes the day on which the plan was handed in: the term of law ends. A later note mends the day. */
  @Post('plans/:id/submission')
  @HttpCode(200)
  @Access({ roles: ['facilitator'] })
  submit(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: SubmissionRequest): Promise<LegalFormAnswer> {
    return this.forms.submit(ctx, id, body.on);
  }
}
