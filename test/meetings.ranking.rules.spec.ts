import fc from 'fast-check';
import { MEMBER_STATES, RELATIONS } from '../src/circle/circle.rules.js';
import { ANSWERS, type Answer, type Answers } from '../src/meetings/meetings.rules.js';
import { rank, type RankedSlot } from '../src/meetings/ranking.rules.js';
import { voters, type Participant } from '../src/meetings/responses.rules.js';

/** Somebody around a case, what they said about each date, and whether the meeting makes no sense without them. */
interface Person extends Participant {
  mustAttend: boolean;
  said: Answers;
}

interface Poll {
  slots: RankedSlot[];
  people: Person[];
}

const HOUR_MS = 3_600_000;

// Few hours and few ways to differ: so that every rule has many ties for the next one to break.
const slots: fc.Arbitrary<RankedSlot[]> = fc
  .uniqueArray(fc.record({ id: fc.uuid(), start: fc.integer({ min: 1, max: 3 }), hours: fc.integer({ min: 1, max: 2 }) }), {
    minLength: 2,
    maxLength: 10,
    selector: ({ id }) => id,
  })
  .map((all) =>
    all.map(({ id, start, hours }) => ({
      id,
      startsAt: new Date(start * 24 * HOUR_MS),
      endsAt: new Date((start * 24 + hours) * HOUR_MS),
    })),
  );

const person = (offered: readonly RankedSlot[]): fc.Arbitrary<Person> =>
  fc
    .record({
      id: fc.uuid(),
      isMainPerson: fc.boolean(),
      circleKind: fc.constantFrom(...Object.values(RELATIONS)),
      state: fc.constantFrom(...MEMBER_STATES),
      mustAttend: fc.boolean(),
      answers: fc.array(fc.option(fc.constantFrom(...ANSWERS), { nil: undefined }), {
        minLength: offered.length,
        maxLength: offered.length,
      }),
    })
    .map(({ answers, ...one }) => ({
      ...one,
      // A main person stays approved, or leaves.
      state: one.isMainPerson ? (one.state === 'removed' ? ('removed' as const) : ('approved' as const)) : one.state,
      said: Object.fromEntries(offered.flatMap(({ id }, i) => (answers[i] ? [[id, answers[i]]] : []))),
    }));

const poll: fc.Arbitrary<Poll> = slots.chain((offered) =>
  fc.record({
    slots: fc.constant(offered),
    people: fc.uniqueArray(person(offered), { maxLength: 7, selector: ({ id }) => id }),
  }),
);

/** The service's own order. */
const ranked = ({ slots: offered, people }: Poll) =>
  rank(
    offered,
    voters(
      people,
      people.filter(({ mustAttend }) => mustAttend).map(({ id }) => id),
      (id) => people.find((one) => one.id === id)!.said,
    ),
  );

const order = (of: Poll): string[] => ranked(of).map(({ slotId }) => slotId);

// The five rules again, as a person would say them, with nothing of the service's own code.

const GONE = ['refused', 'unreachable', 'removed'];
const ASKED = ['invited', 'coming', 'maybe', 'not-coming'];

const isHere = (one: Person): boolean => !GONE.includes(one.state);
/** Main persons are asked by being one; others when they are invited. What somebody else said is not heard. */
const heard = (one: Person, slot: RankedSlot): Answer | undefined =>
  isHere(one) && (one.isMainPerson || ASKED.includes(one.state)) ? one.said[slot.id] : undefined;
const howMany = (people: readonly Person[], slot: RankedSlot, answer: Answer): number => {
  let count = 0;
  for (const one of people) if (heard(one, slot) === answer) count += 1;
  return count;
};
const keepsEveryone = (people: readonly Person[], slot: RankedSlot): boolean => {
  for (const one of people) {
    const isNeeded = isHere(one) && (one.isMainPerson || one.mustAttend);
    if (isNeeded && heard(one, slot) !== 'yes' && heard(one, slot) !== 'if-need-be') return false;
  }
  return true;
};
const ownCircle = (people: readonly Person[]): Person[] =>
  people.filter((one) => !one.isMainPerson && one.circleKind === 'informal');

/** Each rule gives a date a number; the highest is best. */
const RULES: readonly ((people: readonly Person[], slot: RankedSlot) => number)[] = [
  (people, slot) => (keepsEveryone(people, slot) ? 1 : 0),
  (people, slot) => howMany(people, slot, 'yes'),
  (people, slot) => -howMany(people, slot, 'no'),
  (people, slot) => howMany(ownCircle(people), slot, 'yes'),
  (_, slot) => -slot.startsAt.getTime(),
];

