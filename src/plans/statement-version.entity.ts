import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SaidMoment } from './statement-history.rules.js';

/** What a main person said before, of what they want, can do and need (sealed under member and version). Never changed. */
@Entity('plans_statement_versions')
export class StatementVersionEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid', { name: 'case_id' })
  caseId: string;

  @PrimaryColumn('uuid', { name: 'member_id' })
  memberId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('text', { nullable: true })
  moment: SaidMoment | null;

  @Column('bytea')
  sealed: Buffer;

  @Column('timestamptz', { name: 'written_at' })
  writtenAt: Date;
}
