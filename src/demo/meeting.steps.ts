import { CasesService } from '../cases/cases.service.js';
import type { ClosureRequest, StopRequest } from '../cases/cases.dto.js';
import { MembersService } from '../circle/members.service.js';
import { ConclusionsService } from '../meetings/conclusions.service.js';
import type { AttendanceItem, ConclusionRequest, PlaceRequest } from '../meetings/meetings.dto.js';
import type { Answer, Presence } from '../meetings/meetings.rules.js';
import { PrivateTimeService } from '../meetings/private-time.service.js';
import { PlanningService } from '../meetings/planning.service.js';
import { ResponsesService } from '../meetings/responses.service.js';
import type { Step, Told } from './story.js';

/** A day of the story, a time of day, and how many hours it takes. */
export type Offer = [day: number, time: string, hours?: number];

const HOUR_MS = 60 * 60 * 1000;
const USUAL_HOURS = 2;

/** One date is fixed at once, several are a poll. */
export const offers = (day: number, place: PlaceRequest, ...slots: Offer[]): Step => ({
  day,
  happens: async (stage, told) => {
    const moments = slots.map(([slotDay, time, hours = USUAL_HOURS]) => {
      const startsAt = stage.days.at(told.day(slotDay), time);
      return { startsAt, endsAt: new Date(startsAt.getTime() + hours * HOUR_MS) };
    });
    const ctx = stage.facilitator(told);
    const meeting = await stage.get(PlanningService).plan(ctx, told.caseId, { place, slots: moments });
    const idOf = new Map(meeting.slots.map((slot) => [slot.startsAt, slot.id]));
    told.meetingId = meeting.id;
    told.slotIds = moments.map(({ startsAt }) => idOf.get(startsAt.toISOString())!);
  },
});

const ANSWERS: Readonly<Record<string, Answer>> = { y: 'yes', '?': 'if-need-be', n: 'no' };

/** What people answer, a letter per date (`y?n`, `-` for silence). Who has no mail says it on the phone. */
export const answers = (day: number, said: Record<string, string>): Step => ({
  day,
  happens: async (stage, told) => {
    for (const [name, letters] of Object.entries(said)) {
      const member = told.member(name);
      const given = told.slotIds.flatMap((slotId, i) => (ANSWERS[letters[i]!] ? [[slotId, ANSWERS[letters[i]!]!]] : []));
      const ctx = member.hasMail ? stage.participant(told, member) : stage.facilitator(told);
      const answer = { answers: Object.fromEntries(given) as Record<string, Answer> };
      await stage.get(ResponsesService).respond(ctx, told.meetingId, member.id, answer, null);
      stage.pause();
    }
  },
});

export const picks = (day: number, slot: number): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(PlanningService).confirm(stage.facilitator(told), told.meetingId, { slotId: told.slotIds[slot]! }, null);
  },
});

interface Conclusion extends Omit<ConclusionRequest, 'facilitatorHours'> {
  hours?: number;
  /** Who was there otherwise than they said. */
  but?: Record<string, Presence>;
}

/** The circle is by itself from one time of the day until another. */
export const byThemselves = (day: number, from: string, until: string): Step => ({
  day,
  at: until,
  happens: async (stage, told) => {
    const ctx = stage.participant(told, told.mainPersons[0]!);
    const privateTime = stage.get(PrivateTimeService);
    await privateTime.say(ctx, told.meetingId, { event: 'start', at: stage.days.at(told.day(day), from) }, null);
    await privateTime.say(ctx, told.meetingId, { event: 'end' }, null);
  },
});

/** The meeting was held: who was there, and what came of it. */
export const held = (day: number, at: string, { but = {}, hours, ...conclusion }: Conclusion): Step => ({
  day,
  at,
  happens: async (stage, told) => {
    const ctx = stage.facilitator(told);
    const conclusions = stage.get(ConclusionsService);
    const { items } = await stage.get(MembersService).list(ctx, told.caseId);
    await conclusions.noteAttendance(ctx, told.meetingId, items.flatMap((member) => present(told, member, but)), null);
    stage.pause();
    const facilitatorHours = hours === undefined ? {} : { facilitatorHours: String(hours) };
    await conclusions.conclude(ctx, told.meetingId, { ...conclusion, ...facilitatorHours }, null);
  },
});

function present(
  told: Told,
  { id, state, isMainPerson }: { id: string; state: string; isMainPerson: boolean },
  but: Record<string, Presence>,
): AttendanceItem[] {
  const otherwise = but[told.memberById(id)?.name ?? ''];
  if (otherwise) return [{ memberId: id, presence: otherwise }];
  if (isMainPerson || state === 'coming' || state === 'maybe') return [{ memberId: id, presence: 'present' }];
  return state === 'not-coming' ? [{ memberId: id, presence: 'absent-with-notice' }] : [];
}

export const closes = (day: number, outcome: ClosureRequest['outcome'], remark: string): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(CasesService).close(stage.facilitator(told), told.caseId, { outcome, remark });
  },
});

export const stops = (day: number, reason: StopRequest['reason'], remark: string): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(CasesService).stop(stage.facilitator(told), told.caseId, { reason, remark });
  },
});
