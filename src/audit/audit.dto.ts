import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';
import { PageQuery } from '../platform/http/cursor.js';
import { Id, Optional } from '../platform/http/fields.js';
import { PURPOSES, type Purpose } from './purposes.rules.js';

export class AuditEventsQuery extends PageQuery {
  @Optional()
  @Id()
  caseId?: string;

  @Optional()
  @Id()
  actorId?: string;

  /** A code, for example `cases.read`. */
  @Optional()
  @ApiProperty({ type: String, maxLength: 100, pattern: '^[a-z-]+\\.[a-z-]+$', required: false })
  @IsString()
  @MaxLength(100)
  @Matches(/^[a-z-]+\.[a-z-]+$/)
  action?: string;
}

/** One event of the audit log: codes and ids, never contents. */
export class AuditEvent {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ example: 'cases.read' })
  action!: string;

  /** The action in words. */
  @ApiProperty({ example: 'keek naar het plan' })
  text!: string;

  @ApiProperty({ enum: [...PURPOSES, 'not-recorded'] })
  purpose!: Purpose | 'not-recorded';

  @ApiProperty({ enum: ['done', 'refused'] })
  result!: 'done' | 'refused';

  @ApiProperty({ enum: ['staff', 'participant', 'anonymous', 'system'] })
  actorKind!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  actorId!: string | null;

  @ApiProperty({ type: [String] })
  actorRoles!: string[];

  @ApiProperty({ type: String, nullable: true, example: 'case' })
  objectKind!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  objectId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  caseId!: string | null;

  @ApiProperty()
  requestId!: string;
}

export class AuditEventPage {
  @ApiProperty({ type: [AuditEvent] })
  items!: AuditEvent[];

  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}

/** A code and its words. */
export class CodeInWords {
  @ApiProperty()
  code!: string;

  @ApiProperty()
  text!: string;
}

/** What one person looked at on one day. */
export class FileLook {
  /** The day in the Netherlands. */
  @ApiProperty({ format: 'date' })
  day!: string;

  @ApiProperty({ example: 'Noor Facilitator' })
  name!: string;

  /** What this person does here, in words. */
  @ApiProperty({ example: 'Gespreksleider' })
  role!: string;

  /** Null for who works nowhere here. */
  @ApiProperty({ type: String, nullable: true })
  organisation!: string | null;

  @ApiProperty({ format: 'date-time' })
  lastAt!: string;

  @ApiProperty({ type: [CodeInWords] })
  what!: CodeInWords[];

  @ApiProperty({ type: [CodeInWords] })
  why!: CodeInWords[];
}

export class FileLookPage {
  @ApiProperty({ type: [FileLook] })
  items!: FileLook[];

  @ApiProperty({ type: String, nullable: true })
  next!: string | null;
}
