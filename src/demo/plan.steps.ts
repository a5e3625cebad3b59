import type { Per } from '../micro-analysis/amounts.rules.js';
import type { CostLineInput, Side } from '../micro-analysis/cost-lines.rules.js';
import { CostLinesService } from '../micro-analysis/cost-lines.service.js';
import type { Moment } from '../micro-analysis/wellbeing.rules.js';
import { WellbeingService } from '../micro-analysis/wellbeing.service.js';
import { AgreementsService } from '../plans/agreements.service.js';
import type { ProgressState } from '../plans/commitments.rules.js';
import { CommitmentsService } from '../plans/commitments.service.js';
import { DraftsService } from '../plans/drafts.service.js';
import { PlansService } from '../plans/plans.service.js';
import type { PreconditionLevel } from '../plans/plans.rules.js';
import { SafetyConditionsService } from '../plans/safety-conditions.service.js';
import { PreconditionsService } from '../plans/preconditions.service.js';
import { StatementsService } from '../plans/statements.service.js';
import { newId } from '../platform/ids.js';
import type { Step } from './story.js';

/** Ik wil, ik kan, ik heb nodig: a main person in their own words. */
export const says = (day: number, name: string, want: string, can: string, need: string): Step => ({
  day,
  happens: async (stage, told) => {
    const member = told.member(name);
    const ctx = member.hasMail ? stage.participant(told, member) : stage.facilitator(told);
    await stage.get(StatementsService).write(ctx, told.caseId, member.id, null, { want, can, need });
  },
});

/** How home, money, relations and days stand. */
export const stands = (
  day: number,
  home: PreconditionLevel,
  money: PreconditionLevel,
  relations: PreconditionLevel,
  days: PreconditionLevel,
): Step => ({
  day,
  happens: async (stage, told) => {
    const ctx = stage.facilitator(told);
    await stage.get(PreconditionsService).write(ctx, told.caseId, null, { home, money, relations, days });
  },
});

/** A mark for happiness, and the five answers of the WHO-5 when they were asked. */
export const feels = (day: number, name: string, moment: Moment, mark: number, who5?: number[]): Step => ({
  day,
  happens: async (stage, told) => {
    const wellbeing = stage.get(WellbeingService);
    const ctx = stage.facilitator(told);
    const common = { moment, memberId: told.member(name).id };
    await wellbeing.measure(ctx, told.caseId, { ...common, instrument: 'cbs-happiness', answers: { q1: mark } });
    if (!who5) return;
    const given = Object.fromEntries(who5.map((answer, i) => [`q${i + 1}`, answer]));
    await wellbeing.measure(ctx, told.caseId, { ...common, instrument: 'who-5', answers: given });
  },
});

/** Who, what, and for which goal, by when, how often; `keeps` is the place of the same promise in the draft before. */
export type Promised = [who: string, what: string, more?: { goal?: number; due?: number; every?: string; keeps?: number }];

interface ToldDraft {
  goals: string[];
  promises: Promised[];
  conditions?: { text: string; reason: string; by: string; metBy?: string }[];
}

/** The plan is written down. The goals of a second draft are those of the first with more behind them. */
export const drafts = (day: number, { goals, promises, conditions }: ToldDraft): Step => ({
  day,
  happens: async (stage, told) => {
    const make = (): string => newId(stage.clock.now());
    told.goalIds = goals.map((_, i) => told.goalIds[i] ?? make());
    const before = told.commitments;
    told.commitments = promises.map(([name, , { keeps } = {}]) => ({
      id: keeps === undefined ? make() : before[keeps]!.id,
      memberId: told.member(name).id,
    }));
    await stage.get(DraftsService).write(stage.facilitator(told), told.caseId, null, {
      goals: goals.map((text, i) => ({ id: told.goalIds[i]!, text })),
      commitments: promises.map(([, text, { goal, due, every } = {}], i) => ({
        ...told.commitments[i]!,
        text,
        goalId: goal === undefined ? null : told.goalIds[goal]!,
        dueOn: due === undefined ? null : stage.days.date(told.day(due)),
        every: every ?? null,
      })),
      ...(conditions
        ? { safetyConditions: conditions.map(({ by, ...rest }) => ({ ...rest, setByMemberId: told.member(by).id })) }
        : {}),
    });
  },
});

export const fixes = (day: number): Step => ({
  day,
  happens: async (stage, told) => {
    const plan = await stage.get(PlansService).fix(stage.facilitator(told), told.caseId, null);
    told.planId = plan.id;
  },
});

export const agrees = (day: number, ...names: string[]): Step => ({
  day,
  happens: async (stage, told) => {
    for (const name of names) {
      const ctx = stage.participant(told, told.member(name));
      await stage.get(AgreementsService).answer(ctx, told.planId, { agrees: true });
      stage.pause();
    }
  },
});

export const objects = (day: number, name: string, remark: string): Step => ({
  day,
  happens: async (stage, told) => {
    const ctx = stage.participant(told, told.member(name));
    await stage.get(AgreementsService).answer(ctx, told.planId, { agrees: false, remark });
  },
});

/** A professional looks whether the plan keeps what they asked for. */
export const tests = (day: number, name: string, met: boolean, reason?: string): Step => ({
  day,
  happens: async (stage, told) => {
    const member = told.member(name);
    const plan = await stage.get(PlansService).read(stage.facilitator(told), told.planId);
    for (const { id } of plan.safetyConditions.filter(({ setByMemberId }) => setByMemberId === member.id)) {
      await stage.get(SafetyConditionsService).test(stage.participant(told, member), id, { met, reason });
    }
  },
});

/** How a promise goes, by its place in the draft; said by the one who made it, or to the facilitator on the phone. */
export const reports = (day: number, promise: number, state: ProgressState, note?: string): Step => ({
  day,
  happens: async (stage, told) => {
    const { id, memberId } = told.commitments[promise]!;
    const member = told.memberById(memberId)!;
    const ctx = member.hasMail ? stage.participant(told, member) : stage.facilitator(told);
    await stage.get(CommitmentsService).report(ctx, id, null, { state, note: note ?? null });
  },
});

/** Side, catalogue item, how much, how often, and what else is known of it. */
export type Cost = [side: Side, itemId: string, quantity: number, per: Per, more?: CostLineInput];

export const costs = (day: number, ...lines: Cost[]): Step => ({
  day,
  happens: async (stage, told) => {
    for (const [side, itemId, quantity, per, more = {}] of lines) {
      const line: CostLineInput = { side, itemId, quantity, per, basis: 'reported', ...more };
      await stage.get(CostLinesService).add(stage.facilitator(told), told.caseId, line);
    }
  },
});
