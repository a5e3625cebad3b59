import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { CaseSummary, NeighbourhoodCode } from '../cases/cases.dto.js';
import { SAFETY_LEVELS, THEMES, type SafetyLevel } from '../cases/cases.rules.js';
import { CASE_KINDS, type CaseKind } from '../cases/kinds.rules.js';
import { ContactPreference, Member, MemberDetails } from '../circle/circle.dto.js';
import { AGE_BANDS, RELATION_NAMES, type Relation } from '../circle/circle.rules.js';
import { anyOf } from '../platform/http/answers.js';
import { PageQuery } from '../platform/http/cursor.js';
import { Email, Flag, Id, LocalDate, Name, NameList, Nested, NestedList, OneOf, Optional, Phone, SomeOf, Text, TextList, Whole } from '../platform/http/fields.js';
import { COMMITMENT_STATES, type CommitmentState } from '../plans/commitments.rules.js';
import { DECLINE_REASONS, QUESTION_REASONS, REFERRAL_STATES, SOURCES, WITHDRAWAL_REASONS, type ReferralState, type Source } from './referrals.rules.js';

export const REFERRED_KINDS = [...CASE_KINDS, 'unknown'] as const;
export type ReferredKind = CaseKind | 'unknown';

export class ReferrerDetails {
  @Name()
  name: string;

  @Optional()
  @Name()
  organisation?: string;

  @Optional()
  @Email()
  email?: string;

  @Optional()
  @Phone()
  phone?: string;
}

/** Someone whom it is about. `name` is how they want to be called. */
export class MainPerson {
  @Name()
  name: string;

  @Optional()
  @Name()
  firstName?: string;

  @Optional()
  @Email()
  email?: string;

  @Optional()
  @Phone()
  phone?: string;

  @Optional()
  @OneOf(['letter', 'visit'])
  reach?: 'letter' | 'visit';

  @Optional()
  @Text({ max: 500 })
  address?: string;

  @Optional()
  @Name(35)
  language?: string;

  /** A year at most, never a date. */
  @Optional()
  @Whole(1900, 2100)
  birthYear?: number;

  /** For when the year of birth does not say it. */
  @Optional()
  @OneOf(AGE_BANDS)
  ageBand?: string;

  /** Names of those with authority, at most two. */
  @Optional()
  @NameList({ max: 2 })
  guardians?: string[];

  @Optional()
  @Nested(() => ContactPreference)
  contactPreference?: ContactPreference;
}

export class ReferredSafety {
  @OneOf(SAFETY_LEVELS)
  level: SafetyLevel;

  /** What must be safe in the referrer's eyes. */
  @Optional()
  @TextList({ max: 20 })
  conditions?: string[];
}

export class Consent {
  @Flag()
  given: boolean;

  @Optional()
  @LocalDate()
  on?: string;

  @Optional()
  @Text({ max: 200 })
  how?: string;

  /** Below 16: who with authority said yes as well. Without it the facilitator asks first. */
  @Optional()
  @Name()
  guardian?: string;

  /** The legal ground, only when acute and without consent. */
  @Optional()
  @Text({ max: 1000 })
  ground?: string;
}

/** Someone who should be there. For `source: "resident"` a first name is enough. */
export class ReferredMember extends MemberDetails {
  @Optional()
  @Name()
  declare name: string;

  @Optional()
  @OneOf(RELATION_NAMES)
  declare relation: Relation;

  /** Through another one of this list: their place in it, from 0. */
  @Optional()
  @Whole(0, 99)
  viaIndex?: number;
}

export class NewReferral {
  /** Slug, only for strangers and where the host name does not say which organisation. */
  @Optional()
  @Name(63)
  organisation?: string;

  @OneOf(REFERRED_KINDS)
  kind: ReferredKind;

  @OneOf(SOURCES)
  source: Source;

  @Optional()
  @Nested(() => ReferrerDetails)
  referrer?: ReferrerDetails;

  @Nested(() => MainPerson)
  resident: MainPerson;

  @Optional()
  @NestedList(() => MainPerson, { max: 5 })
  otherMainPersons?: MainPerson[];

  /** In the resident's own words. */
  @Text()
  question: string;

  @SomeOf(THEMES, { min: 1 })
  themes: string[];

  @Nested(() => ReferredSafety)
  safety: ReferredSafety;

  @Optional()
  @Nested(() => Consent)
  consent?: Consent;

  @Optional()
  @NeighbourhoodCode()
  neighbourhoodCode?: string;

  /** Starts the law's clocks. */
  @Optional()
  @LocalDate()
  notifiedOn?: string;

  @Optional()
  @NestedList(() => ReferredMember, { max: 60 })
  circle?: ReferredMember[];
}

export class ReferralQuery extends PageQuery {
  @Optional()
  @OneOf(REFERRAL_STATES)
  state?: ReferralState;
}

export class AcceptanceRequest {
  @Id()
  facilitatorId: string;

  /** Needed when the referral's kind is `unknown`; may change a known one. */
  @Optional()
  @OneOf(CASE_KINDS)
  kind?: CaseKind;
}

export class DeclineRequest {
  @OneOf(DECLINE_REASONS)
  reason: (typeof DECLINE_REASONS)[number];

  @Optional()
  @Text()
  remark?: string;
}

export class WithdrawalRequest {
  @OneOf(WITHDRAWAL_REASONS)
  reason: (typeof WITHDRAWAL_REASONS)[number];

