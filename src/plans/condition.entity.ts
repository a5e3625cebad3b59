import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How one safety condition stands in one version: who answers for it, and what came of it. The reason of "not met" is sealed. */
@Entity('plans_conditions')
export class ConditionEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid', { name: 'plan_id' })
  planId: string;

  @PrimaryColumn('uuid', { name: 'condition_id' })
  conditionId: string;

  @Column('uuid', { name: 'case_id' })
  caseId: string;

  @Column('uuid', { name: 'owner_id' })
  ownerId: string;

  @Column('uuid', { name: 'deputy_id', nullable: true })
  deputyId: string | null;

  /** The last of the two working days. */
  @Column('date', { name: 'test_by' })
  testBy: string;

  /** Since when the facilitator asks after it. */
  @Column('timestamptz', { name: 'overdue_at', nullable: true })
  overdueAt: Date | null;

  @Column('boolean', { nullable: true })
  met: boolean | null;

  @Column('timestamptz', { name: 'tested_at', nullable: true })
  testedAt: Date | null;

  @Column('uuid', { name: 'tested_by_id', nullable: true })
  testedById: string | null;

  @Column('bytea', { nullable: true })
  sealed: Buffer | null;
}
