import type { OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type NodemailerError, type SMTPPoolSentMessageInfo, type Transporter } from 'nodemailer';
import { SendingFailed } from './messages.errors.js';
import { line } from './plain.rules.js';
import type { Attachment } from './templates.rules.js';
import { MailTransport, type OutgoingMail } from './transports.service.js';

/** One send takes no longer than this; what happened to it then is unknown, and it is tried again under the same id. */
const SEND_TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;
const SOCKET_TIMEOUT_MS = 30_000;
const CONNECTIONS = 5;
const URGENT_CONNECTIONS = 2;

/** A mail server, over kept connections. What is urgent has its own, so that it never waits behind the others. */
export class SmtpMailTransport extends MailTransport implements OnApplicationShutdown {
  private readonly ordinary: Transporter<SMTPPoolSentMessageInfo>;
  private readonly urgent: Transporter<SMTPPoolSentMessageInfo>;

  constructor(smtpUrl: string) {
    super();
    this.ordinary = pool(smtpUrl, CONNECTIONS);
    this.urgent = pool(smtpUrl, URGENT_CONNECTIONS);
  }

  async send(mail: OutgoingMail): Promise<void> {
    const calendar = mail.attachments.find(isCalendar);
    try {
      await (mail.urgent ? this.urgent : this.ordinary).sendMail({
        messageId: mail.messageId,
        date: mail.sentAt,
        from: mail.from,
        to: mail.to,
        envelope: { from: mail.from.address, to: [mail.to.address] },
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(mail.stopUrl ? { 'List-Unsubscribe': { prepared: true, value: `<${mail.stopUrl}>` } } : {}),
        },
        // Once for mail programs that show an invitation, once for people who open a file.
        alternatives: calendar ? [{ contentType: calendar.contentType, content: calendar.content }] : [],
        attachments: mail.attachments.map(({ filename, contentType, content }) => ({ filename, contentType, content })),
        signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
      });
    } catch (error) {
      throw sendingFailed(error as NodemailerError);
    }
  }

  onApplicationShutdown(): void {
    this.ordinary.close();
    this.urgent.close();
  }
}

function pool(url: string, maxConnections: number): Transporter<SMTPPoolSentMessageInfo> {
  return createTransport({
    pool: true,
    url,
    maxConnections,
    // The queue tries again, with its own patience: here a dropped line is a failure at once.
    maxRequeues: 0,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function isCalendar({ contentType }: Attachment): boolean {
  return contentType.startsWith('text/calendar');
}

/**
 * Only the server's own no to this mail or this address is final. A wrong password or a server that closes is about us, and
 * may be mended before the last try.
 */
function sendingFailed(error: NodemailerError): SendingFailed {
  const reply = error.responseCode;
  const aboutThisMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  const permanent = aboutThisMail && (reply === undefined ? error.code === 'EENVELOPE' : reply >= 500 && reply !== 503);
  const code = reply ? `smtp-${reply}` : (error.code ?? error.name).toLowerCase();
  return new SendingFailed(line(code, 40), permanent);
}
