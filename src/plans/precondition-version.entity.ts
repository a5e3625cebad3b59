import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PreconditionLevel } from './plans.rules.js';
import type { SaidMoment } from './statement-history.rules.js';

/** How home, money, relations and days stood before, with what was said of them (sealed under case and version). Never changed. */
@Entity('plans_precondition_versions')
export class PreconditionVersionEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid', { name: 'case_id' })
  caseId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('text')
  home: PreconditionLevel;

  @Column('text')
  money: PreconditionLevel;

  @Column('text')
  relations: PreconditionLevel;

  @Column('text')
  days: PreconditionLevel;

  @Column('text', { nullable: true })
  moment: SaidMoment | null;

  @Column('bytea', { nullable: true })
  sealed: Buffer | null;

  @Column('timestamptz', { name: 'written_at' })
  writtenAt: Date;
}
