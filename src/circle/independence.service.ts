import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import type { HandoverListener, Moved } from '../cases/cases.events.js';
import { CasesService } from '../cases/cases.service.js';
import { HandoverService } from '../cases/handover.service.js';
import { isEmployedBy, objections, speaksOther, type IndependenceFacts } from '../cases/independence.rules.js';
import { KINDS } from '../cases/kinds.rules.js';
import { StaffService } from '../people/staff.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { conflict } from '../platform/http/problem.js';
import { Vault, type SealRef } from '../platform/vault/vault.js';
import { textsFor } from '../texts/texts.js';
import type { PartiesPort } from './circle.events.js';
import { CircleService } from './circle.service.js';
import type { IndependenceCheck, IndependenceCheckRequest, IndependenceObjection, WishedGender } from './independence.dto.js';

interface Row extends IndependenceFacts {
  staffId: string;
  sealed: Buffer;
  checkedAt: Date;
}
interface Sealed {
  wishedLanguage: string | null;
  wishedGender: WishedGender | null;
  note: string | null;
}

const PUT = statement(
  'circle.independence-put',
  `insert into cases_independence_checks (organisation_id, case_id, staff_id, ties, language, wishes_met, sealed, checked_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)
   on conflict (organisation_id, case_id) do update set staff_id = excluded.staff_id, ties = excluded.ties, language = excluded.language,
     wishes_met = excluded.wishes_met, sealed = excluded.sealed, checked_at = excluded.checked_at`,
);
const ONE = statement(
  'circle.independence',
  `select staff_id as "staffId", ties, language, wishes_met as "wishesMet", sealed, checked_at as "checkedAt"
   from cases_independence_checks where organisation_id = $1 and case_id = $2`,
);

const GONE = ['refused', 'unreachable', 'removed'];

/**
 * A facilitator belongs to nobody at the table. Where the kind asks for it (`KINDS[kind].independence`), who is known to be employed
 * by a party is not given the case; whatever else is found, and a check that is missing, is a warning and stops nothing.
 */
@Injectable()
export class IndependenceService implements OnModuleInit, HandoverListener {
  private parties: PartiesPort | null = null;

  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly handovers: HandoverService,
    private readonly circle: CircleService,
    private readonly staff: StaffService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.handovers.onHandedOver(this);
  }

  /** Registers who knows for whom the referrer works. */
  onParties(port: PartiesPort): void {
    this.parties = port;
  }

  /** How it stands with the present facilitator. */
  async read(ctx: Ctx, caseId: string): Promise<IndependenceCheck> {
    const answer = await this.database.view(ctx, async (tx) => this.of(tx, await this.cases.require(tx, caseId)));
    await this.audit.read(ctx, { action: 'cases.independence-read', object: { kind: 'case', id: caseId }, caseId });
    return answer;
  }

  /** Records the check, in place of an earlier one. That something stands in the way is recorded too: then somebody else takes over. */
  async check(ctx: Ctx, caseId: string, request: IndependenceCheckRequest): Promise<IndependenceCheck> {
    return this.database.run(ctx, async (tx) => {
      const theCase = await this.cases.lockOpen(tx, caseId);
      const { ties, language, wishesMet = true, wishedLanguage = null, wishedGender = null, note = null } = request;
      const sealed = await this.vault.seal(place(tx, caseId), { wishedLanguage, wishedGender, note } satisfies Sealed);
      await named(tx, PUT, [tx.organisationId, caseId, theCase.facilitatorId, ties, language, wishesMet, sealed, tx.now]);
      await this.cases.note(tx, { caseId, type: 'independence-checked', audience: 'facilitator' });
      await this.audit.record(tx, { action: 'cases.independence-checked', object: { kind: 'case', id: caseId }, caseId });
      return this.of(tx, theCase);
    });
  }

  /** The same inside another read, which audits. */
  async of(tx: Tx, theCase: CaseEntity): Promise<IndependenceCheck> {
    const row = await this.standing(tx, theCase);
    const { wishedLanguage, wishedGender, note } = row
      ? await this.vault.open<Sealed>(place(tx, theCase.id), row.sealed)
      : { wishedLanguage: null, wishedGender: null, note: null };
    return {
      caseId: theCase.id,
      ties: row?.ties ?? null,
      language: row?.language ?? null,
      wishesMet: row?.wishesMet ?? null,
      wishedLanguage,
      wishedGender,
      note,
      checkedAt: row?.checkedAt.toISOString() ?? null,
      required: isRequired(theCase),
      objections: await this.objections(tx, theCase, row),
    };
  }

  /** Whether its facilitator may have been given this case: 409 where the kind asks for independence and they work for a party at the table. */
  async assertMayLead(tx: Tx, theCase: CaseEntity): Promise<void> {
    if (isRequired(theCase) && (await this.known(tx, theCase)).employed) throw conflict('facilitator-not-independent');
  }

  /** Whoever takes cases over is no more employed by a party than who had them. */
  async handedOver(tx: Tx, cases: readonly CaseEntity[]): Promise<Partial<Moved>> {
    for (const theCase of cases) await this.assertMayLead(tx, theCase);
    return {};
  }

  /** What is worth a thought about who leads, for who looks at the case or invites: nothing of it stops them. */
  async warnings(tx: Tx, theCase: CaseEntity): Promise<IndependenceObjection[]> {
    return this.objections(tx, theCase, await this.standing(tx, theCase));
  }

  private async objections(tx: Tx, theCase: CaseEntity, check: Row | null): Promise<IndependenceObjection[]> {
    const words = textsFor('nl').circle.objections;
    const known = { check, required: isRequired(theCase), ...(await this.known(tx, theCase)) };
    return objections(known).map((code) => ({ code, text: words[code] }));
  }

  /** What the accounts and the circle say by themselves: for whom the facilitator works, and what is spoken. */
  private async known(tx: Tx, theCase: CaseEntity): Promise<{ employed: boolean; otherLanguage: boolean }> {
    const { employer = null, languages = [] } = (await this.staff.find(tx, theCase.facilitatorId)) ?? {};
    const people = await this.circle.members(tx, theCase.id);
    const professionals = people.filter(({ circleKind, state }) => circleKind === 'professional' && !GONE.includes(state));
    const referrer = (await this.parties?.organisations(tx, theCase)) ?? [];
    const mainPersons = people.filter(({ isMainPerson, state }) => isMainPerson && !GONE.includes(state));
    return {
      employed: isEmployedBy(employer, [...professionals.flatMap(({ organisation }) => organisation ?? []), ...referrer]),
      otherLanguage: speaksOther(languages, mainPersons.flatMap(({ language }) => language ?? [])),
    };
  }

  /** The check of the facilitator whose case it is; one by somebody before them says nothing. */
  private async standing(tx: Tx, { id, facilitatorId }: CaseEntity): Promise<Row | null> {
    const [row] = await named<Row>(tx, ONE, [tx.organisationId, id]);
    return row?.staffId === facilitatorId ? row : null;
  }
}

const isRequired = ({ kind }: CaseEntity): boolean => KINDS[kind].independence === 'required';
const place = ({ organisationId }: Tx, caseId: string): SealRef => ({ organisationId, table: 'cases_independence_checks', id: caseId });
