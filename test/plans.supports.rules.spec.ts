import { CASE_KINDS } from '../src/cases/kinds.rules.js';
import { supportedBy, type PlanPerson } from '../src/plans/plan-people.rules.js';

const person = (id: string, changes: Partial<PlanPerson> = {}): PlanPerson => {
  return { id, name: id, relation: null, circleKind: 'informal', isMainPerson: false, state: 'coming', ...changes };
};
const YOUNG = person('young', { isMainPerson: true, state: 'approved' });
const JIM = person('jim', { relation: 'jim' });
const TEACHER = person('teacher', { circleKind: 'professional' });
const AUNT = person('aunt');

it('With a JIM, what professionals do supports the JIM; nobody else’s promise does', () => {
  const supports = supportedBy('jim', [YOUNG, JIM, TEACHER, AUNT]);
  expect([YOUNG, JIM, TEACHER, AUNT].map(({ id }) => supports(id))).toEqual([null, null, 'jim', null]);
});

it.each([
  ['there is none', [YOUNG, TEACHER]],
  ['they left', [YOUNG, { ...JIM, state: 'removed' }, TEACHER]],
])('Supports nobody when %s', (_, people) => expect(supportedBy('jim', people)('teacher')).toBeNull());

it.each(CASE_KINDS.filter((kind) => kind !== 'jim'))('Supports nobody in %s', (kind) => {
  expect(supportedBy(kind, [YOUNG, JIM, TEACHER])('teacher')).toBeNull();
});
