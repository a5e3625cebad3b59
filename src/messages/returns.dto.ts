import { ApiProperty } from '@nestjs/swagger';
import { Id, Name, Nullable, OneOf, Optional, Text, Whole } from '../platform/http/fields.js';

/** Characters that are looked at; more is cut off. */
export const LONGEST_MAIL = 60_000;

/** A mail that came back. As `message/rfc822` the body is the mail itself. */
export class ReturnedMailRequest {
  /** The mail, headers first. */
  @Text({ max: LONGEST_MAIL })
  mail!: string;
}

export class ReturnedMailQuery {
  /** Where it came back to, when the mail server says so; else it is read from the mail. */
  @Optional()
  @Name(320)
  recipient?: string;
}

export const SMS_OUTCOMES = ['delivered', 'permanent-failure', 'temporary-failure', 'technical-failure'] as const;
export type SmsOutcome = (typeof SMS_OUTCOMES)[number];

/** A delivery receipt in the form of NotifyNL (https://docs.notifynl.nl/misc/callbacks). Only `reference` and `status` are used. */
export class SmsReportRequest {
  @Name(100)
  id!: string;

  /** The id of our message. */
  @Nullable()
  @Name(100)
  reference!: string | null;

  @Optional()
  @Name(320)
  to?: string;

  @OneOf(SMS_OUTCOMES)
  status!: SmsOutcome;

  @Optional()
  @Name(100)
  created_at?: string;

  @Nullable()
  @Name(100)
  completed_at?: string | null;

  @Nullable()
  @Name(100)
  sent_at?: string | null;

  @Optional()
  @Name(20)
  notification_type?: string;

  @Optional()
  @Id()
  template_id?: string;

  @Optional()
  @Whole(0, 1_000_000)
  template_version?: number;
}

export const RETURN_OUTCOMES = ['bounced', 'undelivered', 'noted', 'complaint', 'delivered', 'unknown'] as const;
export type ReturnOutcome = (typeof RETURN_OUTCOMES)[number];

/** What it was taken for. `unknown`: about no message of ours, or about one that has ended; nothing was changed. */
export class ReturnAnswer {
  @ApiProperty({ enum: [...RETURN_OUTCOMES] })
  outcome!: ReturnOutcome;
}
