import type { Answer, Answers } from './meetings.rules.js';

/** A date that is offered. */
export interface RankedSlot {
  id: string;
  startsAt: Date;
  endsAt: Date;
}

/** Someone who may answer, with what they said. */
export interface Voter {
  /** A main person, or somebody without whom it makes no sense. */
  isNeeded: boolean;
  /** Of the circle's own people: no main person, no professional, no aide. */
  isInformal: boolean;
  answers: Answers;
}

export interface Rank {
  slotId: string;
  /** Everyone who is needed said yes, or if need be. */
  keepsAll: boolean;
  yes: number;
  no: number;
  informalYes: number;
}

/**
 * The dates, best first: (1) those that keep everyone who is needed, (2) most yes, (3) fewest no, (4) most yes from the
 * circle's own people, (5) earliest; then shortest and by id, so that the order is always the same. Someone picks; the choice
 * may differ.
 */
export function rank(slots: readonly RankedSlot[], voters: readonly Voter[]): Rank[] {
  return slots
    .map((slot) => ({ slot, ...tally(slot, voters) }))
    .sort(
      (a, b) =>
        Number(b.keepsAll) - Number(a.keepsAll) ||
        b.yes - a.yes ||
        a.no - b.no ||
        b.informalYes - a.informalYes ||
        a.slot.startsAt.getTime() - b.slot.startsAt.getTime() ||
        a.slot.endsAt.getTime() - b.slot.endsAt.getTime() ||
        (a.slot.id < b.slot.id ? -1 : 1),
    )
    .map(({ slot: _, ...ranked }) => ranked);
}

/** Whether another date ranks higher by what people said: not when it is only earlier. */
export function isAgainstRanking(ranking: readonly Rank[], slotId: string): boolean {
  const [best] = ranking;
  const chosen = ranking.find((one) => one.slotId === slotId);
  return (['keepsAll', 'yes', 'no', 'informalYes'] as const).some((part) => best?.[part] !== chosen?.[part]);
}

function tally({ id }: RankedSlot, voters: readonly Voter[]): Rank {
  const count = (answer: Answer, of = voters): number => of.filter(({ answers }) => answers[id] === answer).length;
  return {
    slotId: id,
    keepsAll: voters.every(({ isNeeded, answers }) => !isNeeded || answers[id] === 'yes' || answers[id] === 'if-need-be'),
    yes: count('yes'),
    no: count('no'),
    informalYes: count('yes', voters.filter(({ isInformal }) => isInformal)),
  };
}
