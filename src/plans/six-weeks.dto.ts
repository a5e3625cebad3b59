import { ApiProperty } from '@nestjs/swagger';
import { Perspective } from './commitments.dto.js';
import { COMMITMENT_STATES, type CommitmentState } from './commitments.rules.js';
import { StandingObstacle } from './obstacles.dto.js';

/** A promise as it stands six weeks on. */
export class SixWeeksCommitment {
  id: string;
  memberId: string;
  memberName: string;
  text: string;
  @ApiProperty({ format: 'date' })
  dueOn: string;
  @ApiProperty({ type: String, nullable: true })
  every: string | null;
  @ApiProperty({ enum: COMMITMENT_STATES })
  state: CommitmentState;
  @ApiProperty({ type: Perspective, nullable: true })
  perspective: Perspective | null;
  /** What stands in its way now; others than the facilitator read the words only at their own promises. */
  @ApiProperty({ type: [StandingObstacle] })
  obstacles: StandingObstacle[];
  version: number;
}

export class SixWeeksGroups {
  /** Kept, or running. */
  @ApiProperty({ type: [SixWeeksCommitment] })
  done: SixWeeksCommitment[];
  /** Not yet, with a day on which it will be. */
  @ApiProperty({ type: [SixWeeksCommitment] })
  perspective: SixWeeksCommitment[];
  /** Something is in the way. */
  @ApiProperty({ type: [SixWeeksCommitment] })
  obstacle: SixWeeksCommitment[];
  /** None of these: somebody has to look at it. */
  @ApiProperty({ type: [SixWeeksCommitment] })
  open: SixWeeksCommitment[];
}

export class ReviewDayAnswer {
  /** Days after the plan was fixed. */
  after: number;
  @ApiProperty({ format: 'date' })
  on: string;
  @ApiProperty({ enum: ['later', 'asked', 'planned', 'held', 'past'] })
  state: 'later' | 'asked' | 'planned' | 'held' | 'past';
  /** Not a day of the kind: something still stands in the way. */
  forObstacle: boolean;
}

/** How the promises of the newest version stand, six weeks on or before that. */
export class SixWeeksAnswer {
  caseId: string;
  planId: string;
  /** Day 42: the local day on which everything is to be done, or sorted. */
  @ApiProperty({ format: 'date' })
  dueOn: string;
  /** How many days ago the plan was fixed. */
  day: number;
  @ApiProperty({ type: String, nullable: true })
  carriedAt: string | null;
  groups: SixWeeksGroups;
  /** So many are done or running … */
  realised: number;
  /** … of so many that somebody still promises. */
  of: number;
  /** When the kind of case looks back. */
  @ApiProperty({ type: [ReviewDayAnswer] })
  reviews: ReviewDayAnswer[];
}
