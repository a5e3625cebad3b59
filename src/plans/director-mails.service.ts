import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { CaseEntity } from '../cases/case.entity.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { CasesService } from '../cases/cases.service.js';
import { CircleService } from '../circle/circle.service.js';
import { actorId, hasRole, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { invalidField, notFound, stale, stateConflict } from '../platform/http/problem.js';
import type { JobOutcome } from '../platform/queue/jobs.js';
import { next } from '../platform/transitions.js';
import { Vault } from '../platform/vault/vault.js';
import { DirectorsService } from './directors.service.js';
import { EscalationMessages } from './escalations.messages.js';
import { ObstacleAnswers, type AnyObstacle, type OpenedObstacle } from './obstacle-answers.service.js';
import type { SealedObstacle } from './obstacle.entity.js';
import type { DirectorMailAnswerRequest } from './obstacles.dto.js';
import { DIRECTOR_MAIL_TRANSITIONS, directorMailEvent, ESCALATES_AFTER, goesFurther, type DirectorMailEvent, type EscalationStep } from './obstacles.rules.js';

const TO_LEAD = statement(
  'plans.obstacle-to-lead',
  `update plans_obstacles set lead_since = $4, version = version + 1 where organisation_id = $1 and id = $2 and version = $3`,
);
const DIRECTOR_MAIL = statement(
  'plans.obstacle-director-mail',
  `update plans_obstacles set director_mail = $4, sealed = $5, version = version + 1 where organisation_id = $1 and id = $2 and version = $3
   returning version`,
);

/** What follows when something stands long: the lead, and a mail to a director that the main persons have read and agreed to. */
@Injectable()
export class DirectorMails {
  constructor(
    private readonly database: Database,
    private readonly cases: CasesService,
    private readonly circle: CircleService,
    private readonly answers: ObstacleAnswers,
    private readonly directors: DirectorsService,
    private readonly says: EscalationMessages,
    private readonly audit: AuditService,
    private readonly vault: Vault,
  ) {}

  /** One step of the clock; the case is locked. Skipped when it no longer stands as it did, or the step was done. */
  async escalate(tx: Tx, theCase: CaseEntity, id: string, { step, openSince }: { step: EscalationStep; openSince: string }): Promise<JobOutcome> {
    const obstacle = await this.answers.find(tx, id);
    const stands = obstacle?.state === 'open' && obstacle.openSince.toISOString() === openSince && OPEN_STATES.includes(theCase.state);
    if (!stands) return 'skipped';
    const key = `${id} ${openSince} ${step}`;
    if (!goesFurther(obstacle)) {
      await this.says.toFacilitator(tx, theCase, { days: ESCALATES_AFTER[step], key });
      return 'done';
    }
    if (step === 'lead') {
      if (obstacle.leadSince) return 'skipped';
      await named(tx, TO_LEAD, [tx.organisationId, id, obstacle.version, tx.now]);
      await this.says.toLeads(tx, theCase, { days: ESCALATES_AFTER.lead, key });
      await this.cases.note(tx, { caseId: theCase.id, type: 'obstacle-to-lead', audience: 'facilitator' });
      return 'done';
    }
    const director = await this.directors.of(tx, obstacle.moverKey);
    const state = obstacle.directorMail ?? 'none';
    const event: DirectorMailEvent = director ? 'asked' : 'nobody-named';
    if (DIRECTOR_MAIL_TRANSITIONS[state][event] === undefined || state === 'asked' || state === 'declined') return 'skipped';
    await this.write(tx, obstacle, event, []);
    if (director) {
      await this.says.toMainPersons(tx, theCase, key);
      await this.cases.note(tx, { caseId: theCase.id, type: 'director-text-ready', audience: 'main-persons' });
    }
    return 'done';
  }

  /**
   * A main person says whether the text may go, or the facilitator notes it for them. With the yes of all it goes at once.
   * Refuses with 409 when no text is waiting, with 400 somebody who is no main person of this case.
   */
  async answer(ctx: Ctx, id: string, { agrees, memberId }: DirectorMailAnswerRequest): Promise<AnyObstacle> {
    return this.database.run(ctx, async (tx) => {
      const { caseId } = await this.answers.require(tx, id);
      const theCase = await this.cases.lockOpen(tx, caseId, 'main-person');
      const obstacle = await this.answers.require(tx, id);
      const mainPersons = await this.circle.mainPersons(tx, caseId);
      const self = tx.actor.kind === 'participant' ? tx.actor.memberId : null;
      const who = mainPersons.find((one) => one.id === (memberId ?? self));
      if (self !== null && memberId !== undefined && memberId !== self) throw notFound();
      if (!who) throw invalidField('/memberId', memberId === undefined ? 'required' : 'unknown-member');
      const waits = obstacle.state === 'open' && (obstacle.directorMail === 'asked' || obstacle.directorMail === 'declined');
      if (!waits) throw stateConflict(obstacle.directorMail ?? obstacle.state, []);

      const notedById = hasRole(tx.actor, 'facilitator') ? actorId(tx.actor) : null;
      const word = { memberId: who.id, agrees, at: tx.now.toISOString(), notedById };
      const words = [...(obstacle.answers ?? []).filter((one) => one.memberId !== who.id), word];
      const director = await this.directors.of(tx, obstacle.moverKey);
      const said = directorMailEvent(mainPersons.map((one) => words.find((other) => other.memberId === one.id)?.agrees ?? null));
      const state = await this.write(tx, obstacle, director ? said : 'nobody-named', words);
      if (state === 'sent') {
        await this.says.toDirector(tx, theCase, director!, obstacle);
        await this.cases.note(tx, { caseId, type: 'director-mail-sent', audience: 'main-persons' });
      }
      const values = { name: who.firstName ?? who.name };
      const type = agrees ? 'director-text-agreed' : 'director-text-declined';
      await this.cases.note(tx, { caseId, type, audience: 'facilitator', aboutId: who.id, values });
      await this.audit.record(tx, { action: 'plans.director-mail-answered', object: { kind: 'obstacle', id }, caseId });
      return this.answers.part(tx, id);
    });
  }

  private async write(tx: Tx, obstacle: OpenedObstacle, event: DirectorMailEvent, answers: NonNullable<SealedObstacle['answers']>): Promise<string> {
    const { id, version, text, organisation, steps, directorMail } = obstacle;
    const state = next(DIRECTOR_MAIL_TRANSITIONS, directorMail ?? 'none', event);
    const place = { organisationId: tx.organisationId, table: 'plans_obstacles', id };
    const sealed = await this.vault.seal(place, { text, organisation, steps, answers } satisfies SealedObstacle);
    const rows = await named(tx, DIRECTOR_MAIL, [tx.organisationId, id, version, state, sealed]);
    if (rows.length !== 1) throw stale();
    return state;
  }
}
