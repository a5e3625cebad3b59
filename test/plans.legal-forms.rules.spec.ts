import { KINDS, type CaseKind } from '../src/cases/kinds.rules.js';
import type { LawClockName } from '../src/cases/law-clocks.rules.js';
import { LEGAL_FORMS, legalFormOf } from '../src/cases/legal-forms.rules.js';

const form = (kind: CaseKind, laws: readonly string[], ...clocks: LawClockName[]): string =>
  legalFormOf({ chosen: null, plan: KINDS[kind].plan, laws, clocks });

describe('the form of law of a plan, when nobody chose', () => {
  it.each([
    ['a circle that makes a family group plan, under the Jeugdwet', 'eigen-kracht', ['jeugdwet'], [], 'family-group-plan'],
    ['the same where that law is not worked under', 'eigen-kracht', ['wmo'], [], 'none'],
    ['a question about parenting, whatever the kind', 'netwerkberaad', ['jeugdwet'], ['family-group-plan'], 'family-group-plan'],
    ['a notification to the municipality', 'mdo', ['wmo'], ['personal-plan', 'research'], 'personal-plan'],
    ['both: the family comes first', 'netwerkberaad', ['wmo', 'jeugdwet'], ['personal-plan', 'family-group-plan'], 'family-group-plan'],
    ['no term of law that has a plan', 'netwerkberaad', ['wmo', 'jeugdwet'], ['research', 'debt-talk'], 'none'],
  ] as const)('%s', (_, kind, laws, clocks, expected) => {
    expect(form(kind, laws, ...clocks)).toBe(expected);
  });

  it('is what was chosen, whatever the law asks', () => {
    const rest = { plan: KINDS['eigen-kracht'].plan, laws: ['jeugdwet'], clocks: ['personal-plan', 'family-group-plan'] as const };
    for (const chosen of LEGAL_FORMS) expect(legalFormOf({ ...rest, chosen })).toBe(chosen);
  });
});
