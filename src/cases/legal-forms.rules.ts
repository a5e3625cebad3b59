import type { KindRules } from './kinds.rules.js';
import type { LawClockName } from './law-clocks.rules.js';

/**
 * The forms of law that a plan can have; it stays the same plan. `family-group-plan`: Jeugdwet art. 4.1.2, the family is offered it
 * first. `personal-plan`: Wmo 2015 art. 2.3.2 lid 2, within seven days of the notification. Their clocks have the same names.
 */
export const LEGAL_FORMS = ['none', 'family-group-plan', 'personal-plan'] as const satisfies readonly ('none' | LawClockName)[];
export type LegalForm = (typeof LEGAL_FORMS)[number];

interface About {
  chosen: LegalForm | null;
  plan: KindRules['plan'];
  laws: readonly string[];
  /** The terms of law that run in the case. */
  clocks: readonly LawClockName[];
}

/** What was chosen, else what the law asks of this case: the family's plan goes before the personal one. */
export function legalFormOf({ chosen, plan, laws, clocks }: About): LegalForm {
  if (chosen !== null) return chosen;
  const byKind = plan === 'family-group-plan' && laws.includes('jeugdwet');
  if (byKind || clocks.includes('family-group-plan')) return 'family-group-plan';
  return clocks.includes('personal-plan') ? 'personal-plan' : 'none';
}