/** Takes the best date again and again: of all that are left, each rule keeps only the best ones. */
function inWords({ slots: offered, people }: Poll): string[][] {
  let left = [...offered];
  const places: string[][] = [];
  while (left.length > 0) {
    let best = left;
    for (const rule of RULES) {
      const highest = Math.max(...best.map((slot) => rule(people, slot)));
      best = best.filter((slot) => rule(people, slot) === highest);
    }
    places.push(best.map(({ id }) => id).sort());
    left = left.filter((slot) => !best.includes(slot));
  }
  return places;
}

const many = { numRuns: 500 };

describe('The ranking of dates', () => {
  it('is the five rules in their order, whoever answers what', () => {
    let ties = 0;
    fc.assert(
      fc.property(poll, (any) => {
        const given = order(any);
        for (const place of inWords(any)) {
          if (place.length > 1) ties += 1;
          expect(given.splice(0, place.length).sort()).toEqual(place);
        }
        expect(given).toEqual([]);
      }),
      many,
    );
    expect(ties).toBeGreaterThan(0);
  });

  it('says of each date what the people who count said', () => {
    fc.assert(
      fc.property(poll, (any) => {
        for (const { slotId, ...said } of ranked(any)) {
          const slot = any.slots.find(({ id }) => id === slotId)!;
          expect(said).toEqual({
            keepsAll: keepsEveryone(any.people, slot),
            yes: howMany(any.people, slot, 'yes'),
            no: howMany(any.people, slot, 'no'),
            informalYes: howMany(ownCircle(any.people), slot, 'yes'),
          });
        }
      }),
      many,
    );
  });

  it('is the same in whatever order dates and people come, also where dates are equal in everything', () => {
    const shuffled = poll.chain((any) =>
      fc.record({
        any: fc.constant(any),
        slots: fc.shuffledSubarray(any.slots, { minLength: any.slots.length }),
        people: fc.shuffledSubarray(any.people, { minLength: any.people.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ any, ...other }) => {
        expect(ranked(other)).toEqual(ranked(any));
        expect(ranked(any)).toEqual(ranked(any));
      }),
      many,
    );
  });

  it('does not change the dates and answers that it is given', () => {
    fc.assert(
      fc.property(poll, (any) => {
        const before = structuredClone(any);
        ranked(any);
        expect(any).toEqual(before);
      }),
    );
  });

  it('keeps the order of the others when a date is taken away', () => {
    fc.assert(
      fc.property(poll, fc.nat(), ({ slots: offered, people }, pick) => {
        const gone = offered[pick % offered.length]!;
        const without = { slots: offered.filter((slot) => slot !== gone), people };
        expect(order(without)).toEqual(order({ slots: offered, people }).filter((id) => id !== gone.id));
      }),
      many,
    );
  });

  it('does not hear who left, even one whom it could not do without', () => {
    const left = poll.chain((any) =>
      fc.record({ any: fc.constant(any), gone: person(any.slots), state: fc.constantFrom('removed', 'refused', 'unreachable') }),
    );
    fc.assert(
      fc.property(left, ({ any, gone, state }) => {
        const other = { ...gone, isMainPerson: false, mustAttend: true, state: state as Person['state'] };
        expect(ranked({ ...any, people: [...any.people, other] })).toEqual(ranked(any));
      }),
      many,
    );
  });

  it('takes silence for neither yes nor no: it moves no date, and keeps none when it is of somebody who is needed', () => {
    const silent = poll.chain((any) =>
      fc.record({ any: fc.constant(any), one: person(any.slots).map((who) => ({ ...who, said: {} })) }),
    );
    fc.assert(
      fc.property(silent, ({ any, one }) => {
        const after = ranked({ ...any, people: [...any.people, one] });
        const before = new Map(ranked(any).map((each) => [each.slotId, each]));
        const isNeeded = isHere(one) && (one.isMainPerson || one.mustAttend);
        for (const each of after) {
          const { keepsAll, ...counts } = before.get(each.slotId)!;
          expect(each).toEqual({ ...counts, keepsAll: keepsAll && !isNeeded });
        }
        if (!isNeeded) expect(after.map(({ slotId }) => slotId)).toEqual(order(any));
      }),
      many,
    );
  });

  it('never puts a date lower for one more yes, nor higher for one more no', () => {
    fc.assert(
      fc.property(poll, fc.nat(), fc.boolean(), (any, pick, isInformal) => {
        const { id } = any.slots[pick % any.slots.length]!;
        const place = (said: Answer): number => {
          const one = {
            id: 'one-more',
            isMainPerson: false,
            circleKind: isInformal ? ('informal' as const) : ('professional' as const),
            state: 'invited' as const,
            mustAttend: false,
            said: { [id]: said },
          };
          return order({ ...any, people: [...any.people, one] }).indexOf(id);
        };
        expect(place('yes')).toBeLessThanOrEqual(order(any).indexOf(id));
        expect(place('no')).toBeGreaterThanOrEqual(order(any).indexOf(id));
        expect(place('if-need-be')).toBe(order(any).indexOf(id));
      }),
      many,
    );
  });
});
