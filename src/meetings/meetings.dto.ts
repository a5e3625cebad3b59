import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsObject, Matches, ValidateBy } from 'class-validator';
import { anyOf } from '../platform/http/answers.js';
import { Id, IdList, Instant, Nested, NestedList, OneOf, Optional, Text, Whole } from '../platform/http/fields.js';
import { PlanningWarning } from './availability.dto.js';
import { PrivateTimeAnswer } from './private-time.dto.js';
import {
  ANSWERS,
  CONCLUSION_REASONS,
  END_REASONS,
  MEETING_STATES,
  MEETING_TYPES,
  MOST_SLOTS,
  OUTCOMES,
  PLACE_TYPES,
  PRESENCES,
  type Answer,
  type ConclusionReason,
  type MeetingState,
  type MeetingType,
  type Outcome,
  type PlaceType,
  type Presence,
} from './meetings.rules.js';

const HOURS = /^\d{1,4}(\.\d{1,4})?$/;

/** Hours as a number or a decimal string, at most 4 decimals; becomes the string. */
const Hours = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ oneOf: [{ type: 'number', minimum: 0, maximum: 9999 }, { type: 'string', pattern: HOURS.source }] }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'number' ? String(value) : value)),
    ValidateBy({ name: 'hours', validator: { validate: (value) => typeof value === 'string' && HOURS.test(value) } }),
  );

const AnswersField = (): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: 'object', additionalProperties: { type: 'string', enum: [...ANSWERS] } }), IsObject());

export class PlaceRequest {
  @OneOf(PLACE_TYPES)
  type: PlaceType;

  /** Only with `public-place`; its address goes with the invitations. */
  @Optional()
  @Id()
  publicPlaceId?: string;

  @Optional()
  @Id()
  roomId?: string;

  /** Of a home: told only to those who come. */
  @Optional()
  @Text({ max: 500 })
  address?: string;

  /** Where people join by video. */
  @Optional()
  @Text({ max: 2000 })
  @Matches(/^https?:\/\/\S+$/i)
  url?: string;
}

export class SlotRequest {
  @Instant()
  startsAt: Date;

  @Instant()
  endsAt: Date;
}

/** People who come at the same time, in minutes from the start of whatever date it becomes. */
export class PartRequest {
  @IdList({ min: 1 })
  memberIds: string[];

  @Whole(0, 1440)
  fromMinute: number;

  @Whole(1, 1440)
  untilMinute: number;
}

export class PartsRequest {
  /** Empty: everyone comes for the whole. */
  @NestedList(() => PartRequest, { max: 10 })
  parts: PartRequest[];
}

export class NewMeeting {
  @Nested(() => PlaceRequest)
  place: PlaceRequest;

  /** One date is fixed at once, 2–10 are a poll. */
  @NestedList(() => SlotRequest, { min: 1, max: MOST_SLOTS })
  slots: SlotRequest[];

  /** Without whom it makes no sense, beside the main persons. */
  @Optional()
  @IdList()
  mustAttend?: string[];

  /** Until when people may choose, of a poll; three working days when it is left out. */
  @Optional()
  @Instant()
  answerBy?: Date;

  /**
   * Who must not meet comes in parts of their own; who is in none comes for the whole. Each reads their own times only. Left out:
   * who may only come apart comes in one of two halves.
   */
  @Optional()
  @NestedList(() => PartRequest, { max: 10 })
  parts?: PartRequest[];
}

export class ResponseRequest {
  /** An answer per slot id; those left out stay as they were. */
  @AnswersField()
  answers: Record<string, unknown>;

  @Optional()
  @Text({ max: 1000 })
  remark?: string;
}

export class ConfirmationRequest {
  @Id()
  slotId: string;

  /** Why this one, where another ranks higher; for the facilitator. */
  @Optional()
  @Text({ max: 1000 })
  remark?: string;
}

export class AttendanceItem {
  @Id()
  memberId: string;

  @OneOf(PRESENCES)
  presence: Presence;

  /** Of who came later than the start. */
  @Optional()
  @Instant()
  arrivedAt?: Date;

  /** Of who left before the end. */
  @Optional()
  @Instant()
  leftAt?: Date;
}

export class AttendanceRequest {
  @NestedList(() => AttendanceItem, { max: 100 })
  items: AttendanceItem[];
}

export class ConclusionRequest {
  /** Needed of a meeting; a review may do without. */
  @Optional()
  @OneOf(OUTCOMES)
  outcome?: Outcome;

  /** Needed when there is no plan. */
  @Optional()
  @OneOf(CONCLUSION_REASONS)
  reason?: ConclusionReason;

  /** What it took altogether: calls, preparation, the meeting itself. */
  @Optional()
  @Hours()
  facilitatorHours?: string;

