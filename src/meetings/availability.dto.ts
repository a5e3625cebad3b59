import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { LocalDate, NestedList, OneOf, Optional, Text, Whole } from '../platform/http/fields.js';
import { ABSENCE_KINDS, MINUTES_A_DAY, MOST_HOURS, WARNINGS, type AbsenceKind, type WarningCode } from './availability.rules.js';

const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;
const TimeOfDay = (): PropertyDecorator =>
  applyDecorators(ApiProperty({ type: String, pattern: TIME_OF_DAY.source, example: '13:00' }), Matches(TIME_OF_DAY));

export class HoursPart {
  /** 1 is Monday. */
  @Whole(1, 7)
  weekday: number;

  /** Minutes of the local day: 540 is 09:00. */
  @Whole(0, MINUTES_A_DAY)
  from: number;

  @Whole(0, MINUTES_A_DAY)
  until: number;
}

export class AvailabilityRequest {
  /** Empty: any hour is as good as another. */
  @NestedList(() => HoursPart, { max: MOST_HOURS })
  hours: HoursPart[];
}

export class Availability {
  @ApiProperty({ type: [HoursPart] })
  hours: HoursPart[];
}

export class AbsenceRequest {
  @OneOf(ABSENCE_KINDS)
  kind: AbsenceKind;

  /** The first day. */
  @LocalDate()
  from: string;

  /** The last day, included. */
  @LocalDate()
  to: string;

  /** From when on the first day; the whole day without it. */
  @Optional()
  @TimeOfDay()
  fromTime?: string;

  @Optional()
  @TimeOfDay()
  toTime?: string;

  /** For oneself: nobody else reads it. */
  @Optional()
  @Text({ max: 1000 })
  note?: string;
}

/** A meeting for which somebody else is needed, or another date. */
export class OverlappedMeeting {
  id: string;
  caseId: string;
  reference: string;
  startsAt: string;
  endsAt: string;
}

export class Absence {
  id: string;
  @ApiProperty({ enum: ABSENCE_KINDS })
  kind: AbsenceKind;
  startsAt: string;
  endsAt: string;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  /** Fixed meetings in that time: hand them over, or move them. */
  @ApiProperty({ type: [OverlappedMeeting] })
  meetings: OverlappedMeeting[];
}

/** What is not over yet, soonest first. */
export class AbsenceList {
  @ApiProperty({ type: [Absence] })
  items: Absence[];
}

/** Something to look at twice; it is done all the same. */
export class PlanningWarning {
  @ApiProperty({ enum: WARNINGS })
  code: WarningCode;
  text: string;
  /** Which date it is about; null when it is about the place. */
  @ApiProperty({ type: String, nullable: true })
  slotId: string | null;
}
