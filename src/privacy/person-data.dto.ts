import { ApiProperty } from '@nestjs/swagger';
import { OneOf } from '../platform/http/fields.js';
import { SECTION_KEYS, type SectionKey } from './person-data.rules.js';

export const HANDED_TO = ['person', 'guardian', 'representative'] as const;
export const HANDED_HOW = ['paper', 'in-person'] as const;

/** To whom the facilitator gives somebody's data, and how: a code, for a name in an address ends up in logs. */
export class HandOver {
  @OneOf(HANDED_TO)
  to: (typeof HANDED_TO)[number];

  @OneOf(HANDED_HOW)
  how: (typeof HANDED_HOW)[number];
}

export class PersonDataSection {
  @ApiProperty({ enum: SECTION_KEYS })
  key: SectionKey;
  title: string;
  /** Dates and instants as ISO 8601, the rest as it is kept. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  records: Record<string, unknown>[];
}

export class PersonDataOrganisation {
  name: string;
  @ApiProperty({ type: String, nullable: true })
  phone: string | null;
}

/** Something that is not given, and why not. The same for everybody: that it stands here does not say that it is there. */
export class Withheld {
  what: string;
  why: string;
}

/** Everything that is held about one person, others redacted. */
export class PersonData {
  memberId: string;
  name: string;
  isMainPerson: boolean;
  generatedAt: string;
  @ApiProperty({ type: PersonDataOrganisation })
  organisation: PersonDataOrganisation;
  /** On what the keeping of it rests, in words. */
  legalGround: string;
  /** How long it is kept, in words. */
  kept: string;
  /** Who receives it, in words. */
  recipients: string[];
  @ApiProperty({ type: [PersonDataSection] })
  sections: PersonDataSection[];
  @ApiProperty({ type: [Withheld] })
  withheld: Withheld[];
}
