import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ConsentKind, GivenBy } from './consents.rules.js';

/** Somebody's yes (or, to the micro-analysis, no) as it was said. How, about what and with which remark is sealed. */
@Entity('circle_consents')
export class ConsentEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'case_id' })
  caseId: string;

  /** Whose yes it is; of an approval: who may be asked. */
  @Column('uuid', { name: 'member_id' })
  memberId: string;

  @Column('text')
  kind: ConsentKind;

  @Column('boolean')
  given: boolean;

  @Column('text', { name: 'given_by' })
  givenBy: GivenBy;

  /** Who wrote it down. */
  @Column('text', { name: 'actor_kind' })
  actorKind: string;

  @Column('uuid', { name: 'actor_id', nullable: true })
  actorId: string | null;

  @Column('date', { name: 'said_on' })
  on: string;

  @Column('date', { nullable: true })
  until: string | null;

  @Column('uuid', { name: 'professional_member_id', nullable: true })
  professionalMemberId: string | null;

  @Column('bytea')
  sealed: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'taken_back_at', nullable: true })
  takenBackAt: Date | null;

  @Column('text', { name: 'taken_back_by', nullable: true })
  takenBackBy: GivenBy | null;

  @Column('uuid', { name: 'taken_back_by_id', nullable: true })
  takenBackById: string | null;

  @Column('text', { nullable: true })
  reason: string | null;
}
