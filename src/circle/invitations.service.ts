import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import type { TimelineNote } from '../cases/timeline.service.js';
import { MessagesService, type NewMessage } from '../messages/messages.service.js';
import { LinksService } from '../people/links.service.js';
import { StaffService, type Staff } from '../people/staff.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { assertCurrent, conflict, invalidField, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault } from '../platform/vault/vault.js';
import { day, time } from '../web/format.js';
import type { ContactAttemptAnswer, ContactAttemptRequest, Invitation, Invitations, InvitationsRequest } from './circle.dto.js';
import { needsGuardian } from './approval.rules.js';
import type { InvitationListener } from './circle.events.js';
import { assertMayBeContacted } from './circle.policy.js';
import { INVITABLE_STATES, INVITED_STATES, invitedAs, MEMBER_TRANSITIONS, type Channel } from './circle.rules.js';
import { IndependenceService } from './independence.service.js';
import { NoticesService } from './notices.service.js';
import { RestrictionsService } from './restrictions.service.js';
import { CircleService, type CircleMember } from './circle.service.js';
import { shownName } from './members.service.js';

/** A clock on someone's phone may be a little ahead of ours. */
export const CLOCK_SKEW_MS = 5 * 60 * 1000;
/** Nobody is asked the same thing twice on one day. */
const AGAIN_AFTER_MS = 24 * 60 * 60 * 1000;

