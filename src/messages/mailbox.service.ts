import { Injectable } from '@nestjs/common';
import { systemContext } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named } from '../platform/database/tx.js';
import { Vault } from '../platform/vault/vault.js';
import { OrganisationsService } from '../people/organisations.service.js';
import { LIST_MAILBOX, PUT_IN_MAILBOX } from './messages.queries.js';
import { MailTransport, SmsTransport, type OutgoingMail, type OutgoingSms } from './transports.service.js';

/** What stands in the local mailbox. A text message has no subject and no HTML. */
export interface MailboxContent {
  to: string;
  subject: string | null;
  text: string;
  html: string | null;
  /** `content` in base64. */
  attachments: { filename: string; contentType: string; content: string }[];
}

export interface MailboxItem extends MailboxContent {
  id: string;
  sentAt: string;
}

const SHOWN_PER_ORGANISATION = 500;

/** The mailbox of the embedded default: what would have been mailed stays on this computer, over restarts. */
@Injectable()
export class MailboxService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly organisations: OrganisationsService,
  ) {}

  /** Puts a message in once: a repeat of the same message changes nothing. */
  async put(organisationId: string, id: string, sentAt: Date, content: MailboxContent): Promise<void> {
    const sealed = await this.vault.seal({ organisationId, table: 'messages_mailbox', id }, content);
    await this.database.run(systemContext(organisationId, `mailbox-${id}`), (tx) =>
      named(tx, PUT_IN_MAILBOX, [organisationId, id, sealed, sentAt]),
    );
  }

  /** The messages of all organisations of this installation, newest first. */
  async list(): Promise<MailboxItem[]> {
    const all = await Promise.all((await this.organisations.all()).map(({ id }) => this.listOf(id)));
    return all.flat().sort((a, b) => b.sentAt.localeCompare(a.sentAt) || b.id.localeCompare(a.id));
  }

  private async listOf(organisationId: string): Promise<MailboxItem[]> {
    const rows = await this.database.view(systemContext(organisationId, 'mailbox'), (tx) =>
      named<{ id: string; sealed: Buffer; sentAt: Date }>(tx, LIST_MAILBOX, [organisationId, SHOWN_PER_ORGANISATION]),
    );
    return Promise.all(
      rows.map(async ({ id, sealed, sentAt }) => {
        const content = await this.vault.open<MailboxContent>({ organisationId, table: 'messages_mailbox', id }, sealed);
        return { id, ...content, sentAt: sentAt.toISOString() };
      }),
    );
  }
}

/** Mail into the local mailbox. */
export class LocalMailTransport extends MailTransport {
  constructor(private readonly mailbox: MailboxService) {
    super();
  }

  send({ organisationId, id, sentAt, to, subject, text, html, attachments }: OutgoingMail): Promise<void> {
    const encoded = attachments.map((attachment) => ({
      ...attachment,
      content: Buffer.from(attachment.content).toString('base64'),
    }));
    return this.mailbox.put(organisationId, id, sentAt, { to: to.address, subject, text, html, attachments: encoded });
  }
}

/** Text messages into the same mailbox: `to` is the number. */
export class LocalSmsTransport extends SmsTransport {
  readonly available = true;

  constructor(private readonly mailbox: MailboxService) {
    super();
  }

  send({ organisationId, id, sentAt, to, text }: OutgoingSms): Promise<void> {
    return this.mailbox.put(organisationId, id, sentAt, { to, subject: null, text, html: null, attachments: [] });
  }
}
