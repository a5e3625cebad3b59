import { Injectable } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import type { CaseKind } from '../cases/kinds.rules.js';
import { LawClocksService } from '../cases/law-clocks.service.js';
import { ageBandFrom, needsGuardian, type AgeBand } from '../circle/approval.rules.js';
import { CircleService, type CircleMember, type NewCircleMember } from '../circle/circle.service.js';
import { ConsentRecords } from '../circle/consent-records.service.js';
import { GrowthService } from '../circle/growth.service.js';
import { IndependenceService } from '../circle/independence.service.js';
import { UrgentCasesService } from '../meetings/urgent-cases.service.js';
import type { Staff } from '../people/staff.service.js';
import { DraftsService } from '../plans/drafts.service.js';
import type { Tx } from '../platform/database/tx.js';
import { localDay } from '../platform/local-day.js';
import { textsFor } from '../texts/texts.js';
import { ReferralStore, type OpenReferral } from './referral-store.service.js';
import type { MainPerson } from './referrals.dto.js';
import { ReferrersService } from './referrers.service.js';
import { WaitingService } from './waiting.service.js';

/** Who takes a referral on, and as what. `onDuty`: the two who had duty when it came in, of an acute one. */
export interface Taking {
  facilitator: Pick<Staff, 'id' | 'name'>;
  kind: CaseKind;
  onDuty?: { firstId: string; secondId: string | null };
}

export interface Taken {
  referral: OpenReferral;
  theCase: CaseEntity;
  members: CircleMember[];
}

/** Makes a case of a referral, inside the command that takes it on. Who may do so, and who hears of it, is decided there. */
@Injectable()
export class AcceptanceService {
  constructor(
    private readonly store: ReferralStore,
    private readonly referrers: ReferrersService,
    private readonly cases: CasesService,
    private readonly lawClocks: LawClocksService,
    private readonly circle: CircleService,
    private readonly consents: ConsentRecords,
    private readonly growth: GrowthService,
    private readonly independence: IndependenceService,
    private readonly drafts: DraftsService,
    private readonly urgentCases: UrgentCasesService,
    private readonly waiting: WaitingService,
  ) {}

  /**
   * Opens the case with its main persons (approved) and the people who were named (proposed). A referrer who asks for something
   * to be safe is proposed too. Refused with 409 when the referral is not open for it.
   */
  async open(tx: Tx, referral: OpenReferral, { facilitator, kind, onDuty }: Taking): Promise<Taken> {
    const { id } = referral;
    const accepted = await this.store.move(tx, referral, 'accept', {
      acceptedAt: tx.now,
      acceptedBy: facilitator.id,
      firstOnDuty: onDuty?.firstId ?? null,
      secondOnDuty: onDuty?.secondId ?? null,
    });
    const theCase = await this.cases.open(tx, {
      kind,
      facilitatorId: facilitator.id,
      facilitatorName: facilitator.name,
      residentName: referral.residentName,
      referralId: id,
      neighbourhoodCode: referral.neighbourhoodCode,
      themes: referral.themes,
      safetyLevel: referral.safetyLevel,
      consentGiven: saidYes(referral, tx.now),
    });
    await this.noteKind(tx, theCase, referral.kind);
    await this.lawClocks.start(tx, theCase, referral.content.notifiedOn);
    const conditions = referral.content.safety.conditions ?? [];
    const referrer = conditions.length > 0 ? await this.referrers.asMember(tx, referral, theCase.id) : null;
    const members = await this.circle.add(tx, [...peopleOf(referral, theCase.id, await this.referrers.nameOf(tx, referral)), ...(referrer ? [referrer] : [])]);
    await this.growth.referred(tx, theCase.id);
    // Who is on duty helps now; somebody else takes over when it turns out that they should.
    if (!onDuty) await this.independence.assertMayLead(tx, theCase);
    await this.noteConsent(tx, referral, members[0]!);
    let referrerMemberId: string | null = null;
    if (referrer) {
      const setByMemberId = members.at(-1)!.id;
      referrerMemberId = setByMemberId;
      await this.drafts.addReferredConditions(tx, theCase.id, conditions.map((text) => ({ text, setByMemberId })));
    }
    if (theCase.urgent) await this.urgentCases.opened(tx, theCase.id);
    await this.store.linkCase(tx, accepted, theCase.id, referrerMemberId);
    await this.waiting.begins(tx, id, 'referrer');
    return { referral: { ...accepted, caseId: theCase.id, referrerMemberId }, theCase, members };
  }

  /** "I want this meeting" came with the referral: it is the first main person's yes, which they can take back. */
  private async noteConsent(tx: Tx, referral: OpenReferral, { caseId, id }: CircleMember): Promise<void> {
    if (!saidYes(referral, tx.now)) return;
    const { on, how } = saidOf(referral);
    await this.consents.add(tx, { caseId, memberId: id, kind: 'meeting', givenBy: 'person', on, how });
  }

  private async noteKind(tx: Tx, theCase: CaseEntity, referred: OpenReferral['kind']): Promise<void> {
    if (theCase.kind === referred) return;
    const { kinds } = textsFor('nl').cases;
    const values = { from: kinds[referred], to: kinds[theCase.kind] };
    await this.cases.note(tx, { caseId: theCase.id, type: 'kind-changed', audience: 'main-persons', values });
  }
}

function mainPerson(person: MainPerson, caseId: string): NewCircleMember {
  return { ...person, caseId, relation: null, isMainPerson: true };
}

/** Whether the yes that came along counts: below 16 the word of who has authority came with it, else the facilitator asks first. */
function saidYes({ consentGiven, content: { resident, consent } }: OpenReferral, now: Date): boolean {
  const ageBand = ageBandFrom(resident.birthYear, now.getUTCFullYear(), (resident.ageBand as AgeBand | undefined) ?? null);
  return consentGiven && (consent?.guardian !== undefined || !needsGuardian({ ageBand }));
}

/** When and how the yes was said that came along. */
function saidOf({ createdAt, content: { consent } }: OpenReferral): { on: string; how: string } {
  return { on: consent?.on ?? localDay(createdAt), how: consent?.how ?? 'referral' };
}

/** Main persons first, then the people who were named, each in the given order. */
function peopleOf(referral: OpenReferral, caseId: string, namedBy: string | undefined): NewCircleMember[] {
  const { resident, otherMainPersons, circle, consent } = referral.content;
  const approval = consent?.guardian ? { by: 'main-person' as const, ...saidOf(referral), guardian: consent.guardian } : undefined;
  const main = [{ ...mainPerson(resident, caseId), approval }, ...otherMainPersons.map((person) => mainPerson(person, caseId))];
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
