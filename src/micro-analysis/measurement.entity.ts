import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { InstrumentId, Moment, Wording } from './wellbeing.rules.js';

/** How one main person said they were, on one day. Answers and score are about health, and sealed. */
@Entity('micro_analysis_measurements')
export class MeasurementEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'case_id' })
  caseId: string;

  @Column('uuid', { name: 'member_id' })
  memberId: string;

  @Column('text')
  instrument: InstrumentId;

  @Column('text', { name: 'instrument_version' })
  instrumentVersion: string;

  @Column('text')
  wording: Wording;

  @Column('text')
  moment: Moment;

  @Column('date', { name: 'measured_on' })
  measuredOn: string;

  @Column('bytea')
  sealed: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
