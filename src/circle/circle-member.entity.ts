import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CircleKind, MemberState, Relation } from './circle.rules.js';
import type { WayToTakePart } from './preparation.rules.js';

/** Someone of the circle, a main person included. Contact details and remarks are sealed. */
@Entity('circle_members')
export class CircleMemberEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'case_id' })
  caseId: string;

  @Column('text')
  name: string;

  @Column('text', { name: 'first_name', nullable: true })
  firstName: string | null;

  @Column('text', { nullable: true })
  relation: Relation | null;

  @Column('text', { name: 'circle_kind' })
  circleKind: CircleKind;

  @Column('boolean', { name: 'is_main_person' })
  isMainPerson: boolean;

  @Column('text')
  state: MemberState;

  @Column('text', { name: 'age_band', nullable: true })
  ageBand: string | null;

  @Column('uuid', { name: 'via_member_id', nullable: true })
  viaMemberId: string | null;

  @Column('bytea')
  sealed: Buffer;

  @Column('text', { name: 'added_by_kind' })
  addedByKind: string;

  @Column('uuid', { name: 'added_by_id', nullable: true })
  addedById: string | null;

  @Column('timestamptz', { name: 'approved_at', nullable: true })
  approvedAt: Date | null;

  @Column('timestamptz', { name: 'reached_at', nullable: true })
  reachedAt: Date | null;

  /** When it was found in conversation that the number is theirs; null again when the number changes or the phone is lost. */
  @Column('timestamptz', { name: 'phone_verified_at', nullable: true })
  phoneVerifiedAt: Date | null;

  /** Since when their phone is lost: no link goes out by itself until the facilitator gives one. */
  @Column('timestamptz', { name: 'phone_lost_at', nullable: true })
  phoneLostAt: Date | null;

  @Column('timestamptz', { name: 'invited_at', nullable: true })
  invitedAt: Date | null;

  /** How they take part; null as long as nobody said it. */
  @Column('text', { name: 'takes_part', nullable: true })
  takesPart: WayToTakePart | null;

  /** Since when a way to reach them is as it is; null when it never changed. */
  @Column('timestamptz', { name: 'contact_changed_at', nullable: true })
  contactChangedAt: Date | null;

  @Column('timestamptz', { name: 'state_since' })
  stateSince: Date;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** When everything that says who this is was erased; what stays is one of the circle's number. */
  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt: Date | null;

  @Column('integer')
  version: number;
}
