import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam, IfMatch } from '../platform/http/access.js';
import { DEFAULT_LIMIT, decodeCursor, page, PageQuery } from '../platform/http/cursor.js';
import { invalidField } from '../platform/http/problem.js';
import { CatalogueService } from './catalogue.service.js';
import { CatalogueQuery, CostItemList, CostLineAnswer, CostLineChange, CostLineList, NewCostLine } from './cost-lines.dto.js';
import { CostLinesService } from './cost-lines.service.js';

@ApiTags('micro-analysis')
@Controller('v1')
export class CostLinesController {
  constructor(
    private readonly lines: CostLinesService,
    private readonly catalogue: CatalogueService,
  ) {}

  /** The unit costs, with price year, source and payer. An item without a price asks for a local one. */
  @Get('cost-items')
  @Access({ roles: ['facilitator', 'lead', 'analyst', 'admin'] })
  items(@Query() query: CatalogueQuery): CostItemList {
    const after = decodeCursor(query.after, ['number'])?.[0] as number | undefined;
    if (after !== undefined && !this.catalogue.items[after]) throw invalidField('/after', 'cursor');
    const rows = this.catalogue.items.map((item, place) => ({ item, place })).filter(({ place }) => place > (after ?? -1));
    return page(rows, query.limit!, ({ place }) => [place], ({ item }) => item);
  }

  /** A case's cost lines, in the order in which they were written down. */
  @Get('cases/:id/cost-lines')
  @Access({ roles: ['facilitator'] })
  list(@Context() ctx: Ctx, @IdParam('id') id: string, @Query() query: PageQuery): Promise<CostLineList> {
    return this.lines.list(ctx, id, { limit: query.limit ?? DEFAULT_LIMIT, after: query.after });
  }

  /** Writes down a cost before, after or once. What is left out comes from the catalogue item. */
  @Post('cases/:id/cost-lines')
  @Access({ roles: ['facilitator'] })
  add(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: NewCostLine): Promise<CostLineAnswer> {
    return this.lines.add(ctx, id, body);
  }

  /** Changes a cost line; needs If-Match. */
  @Patch('cost-lines/:id')
  @Access({ roles: ['facilitator'] })
  change(
    @Context() ctx: Ctx,
    @IdParam('id') id: string,
    @IfMatch({ required: true }) version: number | null,
    @Body() body: CostLineChange,
  ): Promise<CostLineAnswer> {
    return this.lines.change(ctx, id, version, body);
  }

  /** Takes a cost line away; needs If-Match. */
  @Delete('cost-lines/:id')
  @HttpCode(204)
  @Access({ roles: ['facilitator'] })
  remove(@Context() ctx: Ctx, @IdParam('id') id: string, @IfMatch({ required: true }) version: number | null): Promise<void> {
    return this.lines.remove(ctx, id, version);
  }
}
