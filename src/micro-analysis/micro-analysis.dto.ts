import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { OneOf, Optional, Whole } from '../platform/http/fields.js';
import type { PaybackReason } from './amounts.rules.js';
import { COST_CLASSES, type CostClass, PAYERS, type Payer } from './catalogue.rules.js';
import { AmountAnswer } from './cost-lines.dto.js';
import { type Side, SIDES, type Status, STATUSES } from './cost-lines.rules.js';
import { type LimitCode, LIMIT_CODES } from './result.rules.js';
import { INSTRUMENT_IDS, type InstrumentId } from './wellbeing.rules.js';

export class MicroAnalysisQuery {
  /** In the prices of which year; the newest indexed one when left out. A year without an index is refused. */
  @Optional()
  @Type(() => Number)
  @Whole(1900, 2200)
  priceYear?: number;

  /** Which costs after count: `measured` as soon as there is any, when left out. */
  @Optional()
  @OneOf(STATUSES)
  status?: Status;
}

export class SidesAnswer {
  before: AmountAnswer;
  after: AmountAnswer;
  oneOff: AmountAnswer;
  /** Before − after. Costs may rightly rise. */
  difference: AmountAnswer;
}

export class PayerAnswer extends SidesAnswer {
  @ApiProperty({ enum: PAYERS })
  payer: Payer;
}

export class ClassAnswer extends SidesAnswer {
  @ApiProperty({ enum: COST_CLASSES })
  class: CostClass;
}

export class CountedLineAnswer {
  id: string;
  @ApiProperty({ enum: SIDES })
  side: Side;
  @ApiProperty({ enum: PAYERS })
  payer: Payer;
  @ApiProperty({ enum: COST_CLASSES })
  class: CostClass;
  amount: AmountAnswer;
}

export class WellbeingChange {
  memberId: string;
  @ApiProperty({ enum: INSTRUMENT_IDS })
  instrument: InstrumentId;
  @ApiProperty({ type: Number, nullable: true })
  before: number | null;
  @ApiProperty({ type: Number, nullable: true })
  after: number | null;
  @ApiProperty({ type: Number, nullable: true })
  later: number | null;
  @ApiProperty({ type: Number, nullable: true })
  change: number | null;
  /** Whether the change reaches the threshold of the instrument, up or down; null without a change to judge. */
  @ApiProperty({ type: Boolean, nullable: true })
  meaningful: boolean | null;
}

export class LimitAnswer {
  @ApiProperty({ enum: LIMIT_CODES })
  code: LimitCode;
  text: string;
}

/** Wellbeing and costs of one case before and after. Totals and `byPayer` hold fiscal lines; other classes stand beside. */
export class MicroAnalysisAnswer extends SidesAnswer {
  priceYear: number;
  windowMonths: number;
  @ApiProperty({ enum: STATUSES })
  status: Status;
  netFirstYear: AmountAnswer;
  /** One decimal; null with a reason. */
  @ApiProperty({ type: Number, nullable: true })
  paybackMonths: number | null;
  @ApiProperty({ enum: ['difference-not-positive', 'no-one-off'], nullable: true, type: String })
  paybackReason: PaybackReason | null;
  byPayer: PayerAnswer[];
  beside: ClassAnswer[];
  /** The lines that were counted, in the prices of `priceYear`: every total is their sum. */
  lines: CountedLineAnswer[];
  wellbeing: WellbeingChange[];
  limits: LimitAnswer[];
}
