import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CaseEntity } from '../cases/case.entity.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { KINDS } from '../cases/kinds.rules.js';
import { Database } from '../platform/database/database.js';
import { named } from '../platform/database/tx.js';
import { JobRegistry } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { REVIEWS } from './growth.queries.js';
import { momentsOfReview } from './growth.rules.js';
import { COUNT_AT_REVIEW, GrowthService } from './growth.service.js';

/** How long a count waits for a review that has a date or is getting one. */
const WAIT_MS = 14 * 24 * 3_600_000;

/** Counts the circle on a review day; not in a case that has ended, where nobody looks back any more. */
@Injectable()
export class GrowthJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly growth: GrowthService,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(COUNT_AT_REVIEW, (run, { caseId, review, late }) =>
      this.database.run(run.ctx, async (tx) => {
        const theCase = await tx.em.findOne(CaseEntity, {
          where: { organisationId: tx.organisationId, id: caseId },
          lock: { mode: 'for_no_key_update' },
        });
        if (!theCase || !OPEN_STATES.includes(theCase.state)) return 'skipped';
        const moments = momentsOfReview(review, KINDS[theCase.kind].reviewsAfterDays);
        const counted = new Set((await this.growth.ofCase(tx, caseId)).map(({ moment }) => moment));
        const missing = moments.filter((moment) => !counted.has(moment));
        if (missing.length === 0) return 'skipped';
        const [row] = await named<{ planned: boolean }>(tx, REVIEWS, [tx.organisationId, caseId]);
        if (row!.planned && !late) {
          const runAt = new Date(tx.now.getTime() + WAIT_MS);
          await this.outbox.add(tx, COUNT_AT_REVIEW, { key: `${caseId} ${review} late`, payload: { caseId, review, late: true }, runAt });
          return 'done';
        }
        await this.growth.count(tx, caseId, missing);
        return 'done';
      }),
    );
  }
}
