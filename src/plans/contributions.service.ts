import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { KINDS } from '../cases/kinds.rules.js';
import { isKnown } from '../circle/circle.policy.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { localDay } from '../platform/local-day.js';
import { next } from '../platform/transitions.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import type { DraftCommitment } from './drafts.rules.js';
import { DraftsService } from './drafts.service.js';
import type { Contribution, ContributionRequest, ContributionResponse } from './offers.dto.js';
import {
  ACCEPTED_OF_CASE, CONTRIBUTIONS_FOR_MEMBER, CONTRIBUTIONS_OF_FACILITATOR, END_CONTRIBUTION, INSERT_CONTRIBUTION, ONE_CONTRIBUTION, type ContributionRow,
} from './offers.queries.js';
import { CONTRIBUTION_TRANSITIONS, mayTakeOver } from './offers.rules.js';
import { whoseWords } from './plans.policy.js';

/** What people offer to do where nobody meets: each for themself, also "I would like to do something, ask me". */
@Injectable()
export class ContributionsService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly restrictions: RestrictionsService,
    private readonly drafts: DraftsService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /**
   * Offers something; the same twice, while it waits, is offered once. Refuses with 409 in a kind where the plan is made together,
   * with 400 without words that are no open offer.
   */
  async offer(ctx: Ctx, caseId: string, { memberId: asked, text, every, dueOn, openOffer }: ContributionRequest): Promise<Contribution> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId, 'circle');
      const person = whoseWords(tx.actor, asked, await this.drafts.people(tx, caseId));
      if (!KINDS[theCase.kind].contributions || !mayTakeOver(person)) throw conflict('no-contributions');
      const { id: memberId, name } = person;
      if (!text && !openOffer) throw invalidField('/text', 'required');
      if (dueOn && dueOn < localDay(tx.now)) throw invalidField('/dueOn', 'in-the-past');
      const offered = { text: text ?? null, every: every ?? null, dueOn: dueOn ?? null, openOffer: openOffer ?? false };
      const waiting = await this.ofMember(tx, caseId, memberId);
      const same = waiting.find((one) => one.state === 'offered' && isDeepStrictEqual({ ...one, ...offered }, one));
      if (same) return same;
      const id = newId(tx.now);
      const sealed = await this.vault.seal(place(tx, id), offered.text);
      await named(tx, INSERT_CONTRIBUTION, [tx.organisationId, id, caseId, memberId, offered.openOffer, offered.dueOn, offered.every, sealed, tx.now]);
      await this.cases.note(tx, { caseId, type: 'contribution-offered', audience: 'main-persons', aboutId: memberId, values: { name } });
      await this.audit.record(tx, { action: 'plans.contribution-offered', object: { kind: 'contribution', id }, caseId });
      return this.opened(tx, (await this.find(tx, id))!);
    });
  }

  /**
   * Takes it into the draft under the same id, or thanks for it. In their own words it counts as their yes when the plan is fixed;
   * in other words they are asked first. Refuses with 400 an open offer without words, with 409 what was answered.
   */
  async answer(ctx: Ctx, id: string, { accept, text }: ContributionResponse): Promise<Contribution> {
    return this.database.run(ctx, async (tx) => {
      const found = await this.find(tx, id);
      if (!found) throw notFound();
      const { caseId, memberId, memberName } = found;
      await this.cases.lockOpen(tx, caseId, 'main-person');
      if ((await this.restrictions.hidden(tx, caseId)).has(memberId)) throw notFound();
      const row = (await this.find(tx, id))!;
      const state = next(CONTRIBUTION_TRANSITIONS, row.state, accept ? 'yes' : 'no');
      const ended = await named(tx, END_CONTRIBUTION, [tx.organisationId, id, state, tx.now]);
      if (ended.length !== 1) throw stateConflict(row.state, []);
      const words = text ?? (await this.vault.open<string | null>(place(tx, id), row.sealed));
      if (accept && !words) throw invalidField('/text', 'required');
      if (accept) await this.drafts.add(tx, caseId, { id, memberId, text: words!, goalId: null, dueOn: row.dueOn, every: row.every });
      const type = accept ? 'contribution-accepted' : 'contribution-declined';
      await this.cases.note(tx, { caseId, type, audience: accept ? 'main-persons' : 'facilitator', aboutId: memberId, values: { name: memberName } });
      await this.audit.record(tx, { action: 'plans.contribution-answered', object: { kind: 'contribution', id }, caseId });
      return this.opened(tx, { ...row, state });
    });
  }

  /** What waits for an answer in a facilitator's cases; one's own, and for a main person what others offer. */
  async list(tx: Tx, caseId: string | null): Promise<Contribution[]> {
    const { actor } = tx;
    if (actor.kind === 'staff') {
      const rows = await named<ContributionRow>(tx, CONTRIBUTIONS_OF_FACILITATOR, [tx.organisationId, actor.staffId, caseId]);
      return Promise.all(rows.map((row) => this.opened(tx, row)));
    }
    if (actor.kind !== 'participant') return [];
    const hidden = await this.restrictions.hidden(tx, actor.caseId);
    const rows = await named<ContributionRow>(tx, CONTRIBUTIONS_FOR_MEMBER, [tx.organisationId, actor.memberId, actor.caseId, actor.isMainPerson && isKnown(actor, tx.now)]);
    return Promise.all(rows.filter(({ memberId }) => !hidden.has(memberId)).map((row) => this.opened(tx, row)));
  }

  /** Which lines of a draft somebody offered in these words themself: they need not be asked. The caller holds the case. */
  async promisedIn(tx: Tx, caseId: string, lines: readonly Pick<DraftCommitment, 'id' | 'memberId' | 'text'>[]): Promise<Set<string>> {
    const rows = await named<ContributionRow>(tx, ACCEPTED_OF_CASE, [tx.organisationId, caseId]);
    const offered = new Map(await Promise.all(rows.map(async (row) => [row.id, { ...row, text: (await this.opened(tx, row)).text }] as const)));
    return new Set(lines.filter(({ id, memberId, text }) => offered.get(id)?.memberId === memberId && offered.get(id)!.text === text).map(({ id }) => id));
  }

  private async ofMember(tx: Tx, caseId: string, memberId: string): Promise<Contribution[]> {
    const rows = await named<ContributionRow>(tx, CONTRIBUTIONS_FOR_MEMBER, [tx.organisationId, memberId, caseId, false]);
    return Promise.all(rows.map((row) => this.opened(tx, row)));
  }

  private async find(tx: Tx, id: string): Promise<ContributionRow | undefined> {
    return (await named<ContributionRow>(tx, ONE_CONTRIBUTION, [tx.organisationId, id]))[0];
  }

  private async opened(tx: Tx, { sealed, offeredAt, ...row }: ContributionRow): Promise<Contribution> {
    return { ...row, text: await this.vault.open<string | null>(place(tx, row.id), sealed), offeredAt: offeredAt.toISOString() };
  }
}

const place = (tx: Tx, id: string): SealRef => ({ organisationId: tx.organisationId, table: 'plans_contributions', id });
