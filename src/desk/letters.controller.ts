import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { Letter } from './letters.dto.js';
import { LettersService } from './letters.service.js';

@ApiTags('messages')
@Controller('v1/messages')
export class LettersController {
  constructor(private readonly letters: LettersService) {}

  /** A message that goes by hand, as a letter; `/werk/trajecten/{ref}/brief/{id}` is the same to print. Opening it is on the audit log. */
  @Get(':id/letter')
  @Access({ roles: ['facilitator'] })
  @ApiOkResponse({ type: Letter })
  async read(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<Letter> {
    const { reference: _, ...letter } = await this.letters.letter(ctx, id);
    return letter;
  }
}
