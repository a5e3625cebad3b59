import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { assertDeviceKnown, inFull } from '../circle/circle.policy.js';
import type { Member } from '../circle/circle.dto.js';
import { isReachable } from '../circle/circle.rules.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { shownName } from '../circle/members.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { actorId, participantOf, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { assertCurrent, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault } from '../platform/vault/vault.js';
import type { Correction, CorrectionAnswerRequest, CorrectionList, CorrectionRequest, OwnChanges } from './rights.dto.js';
import {
  ANSWER_CORRECTION, CORRECTIONS_OF_CASE, CORRECTIONS_WAITING, END_SENT_LINKS, INSERT_CORRECTION, ONE_CORRECTION, RENAME_CASE,
  type CorrectionRow,
} from './rights.queries.js';
import { answerBefore, channelsOfChanged } from './rights.rules.js';

interface Words {
  text: string;
  answer?: string;
}

/** A request that waits, for the list of today. */
export interface WaitingCorrection {
  reference: string;
  name: string;
  subject: string;
  dueOn: string;
}

/** Putting right what is kept: at once what is one's own to say, by request what somebody else wrote. */
@Injectable()
export class CorrectionsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly messages: MessagesService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /**
   * Changes what one says about oneself. Another address or number asks for a device that is known, since a code that makes a
   * device known goes there. Links that were sent to an address that is no longer one's own end; this device stays in.
   */
  async change(ctx: Ctx, changes: OwnChanges, seen: number | null): Promise<Member> {
    const { memberId, caseId } = participantOf(ctx);
    return this.database.run(ctx, async (tx) => {
      await this.cases.lock(tx, caseId, 'circle');
      const member = await this.circle.member(tx, memberId);
      assertCurrent(seen, member.version);
      const known = withChanges(member, changes);
      const after: CircleMember = { ...member, ...known };
      if (!isReachable({ ...after, viaMemberId: after.viaMemberId ?? undefined })) throw invalidField('', 'unreachable');
      const channels = channelsOfChanged(member, after);
      if (channels.length > 0) assertDeviceKnown(tx.actor, tx.now);
      // Only what is other: of another number the circle forgets by itself that it was verified.
      const changed = await this.circle.change(tx, member, known);
      if (channels.length > 0) {
        await named(tx, END_SENT_LINKS, [tx.organisationId, memberId, tx.now, channels]);
        await this.messages.cancel(tx, { memberId, templates: ['personal-link', 'device-code'] });
      }
      if (member.isMainPerson) await named(tx, RENAME_CASE, [tx.organisationId, caseId, shownName(member), shownName(changed)]);
      const values = { name: shownName(changed) };
      await this.cases.note(tx, { caseId, type: 'member-changed', audience: 'facilitator', aboutId: memberId, values });
      await this.audit.record(tx, { action: 'privacy.own-data-changed', object: { kind: 'circle-member', id: memberId }, caseId });
      return inFull(changed);
    });
  }

  /** Asks the facilitator to put right what one cannot change oneself. */
  async ask(ctx: Ctx, { subject, text }: CorrectionRequest): Promise<Correction> {
    const { memberId, caseId } = participantOf(ctx);
    return this.database.run(ctx, async (tx) => {
      await this.cases.require(tx, caseId, 'circle');
      const member = await this.circle.member(tx, memberId);
      const id = newId(tx.now);
      const sealed = await this.vault.seal(place(tx, id), { text } satisfies Words);
      await named(tx, INSERT_CORRECTION, [tx.organisationId, id, caseId, memberId, subject, sealed, answerBefore(tx.now), tx.now]);
      const values = { name: shownName(member) };
      await this.cases.note(tx, { caseId, type: 'correction-asked', audience: 'facilitator', aboutId: memberId, values });
      await this.audit.record(tx, { action: 'privacy.correction-asked', object: { kind: 'correction', id }, caseId });
      return this.one(tx, id);
    });
  }

  /** One's own requests with their answers, newest first. */
  async own(ctx: Ctx): Promise<CorrectionList> {
    const { memberId, caseId } = participantOf(ctx);
    const items = await this.database.view(ctx, (tx) => this.list(tx, caseId, memberId));
    await this.audit.read(ctx, { action: 'privacy.corrections-listed', object: { kind: 'circle-member', id: memberId }, caseId });
    return { items };
  }

  /** Those of one case, for its facilitator. */
  async ofCase(ctx: Ctx, caseId: string): Promise<CorrectionList> {
    const items = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId);
      return this.list(tx, caseId, null);
    });
    await this.audit.read(ctx, { action: 'privacy.corrections-listed', object: { kind: 'case', id: caseId }, caseId });
    return { items };
  }

  /** What waits for one facilitator. The caller audits. */
  async waiting(tx: Tx, facilitatorId: string): Promise<WaitingCorrection[]> {
    return named<WaitingCorrection>(tx, CORRECTIONS_WAITING, [tx.organisationId, facilitatorId]);
  }

  /** What became of it, in words for the one who asked; once. */
  async answer(ctx: Ctx, id: string, { outcome, text }: CorrectionAnswerRequest): Promise<Correction> {
    return this.database.run(ctx, async (tx) => {
      const asked = await this.one(tx, id);
      await this.cases.require(tx, asked.caseId);
      if (asked.state !== 'open') throw stateConflict(asked.state, []);
      const sealed = await this.vault.seal(place(tx, id), { text: asked.text, answer: text } satisfies Words);
      const values = [tx.organisationId, id, outcome, sealed, tx.now, actorId(tx.actor)];
      const { rowCount } = await tx.client.query({ ...ANSWER_CORRECTION, values });
      if (rowCount !== 1) throw stateConflict('answered', []);
      await this.cases.note(tx, { caseId: asked.caseId, type: 'correction-answered', audience: 'member', memberId: asked.memberId, values: { name: asked.memberName } });
      await this.audit.record(tx, { action: 'privacy.correction-answered', object: { kind: 'correction', id }, caseId: asked.caseId, purpose: 'rights' });
      return this.one(tx, id);
    });
  }

  private async list(tx: Tx, caseId: string, memberId: string | null): Promise<Correction[]> {
    const rows = await named<CorrectionRow>(tx, CORRECTIONS_OF_CASE, [tx.organisationId, caseId, memberId]);
    return Promise.all(rows.map((row) => this.opened(tx, row)));
  }

  private async one(tx: Tx, id: string): Promise<Correction> {
    const [row] = await named<CorrectionRow>(tx, ONE_CORRECTION, [tx.organisationId, id]);
    if (!row) throw notFound();
    return this.opened(tx, row);
  }

  private async opened(tx: Tx, { sealed, createdAt, answeredAt, ...row }: CorrectionRow): Promise<Correction> {
    const { text, answer } = await this.vault.open<Words>(place(tx, row.id), sealed);
    return { ...row, text, answer: answer ?? null, createdAt: createdAt.toISOString(), answeredAt: answeredAt?.toISOString() ?? null };
  }
}

/** What they changed: null takes away. */
function withChanges(member: CircleMember, changes: OwnChanges): Partial<CircleMember> {
  const { name, firstName, ...sealed } = changes;
  const taken = Object.fromEntries(Object.entries(sealed).map(([field, value]) => [field, value ?? undefined]));
  return { ...taken, name: name ?? member.name, firstName: firstName === undefined ? member.firstName : firstName };
}

const place = (tx: Tx, id: string): { organisationId: string; table: string; id: string } => {
  return { organisationId: tx.organisationId, table: 'privacy_corrections', id };
};
