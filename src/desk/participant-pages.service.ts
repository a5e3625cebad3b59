import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { LawClocksService } from '../cases/law-clocks.service.js';
import { CircleService } from '../circle/circle.service.js';
import { INVITED_STATES, MEMBER_TRANSITIONS } from '../circle/circle.rules.js';
import { NoticesService } from '../circle/notices.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import { shownName } from '../circle/members.service.js';
import type { MeetingView } from '../meetings/meetings.dto.js';
import { MeetingsService } from '../meetings/meetings.service.js';
import { MessagesService } from '../messages/messages.service.js';
import { StaffService } from '../people/staff.service.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import type { CommitmentAnswer } from '../plans/commitments.dto.js';
import { PlansService } from '../plans/plans.service.js';
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
    private readonly plans: PlansService,
    private readonly statements: StatementsService,
    private readonly commitments: CommitmentsService,
    private readonly staff: StaffService,
    private readonly messages: MessagesService,
    private readonly notices: NoticesService,
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
          kept: commitments.find(({ id }) => id === kept)?.text ?? null,
          notice: { ...(await this.notices.words(tx, me.memberId)), first: await this.notices.onPage(tx, me.memberId), keptUntil },
        },
      };
    });
    await this.looked(ctx, me);
    return view;
  }

  /** `/mijn`: a main person's page; the circle, the words and the plan only on a device that is known. */
  async minePage(ctx: Ctx): Promise<ParticipantView<MinePageProps>> {
    const me = participant(ctx);
    const view = await this.database.view(ctx, async (tx) => {
      const around = await this.around(tx, me);
      const known = me.knownUntil !== null && me.knownUntil > tx.now;
      return {
        contact: await this.contact(tx, around),
        props: {
          me: { name: me.name },
          meetings: await this.dates(tx, me),
          commitments: await this.promises(tx, me),
          contents: known ? await this.contents(tx, me) : null,
        },
      };
    });
    await this.looked(ctx, me);
    return view;
  }

  /** Whom to call, for a page with nothing else of the visit on it. */
  async contactOf(ctx: Ctx): Promise<Contact> {
    return this.database.view(ctx, async (tx) => this.contact(tx, await this.around(tx, participant(ctx))));
  }

  /** "Bel mij terug": a call on the facilitator's list; asked twice is asked once. */
  async askCallBack(ctx: Ctx): Promise<void> {
    const me = participant(ctx);
    await this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.require(tx, me.caseId, 'circle');
      if ((await this.around(tx, me)).waits_for_call) return;
      const member = await this.circle.member(tx, me.memberId);
      await this.messages.queue(tx, {
        template: 'call-back',
        channel: 'call',
        to: { address: member.phone ?? null, name: shownName(member), language: member.language },
        values: { askedAt: tx.now.toISOString() },
        memberId: me.memberId,
        caseId: theCase.id,
        key: `call-back ${newId(tx.now)}`,
      });
      await this.audit.record(tx, { action: 'desk.call-back-asked', object: { kind: 'circle-member', id: me.memberId }, caseId: me.caseId });
    });
  }

  private async contents(tx: Tx, me: ParticipantActor): Promise<MineContents> {
    const people = await this.circle.members(tx, me.caseId);
    const hidden = await this.restrictions.hidden(tx, me.caseId);
    const plan = await this.plans.currentFor(tx, me.caseId);
    const statement = (await this.statements.all(tx, me.caseId)).find(({ memberId }) => memberId === me.memberId);
    return {
      circle: people
        .filter(({ id, isMainPerson, state }) => !isMainPerson && state !== 'removed' && !hidden.has(id))
        .map((member) => ({
          id: member.id,
          name: member.name,
          relation: member.relation ?? 'other',
          professional: member.circleKind === 'professional',
          state: member.state,
          version: member.version,
          open: MEMBER_TRANSITIONS[member.state].approve !== undefined,
        })),
      statement: statement ?? null,
      plan: plan && {
        id: plan.id,
        version: plan.version,
        fixedAt: plan.fixedAt,
        goals: plan.goals.map(({ text }) => text),
        commitments: plan.commitments.map((commitment) => ({ ...commitment, who: commitment.memberName })),
        agrees: plan.agreements.find(({ memberId }) => memberId === me.memberId)?.agrees ?? null,
      },
      lawClocks: await this.lawClocks.list(tx, me.caseId),
    };
  }

  private async dates(tx: Tx, me: ParticipantActor): Promise<InvitedMeeting[]> {
    const self = await this.circle.member(tx, me.memberId);
    if (!self.isMainPerson && !INVITED_STATES.includes(self.state)) return [];
    const recent = tx.now.getTime() - SHOWN_AFTER_DAYS * DAY_MS;
    return (await this.meetings.ofParticipant(tx, me))
      .filter(({ state, endsAt }) => state === 'polling' || (endsAt !== null && Date.parse(endsAt) > recent))
      .map((meeting) => invited(meeting, me.memberId));
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

/** "Sanne", "Sanne en Mark", "Sanne, Mark en Jip". */
const inWords = (names: readonly string[]): string => new Intl.ListFormat('nl', { type: 'conjunction' }).format(names);

function invited(meeting: MeetingView, memberId: string): InvitedMeeting {
  const { id, type, state, startsAt, endsAt, place, slotId } = meeting;
  // By day, not by who can when: an answer must not move the days about.
  const slots = meeting.slots
    .filter((slot) => state === 'polling' || slot.id === slotId)
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const answers = meeting.responses.find((response) => response.memberId === memberId)?.answers ?? {};
  return { id, type, state, startsAt, endsAt, place, slots, answers };
}
