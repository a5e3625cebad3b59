import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The plan in the making: one sealed `Draft` (under the case's id). */
@Entity('plans_drafts')
export class PlanDraftEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid', { name: 'case_id' })
  caseId: string;

  @Column('bytea')
  sealed: Buffer;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('integer')
  version: number;
}
