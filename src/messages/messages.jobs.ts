import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { InjectSettings } from '../platform/config/token.js';
import type { Settings } from '../platform/config/settings.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { defineJob, JobRegistry, PermanentFailure, type JobOutcome, type JobRun } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { statesWith } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import { LinksService, type IssuedLink } from '../people/links.service.js';
import { OrganisationsService } from '../people/organisations.service.js';
import type { MessageAbout } from '../texts/nl/messages.js';
import { FirstContactService } from './first-contact.service.js';
import { SendingFailed } from './messages.errors.js';
import { CLAIM, LOCK_MESSAGE, MARK_NOT_SENT, MARK_SENT, TAKE_BACK_UNWANTED, type MessageRow } from './messages.queries.js';
import { earliest, MESSAGE_TRANSITIONS, sendStep } from './messages.rules.js';
import { personName, render, type MessageContent, type Template } from './templates.rules.js';
import { MailTransport, SmsTransport } from './transports.service.js';

export const SEND_MESSAGE = defineJob<{ messageId: string }>('messages.send', { queue: 'messages' });

/** Mails whose reader can take themself out on the page behind the link. */
const STOPPABLE: ReadonlySet<Template> = new Set<Template>([
  'invitation', 'meeting-poll', 'meeting-fixed', 'meeting-cancelled', 'handover',
]);

interface Claimed {
  message: MessageRow;
  content: MessageContent;
  about: MessageAbout & { phone: string | null };
}

/** Sends one message: claim it, render it, hand it over, mark it sent and forget what it said. */
@Injectable()
export class MessagesJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly links: LinksService,
    private readonly firstContact: FirstContactService,
    private readonly organisations: OrganisationsService,
    private readonly publicUrl: PublicUrl,
    private readonly mail: MailTransport,
    private readonly sms: SmsTransport,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(SEND_MESSAGE, (run, { messageId }) => this.send(run, messageId), {
      onDead: (run, { messageId }) => this.end(run, messageId, 'dead', null),
    });
  }

  private async send(run: JobRun, messageId: string): Promise<JobOutcome> {
    const claimed = await this.database.run(run.ctx, (tx) => this.claim(tx, messageId));
    if (!claimed) return 'skipped';
    try {
      await this.deliver(run.ctx.actor.organisationId, claimed);
    } catch (error) {
      const failure = error instanceof SendingFailed ? error : new SendingFailed('not-rendered', false);
      await this.end(run, messageId, 'failed', failure.code);
      // What was not foreseen keeps its own stack; it holds nothing of the message.
      if (!(error instanceof SendingFailed)) throw error;
      throw failure.permanent ? new PermanentFailure(failure.code) : failure;
    }
    await this.database.run(run.ctx, async (tx) => {
      await named(tx, MARK_SENT, [tx.organisationId, messageId, tx.now, statesWith(MESSAGE_TRANSITIONS, 'delivered')]);
      await this.firstContact.told(tx, messageId);
    });
    return 'done';
  }

  /** Makes the message this worker's, with its link; null when there is nothing to send, or not yet. */
  private async claim(tx: Tx, messageId: string): Promise<Claimed | null> {
    const { organisationId } = tx;
    const [message] = await named<MessageRow>(tx, LOCK_MESSAGE, [organisationId, messageId]);
    const step = message ? sendStep(message, tx.now) : 'skip';
    if (!message?.sealed || step === 'skip') return null;
    if (step === 'busy') throw new Error('another worker is sending this message');
    if (step === 'wait') {
      const runAt = earliest(message, tx.now);
      await this.outbox.add(tx, SEND_MESSAGE, { key: `${messageId}/${runAt.toISOString()}`, payload: { messageId }, runAt });
      return null;
    }
    if (message.memberId && (await named(tx, TAKE_BACK_UNWANTED, [organisationId, messageId])).length > 0) return null;
    await named(tx, CLAIM, [organisationId, messageId, tx.now, statesWith(MESSAGE_TRANSITIONS, 'claimed')]);
    const content = await this.vault.open<MessageContent>({ organisationId, table: 'messages', id: messageId }, message.sealed);
    const link = content.link && message.memberId ? await this.link(tx, content.link, message.memberId, messageId) : null;
    const organisation = await this.organisations.of(tx);
    const { memberId, channel } = message;
    const first = memberId ? await this.firstContact.notice(tx, { id: messageId, memberId, channel }) : null;
    const about = {
      first,
      organisation: organisation.name,
      phone: organisation.phone,
      link: link?.url ?? null,
      linkEndsAt: link?.expiresAt ?? null,
      site: this.publicUrl.base,
      hasCalendar: content.attachments.some(({ contentType }) => contentType.startsWith('text/calendar')),
    };
    return { message, content, about };
  }

  private async link(tx: Tx, wanted: NonNullable<MessageContent['link']>, memberId: string, messageId: string): Promise<IssuedLink | null> {
    if (wanted.rotates) await this.links.endAll(tx, memberId);
    return this.links.issueFor(tx, { memberId, makesKnown: wanted.makesKnown, messageId });
  }

  private async deliver(organisationId: string, { message, content, about }: Claimed): Promise<void> {
    const rendered = render(message.template, content, about);
    const sentAt = this.clock.now();
    const { id } = message;
    if (message.channel === 'sms') {
      await this.sms.send({ organisationId, id, to: content.address!, text: rendered.sms, sentAt });
      return;
    }
    await this.mail.send({
      organisationId,
      id,
      messageId: `<${id}@${this.publicUrl.host}>`,
      from: { name: personName(about.organisation), address: bareAddress(this.settings.mailFrom) },
      to: { name: personName(content.name), address: content.address! },
      subject: rendered.subject,
      text: rendered.text,
      html: rendered.html,
      stopUrl: STOPPABLE.has(message.template) ? about.link : null,
      attachments: content.attachments,
      urgent: message.urgent,
      sentAt,
    });
  }

  private async end(run: JobRun, messageId: string, state: 'failed' | 'dead', code: string | null): Promise<void> {
    const from = statesWith(MESSAGE_TRANSITIONS, state === 'dead' ? 'given-up' : 'refused');
    await this.database.run(run.ctx, (tx) => named(tx, MARK_NOT_SENT, [tx.organisationId, messageId, state, code, from]));
  }
}

/** MAIL_FROM may be written with a name; the name that people see is the organisation's. */
export function bareAddress(mailFrom: string): string {
  return /<([^<>\s]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom;
}
