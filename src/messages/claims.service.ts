import { Injectable } from '@nestjs/common';
import { systemContext } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { Batcher } from '../platform/queue/batcher.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { statesWith } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import { LinksService, type MailedLink } from '../people/links.service.js';
import { OrganisationsService } from '../people/organisations.service.js';
import type { MessageAbout } from '../texts/nl/messages.js';
import { FirstContactService } from './first-contact.service.js';
import { SEND_MESSAGE, type ToMember } from './messages.events.js';
import { CLAIM, LOCK_MESSAGES, MARK_SENT, TAKE_BACK_UNWANTED, type MessageRow } from './messages.queries.js';
import { earliest, isUnsure, MESSAGE_TRANSITIONS, sendStep, type SendStep } from './messages.rules.js';
import type { MessageContent } from './templates.rules.js';
import { UndeliveredService } from './undelivered.service.js';

/** So many messages share one transaction at most. */
const TOGETHER = 50;

/** A message that is this worker's to send now, with what it says beside its own content. */
export interface Claimed {
  message: MessageRow;
  content: MessageContent;
  about: MessageAbout & { phone: string | null };
}

/** `skip`: there is nothing to send, or not yet; `busy`: another worker is sending it; `unsure`: nobody knows whether it was taken. */
export type Claim = Claimed | 'skip' | 'busy' | 'unsure';

interface Opened {
  message: MessageRow;
  content: MessageContent;
}

interface Batches {
  claims: Batcher<string, Claim>;
  sent: Batcher<string, void>;
}

/**
 * Makes messages this worker's, and marks those that have gone. Messages of one organisation that come at the same time share a
 * transaction and what they have in common; where one makes it fail, each has its own.
 */
@Injectable()
export class ClaimsService {
  private readonly organisationsAtWork = new Map<string, Batches>();

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly links: LinksService,
    private readonly firstContact: FirstContactService,
    private readonly organisations: OrganisationsService,
    private readonly publicUrl: PublicUrl,
    private readonly undelivered: UndeliveredService,
  ) {}

  claim(organisationId: string, messageId: string): Promise<Claim> {
    return this.batches(organisationId).claims.add(messageId);
  }

  sent(organisationId: string, messageId: string): Promise<void> {
    return this.batches(organisationId).sent.add(messageId);
  }

  private batches(organisationId: string): Batches {
    let found = this.organisationsAtWork.get(organisationId);
    if (!found) {
      const ctx = systemContext(organisationId, 'messages');
      const claims = (ids: string[]): Promise<Claim[]> => this.database.run(ctx, (tx) => this.claimAll(tx, ids));
      const sent = (ids: string[]): Promise<void[]> => this.database.run(ctx, (tx) => this.markSent(tx, ids));
      found = { claims: new Batcher(claims, TOGETHER), sent: new Batcher(sent, TOGETHER) };
      this.organisationsAtWork.set(organisationId, found);
    }
    return found;
  }

  private async markSent(tx: Tx, ids: string[]): Promise<void[]> {
    await named(tx, MARK_SENT, [tx.organisationId, ids, tx.now, statesWith(MESSAGE_TRANSITIONS, 'delivered')]);
    await this.firstContact.told(tx, ids);
    return ids.map(() => undefined);
  }

  /** What is still to be sent, and now, becomes this worker's, each with a link of its own; answers in the order of the ids. */
  private async claimAll(tx: Tx, ids: string[]): Promise<Claim[]> {
    const rows = await named<MessageRow>(tx, LOCK_MESSAGES, [tx.organisationId, ids]);
    const at = (step: SendStep): MessageRow[] => rows.filter((row) => row.sealed && sendStep(row, tx.now) === step);
    const claims = new Map<string, Claim>(at('busy').map(({ id }) => [id, 'busy']));
    await this.wait(tx, at('wait'));
    const wanted: MessageRow[] = [];
    for (const message of await this.stillWanted(tx, at('send'))) {
      const unknownTries = message.unknownTries + (message.state === 'sending' ? 1 : 0);
      if (isUnsure(message.channel, unknownTries)) claims.set(message.id, 'unsure');
      else wanted.push({ ...message, unknownTries });
    }
    const going = await this.notBarred(tx, await Promise.all(wanted.map((message) => this.opened(tx, message))));
    for (const claimed of await this.take(tx, going)) claims.set(claimed.message.id, claimed);
    return ids.map((id) => claims.get(id) ?? 'skip');
  }

  private async wait(tx: Tx, messages: readonly MessageRow[]): Promise<void> {
    const later = messages.map((message) => {
      const runAt = earliest(message, tx.now);
      return { key: `${message.id}/${runAt.toISOString()}`, payload: { messageId: message.id }, runAt, urgent: message.urgent };
    });
    await this.outbox.addAll(tx, SEND_MESSAGE, later);
  }

  private async stillWanted(tx: Tx, messages: readonly MessageRow[]): Promise<MessageRow[]> {
    const ofMembers = messages.filter(({ memberId }) => memberId).map(({ id }) => id);
    if (ofMembers.length === 0) return [...messages];
    const takenBack = await named<{ id: string }>(tx, TAKE_BACK_UNWANTED, [tx.organisationId, ofMembers, tx.now]);
    return messages.filter(({ id }) => !takenBack.some((one) => one.id === id));
  }

  private async opened({ organisationId }: Tx, message: MessageRow): Promise<Opened> {
    const content = await this.vault.open<MessageContent>({ organisationId, table: 'messages', id: message.id }, message.sealed!);
    return { message, content };
  }

  /** Without those that go where nothing arrives: these become tasks by hand. */
  private async notBarred(tx: Tx, opened: readonly Opened[]): Promise<Opened[]> {
    const ways = opened.flatMap(({ message: { id, memberId, channel }, content: { address } }) => (memberId ? [{ id, memberId, channel, address }] : []));
    const whys = ways.length > 0 ? await this.undelivered.barredOf(tx, ways) : [];
    const barred = new Set<string>();
    for (const [i, way] of ways.entries()) {
      const why = whys[i];
      if (!why) continue;
      await this.undelivered.becomesByHand(tx, way, why);
      barred.add(way.id);
    }
    return opened.filter(({ message }) => !barred.has(message.id));
  }

  private async take(tx: Tx, going: readonly Opened[]): Promise<Claimed[]> {
    if (going.length === 0) return [];
    await named(tx, CLAIM, [tx.organisationId, going.map(({ message }) => message.id), tx.now, statesWith(MESSAGE_TRANSITIONS, 'claimed')]);
    const withLink = going.flatMap(({ message, content: { link } }): MailedLink[] =>
      link && message.memberId ? [{ ...link, memberId: message.memberId, messageId: message.id }] : [],
    );
    const toMembers = going.flatMap(({ message: { id, memberId, channel }, content: { language } }): ToMember[] =>
      memberId ? [{ id, memberId, channel, language }] : [],
    );
    const links = await this.links.issueMailed(tx, withLink);
    const notices = toMembers.length > 0 ? await this.firstContact.notices(tx, toMembers) : new Map<string, never>();
    const organisation = await this.organisations.of(tx);
    return going.map(({ message, content }) => {
      const link = links.get(message.id);
      const about = {
        first: notices.get(message.id) ?? null,
        organisation: organisation.name,
        phone: organisation.phone,
        link: link?.url ?? null,
        linkEndsAt: link?.expiresAt ?? null,
        site: this.publicUrl.base,
        hasCalendar: content.attachments.some(({ contentType }) => contentType.startsWith('text/calendar')),
      };
      return { message, content, about };
    });
  }
}
