import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { Id, LocalDate, OneOf, Optional } from '../platform/http/fields.js';
import { INSTRUMENT_IDS, type InstrumentId, type Moment, MOMENTS } from './wellbeing.rules.js';

export class NewMeasurement {
  @OneOf(INSTRUMENT_IDS)
  instrument: InstrumentId;

  @OneOf(MOMENTS)
  moment: Moment;

  /** A whole number per item id. A skipped item is left out, or null. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer', nullable: true } })
  @IsObject()
  answers: Record<string, unknown>;

  /** The day on which it was asked; today when left out. */
  @Optional()
  @LocalDate()
  on?: string;

  /** The main person who was asked; the first one when left out, yourself when you come through your own link. */
  @Optional()
  @Id()
  memberId?: string;
}

export class MeasurementAnswer {
  id: string;
  caseId: string;
  memberId: string;
  @ApiProperty({ enum: INSTRUMENT_IDS })
  instrument: InstrumentId;
  instrumentVersion: string;
  /** `own`: our plain Dutch; `official`: the owner's text. */
  @ApiProperty({ enum: ['own', 'official'] })
  wording: string;
  @ApiProperty({ enum: MOMENTS })
  moment: Moment;
  on: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer', nullable: true } })
  answers: Record<string, number | null>;
  /** Null when an item that the score needs was skipped. */
  @ApiProperty({ type: Number, nullable: true })
  score: number | null;
  @ApiProperty({ enum: ['happy', 'unhappy', 'impaired', 'see-gp'], nullable: true, type: String })
  band: string | null;
  /** What to say to the person who answered, when the score is low. */
  @ApiProperty({ type: String, nullable: true })
  notice: string | null;
  createdAt: string;
}

export class InstrumentItem {
  id: string;
  text: string;
  min: number;
  max: number;
}

export class InstrumentStep {
  value: number;
  label: string;
}

export class InstrumentBand {
  @ApiProperty({ enum: ['happy', 'unhappy', 'impaired', 'see-gp'] })
  band: string;
  min: number;
  max: number;
}

export class InstrumentRange {
  min: number;
  max: number;
}

export class InstrumentThreshold {
  /** In points of the score. */
  change: number;
  /** Whether somebody has shown that a change of this size matters. */
  published: boolean;
  text: string;
}

/** One way of asking how somebody is, with the words to ask it in. */
export class InstrumentAnswer {
  @ApiProperty({ enum: INSTRUMENT_IDS })
  id: InstrumentId;
  version: string;
  name: string;
  intro: string;
  items: InstrumentItem[];
  /** The words beside the numbers. */
  scale: InstrumentStep[];
  @ApiProperty({ enum: ['higher-is-better'] })
  direction: string;
  /** How the answers become a score: `single` is the answer itself. */
  @ApiProperty({ enum: ['single', 'sum-times-4'] })
  score: string;
  scoreRange: InstrumentRange;
  bands: InstrumentBand[];
  threshold: InstrumentThreshold;
  source: string;
  licence: string;
  @ApiProperty({ enum: ['own', 'official'] })
  wording: string;
  /** Says in words whose text this is. */
  wordingNote: string;
  language: string;
}

export class InstrumentList {
  items: InstrumentAnswer[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}
