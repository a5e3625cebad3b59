import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { CasesService } from '../cases/cases.service.js';
import { DutiesService } from '../meetings/duties.service.js';
import { OrganisationsService } from '../people/organisations.service.js';
import { StaffService, type Staff } from '../people/staff.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { invalidField } from '../platform/http/problem.js';
import { defineJob, type JobOutcome } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { AcceptanceService } from './acceptance.service.js';
import { ReferralStore, type OpenReferral } from './referral-store.service.js';
import type { DutyNow } from './urgent.dto.js';
import { UrgentMessages } from './urgent.messages.js';
import { escalationsFrom, nextLook, type EscalationStep } from './urgent.rules.js';

// A type, not an interface: what travels with a job is a plain record.
type Order = { referralId: string; step: EscalationStep; looks: number };

export const ESCALATE = defineJob<Order>('referrals.escalate', { queue: 'urgent' });

const ACKNOWLEDGE = statement(
  'referrals.acknowledge',
  `update referrals set acknowledged_at = $3, acknowledged_by = $4, version = version + 1
   where organisation_id = $1 and id = $2 and acknowledged_at is null`,
);

/** The two who are on duty now, as far as they still work as facilitators. */
interface OnDuty {
  first: Staff;
  secondId: string | null;
}

/**
 * Acute referrals: each goes, in the command in which it comes in, to who is on duty; when they do not say that they have it the
 * second hears of it, then the leads. Nobody on duty: the leads at once.
 */
@Injectable()
export class UrgentService {
  constructor(
    private readonly database: Database,
    private readonly duties: DutiesService,
    private readonly acceptances: AcceptanceService,
    private readonly store: ReferralStore,
    private readonly cases: CasesService,
    private readonly staff: StaffService,
    private readonly organisations: OrganisationsService,
    private readonly messages: UrgentMessages,
    private readonly outbox: Outbox,
    private readonly audit: AuditService,
  ) {}

  /**
   * Whether an acute referral would find somebody now, and whom to call: said before one refers. Names nobody. A slug of another
   * organisation than the one that it is about is refused.
   */
  async now(ctx: Ctx, slug?: string): Promise<DutyNow> {
    return this.database.view(ctx, async (tx) => {
      if (slug !== undefined && slug !== (await this.organisations.of(tx)).slug) throw invalidField('/organisation', 'organisation');
      return { onDuty: (await this.duties.onDuty(tx, tx.now)) !== null, callInstead: await this.messages.callInstead(tx) };
    });
  }

  /** An acute referral has come in, was confirmed, or was answered: it is taken on for who is on duty. Returns it as it is then. */
  async receive(tx: Tx, referral: OpenReferral): Promise<OpenReferral> {
    const onDuty = await this.onDuty(tx);
    if (onDuty) return this.give(tx, referral, onDuty);
    await this.messages.received(tx, referral, null);
    await this.messages.alertLeads(tx, referral);
    await this.lookAgain(tx, referral.id, 0);
    return referral;
  }

  /** Whom the referrer calls while nobody has it: E.164, or null. */
  async callInstead(tx: Tx): Promise<string | null> {
    return this.messages.callInstead(tx);
  }

  /** Somebody took it on by hand, or was given it by a lead: who takes it themself has it, everyone else is alerted. */
  async takenOn(tx: Tx, referral: OpenReferral, facilitator: Staff): Promise<void> {
    await this.outbox.cancel(tx, ESCALATE, { prefix: `${referral.id} ` });
    if (actorId(tx.actor) === facilitator.id) await this.acknowledged(tx, referral, facilitator);
    else await this.alert(tx, referral, { first: facilitator, secondId: null });
  }

  /** Takes on for who asks what nobody was on duty for. */
  async take(tx: Tx, referral: OpenReferral, facilitator: Staff): Promise<OpenReferral> {
    const { referral: accepted, theCase } = await this.acceptances.open(tx, referral, { facilitator, kind: theKind(referral) });
    await this.audit.record(tx, { action: 'referrals.accepted', object: object(referral.id), caseId: theCase.id });
    await this.takenOn(tx, accepted, facilitator);
    return this.store.get(tx, referral.id);
  }

