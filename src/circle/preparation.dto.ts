import { ApiProperty } from '@nestjs/swagger';
import { Id, Instant, OneOf, Optional, Text } from '../platform/http/fields.js';
import { ContactAttempt } from './circle.dto.js';
import { MEMBER_STATES, type MemberState } from './circle.rules.js';
import {
  ABSENCE_REASONS, TALK_OUTCOMES, TALK_WAYS, WAYS_TO_TAKE_PART,
  type AbsenceReason, type TalkOutcome, type TalkWay, type WayToTakePart,
} from './preparation.rules.js';

export class PreparationTalkRequest {
  @Instant()
  at: Date;

  @OneOf(TALK_WAYS)
  by: TalkWay;

  @OneOf(TALK_OUTCOMES)
  outcome: TalkOutcome;

  /** What this person needs to speak freely. */
  @Optional()
  @Text()
  needs?: string;

  /** What this person wants to bring to the table. */
  @Optional()
  @Text()
  brings?: string;

  @Optional()
  @Text()
  note?: string;
}

/** A talk before the meeting, for the facilitator only. */
export class PreparationTalk {
  id: string;
  memberId: string;
  at: string;
  @ApiProperty({ enum: TALK_WAYS })
  by: TalkWay;
  @ApiProperty({ enum: TALK_OUTCOMES })
  outcome: TalkOutcome;
  @ApiProperty({ type: String, nullable: true })
  needs: string | null;
  @ApiProperty({ type: String, nullable: true })
  brings: string | null;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

export class PreparationTalkAnswer extends PreparationTalk {
  /** Where the member stands after it. */
  @ApiProperty({ enum: MEMBER_STATES })
  memberState: MemberState;
}

export class PreparationTalkList {
  @ApiProperty({ type: [PreparationTalk] })
  items: PreparationTalk[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

export class ContactAttemptList {
  @ApiProperty({ type: [ContactAttempt] })
  items: ContactAttempt[];
  /** How often it has not been possible since they were last reached; talks that did not happen count too. */
  missed: number;
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

/** How somebody takes part. The person reads all of it too. */
export class ParticipationRequest {
  @OneOf(WAYS_TO_TAKE_PART)
  way: WayToTakePart;

  /** With `spokesperson`: who speaks for them; somebody of the circle. */
  @Optional()
  @Id()
  spokespersonId?: string;

  /** With `not`. */
  @Optional()
  @OneOf(ABSENCE_REASONS)
  reason?: AbsenceReason;

  /** With `letter`: its text, which is read out at the meeting. */
  @Optional()
  @Text()
  letter?: string;

  /** With `recording`: where it is. The recording itself is not kept here. */
  @Optional()
  @Text({ max: 500 })
  recordingAt?: string;

  @Optional()
  @Text({ max: 1000 })
  remark?: string;
}

export class Participation {
  caseId: string;
  memberId: string;
  /** Null as long as nobody said it. */
  @ApiProperty({ enum: WAYS_TO_TAKE_PART, nullable: true })
  way: WayToTakePart | null;
  @ApiProperty({ type: String, nullable: true })
  spokespersonId: string | null;
  @ApiProperty({ enum: ABSENCE_REASONS, nullable: true })
  reason: AbsenceReason | null;
  @ApiProperty({ type: String, nullable: true })
  letter: string | null;
  @ApiProperty({ type: String, nullable: true })
  recordingAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  remark: string | null;
  /** Whose word it is. */
  @ApiProperty({ enum: ['person', 'facilitator'], nullable: true })
  setBy: 'person' | 'facilitator' | null;
  @ApiProperty({ type: String, nullable: true })
  setAt: string | null;
}
