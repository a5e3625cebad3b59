import fc from 'fast-check';
import { MEMBER_STATES } from '../src/circle/circle.rules.js';
import {
  ANSWERS,
  busyTime,
  firstState,
  hasBegun,
  instantAt,
  localTime,
  MEETING_STATES,
  MEETING_TRANSITIONS,
  slotErrors,
  type Answer,
  type MeetingEvent,
  type MeetingState,
} from '../src/meetings/meetings.rules.js';
import { rank, type RankedSlot, type Voter } from '../src/meetings/ranking.rules.js';
import { answerErrors, mayCome, takesPart, voters, type Participant } from '../src/meetings/responses.rules.js';
import { Problem } from '../src/platform/http/problem.js';
import { next } from '../src/platform/transitions.js';
import { textsFor } from '../src/texts/texts.js';

const now = new Date('2026-11-16T08:30:00Z');
const at = (text: string): Date => new Date(text);
const slot = (startsAt: string, endsAt: string) => ({ startsAt: at(startsAt), endsAt: at(endsAt) });

describe('The states of a meeting', () => {
  const EVENTS: MeetingEvent[] = ['answer', 'confirm', 'move', 'note-attendance', 'conclude', 'cancel', 'choose-chair', 'name-scribe', 'private-time'];
  const pairs = MEETING_STATES.flatMap((state) => EVENTS.map((event) => [state, event] as const));
  const allowed: Partial<Record<`${MeetingState} ${MeetingEvent}`, MeetingState>> = {
    'polling answer': 'polling',
    'polling confirm': 'fixed',
    'polling cancel': 'cancelled',
    'polling choose-chair': 'polling',
    'fixed answer': 'fixed',
    'fixed move': 'fixed',
    'fixed private-time': 'fixed',
    'fixed name-scribe': 'fixed',
    'fixed note-attendance': 'fixed',
    'fixed conclude': 'held',
    'fixed cancel': 'cancelled',
    'fixed choose-chair': 'fixed',
    'held note-attendance': 'held',
  };

  it.each(pairs)('%s, %s: as the table says, else a refusal that names what is possible', (state, event) => {
    const target = allowed[`${state} ${event}`];
    if (target) {
      expect(next(MEETING_TRANSITIONS, state, event)).toBe(target);
      return;
    }
    const possible = EVENTS.filter((other) => allowed[`${state} ${other}`]);
    expect(() => next(MEETING_TRANSITIONS, state, event)).toThrow(Problem);
    try {
      next(MEETING_TRANSITIONS, state, event);
    } catch (refusal) {
      expect(refusal).toMatchObject({ status: 409, extra: { state, allowed: possible } });
    }
  });

  it('are all reached from where a meeting begins', () => {
    const reached = new Set<MeetingState>([firstState([1]), firstState([1, 2])]);
    for (const state of reached) for (const target of Object.values(MEETING_TRANSITIONS[state])) reached.add(target);
    expect([...reached].sort()).toEqual([...MEETING_STATES].sort());
  });

  it('all have their word', () => {
    expect(Object.keys(textsFor('nl').meetings.states).sort()).toEqual([...MEETING_STATES].sort());
  });
});

describe('Offered dates', () => {
  const good = slot('2026-12-03T13:00:00Z', '2026-12-03T15:00:00Z');

  it.each([
    ['a date in the past', [slot('2026-11-15T13:00:00Z', '2026-11-15T15:00:00Z')], [['/slots/0/startsAt', 'in-the-past']]],
    ['this very moment', [{ startsAt: now, endsAt: at('2026-11-16T10:00:00Z') }], [['/slots/0/startsAt', 'in-the-past']]],
    [
      'an end before the start',
      [good, slot('2026-12-04T13:00:00Z', '2026-12-04T12:00:00Z')],
      [['/slots/1/endsAt', 'ends-before-start']],
    ],
    ['no time at all', [slot('2026-12-04T13:00:00Z', '2026-12-04T13:00:00Z')], [['/slots/0/endsAt', 'ends-before-start']]],
    ['fourteen minutes', [slot('2026-12-04T13:00:00Z', '2026-12-04T13:14:59Z')], [['/slots/0/endsAt', 'lasts-too-short']]],
    ['more than a day', [slot('2026-12-04T13:00:00Z', '2026-12-05T13:01:00Z')], [['/slots/0/endsAt', 'lasts-too-long']]],
    ['the same twice', [good, good, good], [['/slots/1', 'double'], ['/slots/2', 'double']]],
  ])('are refused for %s', (_, slots, expected) => {
    expect(slotErrors(slots, now).map(({ pointer, code }) => [pointer, code])).toEqual(expected);
  });

  it.each([
    ['a quarter of an hour', [slot('2026-12-04T13:00:00Z', '2026-12-04T13:15:00Z')]],
    ['a whole day', [slot('2026-12-04T13:00:00Z', '2026-12-05T13:00:00Z')]],
    ['the same start with another end', [good, slot('2026-12-03T13:00:00Z', '2026-12-03T16:00:00Z')]],
  ])('may be %s', (_, slots) => {
    expect(slotErrors(slots, now)).toEqual([]);
  });
});

