import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsObject, Matches, ValidateBy } from 'class-validator';
import { Id, IdList, Instant, Nested, NestedList, OneOf, Optional, Text } from '../platform/http/fields.js';
import {
  ANSWERS,
  CONCLUSION_REASONS,
  MEETING_STATES,
  MOST_SLOTS,
  OUTCOMES,
  PLACE_TYPES,
  PRESENCES,
  type Answer,
  type ConclusionReason,
  type MeetingState,
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
}

export class AttendanceItem {
  @Id()
  memberId: string;

  @OneOf(PRESENCES)
  presence: Presence;
}

export class AttendanceRequest {
  @NestedList(() => AttendanceItem, { max: 100 })
  items: AttendanceItem[];
}

export class ConclusionRequest {
  @OneOf(OUTCOMES)
  outcome: Outcome;

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

export class ResponseAnswer {
  meetingId: string;
  memberId: string;
  @AnswersField()
  answers: Record<string, Answer>;
  /** Only for the facilitator and the one who wrote it. */
  @ApiProperty({ type: String, nullable: true, required: false })
  remark?: string | null;
  answeredAt: string;
  version: number;
}

export class RankAnswer {
  slotId: string;
  /** Every main person and everyone who must attend can come. */
  keepsAll: boolean;
  yes: number;
  no: number;
  informalYes: number;
}

/** A meeting, as far as the reader may see it. */
export class MeetingAnswer {
  id: string;
  caseId: string;
  @ApiProperty({ enum: ['meeting', 'review'] })
  type: 'meeting' | 'review';
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
  /** The fixed date. */
  @ApiProperty({ type: String, nullable: true })
  slotId: string | null;
  /** Best first; for a circle member by date. */
  @ApiProperty({ type: [SlotAnswer] })
  slots: SlotAnswer[];
  /** Who answered what; a circle member sees their own. */
  @ApiProperty({ type: [ResponseAnswer] })
  responses: ResponseAnswer[];
  /** Not for circle members. */
  @ApiProperty({ type: [RankAnswer], required: false })
  ranking?: RankAnswer[];
  /** Not for circle members. */
  @ApiProperty({ type: [String], required: false })
  mustAttend?: string[];
  /** Not for circle members. */
  @ApiProperty({ type: [AttendanceItem], required: false })
  attendance?: { memberId: string; presence: Presence }[];
  @ApiProperty({ enum: OUTCOMES, nullable: true })
  outcome: Outcome | null;
  /** Only for the facilitator. */
  @ApiProperty({ enum: CONCLUSION_REASONS, nullable: true, required: false })
  reason?: string | null;
  /** Only for the facilitator. */
  @ApiProperty({ type: String, nullable: true, required: false })
  facilitatorHours?: string | null;
  /** Only for the facilitator. */
  @ApiProperty({ type: String, nullable: true, required: false })
  note?: string | null;
  version: number;
}
