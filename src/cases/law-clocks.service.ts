import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { hasRole, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { decodeCursor, page, type PageQuery } from '../platform/http/cursor.js';
import { invalidField, notFound } from '../platform/http/problem.js';
import { localDay } from '../platform/local-day.js';
import { textsFor } from '../texts/texts.js';
import type { CaseEntity } from './case.entity.js';
import { CasesService } from './cases.service.js';
import type { LawClockAnswer, LawClocks, LawSettings, OpenLawClocks } from './law-clocks.dto.js';
import { clocksFor, clockState, LAWS, type Law, type LawClockName, type StartedClock } from './law-clocks.rules.js';

/** Sorts what has no term after every date. */
const NO_TERM = '9999-12-31';

const SETTINGS = statement('cases.law-settings', 'select laws from cases_law_settings where organisation_id = $1');
const CHANGE_SETTINGS = statement(
  'cases.law-settings-change',
  `insert into cases_law_settings (organisation_id, laws, changed_at) values ($1, $2, $3)
   on conflict (organisation_id) do update set laws = excluded.laws, changed_at = excluded.changed_at`,
);
const START = statement(
  'cases.law-clocks-start',
  `insert into cases_law_clocks (organisation_id, case_id, clock, starts_on, due_on)
   select $1, $2, c.clock, c.starts_on, c.due_on from unnest($3::text[], $4::date[], $5::date[]) as c (clock, starts_on, due_on)`,
);
const OF_CASE = statement(
  'cases.law-clocks',
  `select clock, starts_on as "startsOn", due_on as "dueOn", done_on as "doneOn" from cases_law_clocks
   where organisation_id = $1 and case_id = $2 order by due_on nulls last, clock`,
);
const NOTE_DONE = statement(
  'cases.law-clock-done',
  `update cases_law_clocks set done_on = $4 where organisation_id = $1 and case_id = $2 and clock = $3
   returning clock, starts_on as "startsOn", due_on as "dueOn", done_on as "doneOn"`,
);
// Served by cases_law_clocks_open; $2 the facilitator, null for a lead.
const OPEN = statement(
  'cases.law-clocks-open',
  `select k.case_id as "caseId", c.reference, c.facilitator_id as "facilitatorId", k.clock, k.starts_on as "startsOn",
     k.due_on as "dueOn", k.done_on as "doneOn"
   from cases_law_clocks k join cases c on c.organisation_id = k.organisation_id and c.id = k.case_id
   where k.organisation_id = $1 and k.done_on is null and c.state not in ('closed', 'stopped')
     and ($2::uuid is null or c.facilitator_id = $2)
     and ($3::date is null or (coalesce(k.due_on, '${NO_TERM}'), k.case_id, k.clock) > ($3, $4::uuid, $5))
   order by coalesce(k.due_on, '${NO_TERM}'), k.case_id, k.clock limit $6`,
);

interface ClockRow extends StartedClock {
  doneOn: string | null;
}

interface OpenRow extends ClockRow {
  caseId: string;
  reference: string;
  facilitatorId: string;
}

/** Terms of law: started with the case, seen by facilitator, main persons and lead, noted as done. */
@Injectable()
export class LawClocksService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly audit: AuditService,
  ) {}

  /** The laws that this organisation works under; all of them until somebody chooses. */
  async settings(ctx: Ctx): Promise<LawSettings> {
    const laws = await this.database.view(ctx, (tx) => this.laws(tx));
    await this.audit.read(ctx, { action: 'cases.law-settings-read', object: null });
    return { laws };
  }

  /** Chooses the laws for every case that is opened from now on. */
  async change(ctx: Ctx, { laws }: LawSettings): Promise<LawSettings> {
    return this.database.run(ctx, async (tx) => {
      await named(tx, CHANGE_SETTINGS, [tx.organisationId, laws, tx.now]);
      await this.audit.record(tx, { action: 'cases.law-settings-changed', object: null });
      return { laws };
    });
  }

  /** Starts what the law asks in a case that was just opened. `notifiedOn`: the day that the municipality was told. */
  async start(tx: Tx, theCase: CaseEntity, notifiedOn: string | null): Promise<void> {
    const openedOn = localDay(tx.now);
    const clocks = clocksFor({ themes: theCase.themes, laws: await this.laws(tx), notifiedOn, openedOn });
    await named(tx, START, [
      tx.organisationId,
      theCase.id,
      clocks.map(({ clock }) => clock),
      clocks.map((each) => each.startsOn),
      clocks.map(({ dueOn }) => dueOn),
    ]);
  }

  /** The clocks of one case, the first to end first. */
  async ofCase(ctx: Ctx, caseId: string): Promise<LawClocks> {
    const items = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId, 'main-person');
      return this.list(tx, caseId);
    });
    await this.audit.read(ctx, { action: 'cases.law-clocks-read', object: { kind: 'case', id: caseId }, caseId });
    return { items };
  }

  /** The same inside another command. Who may read them is decided before. */
  async list(tx: Tx, caseId: string): Promise<LawClockAnswer[]> {
    const rows = await named<ClockRow>(tx, OF_CASE, [tx.organisationId, caseId]);
    return rows.map((row) => answer(row, localDay(tx.now)));
  }

  /** Notes the day on which it was done, or takes that back with null. A day before the start or after today is refused. */
  async note(ctx: Ctx, caseId: string, clock: string, doneOn: string | null): Promise<LawClockAnswer> {
    return this.database.run(ctx, async (tx) => {
      await this.cases.lockOpen(tx, caseId);
      const today = localDay(tx.now);
      const rows = await named<ClockRow>(tx, OF_CASE, [tx.organisationId, caseId]);
      const found = rows.find((row) => row.clock === clock);
      if (!found) throw notFound();
      if (doneOn !== null && doneOn > today) throw invalidField('/doneOn', 'in-the-future');
      if (doneOn !== null && doneOn < found.startsOn) throw invalidField('/doneOn', 'before-start');
      const [changed] = await named<ClockRow>(tx, NOTE_DONE, [tx.organisationId, caseId, clock, doneOn]);
      await this.audit.record(tx, { action: 'cases.law-clock-noted', object: { kind: 'case', id: caseId }, caseId });
      return answer(changed!, today);
    });
  }

  /** The same inside another command, which has checked the day. The caller holds the case. */
  async done(tx: Tx, caseId: string, clock: LawClockName, doneOn: string): Promise<void> {
    await named(tx, NOTE_DONE, [tx.organisationId, caseId, clock, doneOn]);
  }

  /** Everything that is still to be done, the first to end first: a lead's whole organisation, a facilitator's own cases. */
  async open(ctx: Ctx, query: PageQuery): Promise<OpenLawClocks> {
    const limit = query.limit!;
    const [due, caseId, clock] = decodeCursor(query.after, ['date', 'uuid', 'string']) ?? [null, null, null];
    const facilitatorId = hasRole(ctx.actor, 'lead') || ctx.actor.kind !== 'staff' ? null : ctx.actor.staffId;
    const { rows, today } = await this.database.view(ctx, async (tx) => ({
      rows: await named<OpenRow>(tx, OPEN, [tx.organisationId, facilitatorId, due, caseId, clock, limit + 1]),
      today: localDay(tx.now),
    }));
    await this.audit.read(ctx, { action: 'cases.law-clocks-listed', object: null });
    return page(rows, limit, (row) => [row.dueOn ?? NO_TERM, row.caseId, row.clock], (row) => {
      const { caseId: id, reference, facilitatorId: facilitator } = row;
      return { ...answer(row, today), caseId: id, reference, facilitatorId: facilitator };
    });
  }

  /** The laws that the organisation works under. */
  async laws(tx: Tx): Promise<Law[]> {
    const [row] = await named<LawSettings>(tx, SETTINGS, [tx.organisationId]);
    return row?.laws ?? [...LAWS];
  }
}

function answer({ clock, startsOn, dueOn, doneOn }: ClockRow, today: string): LawClockAnswer {
  const text = textsFor('nl').cases.lawClocks[clock];
  return { clock, text, startsOn, dueOn, doneOn, state: clockState({ dueOn, doneOn }, today) };
}

