import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DirectorMailState, ObstacleCategory, ObstacleState } from './obstacles.rules.js';

/** One thing that happened to it, oldest first. */
export interface ObstacleStep {
  what: 'raised' | 'moved' | 'removed' | 'reopened';
  at: string;
  /** Who did it: a member of the circle or staff; null for who was erased. */
  byId: string | null;
  /** What was said with it. */
  note: string | null;
  /** Whose move it is from then on. */
  memberId: string | null;
  organisation: string | null;
}

export interface DirectorMailWord {
  memberId: string;
  agrees: boolean;
  at: string;
  /** The facilitator who noted it for them. */
  notedById: string | null;
}

/** What is sealed of an obstacle. */
export interface SealedObstacle {
  /** Null when who promised was erased. */
  text: string | null;
  /** The organisation whose move it is, as it was written. */
  organisation: string | null;
  steps: ObstacleStep[];
  /** What each main person says of the text for the director. */
  answers?: DirectorMailWord[];
}

/** What is in the way of a promise. */
@Entity('plans_obstacles')
export class ObstacleEntity {
  @PrimaryColumn('uuid', { name: 'organisation_id' })
  organisationId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'case_id' })
  caseId: string;

  @Column('uuid', { name: 'commitment_id' })
  commitmentId: string;

  @Column('text')
  category: ObstacleCategory;

  /** Whose move it is, when that is somebody of the circle. */
  @Column('uuid', { name: 'mover_id', nullable: true })
  moverId: string | null;

  /** The organisation whose move it is, or for which that person works: a keyed hash, to compare by. */
  @Column('bytea', { name: 'mover_hash', nullable: true })
  moverKey: Buffer | null;

  @Column('text')
  state: ObstacleState;

  @Column('timestamptz', { name: 'raised_at' })
  raisedAt: Date;

  /** Since when it stands without a break: the clock counts from here. */
  @Column('timestamptz', { name: 'open_since' })
  openSince: Date;

  @Column('timestamptz', { name: 'state_since' })
  stateSince: Date;

  /** Since when the lead sees it. */
  @Column('timestamptz', { name: 'lead_since', nullable: true })
  leadSince: Date | null;

  @Column('text', { name: 'director_mail', nullable: true })
  directorMail: DirectorMailState | null;

  /** The lead may read the text too. */
  @Column('boolean', { name: 'share_text' })
  shareText: boolean;

  @Column('bytea')
  sealed: Buffer;

  @Column('integer')
  version: number;
}
