import { KINDS, type CaseKind } from '../cases/kinds.rules.js';

/** Someone of the case, as far as a plan needs to know. */
export interface PlanPerson {
  id: string;
  /** How they want to be called. */
  name: string;
  relation: string | null;
  circleKind: 'informal' | 'professional' | 'aide';
  isMainPerson: boolean;
  state: string;
  /** A main person who took back that they want this. */
  withdrew?: boolean;
}

const GONE = ['removed', 'refused'];

/** Still of this circle: has not left and was not left out. */
export const takesPart = (person: { state: string }): boolean => !GONE.includes(person.state);

/** Takes part, and did not take back that they want this. */
export const stillWants = (person: Pick<PlanPerson, 'state' | 'withdrew'>): boolean => takesPart(person) && !person.withdrew;

/** Whom the promises of each person support: of professionals the one to build on, where a kind has one; nobody else's. */
export function supportedBy(kind: CaseKind, people: readonly PlanPerson[]): (memberId: string) => string | null {
  const { professionalsSupport } = KINDS[kind];
  const supported = professionalsSupport && people.find((person) => person.relation === professionalsSupport && takesPart(person));
  const professionals = new Set(people.filter(({ circleKind, isMainPerson }) => circleKind === 'professional' && !isMainPerson).map(({ id }) => id));
  return (memberId) => (supported && professionals.has(memberId) ? supported.id : null);
}
