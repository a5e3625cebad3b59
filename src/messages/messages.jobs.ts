import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { InjectSettings } from '../platform/config/token.js';
import type { Settings } from '../platform/config/settings.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { JobRegistry, PermanentFailure, type JobOutcome, type JobRun } from '../platform/queue/jobs.js';
import { statesWith } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import { ClaimsService, type Claimed } from './claims.service.js';
import { SendingFailed } from './messages.errors.js';
import { SEND_MESSAGE } from './messages.events.js';
import { LOCK_MESSAGE, MARK_NOT_SENT, type MessageRow } from './messages.queries.js';
import { afterFailure, MESSAGE_TRANSITIONS } from './messages.rules.js';
import { returnAddress } from './returns.rules.js';
import { personName, render, type MessageContent, type Template } from './templates.rules.js';
import { MailTransport, SmsTransport } from './transports.service.js';
import { UndeliveredService } from './undelivered.service.js';

/** What the proof in a return address is for, in the keyed hash. */
export const RETURN_PROOF = 'message-return';

/** Mails whose reader can take themself out on the page behind the link. */
const STOPPABLE: ReadonlySet<Template> = new Set<Template>([
  'invitation', 'meeting-poll', 'meeting-fixed', 'meeting-cancelled', 'meeting-reminder', 'poll-reminder', 'handover',
  'check-in', 'promise-asked', 'condition-test', 'plan-returned', 'plan-carried', 'chair-asked',
]);

/** How a try ended that did not bring the message. */
interface Failed {
  state: 'failed' | 'dead' | 'bounced';
  code: string | null;
  unknown?: boolean;
}

/** Sends one message: claim it, render it, hand it over, mark it sent and forget what it said. */
@Injectable()
export class MessagesJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly vault: Vault,
    private readonly claims: ClaimsService,
    private readonly publicUrl: PublicUrl,
    private readonly mail: MailTransport,
    private readonly sms: SmsTransport,
    private readonly undelivered: UndeliveredService,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(SEND_MESSAGE, (run, { messageId }) => this.send(run, messageId), {
      onDead: (run, { messageId }) => this.fail(run, messageId, { state: 'dead', code: null }),
    });
  }

  private async send(run: JobRun, messageId: string): Promise<JobOutcome> {
    const { organisationId } = run.ctx.actor;
    const claim = await this.claims.claim(organisationId, messageId);
    if (claim === 'skip') return 'skipped';
    if (claim === 'busy') throw new Error('another worker is sending this message');
    if (claim === 'unsure') {
      await this.fail(run, messageId, { state: 'dead', code: 'outcome-unknown' });
      return 'skipped';
    }
    try {
      await this.deliver(organisationId, claim);
    } catch (error) {
      const failure = error instanceof SendingFailed ? error : new SendingFailed('not-rendered', false);
      const state = afterFailure(failure, claim.message);
      await this.fail(run, messageId, { state, code: failure.code, unknown: failure.meaning === 'unknown-outcome' });
      // What was not foreseen keeps its own stack; it holds nothing of the message.
      if (!(error instanceof SendingFailed)) throw error;
      throw state === 'failed' ? failure : new PermanentFailure(failure.code);
    }
    await this.claims.sent(organisationId, messageId);
    return 'done';
  }

  private async deliver(organisationId: string, { message, content, about }: Claimed): Promise<void> {
    const rendered = render(message.template, content, about);
    const sentAt = this.clock.now();
    const { id } = message;
    if (message.channel === 'sms') {
      await this.sms.send({ organisationId, id, to: content.address!, text: rendered.sms, repeated: message.attempts > 0, sentAt });
      return;
    }
    await this.mail.send({
      organisationId,
      id,
      messageId: `<${id}@${this.publicUrl.host}>`,
      from: { name: personName(about.organisation), address: bareAddress(this.settings.mailFrom) },
      returnPath: await this.returnPath(organisationId, id),
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

  /** Where this mail comes back: an address of its own when there is a domain for that, else who sent it. */
  private async returnPath(organisationId: string, messageId: string): Promise<string> {
    const { mailReturnDomain, mailFrom } = this.settings;
    if (!mailReturnDomain) return bareAddress(mailFrom);
    return returnAddress(messageId, await this.vault.lookup(organisationId, RETURN_PROOF, messageId), mailReturnDomain);
  }

  private async fail(run: JobRun, messageId: string, end: Failed): Promise<void> {
    await this.database.run(run.ctx, (tx) => this.ended(tx, messageId, end));
  }

  /** A try ended badly. What is not tried again becomes a task by hand, and an address that takes nothing is remembered. */
  private async ended(tx: Tx, messageId: string, { state, code, unknown = false }: Failed): Promise<void> {
    const { organisationId } = tx;
    const event = ({ failed: 'refused', dead: 'given-up', bounced: 'returned' } as const)[state];
    const from = statesWith(MESSAGE_TRANSITIONS, event);
    const moved = await named(tx, MARK_NOT_SENT, [organisationId, messageId, state, code, from, unknown ? 1 : 0]);
    if (moved.length === 0 || state === 'failed') return;
    const [message] = await named<MessageRow>(tx, LOCK_MESSAGE, [organisationId, messageId]);
    if (!message?.memberId) return;
    const content = message.sealed && (await this.vault.open<MessageContent>({ organisationId, table: 'messages', id: messageId }, message.sealed));
    if (state === 'bounced' && content) {
      const way = { channel: message.channel, address: content.address };
      await this.undelivered.noteBadAddress(tx, message.memberId, await this.undelivered.hashOf(organisationId, way));
    }
    await this.undelivered.taskInstead(tx, message, state, content);
  }
}

/** MAIL_FROM may be written with a name; the name that people see is the organisation's. */
export function bareAddress(mailFrom: string): string {
  return /<([^<>\s]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom;
}
