import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { StaffRole } from '../platform/actor.js';

/** Someone who works with the service: signs in, has roles. Mail and phone are sealed. */
@Entity('people_staff')
export class StaffEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @Column('text', { array: true })
  roles: StaffRole[];

  @Column('text', { name: 'neighbourhood_codes', array: true })
  neighbourhoodCodes: string[];

  @Column('bytea')
  sealed: Buffer;

  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  @Column('timestamptz', { name: 'disabled_at', nullable: true })
  disabledAt: Date | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('integer')
  version: number;
}
