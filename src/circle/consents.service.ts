import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { TEMPLATES, type Template } from '../messages/templates.rules.js';
import { LinksService } from '../people/links.service.js';
import { ParticipantSessionsService } from '../people/participant-sessions.service.js';
import { StaffService } from '../people/staff.service.js';
import type { Actor, Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { conflict, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { localDay } from '../platform/local-day.js';
import { MEMBER_TRANSITIONS } from './circle.rules.js';
import { CircleService, type CircleMember } from './circle.service.js';
import { assertDeviceForOthers } from './circle.policy.js';
import { ConsentRecords, type OpenConsent } from './consent-records.service.js';
import type {
  CaseConsents,
  GivenConsent,
  ConsentForParticipants,
  ConsentList,
  MicroAnalysisConsentRequest,
  NoticeTold,
  ReleaseRequest,
  WithdrawalOfConsentRequest,
} from './consents.dto.js';
import type { MeetingNoMoreListener } from './circle.events.js';
import { consentForParticipants, consentInFull } from './consents.policy.js';
import { APPROVAL_CAN_GO_BACK, consentState, RELEASE_AT_MOST_DAYS, TAKEN_BACK_BY, untilProblem, type GivenBy } from './consents.rules.js';
import { shownName } from './members.service.js';
import { RestrictionsService } from './restrictions.service.js';


/** What somebody of the circle still hears after the yes to the meeting was taken back: that they need not come, and what they asked. */
const STILL_SAID: readonly Template[] = ['meeting-cancelled', 'call-back', 'together-asked'];
const NOT_SAID = TEMPLATES.filter((template) => !STILL_SAID.includes(template));

const NOTICES = statement(
  'circle.notices-of-case',
  `select n.member_id as "memberId", n.way, n.channel, platform_utc(n.told_at) as "toldAt"
   from circle_notices n join circle_members m on m.organisation_id = n.organisation_id and m.id = n.member_id
   where n.organisation_id = $1 and m.case_id = $2 and n.told_at is not null order by n.told_at, n.member_id`,
);

/** Every yes: given, read and taken back. What follows from taking one back happens in the same transaction. */
@Injectable()
export class ConsentsService {
  private readonly listeners: MeetingNoMoreListener[] = [];

  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly records: ConsentRecords,
    private readonly restrictions: RestrictionsService,
    private readonly messages: MessagesService,
    private readonly links: LinksService,
    private readonly sessions: ParticipantSessionsService,
    private readonly staff: StaffService,
    private readonly audit: AuditService,
    private readonly publicUrl: PublicUrl,
  ) {}

  /** Registers what else happens, in the same transaction, when a main person took back that they want this. */
  onMeetingNoMore(listener: MeetingNoMoreListener): void {
    this.listeners.push(listener);
  }

  /**
   * This professional may speak about this subject until this date: said by the person on a device that is known, or noted by
   * the facilitator. The same subject for the same professional while it stands is refused with 409.
   */
  async release(ctx: Ctx, memberId: string, request: ReleaseRequest): Promise<GivenConsent | ConsentForParticipants> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.circle.member(tx, memberId);
      await this.cases.lockOpen(tx, caseId, 'circle');
      const member = await this.self(tx, memberId);
      if (hasLeft(member)) throw stateConflict(member.state, []);
      const today = localDay(tx.now);
      const latest = DateTime.fromISO(today).plus({ days: RELEASE_AT_MOST_DAYS }).toISODate()!;
      const wrong = untilProblem(request.until, today, latest);
      if (wrong) throw invalidField('/until', wrong);
      await this.assertProfessional(tx, member, request.professionalMemberId);
      const given = await this.records.ofCase(tx, caseId, memberId);
      if (given.some((one) => sameRelease(one, request) && consentState(one, today) === 'standing')) throw conflict('release-stands');
      const consent = await this.records.add(tx, {
        caseId,
        memberId,
        kind: 'release',
        givenBy: speaker(tx.actor),
        on: today,
        how: howOf(tx.actor),
        ...request,
      });
      await this.note(tx, member, 'release-given', consent);
      return answer(tx, consent);
    });
  }

  /** I join the micro-analysis, or not. The same answer again is the same record. 404 for who is no main person of the case. */
  async joinMicroAnalysis(
    ctx: Ctx,
    caseId: string,
    memberId: string,
    { given, on, how }: MicroAnalysisConsentRequest,
  ): Promise<GivenConsent | ConsentForParticipants> {
    return this.database.run(ctx, async (tx) => {
      await this.cases.lock(tx, caseId, 'main-person');
      const member = await this.self(tx, memberId);
      if (member.caseId !== caseId || !member.isMainPerson) throw notFound();
      if (on > localDay(tx.now)) throw invalidField('/on', 'in-the-future');
      const before = await this.records.standing(tx, memberId, 'micro-analysis');
      if (before && before.given === given && before.on === on && before.how === how) return answer(tx, before);
      if (before) await this.records.takeBack(tx, before, { by: speaker(tx.actor), reason: 'changed' });
      const consent = await this.records.add(tx, { caseId, memberId, kind: 'micro-analysis', given, givenBy: speaker(tx.actor), on, how });
      await this.note(tx, member, given ? 'micro-analysis-joined' : 'micro-analysis-not', consent);
      return answer(tx, consent);
    });
  }

  /**
   * Takes a yes back: whose yes it was (an approval: a main person), or the facilitator who notes it. Also in a case that has
   * ended. Refuses with 409 what was taken back or is over, and an approval after the invitation went: removal is the way then.
   */
  async withdraw(ctx: Ctx, id: string, { reason = 'own-wish', remark }: WithdrawalOfConsentRequest): Promise<GivenConsent | ConsentForParticipants> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.records.get(tx, id);
      const theCase = await this.cases.lock(tx, caseId, 'circle');
      const consent = await this.records.get(tx, id);
      const member = await this.mayTakeBack(tx, consent);
      const state = consentState(consent, localDay(tx.now));
      if (state !== 'standing') throw stateConflict(state, []);
      if (consent.kind === 'approval') await this.disapprove(tx, member);
      const ended = await this.records.takeBack(tx, consent, { by: takerOf(tx.actor, consent), reason, remark });
      if (consent.kind === 'meeting') await this.meetingNoMore(tx, theCase, member);
      const { note } = TAKEN_BACK[consent.kind];
      if (note) await this.note(tx, member, note, ended);
      await this.tellFacilitator(tx, theCase, ended);
      await this.audit.record(tx, { action: 'circle.consent-withdrawn', object: object(id), caseId });
      return answer(tx, ended);
    });
  }

  /** What one person said yes to. The facilitator sees it in full, the person their own, a main person the approvals of others. */
  async ofPerson(ctx: Ctx, memberId: string): Promise<ConsentList> {
    const { caseId, items } = await this.database.view(ctx, async (tx) => {
      const member = await this.circle.member(tx, memberId);
      const own = tx.actor.kind === 'participant' && tx.actor.memberId === memberId;
      await this.cases.require(tx, member.caseId, own ? 'circle' : 'main-person');
      assertDeviceForOthers(tx.actor, memberId, tx.now);
      const hidden = await this.restrictions.hidden(tx, member.caseId);
      if (hidden.has(memberId)) throw notFound();
      const all = await this.records.ofCase(tx, member.caseId, memberId);
      const shown = tx.actor.kind === 'participant' && !own ? all.filter(({ kind }) => kind === 'approval') : all;
      const seen = shown.filter(({ professionalMemberId }) => !professionalMemberId || !hidden.has(professionalMemberId));
      return { caseId: member.caseId, items: seen.map((consent) => answer(tx, consent)) };
    });
    await this.audit.read(ctx, { action: 'circle.consents-read', object: { kind: 'circle-member', id: memberId }, caseId });
    return { items, next: null };
  }

  /** Every yes of a case, for its facilitator, with who was told what we keep. */
  async ofCase(ctx: Ctx, caseId: string): Promise<CaseConsents> {
    const found = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId);
      return this.inCase(tx, caseId);
    });
    await this.audit.read(ctx, { action: 'circle.consents-read', object: { kind: 'case', id: caseId }, caseId });
    return { ...found, next: null };
  }

  /** The same inside another read of the facilitator, which audits. */
  async inCase(tx: Tx, caseId: string): Promise<{ items: GivenConsent[]; notices: NoticeTold[] }> {
    const today = localDay(tx.now);
    const items = (await this.records.ofCase(tx, caseId)).map((consent) => consentInFull(consent, today));
    return { items, notices: await named<NoticeTold>(tx, NOTICES, [tx.organisationId, caseId]) };
  }

  /** Who speaks must be this person, or the facilitator of the case, who was let in before. */
  private async self(tx: Tx, memberId: string): Promise<CircleMember> {
    if (tx.actor.kind === 'participant' && tx.actor.memberId !== memberId) throw notFound();
    return this.circle.member(tx, memberId);
  }

  private async assertProfessional(tx: Tx, member: CircleMember, professionalId: string): Promise<void> {
    const people = await this.circle.members(tx, member.caseId);
    const professional = people.find(({ id }) => id === professionalId);
    const hidden = await this.restrictions.hidden(tx, member.caseId);
    const known = professional && professional.id !== member.id && !hasLeft(professional) && !hidden.has(professional.id);
    if (!known) throw invalidField('/professionalMemberId', 'unknown-member');
    if (professional.circleKind !== 'professional') throw invalidField('/professionalMemberId', 'not-a-professional');
  }

  /** Whose yes it is, when the one who asks may take it back; else it does not exist for them. */
  private async mayTakeBack(tx: Tx, consent: OpenConsent): Promise<CircleMember> {
    const { actor } = tx;
    if (actor.kind === 'participant') {
      const own = TAKEN_BACK_BY[consent.kind] === 'person';
      if (own ? actor.memberId !== consent.memberId : !actor.isMainPerson) throw notFound();
      if ((await this.restrictions.hidden(tx, consent.caseId)).has(consent.memberId)) throw notFound();
      if (!own) assertDeviceForOthers(actor, consent.memberId, tx.now);
    }
    return this.circle.member(tx, consent.memberId);
  }

  /**
   * Nobody of the circle is contacted from here on, and what has not gone stays here; unless another main person said yes
   * themself: then the others go on. What becomes of a plan is for those who hold it.
   */
  private async meetingNoMore(tx: Tx, theCase: CaseEntity, member: CircleMember): Promise<void> {
    const whose = { name: shownName(member), memberId: member.id };
    if (await this.records.meetingWanted(tx, theCase.id)) {
      await this.cases.note(tx, { caseId: theCase.id, type: 'consent-taken-back-by-one', audience: 'main-persons', aboutId: member.id, values: whose });
    } else {
      await this.cases.takeConsentBack(tx, theCase, whose);
      for (const { id, isMainPerson } of await this.circle.members(tx, theCase.id)) {
        if (!isMainPerson) await this.messages.cancel(tx, { memberId: id, templates: NOT_SAID });
      }
    }
    for (const listener of this.listeners) await listener.meetingNoMore(tx, theCase, member);
  }

  /** Not asked after all, as long as no invitation went: proposed again, without links. */
  private async disapprove(tx: Tx, member: CircleMember): Promise<void> {
    if (!APPROVAL_CAN_GO_BACK.includes(member.state)) {
      const allowed = Object.keys(MEMBER_TRANSITIONS[member.state]).filter((event) => event === 'remove');
      throw stateConflict(member.state, allowed);
    }
    await this.circle.setState(tx, member, 'disapprove', { approval: undefined, approvedAt: null });
    await this.links.endAll(tx, member.id);
    await this.sessions.endOfMember(tx, member.id);
    await this.messages.cancel(tx, { memberId: member.id });
  }

  private async tellFacilitator(tx: Tx, theCase: CaseEntity, consent: OpenConsent): Promise<void> {
    if (tx.actor.kind !== 'participant') return;
    const facilitator = await this.staff.find(tx, theCase.facilitatorId);
    if (!facilitator) return;
    await this.messages.queue(tx, {
      template: 'consent-withdrawn',
      channel: 'mail',
      to: { address: facilitator.email, name: facilitator.name },
      values: { kind: consent.kind, reference: theCase.reference, url: this.publicUrl.to('/werk') },
      staffId: facilitator.id,
      caseId: theCase.id,
      urgent: theCase.urgent,
      key: `consent-withdrawn ${consent.id}`,
    });
  }

  private async note(tx: Tx, member: CircleMember, type: NoteType, { id }: OpenConsent): Promise<void> {
    const { caseId } = member;
    await this.cases.note(tx, { caseId, type, audience: 'facilitator', aboutId: member.id, values: { name: shownName(member) } });
    await this.audit.record(tx, { action: `circle.${type}`, object: object(id), caseId });
  }
}

