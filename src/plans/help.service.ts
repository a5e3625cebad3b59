import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { isKnown } from '../circle/circle.policy.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx, ParticipantActor } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { notFound, stateConflict } from '../platform/http/problem.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import type { SealedCommitment } from './commitment.entity.js';
import { movesOf } from './commitments.rules.js';
import { CommitmentsService } from './commitments.service.js';
import { DraftsService } from './drafts.service.js';
import type { Help, HelpOffer, HelpOfferRequest, HelpRequest } from './offers.dto.js';
import { HELP_FOR_MEMBER, HELP_OF_FACILITATOR, OFFERS_OF, ONE_HELP, SET_HELP, SET_OFFER, type HelpOfferRow, type HelpRow } from './offers.queries.js';
import { isNear, PASSABLE_STATES } from './offers.rules.js';
import { whoseWords } from './plans.policy.js';

/** Help with a promise: asked of the facilitator, and of the people around only when its person says so. */
@Injectable()
export class HelpService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly restrictions: RestrictionsService,
    private readonly drafts: DraftsService,
    private readonly commitments: CommitmentsService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** Its person could use some help; said twice is said once. Refuses with 409 what is over or was not promised yet. */
  async ask(ctx: Ctx, commitmentId: string, { text, share }: HelpRequest): Promise<Help> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.commitments.require(tx, commitmentId);
      await this.cases.lockOpen(tx, caseId, 'circle');
      const row = await this.commitments.require(tx, commitmentId);
      if (!PASSABLE_STATES.includes(row.state)) throw stateConflict(row.state, movesOf(row.state, row.every));
      const before = await this.one(tx, commitmentId);
      if (before && before.text === (text ?? null) && before.shared === (share ?? false)) return before;
      const sealed = await this.vault.seal(helpAt(tx, commitmentId), text ?? null);
      await named(tx, SET_HELP, [tx.organisationId, commitmentId, caseId, row.memberId, share ?? false, sealed, tx.now]);
      await this.cases.note(tx, { caseId, type: 'help-asked', audience: 'facilitator', aboutId: row.memberId, values: { name: row.memberName } });
      await this.audit.record(tx, { action: 'plans.help-asked', object: { kind: 'commitment', id: commitmentId }, caseId });
      return (await this.one(tx, commitmentId))!;
    });
  }

  /** Somebody near wants to help; said twice is said once. What is not shared, of a hidden person or one's own is not there (404). */
  async offer(ctx: Ctx, commitmentId: string, { memberId: asked, text }: HelpOfferRequest): Promise<Help> {
    return this.database.run(ctx, async (tx) => {
      const found = (await this.list(tx, null)).find((help) => help.commitmentId === commitmentId);
      if (!found?.shared) throw notFound();
      const { caseId } = found;
      await this.cases.lockOpen(tx, caseId, 'circle');
      const { id: memberId, name, ...person } = whoseWords(tx.actor, asked, await this.drafts.people(tx, caseId));
      const apart = await this.restrictions.hiddenFor(tx, caseId, memberId);
      if (memberId === found.memberId || !isNear(person) || apart.has(found.memberId)) throw notFound();
      if (found.offers.some((offer) => offer.memberId === memberId && offer.text === (text ?? null))) return found;
      const sealed = await this.vault.seal(offerAt(tx, commitmentId, memberId), text ?? null);
      await named(tx, SET_OFFER, [tx.organisationId, commitmentId, memberId, caseId, sealed, tx.now]);
      await this.cases.note(tx, { caseId, type: 'help-offered', audience: 'facilitator', aboutId: memberId, values: { name } });
      await this.audit.record(tx, { action: 'plans.help-offered', object: { kind: 'commitment', id: commitmentId }, caseId });
      return (await this.one(tx, commitmentId))!;
    });
  }

  /** Where help is asked: of a facilitator's cases, or one's own and what near ones share. */
  async list(tx: Tx, caseId: string | null): Promise<Help[]> {
    const { actor } = tx;
    if (actor.kind === 'staff') return this.all(tx, await named<HelpRow>(tx, HELP_OF_FACILITATOR, [tx.organisationId, actor.staffId, caseId]));
    if (actor.kind !== 'participant') return [];
    const hidden = await this.restrictions.hidden(tx, actor.caseId);
    const seen = await this.near(tx, actor, hidden);
    return this.all(tx, seen.filter(({ memberId }) => memberId === actor.memberId || isKnown(actor, tx.now)), hidden);
  }

  /** Whether others share that they could use some help, for a device that may not read who and with what. */
  async isAsked(tx: Tx, reader: ParticipantActor): Promise<boolean> {
    return (await this.near(tx, reader, await this.restrictions.hidden(tx, reader.caseId))).some(({ memberId }) => memberId !== reader.memberId);
  }

  /** One's own, and what others share with somebody near. */
  private async near(tx: Tx, reader: ParticipantActor, hidden: ReadonlySet<string>): Promise<HelpRow[]> {
    const me = (await this.drafts.people(tx, reader.caseId)).find(({ id }) => id === reader.memberId);
    const rows = await named<HelpRow>(tx, HELP_FOR_MEMBER, [tx.organisationId, reader.memberId, reader.caseId]);
    return rows.filter(({ memberId }) => memberId === reader.memberId || (!hidden.has(memberId) && me !== undefined && isNear(me)));
  }

  private async one(tx: Tx, commitmentId: string): Promise<Help | undefined> {
    const rows = await named<HelpRow>(tx, ONE_HELP, [tx.organisationId, commitmentId]);
    return rows[0] && (await this.all(tx, rows, await this.restrictions.hidden(tx, rows[0].caseId)))[0];
  }

  private async all(tx: Tx, rows: readonly HelpRow[], hidden: ReadonlySet<string> = new Set()): Promise<Help[]> {
    const offers = await named<HelpOfferRow>(tx, OFFERS_OF, [tx.organisationId, rows.map(({ commitmentId }) => commitmentId)]);
    const reader = tx.actor.kind === 'participant' ? tx.actor.memberId : null;
    return Promise.all(
      rows.map(async ({ sealed, text, askedAt, state: _, ...row }) => {
        const seen = offers.filter(
          (offer) => offer.commitmentId === row.commitmentId && !hidden.has(offer.memberId) && (reader === null || reader === row.memberId || reader === offer.memberId),
        );
        const commitment = await this.vault.open<SealedCommitment>({ organisationId: tx.organisationId, table: 'plans_commitments', id: row.commitmentId }, text);
        return {
          ...row,
          what: commitment.text,
          text: await this.vault.open<string | null>(helpAt(tx, row.commitmentId), sealed),
          askedAt: askedAt.toISOString(),
          offers: await Promise.all(seen.map((offer) => this.offered(tx, offer))),
        };
      }),
    );
  }

  private async offered(tx: Tx, { commitmentId, memberId, memberName, sealed, offeredAt }: HelpOfferRow): Promise<HelpOffer> {
    const text = await this.vault.open<string | null>(offerAt(tx, commitmentId, memberId), sealed);
    return { memberId, memberName, text, offeredAt: offeredAt.toISOString() };
  }
}

const helpAt = (tx: Tx, id: string): SealRef => ({ organisationId: tx.organisationId, table: 'plans_help', id });
const offerAt = (tx: Tx, commitmentId: string, memberId: string): SealRef => {
  return { organisationId: tx.organisationId, table: 'plans_help_offers', id: `${commitmentId} ${memberId}` };
};
