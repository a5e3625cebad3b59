import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CaseState, SafetyGate, SafetyLevel } from './cases.rules.js';
import type { CaseKind } from './kinds.rules.js';
import type { LegalForm } from './legal-forms.rules.js';

/** A case (traject): from acceptance to closure. Holds no free text but the sealed safety check. */
@Entity('cases')
export class CaseEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  reference: string;

  @Column('text')
  kind: CaseKind;

  @Column('text')
  state: CaseState;

  @Column('boolean')
  urgent: boolean;

  @Column('uuid', { name: 'facilitator_id' })
  facilitatorId: string;

  @Column('uuid', { name: 'referral_id', nullable: true })
  referralId: string | null;

  @Column('text', { name: 'neighbourhood_code', nullable: true })
  neighbourhoodCode: string | null;

  @Column('text', { array: true })
  themes: string[];

  @Column('text', { name: 'safety_level' })
  safetyLevel: SafetyLevel;

  @Column('text', { name: 'safety_gate' })
  safetyGate: SafetyGate;

  /** Whether the first main person said that they want this meeting; without it nobody of the circle is contacted. */
  @Column('boolean', { name: 'consent_given' })
  consentGiven: boolean;

  @Column('bytea', { name: 'safety_check', nullable: true })
  safetyCheck: Buffer | null;

  @Column('text', { name: 'resident_name' })
  residentName: string;

  @Column('timestamptz', { name: 'opened_at' })
  openedAt: Date;

  @Column('timestamptz', { name: 'state_since' })
  stateSince: Date;

  @Column('timestamptz', { name: 'closed_at', nullable: true })
  closedAt: Date | null;

  @Column('text', { name: 'end_reason', nullable: true })
  endReason: string | null;

  /** The form of law that was chosen for the plan; null: as the kind and the laws say. */
  @Column('text', { name: 'legal_form', nullable: true })
  legalForm: LegalForm | null;

  @Column('integer')
  version: number;
}
