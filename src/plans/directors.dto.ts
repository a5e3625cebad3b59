import { ApiProperty } from '@nestjs/swagger';
import { Email, Name, NestedList } from '../platform/http/fields.js';

export class Director {
  /** The organisation, as it is written where it is somebody's move; capitals and spaces make no difference. */
  @Name()
  organisation: string;

  @Name()
  name: string;

  @Email()
  email: string;
}

export class DirectorsRequest {
  @NestedList(() => Director, { max: 200 })
  items: Director[];
}

export class DirectorList {
  @ApiProperty({ type: [Director] })
  items: Director[];
}
