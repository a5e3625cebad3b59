import {
  answeredWith, emptyDraft, isReachable, neighbour, openStep, referralOf, sequence, stepAt, stepOfError, STEPS, withoutDraftPerson, withPerson,
  type Answers, type Draft, type StepKey, type Visitor,
} from '../src/referrals/wizard.rules.js';

const draftWith = (answers: Answers, more: Partial<Draft> = {}): Draft => ({ ...emptyDraft(), answers, ...more });
const keys = (answers: Answers, by: Visitor): StepKey[] => sequence(draftWith(answers), by).map(({ key }) => key);
const other: Answers = { way: 'other' };
const acute: Answers = { way: 'other', safety: { level: 'acute' } };

describe('which questions are asked', () => {
  it.each<[string, Answers, Visitor, StepKey[]]>([
    ['a stranger who refers somebody', other, 'stranger',
      ['way', 'question', 'themes', 'safety', 'consent', 'who', 'reach', 'others', 'circle', 'neighbourhood', 'referrer', 'conditions']],
    ['a colleague who refers somebody, and is known', other, 'staff',
      ['way', 'question', 'themes', 'safety', 'consent', 'who', 'reach', 'others', 'circle', 'neighbourhood', 'conditions']],
    ['somebody who asks for themself, and never sees a theme', { way: 'self' }, 'stranger', ['way', 'question', 'safety', 'who', 'reach', 'circle']],
    ['somebody for whom it cannot wait, who hears what to do now', acute, 'staff',
      ['way', 'question', 'themes', 'safety', 'now', 'consent', 'who', 'reach', 'others', 'circle', 'neighbourhood', 'conditions']],
    ['somebody for themself, now', { way: 'self', safety: { level: 'acute' } }, 'stranger', ['way', 'question', 'safety', 'now', 'who', 'reach', 'circle']],
  ])('%s', (_, answers, by, expected) => expect(keys(answers, by)).toEqual(expected));

  it('has an address of its own for every question', () => {
    expect(new Set(STEPS.map(({ path }) => path)).size).toBe(STEPS.length);
    for (const step of STEPS) expect(stepAt(step.path)).toBe(step);
    expect(stepAt('controle')).toBeUndefined();
  });

  it('goes forward and back along the same way', () => {
    for (const [answers, by] of [[other, 'stranger'], [acute, 'staff'], [{ way: 'self' }, 'stranger']] as const) {
      const draft = draftWith(answers);
      const steps = sequence(draft, by);
      steps.forEach((step, i) => {
        expect(neighbour(draft, by, step.key, 1)).toBe(steps[i + 1] ?? null);
        expect(neighbour(draft, by, step.key, -1)).toBe(steps[i - 1] ?? null);
      });
    }
  });
});

describe('where one may stand', () => {
  const draft = draftWith(other, { answered: ['way', 'question'] });

  it('is at what was answered and at the first question that was not', () => {
    expect(openStep(draft, 'stranger')!.key).toBe('themes');
    for (const [path, may] of [['voor-wie', true], ['vraag', true], ['themas', true], ['veiligheid', false], ['verwijzer', false]] as const) {
      expect([path, isReachable(stepAt(path)!, draft, 'stranger')]).toEqual([path, may]);
    }
  });

  it('is back at a question whose answer no longer fits', () => {
    const all = draftWith(other, { answered: STEPS.map(({ key }) => key) });
    expect(openStep(all, 'staff')).toBeNull();
    expect(openStep(all, 'staff', ['consent'])!.key).toBe('consent');
  });

  it('lets a colleague change where they refer from once the rest is said, and nobody else', () => {
    const all = draftWith(other, { answered: STEPS.map(({ key }) => key) });
    expect(isReachable(stepAt('bron')!, all, 'staff')).toBe(true);
    expect(isReachable(stepAt('bron')!, draft, 'staff')).toBe(false);
    expect(isReachable(stepAt('bron')!, all, 'stranger')).toBe(false);
  });
});

