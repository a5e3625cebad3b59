import { ContributionsService } from '../plans/contributions.service.js';
import { HelpService } from '../plans/help.service.js';
import { PassingsService } from '../plans/passings.service.js';
import type { Step } from './story.js';

/** Somebody asks another to take over what they promised, by its place in the draft. */
export const asksAnother = (day: number, promise: number, name: string, note: string): Step => ({
  day,
  happens: async (stage, told) => {
    const { id, memberId } = told.commitments[promise]!;
    const ctx = stage.participant(told, told.memberById(memberId)!);
    await stage.get(PassingsService).ask(ctx, id, { memberId: told.member(name).id, note });
  },
});

/** Somebody could use some help with what they promised, and lets the circle know. */
export const asksHelp = (day: number, promise: number, text: string): Step => ({
  day,
  happens: async (stage, told) => {
    const { id, memberId } = told.commitments[promise]!;
    await stage.get(HelpService).ask(stage.participant(told, told.memberById(memberId)!), id, { text, share: true });
  },
});

export const helps = (day: number, name: string, promise: number, text: string): Step => ({
  day,
  happens: async (stage, told) => {
    await stage.get(HelpService).offer(stage.participant(told, told.member(name)), told.commitments[promise]!.id, { text });
  },
});

/** Where nobody meets: somebody says what they want to do; without words they may be asked. */
export const wantsToDo = (day: number, name: string, text?: string, every?: string): Step => ({
  day,
  happens: async (stage, told) => {
    const ctx = stage.participant(told, told.member(name));
    await stage.get(ContributionsService).offer(ctx, told.caseId, { text, every, openOffer: text === undefined });
  },
});
