import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { LawClocksService } from '../cases/law-clocks.service.js';
import { OPEN_STATES, safetyGaps, type SafetyCheck } from '../cases/cases.rules.js';
import { KINDS } from '../cases/kinds.rules.js';
import { howTogether, lastDayToReopen } from '../cases/reopening.rules.js';
import { isChild, needsGuardian } from '../circle/approval.rules.js';
import { CONTACTABLE_STATES, INVITED_STATES } from '../circle/circle.rules.js';
import { CircleService, type CircleMember } from '../circle/circle.service.js';
import { IndependenceService } from '../circle/independence.service.js';
import { shownName } from '../circle/members.service.js';
import { AvailabilityService } from '../meetings/availability.service.js';
import { hasBegun, localTime } from '../meetings/meetings.rules.js';
import type { MeetingAnswer } from '../meetings/meetings.dto.js';
import { PrivateTimeService } from '../meetings/private-time.service.js';
import { mayWrite } from '../meetings/responses.rules.js';
import { TogetherService } from '../meetings/together.service.js';
import { MeetingsService } from '../meetings/meetings.service.js';
import { CatalogueService } from '../micro-analysis/catalogue.service.js';
import { CostLinesService } from '../micro-analysis/cost-lines.service.js';
import { MicroAnalysisService } from '../micro-analysis/micro-analysis.service.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import { PublicPlacesService } from '../neighbourhood/public-places.service.js';
import { DraftsService } from '../plans/drafts.service.js';
import { EMPTY_DRAFT, sameDraft } from '../plans/drafts.rules.js';
import { LegalFormsService } from '../plans/legal-forms.service.js';
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
import { ENDED, type MemberView } from './case-circle.pages.js';
import { mayAddGuardian, type MemberCareProps } from './case-member.pages.js';
import type { SafetyCheckView } from './case-gates.pages.js';
import type { MeetingView } from './case-meeting.pages.js';
import { CaseOffersService } from './case-offers.service.js';
import { CASE_BY_REFERENCE, LAST_CONTACTS } from './case-pages.queries.js';
import { ConsentsPagesService } from './consents-pages.service.js';
import { SafetyPagesService } from './safety-pages.service.js';
import type { PlanSectionProps } from './case-plan.pages.js';
import type { CaseHead, CasePageProps } from './case.pages.js';
import type { TableView } from './private-time.pages.js';

const MOST_LINES = 100;
const MOST_ENTRIES = 100;
const MOST_FREE = 5;

type Contents = Omit<CasePageProps, 'frame' | 'timeline' | 'corrections' | 'costs' | 'wellbeing'>;

interface Attempt {
  memberId: string;
  at: Date;
  channel: string;
  outcome: string;
}

