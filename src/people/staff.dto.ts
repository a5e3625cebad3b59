import { ApiProperty } from '@nestjs/swagger';
import { STAFF_ROLES, type StaffRole } from '../platform/actor.js';
import { PageQuery } from '../platform/http/cursor.js';
import { Email, Id, Name, NameList, NestedList, Nullable, OneOf, Optional, PatternList, Phone, SomeOf, Text } from '../platform/http/fields.js';
import { DISABLING_REASONS, STAFF_STATES, type DisablingReason, type StaffState } from './staff.rules.js';

const MOST_NEIGHBOURHOODS = 100;
/** CBS codes of districts (`WK…`) and neighbourhoods (`BU…`). */
const Neighbourhoods = (): PropertyDecorator => PatternList(/^(WK\d{6}|BU\d{8})$/, { max: MOST_NEIGHBOURHOODS });

export class StaffQuery extends PageQuery {
  @Optional()
  @OneOf(STAFF_ROLES)
  role?: StaffRole;

  @Optional()
  @OneOf(STAFF_STATES)
  state?: StaffState;
}

export class NewStaff {
  @Name()
  name: string;

  /** The address to sign in with. One that is in use anywhere is refused with 409. */
  @Email()
  email: string;

  @SomeOf(STAFF_ROLES, { min: 1 })
  roles: StaffRole[];

  @Optional()
  @Phone()
  phone?: string;

  /** For whom they work, when it is not this organisation: who is employed by a party is no independent facilitator. */
  @Optional()
  @Name()
  employer?: string;

  /** In which languages they can lead a meeting. */
  @Optional()
  @NameList({ max: 20 })
  languages?: string[];

  @Optional()
  @Neighbourhoods()
  neighbourhoodCodes?: string[];
}

export class StaffChange {
  @Optional()
  @Name()
  name?: string;

  @Optional()
  @Email()
  email?: string;

  @Optional()
  @SomeOf(STAFF_ROLES, { min: 1 })
  roles?: StaffRole[];

  /** Null: no number any more. */
  @Nullable()
  @Phone()
  phone?: string | null;

  @Nullable()
  @Name()
  employer?: string | null;

  @Optional()
  @NameList({ max: 20 })
  languages?: string[];

  @Optional()
  @Neighbourhoods()
  neighbourhoodCodes?: string[];
}

/** Somebody else leads this meeting than who takes the cases over. */
export class StandInRequest {
  @Id()
  meetingId: string;

  @Id()
  facilitatorId: string;
}

/** The most meetings that one handover finds somebody else for. */
export const MOST_STAND_INS = 100;

export class DisablingRequest {
  @OneOf(DISABLING_REASONS)
  reason: DisablingReason;

  @Optional()
  @Text()
  remark?: string;

  /** Who takes over the open cases, meetings and duties; needed when there are any. */
  @Optional()
  @Id()
  handOverTo?: string;

  @Optional()
  @NestedList(() => StandInRequest, { max: MOST_STAND_INS })
  standIns?: StandInRequest[];
}

export class StaffMember {
  id: string;
  name: string;
  email: string;
  @ApiProperty({ type: String, nullable: true })
  phone: string | null;
  @ApiProperty({ type: String, nullable: true })
  employer: string | null;
  @ApiProperty({ type: [String] })
  languages: string[];
  @ApiProperty({ enum: STAFF_ROLES, isArray: true })
  roles: StaffRole[];
  @ApiProperty({ type: [String] })
  neighbourhoodCodes: string[];
  /** `invited`: has not chosen a password yet. */
  @ApiProperty({ enum: STAFF_STATES })
  state: StaffState;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  disabledAt: string | null;
  @ApiProperty({ enum: DISABLING_REASONS, nullable: true })
  disabledReason: DisablingReason | null;
  version: number;
}

export class StaffPage {
  items: StaffMember[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

/** That a link to choose a password is on its way. */
export class StaffInvitation {
  messageId: string;
  expiresAt: string;
}

export class SessionItem {
  id: string;
  createdAt: string;
  expiresAt: string;
  /** How they signed in; null when that was not kept yet. */
  @ApiProperty({ enum: ['password', 'oidc'], nullable: true })
  signedInBy: 'password' | 'oidc' | null;
  /** Whether it is the one that asks. */
  current: boolean;
}

/** Open sessions, newest first: all of them at once. */
export class SessionList {
  items: SessionItem[];
}

export class PasswordChange {
  @Text({ max: 200 })
  current: string;

  /** At least 12 characters, and not one of those that everybody tries first. */
  @Text({ max: 200 })
  next: string;
}

/** What somebody chooses on the page behind a link. */
export class ChosenPassword {
  @Text({ max: 200 })
  password: string;
}

export class PasswordResetRequest {
  @Email()
  email: string;
}

/** The same whether or not there is such an account. */
export class PasswordResetAnswer {
  @ApiProperty({ enum: ['taken'] })
  status: 'taken';
}