describe('The time that a meeting takes', () => {
  const meeting = slot('2026-12-03T13:00:00Z', '2026-12-03T15:00:00Z');

  it('begins half an hour earlier for who has to travel', () => {
    for (const place of ['home', 'public-place', 'other'] as const) {
      expect(busyTime(meeting, place)).toEqual({ from: at('2026-12-03T12:30:00Z'), to: meeting.endsAt });
    }
  });

  it('begins at the start when everyone sits at a screen', () => {
    expect(busyTime(meeting, 'video')).toEqual({ from: meeting.startsAt, to: meeting.endsAt });
  });

  it('can be written down from half an hour before', () => {
    expect(hasBegun(meeting.startsAt, at('2026-12-03T12:29:59Z'))).toBe(false);
    expect(hasBegun(meeting.startsAt, at('2026-12-03T12:30:00Z'))).toBe(true);
  });
});

describe('The wall clock', () => {
  it('is kept beside the instant, in winter and in summer', () => {
    expect(localTime(at('2026-12-03T13:00:00Z'))).toBe('2026-12-03T14:00:00');
    expect(localTime(at('2027-06-03T12:00:00Z'))).toBe('2027-06-03T14:00:00');
  });

  it('gives the instant of what people type', () => {
    expect(instantAt('2026-12-03', '14:00')).toEqual(at('2026-12-03T13:00:00Z'));
    expect(instantAt('2027-06-03', '14:00')).toEqual(at('2027-06-03T12:00:00Z'));
  });

  it('has no half past two in the night that the clocks skip', () => {
    expect(instantAt('2027-03-28', '02:30')).toBeNull();
    expect(instantAt('2027-03-28', '03:00')).toEqual(at('2027-03-28T01:00:00Z'));
  });

  it('takes the first of a half past two that comes twice', () => {
    expect(instantAt('2026-10-25', '02:30')).toEqual(at('2026-10-25T00:30:00Z'));
  });

  it.each([
    ['2026-02-30', '14:00'],
    ['2026-12-03', '24:00'],
    ['2026-12-03', '25:00'],
    ['2026-12-03', 'noon'],
    ['', ''],
    ['2026-12-03', '14:00Z'],
  ])('knows no %j at %j', (date, time) => {
    expect(instantAt(date, time)).toBeNull();
  });

  it('is its own inverse for every minute that exists', () => {
    const minute = fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2029, 0, 1) / 60_000 });
    fc.assert(
      fc.property(minute, (minutes) => {
        const [date, time] = localTime(new Date(minutes * 60_000)).split('T');
        const found = instantAt(date!, time!.slice(0, 5))!;
        // The hour that comes twice in October gives its first.
        expect([0, 60]).toContain(minutes - found.getTime() / 60_000);
        expect(localTime(found)).toBe(`${date}T${time}`);
      }),
    );
  });
});