  @Optional()
  @Text()
  remark?: string;
}

export class InformationRequest {
  @OneOf(QUESTION_REASONS)
  reason: (typeof QUESTION_REASONS)[number];

  @Optional()
  @Text()
  remark?: string;
}

export class InformationAnswer {
  @Text()
  text: string;

  @Optional()
  @NestedList(() => ReferredMember, { max: 60 })
  circle?: ReferredMember[];
}

export class ReferralConfirmationRequest {
  @Text({ max: 200 })
  token: string;
}

/** What a stranger hears: that it was received, and what happens next. The same for everyone. */
export class ReferralReceipt {
  id: string;
  @ApiProperty({ enum: REFERRAL_STATES })
  state: ReferralState;
  createdAt: string;
}

/** A referral in its referrer's list: where it stands, who picked it up and when, and the date. */
export class ReferralListItemForReferrer extends ReferralReceipt {
  @ApiProperty({ enum: REFERRED_KINDS })
  kind: ReferredKind;
  residentName: string;
  @ApiProperty({ type: String, nullable: true })
  receivedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  acceptedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  facilitatorName: string | null;
  /** Acute: when somebody said that they have it, and who. */
  @ApiProperty({ type: String, nullable: true })
  acknowledgedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  acknowledgedByName: string | null;
  @ApiProperty({ type: String, nullable: true })
  meetingStartsAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  endReason: string | null;
  version: number;
}

/** What the referrer promised themself. */
export class ReferrerCommitment {
  id: string;
  text: string;
  @ApiProperty({ format: 'date' })
  dueOn: string;
  @ApiProperty({ type: String, nullable: true })
  every: string | null;
  @ApiProperty({ enum: COMMITMENT_STATES })
  state: CommitmentState;
}

/** Something that the referrer wants to be safe. */
export class ReferrerCondition {
  text: string;
  /** How the plan meets it; null while there is no plan. */
  @ApiProperty({ type: String, nullable: true })
  metBy: string | null;
  /** Null as long as it was not tested. */
  @ApiProperty({ type: Boolean, nullable: true })
  met: boolean | null;
}

/** What a referrer sees: as in their list, with their own commitments and how their safety conditions are met. No more. */
export class ReferralForReferrer extends ReferralListItemForReferrer {
  @ApiProperty({ type: String, nullable: true })
  acknowledgedBy: string | null;
  /** Acute, and nobody has said yet that they have it: whom to call, E.164. */
  @ApiProperty({ type: String, nullable: true })
  callInstead: string | null;
  /** Whether it is over, never why; null as long as it goes on. */
  @ApiProperty({ enum: ['closed', 'stopped'], nullable: true })
  caseEnded: 'closed' | 'stopped' | null;
  @ApiProperty({ type: [ReferrerCommitment] })
  commitments: ReferrerCommitment[];
  @ApiProperty({ type: [ReferrerCondition] })
  safetyConditions: ReferrerCondition[];
}

/** A referral in the list of leads and facilitators; nothing sealed. */
export class ReferralListItem {
  id: string;
  @ApiProperty({ enum: REFERRAL_STATES })
  state: ReferralState;
  @ApiProperty({ enum: REFERRED_KINDS })
  kind: ReferredKind;
  @ApiProperty({ enum: SOURCES })
  source: string;
  themes: string[];
  @ApiProperty({ enum: SAFETY_LEVELS })
  safetyLevel: string;
  residentName: string;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  receivedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  acceptedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  caseId: string | null;
}

@ApiExtraModels(ReferralListItem, ReferralListItemForReferrer)
export class ReferralList {
  @ApiProperty({ type: 'array', items: anyOf(ReferralListItem, ReferralListItemForReferrer) })
  items: (ReferralListItem | ReferralListItemForReferrer)[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

export class GivenInformation {
  at: string;
  text: string;
}

/** A referral that is no longer open, as a lead sees it: nothing of what it says. */
export class EndedReferral extends ReferralListItem {
  @ApiProperty({ type: String, nullable: true })
  neighbourhoodCode: string | null;
  /** The code of why it ended, or of what was asked. */
  @ApiProperty({ type: String, nullable: true })
  reason: string | null;
  /** Acute: when somebody said that they have it, and who. */
  @ApiProperty({ type: String, nullable: true })
  acknowledgedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  acknowledgedBy: string | null;
  version: number;
}

/** A referral as those who take it on see it while it is open, and afterwards the facilitator who picked it up. */
export class Referral extends EndedReferral {
  @ApiProperty({ type: ReferrerDetails, nullable: true })
  referrer: ReferrerDetails | null;
  resident: MainPerson;
  otherMainPersons: MainPerson[];
  question: string;
  safety: ReferredSafety;
  @ApiProperty({ type: Consent, nullable: true })
  consent: Consent | null;
  @ApiProperty({ type: String, nullable: true })
  notifiedOn: string | null;
  circle: ReferredMember[];
  information: GivenInformation[];
  @ApiProperty({ type: String, nullable: true })
  remark: string | null;
  /** Other referrals of the last 90 days with the same phone or mail of the resident; never merged by itself. */
  possibleDoubles: string[];
}

/** The case that a referral became, for its own facilitator; a lead who gives it to another gets the summary. */
export class AcceptedCase extends CaseSummary {
  resident: Member;
  circle: Member[];
  @ApiProperty({ type: 'array', items: { type: 'object' }, maxItems: 0 })
  meetings: never[];
  @ApiProperty({ type: 'null' })
  currentPlan: null;
}
