import type { CircleKind, MemberState } from './circle.rules.js';

/** When the circle is counted, in the order in which the moments come. */
export const GROWTH_MOMENTS = ['referral', 'meeting', 'first-review', 'last-review'] as const;
export type GrowthMoment = (typeof GROWTH_MOMENTS)[number];

/** What is known of somebody when the circle is counted. */
export interface CountedFacts {
  circleKind: CircleKind;
  isMainPerson: boolean;
  state: MemberState;
  /** Noted at this meeting: there, at a distance, or for a part. */
  atThisMeeting: boolean;
  /** Noted so at any meeting of the case. */
  atAnyMeeting: boolean;
  /** Heard at the meeting without being there: by letter, recording or spokesperson. */
  heardOtherwise: boolean;
  /** Carries something in the plan, or did it: neither given back nor released. */
  carries: boolean;
}

const LEFT: readonly MemberState[] = ['refused', 'unreachable', 'removed'];

/**
 * Who counts when. Our own choice, so that the four figures mean the same in every case:
 * `referral`: everyone who was named, since nobody has been asked yet;
 * `meeting`: who took part, also by letter, recording or spokesperson, since only then a name became somebody who is there (as long as nobody noted it: who said to come);
 * both reviews: who took part before or carries something in the plan, and has not left. Who gives a promise back stays in
 * the circle; who was named and never took part has no part to keep.
 */
const COUNTS: Readonly<Record<GrowthMoment, (person: CountedFacts, noted: boolean) => boolean>> = {
  referral: () => true,
  meeting: ({ atThisMeeting, heardOtherwise, state }, noted) => heardOtherwise || (noted ? atThisMeeting : state === 'coming'),
  'first-review': (person) => stillHasPart(person),
  'last-review': (person) => stillHasPart(person),
};

const stillHasPart = ({ state, atAnyMeeting, heardOtherwise, carries }: CountedFacts): boolean =>
  !LEFT.includes(state) && (atAnyMeeting || heardOtherwise || carries);

export interface CircleSize {
  informal: number;
  professional: number;
}

/** How large the circle is; main persons, interpreters and support persons are not counted. `noted`: somebody noted who was there. */
export function circleSize(moment: GrowthMoment, people: readonly CountedFacts[], noted: boolean): CircleSize {
  const counted = people.filter((person) => !person.isMainPerson && COUNTS[moment](person, noted));
  const of = (kind: CircleKind): number => counted.filter(({ circleKind }) => circleKind === kind).length;
  return { informal: of('informal'), professional: of('professional') };
}

/**
 * The moments of a review, by its place among the review days of the kind: the first and the last, what lies between is not
 * counted. Where a kind looks back once, that review is both.
 */
export function momentsOfReview(index: number, reviewsAfterDays: readonly number[]): GrowthMoment[] {
  return [...(index === 0 ? ['first-review' as const] : []), ...(index === reviewsAfterDays.length - 1 ? ['last-review' as const] : [])];
}

/** Which review this is, held so many days after the plan was fixed: the one whose day is nearest, the earlier one of two. */
export function reviewAt(days: number, reviewsAfterDays: readonly number[]): number {
  const distance = (index: number): number => Math.abs(reviewsAfterDays[index]! - days);
  return reviewsAfterDays.reduce((nearest, _, index) => (distance(index) < distance(nearest) ? index : nearest), 0);
}

/** The moments that an answer of now is about: the latest, and a first review that was counted together with the last. */
export function presentMoments(counted: readonly { moment: GrowthMoment; at: Date }[]): GrowthMoment[] {
  const latest = counted.at(-1);
  if (!latest) return ['referral'];
  const together = counted.filter(({ moment, at }) => moment.endsWith('review') && at.getTime() === latest.at.getTime());
  return latest.moment === 'last-review' ? together.map(({ moment }) => moment) : [latest.moment];
}

/** How many different people are named, whatever the capitals and spaces. */
export const differentNames = (names: readonly string[]): number => new Set(names.map(sameName)).size;

/** Two names that are the same for who reads them. */
export const sameName = (name: string): string => name.trim().replace(/\s+/g, ' ').toLocaleLowerCase('nl');
