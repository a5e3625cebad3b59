import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { LinksService } from '../people/links.service.js';
import { ParticipantSessionsService } from '../people/participant-sessions.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { assertCurrent, conflict, notFound } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { rowFor, WORD_OF_MAIN_PERSON } from './approval.rules.js';
import type { Member, MemberEndRequest, MemberForParticipants, ObjectionTalkRequest, UnreachableRequest } from './circle.dto.js';
import type { MemberLeftListener } from './circle.events.js';
import { assertDeviceForOthers, assertMayBeContacted, memberFor } from './circle.policy.js';
import { CircleService, type CircleMember } from './circle.service.js';
import { ContactErasureService } from './contact-erasure.service.js';
import { shownName } from './members.service.js';
import { RestrictionsService } from './restrictions.service.js';

/** Each way out of the circle, with what stands on the timeline and the audit log. */
const LEAVES = {
  refuse: { note: 'member-refused', action: 'circle.member-refused' },
  remove: { note: 'member-removed', action: 'circle.member-removed' },
  'lose-touch': { note: 'member-unreachable', action: 'circle.member-unreachable' },
} as const;
type Leave = keyof typeof LEAVES;

/**
 * People who go: not asked after all, taken out (also by themself), or not to be reached. Links and sessions end at once and what
 * was on its way stays here. How to reach them is erased at once for who was taken out, else by the run of the next night.
 */
@Injectable()
export class LeavingService {
  private readonly listeners: MemberLeftListener[] = [];

  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly erasure: ContactErasureService,
    private readonly links: LinksService,
    private readonly sessions: ParticipantSessionsService,
    private readonly messages: MessagesService,
    private readonly audit: AuditService,
  ) {}

  /** Registers what else happens, in the same transaction, when somebody left. */
  onLeft(listener: MemberLeftListener): void {
    this.listeners.push(listener);
  }

  /** "Liever niet": this person is not asked, or does not want to be. Of who is brought by another main person it is an objection. */
  async refuse(ctx: Ctx, memberId: string, request: MemberEndRequest, seen: number | null = null): Promise<Member | MemberForParticipants> {
    return this.end(ctx, memberId, 'refuse', request, seen);
  }

  /** Takes someone out of the circle: by the facilitator, a main person, or themself. */
  async remove(ctx: Ctx, memberId: string, request: MemberEndRequest, seen: number | null = null): Promise<Member | MemberForParticipants> {
    return this.end(ctx, memberId, 'remove', request, seen);
  }

  /**
   * The facilitator could not reach this person, who may be contacted: they are waited for no longer. It is an end; somebody of
   * whom there is another number or address after all is proposed anew.
   */
  async unreachable(ctx: Ctx, memberId: string, { note }: UnreachableRequest, seen: number | null = null): Promise<Member | MemberForParticipants> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.circle.member(tx, memberId);
      const theCase = await this.cases.lockOpen(tx, caseId);
      const member = await this.circle.member(tx, memberId);
      assertCurrent(seen, member.version);
      if (member.isMainPerson) throw conflict('main-person-stays');
      assertMayBeContacted(theCase, member);
      return this.leave(tx, theCase, member, 'lose-touch', { reason: 'unreachable', remark: note });
    });
  }

  private async end(
    ctx: Ctx,
    memberId: string,
    event: Exclude<Leave, 'lose-touch'>,
    { reason = 'other', remark }: MemberEndRequest,
    seen: number | null,
  ): Promise<Member | MemberForParticipants> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.circle.member(tx, memberId);
      // Also when the case has ended: whoever wants to go may always go.
      const theCase = await this.cases.lock(tx, caseId, 'circle');
      const member = await this.circle.member(tx, memberId);
      const others = tx.actor.kind === 'participant' && tx.actor.memberId !== memberId;
      if (others && tx.actor.kind === 'participant' && !tx.actor.isMainPerson) throw notFound();
      if ((await this.restrictions.hidden(tx, caseId)).has(memberId)) throw notFound();
      assertDeviceForOthers(tx.actor, memberId, tx.now);
      assertCurrent(seen, member.version);
      if (member.isMainPerson) throw conflict('main-person-stays');
      if (others && (await this.isObjection(tx, member))) return this.object(tx, member, remark);
      return this.leave(tx, theCase, member, event, { reason, remark });
    });
  }

  /** The facilitator talked with the main persons about what was said against this person. */
  async talkedOver(ctx: Ctx, memberId: string, { note }: ObjectionTalkRequest, seen: number | null = null): Promise<Member | MemberForParticipants> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.circle.member(tx, memberId);
      await this.cases.lock(tx, caseId);
      const member = await this.circle.member(tx, memberId);
      assertCurrent(seen, member.version);
      const open = (member.objections ?? []).filter(({ talkedOn }) => !talkedOn);
      if (open.length === 0) throw conflict('nothing-to-talk-over');
      const talk = { talkedOn: localDay(tx.now), note };
      const changed = await this.circle.change(tx, member, { objections: member.objections!.map((one) => ({ ...talk, ...one })) });
      await this.noteObjection(tx, member, 'objection-talked', 'circle.objection-talked');
      return memberFor(tx.actor, changed);
    });
  }

  /** Whether the no of the main person who asks is one about somebody whom another one brings. */
  private async isObjection(tx: Tx, member: CircleMember): Promise<boolean> {
    if (tx.actor.kind !== 'participant') return false;
    const ids = (await this.circle.mainPersons(tx, member.caseId)).map(({ id }) => id);
    return WORD_OF_MAIN_PERSON[rowFor(tx.actor.memberId, member, ids)].no === 'objects';
  }

  /** It undoes nothing: the facilitator hears of it. The same main person says it once. */
  private async object(tx: Tx, member: CircleMember, remark: string | undefined): Promise<Member | MemberForParticipants> {
    const byId = actorId(tx.actor)!;
    const before = member.objections ?? [];
    if (before.some((one) => one.byId === byId && !one.talkedOn)) return memberFor(tx.actor, member);
    const changed = await this.circle.change(tx, member, { objections: [...before, { byId, on: localDay(tx.now), remark }] });
    await this.noteObjection(tx, member, 'member-objection', 'circle.member-objection');
    return memberFor(tx.actor, changed);
  }

  private async noteObjection(tx: Tx, member: CircleMember, type: 'member-objection' | 'objection-talked', action: string): Promise<void> {
    const { id, caseId } = member;
    await this.cases.note(tx, { caseId, type, audience: 'facilitator', aboutId: id, values: { name: shownName(member) } });
    await this.audit.record(tx, { action, object: { kind: 'circle-member', id }, caseId });
  }

  private async leave(
    tx: Tx,
    theCase: CaseEntity,
    member: CircleMember,
    event: Leave,
    ended: { reason: string; remark?: string },
  ): Promise<Member | MemberForParticipants> {
    const { id: memberId, caseId } = member;
    const { note, action } = LEAVES[event];
    await this.circle.setState(tx, member, event, { ended });
    await this.links.endAll(tx, memberId);
    await this.sessions.endOfMember(tx, memberId);
    await this.messages.cancel(tx, { memberId });
    await this.cases.note(tx, { caseId, type: note, audience: 'main-persons', aboutId: memberId, values: { name: shownName(member) } });
    await this.audit.record(tx, { action, object: { kind: 'circle-member', id: memberId }, caseId });
    if (event === 'remove') await this.erasure.eraseContact(tx, memberId);
    // Last: what they still have to hear is not among what was taken back or forgotten.
    for (const listener of this.listeners) await listener.left(tx, theCase, member);
    return memberFor(tx.actor, await this.circle.member(tx, memberId));
  }
}
