import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { OrganisationsService } from '../people/organisations.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import type { DutySettingsAnswer } from './duties.dto.js';

const READ = statement('meetings.duty-settings', 'select phone from meetings_duty_settings where organisation_id = $1');
const PUT = statement(
  'meetings.duty-settings-put',
  `insert into meetings_duty_settings (organisation_id, phone, changed_at) values ($1, $2, $3)
   on conflict (organisation_id) do update set phone = excluded.phone, changed_at = excluded.changed_at`,
);
const CLEAR = statement('meetings.duty-settings-clear', 'delete from meetings_duty_settings where organisation_id = $1');

/** Whom to call when nobody is on duty, or nobody answers. */
@Injectable()
export class DutySettings {
  constructor(
    private readonly database: Database,
    private readonly organisations: OrganisationsService,
    private readonly audit: AuditService,
  ) {}

  async read(ctx: Ctx): Promise<DutySettingsAnswer> {
    return this.database.view(ctx, async (tx) => ({ phone: await this.chosen(tx) }));
  }

  /** Another number; null goes back to the organisation's own. */
  async change(ctx: Ctx, phone: string | null): Promise<DutySettingsAnswer> {
    return this.database.run(ctx, async (tx) => {
      if (phone === null) await named(tx, CLEAR, [tx.organisationId]);
      else await named(tx, PUT, [tx.organisationId, phone, tx.now]);
      await this.audit.record(tx, { action: 'meetings.duty-settings-changed', object: null });
      return { phone };
    });
  }

  /** E.164; the organisation's own number when none was chosen, null when it has none. */
  async phone(tx: Tx): Promise<string | null> {
    return (await this.chosen(tx)) ?? (await this.organisations.of(tx)).phone;
  }

  private async chosen(tx: Tx): Promise<string | null> {
    const [row] = await named<{ phone: string }>(tx, READ, [tx.organisationId]);
    return row?.phone ?? null;
  }
}
