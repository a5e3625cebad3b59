/** What the page of an urgent case knows about somebody. */
export interface UrgentPerson {
  isMainPerson: boolean;
  professional: boolean;
  /** As a member of the circle; a main person is `approved`. */
  state: string;
  /** Spoken to, whichever way. */
  reached: boolean;
  answer: 'yes' | 'if-need-be' | 'no' | null;
  attempts: number;
}

export const URGENT_STATUSES = ['to-approve', 'to-phone', 'reached', 'coming', 'maybe', 'not-coming', 'gone'] as const;
export type UrgentStatus = (typeof URGENT_STATUSES)[number];

const ANSWERED: Readonly<Record<NonNullable<UrgentPerson['answer']>, UrgentStatus>> = { yes: 'coming', 'if-need-be': 'maybe', no: 'not-coming' };
const STATES: Readonly<Record<string, UrgentStatus>> = {
  proposed: 'to-approve', coming: 'coming', maybe: 'maybe', 'not-coming': 'not-coming', refused: 'gone', unreachable: 'gone', removed: 'gone',
};

/** Where somebody stands: an answer counts for more than having been reached, and that for more than a yes to being asked. */
export function statusOf({ isMainPerson, state, reached, answer }: UrgentPerson): UrgentStatus {
  const known = STATES[state];
  if (known === 'gone' || known === 'to-approve') return known;
  if (answer) return ANSWERED[answer];
  if (known && !isMainPerson) return known;
  return reached ? 'reached' : 'to-phone';
}

/**
 * Whom to phone, in order: main persons, then the circle, people of their own before professionals, who was tried least first. Without
 * a yes of the main person nobody of the circle is on the list.
 */
export function callOrder<Person extends UrgentPerson>(people: readonly Person[], consentGiven: boolean): Person[] {
  const place = ({ isMainPerson, professional }: Person): number => (isMainPerson ? 0 : professional ? 2 : 1);
  return people
    .filter((person) => statusOf(person) === 'to-phone' && (consentGiven || person.isMainPerson))
    .map((person, i) => ({ person, i }))
    .sort((a, b) => place(a.person) - place(b.person) || a.person.attempts - b.person.attempts || a.i - b.i)
    .map(({ person }) => person);
}

/** The three numbers on top of the page. */
export function countsOf(people: readonly UrgentPerson[], consentGiven: boolean): { reached: number; coming: number; toPhone: number } {
  const statuses = people.map(statusOf);
  const reached = statuses.filter((status) => ['reached', 'coming', 'maybe', 'not-coming'].includes(status)).length;
  return { reached, coming: statuses.filter((status) => status === 'coming').length, toPhone: callOrder(people, consentGiven).length };
}
