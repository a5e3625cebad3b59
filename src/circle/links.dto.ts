import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Matches } from 'class-validator';
import { Contact, OneOf, Optional, Text } from '../platform/http/fields.js';
import { typedCode } from '../people/step-up.rules.js';

export class NewLinkRequest {
  @OneOf(['mail', 'sms', 'show'])
  via: 'mail' | 'sms' | 'show';
}

export class NewLink {
  expiresAt: string;
  /** Only for `show`: the facilitator shows it at the table, and the device becomes known. */
  @ApiProperty({ type: String, required: false })
  url?: string;
}

/** What ended when a phone was lost. */
export class LostPhone {
  linksEnded: number;
  devicesEnded: number;
}

export class StepUpRequest {
  @OneOf(['sms', 'mail'])
  via: 'sms' | 'mail';
}

/** Where the code went, half hidden, and until when it works. */
export class CodeSent {
  @ApiProperty({ enum: ['sms', 'mail'] })
  via: string;
  to: string;
  expiresAt: string;
}

export class CodeRequest {
  /** Six digits; spaces and dashes between them are fine. */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? typedCode(value) : value))
  @ApiProperty({ type: String, pattern: '^[0-9]{6}$', example: '123 456' })
  @Matches(/^\d{6}$/)
  code: string;
}

/** Until when the device is known. */
export class KnownDevice {
  expiresAt: string;
}

export class LinkAgainRequest {
  /** A mail address, or a telephone number as people type it. */
  @Contact()
  contact: string;

  /** Where several organisations share a host name: which one. */
  @Optional()
  @Text({ max: 63 })
  organisation?: string;
}

/** The same for everybody. */
export class LinkAgain {
  @ApiProperty({ enum: ['taken'] })
  status: 'taken';
}
