import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { invalidField } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault, type SealRef } from '../platform/vault/vault.js';
import type { ContactAttempt } from './circle.dto.js';
import type { ContactErasureListener } from './circle.events.js';
import { assertMayBeContacted } from './circle.policy.js';
import { CircleService, type CircleMember } from './circle.service.js';
import { ContactErasureService } from './contact-erasure.service.js';
import { CLOCK_SKEW_MS, InvitationsService } from './invitations.service.js';
import { shownName } from './members.service.js';
import { NoticesService } from './notices.service.js';
import type { ContactAttemptList, PreparationTalk, PreparationTalkAnswer, PreparationTalkList, PreparationTalkRequest } from './preparation.dto.js';
import { ATTEMPTS_IN_FULL, INSERT_TALK, RESEAL_TALK, TALKS_OF_MEMBER, type AttemptRow, type TalkRow } from './preparation.queries.js';
import { CHANNEL_OF_TALK } from './preparation.rules.js';

interface SealedTalk {
  needs: string | null;
  brings: string | null;
  note: string | null;
}

/** What the facilitator does with each person before the meeting: talks, and attempts to reach them. Nobody else reads it. */
@Injectable()
export class PreparationService implements OnModuleInit, ContactErasureListener {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly invitations: InvitationsService,
    private readonly notices: NoticesService,
    private readonly erasure: ContactErasureService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.erasure.onContactErased(this);
  }

  /**
   * Notes a talk. Refused with 409 for who may not be contacted, and in a case that has ended. Held for the first time with an
   * approved member, it is the first contact: they are `approached`, and were told what is kept.
   */
  async talk(ctx: Ctx, memberId: string, request: PreparationTalkRequest): Promise<PreparationTalkAnswer> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.circle.member(tx, memberId);
      const theCase = await this.cases.lockOpen(tx, caseId);
      const member = await this.circle.member(tx, memberId);
      if (request.at.getTime() > tx.now.getTime() + CLOCK_SKEW_MS) throw invalidField('/at', 'in-the-future');
      assertMayBeContacted(theCase, member);
      const { at, by, outcome, needs = null, brings = null, note = null } = request;
      const id = newId(tx.now);
      const sealed = await this.vault.seal(place(tx, 'circle_preparation_talks', id), { needs, brings, note } satisfies SealedTalk);
      const staffId = tx.actor.kind === 'staff' ? tx.actor.staffId : null;
      await named(tx, INSERT_TALK, [tx.organisationId, id, caseId, memberId, at, by, outcome, sealed, staffId, tx.now]);
      let after = member;
      if (outcome !== 'not-reached') {
        after = await this.invitations.reached(tx, member, CHANNEL_OF_TALK[by]);
        await this.notices.spoken(tx, member, CHANNEL_OF_TALK[by]);
      }
      await this.cases.note(tx, { caseId, type: `talk-${outcome}`, audience: 'facilitator', aboutId: memberId, values: { name: shownName(member) } });
      await this.audit.record(tx, { action: 'circle.talk-noted', object: object(memberId), caseId });
      return { id, memberId, at: at.toISOString(), by, outcome, needs, brings, note, memberState: after.state };
    });
  }

  /** The talks with one person, newest first; 404 for everyone but the facilitator of the case. */
  async talks(ctx: Ctx, memberId: string): Promise<PreparationTalkList> {
    const { caseId, items } = await this.database.view(ctx, async (tx) => {
      const member = await this.circle.member(tx, memberId);
      await this.cases.require(tx, member.caseId);
      return { caseId: member.caseId, items: await this.talksOf(tx, memberId) };
    });
    await this.audit.read(ctx, { action: 'circle.talks-read', object: object(memberId), caseId });
    return { items, next: null };
  }

  /** The attempts to reach one person, newest first; 404 for everyone but the facilitator of the case. */
  async attempts(ctx: Ctx, memberId: string): Promise<ContactAttemptList> {
    const { caseId, list } = await this.database.view(ctx, async (tx) => {
      const member = await this.circle.member(tx, memberId);
      await this.cases.require(tx, member.caseId);
      const items = await this.attemptsOf(tx, memberId);
      const talks = await this.talksOf(tx, memberId);
      return { caseId: member.caseId, list: { items, missed: missedSinceReached(items, talks), next: null } };
    });
    await this.audit.read(ctx, { action: 'circle.attempts-read', object: object(memberId), caseId });
    return list;
  }

  /** The same inside another read of the facilitator, which audits. */
  async talksOf(tx: Tx, memberId: string): Promise<PreparationTalk[]> {
    const rows = await named<TalkRow>(tx, TALKS_OF_MEMBER, [tx.organisationId, memberId]);
    return Promise.all(
      rows.map(async ({ sealed, at, ...row }) => {
        const { needs, brings, note } = await this.vault.open<SealedTalk>(place(tx, 'circle_preparation_talks', row.id), sealed);
        return { ...row, at: at.toISOString(), needs, brings, note };
      }),
    );
  }

  /** What was said goes; that and how there was contact stays, as of an attempt. */
  async contactErased(tx: Tx, { id: memberId }: CircleMember): Promise<void> {
    const nothing: SealedTalk = { needs: null, brings: null, note: null };
    for (const { id } of await named<TalkRow>(tx, TALKS_OF_MEMBER, [tx.organisationId, memberId])) {
      await named(tx, RESEAL_TALK, [tx.organisationId, id, await this.vault.seal(place(tx, 'circle_preparation_talks', id), nothing)]);
    }
  }

  private async attemptsOf(tx: Tx, memberId: string): Promise<ContactAttempt[]> {
    const rows = await named<AttemptRow>(tx, ATTEMPTS_IN_FULL, [tx.organisationId, memberId]);
    return Promise.all(
      rows.map(async ({ sealed, at, ...row }) => {
        const { note } = await this.vault.open<{ note: string | null }>(place(tx, 'circle_contact_attempts', row.id), sealed);
        return { ...row, at: at.toISOString(), note };
      }),
    );
  }
}

/** How often it was not possible since the last contact. */
function missedSinceReached(attempts: readonly ContactAttempt[], talks: readonly PreparationTalk[]): number {
  const tries = [...attempts, ...talks];
  const reached = tries.filter(({ outcome }) => ['reached', 'held', 'declined'].includes(outcome)).map(({ at }) => at);
  const last = reached.sort().at(-1) ?? '';
  return tries.filter(({ outcome, at }) => outcome === 'not-reached' && at > last).length;
}

const place = ({ organisationId }: Tx, table: string, id: string): SealRef => ({ organisationId, table, id });
const object = (id: string): { kind: string; id: string } => ({ kind: 'circle-member', id });
