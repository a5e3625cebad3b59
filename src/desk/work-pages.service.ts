import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { AuditService } from '../audit/audit.service.js';
import { CASE_KINDS } from '../cases/kinds.rules.js';
import { CircleService, type SealedMember } from '../circle/circle.service.js';
import { NoticesService } from '../circle/notices.service.js';
import { MeetingsService } from '../meetings/meetings.service.js';
import { MessagesService } from '../messages/messages.service.js';
import type { Template } from '../messages/templates.rules.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import { PLAN_TASKS } from '../circle/tasks.rules.js';
import { TasksService } from '../circle/tasks.service.js';
import { ObstacleAnswers } from '../plans/obstacle-answers.service.js';
import type { ObstacleAnswer } from '../plans/obstacles.dto.js';
import { SixWeeksService } from '../plans/six-weeks.service.js';
import { actorId, hasRole, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { decodeCursor, page } from '../platform/http/cursor.js';
import { notFound } from '../platform/http/problem.js';
import { ZONE } from '../platform/local-day.js';
import { Vault } from '../platform/vault/vault.js';
import { CorrectionsService } from '../privacy/corrections.service.js';
import { ReferralStore } from '../referrals/referral-store.service.js';
import { textsFor } from '../texts/texts.js';
import { BY_HAND, CASELOAD, FACILITATORS, HAND_MESSAGE, REFERENCES, SILENT } from './work-pages.queries.js';
import type { ObstacleRow } from './work-obstacles.pages.js';
import type { OpenReferral } from './work-referrals.pages.js';
import type { CaseRow, DuePromise, HandMessage, SilentMember, UpcomingMeeting, WorkPageProps } from './work.pages.js';
import { whoseMove } from './case-obstacles.pages.js';
import { CaseOffersService } from './case-offers.service.js';
import { ROUTES } from './desk.routes.js';
import { LettersService } from './letters.service.js';

const CASES_ON_PAGE = 25;
const REFERRALS_ON_PAGE = 25;
/** A promise stands on the list from this many days before it is due. */
const DUE_WITHIN_DAYS = 3;
/** Who has not answered for this long is worth a call. */
const SILENT_AFTER_DAYS = 3;
const MOST_PROMISES = 50;
const MOST_TASKS = 100;
const MOST_OBSTACLES = 50;
const MOST_OFFERS = 50;
/** A meeting that nobody concluded stays on the list this long. */
const TO_CONCLUDE_DAYS = 30;

interface CaseloadRow extends CaseRow {
  id: string;
  facilitatorId: string;
}

interface ByHandRow {
  id: string;
  template: Template;
  channel: HandMessage['channel'];
  /** What the message says, sealed. */
  said: Buffer | null;
  /** Why a person does it that the service was to do; null when it always was by hand. */
  why: string | null;
  reference: string;
  memberId: string;
  name: string;
  sealed: Buffer;
}

interface SilentRow {
  reference: string;
  memberId: string;
  name: string;
  sealed: Buffer;
  since: Date;
  poll: boolean;
}

/** What stands on `/werk`: who needs what today, then the caseload. */
@Injectable()
export class WorkPagesService {
  constructor(
    private readonly database: Database,
    private readonly referrals: ReferralStore,
    private readonly meetings: MeetingsService,
    private readonly commitments: CommitmentsService,
    private readonly obstacles: ObstacleAnswers,
    private readonly offers: CaseOffersService,
    private readonly messages: MessagesService,
    private readonly corrections: CorrectionsService,
    private readonly vault: Vault,
    private readonly circle: CircleService,
    private readonly notices: NoticesService,
    private readonly sixWeeks: SixWeeksService,
    private readonly tasks: TasksService,
    private readonly letters: LettersService,
    private readonly audit: AuditService,
  ) {}

  async workPage(ctx: Ctx, query: { after?: string }): Promise<Omit<WorkPageProps, 'frame'>> {
    const me = actorId(ctx.actor)!;
    const isLead = hasRole(ctx.actor, 'lead');
    const after = decodeCursor(query.after, ['uuid'])?.[0] ?? null;
    const props = await this.database.view(ctx, async (tx) => {
      const values = [tx.organisationId, isLead ? null : me, after, CASES_ON_PAGE + 1];
      const cases = page(await named<CaseloadRow>(tx, CASELOAD, values), CASES_ON_PAGE, ({ id }) => [id]);
      return {
        isLead,
        referrals: await this.openReferrals(tx),
        facilitators: await named<{ id: string; name: string; openCases: number }>(tx, FACILITATORS, [tx.organisationId, isLead ? null : me]),
        kinds: CASE_KINDS,
        calls: await this.calls(tx, me),
        silent: await this.silent(tx, me),
        corrections: await this.corrections.waiting(tx, me),
        promises: await this.promises(tx, me),
        sixWeeks: await this.sixWeeks.tasks(tx, me),
        plans: (await this.tasks.of(tx, me, { limit: MOST_TASKS })).items.filter(({ task }) => PLAN_TASKS.includes(task)),
        inTheWay: await this.inTheWay(tx),
        offers: await this.offers.rows(tx, MOST_OFFERS),
        meetings: await this.upcoming(tx, me),
        cases: cases.items.map((row) => forReader(row, me, isLead)),
        nextPage: cases.next && `${ROUTES.work}?after=${cases.next}`,
      };
    });
    await this.audit.read(ctx, { action: 'desk.work-read', object: null });
    return props;
  }

  /** What stands in the way in the own cases. */
  private async inTheWay(tx: Tx): Promise<ObstacleRow[]> {
    const { items } = await this.obstacles.pageOf(tx, { state: 'open', limit: MOST_OBSTACLES });
    const own = items.filter((item): item is ObstacleAnswer => 'whoseMove' in item);
    const references = await named<{ id: string; reference: string }>(tx, REFERENCES, [tx.organisationId, own.map(({ caseId }) => caseId)]);
    const of = new Map(references.map(({ id, reference }) => [id, reference]));
    return own.map((item) => ({ reference: of.get(item.caseId) ?? '', name: item.memberName, category: item.category, whose: whoseMove(item), workingDays: item.workingDays }));
  }

  /** A task of the list is done: everything by hand for that person is off it. */
  async handMessageDone(ctx: Ctx, messageId: string): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      const [found] = await named<{ memberId: string; channel: string }>(tx, HAND_MESSAGE, [tx.organisationId, messageId, actorId(ctx.actor)]);
      if (!found) throw notFound();
      await this.messages.doneByHand(tx, found.memberId);
      // What to tell at first contact stood with the task.
      const owed = await this.notices.owed(tx, [found.memberId]);
      if (owed.size > 0) await this.notices.spoken(tx, await this.circle.member(tx, found.memberId), found.channel);
      await this.audit.record(tx, { action: 'messages.done-by-hand', object: { kind: 'message', id: messageId } });
    });
  }

  private async openReferrals(tx: Tx): Promise<OpenReferral[]> {
    const open = await this.referrals.waiting(tx, REFERRALS_ON_PAGE);
    const doubles = await this.referrals.withDoubles(tx, open.map(({ id }) => id));
    const acuteFirst = [...open].sort((a, b) => Number(b.safetyLevel === 'acute') - Number(a.safetyLevel === 'acute'));
    return acuteFirst.map(({ id, kind, source, themes, safetyLevel, residentName, receivedAt, content }) => ({
      id,
      resident: residentName,
      kind,
      source,
      referrer: content.referrer ? [content.referrer.name, content.referrer.organisation].filter(Boolean).join(', ') : null,
      receivedAt: receivedAt!,
      question: content.question,
      themes,
      circleSize: content.circle.length,
      safety: safetyLevel,
      possibleDouble: doubles.has(id),
    }));
  }

  private async calls(tx: Tx, me: string): Promise<HandMessage[]> {
    const rows = await named<ByHandRow>(tx, BY_HAND, [tx.organisationId, me]);
    const owed = await this.notices.owed(tx, [...new Set(rows.map(({ memberId }) => memberId))]);
    const { handMessages, undelivered } = textsFor('nl').desk.words;
    return Promise.all(
      rows.map(async ({ id, template, channel, why, said, reference, memberId, name, sealed }) => {
        const { phone, address, preference } = await this.reach(tx, memberId, sealed);
        return {
          messageId: id,
          reference,
          name,
          channel,
          to: (channel === 'letter' || channel === 'visit' ? address : phone) ?? null,
          about: [why && undelivered[why], handMessages[template] ?? handMessages.other!].filter(Boolean).join(' '),
          preference,
          say: await this.letters.toSay(tx, { id, template, said }),
          notice: owed.get(memberId) ?? null,
        };
      }),
    );
  }

  private async silent(tx: Tx, me: string): Promise<SilentMember[]> {
    const before = DateTime.fromJSDate(tx.now).minus({ days: SILENT_AFTER_DAYS }).toJSDate();
    const rows = await named<SilentRow>(tx, SILENT, [tx.organisationId, me, before]);
    return Promise.all(
      rows.map(async ({ reference, memberId, name, sealed, since, poll }) => {
        const { phone, preference } = await this.reach(tx, memberId, sealed);
        return { reference, name, since, what: poll ? 'poll' : 'invitation', phone: phone ?? null, preference } as const;
      }),
    );
  }

  /** How somebody on a list is reached, and what of that is safe. */
  private async reach(tx: Tx, memberId: string, sealed: Buffer): Promise<Pick<SealedMember, 'phone' | 'address'> & { preference: string | null }> {
    const place = { organisationId: tx.organisationId, table: 'circle_members', id: memberId };
    const { phone, address, contactPreference } = await this.vault.open<SealedMember>(place, sealed);
    return { phone, address, preference: contactPreference ? textsFor('nl').desk.words.contactHint(contactPreference) : null };
  }

  private async promises(tx: Tx, me: string): Promise<DuePromise[]> {
    const today = DateTime.fromJSDate(tx.now, { zone: ZONE });
    const due = await this.commitments.due(tx, me, today.plus({ days: DUE_WITHIN_DAYS }).toISODate()!, MOST_PROMISES);
    return due.map(({ id, reference, memberName, text, dueOn }) => ({ id, reference, name: memberName, text, dueOn, overdue: dueOn < today.toISODate()! }));
  }

  private async upcoming(tx: Tx, me: string): Promise<UpcomingMeeting[]> {
    const from = DateTime.fromJSDate(tx.now, { zone: ZONE }).startOf('day');
    const ahead = await this.meetings.ahead(tx, me, { from: from.minus({ days: TO_CONCLUDE_DAYS }).toJSDate(), to: from.plus({ days: 2 }).toJSDate() });
    return ahead.map(({ id, reference, resident, startsAt, endsAt, where, isOwn }) => ({
      reference,
      standInFor: isOwn ? null : id,
      resident,
      startsAt,
      endsAt,
      place: where,
      over: endsAt < tx.now,
    }));
  }
}

/** A lead sees whose case it is, not whom it is about, and cannot open it. */
function forReader({ facilitatorId, facilitator, resident, id: _, ...row }: CaseloadRow, me: string, isLead: boolean): CaseRow {
  return { ...row, resident: facilitatorId === me ? resident : null, facilitator: isLead ? facilitator : null };
}
