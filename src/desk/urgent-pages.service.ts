import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService } from '../circle/circle.service.js';
import { shownName } from '../circle/members.service.js';
import type { MeetingAnswer } from '../meetings/meetings.dto.js';
import { MeetingsService } from '../meetings/meetings.service.js';
import { midnightBefore, urgentSlots } from '../meetings/urgent.rules.js';
import { UrgentCasesService } from '../meetings/urgent-cases.service.js';
import { actorId, hasRole, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { notFound } from '../platform/http/problem.js';
import { ZONE } from '../platform/local-day.js';
import { textsFor } from '../texts/texts.js';
import { CASE_BY_REFERENCE } from './case-pages.queries.js';
import { ACKNOWLEDGED_OF_CASE, ACUTE_REFERRAL, UNACKNOWLEDGED, URGENT_ATTEMPTS, URGENT_RUNNING, URGENT_UNEXPLAINED } from './urgent.queries.js';
import { callOrder, countsOf, statusOf } from './urgent.rules.js';
import type { AcuteReferral, UrgentPersonView, UrgentState, UrgentWaiting } from './urgent.pages.js';

/** What stands on the pages of what cannot wait. */
@Injectable()
export class UrgentPagesService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly meetings: MeetingsService,
    private readonly urgentCases: UrgentCasesService,
    private readonly audit: AuditService,
  ) {}

  /** The id behind a number of an urgent case, for its facilitator; 404 for everyone else. */
  async idOf(ctx: Ctx, reference: string): Promise<string> {
    return this.database.view(ctx, async (tx) => (await this.require(tx, reference)).id);
  }

  /** Who was reached, who comes, whom to phone. The same page looked at again within five minutes is one look on the log. */
  async state(ctx: Ctx, reference: string): Promise<UrgentState> {
    const { caseId, state } = await this.database.view(ctx, async (tx) => {
      const theCase = await this.require(tx, reference);
      return { caseId: theCase.id, state: await this.stateOf(tx, theCase) };
    });
    await this.audit.read(ctx, { action: 'cases.read', object: { kind: 'case', id: caseId }, caseId });
    return state;
  }

  /** What nobody has yet, and one's own urgent cases. `all`: a lead's. */
  async waiting(ctx: Ctx, all: 'all' | 'own'): Promise<UrgentWaiting> {
    const me = actorId(ctx.actor)!;
    return this.database.view(ctx, async (tx) => ({
      unacknowledged: await named<UrgentWaiting['unacknowledged'][number]>(tx, UNACKNOWLEDGED, [tx.organisationId, all === 'all' ? null : me]),
      running: all === 'all' ? [] : await named<UrgentWaiting['running'][number]>(tx, URGENT_RUNNING, [tx.organisationId, me]),
      unexplained: all === 'all' ? [] : await this.unexplained(tx, me),
    }));
  }

  /** An acute referral for who may have it: without anything that it says. */
  async acute(ctx: Ctx, id: string): Promise<AcuteReferral> {
    return this.database.view(ctx, async (tx) => {
      const theirs = await named<{ id: string }>(tx, UNACKNOWLEDGED, [tx.organisationId, hasRole(ctx.actor, 'lead') ? null : actorId(ctx.actor)]);
      const [found] = await named<Omit<AcuteReferral, 'id' | 'isOwn'>>(tx, ACUTE_REFERRAL, [tx.organisationId, id]);
      const isOwn = found?.facilitatorId === actorId(ctx.actor);
      // One that somebody has is no secret to who follows the link in an older message.
      if (!found || (!found.acknowledgedAt && !isOwn && !theirs.some((one) => one.id === id))) throw notFound();
      return { id, ...found, isOwn };
    });
  }

  private async unexplained(tx: Tx, facilitatorId: string): Promise<UrgentWaiting['unexplained']> {
    return named(tx, URGENT_UNEXPLAINED, [tx.organisationId, facilitatorId, midnightBefore(tx.now), ZONE]);
  }

  private async stateOf(tx: Tx, theCase: CaseEntity): Promise<UrgentState> {
    const people = await this.circle.members(tx, theCase.id);
    const meeting = (await this.meetings.ofCase(tx, theCase.id, people)).find(({ state }) => state === 'fixed' || state === 'polling') ?? null;
    const rows = await named<{ memberId: string; attempts: number; lastAt: Date }>(tx, URGENT_ATTEMPTS, [tx.organisationId, theCase.id]);
    const tried = new Map(rows.map((row) => [row.memberId, row]));
    const [acknowledged] = await named<{ at: Date | null; name: string | null }>(tx, ACKNOWLEDGED_OF_CASE, [tx.organisationId, theCase.id]);
    const { contactHint } = textsFor('nl').desk.words;
    const views = people.map((member): UrgentPersonView => {
      const person = {
        isMainPerson: member.isMainPerson,
        professional: member.circleKind === 'professional',
        state: member.state,
        reached: member.reachedAt !== null || member.state === 'approached',
        answer: answerOf(meeting, member.id),
        attempts: tried.get(member.id)?.attempts ?? 0,
      };
      return {
        ...person,
        id: member.id,
        name: shownName(member),
        phone: member.phone ?? null,
        hint: member.contactPreference ? contactHint(member.contactPreference) : null,
        lastAt: tried.get(member.id)?.lastAt ?? null,
        status: statusOf(person),
      };
    });
    const gate = theCase.safetyGate === 'not-needed' || theCase.safetyGate === 'together';
    return {
      reference: theCase.reference,
      acknowledged: acknowledged?.at ? { at: acknowledged.at, name: acknowledged.name! } : null,
      consentGiven: theCase.consentGiven,
      gateOpen: gate,
      people: views,
      calls: callOrder(views, theCase.consentGiven),
      counts: countsOf(views, theCase.consentGiven),
      meeting: meeting && {
        id: meeting.id,
        slotId: meeting.slots.find(({ startsAt }) => startsAt === meeting.startsAt)?.id ?? null,
        startsAt: meeting.startsAt,
        place: meeting.place.address ?? meeting.place.url ?? '',
      },
      slots: gate && !meeting && theCase.state === 'preparing' ? urgentSlots(tx.now) : [],
      tonight: await this.urgentCases.tonight(tx, theCase.id),
      open: theCase.state === 'preparing' || theCase.state === 'scheduled',
      unexplained: (await this.unexplained(tx, theCase.facilitatorId)).some(({ reference }) => reference === theCase.reference),
    };
  }

  private async require(tx: Tx, reference: string): Promise<CaseEntity> {
    const [row] = await named<{ id: string }>(tx, CASE_BY_REFERENCE, [tx.organisationId, reference]);
    if (!row) throw notFound();
    const theCase = await this.cases.require(tx, row.id);
    if (!theCase.urgent) throw notFound();
    return theCase;
  }
}

function answerOf(meeting: MeetingAnswer | null, memberId: string): UrgentPersonView['answer'] {
  const slot = meeting?.slots.find(({ startsAt }) => startsAt === meeting.startsAt);
  const given = slot && meeting?.responses.find((response) => response.memberId === memberId)?.answers[slot.id];
  return (given as UrgentPersonView['answer'] | undefined) ?? null;
}
