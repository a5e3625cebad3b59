import { Injectable } from '@nestjs/common';
import { named, type Tx } from '../platform/database/tx.js';
import { newId } from '../platform/ids.js';
import { statesWith } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import type { PeoplePort } from './messages.events.js';
import type { MessageRow } from './messages.queries.js';
import { MESSAGE_TRANSITIONS, type Channel, type Undelivered } from './messages.rules.js';
import type { MessageContent } from './templates.rules.js';
import { BECOME_BY_HAND, FORGET_UNREACHABLE, INSERT_INSTEAD, NOTE_UNREACHABLE, TAKE_BACK_INSTEAD, UNREACHABLE } from './undelivered.queries.js';

/** A way to someone: the channel, and the address there. */
export interface Way {
  channel: Channel;
  address: string | null;
}

interface UnreachableRow {
  memberId: string;
  why: 'bounced' | 'complaint';
  addressHash: Buffer;
}

const NO_ADDRESS = Buffer.alloc(0);

/** Nobody is silently lost: what does not arrive becomes a task by hand, and an address that takes nothing is left alone. */
@Injectable()
export class UndeliveredService {
  private people: PeoplePort | null = null;

  constructor(private readonly vault: Vault) {}

  /** Registers who knows the people. */
  ask(port: PeoplePort): void {
    this.people = port;
  }

  /** Where a message by this channel would go now. */
  async addressNow(tx: Tx, memberId: string, channel: string): Promise<string | null> {
    return (await this.people?.addressNow(tx, memberId, channel)) ?? null;
  }

  /** The keyed hash by which an address is known again; null for what no machine goes to. */
  async hashOf(organisationId: string, { channel, address }: Way): Promise<Buffer | null> {
    if (address === null || (channel !== 'mail' && channel !== 'sms')) return null;
    return this.vault.lookup(organisationId, 'message-address', address.trim().toLowerCase());
  }

  /** Why nothing goes this way to somebody, or null: mail came back from there, or they asked for no more mail. */
  async barred(tx: Tx, memberId: string, way: Way): Promise<Undelivered | null> {
    return (await this.barredOf(tx, [{ ...way, memberId }]))[0]!;
  }

  /** The same for many ways, in their order. */
  async barredOf(tx: Tx, ways: readonly (Way & { memberId: string })[]): Promise<(Undelivered | null)[]> {
    if (ways.length === 0) return [];
    const rows = await named<UnreachableRow>(tx, UNREACHABLE, [tx.organisationId, ways.map(({ memberId }) => memberId)]);
    return Promise.all(
      ways.map(async ({ memberId, ...way }) => {
        const known = rows.filter((row) => row.memberId === memberId);
        if (known.length === 0) return null;
        if (way.channel === 'mail' && known.some(({ why }) => why === 'complaint')) return 'complaint';
        const hash = await this.hashOf(tx.organisationId, way);
        return hash && known.some(({ addressHash }) => addressHash.equals(hash)) ? 'bounced' : null;
      }),
    );
  }

  /** The address takes nothing: no message goes there until it is corrected. */
  async noteBadAddress(tx: Tx, memberId: string, hash: Buffer | null): Promise<void> {
    if (hash) await named(tx, NOTE_UNREACHABLE, [tx.organisationId, memberId, 'bounced', hash, tx.now]);
  }

  /** No more mail to this person, whatever the address. */
  async noteComplaint(tx: Tx, memberId: string): Promise<void> {
    await named(tx, NOTE_UNREACHABLE, [tx.organisationId, memberId, 'complaint', NO_ADDRESS, tx.now]);
  }

  async forget(tx: Tx, memberId: string): Promise<void> {
    await named(tx, FORGET_UNREACHABLE, [tx.organisationId, memberId]);
  }

  /** A message that waits cannot go by itself: it is a task by hand from now on. */
  async becomesByHand(tx: Tx, { id, memberId }: Pick<MessageRow, 'id' | 'memberId'>, why: Undelivered): Promise<void> {
    const found = memberId ? await this.people?.byHand(tx, memberId) : null;
    const from = statesWith(MESSAGE_TRANSITIONS, 'cannot-go');
    const moved = await named(tx, BECOME_BY_HAND, [tx.organisationId, id, found?.channel ?? 'call', why, from]);
    if (moved.length > 0 && memberId && found) await this.people?.undelivered(tx, { memberId, caseId: found.caseId, why });
  }

  /**
   * A message to somebody of a case did not arrive: a task by hand stands in its place, once for each time that it went. `content` is what it said, when
   * that is still known.
   */
  async taskInstead(tx: Tx, message: { id: string; memberId: string | null; attempts: number }, why: Undelivered, content: MessageContent | null): Promise<void> {
    const { id: follows, memberId, attempts } = message;
    const found = memberId ? await this.people?.byHand(tx, memberId) : null;
    if (!memberId || !found) return;
    const { organisationId } = tx;
    const id = newId(tx.now);
    const said: MessageContent = content ?? { address: null, name: '', language: 'nl', values: {}, forgotten: true, attachments: [], link: null };
    const sealed = await this.vault.seal({ organisationId, table: 'messages', id }, { ...said, address: null });
    const key = why === 'complaint' ? `complaint ${memberId}` : `instead of ${follows} after ${attempts}`;
    const values = [organisationId, id, key, found.channel, follows, sealed, found.caseId, tx.now, why];
    if ((await named(tx, INSERT_INSTEAD, values)).length > 0) await this.people?.undelivered(tx, { memberId, caseId: found.caseId, why });
  }

  /** The message goes again: nobody has to do it by hand. */
  async takeBackTask(tx: Tx, messageId: string): Promise<void> {
    await named(tx, TAKE_BACK_INSTEAD, [tx.organisationId, messageId]);
  }
}
