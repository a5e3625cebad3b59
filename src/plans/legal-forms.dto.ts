import { ApiProperty } from '@nestjs/swagger';
import { LawClockAnswer } from '../cases/law-clocks.dto.js';
import { LEGAL_FORMS, type LegalForm } from '../cases/legal-forms.rules.js';
import { LocalDate, OneOf } from '../platform/http/fields.js';

export class LegalFormRequest {
  @OneOf(LEGAL_FORMS)
  form: LegalForm;
}

export class SubmissionRequest {
  /** The day on which the plan was handed in; not in the future, not before it was fixed. */
  @LocalDate()
  on: string;
}

/** In which form of law the plan is made, what it is called then, and the term that goes with it. */
export class LegalFormAnswer {
  caseId: string;
  @ApiProperty({ enum: LEGAL_FORMS })
  legalForm: LegalForm;
  /** Null without a form of law. */
  @ApiProperty({ type: String, nullable: true })
  legalTitle: string | null;
  /** What the law says about it, in plain Dutch. */
  @ApiProperty({ type: String, nullable: true })
  legalText: string | null;
  /** The term; null where none runs. */
  @ApiProperty({ type: LawClockAnswer, nullable: true })
  lawClock: LawClockAnswer | null;
  /** When the newest version was handed in. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  submittedOn: string | null;
}
