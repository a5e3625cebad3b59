import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { FORGET_LOOKUPS } from '../circle/contact-erasure.queries.js';
import { ContactErasureService } from '../circle/contact-erasure.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { FiguresService } from '../micro-analysis/figures.service.js';
import { LinksService } from '../people/links.service.js';
import { ParticipantSessionsService } from '../people/participant-sessions.service.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, notFound } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { Vault } from '../platform/vault/vault.js';
import {
  COUNT_CASE,
  ERASE_CASE,
  ERASE_REFERRAL,
  ERASE_RUN,
  ERASE_SIGN_IN,
  ERASE_STAFF_CONTACT,
  ERASE_WAYS_TO_REACH,
  HOLD_STANDS,
  LET_GO_OF_REFERRAL,
  LET_GO_OF_REQUESTS,
  LOCK_CASE,
} from './erasure.queries.js';

/** Rows per table. */
export type RowCounts = Record<string, number>;

/** Takes away what is no longer to be kept, in the transaction of who asks; that it may go is decided before. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly figures: FiguresService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
    private readonly messages: MessagesService,
    private readonly links: LinksService,
    private readonly sessions: ParticipantSessionsService,
    private readonly contacts: ContactErasureService,
  ) {}

  /**
   * Erases one case over all modules: every row of it and the case itself. What remains are cells of figures and the audit log,
   * which holds ids only; its number is not given again. 409 while a legal hold stands.
   */
  async eraseCase(tx: Tx, caseId: string): Promise<RowCounts> {
    const given = [tx.organisationId, caseId];
    if ((await named(tx, LOCK_CASE, given)).length === 0) throw notFound();
    await this.assertNotHeld(tx, caseId);
    await this.figures.keep(tx, caseId);
    await named(tx, LET_GO_OF_REFERRAL, given);
    await named(tx, LET_GO_OF_REQUESTS, [...given, tx.now]);
    const counts: RowCounts = {};
    for (const { table, erase } of ERASE_CASE) {
      const { rowCount } = await tx.client.query({ ...erase, values: given });
      counts[table] = rowCount ?? 0;
    }
    await this.audit.record(tx, { action: 'privacy.case-erased', object: { kind: 'case', id: caseId }, caseId });
    return counts;
  }

  /** What erasing the case would take away. */
  async countCase(tx: Tx, caseId: string): Promise<RowCounts> {
    const rows = await named<{ table: string; n: number }>(tx, COUNT_CASE, [tx.organisationId, caseId]);
    return Object.fromEntries(rows.map(({ table, n }) => [table, n]));
  }

  /** Refuses with 409 while a legal hold stands on the case: nothing of it is erased, not by request either. */
  async assertNotHeld(tx: Tx, caseId: string): Promise<void> {
    const held = await named(tx, HOLD_STANDS, [tx.organisationId, caseId, localDay(tx.now)]);
    if (held.length > 0) throw conflict('legal-hold');
  }

  /**
   * Erases how someone of the circle is reached. `nameless`, who never joined: their name as well, so that a count remains;
   * else the name stays as long as the file in which they promised something.
   */
  async eraseContact(tx: Tx, { id, caseId, nameless }: { id: string; caseId: string; nameless: boolean }): Promise<void> {
    const { organisationId } = tx;
    await named(tx, LOCK_CASE, [organisationId, caseId]);
    await this.assertNotHeld(tx, caseId);
    if (nameless) {
      await this.contacts.eraseContact(tx, id);
      return;
    }
    const sealed = await this.vault.seal({ organisationId, table: 'circle_members', id }, {});
    await named(tx, ERASE_WAYS_TO_REACH, [organisationId, id, sealed, tx.now]);
    await named(tx, FORGET_LOOKUPS, [organisationId, id]);
    await this.messages.cancel(tx, { memberId: id });
    await this.links.endAll(tx, id);
    await this.sessions.endOfMember(tx, id);
    await this.audit.record(tx, { action: 'privacy.contact-erased', object: { kind: 'circle-member', id }, caseId });
  }

  /** Erases a referral that never became a case; the figures keep counting it. */
  async eraseReferral(tx: Tx, referralId: string): Promise<void> {
    await this.figures.keep(tx, referralId);
    await named(tx, FORGET_LOOKUPS, [tx.organisationId, referralId]);
    await named(tx, ERASE_REFERRAL, [tx.organisationId, referralId]);
    await this.audit.record(tx, { action: 'privacy.referral-erased', object: { kind: 'referral', id: referralId } });
  }

  /** Erases how someone who left is reached and how they signed in. Their name stays with what they did. */
  async eraseStaffContact(tx: Tx, staffId: string): Promise<void> {
    const { organisationId } = tx;
    const sealed = await this.vault.seal({ organisationId, table: 'people_staff', id: staffId }, { email: '', phone: null });
    await named(tx, ERASE_STAFF_CONTACT, [organisationId, staffId, sealed, tx.now]);
    for (const erase of ERASE_SIGN_IN) await named(tx, erase, [organisationId, staffId]);
    await this.audit.record(tx, { action: 'privacy.staff-contact-erased', object: { kind: 'staff', id: staffId } });
  }

  /** Erases the report of a run that only tried. */
  async eraseTrial(tx: Tx, runId: string): Promise<void> {
    for (const erase of ERASE_RUN) await named(tx, erase, [tx.organisationId, runId]);
  }
}
