import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CommitmentState } from './commitments.rules.js';

/** What is sealed of a commitment. The note goes with the newest state. */
export interface SealedCommitment {
  text: string;
  note: string | null;
}

/** What one person does, for which goal, by when. It lives on from version to version under the same id. */
@Entity('plans_commitments')
export class CommitmentEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'case_id' })
  caseId: string;

  /** The newest version that it stands in. */
  @Column('uuid', { name: 'plan_id' })
  planId: string;

  @Column('uuid', { name: 'member_id' })
  memberId: string;

  @Column('uuid', { name: 'goal_id', nullable: true })
  goalId: string | null;

  @Column('integer')
  position: number;

  @Column('date', { name: 'due_on' })
  dueOn: string;

  @Column('text', { nullable: true })
  every: string | null;

  @Column('text')
  state: CommitmentState;

  @Column('timestamptz', { name: 'state_since' })
  stateSince: Date;

  @Column('bytea')
  sealed: Buffer;

  /** Until when it has perspective: not kept yet, with a day on which it will be. */
  @Column('date', { name: 'perspective_on', nullable: true })
  perspectiveOn: string | null;

  /** Why, sealed. */
  @Column('bytea', { nullable: true })
  perspective: Buffer | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('integer')
  version: number;
}