type NoteType = 'release-given' | 'release-taken-back' | 'approval-taken-back' | 'micro-analysis-joined' | 'micro-analysis-not';

/** What the timeline says when one is taken back; the yes to the meeting is noted with the case. */
const TAKEN_BACK: Readonly<Record<OpenConsent['kind'], { note: NoteType | null }>> = {
  meeting: { note: null },
  release: { note: 'release-taken-back' },
  approval: { note: 'approval-taken-back' },
  'micro-analysis': { note: 'micro-analysis-not' },
};

const object = (id: string): { kind: string; id: string } => ({ kind: 'consent', id });
const hasLeft = ({ state }: CircleMember): boolean => ['refused', 'unreachable', 'removed'].includes(state);
const speaker = (actor: Actor): GivenBy => (actor.kind === 'participant' ? 'person' : 'facilitator');
const howOf = (actor: Actor): string => (actor.kind === 'participant' ? 'own-page' : 'conversation');

function takerOf(actor: Actor, { kind }: OpenConsent): GivenBy {
  return actor.kind === 'participant' ? TAKEN_BACK_BY[kind] : 'facilitator';
}

const sameRelease = (consent: OpenConsent, { professionalMemberId, subject }: ReleaseRequest): boolean =>
  consent.kind === 'release' &&
  consent.professionalMemberId === professionalMemberId &&
  consent.subject?.toLowerCase() === subject.toLowerCase();

function answer(tx: Tx, consent: OpenConsent): GivenConsent | ConsentForParticipants {
  const today = localDay(tx.now);
  return tx.actor.kind === 'participant' ? consentForParticipants(consent, today) : consentInFull(consent, today);
}
