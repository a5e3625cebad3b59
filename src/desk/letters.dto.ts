import { ApiProperty } from '@nestjs/swagger';
import { TEMPLATES, type Template } from '../messages/templates.rules.js';
import { MESSAGE_LANGUAGES, type MessageLanguage } from '../texts/message-languages.js';

/** A message as a letter, in the reader's language: the same words as the mail would have had. */
export class Letter {
  @ApiProperty({ format: 'uuid' })
  messageId!: string;

  @ApiProperty({ enum: [...TEMPLATES] })
  template!: Template;

  @ApiProperty({ enum: [...MESSAGE_LANGUAGES] })
  language!: MessageLanguage;

  @ApiProperty({ enum: ['ltr', 'rtl'] })
  direction!: 'ltr' | 'rtl';

  /** Name and address, one line each; only the name when no address is known. */
  @ApiProperty({ type: [String], example: ['Oma Truus', 'Kerkstraat 1', '1234 AB Voorbeeldstad'] })
  to!: string[];

  /** The day on which it is written, in the reader's language. */
  @ApiProperty()
  date!: string;

  @ApiProperty()
  subject!: string;

  @ApiProperty()
  hello!: string;

  @ApiProperty({ type: [String] })
  say!: string[];

  /** What it is about, by name: when, where. */
  @ApiProperty({ type: 'array', items: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 } })
  facts!: [string, string][];

  /** Somebody's own words. */
  @ApiProperty({ type: String, nullable: true })
  quote!: string | null;

  /** What can be ticked on the strip; empty when nothing is asked. */
  @ApiProperty({ type: [String] })
  choices!: string[];

  @ApiProperty({ type: [String] })
  after!: string[];

  /** Whom to call. */
  @ApiProperty({ type: String, nullable: true })
  call!: string | null;

  @ApiProperty({ type: [String] })
  signed!: string[];

  /** At first contact: who named them, what is kept, how it stops. */
  @ApiProperty({ type: [String] })
  notice!: string[];
}
