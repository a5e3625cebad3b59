import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { entered } from '../cases/case-lists.service.js';
import type { CaseSummary } from '../cases/cases.dto.js';
import type { SealedMember } from '../circle/circle.service.js';
import type { Member, MemberForParticipants } from '../circle/circle.dto.js';
import type { SealedCommitment } from '../plans/commitment.entity.js';
import { conditionsWithout } from '../plans/plan-answer.policy.js';
import type { PlanContent } from '../plans/plans.rules.js';
import type { EnterRow } from '../people/sessions.service.js';
import type { Ctx } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Unentered } from '../platform/http/access.js';
import { notFound } from '../platform/http/problem.js';
import { Vault } from '../platform/vault/vault.js';
import type { CaseFile, CaseFileForMainPerson, CommitmentInFile, MeetingInFile, PlanInFile } from './case-file.dto.js';
import { CASE_FILE } from './case-file.queries.js';

interface MemberRow {
  id: string;
  name: string;
  firstName: string | null;
  relation: string | null;
  circleKind: string;
  isMainPerson: boolean;
  state: Member['state'];
  ageBand: string | null;
  viaMemberId: string | null;
  approvedAt: string | null;
  invitedAt: string | null;
  phoneVerifiedAt: string | null;
  version: number;
  sealed: string;
}

interface FileRow extends CaseSummary {
  safetyGate: string;
  consentGiven: boolean;
  /** Of whom the reader must not see anything. */
  hidden: string[];
  members: MemberRow[];
  meetings: MeetingInFile[];
  plan: (Omit<PlanInFile, 'goals' | 'commitments' | 'safetyConditions'> & {
    sealed: string;
    commitments: (Omit<CommitmentInFile, 'text'> & { sealed: string })[];
  }) | null;
}

/** One case with everything around it, in one statement. */
@Injectable()
export class CaseFileService {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** The case as its facilitator, or one of its main persons, sees it; 404 for everyone else. */
  async read(entering: Unentered, caseId: string): Promise<CaseFile | CaseFileForMainPerson> {
    const now = this.clock.now();
    const { organisationId, hash } = entering.credentials;
    const [row] = await this.database.one<EnterRow & { file: FileRow | null }>(CASE_FILE, [organisationId, hash, now, caseId]);
    const ctx = entered(entering, row, now);
    if (!row?.file) throw notFound();
    const [answer] = await Promise.all([
      this.answer(ctx, row.file),
      this.audit.read(ctx, { action: 'cases.read', object: { kind: 'case', id: caseId }, caseId }),
    ]);
    return answer;
  }

  private async answer(ctx: Ctx, row: FileRow): Promise<CaseFile | CaseFileForMainPerson> {
    const { members, hidden: hiddenIds, plan, safetyGate, consentGiven, meetings, ...summary } = row;
    const hidden = new Set(hiddenIds);
    const currentPlan = plan && (await this.plan(ctx, plan, hidden));
    if (ctx.actor.kind === 'participant') {
      const reader = ctx.actor.memberId;
      const circle = await Promise.all(
        members
          .filter(({ id }) => !hidden.has(id))
          .map(async (member) => (member.id === reader ? withoutVia(await this.inFull(ctx, summary.id, member), hidden) : forParticipants(member))),
      );
      // Why it ended may be about one of them: the facilitator tells it.
      return { ...summary, endReason: null, resident: firstMainPerson(circle), circle, meetings, currentPlan };
    }
    const circle = await Promise.all(members.map((member) => this.inFull(ctx, summary.id, member)));
    return { ...summary, consentGiven, safetyGate, resident: firstMainPerson(circle), circle, meetings, currentPlan };
  }

  private async inFull(ctx: Ctx, caseId: string, row: MemberRow): Promise<Member> {
    const { email, phone, reach, address, organisation, language, guardians, contactPreference } = await this.open<SealedMember>(
      ctx,
      'circle_members',
      row,
    );
    const { id, name, firstName, relation, isMainPerson, circleKind, state, version, ageBand, viaMemberId, approvedAt, invitedAt, phoneVerifiedAt } = row;
    const professional = circleKind === 'professional';
    // Written out: from parts spread into one, so many fields cost V8 12 µs a person.
    return {
      id,
      name,
      firstName,
      relation,
      isMainPerson,
      professional,
      state,
      version,
      caseId,
      circleKind,
      ageBand,
      viaMemberId,
      approvedAt,
      invitedAt,
      phoneVerifiedAt,
      email,
      phone,
      reach,
      address,
      organisation,
      language,
      guardians,
      contactPreference,
    };
  }

  private async plan(ctx: Ctx, plan: NonNullable<FileRow['plan']>, hidden: ReadonlySet<string>): Promise<PlanInFile> {
    const { sealed, commitments: all, ...rest } = plan;
    const commitments = all.filter(({ memberId }) => !hidden.has(memberId));
    const [{ goals, safetyConditions }, opened] = await Promise.all([
      this.open<PlanContent>(ctx, 'plans', { id: plan.id, sealed }),
      Promise.all(
        commitments.map(async ({ sealed: bytes, ...commitment }) => {
          const { text } = await this.open<SealedCommitment>(ctx, 'plans_commitments', { id: commitment.id, sealed: bytes });
          return { ...commitment, text };
        }),
      ),
    ]);
    return { ...rest, goals, commitments: opened, safetyConditions: conditionsWithout(safetyConditions, hidden) };
  }

  private open<T>(ctx: Ctx, table: string, { id, sealed }: { id: string; sealed: string }): Promise<T> {
    return this.vault.open<T>({ organisationId: ctx.actor.organisationId, table, id }, Buffer.from(sealed, 'base64'));
  }
}

function forParticipants(row: MemberRow): MemberForParticipants {
  const { id, name, firstName, relation, isMainPerson, circleKind, state, version } = row;
  return { id, name, firstName, relation, isMainPerson, professional: circleKind === 'professional', state, version };
}

const withoutVia = (member: Member, hidden: ReadonlySet<string>): Member =>
  hidden.has(member.viaMemberId ?? '') ? { ...member, viaMemberId: null } : member;

const firstMainPerson = <T extends MemberForParticipants>(members: T[]): T => members.find(({ isMainPerson }) => isMainPerson)!;
