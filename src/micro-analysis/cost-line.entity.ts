import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Per } from './amounts.rules.js';
import type { CostClass, Payer } from './catalogue.rules.js';
import type { Basis, Side, Status } from './cost-lines.rules.js';

/** One cost of a case, before, after or once. A typed text and a typed unit are sealed; the catalogue's unit is plain. */
@Entity('micro_analysis_cost_lines')
export class CostLineEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'case_id' })
  caseId: string;

  /** Whom the cost is about, where it is about one person. */
  @Column('uuid', { name: 'member_id', nullable: true })
  memberId: string | null;

  @Column('text')
  side: Side;

  @Column('text', { nullable: true })
  status: Status | null;

  @Column('text', { name: 'item_id', nullable: true })
  itemId: string | null;

  @Column('text')
  payer: Payer;

  @Column('text')
  class: CostClass;

  @Column('numeric', { precision: 14, scale: 4 })
  quantity: string;

  @Column('numeric', { name: 'quantity_low', precision: 14, scale: 4, nullable: true })
  quantityLow: string | null;

  @Column('numeric', { name: 'quantity_high', precision: 14, scale: 4, nullable: true })
  quantityHigh: string | null;

  @Column('text', { nullable: true })
  unit: string | null;

  @Column('text')
  per: Per;

  @Column('integer', { name: 'unit_price_cents' })
  unitPriceCents: number;

  @Column('integer', { name: 'price_year' })
  priceYear: number;

  @Column('text')
  basis: Basis;

  @Column('bytea', { nullable: true })
  sealed: Buffer | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('integer')
  version: number;
}
