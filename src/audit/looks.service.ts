import { Injectable } from '@nestjs/common';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named } from '../platform/database/tx.js';
import { DEFAULT_LIMIT, decodeCursor, page, type Page, type PageQuery } from '../platform/http/cursor.js';
import { forbidden, invalidField } from '../platform/http/problem.js';
import { textsFor } from '../texts/texts.js';
import type { AuditEvent, AuditEventsQuery, CodeInWords, FileLook } from './audit.dto.js';
import { AuditService } from './audit.service.js';
import { EVENTS, FILE_LOOKS, TENANT_NAME, type EventRow, type LookRow } from './looks.queries.js';

/** The audit log as people read it: all of it for an admin, and for everyone in a circle who looked at what is theirs. */
@Injectable()
export class LooksService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
  ) {}

  /** The log, newest first. Reading it stands on it too. */
  async events(ctx: Ctx, { caseId, actorId, action, limit = DEFAULT_LIMIT, after }: AuditEventsQuery): Promise<Page<AuditEvent>> {
    const [before] = decodeCursor(after, ['uuid']) ?? [null];
    const rows = await this.database.view(ctx, (tx) =>
      named<EventRow>(tx, EVENTS, [tx.organisationId, caseId ?? null, actorId ?? null, action ?? null, before, limit + 1]),
    );
    const object = actorId ? { kind: 'actor', id: actorId } : null;
    await this.audit.read(ctx, { action: 'audit.listed', object, caseId: caseId ?? null });
    return page(rows, limit, ({ id }) => [id], ({ at, purpose, ...row }): AuditEvent => ({
      ...row,
      at: at.toISOString(),
      text: inWords(row.action).text,
      purpose: purpose as AuditEvent['purpose'],
    }));
  }

  /** Who looked in the file of the one who asks, per person and day. */
  async own(ctx: Ctx, { limit = DEFAULT_LIMIT, after }: PageQuery): Promise<Page<FileLook>> {
    const { actor } = ctx;
    if (actor.kind !== 'participant') throw forbidden();
    const { caseId, memberId } = actor;
    const [day, before] = decodeCursor(after, ['string', 'uuid']) ?? [null, null];
    if (day !== null && !/^\d{4}-(0[1-9]|1[0-2])-([01]\d|2[0-8])$|^\d{4}-(0[13-9]|1[0-2])-(29|30)$|^\d{4}-(0[13578]|1[02])-31$/.test(String(day))) {
      throw invalidField('/after', 'cursor');
    }
    const { rows, organisation } = await this.database.view(ctx, async (tx) => ({
      rows: await named<LookRow>(tx, FILE_LOOKS, [tx.organisationId, caseId, memberId, actor.isMainPerson, day, before, limit + 1]),
      organisation: (await named<{ name: string }>(tx, TENANT_NAME, [tx.organisationId]))[0]!.name,
    }));
    await this.audit.read(ctx, { action: 'audit.file-looks-read', object: { kind: 'circle-member', id: memberId }, caseId });
    return page(rows, limit, (row) => [row.day, row.actorId], (row) => lookOf(row, organisation));
  }
}

function lookOf({ day, kind, name, roles, lastAt, actions, purposes }: LookRow, organisation: string): FileLook {
  const texts = textsFor('nl');
  const staff = kind === 'staff';
  const role = staff ? roles.map((one) => texts.admin.roles[one] ?? one).join(', ') : texts.audit.looks.mainPerson;
  const why = purposes.map((code): CodeInWords => ({ code, text: texts.audit.purposes[code as keyof typeof texts.audit.purposes] ?? code }));
  return { day, name, role, organisation: staff ? organisation : null, lastAt: lastAt.toISOString(), what: actions.map(inWords), why };
}

function inWords(code: string): CodeInWords {
  const { audit } = textsFor('nl');
  return { code, text: audit.actions[code] ?? audit.otherAction };
}