describe('The ranking', () => {
  const [early, middle, late]: RankedSlot[] = ['2026-12-01', '2026-12-02', '2026-12-03'].map((date, i) => ({
    id: `slot-${'cba'[i]}`,
    ...slot(`${date}T13:00:00Z`, `${date}T15:00:00Z`),
  })) as [RankedSlot, RankedSlot, RankedSlot];
  const slots = [early, middle, late];
  const needed = (answers: [Answer?, Answer?, Answer?]): Voter => voter(answers, { isNeeded: true, isInformal: false });
  const informal = (answers: [Answer?, Answer?, Answer?]): Voter => voter(answers, { isNeeded: false, isInformal: true });
  const professional = (answers: [Answer?, Answer?, Answer?]): Voter => voter(answers, { isNeeded: false, isInformal: false });
  const voter = (answers: (Answer | undefined)[], who: Omit<Voter, 'answers'>): Voter => ({
    ...who,
    answers: Object.fromEntries(slots.flatMap(({ id }, i) => (answers[i] ? [[id, answers[i]]] : []))),
  });
  const order = (people: Voter[]): string[] => rank(slots, people).map(({ slotId }) => slotId);

  it.each<[string, Voter[], RankedSlot[]]>([
    [
      '1: a date that keeps everyone who is needed comes before one that more people like',
      [needed(['no', undefined, 'if-need-be']), informal(['yes', 'yes', 'no']), informal(['yes', 'yes', 'no'])],
      [late, middle, early],
    ],
    [
      '1: the silence of somebody who is needed does not keep a date',
      [needed([undefined, 'if-need-be', undefined]), informal(['yes', undefined, 'yes'])],
      [middle, early, late],
    ],
    [
      '2: most yes',
      [needed(['yes', 'yes', 'yes']), professional(['if-need-be', 'yes', 'yes']), professional([undefined, 'if-need-be', 'yes'])],
      [late, middle, early],
    ],
    [
      '3: fewest no',
      [informal(['yes', 'yes', 'yes']), professional(['no', undefined, 'no']), professional(['no'])],
      [middle, late, early],
    ],
    [
      '4: most yes of the own circle',
      [informal(['if-need-be', 'yes', 'if-need-be']), professional(['yes', 'if-need-be', 'yes'])],
      [middle, early, late],
    ],
    ['5: the earliest', [], [early, middle, late]],
  ])('%s', (_, people, expected) => {
    expect(order(people)).toEqual(expected.map(({ id }) => id));
  });

  it('counts main persons in yes and no, not in the own circle', () => {
    const main = { isNeeded: true, isInformal: false, answers: { [early.id]: 'yes', [middle.id]: 'no' } } as Voter;
    const ranking = rank([early, middle], [main, informal(['yes', 'no', undefined])]);
    expect(ranking).toEqual([
      { slotId: early.id, keepsAll: true, yes: 2, no: 0, informalYes: 1 },
      { slotId: middle.id, keepsAll: false, yes: 0, no: 2, informalYes: 0 },
    ]);
  });

  const anySlots = fc
    .uniqueArray(fc.record({ id: fc.uuid(), start: fc.integer({ min: 1, max: 4 }), hours: fc.integer({ min: 1, max: 3 }) }), {
      minLength: 1,
      maxLength: 10,
      selector: ({ id }) => id,
    })
    .map((all) => all.map(({ id, start, hours }) => ({ id, ...slotAfter(start, hours) })));
  const slotAfter = (start: number, hours: number) => ({
    startsAt: new Date(start * 3_600_000),
    endsAt: new Date((start + hours) * 3_600_000),
  });
  const story = anySlots.chain((all) =>
    fc.record({
      slots: fc.constant(all),
      shuffled: fc.shuffledSubarray(all, { minLength: all.length }),
      people: fc.array(
        fc.record({
          isNeeded: fc.boolean(),
          isInformal: fc.boolean(),
          answers: fc
            .array(fc.option(fc.constantFrom(...ANSWERS), { nil: undefined }), { minLength: all.length, maxLength: all.length })
            .map((given) => Object.fromEntries(all.flatMap(({ id }, i) => (given[i] ? [[id, given[i]]] : [])))),
        }),
        { maxLength: 8 },
      ),
    }),
  );

  it('does not depend on the order in which dates and people come', () => {
    fc.assert(
      fc.property(story, ({ slots: offered, shuffled, people }) => {
        expect(rank(shuffled, [...people].reverse())).toEqual(rank(offered, people));
      }),
    );
  });

  it('names every date once, and nobody is worse than the next by the five keys', () => {
    fc.assert(
      fc.property(story, ({ slots: offered, people }) => {
        const ranking = rank(offered, people);
        expect(ranking.map(({ slotId }) => slotId).sort()).toEqual(offered.map(({ id }) => id).sort());
        const keys = ranking.map((ranked) => {
          const { startsAt } = offered.find(({ id }) => id === ranked.slotId)!;
          return [ranked.keepsAll ? 0 : 1, -ranked.yes, ranked.no, -ranked.informalYes, startsAt.getTime()];
        });
        for (let i = 1; i < keys.length; i += 1) {
          const first = keys[i]!.findIndex((value, key) => value !== keys[i - 1]![key]);
          if (first >= 0) expect(keys[i - 1]![first]!).toBeLessThan(keys[i]![first]!);
        }
      }),
    );
  });

  it('a further yes never makes a date worse', () => {
    fc.assert(
      fc.property(story, fc.nat(), ({ slots: offered, people }, pick) => {
        const chosen = offered[pick % offered.length]!.id;
        const placeOf = (all: Voter[]): number => rank(offered, all).findIndex(({ slotId }) => slotId === chosen);
        const more: Voter = { isNeeded: false, isInformal: true, answers: { [chosen]: 'yes' } };
        expect(placeOf([...people, more])).toBeLessThanOrEqual(placeOf(people));
      }),
    );
  });
});

