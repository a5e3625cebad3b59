import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { OrganisationsService } from '../people/organisations.service.js';
import { newToken, organisationOf, parseToken } from '../people/tokens.rules.js';
import { actorId, hasRole, systemContext, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { DEFAULT_LIMIT, decodeCursor, page } from '../platform/http/cursor.js';
import { Limits, type Limit } from '../platform/http/limits.js';
import { assertCurrent, invalid, invalidField, notFound, Problem } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { localDay } from '../platform/local-day.js';
import { ReferralStore, type OpenReferral } from './referral-store.service.js';
import type {
  EndedReferral,
  InformationAnswer,
  NewReferral,
  Referral,
  ReferralForReferrer,
  ReferralList,
  ReferralListItem,
  ReferralListItemForReferrer,
  ReferralQuery,
  ReferralReceipt,
} from './referrals.dto.js';
import { ended, forReferrer, inFull, isReferrer, readsInFull, receipt, takesOn, waitsForSomebody } from './referrals.policy.js';
import { OWN_PAGE, PICKED_UP_OF, TRIAGE_PAGE } from './referrals.queries.js';
import { CONFIRM_WITHIN_DAYS, kindAtReferral, referralErrors } from './referrals.rules.js';
import { ReferrerPartService } from './referrer-part.service.js';
import { ReferrersService } from './referrers.service.js';
import { WaitingService } from './waiting.service.js';
import { UrgentService } from './urgent.service.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_PEOPLE = 60;

/** 20 referrals an hour from one address without identity. */
export const BY_STRANGERS: Limit = { kind: 'referral address', max: 20, windowSeconds: 3600 };

interface OwnRow {
  id: string;
  state: OpenReferral['state'];
  kind: OpenReferral['kind'];
  resident_name: string;
  created_at: Date;
  received_at: Date | null;
  accepted_at: Date | null;
  end_reason: string | null;
  version: number;
  facilitator_name: string | null;
  acknowledged_at: Date | null;
  acknowledged_by_name: string | null;
  meeting_starts_at: Date | null;
}

export type ReferralView = Referral | EndedReferral | ReferralForReferrer | ReferralReceipt;

/** Referrals coming in: made, confirmed, completed, read. */
@Injectable()
export class ReferralsService {
  constructor(
    private readonly database: Database,
    private readonly store: ReferralStore,
    private readonly referrers: ReferrersService,
    private readonly parts: ReferrerPartService,
    private readonly urgent: UrgentService,
    private readonly organisations: OrganisationsService,
    private readonly audit: AuditService,
    private readonly limits: Limits,
    private readonly waiting: WaitingService,
  ) {}

  /**
   * A new referral, by staff or by someone without identity. A professional without an account confirms by mail before anyone
   * looks at it. The answer is the same whether or not the person is known.
   */
  async refer(ctx: Ctx, body: NewReferral): Promise<ReferralView> {
    const stranger = ctx.actor.kind === 'anonymous';
    if (stranger) await this.limits.hit(BY_STRANGERS, ctx.address);
    return this.database.run(ctx, async (tx) => this.answer(tx, await this.make(tx, body)));
  }

  /** The same within a command: one that keeps what was typed until it is sent. The limit on strangers is the caller's. */
  async make(tx: Tx, body: NewReferral): Promise<OpenReferral> {
    const stranger = tx.actor.kind === 'anonymous';
    const errors = referralErrors(body, stranger ? 'stranger' : 'staff', localDay(tx.now));
    if (errors.length > 0) throw invalid(errors);
    const waits = stranger && body.source !== 'resident';
    const { token, hash } = newToken(tx.organisationId);
    const referral = made(tx, body, waits ? hash : null);
    await this.store.insert(tx, referral);
    await this.audit.record(tx, { action: 'referrals.made', object: object(referral.id) });
    if (!waits) return this.received(tx, referral);
    await this.referrers.askConfirmation(tx, referral, token);
    return referral;
  }

  /** A referrer without an account says by the link in their mail that it was they. A second time answers the same. */
  async confirm(ctx: Ctx, token: string): Promise<ReferralReceipt> {
    try {
      return await this.confirmed(ctx, token);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) await this.refusedConfirmation(ctx, token);
      throw error;
    }
  }

  private async confirmed(ctx: Ctx, token: string): Promise<ReferralReceipt> {
    const parsed = parseToken(token);
    if (!parsed) throw notFound();
    const here: Ctx = { ...ctx, actor: { kind: 'anonymous', organisationId: parsed.organisationId } };
    // Of no organisation: there is nowhere that an Idempotency-Key could be kept.
    if (!(await this.organisations.all()).some(({ id }) => id === parsed.organisationId)) throw notFound();
    return this.database.run(here, async (tx) => {
      const referral = await this.store.find(tx, { confirmationHash: parsed.hash }, true);
      if (!referral || referral.createdAt.getTime() + CONFIRM_WITHIN_DAYS * DAY_MS < tx.now.getTime()) throw notFound();
      if (referral.state !== 'awaiting-confirmation') return receipt(referral);
      const confirmed = await this.store.move(tx, referral, 'confirm', { receivedAt: tx.now });
      await this.audit.record(tx, { action: 'referrals.confirmed', object: object(confirmed.id) });
      return receipt(await this.received(tx, confirmed));
    });
  }

  /** Whether a confirmation link still asks for something: the page before the button. Changes nothing. */
  async awaitsConfirmation(request: Pick<Ctx, 'address' | 'requestId'>, token: string): Promise<boolean> {
    const parsed = parseToken(token);
    if (!parsed) return false;
    const awaits = await this.database.view(systemContext(parsed.organisationId, 'confirmation'), async (tx) => {
      const referral = await this.store.find(tx, { confirmationHash: parsed.hash });
      return referral !== null && referral.createdAt.getTime() + CONFIRM_WITHIN_DAYS * DAY_MS >= tx.now.getTime();
    });
    if (!awaits) await this.refusedConfirmation(request, token);
    return awaits;
  }

  /** It is in: the receipt goes; an acute one goes to who is on duty in the same command. */
  private async received(tx: Tx, referral: OpenReferral): Promise<OpenReferral> {
    if (referral.safetyLevel === 'acute') return this.urgent.receive(tx, referral);
    await this.referrers.tellReceived(tx, referral);
    await this.waiting.begins(tx, referral.id, 'triage');
    return referral;
  }

  private refusedConfirmation(request: Pick<Ctx, 'address' | 'requestId'>, token: string): Promise<void> {
    return this.audit.refusedToken(request, organisationOf(token), { action: 'access.confirmation-refused', object: null });
  }

  /** The referrer's answer to what was asked; it is `received` again. */
  async inform(ctx: Ctx, id: string, { text, circle }: InformationAnswer, seen: number | null = null): Promise<ReferralView> {
    return this.database.run(ctx, async (tx) => {
      const referral = await this.store.get(tx, id, true);
      if (!isReferrer(tx.actor, referral) && !takesOn(tx.actor, referral)) throw notFound();
      assertCurrent(seen, referral.version);
      const { content } = referral;
      const people = [...content.circle, ...(circle ?? [])];
      if (people.length > MOST_PEOPLE) throw invalidField('/circle', 'circle-too-large');
      const errors = referralErrors({ ...referral, ...content, consent: content.consent ?? undefined, referrer: undefined, circle }, 'staff', localDay(tx.now));
      if (errors.length > 0) throw invalid(errors);
      const moved = await this.store.move(tx, referral, 'answer', {
        endReason: null,
        content: {
          ...content,
          circle: [...content.circle, ...shifted(circle ?? [], content.circle.length)],
          information: [...content.information, { at: tx.now.toISOString(), text }],
          remark: null,
        },
      });
      await this.audit.record(tx, { action: 'referrals.informed', object: object(id) });
      // What was asked is answered: now it goes to who is on duty, or waits again for somebody who looks.
      if (moved.safetyLevel === 'acute') return this.answer(tx, await this.urgent.receive(tx, moved));
      await this.waiting.begins(tx, id, 'triage');
      return this.answer(tx, moved);
    });
  }

  async get(ctx: Ctx, id: string): Promise<ReferralView> {
    const view = await this.database.view(ctx, async (tx) => this.answer(tx, await this.store.get(tx, id)));
    await this.audit.read(ctx, { action: 'referrals.read', object: object(id) });
    return view;
  }

  /** Leads: all; facilitators: open ones, those they picked up and their own; others: their own. Newest first. */
  async list(ctx: Ctx, query: ReferralQuery): Promise<ReferralList> {
    const limit = query.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(query.after, ['uuid'])?.[0] ?? null;
    const triages = hasRole(ctx.actor, 'lead', 'facilitator');
    const restrictedTo = hasRole(ctx.actor, 'lead') ? null : actorId(ctx.actor);
    const answer = await this.database.view(ctx, async (tx): Promise<ReferralList> => {
      const values = [tx.organisationId, query.state ?? null, after, limit + 1, restrictedTo];
      if (triages) return page(await named<ReferralListItem>(tx, TRIAGE_PAGE, values), limit, (row) => [row.id]);
      return page(await named<OwnRow>(tx, OWN_PAGE, values), limit, (row) => [row.id], fromOwnRow);
    });
    await this.audit.read(ctx, { action: 'referrals.listed', object: null });
    return answer;
  }

  /** What one referred oneself, newest first: only the referrer's part, also for who takes referrals on. */
  async ownList(ctx: Ctx, query: ReferralQuery): Promise<{ items: ReferralListItemForReferrer[]; next: string | null }> {
    const limit = query.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(query.after, ['uuid'])?.[0] ?? null;
    const answer = await this.database.view(ctx, async (tx) => {
      const values = [tx.organisationId, query.state ?? null, after, limit + 1, actorId(tx.actor)];
      return page(await named<OwnRow>(tx, OWN_PAGE, values), limit, (row) => [row.id], fromOwnRow);
    });
    await this.audit.read(ctx, { action: 'referrals.listed', object: null });
    return answer;
  }

  /** One of them; 404 for what somebody else referred. */
  async own(ctx: Ctx, id: string): Promise<ReferralForReferrer> {
    const view = await this.database.view(ctx, async (tx) => this.toReferrer(tx, await this.store.get(tx, id)));
    await this.audit.read(ctx, { action: 'referrals.read', object: object(id) });
    return view;
  }

  /** The referral as the one who asks may see it; 404 for everyone else. Who has just ended it still sees what they ended. */
  async answer(tx: Tx, referral: OpenReferral, before = referral): Promise<ReferralView> {
    if (readsInFull(tx.actor, before)) return inFull(referral, await this.store.doubles(tx, referral.id));
    if (hasRole(tx.actor, 'lead')) return ended(referral);
    if (tx.actor.kind === 'anonymous') return receipt(referral);
    return this.toReferrer(tx, referral);
  }

  private async toReferrer(tx: Tx, referral: OpenReferral): Promise<ReferralForReferrer> {
    if (!isReferrer(tx.actor, referral)) throw notFound();
    const [row] = await named<Pick<OwnRow, 'facilitator_name' | 'acknowledged_by_name' | 'meeting_starts_at'>>(tx, PICKED_UP_OF, [tx.organisationId, referral.id]);
    const picked = {
      facilitatorName: row!.facilitator_name,
      acknowledgedByName: row!.acknowledged_by_name,
      meetingStartsAt: row!.meeting_starts_at,
      callInstead: waitsForSomebody(referral) ? await this.urgent.callInstead(tx) : null,
    };
    return forReferrer(referral, picked, await this.parts.of(tx, referral));
  }
}

