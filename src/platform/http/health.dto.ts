import { ApiProperty } from '@nestjs/swagger';

export class Alive {
  @ApiProperty({ enum: ['live'] })
  status: string;
}

export class HealthComponent {
  name: string;
  healthy: boolean;
}

export class Health {
  @ApiProperty({ enum: ['ready', 'starting', 'draining', 'broken'] })
  status: 'ready' | 'starting' | 'draining' | 'broken';
  components: HealthComponent[];
}
