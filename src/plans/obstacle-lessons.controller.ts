import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ctx } from '../platform/actor.js';
import { Access, Context } from '../platform/http/access.js';
import { Lesson, LessonBook, LessonRequest } from './obstacle-lessons.dto.js';
import { ObstacleLessons } from './obstacle-lessons.service.js';

@ApiTags('plans')
@Controller('v1/obstacle-lessons')
export class ObstacleLessonsController {
  constructor(private readonly lessons: ObstacleLessons) {}

  /** What is in the way again and again, by kind and organisation, and what was changed because of it. */
  @Get()
  @Access({ roles: ['lead'] })
  read(@Context() ctx: Ctx): Promise<LessonBook> {
    return this.lessons.book(ctx);
  }

  /** Writes down what was changed. */
  @Post()
  @Access({ roles: ['lead'] })
  write(@Context() ctx: Ctx, @Body() body: LessonRequest): Promise<Lesson> {
    return this.lessons.write(ctx, body);
  }
}
