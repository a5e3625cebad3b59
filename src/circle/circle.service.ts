import { Injectable } from '@nestjs/common';
import { In, Raw } from 'typeorm';
import { CasesService } from '../cases/cases.service.js';
import { actorId } from '../platform/actor.js';
import { columns, named, statement, type Tx } from '../platform/database/tx.js';
import { notFound, stale, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { next, statesWith } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import { ageBandFrom, type AgeBand } from './approval.rules.js';
import { CircleMemberEntity } from './circle-member.entity.js';
import type { ContactPreference } from './circle.dto.js';
import { safeHours, type SafeHours } from './contact-hours.rules.js';
import { circleKindOf, contactOf, contactsOf, MEMBER_TRANSITIONS, type Contact, type MemberEvent, type Relation } from './circle.rules.js';

/** What is sealed of a member. */
export interface SealedMember {
  email?: string;
  phone?: string;
  reach?: 'letter' | 'visit' | 'via-member';
  address?: string;
  organisation?: string;
  language?: string;
  guardians?: string[];
  birthYear?: number;
  contactPreference?: ContactPreference;
  /** Whose yes it was that this person may be asked, when, how it was said, and whose word as guardian went with it. */
  approval?: { by: 'main-person' | 'facilitator'; on: string; how: string; memberId?: string; guardian?: string };
  /** Main persons who rather do not have this person there, whom another one brings; for the facilitator, to be talked about. */
  objections?: { byId: string; on: string; remark?: string; talkedOn?: string; note?: string }[];
  /** Who gave us the name, when it came with the referral. */
  namedBy?: string;
  /** Why this person left. */
  ended?: { reason: string; remark?: string };
}

/** A member with everything that is sealed, opened. */
export type CircleMember = Omit<CircleMemberEntity, 'sealed'> & SealedMember;

export interface NewCircleMember extends SealedMember {
  caseId: string;
  name: string;
  firstName?: string;
  relation: Relation | null;
  professional?: boolean;
  isMainPerson?: boolean;
  ageBand?: string;
  viaMemberId?: string;
  /** Through another one of the same list: their place in it. */
  via?: number;
}

/** To whom a message goes, how, and when that is safe. */
export interface Recipient extends Contact {
  to: { address: string | null; name: string; language?: string };
  memberId: string;
  /** Other ways that are as safe, for when this one is known to take nothing. */
  otherwise: readonly Contact[];
  /** A mobile that is as safe, for a text message beside the mail when there is no time; none where a safe channel was named. */
  textTo: { address: string; linkMakesKnown: boolean } | null;
  /** A link by this way makes the device known: SMS to a number that was verified in conversation. */
  linkMakesKnown: boolean;
  safeHours: SafeHours | null;
}

const INVITE = statement(
  'circle.invite',
  `update circle_members m set state = i.state, version = i.version, state_since = $2, invited_at = $2
   from unnest($4::uuid[], $5::text[], $6::integer[]) as i (id, state, version)
   where m.organisation_id = $1 and m.id = i.id and m.state = any ($3) and m.version = i.version - 1
   returning m.id`,
);
const FORGET_CONTACT = statement(
  'circle.contact-forget',
  `delete from platform_lookups where organisation_id = $1 and kind = 'circle-contact' and object_id = $2`,
);
const REMEMBER_CONTACT = statement(
  'circle.contact-remember',
  `insert into platform_lookups (organisation_id, kind, hash, object_id, created_at)
   select $1, 'circle-contact', x.hash, x.id, $4 from unnest($2::bytea[], $3::uuid[]) x (hash, id) on conflict do nothing`,
);

const WAYS_TO_REACH = ['email', 'phone', 'reach', 'address', 'viaMemberId'] as const;

/** The people of a case: reads, adds and moves them inside other commands. Who may do so is decided before. */
@Injectable()
export class CircleService {
  constructor(
    private readonly vault: Vault,
    private readonly cases: CasesService,
  ) {}

  /** Everyone of the case in the order in which they came, those who left included. */
  async members(tx: Tx, caseId: string): Promise<CircleMember[]> {
    const rows = await tx.em.find(CircleMemberEntity, {
      where: { organisationId: tx.organisationId, caseId },
      order: { id: 'ASC' },
    });
    return Promise.all(rows.map((row) => this.opened(row)));
  }

  /** Everyone of the cases that these people are in, in the same order. */
  async circlesOf(tx: Tx, memberIds: readonly string[]): Promise<CircleMember[]> {
    const inTheirs = (column: string): string =>
      `${column} in (select case_id from circle_members where organisation_id = :organisationId and id = any (:memberIds))`;
    const rows = await tx.em.find(CircleMemberEntity, {
      where: { organisationId: tx.organisationId, caseId: Raw(inTheirs, { organisationId: tx.organisationId, memberIds }) },
      order: { id: 'ASC' },
    });
    return Promise.all(rows.map((row) => this.opened(row)));
  }

  /** The main persons of the case, the first one first. */
  async mainPersons(tx: Tx, caseId: string): Promise<CircleMember[]> {
    return (await this.members(tx, caseId)).filter((member) => member.isMainPerson && member.state !== 'removed');
  }

  /** One member, or 404. */
  async member(tx: Tx, memberId: string): Promise<CircleMember> {
    const row = await tx.em.findOneBy(CircleMemberEntity, { organisationId: tx.organisationId, id: memberId });
    if (!row) throw notFound();
    return this.opened(row);
  }

  /** One member, or null: for what comes back long after somebody left. */
  async find(tx: Tx, memberId: string): Promise<CircleMember | null> {
    const row = await tx.em.findOneBy(CircleMemberEntity, { organisationId: tx.organisationId, id: memberId });
    return row && this.opened(row);
  }

  /** How this person is reached. */
  contact(member: CircleMember): Contact {
    return contactOf({ ...member, viaMemberId: member.viaMemberId ?? undefined });
  }

  /** Where a message to this person goes: every message to someone of a circle takes this way, so that what is safe is kept. */
  recipient(member: CircleMember, asked?: Contact): Recipient {
    const { channel, address } = asked ?? this.contact(member);
    const otherwise = contactsOf({ ...member, viaMemberId: member.viaMemberId ?? undefined }).filter((way) => way.channel !== channel);
    const makesKnown = (number: string | null): boolean => member.phoneVerifiedAt !== null && number === member.phone;
    // Nobody knows who reads on a phone that was lost; a way that was asked for is the only one.
    const mobile = !asked && channel === 'mail' && member.phoneLostAt === null ? otherwise.find((way) => way.channel === 'sms')?.address : null;
    return {
      channel,
      address,
      to: { address, name: member.firstName ?? member.name, ...(member.language ? { language: member.language } : {}) },
      memberId: member.id,
      otherwise,
      textTo: mobile ? { address: mobile, linkMakesKnown: makesKnown(mobile) } : null,
      linkMakesKnown: channel === 'sms' && makesKnown(address),
      safeHours: safeHours(member.contactPreference?.hours),
    };
  }

  /** The keyed hash by which someone is found when they ask for their link by mail address or number. */
  async contactHash(organisationId: string, contact: string): Promise<Buffer> {
    return this.vault.lookup(organisationId, 'circle-contact', contact);
  }

  /** Adds people in one insert, in the given order; main persons are approved by themselves, everyone else is proposed. */
  async add(tx: Tx, people: readonly NewCircleMember[]): Promise<CircleMember[]> {
    const ids = people.map(() => newId(tx.now));
    const members = people.map((person, i): CircleMember => {
      const { professional, relation, isMainPerson = false, firstName, ageBand, viaMemberId, via, ...rest } = person;
      return {
        ...rest,
        organisationId: tx.organisationId,
        id: ids[i]!,
        firstName: firstName ?? null,
        relation,
        circleKind: relation ? circleKindOf(relation, professional) : 'informal',
        isMainPerson,
        state: isMainPerson ? 'approved' : 'proposed',
        ageBand: ageBandFrom(person.birthYear, tx.now.getUTCFullYear(), (ageBand as AgeBand | undefined) ?? null),
        viaMemberId: via === undefined ? (viaMemberId ?? null) : ids[via]!,
        addedByKind: tx.actor.kind,
        addedById: actorId(tx.actor),
        approvedAt: isMainPerson ? tx.now : null,
        reachedAt: null,
        phoneVerifiedAt: null,
        phoneLostAt: null,
        invitedAt: null,
        takesPart: null,
        contactChangedAt: null,
        stateSince: tx.now,
        createdAt: tx.now,
        erasedAt: null,
        version: 1,
      };
    });
    if (members.length > 0) {
      const rows = await Promise.all(members.map((member) => this.row(member)));
      await tx.em.insert(CircleMemberEntity, rows);
      await this.remember(tx, members);
      const cases = members.filter(({ isMainPerson }) => isMainPerson).map(({ caseId }) => caseId);
      for (const caseId of new Set(cases)) await this.cases.reopenSafety(tx, caseId);
    }
    return members;
  }

  /**
   * Moves a member by the table, or refuses with 409. Main persons stay `approved`: for them nothing moves. What else changes
   * with it is given along; `version` is the If-Match, refused with 412 when it is not current.
   */
  async setState(
    tx: Tx,
    member: CircleMember,
    event: MemberEvent,
    changes: Partial<CircleMember> = {},
  ): Promise<CircleMember> {
    if (member.isMainPerson) return member;
    const state = next(MEMBER_TRANSITIONS, member.state, event);
    const moved: CircleMember = { ...member, ...changes, state, stateSince: tx.now, version: member.version + 1 };
    const { affected } = await tx.em.update(
      CircleMemberEntity,
      { organisationId: tx.organisationId, id: member.id, state: In(statesWith(MEMBER_TRANSITIONS, event)), version: member.version },
      (await this.row(moved)),
    );
    if (affected !== 1) throw stateConflict(member.state, Object.keys(MEMBER_TRANSITIONS[member.state]));
    return moved;
  }

  /** Invites members in one statement, each by the table; refuses all with 409 when one was changed meanwhile. */
  async inviteAll(tx: Tx, members: readonly CircleMember[]): Promise<CircleMember[]> {
    if (members.length === 0) return [];
    const invited = members.map((member): CircleMember => {
      const state = next(MEMBER_TRANSITIONS, member.state, 'invite');
      return { ...member, state, stateSince: tx.now, invitedAt: tx.now, version: member.version + 1 };
    });
    const from = statesWith(MEMBER_TRANSITIONS, 'invite');
    const moved = await named<{ id: string }>(tx, INVITE, [tx.organisationId, tx.now, from, ...columns(invited, ['id', 'state', 'version'])]);
    const other = members.find(({ id }) => !moved.some((one) => one.id === id));
    if (other) throw stateConflict(other.state, Object.keys(MEMBER_TRANSITIONS[other.state]));
    return invited;
  }

  /** Changes what is known of a member; the version that was read must still be the newest. */
  async change(tx: Tx, member: CircleMember, changes: Partial<CircleMember>): Promise<CircleMember> {
    // Another number is nobody's yet, and not the phone that was lost.
    const otherPhone = 'phone' in changes && changes.phone !== member.phone ? { phoneVerifiedAt: null, phoneLostAt: null } : {};
    const otherWay = WAYS_TO_REACH.some((way) => way in changes && changes[way] !== member[way]) ? { contactChangedAt: tx.now } : {};
    const changed: CircleMember = { ...member, ...otherPhone, ...otherWay, ...changes, version: member.version + 1 };
    const { affected } = await tx.em.update(
      CircleMemberEntity,
      { organisationId: tx.organisationId, id: member.id, version: member.version },
      (await this.row(changed)),
    );
    if (affected !== 1) throw stale();
    if (changed.email !== member.email || changed.phone !== member.phone) {
      await named(tx, FORGET_CONTACT, [tx.organisationId, member.id]);
      await this.remember(tx, [changed]);
    }
    return changed;
  }

  /** Puts `someone` in the place of a person; of what is sealed only the kind of reason why they left stays. */
  async forget(tx: Tx, member: CircleMember, someone: string): Promise<void> {
    const { organisationId, id, caseId, circleKind, isMainPerson, state, addedByKind, addedById } = member;
    const { approvedAt, reachedAt, invitedAt, takesPart, stateSince, createdAt, version } = member;
    const forgotten: CircleMember = {
      organisationId, id, caseId, circleKind, isMainPerson, state, addedByKind, addedById, approvedAt, reachedAt, invitedAt,
      takesPart, stateSince, createdAt,
      contactChangedAt: null,
      name: someone,
      firstName: null,
      relation: null,
      ageBand: null,
      viaMemberId: null,
      ended: member.ended && { reason: member.ended.reason },
      phoneVerifiedAt: null,
      phoneLostAt: null,
      erasedAt: tx.now,
      version: version + 1,
    };
    const { affected } = await tx.em.update(CircleMemberEntity, { organisationId, id, version }, await this.row(forgotten));
    if (affected !== 1) throw stale();
  }

  /** A row with its sealed part opened. */
  async opened({ sealed, ...plain }: CircleMemberEntity): Promise<CircleMember> {
    return { ...(await this.vault.open<SealedMember>(place(plain), sealed)), ...plain };
  }

  private async remember(tx: Tx, members: readonly CircleMember[]): Promise<void> {
    const known = members.flatMap(({ id, email, phone }) => [email, phone].flatMap((contact) => (contact ? [{ id, contact }] : [])));
    if (known.length === 0) return;
    const hashes = await Promise.all(known.map(({ contact }) => this.contactHash(tx.organisationId, contact)));
    await named(tx, REMEMBER_CONTACT, [tx.organisationId, hashes, known.map(({ id }) => id), tx.now]);
  }

  private async row(member: CircleMember): Promise<CircleMemberEntity> {
    const { email, phone, reach, address, organisation, language, guardians, birthYear, contactPreference, approval, objections, namedBy, ended, ...plain } =
      member;
    const secret: SealedMember = {
      email, phone, reach, address, organisation, language, guardians, birthYear, contactPreference, approval, objections, namedBy, ended,
    };
    return { ...plain, sealed: await this.vault.seal(place(member), secret) };
  }
}

function place(member: { organisationId: string; id: string }): { organisationId: string; table: string; id: string } {
  return { organisationId: member.organisationId, table: 'circle_members', id: member.id };
}
