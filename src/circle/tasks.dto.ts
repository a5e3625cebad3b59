import { ApiProperty } from '@nestjs/swagger';
import { PageQuery } from '../platform/http/cursor.js';
import { Id, Instant, OneOf, Optional } from '../platform/http/fields.js';
import { ContactPreference } from './circle.dto.js';
import { CHANNELS, type Channel } from './circle.rules.js';
import { TASKS, type Task } from './tasks.rules.js';

export class TaskQuery extends PageQuery {
  /** Only of this case. */
  @Optional()
  @Id()
  caseId?: string;
}

/** What waits for one person: one task each, the next. */
export class TaskItem {
  @ApiProperty({ enum: TASKS })
  task: Task;
  caseId: string;
  reference: string;
  urgent: boolean;
  /** Null: the one who referred, or with `check-independence` and `promise-left` nobody. */
  @ApiProperty({ type: String, nullable: true })
  memberId: string | null;
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
  isMainPerson: boolean;
  since: string;
  /** The day on which it should be done (`YYYY-MM-DD`); null where nothing presses. */
  @ApiProperty({ type: String, nullable: true })
  dueOn: string | null;
  late: boolean;
  /** How they are reached; null where the task is no contact. */
  @ApiProperty({ enum: CHANNELS, nullable: true })
  channel: Channel | null;
  @ApiProperty({ type: String, nullable: true })
  phone: string | null;
  /** How often it was not possible since they were last reached. */
  missed: number;
  /** What is safe for this person: channel, hours, no voicemail, who reads along. */
  @ApiProperty({ type: ContactPreference, nullable: true })
  preference: ContactPreference | null;
  /** Whether this is an hour that they named as safe; null when they named none that we can read. */
  @ApiProperty({ type: Boolean, nullable: true })
  safeNow: boolean | null;
}

export class TaskPage {
  @ApiProperty({ type: [TaskItem] })
  items: TaskItem[];
  @ApiProperty({ type: String, nullable: true })
  next: string | null;
}

export class ReferrerContactRequest {
  @Instant()
  at: Date;

  @OneOf(CHANNELS)
  channel: Channel;
}

export class ReferrerContact {
  caseId: string;
  reachedAt: string;
  version: number;
}
