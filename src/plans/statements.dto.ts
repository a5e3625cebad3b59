import { ApiProperty } from '@nestjs/swagger';
import { OneOf, Text } from '../platform/http/fields.js';
import { PRECONDITION_LEVELS, type PreconditionLevel, type Preconditions } from './plans.rules.js';

export class StatementRequest {
  /** Ik wil. */
  @Text()
  want: string;

  /** Ik kan. */
  @Text()
  can: string;

  /** Ik heb nodig. */
  @Text()
  need: string;
}

export class StatementAnswer {
  caseId: string;
  memberId: string;
  memberName: string;
  /** Null when nothing was written yet. */
  @ApiProperty({ type: String, nullable: true })
  want: string | null;
  @ApiProperty({ type: String, nullable: true })
  can: string | null;
  @ApiProperty({ type: String, nullable: true })
  need: string | null;
  @ApiProperty({ type: String, nullable: true })
  updatedAt: string | null;
  /** 0 when nothing was written yet. */
  version: number;
}

export class PreconditionsRequest implements Preconditions {
  @OneOf(PRECONDITION_LEVELS)
  home: PreconditionLevel;

  @OneOf(PRECONDITION_LEVELS)
  money: PreconditionLevel;

  @OneOf(PRECONDITION_LEVELS)
  relations: PreconditionLevel;

  @OneOf(PRECONDITION_LEVELS)
  days: PreconditionLevel;
}

export class PreconditionsAnswer extends PreconditionsRequest {
  caseId: string;
  updatedAt: string;
  version: number;
}
