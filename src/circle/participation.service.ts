import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CasesService } from '../cases/cases.service.js';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { conflict, invalid, invalidField, notFound, stateConflict } from '../platform/http/problem.js';
import { Vault, type SealRef } from '../platform/vault/vault.js';
import type { ContactErasureListener } from './circle.events.js';
import { CONTACTABLE_STATES, INVITED_STATES, MEMBER_TRANSITIONS } from './circle.rules.js';
import { CircleService, type CircleMember } from './circle.service.js';
import { ContactErasureService } from './contact-erasure.service.js';
import { shownName } from './members.service.js';
import type { Participation, ParticipationRequest } from './preparation.dto.js';
import { EMPTY_PARTICIPATION, LEAVE_SPOKESPERSON, PARTICIPATION, PUT_PARTICIPATION, type ParticipationRow } from './preparation.queries.js';
import { participationErrors } from './preparation.rules.js';
import { hiddenFrom } from './restrictions.rules.js';
import { RestrictionsService } from './restrictions.service.js';

interface Sealed {
  letter: string | null;
  recordingAt: string | null;
  remark: string | null;
}
const NOTHING: Sealed = { letter: null, recordingAt: null, remark: null };

/** How people take part: in the room, on a screen, by letter, recording or spokesperson, or not at all, with a reason. */
@Injectable()
export class ParticipationService implements OnModuleInit, ContactErasureListener {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly restrictions: RestrictionsService,
    private readonly erasure: ContactErasureService,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  onModuleInit(): void {
    this.erasure.onContactErased(this);
  }

  /** How this person takes part: for themself and the facilitator, 404 for everyone else. */
  async read(ctx: Ctx, memberId: string): Promise<Participation> {
    const answer = await this.database.view(ctx, async (tx) => {
      const member = await this.circle.member(tx, memberId);
      await this.cases.require(tx, member.caseId, 'circle');
      assertSelfOrStaff(tx, memberId);
      return this.of(tx, member);
    });
    await this.audit.read(ctx, { action: 'circle.participation-read', object: object(memberId), caseId: answer.caseId });
    return answer;
  }

  /**
   * Says how this person takes part, in place of what was said before. A spokesperson is of the circle, has not left, and is
   * nobody whom the person must not meet; who does not take part after being invited is `not-coming`.
   */
  async set(ctx: Ctx, memberId: string, request: ParticipationRequest): Promise<Participation> {
    const errors = participationErrors(request);
    if (errors.length > 0) throw invalid(errors);
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.circle.member(tx, memberId);
      await this.cases.lockOpen(tx, caseId, 'circle');
      assertSelfOrStaff(tx, memberId);
      const member = await this.circle.member(tx, memberId);
      if (!(member.isMainPerson ? member.state !== 'removed' : CONTACTABLE_STATES.includes(member.state))) {
        throw stateConflict(member.state, Object.keys(MEMBER_TRANSITIONS[member.state]));
      }
      const { way, reason, letter = null, recordingAt = null, remark = null } = request;
      const spokespersonId = request.spokespersonId?.toLowerCase() ?? null;
      if (spokespersonId) await this.assertMaySpeakFor(tx, member, spokespersonId);
      const changed = await this.circle.change(tx, member, { takesPart: way });
      if (way === 'not' && INVITED_STATES.includes(member.state)) await this.circle.setState(tx, changed, 'stay-away');
      const sealed = await this.vault.seal(place(tx, memberId), { letter, recordingAt, remark } satisfies Sealed);
      const setBy = tx.actor.kind === 'participant' ? 'person' : 'facilitator';
      await named(tx, PUT_PARTICIPATION, [tx.organisationId, memberId, caseId, spokespersonId, reason ?? null, sealed, setBy, tx.now]);
      await this.cases.note(tx, { caseId, type: `takes-part-${way}`, audience: 'facilitator', aboutId: memberId, values: { name: shownName(member) } });
      await this.audit.record(tx, { action: 'circle.participation-set', object: object(memberId), caseId });
      return this.of(tx, changed);
    });
  }

  /** The same inside another read, which audits. */
  async of(tx: Tx, { id, caseId, takesPart }: CircleMember): Promise<Participation> {
    const [row] = await named<ParticipationRow>(tx, PARTICIPATION, [tx.organisationId, id]);
    const { letter, recordingAt, remark } = row ? await this.vault.open<Sealed>(place(tx, id), row.sealed) : NOTHING;
    const { spokespersonId = null, reason = null, setBy = null } = row ?? {};
    // A restriction may have come after the choice: the person reads nothing of who they must not hear of.
    const shown = spokespersonId && !(await this.restrictions.hidden(tx, caseId)).has(spokespersonId) ? spokespersonId : null;
    return { caseId, memberId: id, way: takesPart, spokespersonId: shown, reason, letter, recordingAt, remark, setBy, setAt: row?.setAt.toISOString() ?? null };
  }

  /** What they wrote goes; why they did not take part stays, as one of a number. Who spoke for others speaks for nobody. */
  async contactErased(tx: Tx, { id, caseId }: CircleMember): Promise<void> {
    await named(tx, LEAVE_SPOKESPERSON, [tx.organisationId, caseId, id]);
    await named(tx, EMPTY_PARTICIPATION, [tx.organisationId, id, await this.vault.seal(place(tx, id), NOTHING)]);
  }

  private async assertMaySpeakFor(tx: Tx, member: CircleMember, spokespersonId: string): Promise<void> {
    const pointer = '/spokespersonId';
    const found = (await this.circle.members(tx, member.caseId)).find(({ id }) => id === spokespersonId);
    const here = found && found.id !== member.id && (found.isMainPerson ? found.state !== 'removed' : CONTACTABLE_STATES.includes(found.state));
    const apart = hiddenFrom(await this.restrictions.pairs(tx, member.caseId), member.id).has(spokespersonId);
    // For the person themself the other is not there; the facilitator may know why it cannot be.
    if (!here || (apart && tx.actor.kind === 'participant')) throw invalidField(pointer, 'unknown-member');
    if (apart) throw conflict('spokesperson-kept-apart');
    if (found.takesPart === 'not') throw invalidField(pointer, 'does-not-take-part');
  }
}

/** Of the circle only the person themself; for everyone else it does not exist. */
function assertSelfOrStaff({ actor }: Tx, memberId: string): void {
  if (actor.kind === 'participant' && actor.memberId !== memberId) throw notFound();
}

const place = ({ organisationId }: Tx, id: string): SealRef => ({ organisationId, table: 'circle_participations', id });
const object = (id: string): { kind: string; id: string } => ({ kind: 'circle-member', id });
