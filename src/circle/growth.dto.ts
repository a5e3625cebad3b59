import { ApiProperty } from '@nestjs/swagger';
import { NameList, OneOf, Optional } from '../platform/http/fields.js';
import { GROWTH_MOMENTS, type GrowthMoment } from './growth.rules.js';

export class CircleAnswerRequest {
  /** The names as the person gives them, first names will do; an empty list says that there is nobody now. */
  @NameList({ max: 50 })
  names: string[];

  /** The moment that was asked about. Default: the present one; another one is refused with 409. */
  @Optional()
  @OneOf(GROWTH_MOMENTS)
  moment?: GrowthMoment;
}

/** Somebody who was named. */
export class CountedOnName {
  name: string;
  /** Who this is in the circle, by name; null for somebody who may still be proposed. */
  @ApiProperty({ type: String, nullable: true })
  memberId: string | null;
}

export class CircleAnswer {
  @ApiProperty({ enum: GROWTH_MOMENTS })
  moment: GrowthMoment;
  @ApiProperty({ type: [CountedOnName] })
  names: CountedOnName[];
  answeredAt: string;
}

/** What one main person answered to "op wie kun je nu rekenen?", at each moment at which they did. */
export class CircleAnswers {
  caseId: string;
  memberId: string;
  /** The moment that can be answered for now. */
  @ApiProperty({ enum: GROWTH_MOMENTS })
  moment: GrowthMoment;
  @ApiProperty({ type: [CircleAnswer] })
  items: CircleAnswer[];
}
