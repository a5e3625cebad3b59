import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { decodeCursor, page, type PageQuery } from '../platform/http/cursor.js';
import { assertCurrent, conflict, invalid, notFound, type FieldError } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault } from '../platform/vault/vault.js';
import type { PublicPlace, PublicPlaceRequest, PublicPlaces, Room } from './public-places.dto.js';
import { HOLD_PLACE, IN_USE, INSERT_PLACE, LIST_PLACES, LOCK_PLACE, ONE_PLACE, REMOVE_ROOMS, REPLACE_PLACE, WRITE_ROOMS } from './public-places.queries.js';

/** What may name people: who opens the door, and a note. */
type SealedPlace = Pick<PublicPlace, 'host' | 'note'>;
type PlaceRow = Omit<PublicPlace, keyof SealedPlace> & { sealed: Buffer };

/** Places in the neighbourhood where people can meet, with their rooms. */
@Injectable()
export class PublicPlacesService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** By name, a page at a time. */
  async list(ctx: Ctx, query: PageQuery): Promise<PublicPlaces> {
    const limit = query.limit!;
    const [name, id] = decodeCursor(query.after, ['string', 'uuid']) ?? [null, null];
    return this.database.view(ctx, async (tx) => {
      const rows = await named<PlaceRow>(tx, LIST_PLACES, [tx.organisationId, name, id, limit + 1]);
      const { items, next } = page(rows, limit, (row) => [row.name, row.id]);
      return { items: await Promise.all(items.map((row) => this.opened(tx, row))), next };
    });
  }

  async get(ctx: Ctx, id: string): Promise<PublicPlace> {
    return this.database.view(ctx, (tx) => this.require(tx, id));
  }

  /** Every place, for a choice on a page. */
  async all(tx: Tx): Promise<PlaceRow[]> {
    return named<PlaceRow>(tx, LIST_PLACES, [tx.organisationId, null, null, MOST_TO_CHOOSE]);
  }

  /** A place and, when one is named, a room of it that stays there until the command ends; null when they do not exist. */
  async hold(tx: Tx, placeId: string, roomId: string | undefined): Promise<{ place: PlaceRow; room: Room | null } | null> {
    await named(tx, HOLD_PLACE, [tx.organisationId, placeId]);
    const [place] = await named<PlaceRow>(tx, ONE_PLACE, [tx.organisationId, placeId]);
    const room = place?.rooms.find(({ id }) => id === roomId) ?? null;
    return place && (roomId === undefined || room) ? { place, room } : null;
  }

  async add(ctx: Ctx, request: PublicPlaceRequest): Promise<PublicPlace> {
    return this.database.run(ctx, async (tx) => {
      assertRooms(request, []);
      const id = newId(tx.now);
      await named(tx, INSERT_PLACE, [tx.organisationId, id, ...(await this.columns(tx, id, request)), tx.now]);
      await this.writeRooms(tx, id, request);
      await this.audit.record(tx, { action: 'neighbourhood.place-added', object: { kind: 'public-place', id } });
      return this.require(tx, id);
    });
  }

  /** Replaces a place. A room that is left out is gone for new meetings; 409 while one is still to be held in it. */
  async replace(ctx: Ctx, id: string, request: PublicPlaceRequest, seen: number | null): Promise<PublicPlace> {
    return this.database.run(ctx, async (tx) => {
      await named(tx, LOCK_PLACE, [tx.organisationId, id]);
      const before = await this.require(tx, id);
      assertCurrent(seen, before.version);
      assertRooms(request, before.rooms);
      const kept = request.rooms.flatMap((room) => (room.id ? [room.id] : []));
      const [inUse] = await named<{ name: string }>(tx, IN_USE, [tx.organisationId, id, kept, tx.now]);
      if (inUse) throw conflict('room-in-use', { room: inUse.name });
      await named(tx, REPLACE_PLACE, [tx.organisationId, id, ...(await this.columns(tx, id, request))]);
      await named(tx, REMOVE_ROOMS, [tx.organisationId, id, kept, tx.now]);
      await this.writeRooms(tx, id, request);
      await this.audit.record(tx, { action: 'neighbourhood.place-changed', object: { kind: 'public-place', id } });
      return this.require(tx, id);
    });
  }

  private async writeRooms(tx: Tx, placeId: string, { rooms }: PublicPlaceRequest): Promise<void> {
    await named(tx, WRITE_ROOMS, [
      tx.organisationId,
      placeId,
      rooms.map(({ id }) => id ?? newId(tx.now)),
      rooms.map(({ name }) => name),
      rooms.map(({ capacity }) => capacity),
    ]);
  }

  private async require(tx: Tx, id: string): Promise<PublicPlace> {
    const [place] = await named<PlaceRow>(tx, ONE_PLACE, [tx.organisationId, id]);
    if (!place) throw notFound();
    return this.opened(tx, place);
  }

  /** With who opens the door, and the note. */
  private async opened({ organisationId }: Tx, { sealed, ...place }: PlaceRow): Promise<PublicPlace> {
    return { ...place, ...(await this.vault.open<SealedPlace>({ organisationId, table: 'neighbourhood_places', id: place.id }, sealed)) };
  }

  private async columns({ organisationId }: Tx, id: string, place: PublicPlaceRequest): Promise<unknown[]> {
    const secret: SealedPlace = { host: place.host ?? null, note: place.note ?? null };
    const sealed = await this.vault.seal({ organisationId, table: 'neighbourhood_places', id }, secret);
    return [place.name, place.address, place.stepFree ?? null, place.neighbourhoodCode ?? null, sealed];
  }
}

/** More places than this nobody reads through. */
const MOST_TO_CHOOSE = 200;

/** Only rooms of this place are named by id, each once. */
function assertRooms({ rooms }: PublicPlaceRequest, there: readonly Room[]): void {
  const errors = rooms.flatMap(({ id }, i): FieldError[] => {
    if (id === undefined) return [];
    if (!there.some((room) => room.id === id)) return [{ pointer: `/rooms/${i}/id`, code: 'unknown-room' }];
    return rooms.findIndex((room) => room.id === id) < i ? [{ pointer: `/rooms/${i}/id`, code: 'double' }] : [];
  });
  if (errors.length > 0) throw invalid(errors);
}
