import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { anyOf } from '../platform/http/answers.js';
import { PageQuery } from '../platform/http/cursor.js';
import { Flag, Id, Name, Nested, OneOf, Optional, Text } from '../platform/http/fields.js';
import { DIRECTOR_MAIL_STATES, OBSTACLE_CATEGORIES, OBSTACLE_STATES, type DirectorMailState, type ObstacleCategory, type ObstacleState } from './obstacles.rules.js';

/** Who can take it away: exactly one of the two. */
export class WhoseMove {
  /** Somebody of this circle. */
  @Optional()
  @Id()
  memberId?: string;

  /** Somebody elsewhere: an office, a school, a housing association. */
  @Optional()
  @Name()
  organisation?: string;
}

export class ObstacleRequest {
  /** What is in the way. */
  @Text()
  text: string;

  @OneOf(OBSTACLE_CATEGORIES)
  category: ObstacleCategory;

  @Nested(() => WhoseMove)
  whoseMove: WhoseMove;
}

/** What is left out stays. Neither starts the clock again. */
export class ObstacleChange {
  @Optional()
  @Nested(() => WhoseMove)
  whoseMove?: WhoseMove;

  /** Whether the lead may read the text too, once it stands long; off by itself. */
  @Optional()
  @Flag()
  shareText?: boolean;
}

export class RemovalRequest {
  /** How it went away. */
  @Text()
  note: string;
}

export class ObstacleReopeningRequest {
  @Optional()
  @Text()
  note?: string | null;
}

export class ObstacleQuery extends PageQuery {
  @Optional()
  @Id()
  caseId?: string;

  @Optional()
  @OneOf(OBSTACLE_STATES)
  state?: ObstacleState;

  @Optional()
  @OneOf(OBSTACLE_CATEGORIES)
  category?: ObstacleCategory;

  /** Whether it stood so long that the lead was told. */
  @Optional()
  @OneOf(['true', 'false'])
  escalated?: 'true' | 'false';

  /** Somebody of the circle, or an organisation. */
  @Optional()
  @OneOf(['member', 'organisation'])
  whoseMove?: 'member' | 'organisation';
}

export class Mover {
  @ApiProperty({ type: String, nullable: true })
  memberId: string | null;

  @ApiProperty({ type: String, nullable: true })
  memberName: string | null;

  @ApiProperty({ type: String, nullable: true })
  organisation: string | null;
}

/** What stands in the way of a promise now, beside that promise. */
export class StandingObstacle {
  id: string;

  @ApiProperty({ enum: OBSTACLE_CATEGORIES })
  category: ObstacleCategory;

  /** Since when it stands without a break. */
  openSince: string;

  /** How many working days it stands. */
  workingDays: number;

  /** Whether it is the reader's own move. */
  yourMove: boolean;

  /** What is in the way, for who promised and the facilitator; null for others, and when who promised was erased. */
  @ApiProperty({ type: String, nullable: true })
  text: string | null;

  /** Whose move it is, for who promised and the facilitator; null for others. */
  @ApiProperty({ type: Mover, nullable: true })
  whoseMove: Mover | null;
}

export class ObstacleHistoryItem {
  @ApiProperty({ enum: ['raised', 'moved', 'removed', 'reopened'] })
  what: 'raised' | 'moved' | 'removed' | 'reopened';

  at: string;

  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  /** Whose move it was from then on. */
  whoseMove: Mover;
}

export class DirectorMailAnswerRequest {
  /** Whether the text may go. */
  @Flag()
  agrees: boolean;

  /** The main person whose word it is; needed from the facilitator. */
  @Optional()
  @Id()
  memberId?: string;
}

export class DirectorMailAnswer {
  memberId: string;
  agrees: boolean;
  at: string;
}

/** The mail to the director of the organisation whose move it is. */
export class DirectorMail {
  @ApiProperty({ enum: DIRECTOR_MAIL_STATES })
  state: DirectorMailState;

  /** Null when nobody is named for this organisation. */
  @ApiProperty({ type: String, nullable: true })
  subject: string | null;

  /** Word for word as it goes. */
  @ApiProperty({ type: String, nullable: true })
  text: string | null;

  /** What main persons said: all of it for the facilitator, their own for each of them. */
  @ApiProperty({ type: [DirectorMailAnswer] })
  answers: DirectorMailAnswer[];
}

class ObstacleFacts {
  id: string;
  caseId: string;

  @ApiProperty({ enum: OBSTACLE_CATEGORIES })
  category: ObstacleCategory;

  @ApiProperty({ enum: OBSTACLE_STATES })
  state: ObstacleState;

  raisedAt: string;

  /** Since when it stands without a break. */
  openSince: string;

  /** How many working days it stands, or stood until it went away. */
  workingDays: number;
}

/** As the one who promised and the facilitator see it. */
export class ObstacleAnswer extends ObstacleFacts {
  commitmentId: string;

  /** Who promised. */
  memberId: string;

  memberName: string;

  /** Null when who promised was erased. */
  @ApiProperty({ type: String, nullable: true })
  text: string | null;

  whoseMove: Mover;

  stateSince: string;

  /** What was said with the newest step. */
  @ApiProperty({ type: String, nullable: true })
  note: string | null;

  /** Since when the lead sees it. */
  @ApiProperty({ type: String, nullable: true })
  escalatedAt: string | null;

  shareText: boolean;

  /** For main persons and the facilitator, once it stands so long. */
  @ApiProperty({ type: DirectorMail, nullable: true })
  directorMail: DirectorMail | null;

  history: ObstacleHistoryItem[];

  version: number;
}

/** As others of the circle see it whom it concerns: main persons, and whose move it is. Without words of the one who promised. */
export class ObstacleForCircle extends ObstacleFacts {
  /** Whether it is the reader's own move. */
  yourMove: boolean;

  /** For main persons, once it stands so long. */
  @ApiProperty({ type: DirectorMail, nullable: true })
  directorMail: DirectorMail | null;
}

/** As the lead sees one that stands long: no contents, no name of anybody of the circle. */
export class ObstacleForLead extends ObstacleFacts {
  reference: string;
  facilitatorId: string;
  facilitatorName: string;

  /** Whose move it is, as an organisation; null for a professional of whom none is known. */
  @ApiProperty({ type: String, nullable: true })
  organisation: string | null;

  escalatedAt: string;

  /** Where the mail to the director stands; null before ten working days. */
  @ApiProperty({ enum: DIRECTOR_MAIL_STATES, nullable: true })
  directorMail: DirectorMailState | null;

  /** Only when the facilitator shares it. */
  @ApiProperty({ type: String, nullable: true })
  text: string | null;
}

@ApiExtraModels(ObstacleAnswer, ObstacleForCircle, ObstacleForLead)
export class ObstacleList {
  @ApiProperty({ type: 'array', items: anyOf(ObstacleAnswer, ObstacleForCircle, ObstacleForLead) })
  items: (ObstacleAnswer | ObstacleForCircle | ObstacleForLead)[];

  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}
