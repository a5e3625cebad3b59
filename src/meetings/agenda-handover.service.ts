import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { CaseEntity } from '../cases/case.entity.js';
import type { Handover, HandoverListener, Moved } from '../cases/cases.events.js';
import { HandoverService } from '../cases/handover.service.js';
import { StaffService } from '../people/staff.service.js';
import { brokenConstraint } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalidField, Problem } from '../platform/http/problem.js';
import { textsFor } from '../texts/texts.js';
import { day, time } from '../web/format.js';
import { AGENDA, ELSEWHERE, HOLD_AGENDA, LEAD_BY, MOVE_THE_REST } from './agenda-handover.queries.js';
import { DutiesService } from './duties.service.js';

export interface Appointment {
  id: string;
  caseId: string;
  reference: string;
  startsAt: Date;
  endsAt: Date;
}

/**
 * Agendas and duties go along with cases. Invitations stay as they are: the service invites, not the facilitator, so nothing is
 * sent again.
 */
@Injectable()
export class AgendaHandoverService implements OnModuleInit, HandoverListener {
  constructor(
    private readonly handovers: HandoverService,
    private readonly staff: StaffService,
    private readonly duties: DutiesService,
  ) {}

  onModuleInit(): void {
    this.handovers.onHandedOver(this);
  }

  async handedOver(tx: Tx, cases: readonly CaseEntity[], handover: Handover): Promise<Partial<Moved>> {
    const { from, to, whole } = handover;
    // All of somebody's agenda: also what they lead for somebody else.
    const which = whole ? null : cases.map(({ id }) => id);
    const agenda = await named<Appointment>(tx, HOLD_AGENDA, [tx.organisationId, from.id, tx.now, which]);
    const leaders = await this.leaders(tx, agenda, handover);
    const pairs = [agenda.map(({ id }) => id), agenda.map(({ id }) => leaders.get(id)!)];
    const elsewhere = await named<{ id: string }>(tx, ELSEWHERE, [tx.organisationId, ...pairs]);
    if (elsewhere.length > 0) throw needsStandIns(agenda.filter(({ id }) => elsewhere.some((one) => one.id === id)));
    try {
      await named(tx, LEAD_BY, [tx.organisationId, ...pairs]);
    } catch (error) {
      // Somebody was booked at this very moment.
      if (brokenConstraint(error) === 'meetings_facilitator_once') throw conflict('moment-not-possible');
      throw error;
    }
    await named(tx, MOVE_THE_REST, [tx.organisationId, from.id, tx.now, which, to.id]);
    const duties = whole ? await this.duties.handOver(tx, from.id, to.id) : 0;
    return { meetings: agenda.length, duties };
  }

  /** The fixed meetings that would go along, soonest first: of these cases, or of all. */
  async ahead(tx: Tx, fromId: string, caseIds: readonly string[] | null): Promise<Appointment[]> {
    return named<Appointment>(tx, AGENDA, [tx.organisationId, fromId, tx.now, caseIds]);
  }

  /** Who leads each meeting: the one who takes over, or the stand-in who was named. */
  private async leaders(tx: Tx, agenda: readonly Appointment[], { from, to, standIns }: Handover): Promise<Map<string, string>> {
    const leaders = new Map(agenda.map(({ id }) => [id, to.id]));
    for (const [i, { meetingId, facilitatorId }] of standIns.entries()) {
      const pointer = `/standIns/${i}/meetingId`;
      if (!leaders.has(meetingId)) throw invalidField(pointer, 'unknown-meeting');
      if (standIns.findIndex((one) => one.meetingId === meetingId) < i) throw invalidField(pointer, 'double');
      const person = `/standIns/${i}/facilitatorId`;
      if (facilitatorId === from.id) throw invalidField(person, 'facilitator');
      await this.staff.holdFacilitator(tx, facilitatorId, person);
      leaders.set(meetingId, facilitatorId);
    }
    return leaders;
  }
}

/** Names the meetings at which the one who is to lead is elsewhere. */
function needsStandIns(meetings: readonly Appointment[]): Problem {
  const { dates } = textsFor('nl').web;
  const named = meetings.map(({ reference, startsAt }) => `${reference} (${dates.at(day(startsAt), time(startsAt))})`).join(', ');
  return new Problem(409, 'stand-in-needed', {
    values: { meetings: named },
    meetings: meetings.map(({ id, caseId, startsAt, endsAt }) => ({
      id,
      caseId,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
  });
}