describe('what is kept', () => {
  it('is what the question asks for, and nothing else that was posted', () => {
    const kept = answeredWith(draftWith(other), stepAt('wie')!, { resident: { name: 'Sanne', phone: '06', role: 'lead' }, state: 'accepted' });
    expect(kept.answers).toEqual({ way: 'other', resident: { name: 'Sanne' } });
  });

  it('leaves the other answers about the same person alone, and takes away what was emptied', () => {
    const known = draftWith({ ...other, resident: { name: 'Sanne', firstName: 'San', phone: '06 1' } });
    expect(answeredWith(known, stepAt('wie')!, { resident: { name: 'Anna' } }).answers.resident).toEqual({ name: 'Anna', phone: '06 1' });
  });

  it('makes a condition of each line', () => {
    const kept = answeredWith(draftWith(other), stepAt('voorwaarden')!, { safety: { conditions: ' Niet alleen thuis \n\n Deur op slot' } });
    expect(kept.answers.safety).toEqual({ conditions: ['Niet alleen thuis', 'Deur op slot'] });
  });

  it('keeps the number of each person when another goes, and no way through who has gone', () => {
    let draft = withPerson(draftWith(other), 'circle', { name: 'Ria' }, null);
    draft = withPerson(draft, 'circle', { name: 'Opa', via: '1' }, null);
    draft = withPerson(draft, 'circle', { name: 'Joost' }, null);
    draft = withoutDraftPerson(draft, 'circle', 1);
    expect(draft.circle).toEqual([{ id: 2, name: 'Opa' }, { id: 3, name: 'Joost' }]);
    expect(withPerson(draft, 'circle', { name: 'Riet' }, null).circle.at(-1)!.id).toBe(4);
    expect(withPerson(draft, 'circle', { name: 'Opa Jan' }, 2).circle[0]).toEqual({ id: 2, name: 'Opa Jan' });
  });
});

describe('the referral that is made of it', () => {
  const full = draftWith(
    {
      way: 'other', question: 'Rust.', themes: ['debt'], safety: { level: 'none', conditions: ['Deur op slot'] }, consent: { given: 'yes', on: '2026-11-15', ground: 'x' },
      resident: { name: 'Sanne' }, neighbourhoodCode: 'BU05990110', referrer: { name: 'Fatma' }, source: 'gp',
    },
    { circle: [{ id: 4, name: 'Ria', relation: 'parent' }, { id: 9, name: 'Opa', relation: 'grandparent', via: '4' }], otherMainPersons: [{ id: 1, name: 'Tom' }] },
  );

  it('points at people by their place in the list', () => {
    expect(referralOf(full, 'stranger')).toMatchObject({
      kind: 'unknown', source: 'gp', referrer: { name: 'Fatma' }, otherMainPersons: [{ name: 'Tom' }],
      consent: { given: true, on: '2026-11-15' },
      circle: [{ name: 'Ria', relation: 'parent' }, { name: 'Opa', reach: 'via-member', viaIndex: 0 }],
    });
    expect(referralOf(full, 'stranger').consent).not.toHaveProperty('ground');
  });

  it('has no referrer when a colleague makes it, who is from the team unless they say otherwise', () => {
    expect(referralOf(full, 'staff')).not.toHaveProperty('referrer');
    expect(referralOf(draftWith(other), 'staff').source).toBe('team');
  });

  it('holds nothing of the other way, for who asks for themself', () => {
    const self = referralOf({ ...full, answers: { ...full.answers, way: 'self' } }, 'stranger');
    expect(self).toEqual({
      kind: 'unknown', source: 'resident', resident: { name: 'Sanne' }, question: 'Rust.', themes: ['other'], safety: { level: 'none' },
      circle: [{ name: 'Ria', relation: 'parent' }, { name: 'Opa', relation: 'grandparent' }],
    });
  });

  it('gives a ground only when it cannot wait', () => {
    const consent = { given: 'no', ground: 'Jeugdwet art. 7.3.11' };
    expect(referralOf(draftWith({ ...acute, consent }), 'staff').consent).toEqual({ given: false, ground: 'Jeugdwet art. 7.3.11' });
    expect(referralOf(draftWith({ ...other, consent }), 'staff').consent).toEqual({ given: false });
  });
});

it.each<[string, StepKey]>([
  ['/question', 'question'], ['/themes/0', 'themes'], ['/safety/level', 'safety'], ['/safety/conditions/2', 'conditions'], ['/consent', 'consent'],
  ['/consent/given', 'consent'], ['/resident', 'reach'], ['/resident/name', 'who'], ['/resident/phone', 'reach'],
  ['/resident/contactPreference/channel', 'reach'], ['/otherMainPersons/1', 'others'], ['/circle/3/relation', 'circle'], ['/neighbourhoodCode', 'neighbourhood'],
  ['/referrer/email', 'referrer'], ['/source', 'referrer'],
])('%s belongs to the question %s', (pointer, key) => {
  expect(stepOfError(pointer, draftWith(other), 'stranger').key).toBe(key);
});
