import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one person says of a plan. Never changed: a new answer is a new row. The remark is sealed. */
@Entity('plans_agreements')
export class AgreementEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'case_id' })
  caseId: string;

  @Column('uuid', { name: 'plan_id' })
  planId: string;

  @Column('uuid', { name: 'member_id' })
  memberId: string;

  @Column('boolean')
  agrees: boolean;

  @Column('bytea', { nullable: true })
  sealed: Buffer | null;

  @Column('timestamptz')
  at: Date;
}
