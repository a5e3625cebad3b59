import { Injectable } from '@nestjs/common';
import { PublicPlacesService } from '../neighbourhood/public-places.service.js';
import { brokenConstraint } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { conflict, type FieldError } from '../platform/http/problem.js';
import { MEETING_ZONE } from './calendar.rules.js';
import type { PlaceRequest } from './meetings.dto.js';
import { busyTime, localTime, type PlaceType, type Slot } from './meetings.rules.js';

/** A place as it is kept, with what is wrong with how it was asked for. */
export interface ChosenPlace {
  place: PlaceRequest;
  errors: FieldError[];
}

/** Where and when somebody is booked: places of ours, and moments that the database keeps for one meeting. */
@Injectable()
export class BookingsService {
  constructor(private readonly places: PublicPlacesService) {}

  /** Holds the place that was asked for: of a public place its name, room and address are what people are told. */
  async choose(tx: Tx, place: PlaceRequest): Promise<ChosenPlace> {
    const { type, publicPlaceId, roomId } = place;
    const chosen = publicPlaceId === undefined ? null : await this.places.hold(tx, publicPlaceId, roomId);
    const unknown = (field: string): ChosenPlace => ({ place, errors: [{ pointer: `/place/${field}`, code: 'unknown-place' }] });
    if (publicPlaceId === undefined) return roomId === undefined ? { place, errors: [] } : unknown('roomId');
    if (!chosen || type !== 'public-place') return unknown(roomId === undefined ? 'publicPlaceId' : 'roomId');
    const where = [chosen.place.name, chosen.room?.name, place.address ?? chosen.place.address];
    return { place: { ...place, address: where.filter((part) => part !== undefined).join(', ') }, errors: [] };
  }

  /** Slot, instants, wall clock, zone, and the time that it takes from the facilitator. */
  moment(slot: Slot & { id: string }, place: PlaceType): unknown[] {
    const { from, to } = busyTime(slot, place);
    return [slot.id, slot.startsAt, slot.endsAt, localTime(slot.startsAt), MEETING_ZONE, from, to];
  }

  /** The database refuses a second booking of the same time; people read "dit moment kan niet". */
  async once<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      const taken = TAKEN[brokenConstraint(error) ?? ''];
      if (taken) throw conflict(taken);
      throw error;
    }
  }
}

/** What the database refuses to book twice, and what is said then. */
const TAKEN: Record<string, string> = { meetings_facilitator_once: 'moment-not-possible', meetings_room_once: 'room-taken' };
