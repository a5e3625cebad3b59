import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { OrganisationsService } from '../people/organisations.service.js';
import { systemContext } from '../platform/actor.js';
import type { Settings } from '../platform/config/settings.js';
import { InjectSettings } from '../platform/config/token.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { UUID } from '../platform/http/access.js';
import { Limits, type Limit } from '../platform/http/limits.js';
import { notFound, Problem } from '../platform/http/problem.js';
import { statesWith } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import { RETURN_PROOF } from './messages.jobs.js';
import { masked, MESSAGE_TRANSITIONS } from './messages.rules.js';
import type { ReturnOutcome, SmsReportRequest } from './returns.dto.js';
import { isMacOf, ofMessageId, ofReturnAddress, readReturned, type ReturnedMail } from './returns.rules.js';
import { FIND_RETURNED, MARK_RETURNED, NOTE_ANSWER, type ReturnedRow } from './undelivered.queries.js';
import { UndeliveredService } from './undelivered.service.js';

const WRONG_TOKENS: Limit = { kind: 'delivery-token', max: 20, windowSeconds: 600 };

/** Who handed it in, as the guard knows strangers. */
export interface Caller {
  authorization: string | undefined;
  address: string;
  requestId: string;
}

/**
 * What comes back: mail that could not be delivered, complaints, receipts of text messages. A message is found by the address
 * that was made for it, or by its id; nothing else in a mail is believed, for anybody can write one.
 */
@Injectable()
export class ReturnsService {
  constructor(
    private readonly database: Database,
    private readonly organisations: OrganisationsService,
    private readonly undelivered: UndeliveredService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
    private readonly limits: Limits,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  /** A returned mail. 404 without DELIVERY_TOKEN, 401 with another one. */
  async mail(caller: Caller, raw: string, recipient?: string): Promise<ReturnOutcome> {
    await this.assertToken(caller);
    const returned = readReturned(raw);
    if (returned.kind === 'other') return 'unknown';
    const addresses = recipient ? [recipient, ...returned.to] : returned.to;
    return this.withMessage(
      caller,
      async (tx) => (await this.byReturnAddress(tx, addresses)) ?? (await this.byMessageId(tx, returned)),
      (tx, row) => this.takeMail(tx, row, returned),
    );
  }

  /** A receipt of a text message; the second one of the same kind changes nothing. */
  async sms(caller: Caller, { reference, status }: SmsReportRequest): Promise<ReturnOutcome> {
    await this.assertToken(caller);
    if (reference === null || !UUID.test(reference)) return 'unknown';
    return this.withMessage(
      caller,
      async (tx) => {
        const row = await this.find(tx, reference.toLowerCase());
        return row?.channel === 'sms' ? row : null;
      },
      async (tx, row) => {
        if (status !== 'delivered') return this.undeliverable(tx, row, `sms-${status}`, status === 'permanent-failure');
        const noted = await named(tx, NOTE_ANSWER, [tx.organisationId, row.id, null, tx.now]);
        return noted.length > 0 ? 'delivered' : 'unknown';
      },
    );
  }

  private async assertToken({ authorization, address }: Caller): Promise<void> {
    const { deliveryToken } = this.settings;
    if (deliveryToken === null) throw notFound();
    const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
    const [one, other] = [given, deliveryToken].map((text) => createHash('sha256').update(text).digest());
    if (timingSafeEqual(one!, other!)) return;
    await this.limits.hit(WRONG_TOKENS, address);
    throw new Problem(401, 'unauthenticated');
  }

  /** Whose message it is stands nowhere in the call: it is looked for with each organisation, by primary key. */
  private async withMessage(
    { requestId }: Caller,
    find: (tx: Tx) => Promise<ReturnedRow | null>,
    take: (tx: Tx, row: ReturnedRow) => Promise<ReturnOutcome>,
  ): Promise<ReturnOutcome> {
    for (const { id } of await this.organisations.all()) {
      const outcome = await this.database.run(systemContext(id, requestId), async (tx) => {
        const row = await find(tx);
        if (!row) return null;
        const taken = await take(tx, row);
        if (taken !== 'unknown') {
          const object = { kind: 'message', id: row.id };
          await this.audit.record(tx, { action: 'messages.returned', object, caseId: row.caseId ?? undefined });
        }
        return taken;
      });
      if (outcome !== null) return outcome;
    }
    return 'unknown';
  }

  private async byReturnAddress(tx: Tx, addresses: readonly string[]): Promise<ReturnedRow | null> {
    for (const address of addresses) {
      const said = ofReturnAddress(address);
      const row = said && (await this.find(tx, said.messageId));
      if (row && isMacOf(said.mac, await this.vault.lookup(tx.organisationId, RETURN_PROOF, row.id))) return row;
    }
    return null;
  }

  /** By the id of the mail that it is about, when it also names whom that mail went to. */
  private async byMessageId(tx: Tx, { messageIds, recipient }: ReturnedMail): Promise<ReturnedRow | null> {
    const id = messageIds.map(ofMessageId).find((one) => one !== null);
    const row = id ? await this.find(tx, id) : null;
    return row && recipient !== null && masked(recipient) === row.to ? row : null;
  }

  private async find(tx: Tx, id: string): Promise<ReturnedRow | null> {
    return (await named<ReturnedRow>(tx, FIND_RETURNED, [tx.organisationId, id]))[0] ?? null;
  }

  private async takeMail(tx: Tx, row: ReturnedRow, { kind, status, badAddress }: ReturnedMail): Promise<ReturnOutcome> {
    if (row.channel !== 'mail') return 'unknown';
    if (kind === 'failed') return this.undeliverable(tx, row, `returned-${status ?? 'failed'}`, badAddress);
    if (kind === 'delayed') {
      const noted = await named(tx, NOTE_ANSWER, [tx.organisationId, row.id, `delayed-${status ?? 'unsaid'}`, null]);
      return noted.length > 0 ? 'noted' : 'unknown';
    }
    if (row.memberId) {
      await this.undelivered.noteComplaint(tx, row.memberId);
      await this.undelivered.taskInstead(tx, row, 'complaint', null);
    }
    return 'complaint';
  }

  private async undeliverable(tx: Tx, row: ReturnedRow, code: string, badAddress: boolean): Promise<ReturnOutcome> {
    const from = statesWith(MESSAGE_TRANSITIONS, 'returned');
    const moved = await named(tx, MARK_RETURNED, [tx.organisationId, row.id, code, from]);
    if (moved.length === 0) return 'unknown';
    if (row.memberId && badAddress) await this.undelivered.noteBadAddress(tx, row.memberId, row.hash);
    await this.undelivered.taskInstead(tx, row, badAddress ? 'bounced' : 'dead', null);
    return badAddress ? 'bounced' : 'undelivered';
  }
}
