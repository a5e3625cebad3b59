import { ApiProperty } from '@nestjs/swagger';
import { Text } from '../platform/http/fields.js';
import { SAID_MOMENTS, type SaidMoment } from './statement-history.rules.js';

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

/** What a main person said at one moment. */
export class SaidStatement {
  version: number;
  /** Before the meeting, during or after it; null when that was not kept. */
  @ApiProperty({ enum: SAID_MOMENTS, nullable: true })
  moment: SaidMoment | null;
  writtenAt: string;
  want: string;
  can: string;
  need: string;
}

/** Newest first. */
export class StatementHistory {
  @ApiProperty({ type: [SaidStatement] })
  items: SaidStatement[];
}
