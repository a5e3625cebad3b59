/** Two people who must not meet: not at all, or only each in a part of their own. */
export const RESTRICTION_MODES = ['never-together', 'separate-parts'] as const;
export type RestrictionMode = (typeof RESTRICTION_MODES)[number];

export interface RestrictedPair {
  one: string;
  other: string;
  mode: RestrictionMode;
}

/** Whom this reader must not see anything of. */
export function hiddenFrom(pairs: readonly RestrictedPair[], readerId: string): ReadonlySet<string> {
  return new Set(pairs.flatMap(({ one, other }) => (one === readerId ? [other] : other === readerId ? [one] : [])));
}

/** Whether these people cannot all be at the same moment. */
export function cannotMeet(pairs: readonly RestrictedPair[], comers: ReadonlySet<string>): boolean {
  return pairs.some(({ one, other, mode }) => mode === 'never-together' && comers.has(one) && comers.has(other));
}
