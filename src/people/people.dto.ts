import { STAFF_ROLES } from '../platform/actor.js';
import { Email, Text } from '../platform/http/fields.js';
import { ApiProperty } from '@nestjs/swagger';

export class SignInRequest {
  @Email()
  email: string;

  @Text({ max: 200 })
  password: string;
}

export class LinkRequest {
  /** The whole last segment of the link, dot included. */
  @Text({ max: 200 })
  linkToken: string;
}

export class SignedInUser {
  id: string;
  name: string;
  @ApiProperty({ enum: STAFF_ROLES, isArray: true })
  roles: string[];
}

export class StaffSession {
  token: string;
  expiresAt: string;
  user: SignedInUser;
}

export class SessionMember {
  id: string;
  caseId: string;
  firstName: string;
  /** Whether this is a main person. */
  isResident: boolean;
}

export class ParticipantSession {
  token: string;
  expiresAt: string;
  member: SessionMember;
}

/** Who asks. */
export class Me {
  @ApiProperty({ enum: ['staff', 'participant'] })
  kind: string;
  id: string;
  name: string;
  @ApiProperty({ enum: STAFF_ROLES, isArray: true })
  roles: string[];
  member?: SessionMember;
  /** Until when this device counts as known; null when it does not. Only for participants. */
  @ApiProperty({ type: String, nullable: true, required: false })
  deviceKnownUntil?: string | null;
}
