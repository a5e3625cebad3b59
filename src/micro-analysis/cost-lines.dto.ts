import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { PageQuery } from '../platform/http/cursor.js';
import { Id, Name, Nullable, OneOf, Text, Whole } from '../platform/http/fields.js';
import { PERS, type Per } from './amounts.rules.js';
import { COST_CLASSES, type CostClass, GRADES, PAYERS, type Payer } from './catalogue.rules.js';
import { BASES, type Basis, readQuantity, type Side, SIDES, type Status, STATUSES, type Quantity } from './cost-lines.rules.js';

/** Ten million euro for one of something is more than anything costs. */
const MAX_UNIT_PRICE_CENTS = 1_000_000_000;

/** A decimal string or a number: not negative, at most 7 digits before and 4 after the point. */
const Decimals = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ oneOf: [{ type: 'string', pattern: '^\\d{1,7}(\\.\\d{1,4})?$' }, { type: 'number', minimum: 0 }] }),
    ValidateBy({ name: 'quantity', validator: { validate: (value: unknown) => readQuantity(value) !== null } }),
  );

/** What a cost line may leave to its catalogue item, or leave out. */
class CostLineDetails {
  /** Of `after` only; `forecast` when left out. */
  @Nullable()
  @OneOf(STATUSES)
  status?: Status | null;

  /** A catalogue item; or else `text`. */
  @Nullable()
  @Name(60)
  itemId?: string | null;

  /** What it is, when it is not in the catalogue. Needs a price, a price year, a payer and a class. */
  @Nullable()
  @Text()
  text?: string | null;

  @Nullable()
  @OneOf(PAYERS)
  payer?: Payer | null;

  @Nullable()
  @OneOf(COST_CLASSES)
  class?: CostClass | null;

  @Nullable()
  @Decimals()
  quantityLow?: Quantity | null;

  @Nullable()
  @Decimals()
  quantityHigh?: Quantity | null;

  /** What the price is for: an hour, a visit, a day. */
  @Nullable()
  @Name(40)
  unit?: string | null;

  @Nullable()
  @Whole(0, MAX_UNIT_PRICE_CENTS)
  unitPriceCents?: number | null;

  /** The year of the price; it must have a price index. */
  @Nullable()
  @Whole(1900, 2200)
  priceYear?: number | null;

  /** Whom it is about, when it is about one person of the case. */
  @Nullable()
  @Id()
  memberId?: string | null;
}

export class NewCostLine extends CostLineDetails {
  @OneOf(SIDES)
  side: Side;

  @Decimals()
  quantity: Quantity;

  /** How often the quantity comes; `once` for `one-off` and nothing else. */
  @OneOf(PERS)
  per: Per;

  @OneOf(BASES)
  basis: Basis;
}

/** What is left out stays; `null` goes back to what the item says. */
export class CostLineChange extends CostLineDetails {
  @Nullable()
  @OneOf(SIDES)
  side?: Side | null;

  @Nullable()
  @Decimals()
  quantity?: Quantity | null;

  @Nullable()
  @OneOf(PERS)
  per?: Per | null;

  @Nullable()
  @OneOf(BASES)
  basis?: Basis | null;
}

/** A yearly amount, or a one-off one. */
export class AmountAnswer {
  lowCents: number;
  middleCents: number;
  highCents: number;
}

export class CostLineAnswer {
  id: string;
  caseId: string;
  @ApiProperty({ enum: SIDES })
  side: Side;
  @ApiProperty({ enum: STATUSES, nullable: true, type: String })
  status: Status | null;
  @ApiProperty({ type: String, nullable: true })
  itemId: string | null;
  /** The item's name in the catalogue, or the text. */
  label: string;
  @ApiProperty({ type: String, nullable: true })
  text: string | null;
  @ApiProperty({ enum: PAYERS })
  payer: Payer;
  @ApiProperty({ enum: COST_CLASSES })
  class: CostClass;
  /** A decimal string, as the two below. */
  quantity: string;
  @ApiProperty({ type: String, nullable: true })
  quantityLow: string | null;
  @ApiProperty({ type: String, nullable: true })
  quantityHigh: string | null;
  @ApiProperty({ type: String, nullable: true })
  unit: string | null;
  @ApiProperty({ enum: PERS })
  per: Per;
  unitPriceCents: number;
  priceYear: number;
  /** How good the price is; null when it was filled in by hand. */
  @ApiProperty({ enum: GRADES, nullable: true, type: String })
  grade: string | null;
  /** Where the price was found; null when it was filled in by hand. */
  @ApiProperty({ type: String, nullable: true })
  source: string | null;
  @ApiProperty({ enum: BASES })
  basis: Basis;
  @ApiProperty({ type: String, nullable: true })
  memberId: string | null;
  amount: AmountAnswer;
  /** The year in whose prices the amount is given. */
  amountPriceYear: number;
  createdAt: string;
  version: number;
}

export class CostLineList {
  items: CostLineAnswer[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

/** A catalogue is read whole: 100 items unless fewer are asked. */
export class CatalogueQuery extends PageQuery {
  override limit?: number = 100;
}

export class CostItemAnswer {
  id: string;
  label: string;
  unit: string;
  /** Null: no national price is known, fill in a local one. */
  @ApiProperty({ type: 'integer', nullable: true })
  unitPriceCents: number | null;
  @ApiProperty({ type: 'integer', nullable: true })
  priceYear: number | null;
  @ApiProperty({ enum: PAYERS })
  payer: Payer;
  @ApiProperty({ enum: COST_CLASSES })
  class: CostClass;
  /** A: official publication; B: second-hand copy of an official table; C: weak or interested source. */
  @ApiProperty({ enum: GRADES, nullable: true, type: String })
  grade: string | null;
  source: string;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
}

export class CostItemList {
  items: CostItemAnswer[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}
