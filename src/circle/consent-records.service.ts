import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { actorId } from '../platform/actor.js';
import type { Tx } from '../platform/database/tx.js';
import { notFound, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault, type SealRef } from '../platform/vault/vault.js';
import { ConsentEntity } from './consent.entity.js';
import type { ConsentKind, GivenBy } from './consents.rules.js';

/** What is sealed of a yes. */
export interface SealedConsent {
  how: string;
  subject?: string;
  /** Why it was taken back, in words. */
  remark?: string;
}

/** A yes with what is sealed, opened. */
export type OpenConsent = Omit<ConsentEntity, 'sealed'> & SealedConsent;

export interface NewConsent {
  caseId: string;
  memberId: string;
  kind: ConsentKind;
  given?: boolean;
  givenBy: GivenBy;
  on: string;
  how: string;
  subject?: string;
  until?: string;
  professionalMemberId?: string;
}

/** Each yes as it is kept, for commands that have decided who says it. Nothing is overwritten but that it was taken back. */
@Injectable()
export class ConsentRecords {
  constructor(private readonly vault: Vault) {}

  async add(tx: Tx, { how, subject, ...fresh }: NewConsent): Promise<OpenConsent> {
    const id = newId(tx.now);
    const secret: SealedConsent = { how, subject };
    const plain = {
      ...fresh,
      organisationId: tx.organisationId,
      id,
      given: fresh.given ?? true,
      until: fresh.until ?? null,
      professionalMemberId: fresh.professionalMemberId ?? null,
      actorKind: tx.actor.kind,
      actorId: actorId(tx.actor),
      createdAt: tx.now,
      takenBackAt: null,
      takenBackBy: null,
      takenBackById: null,
      reason: null,
    };
    await tx.em.insert(ConsentEntity, { ...plain, sealed: await this.vault.seal(place(tx, id), secret) });
    return { ...plain, ...secret };
  }

  /** One yes, or 404. */
  async get(tx: Tx, id: string): Promise<OpenConsent> {
    const row = await tx.em.findOneBy(ConsentEntity, { organisationId: tx.organisationId, id });
    if (!row) throw notFound();
    return this.opened(tx, row);
  }

  /** Everything of a case, or of one person in it, oldest first. */
  async ofCase(tx: Tx, caseId: string, memberId?: string): Promise<OpenConsent[]> {
    const where = { organisationId: tx.organisationId, caseId, ...(memberId ? { memberId } : {}) };
    const rows = await tx.em.find(ConsentEntity, { where, order: { id: 'ASC' } });
    return Promise.all(rows.map((row) => this.opened(tx, row)));
  }

  /** The newest of a kind that was not taken back, or null. */
  async standing(tx: Tx, memberId: string, kind: ConsentKind): Promise<OpenConsent | null> {
    const row = await tx.em.findOne(ConsentEntity, {
      where: { organisationId: tx.organisationId, memberId, kind, takenBackAt: IsNull() },
      order: { id: 'DESC' },
    });
    return row && this.opened(tx, row);
  }

  /** Whether somebody's yes to the meeting stands. */
  async meetingWanted(tx: Tx, caseId: string): Promise<boolean> {
    return tx.em.existsBy(ConsentEntity, { organisationId: tx.organisationId, caseId, kind: 'meeting', given: true, takenBackAt: IsNull() });
  }

  /** Who took their yes to the meeting back, and did not say it again. */
  async withdrew(tx: Tx, caseId: string): Promise<ReadonlySet<string>> {
    const said = await tx.em.findBy(ConsentEntity, { organisationId: tx.organisationId, caseId, kind: 'meeting' });
    const standing = new Set(said.filter(({ takenBackAt }) => takenBackAt === null).map(({ memberId }) => memberId));
    return new Set(said.map(({ memberId }) => memberId).filter((id) => !standing.has(id)));
  }

  /** Takes one back; a second time is refused with 409. */
  async takeBack(tx: Tx, consent: OpenConsent, end: { by: GivenBy; reason: string; remark?: string }): Promise<OpenConsent> {
    const { how, subject } = consent;
    const changes = { takenBackAt: tx.now, takenBackBy: end.by, takenBackById: actorId(tx.actor), reason: end.reason };
    const sealed = await this.vault.seal(place(tx, consent.id), { how, subject, remark: end.remark } satisfies SealedConsent);
    const key = { organisationId: tx.organisationId, id: consent.id, takenBackAt: IsNull() };
    const { affected } = await tx.em.update(ConsentEntity, key, { ...changes, sealed });
    if (affected !== 1) throw stateConflict('taken-back', []);
    return { ...consent, ...changes, remark: end.remark };
  }

  private async opened(tx: Tx, { sealed, ...plain }: ConsentEntity): Promise<OpenConsent> {
    return { ...plain, ...(await this.vault.open<SealedConsent>(place(tx, plain.id), sealed)) };
  }
}

const place = ({ organisationId }: Tx, id: string): SealRef => ({ organisationId, table: 'circle_consents', id });