const object = (id: string): { kind: string; id: string } => ({ kind: 'referral', id });

function made(tx: Tx, body: NewReferral, confirmationHash: Buffer | null): OpenReferral {
  const self = body.source === 'resident';
  return {
    organisationId: tx.organisationId,
    id: newId(tx.now),
    state: confirmationHash ? 'awaiting-confirmation' : 'received',
    kind: kindAtReferral(body.kind, body.safety.level),
    source: body.source,
    themes: [...new Set(body.themes)],
    safetyLevel: body.safety.level,
    // Who asks for themself has said so by asking.
    consentGiven: body.consent?.given ?? self,
    neighbourhoodCode: body.neighbourhoodCode ?? null,
    residentName: body.resident.firstName ?? body.resident.name,
    referrerStaffId: tx.actor.kind === 'staff' ? tx.actor.staffId : null,
    confirmationHash,
    createdAt: tx.now,
    receivedAt: confirmationHash ? null : tx.now,
    stateSince: tx.now,
    acceptedAt: null,
    acceptedBy: null,
    firstOnDuty: null,
    secondOnDuty: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    caseId: null,
    referrerMemberId: null,
    endReason: null,
    version: 1,
    content: {
      referrer: body.referrer ?? null,
      resident: body.resident,
      otherMainPersons: body.otherMainPersons ?? [],
      question: body.question,
      safety: body.safety,
      consent: body.consent ?? null,
      notifiedOn: body.notifiedOn ?? null,
      circle: body.circle ?? [],
      information: [],
      remark: null,
    },
  };
}

/** People who are added behind others keep pointing at each other. */
function shifted<Person extends { viaIndex?: number }>(people: Person[], by: number): Person[] {
  return people.map((person) => (person.viaIndex === undefined ? person : { ...person, viaIndex: person.viaIndex + by }));
}

function fromOwnRow(row: OwnRow): ReferralListItemForReferrer {
  const iso = (date: Date | null): string | null => date?.toISOString() ?? null;
  return {
    id: row.id,
    state: row.state,
    createdAt: row.created_at.toISOString(),
    kind: row.kind,
    residentName: row.resident_name,
    receivedAt: iso(row.received_at),
    acceptedAt: iso(row.accepted_at),
    facilitatorName: row.facilitator_name,
    acknowledgedAt: iso(row.acknowledged_at),
    acknowledgedByName: row.acknowledged_by_name,
    meetingStartsAt: iso(row.meeting_starts_at),
    endReason: row.end_reason,
    version: row.version,
  };
}
