import { stateConflict } from './http/problem.js';

/** A state machine as data: `{ state: { event: nextState } }`. */
export type Transitions<State extends string, Event extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Event, State>>>>
>;

/** The next state, or a 409 problem that names the state and what is possible there. */
export function next<State extends string, Event extends string>(
  table: Transitions<State, Event>,
  state: State,
  event: Event,
): State {
  const target = table[state][event];
  if (target === undefined) throw stateConflict(state, Object.keys(table[state]));
  return target;
}

/** The states in which an event is possible: for conditional updates (`where state in …`). */
export function statesWith<State extends string, Event extends string>(table: Transitions<State, Event>, event: Event): State[] {
  return (Object.keys(table) as State[]).filter((state) => table[state][event] !== undefined);
}