  @Optional()
  @Text()
  note?: string;
}

export class PlaceAnswer {
  @ApiProperty({ enum: PLACE_TYPES })
  type: PlaceType;
  /** Left out where the reader may not know it. */
  @ApiProperty({ type: String, required: false })
  address?: string;
  @ApiProperty({ type: String, required: false })
  url?: string;
  @ApiProperty({ type: String, required: false })
  publicPlaceId?: string;
  @ApiProperty({ type: String, required: false })
  roomId?: string;
}

export class SlotAnswer {
  id: string;
  startsAt: string;
  endsAt: string;
}

/** Somebody's answers as the others who may see them see them. */
export class ResponseOfOther {
  meetingId: string;
  memberId: string;
  @AnswersField()
  answers: Record<string, Answer>;
  answeredAt: string;
  version: number;
}

/** The same for the facilitator and the one who wrote it. */
export class ResponseAnswer extends ResponseOfOther {
  @ApiProperty({ type: String, nullable: true })
  remark: string | null;
  /** The facilitator writes down what somebody says on the telephone. */
  @ApiProperty({ enum: ['self', 'facilitator'] })
  answeredBy: 'self' | 'facilitator';
}

export class RankAnswer {
  slotId: string;
  /** Every main person and everyone who must attend can come. */
  keepsAll: boolean;
  yes: number;
  no: number;
  informalYes: number;
}

class MeetingParts {
  id: string;
  caseId: string;
  @ApiProperty({ enum: MEETING_TYPES })
  type: MeetingType;
  @ApiProperty({ enum: MEETING_STATES })
  state: MeetingState;
  @ApiProperty({ type: String, nullable: true })
  startsAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  endsAt: string | null;
  /** The wall clock in `zone` at the start. */
  @ApiProperty({ type: String, nullable: true })
  startsLocal: string | null;
  zone: string;
  place: PlaceAnswer;
  /** Until when a poll is open; null without one. */
  @ApiProperty({ type: String, nullable: true })
  answerBy: string | null;
  /** The fixed date. */
  @ApiProperty({ type: String, nullable: true })
  slotId: string | null;
  /** Best first; for a circle member by date. */
  @ApiProperty({ type: [SlotAnswer] })
  slots: SlotAnswer[];
  @ApiProperty({ enum: OUTCOMES, nullable: true })
  outcome: Outcome | null;
  @ApiProperty({ type: PrivateTimeAnswer })
  privateTime: PrivateTimeAnswer;
  /** Who writes the plan at this meeting, for who may know: the facilitator, main persons and that person. */
  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  scribeId: string | null;
  version: number;
}

/** A meeting as somebody of the circle sees it: date and place, and what they answered themself. */
export class MeetingForMember extends MeetingParts {
  @ApiProperty({ type: [ResponseAnswer] })
  responses: ResponseAnswer[];
}

/** Who was there; the times only where they are known. */
export class AttendanceAnswer {
  memberId: string;
  @ApiProperty({ enum: PRESENCES })
  presence: Presence;
  @ApiProperty({ type: String, required: false })
  arrivedAt?: string;
  @ApiProperty({ type: String, required: false })
  leftAt?: string;
}

class RankedMeeting extends MeetingParts {
  @ApiProperty({ type: [RankAnswer] })
  ranking: RankAnswer[];
  @ApiProperty({ type: [String] })
  mustAttend: string[];
  @ApiProperty({ type: [AttendanceAnswer] })
  attendance: AttendanceAnswer[];
}

/** A meeting as a main person sees it: who can come when, without what others wrote with it. */
@ApiExtraModels(ResponseAnswer, ResponseOfOther)
export class MeetingForMainPerson extends RankedMeeting {
  @ApiProperty({ type: 'array', items: anyOf(ResponseAnswer, ResponseOfOther) })
  responses: (ResponseAnswer | ResponseOfOther)[];
}

/** A meeting as its facilitator sees it. */
export class MeetingAnswer extends RankedMeeting {
  @ApiProperty({ type: [ResponseAnswer] })
  responses: ResponseAnswer[];
  /** For the facilitator only: everyone else reads times as if the whole meeting were theirs. */
  @ApiProperty({ type: [PartRequest] })
  parts: PartRequest[];
  /** Of its conclusion, or why it was called off. */
  @ApiProperty({ enum: END_REASONS, nullable: true })
  reason: string | null;
  @ApiProperty({ type: String, nullable: true })
  facilitatorHours: string | null;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  /** What to look at twice, when it was just planned or chosen and in the case as a whole. */
  @ApiProperty({ type: () => [PlanningWarning], required: false })
  warnings?: PlanningWarning[];
}

/** A meeting, as far as the reader may see it. */
export type MeetingView = MeetingAnswer | MeetingForMainPerson | MeetingForMember;
