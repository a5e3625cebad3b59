import { PlanningService } from '../meetings/planning.service.js';
import type { PlaceRequest } from '../meetings/meetings.dto.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import type { ObstacleRequest } from '../plans/obstacles.dto.js';
import { MarksService } from '../plans/marks.service.js';
import { ObstaclesService } from '../plans/obstacles.service.js';
import type { Offer } from './meeting.steps.js';
import type { Ctx } from '../platform/actor.js';
import type { Stage } from './stage.js';
import type { Step, Told } from './story.js';

/** Somebody themself, or the facilitator who has them on the phone. */
function ownWord(stage: Stage, told: Told, memberId: string): Ctx {
  const member = told.memberById(memberId)!;
  return member.hasMail ? stage.participant(told, member) : stage.facilitator(told);
}

/** Something is in the way of a promise, by its place in the draft; an organisation can take it away. */
export const stuck = (day: number, promise: number, category: ObstacleRequest['category'], text: string, organisation: string): Step => ({
  day,
  happens: async (stage, told) => {
    const { id, memberId } = told.commitments[promise]!;
    const obstacle = await stage.get(ObstaclesService).raise(ownWord(stage, told, memberId), id, { text, category, whoseMove: { organisation } });
    told.obstacleId = obstacle.id;
  },
});

/** What was in the way last no longer is. */
export const solved = (day: number, note: string): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(ObstaclesService).remove(stage.facilitator(told), told.obstacleId, null, { note });
  },
});

/** A promise is not kept yet, and will be on a later day of the story. */
export const later = (day: number, promise: number, until: number, reason: string): Step => ({
  day,
  happens: async (stage, told) => {
    const { id, memberId } = told.commitments[promise]!;
    const date = stage.days.date(told.day(until));
    await stage.get(CommitmentsService).setPerspective(ownWord(stage, told, memberId), id, null, { date, reason });
  },
});

/** A day on which the circle looks back on the plan; that it was held is told as of any meeting. */
export const looksBack = (day: number, place: PlaceRequest, [slotDay, time]: Offer): Step => ({
  day,
  happens: async (stage, told) => {
    const startsAt = stage.days.at(told.day(slotDay), time);
    const review = await stage.get(PlanningService).review(stage.facilitator(told), told.caseId, { startsAt, place });
    told.meetingId = review.id;
  },
});

/** What people thought of it: a mark for the meeting, one for the plan, and a sentence. */
export const marks = (day: number, ...given: [name: string, meeting: number, plan: number, sentence?: string][]): Step => ({
  day,
  happens: async (stage, told) => {
    for (const [name, meeting, plan, sentence] of given) {
      const ctx = stage.participant(told, told.member(name));
      await stage.get(MarksService).give(ctx, told.caseId, { meeting, plan, sentence, mayShare: true });
      stage.pause();
    }
  },
});
