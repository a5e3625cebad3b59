import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { CaseSummary } from '../cases/cases.dto.js';
import { Member, MemberForParticipants } from '../circle/circle.dto.js';
import { MEETING_STATES } from '../meetings/meetings.rules.js';
import { COMMITMENT_STATES, type CommitmentState } from '../plans/commitments.rules.js';
import { GoalAnswer, SafetyConditionAnswer } from '../plans/drafts.dto.js';
import { PLAN_STATES, type PlanState } from '../plans/plans.rules.js';

/** A meeting inside a case; the whole of it is at `/v1/meetings/{id}`. */
export class MeetingInFile {
  id: string;
  @ApiProperty({ enum: ['meeting', 'review'] })
  type: string;
  @ApiProperty({ enum: MEETING_STATES })
  state: string;
  @ApiProperty({ type: String, nullable: true })
  startsAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  endsAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  outcome: string | null;
}

export class CommitmentInFile {
  id: string;
  memberId: string;
  text: string;
  @ApiProperty({ type: String, nullable: true })
  goalId: string | null;
  @ApiProperty({ format: 'date' })
  dueOn: string;
  @ApiProperty({ type: String, nullable: true })
  every: string | null;
  @ApiProperty({ enum: COMMITMENT_STATES })
  state: CommitmentState;
  version: number;
}

/** The newest version of the plan; the whole of it is at `/v1/plans/{id}`. */
export class PlanInFile {
  id: string;
  version: number;
  @ApiProperty({ enum: PLAN_STATES })
  state: PlanState;
  fixedAt: string;
  @ApiProperty({ type: String, nullable: true })
  carriedAt: string | null;
  @ApiProperty({ type: [GoalAnswer] })
  goals: GoalAnswer[];
  @ApiProperty({ type: [CommitmentInFile] })
  commitments: CommitmentInFile[];
  @ApiProperty({ type: [SafetyConditionAnswer] })
  safetyConditions: SafetyConditionAnswer[];
}

class CaseFileParts extends CaseSummary {
  @ApiProperty({ type: [MeetingInFile] })
  meetings: MeetingInFile[];
  @ApiProperty({ type: PlanInFile, nullable: true })
  currentPlan: PlanInFile | null;
}

/** A case with its people, as its facilitator sees it. */
export class CaseFile extends CaseFileParts {
  /** Whether the first main person said yes to this meeting. */
  consentGiven: boolean;
  @ApiProperty({ enum: ['not-needed', 'waiting', 'together', 'not-together'] })
  safetyGate: string;
  /** The first main person. */
  resident: Member;
  @ApiProperty({ type: [Member] })
  circle: Member[];
}

const SELF_OR_OTHER = { anyOf: [{ $ref: getSchemaPath(Member) }, { $ref: getSchemaPath(MemberForParticipants) }] };

/** The same, as a main person sees it: themself in full, the others as the circle knows them. */
export class CaseFileForMainPerson extends CaseFileParts {
  @ApiProperty(SELF_OR_OTHER)
  resident: Member | MemberForParticipants;
  @ApiProperty({ type: 'array', items: SELF_OR_OTHER })
  circle: (Member | MemberForParticipants)[];
}
