import { ApiProperty } from '@nestjs/swagger';
import { LANGUAGE_FITS, OBJECTIONS, TIES, type LanguageFit, type Objection, type Tie } from '../cases/independence.rules.js';
import { Flag, Name, OneOf, Optional, Text } from '../platform/http/fields.js';

export const WISHED_GENDERS = ['woman', 'man', 'no-wish'] as const;
export type WishedGender = (typeof WISHED_GENDERS)[number];

export class IndependenceCheckRequest {
  /** To anybody of the case: a main person, somebody of the circle, an organisation at the table. */
  @OneOf(TIES)
  ties: Tie;

  @OneOf(LANGUAGE_FITS)
  language: LanguageFit;

  /** In which language the main persons would like to speak. */
  @Optional()
  @Name(35)
  wishedLanguage?: string;

  @Optional()
  @OneOf(WISHED_GENDERS)
  wishedGender?: WishedGender;

  /** Whether these wishes are met; default true. */
  @Optional()
  @Flag()
  wishesMet?: boolean;

  @Optional()
  @Text({ max: 1000 })
  note?: string;
}

export class IndependenceObjection {
  @ApiProperty({ enum: OBJECTIONS })
  code: Objection;
  text: string;
}

/** Whether the present facilitator may lead this case; for the facilitator only. */
export class IndependenceCheck {
  caseId: string;
  /** Null as long as this facilitator did not check. */
  @ApiProperty({ enum: TIES, nullable: true })
  ties: Tie | null;
  @ApiProperty({ enum: LANGUAGE_FITS, nullable: true })
  language: LanguageFit | null;
  @ApiProperty({ type: String, nullable: true })
  wishedLanguage: string | null;
  @ApiProperty({ enum: WISHED_GENDERS, nullable: true })
  wishedGender: WishedGender | null;
  @ApiProperty({ type: Boolean, nullable: true })
  wishesMet: boolean | null;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  @ApiProperty({ type: String, nullable: true })
  checkedAt: string | null;
  /** Whether this kind of case asks for it; as long as it is not there, that is said as a warning. */
  required: boolean;
  /** What stands in the way; with any, somebody else had better take over. */
  @ApiProperty({ type: [IndependenceObjection] })
  objections: IndependenceObjection[];
}
