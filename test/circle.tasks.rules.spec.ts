import { channelFor, isSafeAt, nextTask, TASKS, type Task, type TaskFacts } from '../src/circle/tasks.rules.js';

const MONDAY = new Date('2026-11-16T08:30:00Z');
const later = (hours: number): Date => new Date(MONDAY.getTime() + hours * 3_600_000);
const nobody: TaskFacts = {
  caseState: 'preparing', urgent: false, consentGiven: true, openedAt: MONDAY, isReferrer: false, isUnchecked: false, isMainPerson: false, state: 'approved',
  createdAt: MONDAY, approvedAt: MONDAY, reachedAt: null, invitedAt: null, takesPart: null, takesPartSince: null, spokespersonSpokenAt: null,
  contactChangedAt: null, missed: 0, lastMissedAt: null, wrongAddressAt: null, talkedAt: null, byHandSince: null, testOverdueSince: null, promiseLeftSince: null,
};
const person = (facts: Partial<TaskFacts>): TaskFacts => ({ ...nobody, ...facts });
const spoken = { state: 'approached', reachedAt: MONDAY, talkedAt: MONDAY } as const;
const speaksThrough = { ...spoken, takesPart: 'spokesperson', takesPartSince: later(2) } as const;

it.each<[string, Partial<TaskFacts>, Task | null]>([
  ['who was named and nobody said yes to', { state: 'proposed', approvedAt: null }, 'ask-approval'],
  ['the same before the resident wants this meeting', { state: 'proposed', approvedAt: null, consentGiven: false }, null],
  ['who may be asked', {}, 'reach'],
  ['who may be asked, after the yes to the meeting was taken back', { consentGiven: false }, null],
  ['a main person, also before there is a yes', { isMainPerson: true, consentGiven: false }, 'reach'],
  ['who was tried twice', { missed: 2, lastMissedAt: later(1) }, 'reach'],
  ['who was tried three times', { missed: 3, lastMissedAt: later(1) }, 'reach-otherwise'],
  ['whose number is wrong, however often it was tried', { missed: 5, lastMissedAt: later(1), wrongAddressAt: later(1) }, 'correct-address'],
  ['whose number was wrong and was put right', { wrongAddressAt: later(1), contactChangedAt: later(2) }, 'reach'],
  ['whose new number is wrong too', { wrongAddressAt: later(3), contactChangedAt: later(2) }, 'correct-address'],
  ['for whom a letter waits', { state: 'invited', invitedAt: MONDAY, byHandSince: later(1) }, 'by-hand'],
  ['who was reached', { state: 'approached', reachedAt: later(1) }, 'talk'],
  ['who was invited and not spoken to', { state: 'invited', invitedAt: later(1) }, 'talk'],
  ['who was invited and would rather not take part', { state: 'invited', invitedAt: later(1), takesPart: 'not', takesPartSince: later(2) }, null],
  ['who was spoken to', { ...spoken }, 'note-participation'],
  ['for whom nobody was found to speak', { ...speaksThrough }, 'ask-spokesperson'],
  ['whose spokesperson was spoken to before it was asked', { ...speaksThrough, spokespersonSpokenAt: later(1) }, 'ask-spokesperson'],
  ['whose spokesperson knows', { ...speaksThrough, spokespersonSpokenAt: later(3) }, 'invite'],
  ['who takes part and is not invited yet', { ...spoken, takesPart: 'there', takesPartSince: later(2) }, 'invite'],
  ['who takes part and was invited', { ...spoken, state: 'coming', takesPart: 'there', takesPartSince: later(2) }, null],
  ['a main person who takes part', { ...spoken, isMainPerson: true, state: 'approved', takesPart: 'there', takesPartSince: later(2) }, null],
  ['who was never spoken to, when the plan is being carried out', { caseState: 'carrying-out' }, null],
  ['for whom a letter waits when the plan is being carried out', { caseState: 'carrying-out', byHandSince: later(1) }, 'by-hand'],
  ['the case, as long as its facilitator did not say whether they are independent', { isUnchecked: true, state: null }, 'check-independence'],
  ['who did not look at what must be safe, whatever the case does', { caseState: 'met', testOverdueSince: later(1) }, 'ask-safety-test'],
  ['the case, when somebody left who would do something', { caseState: 'carrying-out', state: null, promiseLeftSince: later(1) }, 'promise-left'],
  ['the referrer', { isReferrer: true, state: null }, 'reach-referrer'],
])('for %s the next task is %s → %s', (_, facts, task) => {
  expect(nextTask(person(facts))?.task ?? null).toBe(task);
});

it('every task is the next one for somebody', () => {
  const all: Partial<TaskFacts>[] = [
    { isReferrer: true, state: null }, { isUnchecked: true, state: null }, { wrongAddressAt: MONDAY }, { byHandSince: MONDAY }, { testOverdueSince: MONDAY }, { promiseLeftSince: MONDAY, state: null }, { missed: 3, lastMissedAt: MONDAY }, {},
    { state: 'proposed' }, { state: 'invited' }, speaksThrough, spoken, { ...spoken, takesPart: 'there', takesPartSince: MONDAY },
  ];
  expect(all.map((facts) => nextTask(person(facts))?.task)).toEqual([...TASKS]);
});

it('first contact is due two working days after the yes, over a weekend and a holiday; in an urgent case at once', () => {
  expect(nextTask(person({}))).toMatchObject({ since: MONDAY, dueOn: '2026-11-18' });
  expect(nextTask(person({ approvedAt: new Date('2026-11-20T15:00:00Z') }))).toMatchObject({ dueOn: '2026-11-24' });
  expect(nextTask(person({ approvedAt: new Date('2026-12-24T09:00:00Z') }))).toMatchObject({ dueOn: '2026-12-29' });
  expect(nextTask(person({ isReferrer: true, state: null }))).toMatchObject({ dueOn: '2026-11-18' });
  expect(nextTask(person({ urgent: true }))).toMatchObject({ dueOn: '2026-11-16' });
  expect(nextTask(person({ state: 'proposed' }))).toMatchObject({ dueOn: null });
});

it('after tries that were missed it is a letter, or the visit that it was; a message that waits keeps its own way', () => {
  expect(channelFor('reach', 'call', null)).toBe('call');
  expect(channelFor('reach-otherwise', 'call', null)).toBe('letter');
  expect(channelFor('reach-otherwise', 'visit', null)).toBe('visit');
  expect(channelFor('by-hand', 'call', 'letter')).toBe('letter');
});

it('safe hours may pass midnight; without hours that we can read nothing is said', () => {
  const evening = { from: 18 * 60, until: 21 * 60 };
  expect([17 * 60 + 59, 18 * 60, 21 * 60].map((minute) => isSafeAt(evening, minute))).toEqual([false, true, false]);
  const night = { from: 22 * 60, until: 6 * 60 };
  expect([21 * 60, 23 * 60, 5 * 60, 6 * 60].map((minute) => isSafeAt(night, minute))).toEqual([false, true, true, false]);
  expect(isSafeAt(null, 600)).toBeNull();
});
