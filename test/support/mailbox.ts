import type { Server } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import request from 'supertest';

/** One message as `GET /dev/mailbox.json` shows it. */
export interface Mail {
  id: string;
  to: string;
  /** Null for a text message. */
  subject: string | null;
  text: string;
  html: string | null;
  attachments: { filename: string; contentType: string; content: string }[];
  sentAt: string;
}

type Service = Pick<INestApplication, 'getHttpServer'>;

/** Everything that was sent, newest first. Drain the queue before. */
export async function mailbox(app: Service): Promise<Mail[]> {
  const answer = await request(app.getHttpServer() as Server).get('/dev/mailbox.json');
  if (answer.status !== 200) throw new Error(`GET /dev/mailbox.json answered ${answer.status}`);
  return answer.body as Mail[];
}

/** What was sent to one address or number, newest first. */
export async function mailsTo(app: Service, address: string): Promise<Mail[]> {
  return (await mailbox(app)).filter(({ to }) => to === address);
}

/** The newest mail to an address; says who did get mail when there is none. */
export async function mailTo(app: Service, address: string): Promise<Mail> {
  const all = await mailbox(app);
  const found = all.find(({ to }) => to === address);
  if (!found) throw new Error(`No mail to ${address}; there is mail to ${all.map(({ to }) => to).join(', ') || 'nobody'}`);
  return found;
}

/** The token of the personal link in a message: the whole last segment, dot included. */
export const linkToken = (mail: Mail): string => tokenAfter(mail, '/l/');

/** The token of the confirmation that a referrer without account is asked for. */
export const confirmationToken = (mail: Mail): string => tokenAfter(mail, '/bevestig/');

function tokenAfter({ subject, text }: Mail, path: string): string {
  const token = text.split(path)[1]?.match(/^[\w.-]+/)?.[0];
  if (!token) throw new Error(`No ${path} link in the message "${subject ?? text.slice(0, 40)}"`);
  return token;
}

/** The text of an attached appointment. */
export function calendarOf(mail: Mail): string {
  const calendar = mail.attachments.find(({ contentType }) => contentType.startsWith('text/calendar'));
  if (!calendar) throw new Error(`No appointment with the mail "${mail.subject}"`);
  return Buffer.from(calendar.content, 'base64').toString();
}
