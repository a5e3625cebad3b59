import { Injectable } from '@nestjs/common';
import type { CircleMember } from '../circle/circle.service.js';
import type { SealedCommitment } from '../plans/commitment.entity.js';
import type { Draft, SafetyCondition } from '../plans/drafts.rules.js';
import type { ObstacleEntity, SealedObstacle } from '../plans/obstacle.entity.js';
import type { PlanContent, Preconditions } from '../plans/plans.rules.js';
import type { SaidOfPreconditions } from '../plans/preconditions.service.js';
import { named, type Tx } from '../platform/database/tx.js';
import { Vault } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import { plain, type Sealed } from './case-data.service.js';
import {
  AGREEMENTS, COMMITMENTS, DRAFT, MARKS, OBSTACLES, OFFERS, PLANS, PRECONDITIONS, SAFETY_TESTS, STATEMENT, type AboutRow,
} from './person-data.queries.js';
import type { Fields, Section } from './person-data.rules.js';

/** Something that was said, as it stands now or as it stood, with where it is sealed. */
interface SaidRow {
  table: string;
  place: string;
  sealed: Buffer | null;
  moment: string | null;
  updatedAt: Date;
}

/** A version of the plan with its words, or the plan in the making: then there is no version. */
interface Written {
  row: Fields;
  goals: PlanContent['goals'];
  commitments: readonly Pick<PlanContent['commitments'][number], 'memberId' | 'text'>[];
  conditions: readonly SafetyCondition[];
  statements: PlanContent['statements'];
}

/** What of a plan is one person's: what they said, asked, promised and were asked, and what was in the way. */
@Injectable()
export class PlanDataService {
  constructor(private readonly vault: Vault) {}

  /** `people`: of whom the reader may hear. Without `draftIsOpen` the circle is by itself, and what it writes is left out. */
  async sections(tx: Tx, about: AboutRow, people: readonly CircleMember[], { draftIsOpen }: { draftIsOpen: boolean }): Promise<Section[]> {
    const { id } = about;
    const known = new Set(people.map((one) => one.id));
    const plans = await this.plans(tx, about, known);
    const draft = draftIsOpen ? await this.draft(tx, about, known) : null;
    const common: Section[] = [
      { key: 'agreements', records: await this.agreements(tx, id) },
      { key: 'safety-conditions', records: [...plans, ...(draft ? [draft] : [])].flatMap((written) => conditionsOf(written, id)) },
      { key: 'safety-tests', records: await this.safetyTests(tx, id) },
      { key: 'commitments', records: await this.commitments(tx, id) },
      { key: 'marks', records: await this.marksOf(tx, id) },
      { key: 'obstacles', records: await this.obstacles(tx, about) },
      { key: 'offers', records: await this.offers(tx, id) },
    ];
    if (!about.isMainPerson) {
      const mine = draft ? promisesOf(draft, id) : [];
      return [...common, { key: 'plan-draft', records: mine.length > 0 ? [{ ...draft!.row, ownCommitments: mine }] : [] }];
    }
    return [
      ...common,
      { key: 'statements', records: await this.statement(tx, about) },
      { key: 'preconditions', records: await this.preconditions(tx, about) },
      { key: 'plan-versions', records: plans.map((written) => wholeOf(written, id)) },
      { key: 'plan-draft', records: draft ? [draftOf(draft, id)] : [] },
    ];
  }

  private async statement(tx: Tx, { id, caseId }: AboutRow): Promise<Fields[]> {
    const rows = await named<SaidRow & { sealed: Buffer }>(tx, STATEMENT, [tx.organisationId, id, caseId]);
    return Promise.all(
      rows.map(async ({ table, place, sealed, moment, updatedAt }) => {
        const { want, can, need } = await this.open<{ want: string; can: string; need: string }>(tx, table, place, sealed);
        return { want, can, need, moment, updatedAt: updatedAt.toISOString() };
      }),
    );
  }

  /** How the four stood at every moment; of the words only their own, and what was noted for everybody. */
  private async preconditions(tx: Tx, { id, caseId }: AboutRow): Promise<Fields[]> {
    const rows = await named<SaidRow & Preconditions>(tx, PRECONDITIONS, [tx.organisationId, caseId]);
    return Promise.all(
      rows.map(async ({ table, place, sealed, home, money, relations, days, moment, updatedAt }) => {
        const said = sealed && (await this.open<SaidOfPreconditions>(tx, table, place, sealed));
        const words = said && (said.by === null || said.by === id) ? Object.values(said.words).flatMap((word: string | null) => word ?? []) : [];
        return { home, money, relations, days, ownWords: words, moment, updatedAt: updatedAt.toISOString() };
      }),
    );
  }

  private async plans(tx: Tx, { caseId }: AboutRow, known: ReadonlySet<string>): Promise<Written[]> {
    const rows = await named<Sealed>(tx, PLANS, [tx.organisationId, caseId]);
    return Promise.all(
      rows.map(async ({ id, sealed, ...row }) => {
        const { goals, commitments, safetyConditions, statements } = await this.open<PlanContent>(tx, 'plans', id, sealed!);
        return { row: plain(row), goals, commitments, conditions: knownOf(safetyConditions, known), statements };
      }),
    );
  }

  private async draft(tx: Tx, { caseId }: AboutRow, known: ReadonlySet<string>): Promise<Written | null> {
    const [row] = await named<{ sealed: Buffer; updatedAt: Date }>(tx, DRAFT, [tx.organisationId, caseId]);
    if (!row) return null;
    const { goals, commitments, safetyConditions } = await this.open<Draft>(tx, 'plans_drafts', caseId, row.sealed);
    return { row: { updatedAt: row.updatedAt.toISOString() }, goals, commitments, conditions: knownOf(safetyConditions, known), statements: [] };
  }

