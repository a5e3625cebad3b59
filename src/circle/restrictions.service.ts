import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { CasesService } from '../cases/cases.service.js';
import type { Ctx } from '../platform/actor.js';
import { brokenConstraint, Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { conflict, invalid, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault, type SealRef } from '../platform/vault/vault.js';
import { CircleService } from './circle.service.js';
import type { RestrictionListener } from './circle.events.js';
import type { ContactRestriction, ContactRestrictionList, ContactRestrictionRequest, RestrictionEndRequest } from './restrictions.dto.js';
import { hiddenFrom, type RestrictedPair, type RestrictionMode } from './restrictions.rules.js';

interface Row {
  id: string;
  caseId: string;
  one: string;
  other: string;
  mode: RestrictionMode;
  sealed: Buffer;
  createdAt: Date;
  endedAt: Date | null;
}

interface Secret {
  reason: string;
  remark?: string;
}

const COLUMNS = `id, case_id as "caseId", one_member_id as one, other_member_id as other, mode, sealed, created_at as "createdAt",
  ended_at as "endedAt"`;

const INSERT = statement(
  'circle.restriction-insert',
  `insert into circle_contact_restrictions (organisation_id, id, case_id, one_member_id, other_member_id, mode, sealed, staff_id, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning ${COLUMNS}`,
);
const ONE = statement('circle.restriction', `select ${COLUMNS} from circle_contact_restrictions where organisation_id = $1 and id = $2`);
const OF_CASE = statement(
  'circle.restrictions-of-case',
  `select ${COLUMNS} from circle_contact_restrictions where organisation_id = $1 and case_id = $2 order by id`,
);
const END = statement(
  'circle.restriction-end',
  `update circle_contact_restrictions set ended_at = $3, sealed = $4 where organisation_id = $1 and id = $2 and ended_at is null
   returning ${COLUMNS}`,
);
/** Served by circle_contact_restrictions_stand. */
const STANDING = statement(
  'circle.restrictions-standing',
  `select one_member_id as one, other_member_id as other, mode from circle_contact_restrictions
   where organisation_id = $1 and case_id = any ($2) and ended_at is null`,
);

/** Who must not meet whom. Facilitators see it; everyone else sees a circle in which the other is not there. */
@Injectable()
export class RestrictionsService {
  private readonly listeners: RestrictionListener[] = [];

  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** Registers what else happens, in the same transaction, when two people are kept apart. */
  onRestricted(listener: RestrictionListener): void {
    this.listeners.push(listener);
  }

  /** Keeps two people of one case apart from now on. A pair that is kept apart already is refused with 409. */
  async restrict(ctx: Ctx, caseId: string, { memberIds, reason, mode }: ContactRestrictionRequest): Promise<ContactRestriction> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId);
      const known = new Set((await this.circle.members(tx, caseId)).map(({ id }) => id));
      const strangers = memberIds.flatMap((id, i) => (known.has(id) ? [] : [{ pointer: `/memberIds/${i}`, code: 'unknown-member' }]));
      if (strangers.length > 0) throw invalid(strangers);
      if (memberIds[0] === memberIds[1]) throw invalidField('/memberIds/1', 'double');
      const id = newId(tx.now);
      const sealed = await this.vault.seal(place(tx, id), { reason } satisfies Secret);
      const staffId = tx.actor.kind === 'staff' ? tx.actor.staffId : null;
      const [row] = await once(() =>
        named<Row>(tx, INSERT, [tx.organisationId, id, caseId, ...[...memberIds].sort(), mode, sealed, staffId, tx.now]),
      );
      await this.note(tx, caseId, id, 'restriction-set', 'circle.restriction-set');
      for (const listener of this.listeners) await listener.restricted(tx, theCase);
      return this.opened(tx, row!);
    });
  }

  /** The two may meet again. A second time is refused with 409. */
  async end(ctx: Ctx, id: string, { remark }: RestrictionEndRequest): Promise<ContactRestriction> {
    return this.database.run(ctx, async (tx) => {
      const [found] = await named<Row>(tx, ONE, [tx.organisationId, id]);
      if (!found) throw notFound();
      await this.cases.lock(tx, found.caseId);
      const { reason } = await this.vault.open<Secret>(place(tx, id), found.sealed);
      const sealed = await this.vault.seal(place(tx, id), { reason, remark } satisfies Secret);
      const [ended] = await named<Row>(tx, END, [tx.organisationId, id, tx.now, sealed]);
      if (!ended) throw stateConflict('ended', []);
      await this.note(tx, found.caseId, id, 'restriction-ended', 'circle.restriction-ended');
      return this.opened(tx, ended);
    });
  }

  /** All of a case, those that ended too, for its facilitator. */
  async list(ctx: Ctx, caseId: string): Promise<ContactRestrictionList> {
    const items = await this.database.view(ctx, async (tx) => {
      await this.cases.require(tx, caseId);
      return this.ofCase(tx, caseId);
    });
    await this.audit.read(ctx, { action: 'circle.restrictions-read', object: { kind: 'case', id: caseId }, caseId });
    return { items, next: null };
  }

  /** The same inside another read of the facilitator, which audits. */
  async ofCase(tx: Tx, caseId: string): Promise<ContactRestriction[]> {
    const rows = await named<Row>(tx, OF_CASE, [tx.organisationId, caseId]);
    return Promise.all(rows.map((row) => this.opened(tx, row)));
  }

  /** The pairs of a case, or of several, that must not meet now. */
  pairs(tx: Tx, ...caseIds: string[]): Promise<RestrictedPair[]> {
    return named<RestrictedPair>(tx, STANDING, [tx.organisationId, caseIds]);
  }

  /** Of whom the one who asks must not see anything: nobody for staff and for the service itself. */
  async hidden(tx: Tx, caseId: string): Promise<ReadonlySet<string>> {
    return tx.actor.kind === 'participant' ? hiddenFrom(await this.pairs(tx, caseId), tx.actor.memberId) : new Set();
  }

  /** Of whom one reader must not see anything, whoever makes it for them. */
  async hiddenFor(tx: Tx, caseId: string, readerId: string): Promise<ReadonlySet<string>> {
    return hiddenFrom(await this.pairs(tx, caseId), readerId);
  }

  /**
   * Who asks, in what is said to each reader: the first main person whom the reader may hear of, or null when there is none.
   * Without restrictions it is the resident for everyone.
   */
  async askers(tx: Tx, theCase: CaseEntity): Promise<(readerId: string) => string | null> {
    const pairs = await this.pairs(tx, theCase.id);
    if (pairs.length === 0) return () => theCase.residentName;
    const mainPersons = await this.circle.mainPersons(tx, theCase.id);
    return (readerId) => {
      const hidden = hiddenFrom(pairs, readerId);
      const asker = mainPersons.find(({ id }) => !hidden.has(id));
      return asker ? (asker.firstName ?? asker.name) : null;
    };
  }

  private async note(tx: Tx, caseId: string, id: string, type: 'restriction-set' | 'restriction-ended', action: string): Promise<void> {
    await this.cases.note(tx, { caseId, type, audience: 'facilitator' });
    await this.audit.record(tx, { action, object: { kind: 'contact-restriction', id }, caseId });
  }

  private async opened(tx: Tx, { sealed, one, other, createdAt, endedAt, ...row }: Row): Promise<ContactRestriction> {
    const { reason, remark } = await this.vault.open<Secret>(place(tx, row.id), sealed);
    return {
      ...row,
      memberIds: [one, other],
      reason,
      createdAt: createdAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      remark: remark ?? null,
    };
  }
}

async function once<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (brokenConstraint(error) === 'circle_contact_restrictions_stand') throw conflict('restriction-stands');
    throw error;
  }
}

const place = ({ organisationId }: Tx, id: string): SealRef => ({ organisationId, table: 'circle_contact_restrictions', id });
