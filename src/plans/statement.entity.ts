import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SaidMoment } from './statement-history.rules.js';

/** What one main person wants, can do and needs, in their own words (sealed under the member's id). */
@Entity('plans_statements')
export class StatementEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid', { name: 'case_id' })
  caseId: string;

  @PrimaryColumn('uuid', { name: 'member_id' })
  memberId: string;

  @Column('bytea')
  sealed: Buffer;

  /** Null for what was written before this was kept. */
  @Column('text', { nullable: true })
  moment: SaidMoment | null;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('integer')
  version: number;
}
