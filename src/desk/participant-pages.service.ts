import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { LawClocksService } from '../cases/law-clocks.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { howTogether } from '../cases/reopening.rules.js';
import { isKnown } from '../circle/circle.policy.js';
import { CircleService } from '../circle/circle.service.js';
import { INVITED_STATES, MEMBER_TRANSITIONS } from '../circle/circle.rules.js';
import { NoticesService } from '../circle/notices.service.js';
import { ParticipationService } from '../circle/participation.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { shownName } from '../circle/members.service.js';
import type { MeetingView } from '../meetings/meetings.dto.js';
import { MeetingsService } from '../meetings/meetings.service.js';
import { ScriptService } from '../meetings/script.service.js';
import { CHAIRS } from '../meetings/script.rules.js';
import { MessagesService } from '../messages/messages.service.js';
import { StaffService } from '../people/staff.service.js';
import { AgreementsService } from '../plans/agreements.service.js';
import { ConditionRecords } from '../plans/condition-records.service.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import type { CommitmentAnswer } from '../plans/commitments.dto.js';
import { PlanPapersService } from '../plans/plan-papers.service.js';
import { ObstacleAnswers } from '../plans/obstacle-answers.service.js';
import { DraftAccess } from '../plans/draft-access.service.js';
import { PlansService } from '../plans/plans.service.js';
import { MarksService } from '../plans/marks.service.js';
import { REALISED } from '../plans/six-weeks.rules.js';
import { SixWeeksService } from '../plans/six-weeks.service.js';
import { StatementsService } from '../plans/statements.service.js';
import type { Ctx, ParticipantActor } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { newId } from '../platform/ids.js';
import type { Contact } from '../web/frame.js';
import type { CirclePageProps } from './circle.pages.js';
import type { InvitedMeeting } from './dates.pages.js';
import type { MineContents, MinePageProps } from './mine.pages.js';
import { AROUND_PARTICIPANT } from './participant-pages.queries.js';
import type { OwnCirclePageProps, OwnCirclePerson } from './own-circle.pages.js';
import { TablePagesService } from './table-pages.service.js';
import type { OwnObstacle } from './own-obstacles.pages.js';
import type { OwnPartProps } from './own-part.pages.js';
import { OwnOffersService } from './own-offers.service.js';
import type { OwnCommitment } from './promises.pages.js';

const MOST_PROMISES = 100;
/** How long a meeting that is over still stands on the page. */
const SHOWN_AFTER_DAYS = 2;
/** How long we keep how to reach someone who takes part. */
const KEPT_DAYS = 365;
const DAY_MS = 24 * 60 * 60 * 1000;

interface Around {
  facilitator_id: string;
  facilitator_name: string;
  /** Of whom the reader may hear; null when there is none. */
  main_persons: string[] | null;
  professional: boolean;
  last_meeting: Date | null;
  waits_for_call: boolean;
  /** Said that they want to come together again, and is still to be called about it. */
  asked_together: boolean;
}

type WithoutFrame<Props> = Omit<Props, 'frame'>;

export interface ParticipantView<Props> {
  contact: Contact;
  props: WithoutFrame<Props>;
}

