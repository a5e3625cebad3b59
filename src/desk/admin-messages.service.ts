import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named } from '../platform/database/tx.js';
import { decodeCursor, page } from '../platform/http/cursor.js';
import { NOT_ARRIVED } from './admin-messages.queries.js';
import { failureKind } from './admin-messages.rules.js';
import type { AdminMessagesPageProps, UndeliveredMessage } from './admin-messages.pages.js';
import { ROUTES } from './desk.routes.js';

const ON_PAGE = 50;

type Row = Omit<UndeliveredMessage, 'failure'> & { code: string | null };

/** What stands on `/beheer/berichten`. */
@Injectable()
export class AdminMessagesService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
  ) {}

  async page(ctx: Ctx, after: string | undefined): Promise<Omit<AdminMessagesPageProps, 'frame'>> {
    const from = decodeCursor(after, ['uuid'])?.[0] ?? null;
    const rows = await this.database.view(ctx, (tx) => named<Row>(tx, NOT_ARRIVED, [tx.organisationId, from, ON_PAGE + 1]));
    await this.audit.read(ctx, { action: 'messages.listed', object: null });
    const { items, next } = page(rows, ON_PAGE, ({ id }) => [id]);
    return {
      messages: items.map(({ code, ...row }) => ({ ...row, failure: failureKind(row.state, code) })),
      nextPage: next && `${ROUTES.adminMessages}?na=${next}`,
    };
  }
}