const INSERT_ATTEMPT = statement(
  'circle.contact-attempt',
  `insert into circle_contact_attempts (organisation_id, id, member_id, at, channel, outcome, sealed, staff_id, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

/** What every invitation of one command says: whose it is, and of whom the reader may hear. */
interface Inviting {
  theCase: CaseEntity;
  facilitator: Staff | null;
  asker: Awaited<ReturnType<RestrictionsService['askers']>>;
}

/** Reaching people: attempts that are noted, invitations. */
@Injectable()
export class InvitationsService implements OnModuleInit {
  private readonly listeners: InvitationListener[] = [];

  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly notices: NoticesService,
    private readonly messages: MessagesService,
    private readonly links: LinksService,
    private readonly staff: StaffService,
    private readonly independence: IndependenceService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** When a case ends, invitations and links that have not gone yet stay here. */
  onModuleInit(): void {
    this.cases.onEnded({
      ended: async (tx, { id }) => {
        await this.messages.cancel(tx, { caseId: id, templates: ['invitation', 'personal-link'] });
        await this.links.redate(tx, id);
      },
    });
  }

  /** Registers what else happens, in the same transaction, when people are invited. */
  onInvited(listener: InvitationListener): void {
    this.listeners.push(listener);
  }

  /** Notes that the facilitator tried to reach someone. Reached for the first time, an approved member is `approached`. */
  async attempt(
    ctx: Ctx,
    memberId: string,
    request: ContactAttemptRequest,
    seen: number | null = null,
  ): Promise<ContactAttemptAnswer> {
    return this.database.run(ctx, async (tx) => {
      const { member, theCase } = await this.lockMember(tx, memberId);
      assertCurrent(seen, member.version);
      if (request.at.getTime() > tx.now.getTime() + CLOCK_SKEW_MS) throw invalidField('/at', 'in-the-future');
      assertMayBeContacted(theCase, member);
      const { organisationId } = tx;
      const id = newId(tx.now);
      const note = request.note ?? null;
      await named(tx, INSERT_ATTEMPT, [
        organisationId,
        id,
        memberId,
        request.at,
        request.channel,
        request.outcome,
        await this.vault.seal({ organisationId, table: 'circle_contact_attempts', id }, { note }),
        tx.actor.kind === 'staff' ? tx.actor.staffId : null,
        tx.now,
      ]);
      const after = request.outcome === 'reached' ? await this.reached(tx, member, request.channel) : member;
      if (request.outcome === 'reached') await this.notices.spoken(tx, member, request.channel);
      const type = request.outcome === 'reached' ? 'contact-reached' : 'contact-missed';
      await this.cases.note(tx, { caseId: theCase.id, type, audience: 'facilitator', values: { name: shownName(member) } });
      await this.audit.record(tx, { action: 'circle.contact-attempted', object: object(memberId), caseId: theCase.id });
      const { at, channel, outcome } = request;
      return { id, memberId, at: at.toISOString(), channel, outcome, note, memberState: after.state };
    });
  }

  /**
   * Invites the given members, or everyone who may be and is not yet. One who may not be invited refuses all of them with 409;
   * nothing is sent then. Somebody who was invited before and is named gets a reminder with a new link, at most once a day, or
   * at once when the one before did not arrive. Whoever has no mail gets an SMS or becomes a task on the call list: a message in every case.
   */
  async invite(ctx: Ctx, caseId: string, { memberIds }: InvitationsRequest): Promise<Invitations> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId);
      if (!theCase.consentGiven) throw conflict('consent-missing');
      const warnings = await this.independence.warnings(tx, theCase);
      const members = await this.circle.members(tx, caseId);
      // A child is asked with the word of who has authority; who is not named waits for it.
      const chosen = memberIds ? pick(members, memberIds) : members.filter((member) => isInvitedByItself(member) && !lacksGuardian(member));
      const barred = chosen.find((member) => !mayBeInvited(member) && !wasInvited(member));
      if (barred) throw stateConflict(barred.state, barred.isMainPerson ? [] : Object.keys(MEMBER_TRANSITIONS[barred.state]));
      if (chosen.some(lacksGuardian)) throw conflict('guardian-needed');
      const from: Inviting = { theCase, facilitator: await this.staff.find(tx, theCase.facilitatorId), asker: await this.restrictions.askers(tx, theCase) };
      const items: Invitation[] = [];
      for (const member of chosen.filter(wasInvited)) {
        items.push({ memberId: member.id, messageId: await this.again(tx, from, member) });
      }
      const first = chosen.filter(mayBeInvited);
      const invited = await this.circle.inviteAll(tx, first);
      const messageIds = await this.messages.queueAll(tx, first.map((member) => this.invitation(from, member)));
      items.push(...first.map(({ id: memberId }, i) => ({ memberId, messageId: messageIds[i]! })));
      await this.cases.note(tx, ...first.map((member) => invitedNote('member-invited', member)));
      await this.audit.record(tx, ...first.map(({ id }) => ({ action: 'circle.member-invited', object: object(id), caseId })));
      for (const listener of this.listeners) await listener.invited(tx, theCase, invited);
      return { items, ...(warnings.length > 0 ? { warnings } : {}) };
    });
  }

  /**
   * There was contact with this person: what was to be done by hand is done, an approved member is `approached`. Reached by
   * telephone: the number is theirs, and the phone is back.
   */
  async reached(tx: Tx, member: CircleMember, channel: Channel): Promise<CircleMember> {
    await this.messages.doneByHand(tx, member.id);
    const verified = channel === 'call' && member.phone ? { phoneVerifiedAt: tx.now, phoneLostAt: null } : {};
    if (member.state === 'approved' && !member.isMainPerson) {
      return this.circle.setState(tx, member, 'reach', { reachedAt: tx.now, ...verified });
    }
    const changes = member.reachedAt ? verified : { reachedAt: tx.now, ...verified };
    return Object.keys(changes).length === 0 ? member : this.circle.change(tx, member, changes);
  }

  /** Reminds somebody who was invited before; what waited of it is replaced. */
  private async again(tx: Tx, from: Inviting, member: CircleMember): Promise<string> {
    const earliest = new Date((member.invitedAt?.getTime() ?? 0) + AGAIN_AFTER_MS);
    if (earliest > tx.now && (await this.messages.arrives(tx, member.id, 'invitation'))) {
      throw conflict('invited-today', { when: `${day(earliest)} ${time(earliest)}` });
    }
    await this.messages.cancel(tx, { memberId: member.id, templates: ['invitation'] });
    const changed = await this.circle.change(tx, member, { invitedAt: tx.now });
    await this.cases.note(tx, invitedNote('member-invited-again', member));
    await this.audit.record(tx, { action: 'circle.member-invited-again', object: object(member.id), caseId: from.theCase.id });
    return this.messages.queue(tx, this.invitation(from, changed));
  }

  private invitation({ theCase, facilitator, asker }: Inviting, member: CircleMember): NewMessage<'invitation'> {
    const recipient = this.circle.recipient(member);
    return {
      ...recipient,
      template: 'invitation',
      values: {
        resident: asker(member.id) ?? facilitator?.name ?? '',
        facilitator: facilitator?.name,
        phone: facilitator?.phone,
        kind: theCase.kind,
        role: invitedAs(member),
        approached: member.state === 'approached',
        again: wasInvited(member),
      },
      caseId: theCase.id,
      withLink: recipient.channel === 'mail' || recipient.channel === 'sms',
      urgent: theCase.urgent,
      key: `invitation ${member.id} ${member.version}`,
    };
  }

  private async lockMember(tx: Tx, memberId: string): Promise<{ member: CircleMember; theCase: CaseEntity }> {
    const { caseId } = await this.circle.member(tx, memberId);
    const theCase = await this.cases.lockOpen(tx, caseId);
    return { member: await this.circle.member(tx, memberId), theCase };
  }
}

const wasInvited = (member: CircleMember): boolean => !member.isMainPerson && INVITED_STATES.includes(member.state);
const mayBeInvited = (member: CircleMember): boolean => !member.isMainPerson && INVITABLE_STATES.includes(member.state);
/** Of those nobody named, who said that they do not take part is left alone. */
const isInvitedByItself = (member: CircleMember): boolean => mayBeInvited(member) && member.takesPart !== 'not';

const lacksGuardian = (member: CircleMember): boolean => needsGuardian(member) && member.approval?.guardian === undefined;

/** The chosen members; one who is not of this case is pointed at. */
function pick(members: CircleMember[], ids: string[]): CircleMember[] {
  const chosen = ids.map((id, i) => {
    const found = members.find((member) => member.id === id.toLowerCase());
    if (!found) throw invalidField(`/memberIds/${i}`, 'unknown-member');
    return found;
  });
  return [...new Set(chosen)];
}

const invitedNote = (type: 'member-invited' | 'member-invited-again', member: CircleMember): TimelineNote => {
  return { caseId: member.caseId, type, audience: 'main-persons', aboutId: member.id, values: { name: shownName(member) } };
};

const object = (id: string): { kind: string; id: string } => ({ kind: 'circle-member', id });
