import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { MessagesService } from '../messages/messages.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { assertCurrent, conflict, forbidden, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { CircleService, type CircleMember } from './circle.service.js';
import type { ApprovalRequest, Member, MemberChanges, MemberForParticipants, MemberList, NewMember } from './circle.dto.js';
import { assertDeviceForOthers, memberFor } from './circle.policy.js';
import { ConsentRecords } from './consent-records.service.js';
import { RestrictionsService } from './restrictions.service.js';
import { broughtBy, guardianWord, isTooYoungFor, rowFor, WORD_OF_MAIN_PERSON, type YesOf } from './approval.rules.js';
import { circleKindOf, INVITABLE_STATES, isReachable } from './circle.rules.js';


/** Who belongs to the circle: proposed, said yes to, changed. Who goes is in `leaving.service.ts`. */
@Injectable()
export class MembersService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly audit: AuditService,
    private readonly messages: MessagesService,
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
    const { relation, professional, ageBand = null } = person;
    if (isTooYoungFor(circleKindOf(relation, professional), { relation, ageBand })) throw invalidField('/ageBand', 'not-a-child');
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
      const ageBand = changes.ageBand === undefined ? member.ageBand : changes.ageBand;
      if (changes.viaMemberId === memberId) throw invalidField('/viaMemberId', 'unknown-member');
      if (changes.viaMemberId) await this.assertOfCase(tx, theCase, changes.viaMemberId, '/viaMemberId');
      const { professional, ...rest } = changes;
      const known = withoutTaken(rest);
      const merged: CircleMember = { ...member, ...known };
      if (!isReachable({ ...merged, viaMemberId: merged.viaMemberId ?? undefined })) throw invalidField('', 'unreachable');
      const relation = changes.relation ?? member.relation;
      const reclassed = relation !== null && (changes.relation !== undefined || professional !== undefined);
      const circleKind = reclassed ? circleKindOf(relation, professional) : member.circleKind;
      if (isTooYoungFor(circleKind, { relation, ageBand })) throw invalidField('/ageBand', 'not-a-child');
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
   * yes it was. For the first main person of a case without consent it is the yes to the meeting itself; when they took it back, for the next one. Below 16 the word of
   * who has authority goes with it: 409 `guardian-needed` until the facilitator noted it, and then it may be added later too.
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
        const withdrew = await this.consents.withdrew(tx, theCase.id);
        const [first] = (await this.circle.mainPersons(tx, theCase.id)).filter(({ id }) => !withdrew.has(id));
        // Who took it back can always say it again, also when the next one has said it since.
        const asked = withdrew.has(memberId) || (!theCase.consentGiven && first?.id === memberId);
        if (!asked) throw stateConflict(member.state, []);
        const guardian = guardianOf(tx, { about: [member], by: member, request });
        const said = { by: request.by ?? byDefault, on, how: request.how ?? 'conversation', guardian };
        if (guardian !== undefined) await this.circle.change(tx, member, { approval: said });
        await this.cases.giveConsent(tx, theCase, { name: shownName(member), memberId });
        const { how = 'conversation' } = request;
        await this.consents.add(tx, { caseId: theCase.id, memberId, kind: 'meeting', givenBy: 'person', on, how });
        await this.audit.record(tx, { action: 'circle.consent-given', object: object(memberId), caseId: theCase.id });
        return memberFor(tx.actor, await this.circle.member(tx, memberId));
      }
      const approver = await this.approver(tx, member);
      const about = approver && approver.id !== member.id ? [member, approver] : [member];
      const guardian = guardianOf(tx, { about, by: approver, request });
      const approval = { by: request.by ?? byDefault, on, how: request.how ?? 'conversation', memberId: approver?.id, guardian } as const;
      if (member.approval && !member.approval.guardian && guardian !== undefined && INVITABLE_STATES.includes(member.state)) {
        return memberFor(tx.actor, await this.circle.change(tx, member, { approval: { ...member.approval, guardian } }));
      }
      const approved = await this.circle.setState(tx, member, 'approve', { approval, approvedAt: tx.now });
      await this.consents.add(tx, { caseId: theCase.id, memberId, kind: 'approval', givenBy: approval.by, on, how: approval.how });
      await this.note(tx, approved, 'member-approved', 'circle.member-approved');
      return memberFor(tx.actor, approved);
    });
  }

  /**
   * Which main person says this yes: the one who asks, else who brings this person, else the first. Somebody whom another one
   * brings is not theirs to say yes to (409), unless of that other one they must not hear.
   */
  private async approver(tx: Tx, member: CircleMember): Promise<CircleMember | null> {
    const { actor } = tx;
    const mainPersons = await this.circle.mainPersons(tx, member.caseId);
    const hidden = await this.restrictions.hidden(tx, member.caseId);
    const ids = mainPersons.map(({ id }) => id).filter((id) => !hidden.has(id));
    if (actor.kind === 'participant') {
      if (WORD_OF_MAIN_PERSON[rowFor(actor.memberId, member, ids)].yes === 'not-theirs') throw conflict('brought-by-another');
      return mainPersons.find(({ id }) => id === actor.memberId) ?? null;
    }
    const bringer = broughtBy(member, ids);
    return mainPersons.find(({ id }) => id === bringer) ?? mainPersons[0] ?? null;
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
    type: 'member-added' | 'member-changed' | 'member-approved',
    action: string,
  ): Promise<void> {
    const { caseId, id } = member;
    await this.cases.note(tx, { caseId, type, audience: 'main-persons', aboutId: id, values: { name: shownName(member) } });
    await this.audit.record(tx, { action, object: object(id), caseId });
  }
}

/** Whose word as guardian goes with this yes; nothing where none is needed. Refuses with 409 where one is missing. */
function guardianOf(tx: Tx, { about, by, request }: Pick<YesOf, 'about'> & { by: CircleMember | null; request: ApprovalRequest }): string | undefined {
  const word = guardianWord({ about, by, noted: tx.actor.kind !== 'participant', guardian: request.guardian });
  if ('wrong' in word) throw invalidField('/guardian', word.wrong);
  if (word.needed && word.guardian === null) throw conflict('guardian-needed');
  return word.needed ? word.guardian! : undefined;
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
