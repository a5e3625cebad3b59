import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SafetyLevel } from '../cases/cases.rules.js';
import type { ReferredKind } from './referrals.dto.js';
import type { ReferralState, Source } from './referrals.rules.js';

/** A referral. Everything that people wrote is sealed. */
@Entity('referrals')
export class ReferralEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  state: ReferralState;

  @Column('text')
  kind: ReferredKind;

  @Column('text')
  source: Source;

  @Column('text', { array: true })
  themes: string[];

  @Column('text', { name: 'safety_level' })
  safetyLevel: SafetyLevel;

  @Column('boolean', { name: 'consent_given' })
  consentGiven: boolean;

  @Column('text', { name: 'neighbourhood_code', nullable: true })
  neighbourhoodCode: string | null;

  @Column('text', { name: 'resident_name' })
  residentName: string;

  @Column('uuid', { name: 'referrer_staff_id', nullable: true })
  referrerStaffId: string | null;

  @Column('bytea')
  sealed: Buffer;

  @Column('bytea', { name: 'confirmation_hash', nullable: true })
  confirmationHash: Buffer | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'received_at', nullable: true })
  receivedAt: Date | null;

  @Column('timestamptz', { name: 'state_since' })
  stateSince: Date;

  @Column('timestamptz', { name: 'accepted_at', nullable: true })
  acceptedAt: Date | null;

  @Column('uuid', { name: 'accepted_by', nullable: true })
  acceptedBy: string | null;

  @Column('uuid', { name: 'case_id', nullable: true })
  caseId: string | null;

  /** The referrer as one of the circle, when they are. */
  @Column('uuid', { name: 'referrer_member_id', nullable: true })
  referrerMemberId: string | null;

  /** Who was on duty when an acute one came in; the second follows when the first does not answer. */
  @Column('uuid', { name: 'first_on_duty', nullable: true })
  firstOnDuty: string | null;

  @Column('uuid', { name: 'second_on_duty', nullable: true })
  secondOnDuty: string | null;

  /** When somebody said that they have an acute one, and who. */
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true })
  acknowledgedAt: Date | null;

  @Column('uuid', { name: 'acknowledged_by', nullable: true })
  acknowledgedBy: string | null;

  @Column('text', { name: 'end_reason', nullable: true })
  endReason: string | null;

  @Column('integer')
  version: number;
}
