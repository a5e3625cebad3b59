import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { anyOf } from '../platform/http/answers.js';
import { Flag, Id, LocalDate, OneOf, Optional, Text } from '../platform/http/fields.js';
import { CHANNELS } from './circle.rules.js';
import { CONSENT_KINDS, CONSENT_STATES, GIVEN_BY, WITHDRAWAL_REASONS, type ConsentKind, type ConsentState, type GivenBy } from './consents.rules.js';

/** This professional may speak about this subject until this date, that day included. */
export class ReleaseRequest {
  /** A professional of the same case. */
  @Id()
  professionalMemberId: string;

  @Text({ max: 500 })
  subject: string;

  /** In the future, at most a year. */
  @LocalDate()
  until: string;
}

export class MicroAnalysisConsentRequest {
  /** A no costs nothing. */
  @Flag()
  given: boolean;

  @LocalDate()
  on: string;

  @Text({ max: 200 })
  how: string;
}

export class WithdrawalOfConsentRequest {
  @Optional()
  @OneOf(WITHDRAWAL_REASONS)
  reason?: (typeof WITHDRAWAL_REASONS)[number];

  @Optional()
  @Text()
  remark?: string;
}

/** A yes as the one whose yes it is, and main persons where it is theirs, see it. */
export class ConsentForParticipants {
  id: string;
  /** Whose yes it is; of an approval: who may be asked. */
  memberId: string;
  @ApiProperty({ enum: CONSENT_KINDS })
  kind: ConsentKind;
  /** False is a no; only the micro-analysis has one. */
  given: boolean;
  @ApiProperty({ enum: CONSENT_STATES })
  state: ConsentState;
  @ApiProperty({ enum: GIVEN_BY })
  givenBy: GivenBy;
  /** When it was said. */
  @ApiProperty({ format: 'date' })
  on: string;
  how: string;
  /** Of a release. */
  @ApiProperty({ type: String, nullable: true })
  subject: string | null;
  /** Of a release: the last day. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  until: string | null;
  /** Of a release: who may speak. */
  @ApiProperty({ type: String, nullable: true })
  professionalMemberId: string | null;
  @ApiProperty({ type: String, nullable: true })
  takenBackAt: string | null;
}

/** The same, as the facilitator sees it. */
export class GivenConsent extends ConsentForParticipants {
  caseId: string;
  notedAt: string;
  @ApiProperty({ enum: GIVEN_BY, nullable: true })
  takenBackBy: GivenBy | null;
  @ApiProperty({ enum: WITHDRAWAL_REASONS, nullable: true })
  reason: string | null;
  @ApiProperty({ type: String, nullable: true })
  remark: string | null;
}

/** What somebody was told at first contact: by a message of the service, by a person, on their own page. */
export class NoticeTold {
  memberId: string;
  @ApiProperty({ enum: ['message', 'spoken', 'page'] })
  way: string;
  @ApiProperty({ enum: [...CHANNELS, 'page'] })
  channel: string;
  toldAt: string;
}

@ApiExtraModels(GivenConsent, ConsentForParticipants)
export class ConsentList {
  /** Oldest first; what was taken back stays. */
  @ApiProperty({ type: 'array', items: anyOf(GivenConsent, ConsentForParticipants) })
  items: (GivenConsent | ConsentForParticipants)[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

export class CaseConsents {
  @ApiProperty({ type: [GivenConsent] })
  items: GivenConsent[];
  /** Who was told what we keep, and when. */
  @ApiProperty({ type: [NoticeTold] })
  notices: NoticeTold[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}
