import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalid, notFound } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault, type SealRef } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import type { Absence, AbsenceList, AbsenceRequest, Availability, AvailabilityRequest, PlanningWarning } from './availability.dto.js';
import {
  ABSENCES_OF,
  AWAY_AT,
  BUSY,
  DELETE_ABSENCE,
  HOURS_OF,
  INSERT_ABSENCE,
  OVERLAPPED,
  PUT_HOURS,
  ROOM_CAPACITY,
} from './availability.queries.js';
import { absenceSpan, hoursErrors, suggestedMoments, warningsFor, type AbsenceKind, type Hours } from './availability.rules.js';
import { TRAVEL_MINUTES, type Slot } from './meetings.rules.js';
import type { MeetingRecord } from './records.service.js';
import { takesPart, type Participant } from './responses.rules.js';

interface AbsenceRow extends Slot {
  id: string;
  kind: AbsenceKind;
  sealed: Buffer;
}

interface OverlappedRow extends Slot {
  id: string;
  caseId: string;
  reference: string;
}

/** When facilitators work, and when they are away. Others see that somebody is away, not why. */
@Injectable()
export class AvailabilityService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly audit: AuditService,
  ) {}

  /** One's own week; empty as long as nothing was said. */
  async own(ctx: Ctx): Promise<Availability> {
    return this.database.view(ctx, async (tx) => ({ hours: await this.hours(tx, actorId(ctx.actor)!) }));
  }

  /** Puts this week in place of the one there was. 400 at a part that ends before it begins or meets another. */
  async replace(ctx: Ctx, { hours }: AvailabilityRequest): Promise<Availability> {
    const errors = hoursErrors(hours);
    if (errors.length > 0) throw invalid(errors);
    return this.database.run(ctx, async (tx) => {
      const id = actorId(tx.actor)!;
      await named(tx, PUT_HOURS, [tx.organisationId, id, JSON.stringify(hours), tx.now]);
      await this.audit.record(tx, { action: 'meetings.hours-changed', object: { kind: 'staff', id } });
      return { hours };
    });
  }

  /** One's own absences that are not over, each with the meetings that need somebody else. */
  async absences(ctx: Ctx): Promise<AbsenceList> {
    return this.database.view(ctx, async (tx) => {
      const staffId = actorId(tx.actor)!;
      const rows = await named<AbsenceRow>(tx, ABSENCES_OF, [tx.organisationId, staffId, tx.now]);
      const items: Absence[] = [];
      for (const row of rows) items.push(await this.answer(tx, staffId, row));
      return { items };
    });
  }

  /**
   * Notes that one is away. Meetings in that time stay as they are and are named, to be handed over or moved. 400 for what ends
   * before it begins or before now, and for more than a year.
   */
  async add(ctx: Ctx, { kind, note, ...days }: AbsenceRequest): Promise<Absence> {
    return this.database.run(ctx, async (tx) => {
      const span = absenceSpan(days, tx.now);
      if (Array.isArray(span)) throw invalid(span);
      const staffId = actorId(tx.actor)!;
      const id = newId(tx.now);
      const sealed = await this.vault.seal(absenceRef(tx, id), { note: note ?? null });
      await named(tx, INSERT_ABSENCE, [tx.organisationId, id, staffId, kind, span.startsAt, span.endsAt, sealed, tx.now]);
      await this.audit.record(tx, { action: 'meetings.absence-added', object: { kind: 'absence', id } });
      return this.answer(tx, staffId, { id, kind, sealed, ...span });
    });
  }

  /** One is there after all; 404 for what is not one's own. */
  async remove(ctx: Ctx, id: string): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      const rows = await named(tx, DELETE_ABSENCE, [tx.organisationId, id, actorId(tx.actor)]);
      if (rows.length === 0) throw notFound();
      await this.audit.record(tx, { action: 'meetings.absence-removed', object: { kind: 'absence', id } });
    });
  }

  /** Refuses dates at which the facilitator is away, with 409: somebody else leads, or another date. */
  async assertPresent(tx: Tx, facilitatorId: string, slots: readonly Slot[]): Promise<void> {
    if ((await this.awayAt(tx, slots.map((slot) => ({ ...slot, staffId: facilitatorId })))).length > 0) throw conflict('facilitator-absent');
  }

  /** Of these, the places in the list at which that person is away. */
  async awayAt(tx: Tx, spans: readonly (Slot & { staffId: string })[]): Promise<number[]> {
    const columns = [spans.map(({ staffId }) => staffId), spans.map(({ startsAt }) => startsAt), spans.map(({ endsAt }) => endsAt)];
    const rows = await named<{ number: number }>(tx, AWAY_AT, [tx.organisationId, ...columns]);
    return rows.map(({ number }) => number - 1);
  }

  /** What to look at twice in a meeting that is to come, in words; nothing at all when there is nothing. */
  async warnings(tx: Tx, meeting: MeetingRecord, people: readonly Participant[]): Promise<{ warnings?: PlanningWarning[] }> {
    const chosen = meeting.slots.filter(({ id }) => meeting.slotId === null || id === meeting.slotId);
    const slots = chosen.filter(({ endsAt }) => endsAt > tx.now);
    if (slots.length === 0) return {};
    const { roomId } = meeting.place;
    const rooms = roomId === undefined ? [] : await named<{ capacity: number }>(tx, ROOM_CAPACITY, [tx.organisationId, roomId]);
    const found = warningsFor(slots, {
      hours: await this.hours(tx, meeting.facilitatorId),
      capacity: rooms[0]?.capacity ?? null,
      // Who leads needs a chair too.
      people: people.filter(takesPart).length + 1,
    });
    const words = textsFor('nl').availability.warnings;
    return found.length === 0 ? {} : { warnings: found.map(({ code, slotId }) => ({ code, text: words[code], slotId })) };
  }

  /** Some moments in the two weeks from an instant at which somebody works and is nowhere else. */
  async suggestions(tx: Tx, staffId: string, most: number, from = tx.now): Promise<Slot[]> {
    const taken = await named<Slot>(tx, BUSY, [tx.organisationId, staffId, tx.now]);
    return suggestedMoments(from, { hours: await this.hours(tx, staffId), taken, most, travelMinutes: TRAVEL_MINUTES });
  }

  private async hours(tx: Tx, staffId: string): Promise<Hours[]> {
    const [row] = await named<{ hours: Hours[] }>(tx, HOURS_OF, [tx.organisationId, staffId]);
    return row?.hours ?? [];
  }

  private async answer(tx: Tx, staffId: string, { id, kind, startsAt, endsAt, sealed }: AbsenceRow): Promise<Absence> {
    const { note } = await this.vault.open<{ note: string | null }>(absenceRef(tx, id), sealed);
    const meetings = await named<OverlappedRow>(tx, OVERLAPPED, [tx.organisationId, staffId, startsAt, endsAt]);
    return {
      id,
      kind,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      note,
      meetings: meetings
        .filter((meeting) => meeting.endsAt > tx.now)
        .map((meeting) => ({ ...meeting, startsAt: meeting.startsAt.toISOString(), endsAt: meeting.endsAt.toISOString() })),
    };
  }
}

const absenceRef = ({ organisationId }: Tx, id: string): SealRef => ({ organisationId, table: 'meetings_absences', id });
