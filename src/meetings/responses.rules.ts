import { INVITED_STATES, type CircleKind, type MemberEvent, type MemberState } from '../circle/circle.rules.js';
import { needsDate, type WayToTakePart } from '../circle/preparation.rules.js';
import type { FieldError } from '../platform/http/problem.js';
import { ANSWERS, MOST_SLOTS, type Answer, type Answers } from './meetings.rules.js';
import type { Voter } from './ranking.rules.js';

/** What an answer to the fixed date makes of a member. */
export const MEMBER_EVENTS: Readonly<Record<Answer, MemberEvent>> = { yes: 'come', 'if-need-be': 'hesitate', no: 'stay-away' };

/** What of a member these rules look at. */
export interface Participant {
  id: string;
  isMainPerson: boolean;
  circleKind: CircleKind;
  state: MemberState;
  takesPart?: WayToTakePart | null;
}

/** Whether this person hears about dates and may answer: a main person, or somebody who was invited. */
export function takesPart({ isMainPerson, state }: Pick<Participant, 'isMainPerson' | 'state'>): boolean {
  return isMainPerson ? state !== 'removed' : INVITED_STATES.includes(state);
}

/** Whether this person may write the plan for the others: an aide has none. */
export function mayWrite(person: Pick<Participant, 'isMainPerson' | 'state' | 'circleKind'>): boolean {
  return takesPart(person) && (person.isMainPerson || person.circleKind !== 'aide');
}

/** Whether this person left, or never came: they cannot be waited for. */
export function hasLeft({ state }: Pick<Participant, 'state'>): boolean {
  return state === 'refused' || state === 'unreachable' || state === 'removed';
}

/**
 * Everyone whose answer counts, for the ranking. A needed person who is not invited yet keeps a date from being complete; who
 * takes part by letter, recording or spokesperson, or not, is needed at none.
 */
export function voters(
  people: readonly Participant[],
  mustAttend: readonly string[],
  answersOf: (memberId: string) => Answers,
): Voter[] {
  return people
    .map((person) => ({ person, isNeeded: (person.isMainPerson || mustAttend.includes(person.id)) && needsDate(person.takesPart) }))
    .filter(({ person, isNeeded }) => takesPart(person) || (isNeeded && !hasLeft(person)))
    .map(({ person, isNeeded }) => ({
      isNeeded,
      isInformal: !person.isMainPerson && person.circleKind === 'informal',
      answers: takesPart(person) ? answersOf(person.id) : {},
    }));
}

/** What is wrong with a set of answers: each must be about a date of this meeting. */
export function answerErrors(answers: Record<string, unknown>, slotIds: readonly string[]): FieldError[] {
  const given = Object.entries(answers);
  if (given.length > MOST_SLOTS) return [{ pointer: '/answers', code: 'too-many' }];
  return given.flatMap(([slotId, answer]): FieldError[] => {
    const pointer = `/answers/${slotId.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!slotIds.includes(slotId)) return [{ pointer, code: 'unknown-slot' }];
    return (ANSWERS as readonly unknown[]).includes(answer) ? [] : [{ pointer, code: 'one-of' }];
  });
}

/** Whether this person comes, or may still: the home address is only for them. Silence is not a no. */
export function mayCome(answers: Answers | undefined, slotId: string | null): boolean {
  return slotId !== null && answers?.[slotId] !== 'no';
}
