import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlanState } from './plans.rules.js';

/** A fixed version of a plan: one sealed `PlanContent`, never changed. Only its state moves, and that it was handed in is noted. */
@Entity('plans')
export class PlanEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'case_id' })
  caseId: string;

  /** Null for a plan without a meeting. */
  @Column('uuid', { name: 'meeting_id', nullable: true })
  meetingId: string | null;

  @Column('integer')
  version: number;

  @Column('text')
  state: PlanState;

  @Column('timestamptz', { name: 'fixed_at' })
  fixedAt: Date;

  @Column('timestamptz', { name: 'carried_at', nullable: true })
  carriedAt: Date | null;

  /** The day on which it was handed in, as the form of law asks. */
  @Column('date', { name: 'submitted_on', nullable: true })
  submittedOn: string | null;

  @Column('bytea')
  sealed: Buffer;
}
