import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PreconditionLevel } from './plans.rules.js';
import type { SaidMoment } from './statement-history.rules.js';

/** How home, money, relations and days stand, with what was said of them (sealed under the case's id). */
@Entity('plans_preconditions')
export class PreconditionsEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid', { name: 'case_id' })
  caseId: string;

  @Column('text')
  home: PreconditionLevel;

  @Column('text')
  money: PreconditionLevel;

  @Column('text')
  relations: PreconditionLevel;

  @Column('text')
  days: PreconditionLevel;

  @Column('bytea', { nullable: true })
  sealed: Buffer | null;

  /** Null for what was written before this was kept. */
  @Column('text', { nullable: true })
  moment: SaidMoment | null;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('integer')
  version: number;
}
