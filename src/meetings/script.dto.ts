import { ApiProperty } from '@nestjs/swagger';
import type { KindRules } from '../cases/kinds.rules.js';
import { Id, Nullable, OneOf, Optional } from '../platform/http/fields.js';
import { CHAIR_NAMES, PHASES, SPEAKERS, type MeetingType, type Phase, type Speaker } from './script.rules.js';

export class ChairRequest {
  /** Who leads from now on; null for whom the kind of case says. */
  @Nullable()
  @Id()
  memberId: string | null;

  /** Where the meeting is, so that who takes over goes on there. */
  @Optional()
  @OneOf(PHASES)
  phase?: Phase;
}

export class ScriptPhaseAnswer {
  @ApiProperty({ enum: PHASES })
  id: Phase;
  title: string;
  /** For who leads: what to do now, a line each. */
  @ApiProperty({ type: [String] })
  doNow: readonly string[];
  /** To be read aloud, a line each. */
  @ApiProperty({ type: [String] })
  readAloud: readonly string[];
  /** How long it is likely to take; nobody is held to it. */
  minutes: number;
  @ApiProperty({ enum: SPEAKERS })
  speaks: Speaker;
}

/** The script of a meeting, and who leads it. */
export class Script {
  meetingId: string;
  @ApiProperty({ enum: ['meeting', 'review'] })
  type: MeetingType;
  /** Who leads by the kind of case. */
  @ApiProperty({ enum: CHAIR_NAMES })
  chair: KindRules['chair'];
  /** Who was asked to lead in their place; null when nobody was. */
  @ApiProperty({ type: String, nullable: true })
  chairMemberId: string | null;
  /** The phase at which the lead was passed on last. */
  @ApiProperty({ enum: PHASES, nullable: true })
  phase: Phase | null;
  @ApiProperty({ type: [ScriptPhaseAnswer] })
  phases: ScriptPhaseAnswer[];
  /** Of the meeting. */
  version: number;
}
