/** The kinds of case: one engine, rules as data. A new kind is one new entry here plus its texts. */
export const CASE_KINDS = ['netwerkberaad', 'eigen-kracht', 'mdo', 'jim', 'netwerkplan'] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** What must be there before a plan is carried, beside the yes of every main person. */
export type CarriedBy = 'main-persons' | 'jim' | 'safety-conditions';

export interface KindRules {
  /** Who leads the meeting; `none` where nobody meets. */
  chair: 'facilitator' | 'resident' | 'young-person-with-jim' | 'none';
  defaultPlace: 'public-place' | 'home' | 'other' | null;
  /** Time for the circle by itself, before the plan is made. */
  privateTime: 'required' | 'optional' | 'none';
  /** Who sees nothing of what is written in that time, until the circle calls them in. */
  privateTimeClosedTo: readonly ('professionals' | 'facilitator')[];
  /** Who may note who was there, beside the facilitator: where the resident leads, the main persons too. */
  attendanceBy: 'facilitator' | 'main-persons-too';
  /** Whether there is a meeting at all. */
  meets: boolean;
  decides: 'everyone-present' | 'circle' | 'meeting' | 'young-person-and-jim' | 'each-for-themself';
  plan: 'shared-plan' | 'family-group-plan' | 'solution' | 'jim-plan' | 'contributions';
  carriedBy: readonly CarriedBy[];
  /** Whom the promises of professionals support, where somebody of the circle is the one to build on. */
  professionalsSupport: 'jim' | null;
  /** Whether each says what they want to do without a meeting. */
  contributions: boolean;
  /** Whether a facilitator who works for a party is refused, and a missing check is a warning; elsewhere any tie is a warning only. */
  independence: 'required' | 'advised';
  /** When the circle looks back, counted from the day that the plan was fixed. */
  reviewsAfterDays: readonly number[];
  /** Whether they look back again after the last of these days, as long as something stands in the way. */
  reviewsForObstacles: boolean;
}

const SIX_WEEKS = 42;
const THREE_MONTHS = 91;
const ONE_YEAR = 365;

export const KINDS: Readonly<Record<CaseKind, KindRules>> = {
  netwerkberaad: {
    chair: 'facilitator',
    defaultPlace: 'public-place',
    privateTime: 'optional',
    privateTimeClosedTo: ['professionals'],
    attendanceBy: 'facilitator',
    meets: true,
    decides: 'everyone-present',
    plan: 'shared-plan',
    carriedBy: ['main-persons'],
    professionalsSupport: null,
    contributions: false,
    independence: 'advised',
    reviewsAfterDays: [SIX_WEEKS, THREE_MONTHS],
    reviewsForObstacles: false,
  },
  'eigen-kracht': {
    chair: 'facilitator',
    defaultPlace: 'other',
    privateTime: 'required',
    privateTimeClosedTo: ['professionals', 'facilitator'],
    attendanceBy: 'facilitator',
    meets: true,
    decides: 'circle',
    plan: 'family-group-plan',
    carriedBy: ['main-persons', 'safety-conditions'],
    professionalsSupport: null,
    contributions: false,
    independence: 'required',
    reviewsAfterDays: [SIX_WEEKS, THREE_MONTHS, ONE_YEAR],
    reviewsForObstacles: false,
  },
  mdo: {
    chair: 'resident',
    defaultPlace: 'home',
    privateTime: 'none',
    privateTimeClosedTo: [],
    attendanceBy: 'main-persons-too',
    meets: true,
    decides: 'meeting',
    plan: 'solution',
    carriedBy: ['main-persons'],
    professionalsSupport: null,
    contributions: false,
    independence: 'advised',
    reviewsAfterDays: [SIX_WEEKS],
    reviewsForObstacles: true,
  },
  jim: {
    chair: 'young-person-with-jim',
    defaultPlace: 'other',
    privateTime: 'none',
    privateTimeClosedTo: [],
    attendanceBy: 'main-persons-too',
    meets: true,
    decides: 'young-person-and-jim',
    plan: 'jim-plan',
    carriedBy: ['main-persons', 'jim'],
    professionalsSupport: 'jim',
    contributions: false,
    independence: 'advised',
    reviewsAfterDays: [SIX_WEEKS, THREE_MONTHS],
    reviewsForObstacles: false,
  },
  netwerkplan: {
    chair: 'none',
    defaultPlace: null,
    privateTime: 'none',
    privateTimeClosedTo: [],
    attendanceBy: 'facilitator',
    meets: false,
    decides: 'each-for-themself',
    plan: 'contributions',
    carriedBy: ['main-persons'],
    professionalsSupport: null,
    contributions: true,
    independence: 'advised',
    reviewsAfterDays: [THREE_MONTHS],
    reviewsForObstacles: false,
  },
};
