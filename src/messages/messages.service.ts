import { Injectable } from '@nestjs/common';
import { actorId, hasRole, type Ctx } from '../platform/actor.js';
import { AuditService } from '../audit/audit.service.js';
import { Database } from '../platform/database/database.js';
import { columns, named, type Tx } from '../platform/database/tx.js';
import { decodeCursor, page, type Page } from '../platform/http/cursor.js';
import { newId } from '../platform/ids.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { statesWith } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import type { MessageItem, MessagesQuery } from './messages.dto.js';
import { SEND_MESSAGE } from './messages.events.js';
import {
  DONE_BY_HAND,
  FIND_BY_KEYS,
  FORGET,
  INSERT_MESSAGE,
  LIST_MESSAGES,
  LOCK_NOT_SENT,
  LOCK_NOT_SENT_OF_CASE,
  MESSAGE_COLUMNS,
  NEWEST_STATES,
  RESEAL,
  TAKE_BACK,
  type LogRow,
  type MessageRow,
} from './messages.queries.js';
import { earliest, masked, MESSAGE_TRANSITIONS, type Channel, type MessageState, type Undelivered } from './messages.rules.js';
import { attachment, type Attachment, type MessageContent, type Template, type TemplateValues } from './templates.rules.js';
import { SmsTransport } from './transports.service.js';
import { UndeliveredService, type Way } from './undelivered.service.js';

/** A message to one person. */
export interface NewMessage<T extends Template> {
  template: T;
  channel: Channel;
  /** `address`: mail address, E.164 number or home address; null when it is to be found out by hand. */
  to: { address: string | null; name: string; language?: string | null };
  values: TemplateValues[T];
  memberId?: string;
  staffId?: string;
  referralId?: string;
  caseId?: string;
  meetingId?: string;
  /** A personal link of `memberId` goes with it, made when it is sent. */
  withLink?: boolean;
  /** The link makes the device known: only for a number that was verified in conversation. */
  linkMakesKnown?: boolean;
  /** The person's earlier links end when this one goes out. */
  linkRotates?: boolean;
  attachments?: Attachment[];
  /** Other ways that are as safe, in order: the first that is not known to take nothing is taken. */
  otherwise?: readonly Way[];
  /** A mobile that is as safe: what is urgent goes there too, beside the mail, as a message of its own. */
  textTo?: { address: string; linkMakesKnown: boolean } | null;
  /** Ahead of everything that is not, over connections of its own, and without quiet hours. */
  urgent?: boolean;
  /** The reader has just asked for it: no quiet hours. */
  askedFor?: boolean;
  /** The hours at which it is safe to send them something, in minutes of the local day: kept whatever the message. */
  safeHours?: { from: number; until: number } | null;
  /** To somebody who leaves, while their data end: it belongs to nobody on the log, and goes although they do. */
  isFarewell?: boolean;
  /** What makes it one: the same key again is the same message. */
  key: string;
}

/** Which messages are taken back; at least one of the three ids. */
export interface MessageSelection {
  memberId?: string;
  meetingId?: string;
  caseId?: string;
  templates?: readonly Template[];
}

/** The way that is taken; `why` it is not the one that was meant. */
type FoundWay = Way & { why: Undelivered | null };

/** The message log and the way in: what is to be said to whom. Sending is done by `messages.send`. */
@Injectable()
export class MessagesService {
  private onlyTelling = false;

  constructor(
    private readonly vault: Vault,
    private readonly outbox: Outbox,
    private readonly sms: SmsTransport,
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly undelivered: UndeliveredService,
  ) {}

  /**
   * Writes a message in the command's transaction and returns its id; it is sent after the commit. The same key again returns
   * the first one's id. What no machine can bring (call, letter, visit, no address, no SMS gateway) becomes a task by hand.
   * What is urgent and goes by mail goes to `textTo` as well; the id is the mail's.
   */
  async queue<T extends Template>(tx: Tx, message: NewMessage<T>): Promise<string> {
    return (await this.queueAll(tx, [message]))[0]!;
  }

  /** The same for many at once, in as many statements as for one; the ids in their order. */
  async queueAll<T extends Template>(tx: Tx, messages: readonly NewMessage<T>[]): Promise<string[]> {
    if (messages.length === 0) return [];
    for (const { withLink, memberId, template } of messages) {
      if (withLink && !memberId) throw new Error(`${template} with a personal link needs a memberId`);
    }
    const found = await this.ways(tx, messages);
    const written = messages.map((message, i) => ({ message, way: found[i]! }));
    const texts = written.flatMap(({ message, way }) => (message.urgent && message.textTo && way.channel === 'mail' ? [textBeside(message, message.textTo)] : []));
    const beside = (await this.ways(tx, texts)).flatMap((way, i) => (way.channel === 'sms' ? [{ message: texts[i]!, way }] : []));
    const ids = await this.write(tx, [...written, ...beside]);
    return ids.slice(0, messages.length);
  }

