import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalid, notFound, type FieldError } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { textsFor } from '../texts/texts.js';
import { AvailabilityService } from './availability.service.js';
import type { DutyRequest, Roster, RosterWarning } from './duties.dto.js';
import { ALL_DUTIES, CLEAR_DUTIES, DUTIES_AHEAD, HOLD_FACILITATORS, LOCK_ROSTER, ON_DUTY, PUT_DUTIES } from './duties.queries.js';
import { dutyErrors, MOST_DUTIES, takenOver, type Duty } from './duties.rules.js';

type DutyRow = Duty & { id: string };

/** A duty for people to read. */
export interface DutyAhead extends DutyRow {
  first: string;
  second: string | null;
}

/** The duty roster: who takes what is urgent, and who follows. */
@Injectable()
export class DutiesService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditService,
    private readonly availability: AvailabilityService,
  ) {}

  /** The whole roster, earliest first. */
  async roster(ctx: Ctx): Promise<Roster> {
    return this.database.view(ctx, async (tx) => answer(await this.all(tx)));
  }

  /**
   * Puts this roster in place of the one there was. Refused with 400 at the duty that ends before it begins, is longer than a
   * week, overlaps another one, or names somebody who is no facilitator (any more).
   */
  async replace(ctx: Ctx, items: readonly DutyRequest[]): Promise<Roster> {
    return this.database.run(ctx, async (tx) => {
      await this.lock(tx);
      const duties = items.map(asDuty);
      const errors = [...dutyErrors(duties), ...(await this.strangers(tx, duties))];
      if (errors.length > 0) throw invalid(errors);
      await named(tx, CLEAR_DUTIES, [tx.organisationId, null]);
      await this.put(tx, duties);
      await this.audit.record(tx, { action: 'meetings.roster-replaced', object: null });
      const warnings = await this.warnings(tx, duties);
      return { ...answer(await this.all(tx)), ...(warnings.length > 0 ? { warnings } : {}) };
    });
  }

  /** One duty more, beside those there are: the same checks, the fields without `/items/…`. */
  async add(ctx: Ctx, item: DutyRequest): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      await this.lock(tx);
      const known = await this.all(tx);
      if (known.length >= MOST_DUTIES) throw conflict('roster-full');
      const duty = asDuty(item);
      const errors = [...dutyErrors([...known, duty]), ...(await this.strangers(tx, [duty], known.length))];
      // One that stands there may overlap the new one: either way it is the new one that does not fit.
      if (errors.length > 0) throw invalid(errors.map(({ pointer, code }) => ({ pointer: pointer.replace(/^\/items\/\d+/, ''), code })));
      await this.put(tx, [duty]);
      await this.audit.record(tx, { action: 'meetings.duty-added', object: null });
    });
  }

  /** One duty less; 404 when it is not there. */
  async remove(ctx: Ctx, id: string): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      await this.lock(tx);
      if ((await named(tx, CLEAR_DUTIES, [tx.organisationId, [id]])).length === 0) throw notFound();
      await this.audit.record(tx, { action: 'meetings.duty-removed', object: { kind: 'duty', id } });
    });
  }

  /** What is not over yet, with names, earliest first. */
  async ahead(tx: Tx): Promise<DutyAhead[]> {
    return named<DutyAhead>(tx, DUTIES_AHEAD, [tx.organisationId, tx.now]);
  }

  /** Who is on duty at an instant: first and second, or null when nobody is. */
  async onDuty(tx: Tx, at: Date): Promise<{ firstId: string; secondId: string | null } | null> {
    const [found] = await named<{ firstId: string; secondId: string | null }>(tx, ON_DUTY, [tx.organisationId, at]);
    return found ?? null;
  }

  /** Gives somebody's duties from now on to somebody else; returns how many. */
  async handOver(tx: Tx, fromId: string, toId: string): Promise<number> {
    await this.lock(tx);
    const theirs = (await this.all(tx)).filter((duty) => duty.to > tx.now && [duty.firstId, duty.secondId].includes(fromId));
    await named(tx, CLEAR_DUTIES, [tx.organisationId, theirs.map(({ id }) => id)]);
    await this.put(tx, theirs.flatMap((duty) => takenOver(duty, fromId, toId, tx.now)));
    return theirs.length;
  }

  /** Who is away in what is still to come. */
  private async warnings(tx: Tx, duties: readonly Duty[]): Promise<RosterWarning[]> {
    const turns = duties
      .filter(({ to }) => to > tx.now)
      .flatMap(({ from, to, firstId, secondId }) => [firstId, ...(secondId ? [secondId] : [])].map((staffId) => ({ staffId, startsAt: from, endsAt: to })));
    const away = turns.length > 0 ? await this.availability.awayAt(tx, turns) : [];
    const { text } = textsFor('nl').availability.absentOnDuty;
    return away.map((place) => ({ code: 'absent', text, from: turns[place]!.startsAt.toISOString(), facilitatorId: turns[place]!.staffId }));
  }

  private async lock(tx: Tx): Promise<void> {
    await named(tx, LOCK_ROSTER, [tx.organisationId]);
  }

  private async all(tx: Tx): Promise<DutyRow[]> {
    return named<DutyRow>(tx, ALL_DUTIES, [tx.organisationId]);
  }

  private async put(tx: Tx, duties: readonly Duty[]): Promise<void> {
    await named(tx, PUT_DUTIES, [
      tx.organisationId,
      duties.map(() => newId(tx.now)),
      duties.map(({ from }) => from),
      duties.map(({ to }) => to),
      duties.map(({ firstId }) => firstId),
      duties.map(({ secondId }) => secondId),
    ]);
  }

  private async strangers(tx: Tx, duties: readonly Duty[], from = 0): Promise<FieldError[]> {
    const asked = new Set(duties.flatMap(({ firstId, secondId }) => [firstId, ...(secondId ? [secondId] : [])]));
    const rows = await named<{ id: string }>(tx, HOLD_FACILITATORS, [tx.organisationId, [...asked]]);
    const known = new Set(rows.map(({ id }) => id));
    return duties.flatMap((duty, i) =>
      (['firstId', 'secondId'] as const)
        .filter((field) => duty[field] !== null && !known.has(duty[field]))
        .map((field): FieldError => ({ pointer: `/items/${from + i}/${field}`, code: 'facilitator' })),
    );
  }
}

const asDuty = ({ from, to, firstId, secondId }: DutyRequest): Duty => ({ from, to, firstId, secondId: secondId ?? null });

const answer = (duties: readonly Duty[]): Roster => ({
  items: duties.map(({ from, to, firstId, secondId }) => ({ from: from.toISOString(), to: to.toISOString(), firstId, secondId })),
});
