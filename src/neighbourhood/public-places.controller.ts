import { Body, Controller, Get, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { PageQuery } from '../platform/http/cursor.js';
import { PublicPlace, PublicPlaceRequest, PublicPlaces } from './public-places.dto.js';
import { PublicPlacesService } from './public-places.service.js';

const KEEPERS = { roles: ['facilitator', 'lead', 'admin'] } as const;

@ApiTags('neighbourhood')
@Controller('v1/public-places')
export class PublicPlacesController {
  constructor(private readonly places: PublicPlacesService) {}

  /** Places where a circle can meet, by name. */
  @Get()
  @Access(KEEPERS)
  list(@Context() ctx: Ctx, @Query() query: PageQuery): Promise<PublicPlaces> {
    return this.places.list(ctx, query);
  }

  @Get(':id')
  @Access(KEEPERS)
  get(@Context() ctx: Ctx, @IdParam('id') id: string): Promise<PublicPlace> {
    return this.places.get(ctx, id);
  }

  /** Adds a place with its rooms. */
  @Post()
  @Access(KEEPERS)
  add(@Context() ctx: Ctx, @Body() body: PublicPlaceRequest): Promise<PublicPlace> {
    return this.places.add(ctx, body);
  }

  /** Replaces a place; a room that is left out takes no new meetings. */
  @Put(':id')
  @Access(KEEPERS)
  replace(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch() seen: number | null, @Body() body: PublicPlaceRequest): Promise<PublicPlace> {
    return this.places.replace(ctx, id, body, seen);
  }
}
