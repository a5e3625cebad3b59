import { ApiProperty } from '@nestjs/swagger';
import { PageQuery } from '../platform/http/cursor.js';
import { Id, OneOf, Optional } from '../platform/http/fields.js';
import { CHANNELS, MESSAGE_STATES, type Channel, type MessageState } from './messages.rules.js';
import { TEMPLATES, type Template } from './templates.rules.js';

export class MessagesQuery extends PageQuery {
  @Optional()
  @Id()
  caseId?: string;

  @Optional()
  @Id()
  memberId?: string;

  @Optional()
  @OneOf(MESSAGE_STATES)
  state?: MessageState;
}

/** One line of the message log: that something was said, to whom about, and whether it arrived. Never what. */
export class MessageItem {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: [...TEMPLATES] })
  template!: Template;

  @ApiProperty({ enum: [...CHANNELS] })
  channel!: Channel;

  /** Enough to recognise the address, not to use it. */
  @ApiProperty({ example: 'j…t@e…e.org' })
  to!: string;

  /** `failed` is tried again by itself, `dead` is not, `by-hand` is a task on /werk. */
  @ApiProperty({ enum: [...MESSAGE_STATES] })
  state!: MessageState;

  /** How many times sending was tried. */
  @ApiProperty()
  attempts!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt!: string | null;
}

export class MessagePage {
  @ApiProperty({ type: [MessageItem] })
  items!: MessageItem[];

  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}
