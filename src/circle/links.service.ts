import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { masked } from '../messages/messages.rules.js';
import { MessagesService } from '../messages/messages.service.js';
import { LinksService } from '../people/links.service.js';
import { ParticipantSessionsService } from '../people/participant-sessions.service.js';
import { StaffService } from '../people/staff.service.js';
import { StepUpService } from '../people/step-up.service.js';
import type { Ctx, ParticipantActor } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { assertCurrent, conflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import type { Member, MemberForParticipants } from './circle.dto.js';
import { assertMayBeContacted, memberFor } from './circle.policy.js';
import { isSafeChannel, type Contact } from './circle.rules.js';
import { CircleService, type CircleMember } from './circle.service.js';
import type { CodeSent, LostPhone, NewLink, NewLinkRequest, StepUpRequest } from './links.dto.js';

// A self-referral may come from somebody else: a link goes out only after the facilitator has spoken to the person.
const SELF_REFERRED = statement(
  'circle.self-referred',
  `select exists (select 1 from referrals where organisation_id = $1 and id = $2 and source = 'resident'
     and referrer_staff_id is null) as yes`,
);

/** Personal links and known devices: given, sent again, revoked; a phone that is theirs, a phone that is lost, a code. */
@Injectable()
export class CircleLinksService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly messages: MessagesService,
    private readonly links: LinksService,
    private readonly sessions: ParticipantSessionsService,
    private readonly stepUp: StepUpService,
    private readonly staff: StaffService,
    private readonly audit: AuditService,
  ) {}

  /**
   * A new personal link; older ones end. `show` gives it to the facilitator at the table and makes the device known; so does
   * an SMS to a number that was verified in conversation.
   */
  async link(ctx: Ctx, memberId: string, { via }: NewLinkRequest): Promise<NewLink> {
    return this.database.run(ctx, async (tx) => {
      const { caseId, isMainPerson } = await this.circle.member(tx, memberId);
      // A main person may still want to read and keep their plan when the case has ended.
      const theCase = isMainPerson ? await this.cases.lock(tx, caseId) : await this.cases.lockOpen(tx, caseId);
      const before = await this.circle.member(tx, memberId);
      assertMayBeContacted(theCase, before);
      if (via !== 'show') await this.assertMaySend(tx, theCase, before, via);
      // Giving a link again is the facilitator's word that the lost phone is dealt with.
      const member = before.phoneLostAt ? await this.circle.change(tx, before, { phoneLostAt: null }) : before;
      await this.links.endAll(tx, memberId);
      await this.cases.note(tx, { caseId, type: 'link-sent', audience: 'facilitator', values: { name: callName(member) } });
      await this.audit.record(tx, { action: `circle.link-${via}`, object: object(memberId), caseId });
      if (via === 'show') {
        const { url, expiresAt } = await this.links.issue(tx, { memberId, shown: true });
        return { expiresAt: expiresAt.toISOString(), url };
      }
      const way = { channel: via, address: this.addressFor(member, via) };
      await this.queue(tx, theCase, member, way, { withLink: true, key: `personal-link ${newId(tx.now)}` });
      return { expiresAt: (await this.links.wouldEnd(tx, memberId)).toISOString() };
    });
  }

  /** Ends every link of a person and what was opened with them; also when the case is over. */
  async revoke(ctx: Ctx, memberId: string): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      const { member, theCase } = await this.lock(tx, memberId);
      await this.endEverything(tx, memberId);
      await this.cases.note(tx, { caseId: theCase.id, type: 'links-ended', audience: 'facilitator', values: { name: callName(member) } });
      await this.audit.record(tx, { action: 'circle.links-ended', object: object(memberId), caseId: theCase.id });
    });
  }

  /** The facilitator heard in conversation that the number is theirs: an SMS link to it makes a device known. */
  async verifyPhone(ctx: Ctx, memberId: string, seen: number | null): Promise<Member | MemberForParticipants> {
    return this.database.run(ctx, async (tx) => {
      const { member, theCase } = await this.lock(tx, memberId);
      assertCurrent(seen, member.version);
      assertMayBeContacted(theCase, member);
      if (!member.phone) throw conflict('no-phone-number');
      const verified = await this.circle.change(tx, member, { phoneVerifiedAt: tx.now, phoneLostAt: null });
      await this.cases.note(tx, { caseId: theCase.id, type: 'phone-verified', audience: 'facilitator', values: { name: callName(member) } });
      await this.audit.record(tx, { action: 'circle.phone-verified', object: object(memberId), caseId: theCase.id });
      return memberFor(tx.actor, verified);
    });
  }

  /**
   * A lost phone: all links, sessions and known devices of the person end at once, their number is no longer taken for theirs,
   * what was on its way is taken back, and no link goes out until the facilitator gives one. The timeline says what to do.
   */
  async lostPhone(ctx: Ctx, memberId: string): Promise<LostPhone> {
    return this.database.run(ctx, async (tx) => {
      const { member, theCase } = await this.lock(tx, memberId);
      const ended = await this.endEverything(tx, memberId);
      await this.circle.change(tx, member, { phoneVerifiedAt: null, phoneLostAt: tx.now });
      await this.cases.note(tx, { caseId: theCase.id, type: 'phone-lost', audience: 'facilitator', values: { name: callName(member) } });
      await this.audit.record(tx, { action: 'circle.phone-lost', object: object(memberId), caseId: theCase.id });
      return ended;
    });
  }

  /** Sends the code that makes this device known. The answer names the address half: the person sees which one it is. */
  async sendCode(ctx: Ctx, { via }: StepUpRequest): Promise<CodeSent> {
    const actor = ctx.actor as ParticipantActor;
    await this.stepUp.throttle(actor);
    return this.database.run(ctx, async (tx) => {
      const member = await this.circle.member(tx, actor.memberId);
      const address = this.addressFor(member, via);
      const { code, expiresAt } = await this.stepUp.newCode(tx, actor);
      await this.messages.cancel(tx, { memberId: member.id, templates: ['device-code'] });
      await this.messages.queue(tx, {
        ...this.circle.recipient(member, { channel: via, address }),
        // Asked for by who waits for it.
        safeHours: null,
        template: 'device-code',
        values: { code, expiresAt: expiresAt.toISOString() },
        caseId: member.caseId,
        askedFor: true,
        key: `device-code ${newId(tx.now)}`,
      });
      await this.audit.record(tx, { action: 'people.code-sent', object: object(member.id), caseId: member.caseId });
      return { via, to: masked(address), expiresAt: expiresAt.toISOString() };
    });
  }

  /** By which ways a code can reach this person, and where to, half hidden. */
  async codeWays(ctx: Ctx): Promise<{ via: 'sms' | 'mail'; to: string }[]> {
    const actor = ctx.actor as ParticipantActor;
    const member = await this.database.view(ctx, (tx) => this.circle.member(tx, actor.memberId));
    const ways = [
      { via: 'sms' as const, address: this.messages.canText ? member.phone : undefined },
      { via: 'mail' as const, address: member.email },
    ];
    return ways.flatMap(({ via, address }) =>
      address && isSafeChannel(via, member.contactPreference) && !(via === 'sms' && member.phoneLostAt) ? [{ via, to: masked(address) }] : [],
    );
  }

  /** Whether a link may be sent to this person by itself: after a conversation, or after the facilitator gave one before. */
  async maySendAgain(tx: Tx, theCase: CaseEntity, member: CircleMember, hadLink: boolean): Promise<boolean> {
    if (!member.isMainPerson || member.reachedAt) return true;
    return hadLink && !(await this.selfReferred(tx, theCase));
  }

  /** Sends a personal link that was asked for, by this way. */
  async queue(tx: Tx, theCase: CaseEntity, member: CircleMember, way: Contact, message: { withLink: boolean; linkRotates?: boolean; key: string }): Promise<void> {
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    await this.messages.queue(tx, {
      ...this.circle.recipient(member, way),
      ...message,
      template: 'personal-link',
      values: { facilitator: facilitator?.name, phone: facilitator?.phone, isMainPerson: member.isMainPerson },
      caseId: theCase.id,
      askedFor: true,
    });
  }

  private async assertMaySend(tx: Tx, theCase: CaseEntity, member: CircleMember, via: 'mail' | 'sms'): Promise<void> {
    this.addressFor({ ...member, phoneLostAt: null }, via);
    if (member.isMainPerson && !member.reachedAt && (await this.selfReferred(tx, theCase))) throw conflict('speak-first');
  }

  private async selfReferred(tx: Tx, { referralId }: CaseEntity): Promise<boolean> {
    if (!referralId) return false;
    const [row] = await named<{ yes: boolean }>(tx, SELF_REFERRED, [tx.organisationId, referralId]);
    return row!.yes;
  }

  private addressFor(member: CircleMember, via: 'mail' | 'sms'): string {
    const address = via === 'mail' ? member.email : member.phone;
    if (!address) throw conflict(via === 'mail' ? 'no-mail-address' : 'no-phone-number');
    if (!isSafeChannel(via, member.contactPreference)) throw conflict('channel-not-safe');
    if (via === 'sms' && member.phoneLostAt) throw conflict('phone-lost');
    return address;
  }

  private async endEverything(tx: Tx, memberId: string): Promise<LostPhone> {
    const linksEnded = await this.links.endAll(tx, memberId);
    const devicesEnded = await this.sessions.endOfMember(tx, memberId);
    await this.messages.cancel(tx, { memberId, templates: ['personal-link', 'device-code'] });
    return { linksEnded, devicesEnded };
  }

  private async lock(tx: Tx, memberId: string): Promise<{ member: CircleMember; theCase: CaseEntity }> {
    const { caseId } = await this.circle.member(tx, memberId);
    const theCase = await this.cases.lock(tx, caseId);
    return { member: await this.circle.member(tx, memberId), theCase };
  }
}

const callName = (member: CircleMember): string => member.firstName ?? member.name;

const object = (id: string): { kind: string; id: string } => ({ kind: 'circle-member', id });