/** Everything on the page of one case, for its facilitator. */
@Injectable()
export class CasePagesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly lawClocks: LawClocksService,
    private readonly circle: CircleService,
    private readonly independence: IndependenceService,
    private readonly meetings: MeetingsService,
    private readonly privateTimes: PrivateTimeService,
    private readonly together: TogetherService,
    private readonly availability: AvailabilityService,
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
    private readonly safetyPages: SafetyPagesService,
    private readonly legalForms: LegalFormsService,
    private readonly offers: CaseOffersService,
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
    const closed = await this.privateTimes.closedToFacilitator(tx, theCase);
    // What is written while the circle is by itself is not even read.
    const said = new Map((closed ? [] : await this.statements.all(tx, theCase.id)).map((statement) => [statement.memberId, statement]));
    const preconditions = closed ? null : await this.statements.preconditions(tx, theCase.id);
    const safety = await this.safety(tx, theCase, mainPersons.map(({ id }) => id));
    const warnings = await this.together.warnings(tx, theCase, people);
    const canPlan =
      OPEN_STATES.includes(theCase.state) &&
      KINDS[theCase.kind].meets &&
      (safety === null || safety.meetingPossible || theCase.safetyGate === 'not-together') &&
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
      leading: OPEN_STATES.includes(theCase.state) ? await this.independence.warnings(tx, theCase) : [],
      care: await this.care(tx, theCase, people),
      yes: await this.yeses.ofCase(tx, theCase.id, people),
      safety,
      lawClocks: await this.lawClocks.list(tx, theCase.id),
      ending: { how: howTogether(theCase, tx.now), untilDay: theCase.closedAt && lastDayToReopen(theCase.closedAt) },
      meeting: {
        meetings: meetings.map((meeting) => ({ ...viewOf(meeting, people, tx.now), table: tableOf(theCase, meeting, people, closed), warning: warnings.get(meeting.id) ?? null })),
        publicPlaces: await this.places.all(tx),
        canPlan,
        free: canPlan ? await this.availability.suggestions(tx, theCase.facilitatorId, MOST_FREE) : [],
      },
      statements: {
        statements: Object.fromEntries(mainPersons.map(({ id }) => [id, said.get(id) ?? null])),
        preconditions: preconditions ?? { home: null, money: null, relations: null, days: null },
      },
      plan: await this.plan(tx, theCase, people, meetings, closed),
      offers: await this.offers.ofCase(tx, theCase, people),
      closed,
      safetyConditions: await this.safetyPages.ofCase(tx, theCase, people),
      legal: await this.legalForms.ofCase(tx, theCase),
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
    const last = await this.lastContacts(tx, caseId);
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

  private async lastContacts(tx: Tx, caseId: string): Promise<Map<string, Omit<Attempt, 'memberId'>>> {
    const attempts = await named<Attempt>(tx, LAST_CONTACTS, [tx.organisationId, caseId]);
    return new Map(attempts.map(({ memberId, ...attempt }) => [memberId, attempt]));
  }

  /** What asks for care around people of the circle. */
  private async care(tx: Tx, theCase: CaseEntity, people: readonly CircleMember[]): Promise<MemberCareProps> {
    const nameOf = new Map(people.map((person) => [person.id, shownName(person)]));
    const here = people.filter(({ state }) => !ENDED.includes(state));
    const last = await this.lastContacts(tx, theCase.id);
    const [first] = here.filter(({ isMainPerson }) => isMainPerson);
    const open = (member: CircleMember): boolean => (member.isMainPerson ? member.id === first?.id && !theCase.consentGiven : mayAddGuardian(member.state));
    const hasSupport = here.some(({ relation, state }) => relation === 'support-person' && CONTACTABLE_STATES.includes(state));
    return {
      objections: here.flatMap((member) =>
        (member.objections ?? [])
          .filter(({ talkedOn }) => !talkedOn)
          .map(({ byId, on, remark }) => ({ memberId: member.id, about: shownName(member), by: nameOf.get(byId) ?? '', on, remark: remark ?? null })),
      ),
      guardians: here
        .filter((member) => needsGuardian(member) && !member.approval?.guardian && open(member))
        .map((member) => ({ id: member.id, name: shownName(member), guardians: member.guardians ?? [], isMainPerson: member.isMainPerson })),
      alone: hasSupport ? [] : here.filter(isChild).map((member) => ({ id: member.id, name: shownName(member) })),
      members: here
        .filter(({ isMainPerson }) => !isMainPerson)
        .map((member) => ({ id: member.id, name: shownName(member), state: member.state, wrongAddress: isWrong(last.get(member.id), member.contactChangedAt) })),
    };
  }

  private async safety(tx: Tx, theCase: CaseEntity, mainPersonIds: readonly string[]): Promise<SafetyCheckView | null> {
    if (theCase.safetyGate === 'not-needed') return null;
    const meetingPossible = theCase.safetyGate === 'together';
    if (!theCase.safetyCheck) return { directDanger: null, veiligThuis: null, spokenAlone: [], together: null, note: null, meetingPossible, gaps: safetyGaps(null, []) };
    const place = { organisationId: tx.organisationId, table: 'cases', column: 'safety_check', id: theCase.id };
    const check = await this.vault.open<SafetyCheck>(place, theCase.safetyCheck);
    return { ...check, note: check.note ?? null, meetingPossible, gaps: safetyGaps(check, mainPersonIds) };
  }

  private async plan(
    tx: Tx,
    theCase: CaseEntity,
    people: readonly CircleMember[],
    meetings: readonly MeetingAnswer[],
    closed: boolean,
  ): Promise<Contents['plan']> {
    const { draft, version } = closed ? { draft: EMPTY_DRAFT, version: 0 } : await this.drafts.load(tx, theCase.id);
    const current = await this.plans.currentFor(tx, theCase.id);
    const fixed = await this.plans.current(tx, theCase.id);
    const changed = fixed === null || !sameDraft(draft, fixed.content.draft);
    const { items } = await this.commitments.pageOf(tx, { caseId: theCase.id, limit: MOST_LINES });
    const nameOf = new Map(people.map((person) => [person.id, shownName(person)]));
    const called = (id: string): string => nameOf.get(id) ?? '';
    const view: Pick<PlanSectionProps, 'current' | 'commitments' | 'draft' | 'draftIsNew' | 'canFix'> = {
      current: current && { ...current, goals: current.goals.map(({ text }) => text) },
      commitments: items.map(({ memberName, ...commitment }) => ({ ...commitment, who: memberName })),
      draft: {
        goals: draft.goals,
        commitments: draft.commitments.map((commitment) => ({ ...commitment, who: called(commitment.memberId) })),
        safetyConditions: draft.safetyConditions.map((condition) => ({ ...condition, setBy: called(condition.setByMemberId) })),
      },
      draftIsNew: changed,
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

/** Whether the number or address turned out wrong and nobody put it right since. */
const isWrong = (last: Pick<Attempt, 'outcome' | 'at'> | undefined, changedAt: Date | null): boolean =>
  last?.outcome === 'wrong-address' && (changedAt === null || changedAt < last.at);

/** A meeting with everyone who is asked for it. */
function viewOf(meeting: MeetingAnswer, people: readonly CircleMember[], now: Date): Omit<MeetingView, 'warning' | 'table'> {
  const { id, type, state, startsAt, endsAt, place, slotId } = meeting;
  const asked = people.filter((person) => person.isMainPerson || INVITED_STATES.includes(person.state));
  const answers = new Map(meeting.responses.map((response) => [response.memberId, response.answers]));
  const noted = new Map(meeting.attendance.map((one) => [one.memberId, one]));
  const clock = (at: string | undefined): string | null => (at ? localTime(new Date(at)).slice(11, 16) : null);
  return {
    id,
    type,
    state,
    startsAt,
    endsAt,
    place,
    slots: state === 'polling' ? meeting.slots : meeting.slots.filter((slot) => slot.id === slotId),
    began: startsAt !== null && hasBegun(new Date(startsAt), now),
    answerBy: state === 'polling' ? meeting.answerBy : null,
    silent: asked
      .filter((person) => Object.keys(answers.get(person.id) ?? {}).length === 0)
      .map((person) => ({ name: shownName(person), phone: person.phone ?? null })),
    ranking: meeting.ranking,
    parts: meeting.parts,
    planningWarnings: meeting.warnings ?? [],
    responses: asked.map((person) => ({ memberId: person.id, name: shownName(person), answers: answers.get(person.id) ?? {} })),
    day: meeting.startsLocal?.slice(0, 10) ?? '',
    attendance: asked.map((person) => {
      const one = noted.get(person.id);
      return { memberId: person.id, name: shownName(person), presence: one?.presence ?? null, arrivedAt: clock(one?.arrivedAt), leftAt: clock(one?.leftAt) };
    }),
  };
}

function tableOf({ kind }: CaseEntity, { privateTime, scribeId }: MeetingAnswer, people: readonly CircleMember[], closed: boolean): TableView {
  return {
    privateTime: KINDS[kind].privateTime === 'none' ? null : privateTime,
    closed,
    scribeId,
    writers: people.filter(mayWrite).map((person) => ({ id: person.id, name: shownName(person) })),
  };
}