/** What stands on the page of someone who came through a personal link. */
@Injectable()
export class ParticipantPagesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly lawClocks: LawClocksService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly meetings: MeetingsService,
    private readonly scripts: ScriptService,
    private readonly plans: PlansService,
    private readonly papers: PlanPapersService,
    private readonly agreements: AgreementsService,
    private readonly statements: StatementsService,
    private readonly draftAccess: DraftAccess,
    private readonly commitments: CommitmentsService,
    private readonly conditions: ConditionRecords,
    private readonly obstacles: ObstacleAnswers,
    private readonly offers: OwnOffersService,
    private readonly marks: MarksService,
    private readonly sixWeeks: SixWeeksService,
    private readonly staff: StaffService,
    private readonly messages: MessagesService,
    private readonly notices: NoticesService,
    private readonly participations: ParticipationService,
    private readonly tables: TablePagesService,
    private readonly audit: AuditService,
  ) {}

  /** `/kring`: what is asked of a circle member, and what they promised. The first time it is written down that they were told what is kept. */
  async circlePage(ctx: Ctx, kept: string | null): Promise<ParticipantView<CirclePageProps>> {
    const me = participant(ctx);
    const view = await this.database.run(ctx, async (tx) => {
      const around = await this.around(tx, me);
      const commitments = await this.promises(tx, me);
      const keptUntil = around.last_meeting && DateTime.fromJSDate(new Date(around.last_meeting.getTime() + KEPT_DAYS * DAY_MS)).toISODate();
      return {
        contact: await this.contact(tx, around),
        props: {
          me: { name: me.name, professional: around.professional },
          asker: inWords(around.main_persons ?? [around.facilitator_name]),
          meetings: await this.dates(tx, me),
          commitments,
          obstacles: await this.inTheWay(tx, me),
          offers: await this.offers.of(tx, me, commitments),
          part: await this.part(tx, me),
          safety: around.professional ? await this.conditions.waitingFor(tx, me.memberId) : null,
          marks: await this.marksOf(tx, me),
          leads: await this.leads(tx, me),
          writes: await this.draftAccess.mayWrite(tx, me.caseId),
          table: await this.tables.card(tx, me),
          plan: await this.papers.partFor(tx, me),
          waitsForYes: await this.waitsForYes(tx, me),
          kept: keptOf(commitments, kept),
          notice: { ...(await this.notices.words(tx, me.memberId)), first: await this.notices.onPage(tx, me.memberId), keptUntil },
        },
      };
    });
    await this.looked(ctx, me);
    return view;
  }

  /** `/mijn`: a main person's page; the circle, the words and the plan only on a device that is known. */
  async minePage(ctx: Ctx, kept: string | null = null): Promise<ParticipantView<MinePageProps>> {
    const me = participant(ctx);
    const view = await this.database.view(ctx, async (tx) => {
      const around = await this.around(tx, me);
      const known = isKnown(me, tx.now);
      const commitments = await this.promises(tx, me);
      return {
        contact: await this.contact(tx, around),
        props: {
          me: { name: me.name },
          meetings: await this.dates(tx, me),
          commitments,
          obstacles: await this.inTheWay(tx, me),
          offers: await this.offers.of(tx, me, commitments),
          kept: keptOf(commitments, kept),
          marks: await this.marksOf(tx, me),
          contents: known ? await this.contents(tx, me) : null,
          table: known ? await this.tables.card(tx, me) : null,
        },
      };
    });
    await this.looked(ctx, me);
    return view;
  }

  /** `/mijn/kring`: everyone who belongs to a main person's circle, or was named for it. */
  async ownCircle(ctx: Ctx): Promise<ParticipantView<OwnCirclePageProps>> {
    const me = participant(ctx);
    const view = await this.database.view(ctx, async (tx) => ({
      contact: await this.contact(tx, await this.around(tx, me)),
      props: { me: { name: me.name }, people: await this.circleOf(tx, me) },
    }));
    await this.audit.read(ctx, { action: 'circle.listed', object: { kind: 'case', id: me.caseId }, caseId: me.caseId });
    return view;
  }

  /** What stands and concerns the reader; their own promises' own are their move where they are. */
  private async inTheWay(tx: Tx, me: ParticipantActor): Promise<OwnObstacle[]> {
    const { items } = await this.obstacles.pageOf(tx, { state: 'open', limit: MOST_PROMISES });
    return items.flatMap((item): OwnObstacle[] => {
      if ('yourMove' in item) return [item];
      return 'whoseMove' in item ? [{ ...item, yourMove: item.whoseMove.memberId === me.memberId }] : [];
    });
  }

  /** Whom to call, for a page with nothing else of the visit on it. */
  async contactOf(ctx: Ctx): Promise<Contact> {
    return this.database.view(ctx, async (tx) => this.contact(tx, await this.around(tx, participant(ctx))));
  }

  /** Whether they said that they want to come together again, and are still to be called about it. */
  async askedTogether(ctx: Ctx): Promise<boolean> {
    return this.database.view(ctx, async (tx) => (await this.around(tx, participant(ctx))).asked_together);
  }

  /** "Bel mij terug", or about coming together again: a call on the facilitator's list; asked twice is asked once. */
  async askCallBack(ctx: Ctx, about: 'call-back' | 'together-asked' = 'call-back'): Promise<void> {
    const me = participant(ctx);
    await this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.require(tx, me.caseId, 'circle');
      const { waits_for_call: waits, asked_together: asked } = await this.around(tx, me);
      if (about === 'call-back' ? waits : asked) return;
      const member = await this.circle.member(tx, me.memberId);
      await this.messages.queue(tx, {
        template: about,
        channel: 'call',
        to: { address: member.phone ?? null, name: shownName(member), language: member.language },
        values: { askedAt: tx.now.toISOString() },
        memberId: me.memberId,
        caseId: theCase.id,
        key: `${about} ${newId(tx.now)}`,
      });
      await this.audit.record(tx, { action: 'desk.call-back-asked', object: { kind: 'circle-member', id: me.memberId }, caseId: me.caseId });
    });
  }

  private async contents(tx: Tx, me: ParticipantActor): Promise<MineContents> {
    const { kind } = await this.cases.require(tx, me.caseId, 'main-person');
    const plan = await this.plans.currentFor(tx, me.caseId);
    const statement = (await this.statements.all(tx, me.caseId)).find(({ memberId }) => memberId === me.memberId);
    return {
      circle: await this.circleOf(tx, me),
      statement: statement ?? null,
      plan: plan && {
        id: plan.id,
        version: plan.version,
        fixedAt: plan.fixedAt,
        goals: plan.goals.map(({ text }) => text),
        commitments: plan.commitments.map((commitment) => ({ ...commitment, who: (commitment.takenOverBy ?? commitment).memberName })),
        legal: plan,
        state: plan.state,
        conditions: plan.safetyConditions,
        agrees: plan.agreements.find(({ memberId }) => memberId === me.memberId)?.agrees ?? null,
      },
      together: await this.together(tx, me),
      lawClocks: await this.lawClocks.list(tx, me.caseId),
      progress: await this.progress(tx, me.caseId),
      script: KINDS[kind].meets ? (CHAIRS[KINDS[kind].chair].passesOn ? 'lead' : 'read') : null,
    };
  }

  /** How people come together again, and whether they asked for it; null while something else is going on. */
  private async together(tx: Tx, me: ParticipantActor): Promise<MineContents['together']> {
    const theCase = await this.cases.require(tx, me.caseId, 'main-person');
    const how = howTogether(theCase, tx.now);
    return how && { how, asked: (await this.around(tx, me)).asked_together, meets: KINDS[theCase.kind].meets, withoutPlan: theCase.endReason === 'no-plan' };
  }

  /** Whether there is something to mark, and whether they did; null when there is not. */
  private async marksOf(tx: Tx, { caseId, memberId }: ParticipantActor): Promise<{ given: boolean } | null> {
    const own = await this.marks.own(tx, caseId, memberId);
    return own && { given: own.given !== null };
  }

  /** Whether a plan waits for what they say of it. */
  private async waitsForYes(tx: Tx, { caseId, memberId }: ParticipantActor): Promise<boolean> {
    const own = await this.agreements.own(tx, caseId, memberId);
    return own?.state === 'fixed' && own.agrees === null;
  }

  /** How far a plan that is carried is, and when people look back on it. */
  private async progress(tx: Tx, caseId: string): Promise<MineContents['progress']> {
    const found = await this.sixWeeks.of(tx, caseId);
    if (!found?.carriedAt) return null;
    const { kind } = await this.cases.require(tx, caseId, 'main-person');
    const asked = found.reviews.find(({ state }) => state === 'asked');
    return { realised: found.realised, of: found.of, reviewOn: asked?.on ?? null, meets: KINDS[kind].meets };
  }

  /** The circle as a main person may see it, without those who left. */
  private async circleOf(tx: Tx, me: ParticipantActor): Promise<OwnCirclePerson[]> {
    const people = await this.circle.members(tx, me.caseId);
    const hidden = await this.restrictions.hidden(tx, me.caseId);
    return people
      .filter(({ id, isMainPerson, state }) => !isMainPerson && state !== 'removed' && !hidden.has(id))
      .map(({ id, name, relation, circleKind, state, version }) => ({
        id,
        name,
        relation: relation ?? 'other',
        professional: circleKind === 'professional',
        state,
        version,
        open: MEMBER_TRANSITIONS[state].approve !== undefined,
      }));
  }

  private async dates(tx: Tx, me: ParticipantActor): Promise<InvitedMeeting[]> {
    const self = await this.circle.member(tx, me.memberId);
    if (!self.isMainPerson && !INVITED_STATES.includes(self.state)) return [];
    const recent = tx.now.getTime() - SHOWN_AFTER_DAYS * DAY_MS;
    return (await this.meetings.ofParticipant(tx, me))
      .filter(({ state, endsAt }) => state === 'polling' || (endsAt !== null && Date.parse(endsAt) > recent))
      .map((meeting) => ({ ...invited(meeting, me.memberId), begun: meeting.startsAt !== null && Date.parse(meeting.startsAt) <= tx.now.getTime() }));
  }

  /**
   * How they take part, for who was invited where people meet. As spokesperson they find whose meeting it is, and who speaks
   * already: who else was asked is not theirs to see.
   */
  private async part(tx: Tx, me: ParticipantActor): Promise<OwnPartProps | null> {
    const people = await this.circle.members(tx, me.caseId);
    const self = people.find(({ id }) => id === me.memberId);
    const { kind } = await this.cases.require(tx, me.caseId, 'circle');
    if (!self || !INVITED_STATES.includes(self.state) || !KINDS[kind].meets) return null;
    const hidden = await this.restrictions.hidden(tx, me.caseId);
    const { way, reason, spokespersonId, letter, recordingAt, remark } = await this.participations.of(tx, self);
    return {
      way, reason, spokespersonId, letter, recordingAt, remark,
      others: people
        .filter(({ id, isMainPerson, state }) => !hidden.has(id) && (id === spokespersonId || (isMainPerson && state !== 'removed')))
        .map((person) => ({ id: person.id, name: shownName(person) })),
    };
  }

  private async leads(tx: Tx, me: ParticipantActor): Promise<boolean> {
    const { kind } = await this.cases.require(tx, me.caseId, 'circle');
    return this.scripts.leads(tx, await this.circle.member(tx, me.memberId), kind);
  }

  private async promises(tx: Tx, me: ParticipantActor): Promise<OwnCommitment[]> {
    const { items } = await this.commitments.pageOf(tx, { memberId: me.memberId, limit: MOST_PROMISES });
    return items.map(own);
  }

  private async around(tx: Tx, me: ParticipantActor): Promise<Around> {
    return (await named<Around>(tx, AROUND_PARTICIPANT, [tx.organisationId, me.memberId]))[0]!;
  }

  private async contact(tx: Tx, around: Around): Promise<Contact> {
    const facilitator = await this.staff.find(tx, around.facilitator_id);
    return { name: around.facilitator_name, phone: facilitator?.phone ?? null, callBackAsked: around.waits_for_call };
  }

  private async looked(ctx: Ctx, me: ParticipantActor): Promise<void> {
    await this.audit.read(ctx, { action: 'desk.own-page-read', object: { kind: 'circle-member', id: me.memberId }, caseId: me.caseId });
  }
}

/** The one whose page it is; the routes let nobody else in. */
export const participant = (ctx: Ctx): ParticipantActor => ctx.actor as ParticipantActor;

const own = ({ id, text, state, version, dueOn, every }: CommitmentAnswer): OwnCommitment => ({ id, text, state, version, dueOn, every });

/** What was just kept, as it was promised. */
const keptOf = (commitments: readonly OwnCommitment[], kept: string | null): string | null =>
  commitments.find(({ id, state }) => id === kept && REALISED.includes(state))?.text ?? null;

/** "Sanne", "Sanne en Mark", "Sanne, Mark en Jip". */
const inWords = (names: readonly string[]): string => new Intl.ListFormat('nl', { type: 'conjunction' }).format(names);

function invited(meeting: MeetingView, memberId: string): InvitedMeeting {
  const { id, type, state, startsAt, endsAt, answerBy, place, slotId } = meeting;
  // By day, not by who can when: an answer must not move the days about.
  const slots = meeting.slots
    .filter((slot) => state === 'polling' || slot.id === slotId)
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const answers = meeting.responses.find((response) => response.memberId === memberId)?.answers ?? {};
  return { id, type, state, startsAt, endsAt, answerBy, place, slots, answers };
}