  /** Notes that somebody has it; the first counts. Nobody else is alerted from now on, and the referrer hears who it is. */
  async acknowledged(tx: Tx, referral: OpenReferral, by: Staff): Promise<void> {
    await named(tx, ACKNOWLEDGE, [tx.organisationId, referral.id, tx.now, by.id]);
    await this.outbox.cancel(tx, ESCALATE, { prefix: `${referral.id} ` });
    if (referral.caseId !== null) {
      await this.cases.note(tx, { caseId: referral.caseId, type: 'acknowledged', audience: 'facilitator', values: { name: by.name } });
    }
    await this.messages.pickedUp(tx, referral, by);
  }

  /** A step of the chain: skipped when somebody has it by now, or there is nothing to have any more. */
  async escalate(ctx: Ctx, { referralId, step, looks }: Order): Promise<JobOutcome> {
    return this.database.run(ctx, async (tx) => {
      const referral = await this.store.find(tx, { id: referralId }, true);
      if (!referral || referral.acknowledgedAt) return 'skipped';
      if (step === 'again') return this.look(tx, referral, looks);
      if (referral.state !== 'accepted' || !(await this.stillOpen(tx, referral))) return 'skipped';
      const second = step === 'second' && referral.secondOnDuty ? await this.staff.find(tx, referral.secondOnDuty) : null;
      if (second) {
        await this.messages.alert(tx, referral, second, 'second');
        return 'done';
      }
      await this.messages.alertLeads(tx, referral);
      await this.messages.stillNobody(tx, referral);
      return 'done';
    });
  }

  /** While nobody was on duty: is somebody now? The first time the leads hear it once more. */
  private async look(tx: Tx, referral: OpenReferral, looks: number): Promise<JobOutcome> {
    if (referral.state !== 'received') return 'skipped';
    const onDuty = await this.onDuty(tx);
    if (onDuty) {
      await this.give(tx, referral, onDuty);
      return 'done';
    }
    if (looks === 1) await this.messages.alertLeads(tx, referral, 'again');
    await this.lookAgain(tx, referral.id, looks);
    return 'done';
  }

  private async lookAgain(tx: Tx, referralId: string, looks: number): Promise<void> {
    const runAt = nextLook(tx.now, looks);
    if (!runAt) return;
    const key = `${referralId} again ${runAt.toISOString()}`;
    await this.outbox.add(tx, ESCALATE, { key, payload: { referralId, step: 'again', looks: looks + 1 }, runAt, urgent: true });
  }

  private async give(tx: Tx, referral: OpenReferral, onDuty: OnDuty): Promise<OpenReferral> {
    const { first, secondId } = onDuty;
    const { referral: accepted, theCase } = await this.acceptances.open(tx, referral, {
      facilitator: first,
      kind: theKind(referral),
      onDuty: { firstId: first.id, secondId },
    });
    await this.audit.record(tx, { action: 'referrals.given-to-duty', object: object(referral.id), caseId: theCase.id });
    await this.messages.received(tx, accepted, first);
    await this.alert(tx, accepted, onDuty);
    return accepted;
  }

  private async alert(tx: Tx, referral: OpenReferral, { first, secondId }: OnDuty): Promise<void> {
    await this.messages.alert(tx, referral, first, 'first');
    for (const { step, at } of escalationsFrom(tx.now, secondId !== null)) {
      await this.outbox.add(tx, ESCALATE, {
        key: `${referral.id} ${step} ${referral.version}`,
        payload: { referralId: referral.id, step, looks: 0 },
        runAt: at,
        urgent: true,
      });
    }
  }

  /** Who is on duty now. When the first no longer works here the second comes in their place. */
  private async onDuty(tx: Tx): Promise<OnDuty | null> {
    const turn = await this.duties.onDuty(tx, tx.now);
    if (!turn) return null;
    const first = await this.staff.heldFacilitator(tx, turn.firstId);
    if (first) return { first, secondId: turn.secondId };
    const second = turn.secondId === null ? null : await this.staff.heldFacilitator(tx, turn.secondId);
    return second && { first: second, secondId: null };
  }

  private async stillOpen(tx: Tx, { caseId }: OpenReferral): Promise<boolean> {
    return caseId !== null && OPEN_STATES.includes((await this.cases.require(tx, caseId)).state);
  }
}

const object = (id: string): { kind: string; id: string } => ({ kind: 'referral', id });

/** An acute one is never of unknown kind: it became a netwerkberaad when it came in. */
function theKind({ id, kind }: OpenReferral): Exclude<OpenReferral['kind'], 'unknown'> {
  if (kind === 'unknown') throw new Error(`Referral ${id} is acute and of unknown kind`);
  return kind;
}
