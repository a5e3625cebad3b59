import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { anyOf } from '../platform/http/answers.js';
import {
  Email, Flag, Id, IdList, Instant, LocalDate, Name, NameList, Nested, Nullable, OneOf, Optional, Phone, Text,
} from '../platform/http/fields.js';
import { IndependenceObjection } from './independence.dto.js';
import { AGE_BANDS, CHANNELS, MEMBER_STATES, RELATION_NAMES, type Channel, type MemberState, type Relation } from './circle.rules.js';

/** How someone wants to be contacted, and what is not safe. */
export class ContactPreference {
  @Optional()
  @OneOf(CHANNELS)
  channel?: Channel;

  @Optional()
  @Text({ max: 200 })
  hours?: string;

  @Optional()
  @Flag()
  noVoicemail?: boolean;

  @Optional()
  @Text({ max: 1000 })
  note?: string;
}

/** Someone for the circle, as they are proposed. */
export class MemberDetails {
  @Name()
  name: string;

  @Optional()
  @Name()
  firstName?: string;

  @OneOf(RELATION_NAMES)
  relation: Relation;

  @Optional()
  @Flag()
  professional?: boolean;

  @Optional()
  @Email()
  email?: string;

  @Optional()
  @Phone()
  phone?: string;

  @Optional()
  @OneOf(['letter', 'visit', 'via-member'])
  reach?: 'letter' | 'visit' | 'via-member';

  @Optional()
  @Text({ max: 500 })
  address?: string;

  @Optional()
  @Name()
  organisation?: string;

  @Optional()
  @Name(35)
  language?: string;

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

export class NewMember extends MemberDetails {
  @Optional()
  @Id()
  viaMemberId?: string;
}

/** What may change about a member; what is left out stays, null takes it away. */
export class MemberChanges {
  @Optional()
  @Name()
  name?: string;

  @Nullable()
  @Name()
  firstName?: string | null;

  @Optional()
  @OneOf(RELATION_NAMES)
  relation?: Relation;

  @Optional()
  @Flag()
  professional?: boolean;

  @Nullable()
  @Email()
  email?: string | null;

  @Nullable()
  @Phone()
  phone?: string | null;

  @Nullable()
  @OneOf(['letter', 'visit', 'via-member'])
  reach?: 'letter' | 'visit' | 'via-member' | null;

  @Nullable()
  @Text({ max: 500 })
  address?: string | null;

  @Nullable()
  @Id()
  viaMemberId?: string | null;

  @Nullable()
  @Name()
  organisation?: string | null;

  @Nullable()
  @Name(35)
  language?: string | null;

  @Nullable()
  @OneOf(AGE_BANDS)
  ageBand?: string | null;

  @Nullable()
  @NameList({ max: 2 })
  guardians?: string[] | null;

  @Nullable()
  @Nested(() => ContactPreference)
  contactPreference?: ContactPreference | null;
}

export class ApprovalRequest {
  /** Whose yes it is: said by a main person, or noted by the facilitator. Default: the one who asks. */
  @Optional()
  @OneOf(['main-person', 'facilitator'])
  by?: 'main-person' | 'facilitator';

  /** When it was said; default today. */
  @Optional()
  @LocalDate()
  on?: string;

  /** How it was said; default in conversation. */
  @Optional()
  @Text({ max: 200 })
  how?: string;

  /** Below 16, of who is asked or of the main person who brings them: who with authority said yes as well. Noted by the facilitator. */
  @Optional()
  @Name()
  guardian?: string;
}

export const MEMBER_END_REASONS = ['own-wish', 'main-person', 'not-safe', 'moved', 'other'] as const;

export class MemberEndRequest {
  @Optional()
  @OneOf(MEMBER_END_REASONS)
  reason?: (typeof MEMBER_END_REASONS)[number];

  @Optional()
  @Text()
  remark?: string;
}

export class UnreachableRequest {
  /** What was tried; the facilitator alone reads it. */
  @Optional()
  @Text()
  note?: string;
}

export class ObjectionTalkRequest {
  /** What came of it; the facilitator alone reads it. */
  @Optional()
  @Text()
  note?: string;
}

export class ContactAttemptRequest {
  @Instant()
  at: Date;

  @OneOf(CHANNELS)
  channel: Channel;

  @OneOf(['reached', 'not-reached', 'wrong-address'])
  outcome: 'reached' | 'not-reached' | 'wrong-address';

  @Optional()
  @Text()
  note?: string;
}

export class ContactAttempt {
  id: string;
  memberId: string;
  at: string;
  channel: string;
  outcome: string;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

export class ContactAttemptAnswer extends ContactAttempt {
  /** Where the member stands after it. */
  @ApiProperty({ enum: MEMBER_STATES })
  memberState: MemberState;
}

export class InvitationsRequest {
  /** Default: everyone who is approved or approached and not yet invited. */
  @Optional()
  @IdList()
  memberIds?: string[];
}

export class Invitation {
  memberId: string;
  messageId: string;
}

export class Invitations {
  items: Invitation[];
  /** What is worth a thought about who leads; it stops nothing. */
  @ApiProperty({ type: [IndependenceObjection], required: false })
  warnings?: IndependenceObjection[];
}

/** What everyone of the circle may know of one another. */
export class MemberForParticipants {
  id: string;
  name: string;
  @ApiProperty({ type: String, nullable: true })
  firstName: string | null;
  @ApiProperty({ enum: RELATION_NAMES, nullable: true })
  relation: string | null;
  isMainPerson: boolean;
  professional: boolean;
  @ApiProperty({ enum: MEMBER_STATES })
  state: MemberState;
  version: number;
}

/** A member as the facilitator, and the member themself, see them. */
export class Member extends MemberForParticipants {
  caseId: string;
  @ApiProperty({ enum: ['informal', 'professional', 'aide'] })
  circleKind: string;
  @ApiProperty({ type: String, nullable: true })
  ageBand: string | null;
  @ApiProperty({ type: String, nullable: true })
  viaMemberId: string | null;
  email?: string;
  phone?: string;
  reach?: string;
  address?: string;
  organisation?: string;
  language?: string;
  guardians?: string[];
  contactPreference?: ContactPreference;
  @ApiProperty({ type: String, nullable: true })
  approvedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  invitedAt: string | null;
  /** When the number was verified in conversation. */
  @ApiProperty({ type: String, nullable: true })
  phoneVerifiedAt: string | null;
}

@ApiExtraModels(Member, MemberForParticipants)
export class MemberList {
  @ApiProperty({ type: 'array', items: anyOf(Member, MemberForParticipants) })
  items: (Member | MemberForParticipants)[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}
