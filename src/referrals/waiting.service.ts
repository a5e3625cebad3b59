import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MessagesService } from '../messages/messages.service.js';
import { StaffService } from '../people/staff.service.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { defineJob, JobRegistry, type JobOutcome } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { ReferralStore } from './referral-store.service.js';
import { waitsTooLong, waitsUntil, type Waiting } from './waiting.rules.js';

// A type, not an interface: what travels with a job is a plain record.
type Order = { referralId: string; what: Waiting; since: string };

const WAITED = defineJob<Order>('referrals.waited', { queue: 'upkeep' });

/** What has waited for longer than was said. */
export interface WaitedTooLong {
  id: string;
  what: Waiting;
  /** The case, once it is one. */
  reference: string | null;
  facilitator: string | null;
  since: Date;
}

/** Reads: referrals, cases. Taken on, referred by somebody else than the resident and the facilitator, and not spoken about. */
const NOT_REACHED = `from referrals r join cases c on c.organisation_id = r.organisation_id and c.id = r.case_id
  where r.organisation_id = $1 and r.state = 'accepted' and c.referrer_reached_at is null and c.state in ('preparing', 'scheduled')
    and (r.referrer_staff_id is not null or r.source <> 'resident') and r.referrer_staff_id is distinct from c.facilitator_id`;
const STILL_TO_REACH = statement('referrals.referrer-still-to-reach', `select 1 ${NOT_REACHED} and r.id = $2`);
/** Served by referrals_by_state. Reads people_staff too. */
const WAITING = statement(
  'referrals.waiting-for-somebody',
  `select r.id, 'triage' as what, null as reference, null as facilitator, r.state_since as since
   from referrals r where r.organisation_id = $1 and r.state = 'received'
   union all
   select r.id, 'referrer', c.reference,
     (select s.name from people_staff s where s.organisation_id = c.organisation_id and s.id = c.facilitator_id), r.accepted_at ${NOT_REACHED}
   order by since, id limit 200`,
);
/** Nobody waits unseen: whoever refers is told by when, and the leads hear of it when that passes. */
@Injectable()
export class WaitingService implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobRegistry,
    private readonly outbox: Outbox,
    private readonly store: ReferralStore,
    private readonly staff: StaffService,
    private readonly messages: MessagesService,
    private readonly publicUrl: PublicUrl,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(WAITED, (run, order) => this.database.run(run.ctx, (tx) => this.waited(tx, order)));
  }

  /** From now on somebody waits for this. */
  async begins(tx: Tx, referralId: string, what: Waiting): Promise<void> {
    const since = tx.now.toISOString();
    await this.outbox.add(tx, WAITED, { key: `${referralId} ${what} ${since}`, payload: { referralId, what, since }, runAt: waitsUntil(what, tx.now) });
  }

  /** What has waited for longer than was said, the longest first. Says nothing of whom it is about. */
  async tooLong(tx: Tx): Promise<WaitedTooLong[]> {
    const rows = await named<WaitedTooLong>(tx, WAITING, [tx.organisationId]);
    return rows.filter(({ what, since }) => waitsTooLong(what, since, tx.now));
  }

  private async waited(tx: Tx, order: Order): Promise<JobOutcome> {
    if (!(await this.stillWaits(tx, order))) return 'skipped';
    const leads = (await this.staff.all(tx)).filter(({ roles }) => roles.includes('lead'));
    for (const lead of leads) {
      await this.messages.queue(tx, {
        template: 'referral-waited',
        channel: 'mail',
        to: { address: lead.email, name: lead.name },
        values: { what: order.what, since: order.since, url: this.publicUrl.to('/leiding') },
        staffId: lead.id,
        referralId: order.referralId,
        key: `referral-waited ${order.referralId} ${order.what} ${order.since} ${lead.id}`,
      });
    }
    return 'done';
  }

  private async stillWaits(tx: Tx, { referralId, what, since }: Order): Promise<boolean> {
    if (what === 'referrer') return (await named(tx, STILL_TO_REACH, [tx.organisationId, referralId])).length > 0;
    const referral = await this.store.find(tx, { id: referralId });
    return referral?.state === 'received' && referral.stateSince.toISOString() === since;
  }
}
