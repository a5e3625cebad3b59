import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import { RestrictionsService } from '../circle/restrictions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, forbidden, invalid, stateConflict } from '../platform/http/problem.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import type { MarksAnswer, MarksForMainPerson, MarksOfMoment, MarksRequest, OwnMarks, SharedSentences } from './marks.dto.js';
import { FORGET_ONLY_SENTENCES, FORGET_SENTENCES, MARKABLE, MARKS_OF_CASE, MARKS_OF_MEMBER, PUT_MARKS, type MarksRow } from './marks.queries.js';
import { average, MARK_MOMENTS, marksError, median, momentOf, type MarkMoment } from './marks.rules.js';

type Opened = Omit<MarksRow, 'sealed'> & { sentence: string | null };

/** Two marks and a sentence: everyone who takes part gives their own, and the facilitator reads them without names. */
@Injectable()
export class MarksService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly restrictions: RestrictionsService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /**
   * Gives one's own marks, in place of those that were given before at this moment. 400 when nothing is said, 409 before there
   * was a meeting or a plan and in a case that was stopped.
   */
  async give(ctx: Ctx, caseId: string, request: MarksRequest): Promise<OwnMarks> {
    const wrong = marksError(request);
    if (wrong) throw invalid([wrong]);
    const { meeting = null, plan = null, sentence = null, mayShare = false } = request;
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.require(tx, caseId, 'circle');
      const { actor } = tx;
      if (actor.kind !== 'participant') throw forbidden();
      const { memberId } = actor;
      const moment = momentOf(theCase.state);
      if (!moment) throw stateConflict(theCase.state, [], 'case-ended');
      if (!(await this.markable(tx, caseId))) throw conflict('nothing-to-mark');
      const sealed = sentence === null ? null : await this.vault.seal(place(tx, memberId, moment), sentence);
      const shares = mayShare && sentence !== null;
      await named(tx, PUT_MARKS, [tx.organisationId, caseId, memberId, moment, meeting, plan, sealed, shares, tx.now]);
      await this.audit.record(tx, { action: 'plans.marks-given', object: { kind: 'circle-member', id: memberId }, caseId });
      return { caseId, memberId, moment, meeting, plan, sentence, mayShare: shares, givenAt: tx.now.toISOString() };
    });
  }

  /** What everyone gave, without names: figures and sentences for the facilitator, shared sentences for a main person. */
  async read(ctx: Ctx, caseId: string): Promise<MarksAnswer | MarksForMainPerson> {
    const answer = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId, 'main-person');
      return tx.actor.kind === 'participant' ? this.shared(tx, caseId) : this.ofCase(tx, caseId);
    });
    await this.audit.read(ctx, { action: 'plans.marks-read', object: { kind: 'case', id: caseId }, caseId });
    return answer;
  }

  /** The same inside another read, which has checked that it is the facilitator and audits. */
  async ofCase(tx: Tx, caseId: string): Promise<MarksAnswer> {
    const rows = await this.opened(tx, await named<MarksRow>(tx, MARKS_OF_CASE, [tx.organisationId, caseId]));
    const items = MARK_MOMENTS.flatMap((moment): MarksOfMoment[] => {
      const given = rows.filter((row) => row.moment === moment);
      const meeting = given.flatMap((row) => row.meeting ?? []);
      const plan = given.flatMap((row) => row.plan ?? []);
      const figures = { meetingAverage: average(meeting), meetingMedian: median(meeting), planAverage: average(plan), planMedian: median(plan) };
      return given.length === 0 ? [] : [{ moment, given: given.length, ...figures, sentences: sentencesOf(given) }];
    });
    return { caseId, items };
  }

  /** What somebody gave at the moment that it is now, and whether there is anything to mark. The caller has checked who asks. */
  async own(tx: Tx, caseId: string, memberId: string): Promise<{ moment: MarkMoment; given: Opened | null } | null> {
    const { state } = await this.cases.require(tx, caseId, 'circle');
    const moment = momentOf(state);
    if (!moment || !(await this.markable(tx, caseId))) return null;
    const rows = await this.ofMember(tx, memberId);
    return { moment, given: rows.find((row) => row.moment === moment) ?? null };
  }

  /** All that somebody gave. The caller has checked who asks. */
  async ofMember(tx: Tx, memberId: string): Promise<Opened[]> {
    return this.opened(tx, await named<MarksRow>(tx, MARKS_OF_MEMBER, [tx.organisationId, memberId]));
  }

  /** The sentences of somebody go; what they marked stays as a figure. */
  async forget(tx: Tx, memberId: string): Promise<void> {
    await named(tx, FORGET_ONLY_SENTENCES, [tx.organisationId, memberId]);
    await named(tx, FORGET_SENTENCES, [tx.organisationId, memberId]);
  }

  private async shared(tx: Tx, caseId: string): Promise<MarksForMainPerson> {
    const hidden = await this.restrictions.hidden(tx, caseId);
    const rows = await named<MarksRow>(tx, MARKS_OF_CASE, [tx.organisationId, caseId]);
    const may = await this.opened(tx, rows.filter(({ memberId, mayShare }) => mayShare && !hidden.has(memberId)));
    const items = MARK_MOMENTS.flatMap((moment): SharedSentences[] => {
      const sentences = sentencesOf(may.filter((row) => row.moment === moment));
      return sentences.length === 0 ? [] : [{ moment, sentences }];
    });
    return { caseId, items };
  }

  private async markable(tx: Tx, caseId: string): Promise<boolean> {
    const [row] = await named<{ markable: boolean }>(tx, MARKABLE, [tx.organisationId, caseId]);
    return row!.markable;
  }

  private async opened(tx: Tx, rows: readonly MarksRow[]): Promise<Opened[]> {
    return Promise.all(
      rows.map(async ({ sealed, ...row }) => ({
        ...row,
        sentence: sealed && (await this.vault.open<string>(place(tx, row.memberId, row.moment), sealed)),
      })),
    );
  }
}

/** In the order of the alphabet: nobody is known by their place in the list. */
const sentencesOf = (rows: readonly Opened[]): string[] => rows.flatMap(({ sentence }) => sentence ?? []).sort((a, b) => a.localeCompare(b, 'nl'));

const place = (tx: Tx, memberId: string, moment: MarkMoment): SealRef => ({ organisationId: tx.organisationId, table: 'plans_marks', id: `${memberId} ${moment}` });