  private async write(tx: Tx, messages: readonly { message: NewMessage<Template>; way: FoundWay }[]): Promise<string[]> {
    const { organisationId } = tx;
    const rows = await Promise.all(messages.map(({ message, way }) => this.row(tx, message, way)));
    const inserted = await named<{ id: string }>(tx, INSERT_MESSAGE, [organisationId, tx.now, ...columns(rows, MESSAGE_COLUMNS)]);
    const isNew = new Set(inserted.map(({ id }) => id));
    const going = rows.filter(({ id, state }) => isNew.has(id) && state === 'queued');
    const jobs = going.map((row) => ({ key: row.id, payload: { messageId: row.id }, runAt: earliest(row, tx.now), urgent: row.urgent }));
    await this.outbox.addAll(tx, SEND_MESSAGE, jobs);
    if (isNew.size === rows.length) return rows.map(({ id }) => id);
    const known = await named<{ id: string; key: string }>(tx, FIND_BY_KEYS, [organisationId, rows.map(({ key }) => key)]);
    return rows.map(({ key }) => known.find((one) => one.key === key)!.id);
  }

  /** A message as it is kept. */
  private async row({ organisationId, now }: Tx, message: NewMessage<Template>, { channel, address, why }: FoundWay) {
    const id = newId(now);
    const byHand = !isByMachine(channel);
    const told = this.onlyTelling && !byHand;
    const content: MessageContent = {
      address,
      name: message.to.name,
      language: message.to.language ?? 'nl',
      values: message.values,
      attachments: (message.attachments ?? []).map(attachment),
      link: message.withLink ? { makesKnown: (message.linkMakesKnown ?? false) && channel === message.channel, rotates: message.linkRotates ?? false } : null,
    };
    const { from: safeFrom = null, until: safeUntil = null } = byHand ? {} : (message.safeHours ?? {});
    return {
      id,
      key: message.key,
      template: message.template,
      channel,
      state: byHand ? 'by-hand' : told ? 'sent' : 'queued',
      toMasked: masked(message.isFarewell ? null : address),
      sealed: told ? null : await this.vault.seal({ organisationId, table: 'messages', id }, content),
      memberId: message.memberId,
      staffId: message.staffId,
      referralId: message.referralId,
      caseId: message.caseId,
      meetingId: message.meetingId,
      urgent: message.urgent ?? false,
      atAnyHour: Boolean(message.urgent || message.askedFor),
      attempts: told ? 1 : 0,
      sentAt: told ? now : null,
      safeFrom,
      safeUntil,
      addressHash: message.memberId && !told && !message.isFarewell ? await this.undelivered.hashOf(organisationId, { channel, address }) : null,
      why,
    };
  }

  /**
   * For the demo, which tells of weeks that never were: from now on a message counts as sent at the moment that it is asked
   * for, and nobody gets it. Returns what ends this.
   */
  pretend(): () => void {
    this.onlyTelling = true;
    return () => {
      this.onlyTelling = false;
    };
  }

  /** Takes back what has not gone yet, tasks by hand included; returns how many. What is being sent at this moment goes. */
  async cancel(tx: Tx, { memberId, meetingId, caseId, templates }: MessageSelection): Promise<number> {
    if (!memberId && !meetingId && !caseId) throw new Error('Cancelling messages needs a member, a meeting or a case');
    const rows = await named(tx, TAKE_BACK, [
      tx.organisationId,
      statesWith(MESSAGE_TRANSITIONS, 'taken-back'),
      memberId ?? null,
      meetingId ?? null,
      caseId ?? null,
      templates ?? null,
    ]);
    return rows.length;
  }

  /** Whether the newest message of this template to somebody arrived, or still may, by one of the ways that it took. */
  async arrives(tx: Tx, memberId: string, template: Template): Promise<boolean> {
    const newest = await named<{ state: MessageState }>(tx, NEWEST_STATES, [tx.organisationId, memberId, template]);
    return newest.some(({ state }) => state !== 'bounced' && state !== 'dead' && state !== 'cancelled');
  }

  /** Forgets what was to be said to someone and where to: nothing more goes out; that it was sent stays known. Returns how many. */
  async forget(tx: Tx, memberId: string): Promise<number> {
    await this.undelivered.forget(tx, memberId);
    return (await named(tx, FORGET, [tx.organisationId, memberId])).length;
  }

