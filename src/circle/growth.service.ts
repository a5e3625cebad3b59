import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { CaseEntity } from '../cases/case.entity.js';
import { KINDS } from '../cases/kinds.rules.js';
import { named, type Tx } from '../platform/database/tx.js';
import { localDay, ZONE } from '../platform/local-day.js';
import { defineJob } from '../platform/queue/jobs.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { ATTENDANCE_NOTED, COUNT, COUNTED, GROWTH_OF_CASE, RECOUNT, REVIEWS, type GrowthRow } from './growth.queries.js';
import { circleSize, momentsOfReview, reviewAt, type CircleSize, type CountedFacts, type GrowthMoment } from './growth.rules.js';
import { HEARD_OTHERWISE } from './preparation.rules.js';

/** `review`: its place among the review days of the kind. `late`: it has waited for a review that was planned. */
export const COUNT_AT_REVIEW = defineJob<{ caseId: string; review: number; late: boolean }>('circle.count-at-review', { queue: 'upkeep' });

/** At what time of its day a review that did not take place is counted. */
const REVIEW_HOUR = 6;

/**
 * How large the circle is at four moments. Each is counted once, in the transaction of what makes the moment; `growth.rules.ts`
 * says who counts when.
 */
@Injectable()
export class GrowthService {
  constructor(private readonly outbox: Outbox) {}

  /** A case has begun: everyone who was named. */
  async referred(tx: Tx, caseId: string): Promise<void> {
    await this.count(tx, caseId, ['referral']);
  }

  /** A meeting or a review was held. */
  async held(tx: Tx, theCase: CaseEntity, meeting: { id: string; type: 'meeting' | 'review' }): Promise<void> {
    const moments = meeting.type === 'meeting' ? (['meeting'] as const) : await this.momentsNow(tx, theCase);
    await this.count(tx, theCase.id, moments, meeting.id);
  }

  /** Who was there is noted after the conclusion: what was counted at that meeting follows. */
  async attendanceNoted(tx: Tx, { id: caseId }: CaseEntity, meetingId: string): Promise<void> {
    for (const { moment } of (await this.ofCase(tx, caseId)).filter((row) => row.meetingId === meetingId)) {
      const { informal, professional } = await this.size(tx, caseId, moment, meetingId);
      await named(tx, RECOUNT, [tx.organisationId, caseId, moment, informal, professional]);
    }
  }

  /** A plan is fixed for the first time: on the review days of the kind the circle is counted, also when nobody meets then. */
  async planReviews(tx: Tx, { id: caseId, kind }: CaseEntity): Promise<void> {
    const days = KINDS[kind].reviewsAfterDays;
    const items = days.flatMap((after, review) =>
      momentsOfReview(review, days).length === 0
        ? []
        : [{ key: `${caseId} ${review}`, payload: { caseId, review, late: false }, runAt: reviewDay(tx.now, after) }],
    );
    await this.outbox.addAll(tx, COUNT_AT_REVIEW, items);
  }

  /** The moments of a case that have been, in their order. The caller has checked who asks. */
  ofCase(tx: Tx, caseId: string): Promise<GrowthRow[]> {
    return named<GrowthRow>(tx, GROWTH_OF_CASE, [tx.organisationId, caseId]);
  }

  /** Counts the circle at these moments, those that were counted before left as they are. */
  async count(tx: Tx, caseId: string, moments: readonly GrowthMoment[], meetingId: string | null = null): Promise<void> {
    for (const moment of moments) {
      const { informal, professional } = await this.size(tx, caseId, moment, meetingId);
      await named(tx, COUNT, [tx.organisationId, caseId, moment, tx.now, informal, professional, meetingId]);
    }
  }

  private async size(tx: Tx, caseId: string, moment: GrowthMoment, meetingId: string | null): Promise<CircleSize> {
    const people = await named<CountedFacts>(tx, COUNTED, [tx.organisationId, caseId, meetingId, HEARD_OTHERWISE]);
    const [attendance] = await named<{ noted: boolean }>(tx, ATTENDANCE_NOTED, [tx.organisationId, meetingId]);
    return circleSize(moment, people, attendance!.noted);
  }

  /** Which moments a review that is held now makes; none without a plan to look back on. */
  private async momentsNow(tx: Tx, { id, kind }: CaseEntity): Promise<GrowthMoment[]> {
    const [row] = await named<{ fixedAt: Date | null }>(tx, REVIEWS, [tx.organisationId, id]);
    if (!row!.fixedAt) return [];
    const from = DateTime.fromISO(localDay(row!.fixedAt));
    const days = Math.round(DateTime.fromISO(localDay(tx.now)).diff(from, 'days').days);
    const { reviewsAfterDays } = KINDS[kind];
    return momentsOfReview(reviewAt(days, reviewsAfterDays), reviewsAfterDays);
  }
}

const reviewDay = (from: Date, days: number): Date =>
  DateTime.fromJSDate(from, { zone: ZONE }).plus({ days }).startOf('day').set({ hour: REVIEW_HOUR }).toJSDate();
