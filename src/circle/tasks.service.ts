import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { In } from 'typeorm';
import { AuditService } from '../audit/audit.service.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { CASE_KINDS, KINDS } from '../cases/kinds.rules.js';
import { CasesService } from '../cases/cases.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { DEFAULT_LIMIT, decodeCursor, page } from '../platform/http/cursor.js';
import { invalidField } from '../platform/http/problem.js';
import { localDay, ZONE } from '../platform/local-day.js';
import { CircleMemberEntity } from './circle-member.entity.js';
import { CircleService, type CircleMember } from './circle.service.js';
import { safeHours } from './contact-hours.rules.js';
import { CLOCK_SKEW_MS } from './invitations.service.js';
import type { ReferrerContact, ReferrerContactRequest, TaskItem, TaskPage, TaskQuery } from './tasks.dto.js';
import { REFERRER_REACHED, TASK_FACTS, type TaskRow } from './tasks.queries.js';
import { channelFor, CONTACT_TASKS, isSafeAt, nextTask, TASKS, type NextTask, type Task } from './tasks.rules.js';

const LEFT = ['refused', 'unreachable', 'removed'];
const CHECKED_KINDS = CASE_KINDS.filter((kind) => KINDS[kind].independence === 'required');
/** After every day that there is. */
const NO_DAY = '9999-12-31';

type Waiting = TaskRow & NextTask;

/** What a facilitator has to do next for each person of their cases. */
@Injectable()
export class TasksService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly audit: AuditService,
  ) {}

  /** The tasks of the one who asks, what is due first standing first; with `caseId` those of one case, 404 when it is not theirs. */
  async list(ctx: Ctx, query: TaskQuery): Promise<TaskPage> {
    const found = await this.database.view(ctx, async (tx) => {
      if (query.caseId) await this.cases.require(tx, query.caseId);
      return this.of(tx, actorId(tx.actor)!, query);
    });
    await this.audit.read(ctx, { action: 'circle.tasks-read', object: query.caseId ? { kind: 'case', id: query.caseId } : null, caseId: query.caseId });
    return found;
  }

  /** The same inside another read, which has checked who asks and audits. */
  async of(tx: Tx, facilitatorId: string, { caseId, limit = DEFAULT_LIMIT, after }: TaskQuery): Promise<TaskPage> {
    const from = decodeCursor(after, ['date', 'string', 'string', 'uuid']);
    const rows = await named<TaskRow>(tx, TASK_FACTS, [tx.organisationId, facilitatorId, caseId ?? null, OPEN_STATES, LEFT, CHECKED_KINDS]);
    const waiting = rows
      .flatMap((row): Waiting[] => {
        const task = nextTask(row);
        return task ? [{ ...row, ...task }] : [];
      })
      .sort((a, b) => compare(keyOf(a), keyOf(b)));
    const rest = from ? waiting.filter((one) => compare(keyOf(one), from as string[]) > 0) : waiting;
    const shown = page(rest.slice(0, limit + 1), limit, keyOf);
    const people = await this.people(tx, shown.items.flatMap(({ memberId }) => memberId ?? []));
    return { items: shown.items.map((one) => this.item(tx, one, people.get(one.memberId ?? ''))), next: shown.next };
  }

  /** Notes that the referrer was reached. A second time changes nothing; 409 when the case has ended. */
  async referrerReached(ctx: Ctx, caseId: string, { at }: ReferrerContactRequest): Promise<ReferrerContact> {
    return this.database.run(ctx, async (tx) => {
      await this.cases.lockOpen(tx, caseId);
      if (at.getTime() > tx.now.getTime() + CLOCK_SKEW_MS) throw invalidField('/at', 'in-the-future');
      const [row] = await named<{ reachedAt: Date; version: number }>(tx, REFERRER_REACHED, [tx.organisationId, caseId, at]);
      await this.cases.note(tx, { caseId, type: 'referrer-reached', audience: 'facilitator' });
      await this.audit.record(tx, { action: 'circle.referrer-reached', object: { kind: 'case', id: caseId }, caseId });
      return { caseId, reachedAt: row!.reachedAt.toISOString(), version: row!.version };
    });
  }

  /** Only who is shown is opened: how they are reached is sealed. */
  private async people(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, CircleMember>> {
    if (ids.length === 0) return new Map();
    const rows = await tx.em.findBy(CircleMemberEntity, { organisationId: tx.organisationId, id: In([...ids]) });
    const people = await Promise.all(rows.map((row) => this.circle.opened(row)));
    return new Map(people.map((person) => [person.id, person]));
  }

  private item(tx: Tx, one: Waiting, person: CircleMember | undefined): TaskItem {
    const { task, caseId, reference, urgent, memberId, name, isMainPerson, since, dueOn, missed, byHandChannel } = one;
    const local = DateTime.fromJSDate(tx.now, { zone: ZONE });
    const preference = person?.contactPreference ?? null;
    const contact = person && CONTACT_TASKS.includes(task);
    return {
      task, caseId, reference, urgent, memberId, name, isMainPerson, dueOn, missed, preference,
      since: since.toISOString(),
      late: dueOn !== null && dueOn < localDay(tx.now),
      channel: contact ? channelFor(task, this.circle.contact(person).channel, byHandChannel) : null,
      phone: contact ? (person.phone ?? null) : null,
      safeNow: isSafeAt(safeHours(preference?.hours), local.hour * 60 + local.minute),
    };
  }
}

/** What is due and began at the same time comes in the order of `TASKS`. */
const rankOf = (task: Task): string => String(TASKS.indexOf(task)).padStart(2, '0');
const keyOf = ({ dueOn, since, task, memberId, caseId }: Waiting): [string, string, string, string] => [
  dueOn ?? NO_DAY, since.toISOString(), rankOf(task), memberId ?? caseId,
];

/** Each part in the order of its text; days, moments, ranks and ids have a fixed form. */
function compare(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}