  /**
   * Adds to what a person's message says as long as it has not gone: a poll joins an invitation instead of following it.
   * Returns the message's id, or null when there is none to add to, or it went already by another way.
   */
  async amend<T extends Template>(
    tx: Tx,
    { memberId, template, values }: { memberId: string; template: T; values: Partial<TemplateValues[T]> },
  ): Promise<string | null> {
    const { organisationId } = tx;
    const waiting = statesWith(MESSAGE_TRANSITIONS, 'taken-back');
    const rows = await named<MessageRow & { wentToo: boolean }>(tx, LOCK_NOT_SENT, [organisationId, memberId, template, waiting]);
    const said = rows.filter(({ sealed }) => sealed !== null);
    for (const { id, sealed } of said) {
      const ref = { organisationId, table: 'messages', id };
      const content = await this.vault.open<MessageContent<T>>(ref, sealed!);
      const amended = { ...content, values: { ...content.values, ...values } };
      await named(tx, RESEAL, [organisationId, id, await this.vault.seal(ref, amended)]);
    }
    return said.length === 0 || said.some(({ wentToo }) => wentToo) ? null : said[0]!.id;
  }

  /** Somebody else is the facilitator of a case: what has not gone yet is signed by them, with their number. */
  async signAnew(tx: Tx, caseId: string, by: { facilitator: string; phone: string | null }): Promise<void> {
    const { organisationId } = tx;
    const waiting = statesWith(MESSAGE_TRANSITIONS, 'taken-back');
    for (const { id, sealed } of await named<MessageRow>(tx, LOCK_NOT_SENT_OF_CASE, [organisationId, caseId, waiting])) {
      const ref = { organisationId, table: 'messages', id };
      const content = await this.vault.open<MessageContent>(ref, sealed!);
      if (!('facilitator' in content.values)) continue;
      const signed = { ...content, values: { ...content.values, ...by } };
      await named(tx, RESEAL, [organisationId, id, await this.vault.seal(ref, signed)]);
    }
  }

  /** The person was reached by hand: what was to be said to them by telephone, letter or visit is no longer a task. */
  async doneByHand(tx: Tx, memberId: string): Promise<void> {
    await named(tx, DONE_BY_HAND, [tx.organisationId, memberId, tx.now, statesWith(MESSAGE_TRANSITIONS, 'done-by-hand')]);
  }

  /** The log without contents: an admin sees all, a facilitator the messages of their own cases. Newest first. */
  async list(ctx: Ctx, query: MessagesQuery): Promise<Page<MessageItem>> {
    const facilitatorId = hasRole(ctx.actor, 'admin') ? null : actorId(ctx.actor);
    const after = decodeCursor(query.after, ['uuid'])?.[0] ?? null;
    const limit = query.limit!;
    const rows = await this.database.view(ctx, (tx) =>
      named<LogRow>(tx, LIST_MESSAGES, [
        tx.organisationId,
        facilitatorId,
        query.caseId ?? null,
        query.memberId ?? null,
        query.state ?? null,
        after,
        limit + 1,
      ]),
    );
    await this.audit.read(ctx, { action: 'messages.listed', object: null, caseId: query.caseId });
    return page(
      rows,
      limit,
      (row) => [row.id],
      (row) => ({ ...row, sentAt: row.sentAt?.toISOString() ?? null }),
    );
  }

  /** Whether there is a way to send text messages at all. */
  get canText(): boolean {
    return this.sms.available;
  }

  /** For each the first way that can be and that is not known to take nothing; else by hand. */
  private async ways(tx: Tx, messages: readonly NewMessage<Template>[]): Promise<FoundWay[]> {
    const possible = messages.map(({ channel, to, otherwise = [] }) => [{ channel, address: to.address }, ...otherwise]);
    const ofMembers = messages.flatMap(({ memberId }, i) => (memberId ? possible[i]!.filter(isByMachineWay).map((way) => ({ ...way, memberId })) : []));
    const whys = await this.undelivered.barredOf(tx, ofMembers);
    const barred = new Map(ofMembers.map((way, i) => [wayKey(way.memberId, way), whys[i]!]));
    return messages.map(({ memberId }, i) => {
      let why: Undelivered | null = null;
      for (const way of possible[i]!) {
        if (!isByMachineWay(way)) return { ...way, why };
        if (!way.address || (way.channel === 'sms' && !this.sms.available)) continue;
        const against = barred.get(wayKey(memberId, way)) ?? null;
        if (!against) return { ...way, why: null };
        why = against;
      }
      return { channel: 'call', address: possible[i]![0]!.address, why };
    });
  }
}

const isByMachine = (channel: Channel): boolean => channel === 'mail' || channel === 'sms';
const isByMachineWay = ({ channel }: Way): boolean => isByMachine(channel);
const wayKey = (memberId: string | undefined, { channel, address }: Way): string => `${memberId} ${channel} ${address}`;

/** Either link works; a number that takes nothing is no task, since the mail goes. */
const textBeside = <T extends Template>(message: NewMessage<T>, { address, linkMakesKnown }: NonNullable<NewMessage<T>['textTo']>): NewMessage<T> => ({
  ...message,
  channel: 'sms',
  to: { ...message.to, address },
  otherwise: [],
  attachments: [],
  linkMakesKnown,
  linkRotates: false,
  key: `${message.key} sms`,
});
