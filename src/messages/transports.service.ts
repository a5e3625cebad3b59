import type { Attachment } from './templates.rules.js';

export interface OutgoingMail {
  organisationId: string;
  /** The message's id; a repeat of the same message has the same. */
  id: string;
  /** `<id@host>`: the same for every try. */
  messageId: string;
  from: { name: string; address: string };
  /** Where it comes back when it cannot be delivered. */
  returnPath: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  /** Where the reader can stop these mails; null when there is nothing to stop. */
  stopUrl: string | null;
  attachments: Attachment[];
  urgent: boolean;
  sentAt: Date;
}

export interface OutgoingSms {
  organisationId: string;
  id: string;
  /** E.164. */
  to: string;
  text: string;
  /** It was tried before: that may have arrived. */
  repeated: boolean;
  sentAt: Date;
}

/** One way to send mail. Resolves when the next server has taken it; throws `SendingFailed`. */
export abstract class MailTransport {
  abstract send(mail: OutgoingMail): Promise<void>;
}

/** One way to send text messages. Throws `SendingFailed`. */
export abstract class SmsTransport {
  /** False when there is none: such a message becomes a call by hand. */
  abstract readonly available: boolean;
  abstract send(sms: OutgoingSms): Promise<void>;
}

/** Where no SMS gateway is connected. */
export class NoSmsTransport extends SmsTransport {
  readonly available = false;

  send(): Promise<void> {
    throw new Error('There is no way to send text messages');
  }
}

/** The local mailbox is for trying out: never in production, never beside a mail server. */
export function hasLocalMailbox({ production, smtpUrl }: { production: boolean; smtpUrl: string | null }): boolean {
  return !production && smtpUrl === null;
}
