/** Someone of the case, as far as a plan needs to know. */
export interface PlanPerson {
  id: string;
  /** How they want to be called. */
  name: string;
  relation: string | null;
  circleKind: 'informal' | 'professional' | 'aide';
  isMainPerson: boolean;
  state: string;
}

const GONE = ['removed', 'refused'];

/** Still of this circle: has not left and was not left out. */
export const takesPart = (person: PlanPerson): boolean => !GONE.includes(person.state);
