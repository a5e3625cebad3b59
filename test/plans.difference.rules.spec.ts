import { differenceOf, type ComparedPlan } from '../src/plans/difference.rules.js';
import { momentOf, type SaidMoment } from '../src/plans/statement-history.rules.js';
import { CASE_STATES, type CaseState } from '../src/cases/cases.rules.js';
import { howOften } from '../src/plans/rhythm.rules.js';
import { textsFor } from '../src/texts/texts.js';

const promise = { id: 'p', memberId: 'ria', memberName: 'Ria', text: 'Oppassen', goalId: 'g', dueOn: '2026-12-24', every: null };
const condition = { id: 'c', text: 'Er is iemand bij', reason: 'Rust', setByMemberId: 'karim', deputyMemberId: null, metBy: null };
const plan: ComparedPlan = {
  goals: [{ id: 'g', text: 'Rust' }, { id: 'h', text: 'Ruimte' }],
  commitments: [promise],
  safetyConditions: [condition],
  statements: [{ memberId: 'sanne', memberName: 'Sanne', want: 'Hier wonen', can: 'Koken', need: 'Hulp' }],
  preconditions: { home: 'fine', money: 'missing', relations: 'fine', days: 'fine' },
};
const names: Record<string, string> = { ria: 'Ria', joost: 'Joost', karim: 'Karim' };
const difference = (newer: Partial<ComparedPlan>, older: ComparedPlan = plan): string[] =>
  differenceOf(older, { ...older, ...newer }, (id) => names[id] ?? null).map((line) => textsFor('nl').planDifference.sentence(line, howOften));

describe('the difference between two versions', () => {
  it.each<[string, Partial<ComparedPlan>, string[]]>([
    ['nothing', {}, []],
    ['a goal in other words', { goals: [{ id: 'g', text: 'Stilte' }, plan.goals[1]!] }, ['Het doel “Rust” is nu: “Stilte”.', '“Oppassen” van Ria hoort nu bij “Stilte”.']],
    ['a goal more', { goals: [...plan.goals, { id: 'i', text: 'Werk' }] }, ['Nieuw doel: “Werk”.']],
    ['a goal less', { goals: [plan.goals[0]!] }, ['Staat er niet meer in: “Ruimte”.']],
    ['goals in another order', { goals: [...plan.goals].reverse() }, []],
    ['somebody else who does it', { commitments: [{ ...promise, memberId: 'joost', memberName: 'Joost' }] }, ['“Oppassen” doet nu Joost. Eerst was dat Ria.']],
    ['another day', { commitments: [{ ...promise, dueOn: '2026-12-31' }] }, ['“Oppassen” van Ria is nu voor donderdag 31 december, eerst voor donderdag 24 december.']],
    ['another rhythm', { commitments: [{ ...promise, every: 'week' }] }, ['“Oppassen” van Ria is nu elke week, eerst één keer.']],
    ['for no goal', { commitments: [{ ...promise, goalId: null }] }, ['“Oppassen” van Ria hoort niet meer bij “Rust”.']],
    ['other words and another day', { commitments: [{ ...promise, text: 'Koken', dueOn: '2026-12-31' }] }, ['Er stond van Ria: “Oppassen”. Nu staat er: “Koken”. “Koken” van Ria is nu voor donderdag 31 december, eerst voor donderdag 24 december.']],
    ['nothing promised', { commitments: [] }, ['Staat er niet meer in van Ria: “Oppassen”.']],
    ['how it is met', { safetyConditions: [{ ...condition, metBy: 'Ria slaapt er' }] }, ['“Er is iemand bij” van Karim: zo lukt dat: “Ria slaapt er”.']],
    ['who steps in', { safetyConditions: [{ ...condition, deputyMemberId: 'joost' }] }, ['“Er is iemand bij” van Karim: Joost valt in.']],
    ['who steps in, whom the reader may not see', { safetyConditions: [{ ...condition, deputyMemberId: 'verborgen' }] }, []],
    ['other own words', { statements: [{ ...plan.statements![0]!, need: 'Rust' }] }, ['Sanne zegt bij “Ik heb nodig” nu: “Rust”. Eerst: “Hulp”.']],
    ['how it stands', { preconditions: { ...plan.preconditions!, money: 'attention' } }, ['Rust met geld: nu “Vraagt aandacht”, eerst “Is er niet”.']],
    ['what a professional does not see', { statements: undefined, preconditions: undefined }, ['Een goede plek om te wonen: niet meer opgeschreven.'].slice(1)],
  ])('%s', (what, newer, sentences) => {
    const own = { ...plan, statements: undefined, preconditions: undefined };
    expect(what.startsWith('what a professional') ? difference({}, own) : difference(newer)).toEqual(sentences);
  });

  it('says before and after of each field', () => {
    const [line] = differenceOf(plan, { ...plan, commitments: [{ ...promise, every: 'week', dueOn: '2026-12-31' }] }, () => null);
    expect(line).toEqual({
      part: 'commitment',
      id: 'p',
      change: 'changed',
      memberName: 'Ria',
      text: 'Oppassen',
      fields: [{ name: 'dueOn', before: '2026-12-24', after: '2026-12-31' }, { name: 'every', before: null, after: 'week' }],
    });
  });
});

describe('when something is said', () => {
  const expected: Record<CaseState, SaidMoment> = {
    preparing: 'before', scheduled: 'before', met: 'after', 'carrying-out': 'after', closed: 'after', stopped: 'after',
  };
  it.each(CASE_STATES.map((state) => [state]))('in a case that is %s', (state) => {
    expect([momentOf(state, false), momentOf(state, true)]).toEqual([expected[state], 'during']);
  });
});
