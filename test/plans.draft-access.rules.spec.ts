import { KINDS, CASE_KINDS, type CaseKind } from '../src/cases/kinds.rules.js';
import type { AtTheTable } from '../src/meetings/private-time.service.js';
import { draftAccess, type DraftUse } from '../src/plans/draft-access.policy.js';
import { conditionErrors, draftRejoined, draftWithout, hiddenIds } from '../src/plans/draft-parts.rules.js';
import type { Draft, SafetyCondition } from '../src/plans/drafts.rules.js';
import type { PlanPerson } from '../src/plans/plan-people.rules.js';
import type { Actor, ParticipantActor, StaffActor } from '../src/platform/actor.js';

const staff = (staffId: string): StaffActor => ({ kind: 'staff', organisationId: 'o', sessionId: 's', staffId, name: staffId, roles: ['facilitator'] });
const participant = (memberId: string, caseId = 'case'): ParticipantActor => {
  return { kind: 'participant', organisationId: 'o', sessionId: 's', memberId, caseId, name: memberId, isMainPerson: memberId === 'main', knownUntil: null };
};
const person = (id: string, circleKind: PlanPerson['circleKind'], state = 'coming'): PlanPerson => {
  return { id, name: id, relation: 'friend', circleKind, isMainPerson: id === 'main', state };
};
const people = [person('main', 'informal', 'approved'), person('friend', 'informal'), person('teacher', 'professional'), person('interpreter', 'aide'), person('gone', 'informal', 'removed')];
const free: AtTheTable = { running: false, had: false, calledIn: [], scribeIds: [] };

function access(actor: Actor, table: Partial<AtTheTable> = {}, kind: CaseKind = 'eigen-kracht'): string {
  const around = { theCase: { id: 'case', facilitatorId: 'noor', kind }, table: { ...free, ...table }, people };
  return (['read', 'write'] satisfies DraftUse[]).map((use) => draftAccess(actor, use, around)).join(' ');
}

describe('who reads and who writes the plan in the making', () => {
  const running = { running: true };
  it.each<[string, Actor, Partial<AtTheTable>, string]>([
    ['its facilitator', staff('noor'), {}, 'open open'],
    ['another facilitator', staff('bram'), {}, 'none none'],
    ['the service itself', { kind: 'system', organisationId: 'o' }, running, 'open open'],
    ['a stranger', { kind: 'anonymous', organisationId: 'o' }, {}, 'none none'],
    ['a main person', participant('main'), {}, 'open open'],
    ['a main person of another case', participant('main', 'other'), {}, 'none none'],
    ['a friend', participant('friend'), {}, 'none none'],
    ['a friend who writes', participant('friend'), { scribeIds: ['friend'] }, 'open open'],
    ['a professional who writes', participant('teacher'), { scribeIds: ['teacher'] }, 'open open'],
    ['an aide who was named all the same', participant('interpreter'), { scribeIds: ['interpreter'] }, 'none none'],
    ['who left while writing', participant('gone'), { scribeIds: ['gone'] }, 'none none'],
    ['the facilitator during private time', staff('noor'), running, 'closed closed'],
    ['the facilitator who was called in', staff('noor'), { running: true, calledIn: ['facilitator'] }, 'open open'],
    ['a main person during private time', participant('main'), running, 'open open'],
    ['a friend who writes during private time', participant('friend'), { running: true, scribeIds: ['friend'] }, 'open open'],
    ['a professional who writes, during private time', participant('teacher'), { running: true, scribeIds: ['teacher'] }, 'closed closed'],
    ['the same one called in', participant('teacher'), { running: true, scribeIds: ['teacher'], calledIn: ['teacher'] }, 'open open'],
    ['a professional who was called in', participant('teacher'), { running: true, calledIn: ['teacher'] }, 'open none'],
    ['an aide who was called in', participant('interpreter'), { running: true, calledIn: ['interpreter'] }, 'none none'],
    ['a professional whose call ended with it', participant('teacher'), { running: false, calledIn: ['teacher'] }, 'none none'],
  ])('%s', (_, actor, table, expected) => {
    expect(access(actor, table)).toBe(expected);
  });

  it('keeps the facilitator out exactly where the kind says so', () => {
    const closed = CASE_KINDS.filter((kind) => access(staff('noor'), running, kind) === 'closed closed');
    expect(closed).toEqual(['eigen-kracht']);
    for (const kind of CASE_KINDS) expect(KINDS[kind].privateTimeClosedTo.length > 0).toBe(KINDS[kind].privateTime !== 'none');
  });
});

describe('what a writer who may not see somebody leaves as it is', () => {
  const condition: SafetyCondition = { id: 's1', text: 'Overdag een volwassene', reason: null, setByMemberId: 'teacher', deputyMemberId: 'nurse', metBy: null };
  const before: Draft = {
    goals: [{ id: 'g1', text: 'Rust' }],
    commitments: [
      { id: 'c1', memberId: 'friend', text: 'Koken', goalId: null, dueOn: null, every: null },
      { id: 'c2', memberId: 'ex', text: 'Rijden', goalId: 'g1', dueOn: null, every: null },
    ],
    safetyConditions: [condition, { ...condition, id: 's2', setByMemberId: 'ex' }],
  };
  const hidden = new Set(['ex', 'nurse']);

  it('is put back: promises, conditions and a deputy; a goal that went is let go of', () => {
    const seen = draftWithout(before, hidden);
    expect(JSON.stringify(seen)).not.toMatch(/ex"|nurse/);
    const written = { ...seen, goals: [], commitments: [] };
    expect(draftRejoined(written, before, hidden)).toEqual({
      goals: [],
      commitments: [{ ...before.commitments[1], goalId: null }],
      safetyConditions: before.safetyConditions,
    });
    expect(draftRejoined(seen, before, new Set())).toEqual(seen);
    expect(hiddenIds(before, hidden)).toEqual(['c2', 's2']);
  });

  it('lets the circle say how it is kept safe, and change nothing else of it', () => {
    const change = (safetyConditions: SafetyCondition[], writer = 'main'): string[] => {
      return conditionErrors({ ...before, safetyConditions }, { ...before, safetyConditions: [condition] }, writer).map(({ pointer }) => pointer);
    };
    expect(change([{ ...condition, metBy: 'Oma is er' }])).toEqual([]);
    expect(change([{ ...condition, text: 'Iets anders' }])).toEqual(['/safetyConditions/0']);
    expect(change([condition, { ...condition, id: 's3' }])).toEqual(['/safetyConditions/1']);
    expect(change([])).toEqual(['/safetyConditions']);
    for (const owner of ['teacher', 'nurse']) expect([change([{ ...condition, text: 'Iets anders' }], owner), change([], owner)]).toEqual([[], []]);
  });
});
