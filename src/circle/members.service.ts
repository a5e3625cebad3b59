import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { MessagesService } from '../messages/messages.service.js';
import { LinksService } from '../people/links.service.js';
import { ParticipantSessionsService } from '../people/participant-sessions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { assertCurrent, conflict, forbidden, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { CircleService, type CircleMember } from './circle.service.js';
import { ContactErasureService } from './contact-erasure.service.js';
import type { ApprovalRequest, Member, MemberChanges, MemberEndRequest, MemberForParticipants, MemberList, NewMember } from './circle.dto.js';
import { assertDeviceForOthers, memberFor } from './circle.policy.js';
import { ConsentRecords } from './consent-records.service.js';
import { RestrictionsService } from './restrictions.service.js';
import { circleKindOf, isReachable } from './circle.rules.js';


/** Who belongs to the circle: proposed, said yes or "liever niet" to, changed, removed. */
@Injectable()
export class MembersService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly audit: AuditService,
    private readonly sessions: ParticipantSessionsService,
    private readonly links: LinksService,
    private readonly messages: MessagesService,
    private readonly erasure: ContactErasureService,
    private readonly consents: ConsentRecords,
    private readonly restrictions: RestrictionsService,
  ) {}

  /** Everyone of the case, main persons included. */
  async list(ctx: Ctx, caseId: string): Promise<MemberList> {
    const items = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId, 'main-person');
      const hidden = await this.restrictions.hidden(tx, caseId);
      const members = await this.circle.members(tx, caseId);
      return members.filter(({ id }) => !hidden.has(id)).map((member) => memberFor(tx.actor, member, hidden));
    });
    await this.audit.read(ctx, { action: 'circle.listed', object: { kind: 'case', id: caseId }, caseId });
    return { items, next: null };
  }

  async get(ctx: Ctx, memberId: string): Promise<Member | MemberForParticipants> {
    const { member, hidden } = await this.database.view(ctx, (tx) => this.reach(tx, memberId));
    await this.audit.read(ctx, { action: 'circle.member-read', object: object(memberId), caseId: member.caseId });
    return memberFor(ctx.actor, member, hidden);
  }

  /** Proposes someone. They are not contacted before somebody says yes. */
  async propose(ctx: Ctx, caseId: string, person: NewMember): Promise<Member | MemberForParticipants> {
    if (!isReachable(person)) throw invalidField('', 'unreachable');
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId, 'main-person');
      if (person.viaMemberId) await this.assertOfCase(tx, theCase, person.viaMemberId, '/viaMemberId');
      const [member] = await this.circle.add(tx, [{ ...person, caseId }]);
      await this.note(tx, member!, 'member-added', 'circle.member-proposed');
      return memberFor(tx.actor, member!);
    });
  }

  /** Changes what is known of a member, against the version that was read (null: any). */
  async change(ctx: Ctx, memberId: string, changes: MemberChanges, version: number | null): Promise<Member | MemberForParticipants> {
    return this.database.run(ctx, async (tx) => {
      const { member, theCase } = await this.lockReached(tx, memberId, 'facilitator');
      assertCurrent(version, member.version);
      if (changes.viaMemberId === memberId) throw invalidField('/viaMemberId', 'unknown-member');
      if (changes.viaMemberId) await this.assertOfCase(tx, theCase, changes.viaMemberId, '/viaMemberId');
      const { professional, ...rest } = changes;
      const known = withoutTaken(rest);
      const merged: CircleMember = { ...member, ...known };
      if (!isReachable({ ...merged, viaMemberId: merged.viaMemberId ?? undefined })) throw invalidField('', 'unreachable');
      const relation = changes.relation ?? member.relation;
      const reclassed = relation !== null && (changes.relation !== undefined || professional !== undefined);
      const circleKind = reclassed ? circleKindOf(relation, professional) : member.circleKind;
      const changed = await this.circle.change(tx, member, { ...known, circleKind });
      // What was on its way with a link goes to no address that is no longer theirs.
      if (changed.phone !== member.phone || changed.email !== member.email) {
        await this.messages.cancel(tx, { memberId, templates: ['personal-link', 'device-code'] });
      }
      await this.note(tx, changed, 'member-changed', 'circle.member-changed');
      return memberFor(tx.actor, changed);
    });
  }

  /**
   * Somebody says that this person may be asked: a main person on a device that is known, or the facilitator who notes whose
   * yes it was. For the first main person of a case without consent it is the yes to the meeting itself.
   */
  async approve(
    ctx: Ctx,
    memberId: string,
    request: ApprovalRequest,
    seen: number | null = null,
  ): Promise<Member | MemberForParticipants> {
    return this.database.run(ctx, async (tx) => {
      const { member, theCase } = await this.lockReached(tx, memberId, 'main-person');
      assertCurrent(seen, member.version);
      const today = localDay(tx.now);
      const on = request.on ?? today;
      if (on > today) throw invalidField('/on', 'in-the-future');
      const byDefault = tx.actor.kind === 'participant' ? 'main-person' : 'facilitator';
      if (tx.actor.kind === 'participant' && request.by === 'facilitator') throw invalidField('/by', 'one-of');
      if (member.isMainPerson) {
        // The meeting is the first one's to want, and nobody says it for another.
        if (tx.actor.kind === 'participant' && tx.actor.memberId !== memberId) throw forbidden();
        const [first] = await this.circle.mainPersons(tx, theCase.id);
        if (theCase.consentGiven || first?.id !== memberId) throw stateConflict(member.state, []);
        await this.cases.giveConsent(tx, theCase, { name: shownName(member), memberId });
        const { how = 'conversation' } = request;
        await this.consents.add(tx, { caseId: theCase.id, memberId, kind: 'meeting', givenBy: 'person', on, how });
        await this.audit.record(tx, { action: 'circle.consent-given', object: object(memberId), caseId: theCase.id });
        return memberFor(tx.actor, member);
      }
      const approval = { by: request.by ?? byDefault, on, how: request.how ?? 'conversation' } as const;
      const approved = await this.circle.setState(tx, member, 'approve', { approval, approvedAt: tx.now });
      await this.consents.add(tx, { caseId: theCase.id, memberId, kind: 'approval', givenBy: approval.by, on, how: approval.how });
      await this.note(tx, approved, 'member-approved', 'circle.member-approved');
      return memberFor(tx.actor, approved);
    });
  }

  /** "Liever niet": this person is not asked, or does not want to be. */
  async refuse(ctx: Ctx, memberId: string, request: MemberEndRequest, seen: number | null = null): Promise<Member | MemberForParticipants> {
    return this.leave(ctx, memberId, request, 'refuse', seen);
  }

  /** Takes someone out of the circle: by the facilitator, a main person, or themself. Links, sessions and contact data end at once. */
  async remove(ctx: Ctx, memberId: string, request: MemberEndRequest, seen: number | null = null): Promise<Member | MemberForParticipants> {
    return this.leave(ctx, memberId, request, 'remove', seen);
  }

  private async leave(
    ctx: Ctx,
    memberId: string,
    { reason = 'other', remark }: MemberEndRequest,
    event: 'refuse' | 'remove',
    seen: number | null,
  ): Promise<Member | MemberForParticipants> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.circle.member(tx, memberId);
      // Also when the case has ended: whoever wants to go may always go.
      await this.cases.lock(tx, caseId, 'circle');
      const member = await this.circle.member(tx, memberId);
      const others = tx.actor.kind === 'participant' && tx.actor.memberId !== memberId;
      if (others && tx.actor.kind === 'participant' && !tx.actor.isMainPerson) throw notFound();
      if ((await this.restrictions.hidden(tx, caseId)).has(memberId)) throw notFound();
      assertDeviceForOthers(tx.actor, memberId, tx.now);
      assertCurrent(seen, member.version);
      if (member.isMainPerson) throw conflict('main-person-stays');
      const gone = await this.circle.setState(tx, member, event, { ended: { reason, remark } });
      await this.links.endAll(tx, memberId);
      await this.sessions.endOfMember(tx, memberId);
      await this.messages.cancel(tx, { memberId });
      const [type, action] = event === 'refuse'
        ? (['member-refused', 'circle.member-refused'] as const)
        : (['member-removed', 'circle.member-removed'] as const);
      await this.note(tx, gone, type, action);
      if (event === 'remove') await this.erasure.eraseContact(tx, memberId);
      return memberFor(tx.actor, await this.circle.member(tx, memberId));
    });
  }

  /** A member whom the actor may see: the facilitator and main persons everyone of the case, others only themself. */
  private async reach(tx: Tx, memberId: string): Promise<{ member: CircleMember; hidden: ReadonlySet<string> }> {
    const member = await this.circle.member(tx, memberId);
    const self = tx.actor.kind === 'participant' && tx.actor.memberId === memberId;
    if (!self) {
      await this.cases.require(tx, member.caseId, 'main-person');
      assertDeviceForOthers(tx.actor, memberId, tx.now);
    }
    const hidden = await this.restrictions.hidden(tx, member.caseId);
    if (hidden.has(memberId)) throw notFound();
    return { member, hidden };
  }

  /** The member behind the lock of their case, so that commands on one circle follow each other. */
  private async lockReached(
    tx: Tx,
    memberId: string,
    by: 'facilitator' | 'main-person',
  ): Promise<{ member: CircleMember; theCase: CaseEntity }> {
    const { caseId } = await this.circle.member(tx, memberId);
    const theCase = await this.cases.lockOpen(tx, caseId, by);
    if ((await this.restrictions.hidden(tx, caseId)).has(memberId)) throw notFound();
    return { member: await this.circle.member(tx, memberId), theCase };
  }

  private async assertOfCase(tx: Tx, theCase: CaseEntity, memberId: string, pointer: string): Promise<void> {
    const known = await this.circle.members(tx, theCase.id);
    const hidden = await this.restrictions.hidden(tx, theCase.id);
    if (hidden.has(memberId) || !known.some(({ id }) => id === memberId)) throw invalidField(pointer, 'unknown-member');
  }

  private async note(
    tx: Tx,
    member: CircleMember,
    type: 'member-added' | 'member-changed' | 'member-approved' | 'member-refused' | 'member-removed',
    action: string,
  ): Promise<void> {
    const { caseId, id } = member;
    await this.cases.note(tx, { caseId, type, audience: 'main-persons', aboutId: id, values: { name: shownName(member) } });
    await this.audit.record(tx, { action, object: object(id), caseId });
  }
}

/** What is taken away: null in a column of its own, nothing in the sealed part. */
function withoutTaken(changes: Omit<MemberChanges, 'professional'>): Partial<CircleMember> {
  const { firstName, ageBand, viaMemberId, ...sealed } = changes;
  const columns = Object.entries({ firstName, ageBand, viaMemberId }).filter(([, value]) => value !== undefined);
  const rest = Object.entries(sealed).map(([name, value]) => [name, value ?? undefined]);
  return Object.fromEntries([...columns, ...rest]) as Partial<CircleMember>;
}

/** The name that others see: the first name, else the whole name. */
export const shownName = (member: { name: string; firstName: string | null }): string => member.firstName ?? member.name;

const object = (id: string): { kind: string; id: string } => ({ kind: 'circle-member', id });
