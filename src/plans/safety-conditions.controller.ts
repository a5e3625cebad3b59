import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context, IdParam } from '../platform/http/access.js';
import { ConditionTestRequest, TestedCondition } from './safety-conditions.dto.js';
import { SafetyConditionsService } from './safety-conditions.service.js';

@ApiTags('plans')
@Controller('v1')
export class SafetyConditionsController {
  constructor(private readonly conditions: SafetyConditionsService) {}

  /**
   * Says whether it is safe as the newest version of the plan says: by who set it, or their deputy, and nobody for them. "Not
   * met" returns the plan to the circle, with the reason in plain words.
   */
  @Post('safety-conditions/:id/test')
  @HttpCode(200)
  @Access({ roles: ['member'], knownDevice: true })
  test(@Context() ctx: Ctx, @IdParam('id') id: string, @Body() body: ConditionTestRequest): Promise<TestedCondition> {
    return this.conditions.test(ctx, id, body);
  }
}