describe('Who answers', () => {
  const person = (changes: Partial<Participant>): Participant => ({
    id: 'ria',
    isMainPerson: false,
    circleKind: 'informal',
    state: 'invited',
    ...changes,
  });

  it.each(MEMBER_STATES.map((state) => [state, ['invited', 'coming', 'maybe', 'not-coming'].includes(state)] as const))(
    'somebody of the circle who is %s takes part: %s',
    (state, expected) => {
      expect(takesPart(person({ state }))).toBe(expected);
    },
  );

  it('a main person always does, until they leave', () => {
    expect(takesPart(person({ isMainPerson: true, state: 'approved' }))).toBe(true);
    expect(takesPart(person({ isMainPerson: true, state: 'removed' }))).toBe(false);
  });

  it('somebody who left does not count any more, even when they answered or had to be there', () => {
    const people = [person({ id: 'ria', state: 'removed' }), person({ id: 'joost', state: 'coming' })];
    expect(voters(people, ['ria'], () => ({ a: 'yes' }))).toEqual([{ isNeeded: false, isInformal: true, answers: { a: 'yes' } }]);
  });

  it('somebody who must be there and is not invited yet is waited for', () => {
    const people = [person({ id: 'ria', state: 'approved' })];
    expect(voters(people, ['ria'], () => ({ a: 'yes' }))).toEqual([{ isNeeded: true, isInformal: true, answers: {} }]);
  });

  it('main persons, professionals and aides are not the own circle', () => {
    const people = [
      person({ id: 'sanne', isMainPerson: true, state: 'approved' }),
      person({ id: 'karim', circleKind: 'professional' }),
      person({ id: 'tolk', circleKind: 'aide' }),
    ];
    expect(voters(people, [], () => ({})).map(({ isNeeded, isInformal }) => [isNeeded, isInformal])).toEqual([
      [true, false],
      [false, false],
      [false, false],
    ]);
  });
});

describe('Answers', () => {
  it('are about dates of this meeting, and one of three', () => {
    expect(answerErrors({ a: 'yes', b: 'if-need-be' }, ['a', 'b', 'c'])).toEqual([]);
    expect(answerErrors({ a: 'ja', 'x/y~z': 'yes', c: null }, ['a', 'b', 'c'])).toEqual([
      { pointer: '/answers/a', code: 'one-of' },
      { pointer: '/answers/x~1y~0z', code: 'unknown-slot' },
      { pointer: '/answers/c', code: 'one-of' },
    ]);
  });

  it('are not named one by one when somebody sends thousands', () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`x${i}`, 'yes']));
    expect(answerErrors(many, ['a'])).toEqual([{ pointer: '/answers', code: 'too-many' }]);
  });

  it('only a no to the fixed date says that somebody does not come', () => {
    expect(mayCome(undefined, 'a')).toBe(true);
    expect(mayCome({ a: 'if-need-be', b: 'no' }, 'a')).toBe(true);
    expect(mayCome({ a: 'no' }, 'a')).toBe(false);
    expect(mayCome({ a: 'yes' }, null)).toBe(false);
  });
});
