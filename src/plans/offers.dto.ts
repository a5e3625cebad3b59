import { ApiProperty } from '@nestjs/swagger';
import { Flag, Id, LocalDate, Optional, Text } from '../platform/http/fields.js';
import { Every } from './drafts.dto.js';
import { CONTRIBUTION_STATES, PASSING_STATES, type ContributionState, type PassingState } from './offers.rules.js';

export class OffersQuery {
  @Optional()
  @Id()
  caseId?: string;
}

export class PassingRequest {
  /** Who is asked to take it over. */
  @Id()
  memberId: string;

  /** A word for the one who is asked. */
  @Optional()
  @Text()
  note?: string | null;
}

export class PassingResponse {
  /** Whether they take it over. A no keeps it with the one who had it. */
  @Flag()
  yes: boolean;
}

/** Whether somebody takes over what another promised. */
export class Passing {
  id: string;
  commitmentId: string;
  caseId: string;
  text: string;
  @ApiProperty({ format: 'date' })
  dueOn: string;
  @ApiProperty({ type: String, nullable: true })
  every: string | null;
  @ApiProperty({ enum: PASSING_STATES })
  state: PassingState;
  /** Whether it is the reader who is asked. */
  askedOfMe: boolean;
  /** Null when the reader may not know. */
  @ApiProperty({ type: String, nullable: true })
  fromName: string | null;
  toName: string;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  askedAt: string;
}

export class HelpRequest {
  @Optional()
  @Text()
  text?: string | null;

  /** Whether main persons and the informal circle may read it too; only the facilitator does when it is left out. */
  @Optional()
  @Flag()
  share?: boolean | null;
}

export class HelpOfferRequest {
  /** Whose offer it is; the facilitator says so, everyone else offers for themself. */
  @Optional()
  @Id()
  memberId?: string | null;

  @Optional()
  @Text()
  text?: string | null;
}

export class HelpOffer {
  memberId: string;
  memberName: string;
  @ApiProperty({ type: String, nullable: true })
  text: string | null;
  offeredAt: string;
}

/** That somebody could use some help with what they promised. */
export class Help {
  commitmentId: string;
  caseId: string;
  memberId: string;
  memberName: string;
  /** What was promised. */
  what: string;
  @ApiProperty({ type: String, nullable: true })
  text: string | null;
  shared: boolean;
  askedAt: string;
  /** All of them for who asked and the facilitator; for others their own. */
  @ApiProperty({ type: [HelpOffer] })
  offers: HelpOffer[];
}

export class ContributionRequest {
  /** Whose offer it is; the facilitator says so, everyone else offers for themself. */
  @Optional()
  @Id()
  memberId?: string | null;

  /** What they want to do; may be left out with `openOffer`. */
  @Optional()
  @Text()
  text?: string | null;

  @Optional()
  @Every()
  every?: string | null;

  @Optional()
  @LocalDate()
  dueOn?: string | null;

  /** "I would like to do something, ask me." */
  @Optional()
  @Flag()
  openOffer?: boolean | null;
}

export class ContributionResponse {
  /** Whether it goes into the plan in the making. */
  @Flag()
  accept: boolean;

  /** What is asked of who left it open; other words than theirs are asked of them first. */
  @Optional()
  @Text()
  text?: string | null;
}

/** What somebody offers to do without a meeting. */
export class Contribution {
  id: string;
  caseId: string;
  memberId: string;
  memberName: string;
  @ApiProperty({ type: String, nullable: true })
  text: string | null;
  @ApiProperty({ type: String, nullable: true })
  every: string | null;
  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;
  openOffer: boolean;
  @ApiProperty({ enum: CONTRIBUTION_STATES })
  state: ContributionState;
  offeredAt: string;
}

/** What is asked and offered around promises, as far as the reader may know. */
export class Offers {
  @ApiProperty({ type: [Passing] })
  passings: Passing[];
  @ApiProperty({ type: [Help] })
  help: Help[];
  @ApiProperty({ type: [Contribution] })
  contributions: Contribution[];
}
