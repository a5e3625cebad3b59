import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService, summaryOf } from '../cases/cases.service.js';
import { LawClocksService } from '../cases/law-clocks.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import type { CaseSummary } from '../cases/cases.dto.js';
import { CircleService, type CircleMember, type NewCircleMember } from '../circle/circle.service.js';
import { inFull as memberInFull } from '../circle/circle.policy.js';
import { ConsentRecords } from '../circle/consent-records.service.js';
import { DraftsService } from '../plans/drafts.service.js';
import { StaffService } from '../people/staff.service.js';
import { actorId, hasRole, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { assertCurrent, forbidden, invalidField, notFound } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { textsFor } from '../texts/texts.js';
import { ReferralStore, type OpenReferral } from './referral-store.service.js';
import type { AcceptedCase, AcceptanceRequest, DeclineRequest, InformationRequest, MainPerson, WithdrawalRequest } from './referrals.dto.js';
import { isReferrer, takesOn } from './referrals.policy.js';
import { ReferralsService, type ReferralView } from './referrals.service.js';
import { ReferrersService } from './referrers.service.js';

/** What is decided about a referral: taken on, declined, withdrawn, or asked about. */
@Injectable()
export class TriageService {
  constructor(
    private readonly database: Database,
    private readonly store: ReferralStore,
    private readonly referrals: ReferralsService,
    private readonly referrers: ReferrersService,
    private readonly cases: CasesService,
    private readonly lawClocks: LawClocksService,
    private readonly circle: CircleService,
    private readonly consents: ConsentRecords,
    private readonly staff: StaffService,
    private readonly drafts: DraftsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Takes a referral on: a lead for anyone, a facilitator for themself. Opens the case with its main persons (approved) and
   * the people who were named (proposed), all in one transaction. A referrer who asks for something to be safe is proposed too.
   */
  async accept(ctx: Ctx, id: string, { facilitatorId, kind }: AcceptanceRequest, seen: number | null = null): Promise<AcceptedCase | CaseSummary> {
    return this.database.run(ctx, async (tx) => {
      const referral = await this.readable(tx, id, seen);
      if (!hasRole(tx.actor, 'lead') && !(hasRole(tx.actor, 'facilitator') && actorId(tx.actor) === facilitatorId)) throw forbidden();
      const facilitator = await this.staff.holdFacilitator(tx, facilitatorId, '/facilitatorId');
      const chosen = kind ?? (referral.kind === 'unknown' ? undefined : referral.kind);
      if (chosen === undefined) throw invalidField('/kind', 'required');
      const accepted = await this.store.move(tx, referral, 'accept', { acceptedAt: tx.now, acceptedBy: facilitatorId });
      const theCase = await this.cases.open(tx, {
        kind: chosen,
        facilitatorId,
        facilitatorName: facilitator.name,
        residentName: referral.residentName,
        referralId: id,
        neighbourhoodCode: referral.neighbourhoodCode,
        themes: referral.themes,
        safetyLevel: referral.safetyLevel,
        consentGiven: referral.consentGiven,
      });
      await this.noteKind(tx, theCase, referral.kind);
      await this.lawClocks.start(tx, theCase, referral.content.notifiedOn);
      const conditions = referral.content.safety.conditions ?? [];
      const referrer = conditions.length > 0 ? await this.referrers.asMember(tx, referral, theCase.id) : null;
      const members = await this.circle.add(tx, [...peopleOf(referral, theCase.id, await this.referrers.nameOf(tx, referral)), ...(referrer ? [referrer] : [])]);
      await this.noteConsent(tx, referral, members[0]!);
      let referrerMemberId: string | null = null;
      if (referrer) {
        const setByMemberId = members.at(-1)!.id;
        referrerMemberId = setByMemberId;
        await this.drafts.addReferredConditions(tx, theCase.id, conditions.map((text) => ({ text, setByMemberId })));
      }
      await this.store.linkCase(tx, accepted, theCase.id, referrerMemberId);
      await this.referrers.tellAccepted(tx, accepted, facilitator);
      await this.audit.record(tx, { action: 'referrals.accepted', object: object(id), caseId: theCase.id });
      return acceptedCase(tx, theCase, members);
    });
  }

  /** Not taken on; the referrer hears why. */
  async decline(ctx: Ctx, id: string, { reason, remark }: DeclineRequest, seen: number | null = null): Promise<ReferralView> {
    return this.database.run(ctx, async (tx) => {
      const referral = await this.readable(tx, id, seen);
      const moved = await this.move(tx, referral, 'decline', reason, remark);
      await this.referrers.tellDeclined(tx, moved, reason);
      await this.audit.record(tx, { action: 'referrals.declined', object: object(id) });
      return this.referrals.answer(tx, moved, referral);
    });
  }

  /** Taken back, by the referrer or the lead. */
  async withdraw(ctx: Ctx, id: string, { reason, remark }: WithdrawalRequest, seen: number | null = null): Promise<ReferralView> {
    return this.database.run(ctx, async (tx) => {
      const referral = await this.store.get(tx, id, true);
      if (!isReferrer(tx.actor, referral) && !hasRole(tx.actor, 'lead')) throw notFound();
      assertCurrent(seen, referral.version);
      const moved = await this.move(tx, referral, 'withdraw', reason, remark);
      await this.audit.record(tx, { action: 'referrals.withdrawn', object: object(id) });
      return this.referrals.answer(tx, moved, referral);
    });
  }

  /** Asks the referrer for more; it waits until they answer. */
  async askInformation(ctx: Ctx, id: string, { reason, remark }: InformationRequest, seen: number | null = null): Promise<ReferralView> {
    return this.database.run(ctx, async (tx) => {
      const referral = await this.readable(tx, id, seen);
      const moved = await this.move(tx, referral, 'ask', reason, remark);
      await this.referrers.askInformation(tx, moved, reason);
      await this.audit.record(tx, { action: 'referrals.asked', object: object(id) });
      return this.referrals.answer(tx, moved, referral);
    });
  }

  private async readable(tx: Tx, id: string, seen: number | null): Promise<OpenReferral> {
    const referral = await this.store.get(tx, id, true);
    if (!takesOn(tx.actor, referral)) throw notFound();
    assertCurrent(seen, referral.version);
    return referral;
  }

  private async move(tx: Tx, referral: OpenReferral, event: 'decline' | 'withdraw' | 'ask', reason: string, remark?: string): Promise<OpenReferral> {
    return this.store.move(tx, referral, event, { endReason: reason, content: { ...referral.content, remark: remark ?? null } });
  }

  /** "I want this meeting" came with the referral: it is the first main person's yes, which they can take back. */
  private async noteConsent(tx: Tx, { consentGiven, content, createdAt }: OpenReferral, { caseId, id }: CircleMember): Promise<void> {
    if (!consentGiven) return;
    const { on = localDay(createdAt), how = 'referral' } = content.consent ?? {};
    await this.consents.add(tx, { caseId, memberId: id, kind: 'meeting', givenBy: 'person', on, how });
  }

  private async noteKind(tx: Tx, theCase: CaseEntity, referred: OpenReferral['kind']): Promise<void> {
    if (theCase.kind === referred) return;
    const { kinds } = textsFor('nl').cases;
    const values = { from: kinds[referred], to: kinds[theCase.kind] };
    await this.cases.note(tx, { caseId: theCase.id, type: 'kind-changed', audience: 'main-persons', values });
  }
}


const object = (id: string): { kind: string; id: string } => ({ kind: 'referral', id });

function mainPerson(person: MainPerson, caseId: string): NewCircleMember {
  return { ...person, caseId, relation: null, isMainPerson: true };
}

/** Main persons first, then the people who were named, each in the given order. */
function peopleOf(referral: OpenReferral, caseId: string, namedBy: string | undefined): NewCircleMember[] {
  const { resident, otherMainPersons, circle } = referral.content;
  const main = [resident, ...otherMainPersons].map((person) => mainPerson(person, caseId));
  const named = circle.map(({ viaIndex, name, firstName, relation, ...rest }): NewCircleMember => ({
    ...rest,
    caseId,
    ...(namedBy ? { namedBy } : {}),
    name: name ?? firstName!,
    ...(firstName ? { firstName } : {}),
    relation: relation ?? 'other',
    ...(viaIndex === undefined ? {} : { via: main.length + viaIndex }),
  }));
  return [...main, ...named];
}

/** A fresh case. Its contents only for its own facilitator: a lead assigns, and does not read along. */
function acceptedCase(tx: Tx, theCase: CaseEntity, members: CircleMember[]): AcceptedCase | CaseSummary {
  const own = tx.actor.kind === 'staff' && tx.actor.staffId === theCase.facilitatorId;
  if (!own) return summaryOf(theCase);
  const circle = members.map(memberInFull);
  return { ...summaryOf(theCase), resident: circle[0]!, circle, meetings: [], currentPlan: null };
}
