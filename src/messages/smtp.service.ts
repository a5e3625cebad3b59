import type { OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type NodemailerError, type SMTPPoolSentMessageInfo, type Transporter } from 'nodemailer';
import { SendingFailed } from './messages.errors.js';
import { line } from './plain.rules.js';
import { saysBadAddress, statusIn } from './returns.rules.js';
import type { Attachment } from './templates.rules.js';
import { MailTransport, type OutgoingMail } from './transports.service.js';

/** One send takes no longer than this; what happened to it then is unknown, and it is tried again under the same id. */
const SEND_TIMEOUT_MS = 60_000;
const CONNECT_TIMEOUT_MS = 10_000;
const SOCKET_TIMEOUT_MS = 30_000;
const CONNECTIONS = 5;
const URGENT_CONNECTIONS = 4;
const BASE64 = 'base64';

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
    const watched = { handedOver: false };
    const options = {
      messageId: mail.messageId,
      date: mail.sentAt,
      from: mail.from,
      to: mail.to,
      envelope: { from: mail.returnPath, to: [mail.to.address] },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(mail.stopUrl ? { 'List-Unsubscribe': { prepared: true, value: `<${mail.stopUrl}>` } } : {}),
      },
      // Once for mail programs that show an invitation, once for people who open a file. In base64 no server on the way
      // breaks or joins lines that a calendar counts on.
      alternatives: calendar ? [{ contentType: calendar.contentType, content: calendar.content, contentTransferEncoding: BASE64 }] : [],
      attachments: mail.attachments.map(({ filename, contentType, content }) => ({
        filename,
        contentType,
        content,
        contentTransferEncoding: BASE64,
      })),
      watched,
      signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
    };
    try {
      await (mail.urgent ? this.urgent : this.ordinary).sendMail(options);
    } catch (error) {
      throw sendingFailed(error as NodemailerError, watched.handedOver);
    }
  }

  onApplicationShutdown(): void {
    this.ordinary.close();
    this.urgent.close();
  }
}

function pool(url: string, maxConnections: number): Transporter<SMTPPoolSentMessageInfo> {
  const transporter = createTransport({
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
  // Once the last byte was handed over, a line that drops leaves open whether the mail was taken.
  transporter.use('stream', (mail, done) => {
    const { watched } = mail.data as { watched?: { handedOver: boolean } };
    const { message } = mail;
    const open = message.createReadStream.bind(message);
    message.createReadStream = (options) => open(options).once('end', () => void (watched && (watched.handedOver = true)));
    done();
  });
  return transporter;
}

function isCalendar({ contentType }: Attachment): boolean {
  return contentType.startsWith('text/calendar');
}

/**
 * Only the server's own no to this mail or this address is final; to the recipient it says that the address takes nothing. A
 * wrong password or a server that closes is about us, and may be mended before the last try.
 */
function sendingFailed(error: NodemailerError, handedOver: boolean): SendingFailed {
  const reply = error.responseCode;
  const aboutThisMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
  const permanent = aboutThisMail && (reply === undefined ? error.code === 'EENVELOPE' : reply >= 500 && reply !== 503);
  const code = line(reply ? `smtp-${reply}` : (error.code ?? error.name).toLowerCase(), 40);
  if (permanent && error.command === 'RCPT TO' && saysBadAddress(statusIn(error.response))) return new SendingFailed(code, true, 'bad-address');
  return new SendingFailed(code, permanent, handedOver && reply === undefined ? 'unknown-outcome' : null);
}
