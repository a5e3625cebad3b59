import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context } from '../platform/http/access.js';
import { DirectorList, DirectorsRequest } from './directors.dto.js';
import { DirectorsService } from './directors.service.js';

@ApiTags('plans')
@Controller('v1/directors')
export class DirectorsController {
  constructor(private readonly directors: DirectorsService) {}

  /** To whom it is written when something is an organisation's move for ten working days. */
  @Get()
  @Access({ roles: ['lead', 'admin'] })
  list(@Context() ctx: Ctx): Promise<DirectorList> {
    return this.directors.list(ctx);
  }

  /** Puts these in place of those there were; one for each organisation. What waited for a director goes on. */
  @Put()
  @Access({ roles: ['lead', 'admin'] })
  replace(@Context() ctx: Ctx, @Body() { items }: DirectorsRequest): Promise<DirectorList> {
    return this.directors.replace(ctx, items);
  }
}
