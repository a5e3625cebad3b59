import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { LawClocksService } from '../cases/law-clocks.service.js';
import { OPEN_STATES, type SafetyCheck } from '../cases/cases.rules.js';
import { KINDS } from '../cases/kinds.rules.js';
import { INVITED_STATES } from '../circle/circle.rules.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { shownName } from '../circle/members.service.js';
import { hasBegun } from '../meetings/meetings.rules.js';
import type { MeetingAnswer } from '../meetings/meetings.dto.js';
import { MeetingsService } from '../meetings/meetings.service.js';
import { CatalogueService } from '../micro-analysis/catalogue.service.js';
import { CostLinesService } from '../micro-analysis/cost-lines.service.js';
import { MicroAnalysisService } from '../micro-analysis/micro-analysis.service.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import { PublicPlacesService } from '../neighbourhood/public-places.service.js';
import { DraftsService } from '../plans/drafts.service.js';
import { sameDraft } from '../plans/drafts.rules.js';
import { PlansService } from '../plans/plans.service.js';
import { StatementsService } from '../plans/statements.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/http/problem.js';
import { Vault } from '../platform/vault/vault.js';
import { ReferralStore } from '../referrals/referral-store.service.js';
import { CorrectionsService } from '../privacy/corrections.service.js';
import { textsFor } from '../texts/texts.js';
import type { MemberView } from './case-circle.pages.js';
import type { SafetyCheckView } from './case-gates.pages.js';
import type { MeetingView } from './case-meeting.pages.js';
import { CASE_BY_REFERENCE, LAST_CONTACTS } from './case-pages.queries.js';
import { ConsentsPagesService } from './consents-pages.service.js';
import type { PlanSectionProps } from './case-plan.pages.js';
import type { CaseHead, CasePageProps } from './case.pages.js';

const MOST_LINES = 100;
const MOST_ENTRIES = 100;

type Contents = Omit<CasePageProps, 'frame' | 'timeline' | 'corrections' | 'costs' | 'wellbeing'>;

