import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { notFound, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault, type SealRef } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import { CircleService, type CircleMember } from './circle.service.js';
import type { ContactErasureListener } from './circle.events.js';
import { ContactErasureService } from './contact-erasure.service.js';
import type { CircleAnswerRequest, CircleAnswers } from './growth.dto.js';
import { COUNTED_ON } from './growth.queries.js';
import { differentNames, presentMoments, sameName, type GrowthMoment } from './growth.rules.js';
import { GrowthService } from './growth.service.js';
import { RestrictionsService } from './restrictions.service.js';

interface Row {
  id: string;
  memberId: string;
  moment: GrowthMoment;
  answeredAt: Date;
  sealed: Buffer;
}
type OpenAnswer = Omit<Row, 'sealed'> & { names: string[] };

/** Served by circle_answers_once. */
const OF_CASE = statement(
  'circle.answers-of-case',
  `select id, member_id as "memberId", moment, answered_at as "answeredAt", sealed from circle_answers
   where organisation_id = $1 and case_id = $2 order by answered_at, id`,
);
const PUT = statement(
  'circle.answer-put',
  `insert into circle_answers (organisation_id, id, case_id, member_id, moment, sealed, answered_at, noted_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (organisation_id, id) do update set sealed = excluded.sealed, answered_at = excluded.answered_at, noted_by = excluded.noted_by`,
);
const RESEAL = statement('circle.answer-reseal', 'update circle_answers set sealed = $3 where organisation_id = $1 and id = $2');
const FORGET = statement('circle.answers-forget', 'delete from circle_answers where organisation_id = $1 and case_id = $2 and member_id = $3');

/** "Op wie kun je nu rekenen?": the same question to each main person at each moment. */
@Injectable()
export class CircleAnswersService implements OnModuleInit, ContactErasureListener {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly growth: GrowthService,
    private readonly restrictions: RestrictionsService,
    private readonly erasure: ContactErasureService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.erasure.onContactErased(this);
  }

  /** What a main person answered. Only their own, or for the facilitator; 404 for who is no main person of the case. */
  async read(ctx: Ctx, caseId: string, memberId: string): Promise<CircleAnswers> {
    const answer = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId, 'main-person');
      await this.mainPerson(tx, caseId, memberId);
      return this.of(tx, caseId, memberId);
    });
    await this.audit.read(ctx, { action: 'circle.answers-read', object: { kind: 'circle-member', id: memberId }, caseId });
    return answer;
  }

  /**
   * Answers for the present moment, as often as one likes while it is the present one: by the person, or noted by the
   * facilitator. Refused with 409 when `moment` is another one, and when the case has ended.
   */
  async answer(ctx: Ctx, caseId: string, memberId: string, { names, moment }: CircleAnswerRequest): Promise<CircleAnswers> {
    return this.database.run(ctx, async (tx) => {
      await this.cases.lockOpen(tx, caseId, 'main-person');
      const person = await this.mainPerson(tx, caseId, memberId);
      const moments = presentMoments(await this.growth.ofCase(tx, caseId));
      const present = moments.at(-1)!;
      if (moment !== undefined && moment !== present) throw stateConflict(present, [], 'moment-passed');
      const before = (await this.answers(tx, caseId)).find((one) => one.memberId === memberId && one.moment === present);
      const id = before?.id ?? newId(tx.now);
      const sealed = await this.vault.seal(place(tx, id), { names });
      const notedBy = tx.actor.kind === 'participant' ? 'person' : 'facilitator';
      await named(tx, PUT, [tx.organisationId, id, caseId, memberId, present, sealed, tx.now, notedBy]);
      await this.count(tx, caseId, moments);
      const values = { name: person.firstName ?? person.name };
      await this.cases.note(tx, { caseId, type: 'circle-answered', audience: 'facilitator', aboutId: memberId, values });
      await this.audit.record(tx, { action: 'circle.answer-written', object: { kind: 'circle-member', id: memberId }, caseId });
      return this.of(tx, caseId, memberId);
    });
  }

  /** One person's answers inside another read, which audits. */
  async of(tx: Tx, caseId: string, memberId: string): Promise<CircleAnswers> {
    const people = await this.circle.members(tx, caseId);
    const hidden = await this.restrictions.hidden(tx, caseId);
    const known = people.filter((one) => !one.isMainPerson && one.state !== 'removed' && !hidden.has(one.id));
    const answers = (await this.answers(tx, caseId)).filter((one) => one.memberId === memberId);
    return {
      caseId,
      memberId,
      moment: presentMoments(await this.growth.ofCase(tx, caseId)).at(-1)!,
      items: answers.map(({ moment, names, answeredAt }) => ({
        moment,
        names: names.map((name) => ({ name, memberId: known.find((one) => isCalled(one, name))?.id ?? null })),
        answeredAt: answeredAt.toISOString(),
      })),
    };
  }

  /** Their own answers go; in those of others stands "iemand" in the place of their name, so that the number stays. */
  async contactErased(tx: Tx, person: CircleMember): Promise<void> {
    const { someone } = textsFor('nl').privacy;
    await named(tx, FORGET, [tx.organisationId, person.caseId, person.id]);
    for (const { id, names } of await this.answers(tx, person.caseId)) {
      if (!names.some((name) => isCalled(person, name))) continue;
      const forgotten = names.map((name) => (isCalled(person, name) ? someone : name));
      await named(tx, RESEAL, [tx.organisationId, id, await this.vault.seal(place(tx, id), { names: forgotten })]);
    }
  }

  /** On how many different people they count now, all main persons together. */
  private async count(tx: Tx, caseId: string, moments: readonly GrowthMoment[]): Promise<void> {
    const names = (await this.answers(tx, caseId)).filter(({ moment }) => moment === moments.at(-1)).flatMap((one) => one.names);
    await named(tx, COUNTED_ON, [tx.organisationId, caseId, moments, differentNames(names)]);
  }

  private async answers(tx: Tx, caseId: string): Promise<OpenAnswer[]> {
    const rows = await named<Row>(tx, OF_CASE, [tx.organisationId, caseId]);
    return Promise.all(rows.map(async ({ sealed, ...row }) => ({ ...row, ...(await this.vault.open<{ names: string[] }>(place(tx, row.id), sealed)) })));
  }

  private async mainPerson(tx: Tx, caseId: string, memberId: string): Promise<CircleMember> {
    if (tx.actor.kind === 'participant' && tx.actor.memberId !== memberId) throw notFound();
    const person = (await this.circle.mainPersons(tx, caseId)).find(({ id }) => id === memberId);
    if (!person) throw notFound();
    return person;
  }
}

const isCalled = ({ name, firstName }: CircleMember, called: string): boolean =>
  [name, firstName, name.split(' ')[0]!].some((one) => one !== null && sameName(one) === sameName(called));

const place = ({ organisationId }: Tx, id: string): SealRef => ({ organisationId, table: 'circle_answers', id });
