import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PreconditionLevel } from './plans.rules.js';

/** How home, money, relations and days stand. */
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

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('integer')
  version: number;
}
