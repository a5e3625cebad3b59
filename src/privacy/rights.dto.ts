import { ApiProperty } from '@nestjs/swagger';
import { ContactPreference } from '../circle/circle.dto.js';
import { Email, Flag, Name, Nested, Nullable, OneOf, Optional, Phone, Text } from '../platform/http/fields.js';
import {
  CORRECTION_OUTCOMES, CORRECTION_STATES, CORRECTION_SUBJECTS, ERASURE_GROUNDS, ERASURE_OUTCOMES, ERASURE_STATES,
} from './rights.rules.js';

/** What someone changes about themself; what is left out stays, null takes it away. */
export class OwnChanges {
  @Optional()
  @Name()
  name?: string;

  @Nullable()
  @Name()
  firstName?: string | null;

  @Nullable()
  @Email()
  email?: string | null;

  @Nullable()
  @Phone()
  phone?: string | null;

  @Nullable()
  @Text({ max: 500 })
  address?: string | null;

  @Nullable()
  @Name(35)
  language?: string | null;

  @Nullable()
  @Nested(() => ContactPreference)
  contactPreference?: ContactPreference | null;
}

export class CorrectionRequest {
  @OneOf(CORRECTION_SUBJECTS)
  subject: (typeof CORRECTION_SUBJECTS)[number];

  @Text()
  text: string;
}

export class CorrectionAnswerRequest {
  @OneOf(CORRECTION_OUTCOMES)
  outcome: (typeof CORRECTION_OUTCOMES)[number];

  @Text()
  text: string;
}

export class Correction {
  id: string;
  caseId: string;
  memberId: string;
  /** As the circle knows them. */
  memberName: string;
  @ApiProperty({ enum: CORRECTION_SUBJECTS })
  subject: string;
  @ApiProperty({ enum: CORRECTION_STATES })
  state: string;
  text: string;
  @ApiProperty({ type: String, nullable: true })
  answer: string | null;
  /** One month after it was asked. */
  dueOn: string;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  answeredAt: string | null;
  version: number;
}

export class CorrectionList {
  @ApiProperty({ type: [Correction] })
  items: Correction[];
}

export class ErasureAsked {
  /** Nothing is sent to them any more, from now on. */
  @Flag()
  stopContact: boolean;

  @Optional()
  @Text()
  text?: string;
}

export class ErasureDecision {
  @OneOf(ERASURE_OUTCOMES)
  outcome: (typeof ERASURE_OUTCOMES)[number];

  /** Required with `kept-by-law`. */
  @Optional()
  @OneOf(ERASURE_GROUNDS)
  ground?: (typeof ERASURE_GROUNDS)[number];

  /** For the person to read. */
  @Optional()
  @Text()
  remark?: string;
}

/** A request to be erased, without anything of the case. */
export class ErasureRequestItem {
  id: string;
  reference: string;
  @ApiProperty({ enum: ERASURE_STATES })
  state: string;
  stopContact: boolean;
  @ApiProperty({ type: String, nullable: true })
  ground: string | null;
  dueOn: string;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  decidedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  erasedAt: string | null;
  /** Rows that were erased, by table; only once it is done. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, nullable: true })
  report: Record<string, number> | null;
  version: number;
}

/** One's own request, with the answer. */
export class OwnErasureRequest extends ErasureRequestItem {
  @ApiProperty({ type: String, nullable: true })
  answer: string | null;
}

export class ErasureRequestList {
  @ApiProperty({ type: [ErasureRequestItem] })
  items: ErasureRequestItem[];
}

export class OwnErasureRequestList {
  @ApiProperty({ type: [OwnErasureRequest] })
  items: OwnErasureRequest[];
}
