import { ApiProperty } from '@nestjs/swagger';
import { Nested, Nullable, OneOf, Optional, Text } from '../platform/http/fields.js';
import { PRECONDITION_LEVELS, type PreconditionLevel, type Preconditions } from './plans.rules.js';
import { SAID_MOMENTS, type SaidMoment } from './statement-history.rules.js';

export class PreconditionLevels implements Preconditions {
  @OneOf(PRECONDITION_LEVELS)
  home: PreconditionLevel;

  @OneOf(PRECONDITION_LEVELS)
  money: PreconditionLevel;

  @OneOf(PRECONDITION_LEVELS)
  relations: PreconditionLevel;

  @OneOf(PRECONDITION_LEVELS)
  days: PreconditionLevel;
}

/** In the resident's own words. */
export class PreconditionWords {
  @Nullable()
  @Text()
  home?: string | null;

  @Nullable()
  @Text()
  money?: string | null;

  @Nullable()
  @Text()
  relations?: string | null;

  @Nullable()
  @Text()
  days?: string | null;
}

export class PreconditionsRequest extends PreconditionLevels {
  /** The words that stand stay when this is left out. */
  @Optional()
  @Nested(() => PreconditionWords)
  words?: PreconditionWords | null;
}

export class PreconditionWordsAnswer {
  @ApiProperty({ type: String, nullable: true })
  home: string | null;
  @ApiProperty({ type: String, nullable: true })
  money: string | null;
  @ApiProperty({ type: String, nullable: true })
  relations: string | null;
  @ApiProperty({ type: String, nullable: true })
  days: string | null;
}

export class PreconditionsAnswer extends PreconditionLevels {
  caseId: string;
  words: PreconditionWordsAnswer;
  /** When it was said; null when that was not kept. */
  @ApiProperty({ enum: SAID_MOMENTS, nullable: true })
  moment: SaidMoment | null;
  updatedAt: string;
  version: number;
}

export class PreconditionsState {
  caseId: string;
  /** Null when nothing was said yet. */
  @ApiProperty({ enum: PRECONDITION_LEVELS, nullable: true })
  home: PreconditionLevel | null;
  @ApiProperty({ enum: PRECONDITION_LEVELS, nullable: true })
  money: PreconditionLevel | null;
  @ApiProperty({ enum: PRECONDITION_LEVELS, nullable: true })
  relations: PreconditionLevel | null;
  @ApiProperty({ enum: PRECONDITION_LEVELS, nullable: true })
  days: PreconditionLevel | null;
  words: PreconditionWordsAnswer;
  @ApiProperty({ enum: SAID_MOMENTS, nullable: true })
  moment: SaidMoment | null;
  @ApiProperty({ type: String, nullable: true })
  updatedAt: string | null;
  /** 0 when nothing was said yet. */
  version: number;
}

/** Newest first. */
export class PreconditionsHistory {
  @ApiProperty({ type: [PreconditionsAnswer] })
  items: PreconditionsAnswer[];
}
