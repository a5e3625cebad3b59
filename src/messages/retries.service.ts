import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { actorId, hasRole, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { notFound, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { next } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import type { MessageItem } from './messages.dto.js';
import { SEND_MESSAGE } from './messages.events.js';
import { earliest, masked, MESSAGE_TRANSITIONS } from './messages.rules.js';
import type { MessageContent } from './templates.rules.js';
import { LOCK_TO_RETRY, SEND_AGAIN, type RetryRow } from './undelivered.queries.js';
import { UndeliveredService, type Way } from './undelivered.service.js';

/** A message that did not arrive, once more. */
@Injectable()
export class RetriesService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly undelivered: UndeliveredService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Sends a message again that did not arrive, or sooner than it would be tried by itself; to where the person is reached by
   * that channel now. The task by hand in its place is taken back. One that is on its way already stays as it is, so a second
   * click changes nothing. 404 unless an admin or the facilitator of its case; 409 in any other state, when what it said is
   * gone or no longer right, and as long as nothing arrives at that address.
   */
  async again(ctx: Ctx, messageId: string): Promise<MessageItem> {
    return this.database.run(ctx, async (tx) => {
      const { organisationId } = tx;
      const facilitatorId = hasRole(ctx.actor, 'admin') ? null : actorId(ctx.actor);
      const [message] = await named<RetryRow>(tx, LOCK_TO_RETRY, [organisationId, messageId, facilitatorId, tx.now]);
      if (!message) throw notFound();
      const { template, channel, attempts, caseId, state: from } = message;
      const item = { id: messageId, template, channel, to: message.to, attempts, sentAt: null };
      if (from === 'queued' || from === 'sending') return { ...item, state: from };
      const state = next(MESSAGE_TRANSITIONS, from, 'again');
      if (!message.sealed) throw refused(message, 'message-forgotten');
      if (message.overtaken) throw refused(message, 'message-overtaken');
      const ref = { organisationId, table: 'messages', id: messageId };
      const content = await this.vault.open<MessageContent>(ref, message.sealed);
      const way = await this.way(tx, message, content.address);
      const to = masked(way.address);
      const sealed = await this.vault.seal(ref, { ...content, address: way.address });
      const hash = message.memberId ? await this.undelivered.hashOf(organisationId, way) : null;
      await named(tx, SEND_AGAIN, [organisationId, messageId, state, sealed, to, hash]);
      await this.undelivered.takeBackTask(tx, messageId);
      // What waits for the next try by itself gives way: one message has one line of tries.
      await this.outbox.cancel(tx, SEND_MESSAGE, { prefix: messageId });
      const key = `${messageId}/again/${newId(tx.now)}`;
      await this.outbox.add(tx, SEND_MESSAGE, { key, payload: { messageId }, runAt: earliest(message, tx.now), urgent: message.urgent });
      await this.audit.record(tx, { action: 'messages.retried', object: { kind: 'message', id: messageId }, caseId: caseId ?? undefined });
      return { ...item, to, state };
    });
  }

  /** Where it goes now. An address that was taken away is not used any more, and one that takes nothing not until it is put right. */
  private async way(tx: Tx, message: RetryRow, before: string | null): Promise<Way> {
    const { memberId, channel, state } = message;
    const address = memberId ? await this.undelivered.addressNow(tx, memberId, channel) : before;
    if (!address) throw refused(message, 'message-without-address');
    const why = memberId ? await this.undelivered.barred(tx, memberId, { channel, address }) : state;
    if (why === 'complaint') throw refused(message, 'mail-unwanted');
    if (why === 'bounced') throw refused(message, 'address-takes-nothing');
    return { channel, address };
  }
}

/** Why not, with what can be done in place of it in the problem's own words. */
const refused = ({ state }: RetryRow, code: string) => stateConflict(state, [], code);
