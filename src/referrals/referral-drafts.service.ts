import { Injectable } from '@nestjs/common';
import { OrganisationsService } from '../people/organisations.service.js';
import { newToken, parseToken } from '../people/tokens.rules.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { Limits, type Limit } from '../platform/http/limits.js';
import { invalid, Problem } from '../platform/http/problem.js';
import { validationPipe } from '../platform/http/validation.js';
import { newId } from '../platform/ids.js';
import { localDay } from '../platform/local-day.js';
import { Vault } from '../platform/vault/vault.js';
import { NewReferral } from './referrals.dto.js';
import { referralErrors, type CheckedReferral, type ReferralState } from './referrals.rules.js';
import { BY_STRANGERS, ReferralsService } from './referrals.service.js';
import { asAsked, ownErrors, referralOf, stepOfError, type Draft, type Pointed, type StepKey, type Visitor } from './wizard.rules.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** So long after it was last written in. */
export const DRAFT_DAYS = 7;

/** What becomes of the draft of a stranger is not counted: each of them is a row. */
const DRAFTS_BEGUN: Limit = { kind: 'referral draft address', max: BY_STRANGERS.max, windowSeconds: BY_STRANGERS.windowSeconds };

/** What is left of a draft once it was sent: enough to say what happens next, nothing of what it said. */
export interface SentDraft {
  referralId: string;
  state: ReferralState;
  self: boolean;
  acute: boolean;
  mailed: boolean;
}

export interface KeptDraft {
  id: string;
  draft: Draft;
  /** When it was last written in, or sent. */
  touchedAt: Date;
  keptUntil: Date;
  sent: SentDraft | null;
}

interface DraftRow {
  id: string;
  sealed: Buffer;
  touched_at: Date;
  sent_at: Date | null;
}

const COLUMNS = 'select id, sealed, touched_at, sent_at from referrals_drafts where organisation_id = $1';
// A stranger never has the draft of a colleague; a colleague goes on with what they began before they signed in.
const BY_TOKEN = `${COLUMNS} and token_hash = $2 and (staff_id is null or staff_id = $3) and touched_at > $4`;
const FIND = statement('referrals.draft', BY_TOKEN);
const FIND_LOCKED = statement('referrals.draft-locked', `${BY_TOKEN} for update`);
/** Served by referrals_drafts_of_staff. */
const BY_STAFF = `${COLUMNS} and staff_id = $2 and sent_at is null and touched_at > $3 order by touched_at desc limit 1`;
const OF_STAFF = statement('referrals.draft-of-staff', BY_STAFF);
const OF_STAFF_LOCKED = statement('referrals.draft-of-staff-locked', `${BY_STAFF} for update`);
const ADD = statement(
  'referrals.draft-add',
  'insert into referrals_drafts (organisation_id, id, token_hash, staff_id, sealed, created_at, touched_at) values ($1, $2, $3, $4, $5, $6, $6)',
);
const KEEP = statement(
  'referrals.draft-keep',
  `update referrals_drafts set sealed = $3, touched_at = $4, sent_at = $5, staff_id = coalesce(staff_id, $6)
   where organisation_id = $1 and id = $2`,
);
const DROP = statement('referrals.draft-drop', 'delete from referrals_drafts where organisation_id = $1 and id = $2');

const pipe = validationPipe();

/**
 * Referrals in the making: kept sealed under a random token, of which only a hash stands here, for a week. Nothing of it is a
 * referral before it is sent; sent twice, it is one.
 */