  private async agreements(tx: Tx, memberId: string): Promise<Fields[]> {
    const rows = await named<Sealed>(tx, AGREEMENTS, [tx.organisationId, memberId]);
    return Promise.all(
      rows.map(async ({ id, sealed, ...rest }) => ({ ...plain(rest), remark: sealed && (await this.open<string>(tx, 'plans_agreements', id, sealed)) })),
    );
  }

  private async safetyTests(tx: Tx, memberId: string): Promise<Fields[]> {
    const rows = await named<Sealed>(tx, SAFETY_TESTS, [tx.organisationId, memberId]);
    return Promise.all(
      rows.map(async ({ id, sealed, ...rest }) => ({ ...plain(rest), remark: sealed && (await this.open<string>(tx, 'plans_conditions', id, sealed)) })),
    );
  }

  private async commitments(tx: Tx, memberId: string): Promise<Fields[]> {
    const rows = await named<Sealed & { perspective: Buffer | null }>(tx, COMMITMENTS, [tx.organisationId, memberId]);
    return Promise.all(
      rows.map(async ({ id, sealed, perspective, ...rest }) => {
        const { text, note } = await this.open<SealedCommitment>(tx, 'plans_commitments', id, sealed!);
        const at = { organisationId: tx.organisationId, table: 'plans_commitments', column: 'perspective', id };
        return { text, ...plain(rest), note, perspective: perspective && (await this.vault.open<string>(at, perspective)) };
      }),
    );
  }

  /**
   * What was in the way of their own promises, in full; of another one's that was their move only what kind of thing it was, and
   * of a mail about it to a director what a main person said of that.
   */
  private async obstacles(tx: Tx, { id: memberId, caseId, isMainPerson }: AboutRow): Promise<Fields[]> {
    type Row = Pick<ObstacleEntity, 'id' | 'category' | 'state' | 'raisedAt' | 'stateSince' | 'sealed'> & { isOwn: boolean; isTheirMove: boolean };
    const words = textsFor('nl').obstacles;
    const rows = await named<Row>(tx, OBSTACLES, [tx.organisationId, memberId, isMainPerson ? caseId : null]);
    const found = await Promise.all(
      rows.map(async ({ id, sealed, category, state, raisedAt, stateSince, isOwn, isTheirMove }) => {
        const { text, steps, answers = [] } = await this.open<SealedObstacle>(tx, 'plans_obstacles', id, sealed);
        const answer = answers.find((one) => one.memberId === memberId);
        const record = {
          text: isOwn ? text : null,
          obstacleCategory: words.categories[category],
          state: words.states[state],
          raisedAt: raisedAt.toISOString(),
          stateSince: stateSince.toISOString(),
          notes: steps.flatMap(({ note, byId }) => (note !== null && (isOwn || byId === memberId) ? [note] : [])),
          isTheirMove,
          mailMayGo: answer?.agrees ?? null,
        };
        return isOwn || isTheirMove || answer ? [record] : [];
      }),
    );
    return found.flat();
  }

  private async marksOf(tx: Tx, memberId: string): Promise<Fields[]> {
    const rows = await named<Sealed>(tx, MARKS, [tx.organisationId, memberId]);
    return Promise.all(
      rows.map(async ({ id, sealed, ...rest }) => ({ ...plain(rest), sentence: sealed && (await this.open<string>(tx, 'plans_marks', id, sealed)) })),
    );
  }

  private async offers(tx: Tx, memberId: string): Promise<Fields[]> {
    const { yes, no } = textsFor('nl').privacy.answers;
    const rows = await named<{ source: string; place: string; kind: string; state: string | null; at: Date; sealed: Buffer | null }>(tx, OFFERS, [tx.organisationId, memberId]);
    return Promise.all(
      rows.map(async ({ source, place, kind, state, at, sealed }) => ({
        what: kind,
        answer: state === 'accepted' ? yes : state === 'declined' ? no : null,
        at: at.toISOString(),
        text: sealed && (await this.open<string | null>(tx, source, place, sealed)),
      })),
    );
  }

  private open<T>({ organisationId }: Tx, table: string, id: string, sealed: Buffer): Promise<T> {
    return this.vault.open<T>({ organisationId, table, id }, sealed);
  }
}

const knownOf = (conditions: readonly SafetyCondition[], known: ReadonlySet<string>): SafetyCondition[] =>
  conditions.filter(({ setByMemberId }) => known.has(setByMemberId));

const promisesOf = ({ commitments }: Written, id: string): string[] => commitments.filter(({ memberId }) => memberId === id).map(({ text }) => text);

/** What this person asked to be safe, or stands in for, each time as it stood. */
const conditionsOf = ({ row, conditions }: Written, id: string): Fields[] =>
  conditions
    .filter(({ setByMemberId, deputyMemberId }) => setByMemberId === id || deputyMemberId === id)
    .map(({ text, reason, metBy, setByMemberId }) => ({ plan: row.version ?? null, text, conditionReason: reason, metBy, asDeputy: setByMemberId !== id }));

const draftOf = (written: Written, id: string): Fields => ({
  ...written.row,
  goals: written.goals.map(({ text }) => text),
  ownCommitments: promisesOf(written, id),
  // With why, and how it is met: it is about them who read it.
  safetyConditions: written.conditions.flatMap(({ text, reason, metBy }) => [text, ...(reason ? [reason] : []), ...(metBy ? [metBy] : [])]),
});

function wholeOf(written: Written, id: string): Fields {
  const mine = written.statements.find(({ memberId }) => memberId === id);
  return { ...draftOf(written, id), ownStatements: mine ? [mine.want, mine.can, mine.need] : [] };
}
