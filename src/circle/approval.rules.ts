import type { AGE_BANDS } from './circle.rules.js';

export type AgeBand = (typeof AGE_BANDS)[number];

/** Who decides for a person of this age: from 16 on themself, from 12 on together with those with authority, before that they do. */
export const DECIDES = { 'under-12': 'guardian', '12-15': 'together', '16-17': 'self', adult: 'self' } as const satisfies Record<AgeBand, string>;

/** From these ages on somebody is in the next band. */
const BANDS: readonly (readonly [number, AgeBand])[] = [[18, 'adult'], [16, '16-17'], [12, '12-15'], [0, 'under-12']];
const bandOf = (age: number): AgeBand => BANDS.find(([from]) => age >= from)?.[1] ?? 'under-12';

/** The band that follows from a year of birth, when it is the same before and after this year's birthday; else the one that was given. */
export function ageBandFrom(birthYear: number | undefined, year: number, given: AgeBand | null): AgeBand | null {
  if (birthYear === undefined) return given;
  const [before, after] = [bandOf(year - birthYear - 1), bandOf(year - birthYear)];
  return before === after ? after : given;
}

export interface Young {
  ageBand: string | null;
  /** Those with authority, by name; empty when they are not noted. */
  guardians?: readonly string[];
}

/** Whether this person's yes needs the word of who has authority. Who gives no age is taken for grown up. */
export const needsGuardian = ({ ageBand }: Pick<Young, 'ageBand'>): boolean => ageBand !== null && DECIDES[ageBand as AgeBand] !== 'self';

/** Whether this person is a child, who has somebody of their own beside them. */
export const isChild = ({ ageBand }: Pick<Young, 'ageBand'>): boolean => ageBand !== null && ageBand !== 'adult';

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

export interface YesOf {
  /** Whom the yes is about: who is asked, and the main person who says it. Of a yes to the meeting both are one. */
  about: readonly Young[];
  /** Who says it. */
  by: { name: string; ageBand: string | null } | null;
  /** Said to the facilitator; what a participant says of somebody else's word does not count. */
  noted: boolean;
  /** Whose word the facilitator noted. */
  guardian: string | undefined;
}

export type GuardianWord = { needed: false } | { needed: true; guardian: string | null } | { wrong: 'unknown-guardian' };

/**
 * Whose word as guardian goes with a yes. Nobody's from 16 on. Below that: of the one whom the facilitator noted, who must be
 * among those with authority when these are known; or of the grown up who says the yes and is one of them. Null: still missing.
 */
export function guardianWord({ about, by, noted, guardian }: YesOf): GuardianWord {
  const young = about.filter(needsGuardian);
  if (young.length === 0) return { needed: false };
  const known = young.flatMap(({ guardians = [] }) => guardians);
  if (noted && guardian !== undefined) {
    return known.length === 0 || known.some((name) => same(name, guardian)) ? { needed: true, guardian } : { wrong: 'unknown-guardian' };
  }
  const speaks = by !== null && !needsGuardian(by) && known.some((name) => same(name, by.name));
  return { needed: true, guardian: speaks ? by.name : null };
}


/**
 * What a main person's word about somebody does. Rows: who brings that person; columns: the yes, the "liever niet". The one who
 * brings them decides. Another one's no undoes nothing and is no veto over who stands beside somebody: it goes to the
 * facilitator, to be talked about.
 */
export const WORD_OF_MAIN_PERSON = {
  'brought by them': { yes: 'approves', no: 'ends' },
  'brought by another': { yes: 'not-theirs', no: 'objects' },
  'of nobody yet': { yes: 'approves', no: 'ends' },
  'support person of nobody yet': { yes: 'approves', no: 'objects' },
} as const;

export interface Brought {
  relation: string | null;
  addedById: string | null;
  approval?: { memberId?: string };
}

/** Which main person brings somebody: whose yes it was, else who proposed them, else, once there is a yes, the first. Null: nobody yet. */
export function broughtBy({ approval, addedById }: Brought, mainPersonIds: readonly string[]): string | null {
  const theirs = [approval?.memberId, addedById].find((id) => id && mainPersonIds.includes(id));
  return theirs ?? (approval ? (mainPersonIds[0] ?? null) : null);
}

/** Which row: for this main person, about this one. */
export function rowFor(speakerId: string, person: Brought, mainPersonIds: readonly string[]): keyof typeof WORD_OF_MAIN_PERSON {
  const by = broughtBy(person, mainPersonIds);
  if (by !== null) return by === speakerId ? 'brought by them' : 'brought by another';
  return person.relation === 'support-person' && mainPersonIds.length > 1 ? 'support person of nobody yet' : 'of nobody yet';
}

/** Whether somebody may not be what they are asked for because they are a child: who stands beside others, or is a mentor, is grown up. */
export function isTooYoungFor(circleKind: string, { relation, ageBand }: { relation: string | null; ageBand: string | null }): boolean {
  return isChild({ ageBand }) && (circleKind === 'aide' || relation === 'jim');
}
