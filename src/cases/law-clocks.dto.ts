import { ApiProperty } from '@nestjs/swagger';
import { LocalDate, Nullable, SomeOf } from '../platform/http/fields.js';
import { LAW_CLOCK_NAMES, LAWS, type Law, type LawClockName, type LawClockState } from './law-clocks.rules.js';

export class LawSettings {
  /** The laws whose terms are shown in every new case. */
  @SomeOf(LAWS)
  laws: Law[];
}

/** A term of law in one case. */
export class LawClockAnswer {
  @ApiProperty({ enum: LAW_CLOCK_NAMES })
  clock: LawClockName;
  /** What it asks, in plain Dutch. */
  text: string;
  @ApiProperty({ format: 'date' })
  startsOn: string;
  /** Last day; null for what comes first and has no term. */
  @ApiProperty({ type: String, format: 'date', nullable: true })
  dueOn: string | null;
  @ApiProperty({ type: String, format: 'date', nullable: true })
  doneOn: string | null;
  @ApiProperty({ enum: ['running', 'late', 'done'] })
  state: LawClockState;
}

export class LawClocks {
  items: LawClockAnswer[];
}

export class LawClockChange {
  /** The day on which it was done; null takes that back. */
  @Nullable()
  @LocalDate()
  doneOn: string | null;
}

/** An open term without what the case is about. */
export class OpenLawClock extends LawClockAnswer {
  caseId: string;
  reference: string;
  facilitatorId: string;
}

export class OpenLawClocks {
  items: OpenLawClock[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}
