import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { invalidField } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { localDay } from '../platform/local-day.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import { MeasurementEntity } from './measurement.entity.js';
import { MEMBERS_OF_CASE, type MemberOfCase } from './members.queries.js';
import type { InstrumentAnswer, MeasurementAnswer, NewMeasurement } from './wellbeing.dto.js';
import { type Answers, bandOf, type Instrument, INSTRUMENTS, type Measured, readAnswers, scoreOf } from './wellbeing.rules.js';

/** Nobody of a case was asked anything before this day; it also keeps impossible years out of the database. */
const EARLIEST_DAY = '2000-01-01';

interface SealedMeasurement {
  answers: Answers;
  score: number | null;
}

/** How main persons say they are, before, after and later. */
@Injectable()
export class WellbeingService {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** The instruments with their words. */
  instruments(): InstrumentAnswer[] {
    return Object.values(INSTRUMENTS).map(worded);
  }

  /** Keeps what one main person answered. A main person answers for themself only; refuses a day in the future (400). */
  async measure(ctx: Ctx, caseId: string, asked: NewMeasurement): Promise<MeasurementAnswer> {
    return this.database.run(ctx, async (tx) => {
      await this.cases.require(tx, caseId, 'main-person');
      const { id: memberId, name } = await this.mainPerson(tx, caseId, asked.memberId);
      const on = asked.on ?? today(tx);
      if (on > today(tx)) throw invalidField('/on', 'in-the-future');
      if (on < EARLIEST_DAY) throw invalidField('/on', 'too-small');
      const instrument = INSTRUMENTS[asked.instrument];
      const answers = readAnswers(instrument, asked.answers);
      const score = scoreOf(instrument, answers);
      const id = newId(tx.now);
      const kept: SealedMeasurement = { answers, score };
      const measured = {
        id,
        caseId,
        memberId,
        instrument: instrument.id,
        instrumentVersion: instrument.version,
        wording: instrument.wording,
        moment: asked.moment,
      };
      await tx.em.insert(MeasurementEntity, {
        organisationId: tx.organisationId,
        ...measured,
        measuredOn: on,
        sealed: await this.vault.seal(reference(tx, id), kept),
        createdAt: tx.now,
      });
      await this.cases.note(tx, { caseId, type: 'wellbeing-measured', audience: 'facilitator', values: { name } });
      await this.audit.record(tx, { action: 'micro-analysis.wellbeing-measured', object: { kind: 'measurement', id }, caseId });
      const band = bandOf(instrument, score);
      const notice = band && textsFor('nl').microAnalysis.notices[band];
      return { ...measured, on, answers, score, band, notice, createdAt: tx.now.toISOString() };
    });
  }

  /** The measurements of a case, oldest first, for its analysis. The caller has checked who asks. */
  async all(tx: Tx, caseId: string): Promise<Measured[]> {
    const rows = await tx.em.find(MeasurementEntity, {
      where: { organisationId: tx.organisationId, caseId },
      order: { measuredOn: 'ASC', id: 'ASC' },
    });
    return Promise.all(
      rows.map(async (row) => {
        const { score } = await this.vault.open<SealedMeasurement>(reference(tx, row.id), row.sealed);
        const { memberId, instrument, moment, measuredOn: on, wording } = row;
        return { memberId, instrument, moment, on, score, wording };
      }),
    );
  }

  private async mainPerson(tx: Tx, caseId: string, asked: string | undefined): Promise<MemberOfCase> {
    const own = tx.actor.kind === 'participant' ? tx.actor.memberId : undefined;
    const members = await named<MemberOfCase>(tx, MEMBERS_OF_CASE, [tx.organisationId, caseId]);
    const mainPersons = members.filter((member) => member.isMainPerson && (own === undefined || member.id === own));
    const found = asked === undefined ? mainPersons[0] : mainPersons.find((member) => member.id === asked);
    if (!found) throw invalidField('/memberId', 'not-a-main-person');
    return found;
  }
}

const reference = (tx: Tx, id: string): SealRef => ({
  organisationId: tx.organisationId,
  table: 'micro_analysis_measurements',
  id,
});

const today = (tx: Tx): string => localDay(tx.now);

function worded(instrument: Instrument): InstrumentAnswer {
  const texts = textsFor('nl').microAnalysis.instruments;
  const words = texts[instrument.id];
  const items: Record<string, string> = words.items;
  const scale: Record<string, string> = words.scale;
  const { id, version, direction, score, scoreRange, threshold, source, licence, wording } = instrument;
  return {
    id,
    version,
    name: words.name,
    intro: words.intro,
    items: instrument.items.map((item) => ({ ...item, text: items[item.id]! })),
    scale: Object.entries(scale).map(([value, label]) => ({ value: Number(value), label })),
    direction,
    score,
    scoreRange,
    bands: [...instrument.bands],
    threshold: { ...threshold, text: words.threshold },
    source,
    licence,
    wording,
    wordingNote: texts.wording[wording],
    language: 'nl',
  };
}
