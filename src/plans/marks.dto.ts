import { ApiProperty } from '@nestjs/swagger';
import { Flag, Optional, Text, Whole } from '../platform/http/fields.js';
import { HIGHEST_MARK, LOWEST_MARK, MARK_MOMENTS, type MarkMoment } from './marks.rules.js';

/** One of the three at least. What is left out is not said. */
export class MarksRequest {
  /** How it was to be together, 1–10. */
  @Optional()
  @Whole(LOWEST_MARK, HIGHEST_MARK)
  meeting?: number;

  /** How the plan is, 1–10. */
  @Optional()
  @Whole(LOWEST_MARK, HIGHEST_MARK)
  plan?: number;

  /** Read by the facilitator, without a name. */
  @Optional()
  @Text({ max: 1000 })
  sentence?: string;

  /** Whether the main persons may read the sentence too, without a name. */
  @Optional()
  @Flag()
  mayShare?: boolean;
}

/** What somebody gave, for themself. */
export class OwnMarks {
  caseId: string;
  memberId: string;
  /** After the meeting, or when the case was closed. */
  @ApiProperty({ enum: MARK_MOMENTS })
  moment: MarkMoment;
  @ApiProperty({ type: Number, nullable: true })
  meeting: number | null;
  @ApiProperty({ type: Number, nullable: true })
  plan: number | null;
  @ApiProperty({ type: String, nullable: true })
  sentence: string | null;
  mayShare: boolean;
  givenAt: string;
}

export class SharedSentences {
  @ApiProperty({ enum: MARK_MOMENTS })
  moment: MarkMoment;
  /** Without names, in the order of the alphabet. */
  @ApiProperty({ type: [String] })
  sentences: string[];
}

/** What main persons read: the sentences that may be shared. */
export class MarksForMainPerson {
  caseId: string;
  @ApiProperty({ type: [SharedSentences] })
  items: SharedSentences[];
}

export class MarksOfMoment extends SharedSentences {
  /** How many people gave something. */
  given: number;
  @ApiProperty({ type: Number, nullable: true })
  meetingAverage: number | null;
  @ApiProperty({ type: Number, nullable: true })
  meetingMedian: number | null;
  @ApiProperty({ type: Number, nullable: true })
  planAverage: number | null;
  @ApiProperty({ type: Number, nullable: true })
  planMedian: number | null;
}

/** What everyone together gave, without names, for the facilitator. */
export class MarksAnswer {
  caseId: string;
  @ApiProperty({ type: [MarksOfMoment] })
  items: MarksOfMoment[];
}
