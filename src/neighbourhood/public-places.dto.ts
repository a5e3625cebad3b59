import { ApiProperty } from '@nestjs/swagger';
import { NeighbourhoodCode } from '../cases/cases.dto.js';
import { Flag, Id, Name, NestedList, Optional, Text, Whole } from '../platform/http/fields.js';

export class RoomRequest {
  /** Of a room that is there already; a new one when left out. */
  @Optional()
  @Id()
  id?: string;

  @Name()
  name: string;

  /** How many people can sit in it. */
  @Whole(1, 1000)
  capacity: number;
}

export class PublicPlaceRequest {
  @Name()
  name: string;

  @Text({ max: 500 })
  address: string;

  @NestedList(() => RoomRequest, { max: 50 })
  rooms: RoomRequest[];

  /** Without stairs, from the street to the rooms. */
  @Optional()
  @Flag()
  stepFree?: boolean;

  @Optional()
  @NeighbourhoodCode()
  neighbourhoodCode?: string;

  /** Who opens the door, and how they are reached. */
  @Optional()
  @Text({ max: 500 })
  host?: string;

  @Optional()
  @Text()
  note?: string;
}

export class Room {
  id: string;
  name: string;
  @ApiProperty({ type: 'integer' })
  capacity: number;
}

/** A place in the neighbourhood where a circle can meet. */
export class PublicPlace {
  id: string;
  name: string;
  address: string;
  rooms: Room[];
  @ApiProperty({ type: Boolean, nullable: true })
  stepFree: boolean | null;
  @ApiProperty({ type: String, nullable: true })
  neighbourhoodCode: string | null;
  @ApiProperty({ type: String, nullable: true })
  host: string | null;
  @ApiProperty({ type: String, nullable: true })
  note: string | null;
  version: number;
}

export class PublicPlaces {
  items: PublicPlace[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}