@Injectable()
export class ReferralDraftsService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly referrals: ReferralsService,
    private readonly organisations: OrganisationsService,
    private readonly limits: Limits,
    private readonly clock: Clock,
  ) {}

  /** A new draft; the token goes to the visitor and is not kept. 429 beyond as many an hour as there may be referrals. */
  async begin(ctx: Ctx, draft: Draft): Promise<string> {
    if (ctx.actor.kind === 'anonymous') await this.limits.hit(DRAFTS_BEGUN, ctx.address);
    return this.database.run(ctx, async (tx) => {
      const { token, hash } = newToken(tx.organisationId);
      const id = newId(tx.now);
      await named(tx, ADD, [tx.organisationId, id, hash, actorId(tx.actor), await this.sealed(tx, id, { draft }), tx.now]);
      return token;
    });
  }

  /** Of which organisation a stranger's token is, when there is such a one. */
  async organisationOf(token: string | undefined): Promise<string | null> {
    const parsed = token === undefined ? null : parseToken(token);
    return parsed && (await this.organisations.all()).some(({ id }) => id === parsed.organisationId) ? parsed.organisationId : null;
  }

  async find(ctx: Ctx, token: string | undefined): Promise<KeptDraft | null> {
    return this.database.view(ctx, (tx) => this.open(tx, token, false));
  }

  /** Changes what was answered; null when there is no draft (any more). */
  async change(ctx: Ctx, token: string | undefined, change: (draft: Draft) => Draft | Promise<Draft>): Promise<Draft | null> {
    return this.database.run(ctx, async (tx) => {
      const kept = await this.open(tx, token, true);
      if (!kept || kept.sent) return null;
      const draft = await change(kept.draft);
      await this.keep(tx, kept.id, { draft }, null);
      return draft;
    });
  }

  /** Begins anew: nothing of it is kept. */
  async discard(ctx: Ctx, token: string | undefined): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      const kept = await this.open(tx, token, true);
      if (kept) await named(tx, DROP, [tx.organisationId, kept.id]);
    });
  }

  /**
   * Sends it as a referral, by the same checks as the call. A second time gives what the first one gave, also when both come at
   * once; null when there is no draft. Refused with 400 at the questions whose answers do not fit.
   */
  async send(ctx: Ctx, token: string | undefined): Promise<SentDraft | null> {
    const before = await this.find(ctx, token);
    if (!before || before.sent) return before?.sent ?? null;
    if (ctx.actor.kind === 'anonymous') await this.limits.hit(BY_STRANGERS, ctx.address);
    return this.database.run(ctx, async (tx) => {
      const kept = await this.open(tx, token, true);
      if (!kept || kept.sent) return kept?.sent ?? null;
      const by = visitorOf(tx);
      const wrong = await this.errors(kept.draft, by);
      if (wrong.length > 0) throw invalid(wrong);
      const referral = await this.referrals.make(tx, await asReferral(kept.draft, by));
      const { source, safetyLevel, state, content } = referral;
      const self = source === 'resident';
      const mailed = by === 'staff' || Boolean(self ? content.resident.email : content.referrer?.email);
      const sent: SentDraft = { referralId: referral.id, state, self, acute: safetyLevel === 'acute', mailed };
      await this.keep(tx, kept.id, { sent }, tx.now);
      return sent;
    });
  }

  /** What does not fit in the whole of it, each at the place where it is asked: what the call would refuse. */
  async errors(draft: Draft, by: Visitor): Promise<Pointed[]> {
    const errors = [...ownErrors(draft), ...(await formErrors(draft, by)), ...this.contentErrors(draft, by)].map(asAsked);
    return [...new Map(errors.reverse().map((error) => [error.pointer, error])).values()].reverse();
  }

  /** Which questions have answers that do not fit. */
  async wrongSteps(draft: Draft, by: Visitor): Promise<StepKey[]> {
    const errors = await this.errors(draft, by);
    return [...new Set(errors.map(({ pointer }) => stepOfError(pointer, draft, by).key))];
  }

  private contentErrors(draft: Draft, by: Visitor): Pointed[] {
    return referralErrors(referralOf({ ...draft }, by) as unknown as CheckedReferral, by, localDay(this.clock.now()));
  }

  private async open(tx: Tx, token: string | undefined, lock: boolean): Promise<KeptDraft | null> {
    const parsed = token === undefined ? null : parseToken(token);
    const staffId = tx.actor.kind === 'staff' ? tx.actor.staffId : null;
    const since = new Date(tx.now.getTime() - DRAFT_DAYS * DAY_MS);
    const byToken = parsed ? await named<DraftRow>(tx, lock ? FIND_LOCKED : FIND, [tx.organisationId, parsed.hash, staffId, since]) : [];
    const byStaff = byToken.length === 0 && staffId ? await named<DraftRow>(tx, lock ? OF_STAFF_LOCKED : OF_STAFF, [tx.organisationId, staffId, since]) : [];
    const [row] = [...byToken, ...byStaff];
    if (!row) return null;
    const { draft, sent } = await this.vault.open<{ draft?: Draft; sent?: SentDraft }>(place(tx, row.id), row.sealed);
    return { id: row.id, draft: draft!, sent: sent ?? null, touchedAt: row.touched_at, keptUntil: new Date(row.touched_at.getTime() + DRAFT_DAYS * DAY_MS) };
  }

  private async keep(tx: Tx, id: string, content: object, sentAt: Date | null): Promise<void> {
    await named(tx, KEEP, [tx.organisationId, id, await this.sealed(tx, id, content), tx.now, sentAt, actorId(tx.actor)]);
  }

  private sealed(tx: Tx, id: string, content: object): Promise<Buffer> {
    return this.vault.seal(place(tx, id), content);
  }
}

const place = ({ organisationId }: Tx, id: string): { organisationId: string; table: string; id: string } => ({ organisationId, table: 'referrals_drafts', id });

const visitorOf = ({ actor }: Tx): Visitor => (actor.kind === 'staff' ? 'staff' : 'stranger');

async function asReferral(draft: Draft, by: Visitor): Promise<NewReferral> {
  return (await pipe.transform(referralOf(draft, by), { type: 'body', metatype: NewReferral })) as NewReferral;
}

async function formErrors(draft: Draft, by: Visitor): Promise<Pointed[]> {
  try {
    await asReferral(draft, by);
    return [];
  } catch (error) {
    if (!(error instanceof Problem) || !error.extra.errors) throw error;
    return error.extra.errors;
  }
}
