import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { LinksService } from '../people/links.service.js';
import { ParticipantSessionsService } from '../people/participant-sessions.service.js';
import { named, type Tx } from '../platform/database/tx.js';
import { Vault } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import type { ContactErasureListener, LegalHoldPort } from './circle.events.js';
import { ATTEMPTS_OF_MEMBER, FORGET_ATTEMPT, FORGET_CONSENTS, FORGET_LOOKUPS, FORGET_RESTRICTIONS } from './contact-erasure.queries.js';
import { CircleService } from './circle.service.js';

/** Erases how someone is reached and who they are. What stays is one of a number: which part of the circle, and how far it came. */
@Injectable()
export class ContactErasureService {
  private readonly listeners: ContactErasureListener[] = [];
  private holds: LegalHoldPort | null = null;

  constructor(
    private readonly circle: CircleService,
    private readonly cases: CasesService,
    private readonly messages: MessagesService,
    private readonly links: LinksService,
    private readonly sessions: ParticipantSessionsService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** Registers what else is forgotten, in the same transaction. */
  onContactErased(listener: ContactErasureListener): void {
    this.listeners.push(listener);
  }

  /** Registers who knows of legal holds. */
  onLegalHold(port: LegalHoldPort): void {
    this.holds = port;
  }

  /**
   * Erases one person in the caller's transaction: name, relation, mail, telephone, address, guardians, preference, what was
   * noted of calls, what was to be sent, look-ups; links and sessions end. On the timeline stands "iemand". False when it was
   * done before, and while a legal hold stands on the case: the first nightly run after it does what is left here. The caller
   * has decided that it may, and holds the case.
   */
  async eraseContact(tx: Tx, memberId: string): Promise<boolean> {
    const person = await this.circle.member(tx, memberId);
    if (person.erasedAt) return false;
    const object = { kind: 'circle-member', id: memberId };
    if (await this.holds?.isHeld(tx, person.caseId)) {
      for (const listener of this.listeners) await listener.contactHeld?.(tx, person);
      await this.audit.record(tx, { action: 'circle.contact-held', object, caseId: person.caseId, result: 'refused' });
      return false;
    }
    const { organisationId } = tx;
    const { someone } = textsFor('nl').privacy;
    await this.sessions.endOfMember(tx, memberId);
    await this.links.endAll(tx, memberId);
    await this.messages.forget(tx, memberId);
    for (const forget of [FORGET_LOOKUPS, FORGET_CONSENTS, FORGET_RESTRICTIONS]) await named(tx, forget, [organisationId, memberId]);
    for (const { id } of await named<{ id: string }>(tx, ATTEMPTS_OF_MEMBER, [organisationId, memberId])) {
      const nothing = await this.vault.seal({ organisationId, table: 'circle_contact_attempts', id }, { note: null });
      await named(tx, FORGET_ATTEMPT, [organisationId, id, nothing]);
    }
    const names = [person.name, person.firstName].filter((name) => name !== null);
    await this.cases.forgetOnTimeline(tx, person.caseId, { id: memberId, names }, someone);
    // First the others, who may have to know who it was.
    for (const listener of this.listeners) await listener.contactErased(tx, person);
    await this.circle.forget(tx, person, someone);
    await this.audit.record(tx, { action: 'circle.contact-erased', object, caseId: person.caseId });
    return true;
  }
}
