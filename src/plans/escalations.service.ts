import { Injectable } from '@nestjs/common';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { defineJob } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { ESCALATION_STEPS, escalatesAt, type EscalationStep } from './obstacles.rules.js';

export const ESCALATE_OBSTACLE = defineJob<{ caseId: string; obstacleId: string; step: EscalationStep; openSince: string }>('plans.obstacle-escalation', {
  queue: 'upkeep',
});

interface Clocked {
  id: string;
  caseId: string;
  openSince: Date;
  version: number;
}

const WAITING = statement(
  'plans.obstacles-waiting-for-director',
  `select id, case_id as "caseId", open_since as "openSince", version from plans_obstacles
   where organisation_id = $1 and state = 'open' and director_mail = 'no-director' and mover_hash = any ($2::bytea[])`,
);

/** The clock of what is in the way: to the lead after five working days, towards the director after ten. */
@Injectable()
export class EscalationsService {
  constructor(private readonly outbox: Outbox) {}

  /** Plans both steps from when it stands; what was planned before is gone. What should have been already is done at once. */
  async plan(tx: Tx, { id, caseId, openSince, version }: Clocked): Promise<void> {
    await this.drop(tx, id);
    const items = ESCALATION_STEPS.map((step) => ({
      key: `${id} ${version} ${step}`,
      payload: { caseId, obstacleId: id, step, openSince: openSince.toISOString() },
      runAt: escalatesAt(openSince, step),
    }));
    await this.outbox.addAll(tx, ESCALATE_OBSTACLE, items);
  }

  /** Nothing is to follow any more. */
  async drop(tx: Tx, id: string): Promise<void> {
    await this.outbox.cancel(tx, ESCALATE_OBSTACLE, { prefix: `${id} ` });
  }

  /** Somebody is named for these organisations: what waited for that is taken up. */
  async directorsNamed(tx: Tx, keys: readonly Buffer[]): Promise<void> {
    for (const { id, caseId, openSince, version } of await named<Clocked>(tx, WAITING, [tx.organisationId, keys])) {
      await this.outbox.add(tx, ESCALATE_OBSTACLE, {
        key: `${id} ${version} named ${tx.now.toISOString()}`,
        payload: { caseId, obstacleId: id, step: 'director', openSince: openSince.toISOString() },
      });
    }
  }
}