/** Everything on the page of one case, for its facilitator. */
@Injectable()
export class CasePagesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly lawClocks: LawClocksService,
    private readonly circle: CircleService,
    private readonly meetings: MeetingsService,
    private readonly places: PublicPlacesService,
    private readonly statements: StatementsService,
    private readonly drafts: DraftsService,
    private readonly plans: PlansService,
    private readonly commitments: CommitmentsService,
    private readonly costLines: CostLinesService,
    private readonly analysis: MicroAnalysisService,
    private readonly catalogue: CatalogueService,
    private readonly referrals: ReferralStore,
    private readonly corrections: CorrectionsService,
    private readonly yeses: ConsentsPagesService,
    private readonly vault: Vault,
    private readonly audit: AuditService,
  ) {}

  /** The id behind a number, for its facilitator; 404 for everyone else. */
  async idOf(ctx: Ctx, reference: string): Promise<string> {
    return this.database.view(ctx, async (tx) => (await this.require(tx, reference)).id);
  }

  async casePage(ctx: Ctx, reference: string): Promise<Omit<CasePageProps, 'frame'>> {
    const { caseId, contents } = await this.database.view(ctx, async (tx) => {
      const theCase = await this.require(tx, reference);
      return { caseId: theCase.id, contents: await this.contents(tx, theCase) };
    });
    const timeline = await this.cases.timeline(ctx, caseId, { limit: MOST_ENTRIES });
    const lines = await this.costLines.list(ctx, caseId, { limit: MOST_LINES });
    const { wellbeing, ...result } = await this.analysis.read(ctx, caseId, {});
    const corrections = await this.corrections.ofCase(ctx, caseId);
    await this.audit.read(ctx, { action: 'cases.read', object: { kind: 'case', id: caseId }, caseId });
    const { unknownActor } = textsFor('nl').cases;
    return {
      ...contents,
      wellbeing: { changes: wellbeing },
      costs: {
        lines: lines.items,
        items: this.catalogue.items.filter(({ unitPriceCents }) => unitPriceCents !== null),
        result: lines.items.length > 0 ? result : null,
      },
      corrections: corrections.items,
      timeline: timeline.items.map(({ id, at, actor, text }) => ({ id, at, text, actor: actor.name === unknownActor ? null : actor.name })),
    };
  }

  private async contents(tx: Tx, theCase: CaseEntity): Promise<Contents> {
    const people = await this.circle.members(tx, theCase.id);
    const mainPersons = people.filter(({ isMainPerson, state }) => isMainPerson && state !== 'removed');
    const meetings = await this.meetings.ofCase(tx, theCase.id, people);
    const said = new Map((await this.statements.all(tx, theCase.id)).map((statement) => [statement.memberId, statement]));
    const preconditions = await this.statements.preconditions(tx, theCase.id);
    const safety = await this.safety(tx, theCase);
    const canPlan =
      OPEN_STATES.includes(theCase.state) &&
      KINDS[theCase.kind].meets &&
      (safety === null || safety.meetingPossible) &&
      meetings.every(({ state }) => state === 'held' || state === 'cancelled');
    return {
      case: await this.head(tx, theCase),
      mainPersons: mainPersons.map(({ id, name, firstName, phone, phoneVerifiedAt, email }) => ({
        id,
        name,
        firstName,
        phone: phone ?? null,
        phoneVerified: phoneVerifiedAt !== null,
        email: email ?? null,
      })),
      circle: { members: await this.members(tx, theCase.id, people) },
      yes: await this.yeses.ofCase(tx, theCase.id, people),
      safety,
      lawClocks: await this.lawClocks.list(tx, theCase.id),
      meeting: { meetings: meetings.map((meeting) => viewOf(meeting, people, tx.now)), publicPlaces: await this.places.all(tx), canPlan },
      statements: {
        statements: Object.fromEntries(mainPersons.map(({ id }) => [id, said.get(id) ?? null])),
        preconditions: preconditions ?? { home: null, money: null, relations: null, days: null },
      },
      plan: await this.plan(tx, theCase, people, meetings),
    };
  }

  private async head(tx: Tx, theCase: CaseEntity): Promise<CaseHead> {
    const { reference, kind, state, urgent, openedAt, themes } = theCase;
    const referral = theCase.referralId ? await this.referrals.find(tx, { id: theCase.referralId }) : null;
    const referrer = referral?.content.referrer;
    return {
      reference,
      kind,
      state,
      urgent,
      openedAt,
      themes,
      question: referral?.content.question ?? '',
      referrer: referrer ? [referrer.name, referrer.organisation].filter(Boolean).join(', ') : null,
    };
  }

  private async members(tx: Tx, caseId: string, people: readonly CircleMember[]): Promise<MemberView[]> {
    interface Attempt {
      memberId: string;
      at: Date;
      channel: string;
      outcome: string;
    }
    const attempts = await named<Attempt>(tx, LAST_CONTACTS, [tx.organisationId, caseId]);
    const last = new Map(attempts.map(({ memberId, ...attempt }) => [memberId, attempt]));
    return people
      .filter(({ isMainPerson }) => !isMainPerson)
      .map((member) => ({
        id: member.id,
        name: member.name,
        firstName: member.firstName,
        relation: member.relation ?? 'other',
        professional: member.circleKind === 'professional',
        organisation: member.organisation ?? null,
        state: member.state,
        version: member.version,
        phone: member.phone ?? null,
        email: member.email ?? null,
        phoneVerified: member.phoneVerifiedAt !== null,
        phoneLost: member.phoneLostAt !== null,
        preference: member.contactPreference ? textsFor('nl').desk.words.contactHint(member.contactPreference) : null,
        since: member.createdAt,
        lastContact: last.get(member.id) ?? null,
      }));
  }

  private async safety(tx: Tx, theCase: CaseEntity): Promise<SafetyCheckView | null> {
    if (theCase.safetyGate === 'not-needed') return null;
    const meetingPossible = theCase.safetyGate === 'together';
    if (!theCase.safetyCheck) return { directDanger: null, veiligThuis: null, spokenAlone: [], together: null, note: null, meetingPossible };
    const place = { organisationId: tx.organisationId, table: 'cases', column: 'safety_check', id: theCase.id };
    const check = await this.vault.open<SafetyCheck>(place, theCase.safetyCheck);
    return { ...check, note: check.note ?? null, meetingPossible };
  }

  private async plan(
    tx: Tx,
    theCase: CaseEntity,
    people: readonly CircleMember[],
    meetings: readonly MeetingAnswer[],
  ): Promise<Contents['plan']> {
    const { draft, version } = await this.drafts.load(tx, theCase.id);
    const current = await this.plans.currentFor(tx, theCase.id);
    const fixed = await this.plans.current(tx, theCase.id);
    const changed = fixed === null || !sameDraft(draft, fixed.content.draft);
    const { items } = await this.commitments.pageOf(tx, { caseId: theCase.id, limit: MOST_LINES });
    const nameOf = new Map(people.map((person) => [person.id, shownName(person)]));
    const view: Pick<PlanSectionProps, 'current' | 'commitments' | 'draft' | 'canFix'> = {
      current: current && { ...current, goals: current.goals.map(({ text }) => text) },
      commitments: items.map(({ memberName, ...commitment }) => ({ ...commitment, who: memberName })),
      draft: {
        version,
        goals: draft.goals,
        commitments: draft.commitments,
        safetyConditions: draft.safetyConditions.map((condition) => ({ ...condition, setBy: nameOf.get(condition.setByMemberId) ?? '' })),
      },
      // What is left (empty, private time) the command itself refuses with its reason.
      canFix: version > 0 && changed && OPEN_STATES.includes(theCase.state) && meetings.every(({ state }) => state !== 'fixed'),
    };
    return view;
  }

  private async require(tx: Tx, reference: string): Promise<CaseEntity> {
    const [found] = await named<{ id: string }>(tx, CASE_BY_REFERENCE, [tx.organisationId, reference]);
    if (!found) throw notFound();
    return this.cases.require(tx, found.id);
  }
}

/** A meeting with everyone who is asked for it. */
function viewOf(meeting: MeetingAnswer, people: readonly CircleMember[], now: Date): MeetingView {
  const { id, type, state, startsAt, endsAt, place, slotId } = meeting;
  const asked = people.filter((person) => person.isMainPerson || INVITED_STATES.includes(person.state));
  const answers = new Map(meeting.responses.map((response) => [response.memberId, response.answers]));
  const presence = new Map(meeting.attendance.map((one) => [one.memberId, one.presence]));
  return {
    id,
    type,
    state,
    startsAt,
    endsAt,
    place,
    slots: state === 'polling' ? meeting.slots : meeting.slots.filter((slot) => slot.id === slotId),
    began: startsAt !== null && hasBegun(new Date(startsAt), now),
    ranking: meeting.ranking,
    responses: asked.map((person) => ({ memberId: person.id, name: shownName(person), answers: answers.get(person.id) ?? {} })),
    attendance: asked.map((person) => ({ memberId: person.id, name: shownName(person), presence: presence.get(person.id) ?? null })),
  };
}
