import { ApiProperty } from '@nestjs/swagger';
import { Name, OneOf, Optional, Text } from '../platform/http/fields.js';
import { OBSTACLE_CATEGORIES, type ObstacleCategory } from './obstacles.rules.js';

export class LessonRequest {
  @OneOf(OBSTACLE_CATEGORIES)
  category: ObstacleCategory;

  /** Of one organisation; left out when it goes for all. */
  @Optional()
  @Name()
  organisation?: string;

  /** What was changed, without anybody's name. */
  @Text()
  text: string;
}

export class Lesson {
  id: string;

  @ApiProperty({ enum: OBSTACLE_CATEGORIES })
  category: ObstacleCategory;

  @ApiProperty({ type: String, nullable: true })
  organisation: string | null;

  text: string;
  writtenAt: string;
}

/** The same kind of thing in the way at the same organisation, again and again. */
export class RecurringObstacle {
  @ApiProperty({ enum: OBSTACLE_CATEGORIES })
  category: ObstacleCategory;

  organisation: string;

  /** How often. */
  times: number;

  /** In how many cases. */
  cases: number;

  /** How often it stands now. */
  open: number;

  /** Calendar days from when it came up until it went away; null when it never did. */
  @ApiProperty({ type: Number, nullable: true })
  medianDays: number | null;

  /** What was changed since, newest first. */
  lessons: Lesson[];
}

export class LessonBook {
  /** In fewer cases than this it is not shown. */
  recursFrom: number;

  recurring: RecurringObstacle[];

  /** All that was written down, newest first. */
  lessons: Lesson[];
}
