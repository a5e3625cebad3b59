import type { CaseState } from '../cases/cases.rules.js';
import { localDay } from '../platform/local-day.js';
import { plusWorkingDays } from '../platform/working-days.js';
import { CONTACTABLE_STATES, INVITABLE_STATES, type Channel, type MemberState } from './circle.rules.js';
import type { SafeHours } from './contact-hours.rules.js';
import type { WayToTakePart } from './preparation.rules.js';

/** What a facilitator can have to do for one person, the first that fits is the next: what stops everything else stands first. */
export const TASKS = [
  'reach-referrer', 'check-independence', 'correct-address', 'by-hand', 'ask-safety-test', 'promise-left', 'reach-otherwise', 'reach', 'ask-approval', 'talk', 'ask-spokesperson', 'note-participation', 'invite',
] as const;
export type Task = (typeof TASKS)[number];

/** What is known of one person when their next task is looked for; the referrer, and the case itself, have no `state`. */
export interface TaskFacts {
  caseState: CaseState;
  urgent: boolean;
  consentGiven: boolean;
  openedAt: Date;
  isReferrer: boolean;
  /** The case itself: its facilitator did not say yet whether they are independent, and its kind asks for it. */
  isUnchecked: boolean;
  isMainPerson: boolean;
  state: MemberState | null;
  createdAt: Date;
  approvedAt: Date | null;
  reachedAt: Date | null;
  invitedAt: Date | null;
  takesPart: WayToTakePart | null;
  takesPartSince: Date | null;
  /** When the spokesperson was last spoken to. */
  spokespersonSpokenAt: Date | null;
  contactChangedAt: Date | null;
  /** How often it was not possible since they were last reached, and when last. */
  missed: number;
  lastMissedAt: Date | null;
  wrongAddressAt: Date | null;
  /** A talk was held, or they would rather not have one. */
  talkedAt: Date | null;
  /** Since when a message waits that somebody brings by hand. */
  byHandSince: Date | null;
  /** What must be safe was theirs to look at, and two working days went by. */
  testOverdueSince: Date | null;
  /** The case itself: somebody left who would do something in the plan that runs. */
  promiseLeftSince: Date | null;
}

export interface NextTask {
  task: Task;
  since: Date;
  /** The day on which it should be done; null where nothing presses. */
  dueOn: string | null;
}

/** After so many tries a letter is kinder than a further call, and "niet bereikt" is honest. Our own choice. */
export const TRIES_BEFORE_OTHERWISE = 3;
/** What referrers are promised: reached within two working days of acceptance. Nobody who may be asked waits longer either. */
export const FIRST_CONTACT_WORKING_DAYS = 2;

interface TaskRule {
  task: Task;
  /** Whether it is there only as long as people are to meet, for the first time or again. */
  beforeMeeting: boolean;
  fits: (facts: TaskFacts) => boolean;
  since: (facts: TaskFacts) => Date;
  workingDays: number | null;
}

const BEFORE_MEETING: readonly CaseState[] = ['preparing', 'scheduled'];
const mayBeContacted = ({ isMainPerson, state, consentGiven }: TaskFacts): boolean =>
  isMainPerson || (consentGiven && state !== null && CONTACTABLE_STATES.includes(state));
const wasReached = ({ reachedAt, talkedAt }: TaskFacts): boolean => reachedAt !== null || talkedAt !== null;

const RULES: readonly TaskRule[] = [
  {
    task: 'reach-referrer', beforeMeeting: true, workingDays: FIRST_CONTACT_WORKING_DAYS,
    fits: ({ isReferrer }) => isReferrer,
    since: ({ openedAt }) => openedAt,
  },
  {
    task: 'check-independence', beforeMeeting: true, workingDays: null,
    fits: ({ isUnchecked }) => isUnchecked,
    since: ({ openedAt }) => openedAt,
  },
  {
    task: 'correct-address', beforeMeeting: false, workingDays: 1,
    fits: ({ wrongAddressAt, contactChangedAt }) => wrongAddressAt !== null && (contactChangedAt === null || contactChangedAt < wrongAddressAt),
    since: ({ wrongAddressAt }) => wrongAddressAt!,
  },
  {
    task: 'by-hand', beforeMeeting: false, workingDays: 1,
    fits: (facts) => facts.byHandSince !== null && mayBeContacted(facts),
    since: ({ byHandSince }) => byHandSince!,
  },
  {
    task: 'ask-safety-test', beforeMeeting: false, workingDays: 0,
    fits: ({ testOverdueSince }) => testOverdueSince !== null,
    since: ({ testOverdueSince }) => testOverdueSince!,
  },
  {
    task: 'promise-left', beforeMeeting: false, workingDays: 2,
    fits: ({ promiseLeftSince }) => promiseLeftSince !== null,
    since: ({ promiseLeftSince }) => promiseLeftSince!,
  },
  {
    task: 'reach-otherwise', beforeMeeting: true, workingDays: FIRST_CONTACT_WORKING_DAYS,
    fits: (facts) => mayBeContacted(facts) && !wasReached(facts) && facts.missed >= TRIES_BEFORE_OTHERWISE,
    since: ({ lastMissedAt }) => lastMissedAt!,
  },
  {
    task: 'reach', beforeMeeting: true, workingDays: FIRST_CONTACT_WORKING_DAYS,
    // Whoever was invited already was written to: a talk is what is next.
    fits: (facts) => mayBeContacted(facts) && !wasReached(facts) && (facts.isMainPerson || facts.state === 'approved'),
    since: ({ approvedAt, createdAt }) => approvedAt ?? createdAt,
  },
  {
    task: 'ask-approval', beforeMeeting: true, workingDays: null,
    fits: ({ state, consentGiven }) => state === 'proposed' && consentGiven,
    since: ({ createdAt }) => createdAt,
  },
  {
    task: 'talk', beforeMeeting: true, workingDays: null,
    fits: (facts) => mayBeContacted(facts) && facts.talkedAt === null && facts.takesPart !== 'not',
    since: ({ reachedAt, invitedAt, createdAt }) => reachedAt ?? invitedAt ?? createdAt,
  },
  {
    task: 'ask-spokesperson', beforeMeeting: true, workingDays: null,
    fits: (facts) =>
      mayBeContacted(facts) && facts.takesPart === 'spokesperson' && (facts.spokespersonSpokenAt === null || facts.spokespersonSpokenAt < facts.takesPartSince!),
    since: ({ takesPartSince }) => takesPartSince!,
  },
  {
    task: 'note-participation', beforeMeeting: true, workingDays: null,
    fits: (facts) => mayBeContacted(facts) && facts.takesPart === null,
    since: ({ talkedAt }) => talkedAt!,
  },
  {
    task: 'invite', beforeMeeting: true, workingDays: null,
    fits: (facts) => !facts.isMainPerson && facts.takesPart !== 'not' && mayBeContacted(facts) && INVITABLE_STATES.includes(facts.state!),
    since: ({ takesPartSince }) => takesPartSince!,
  },
];

/** What the facilitator does next for this person, or null when nothing waits. In an urgent case everything is for today. */
export function nextTask(facts: TaskFacts): NextTask | null {
  const meets = BEFORE_MEETING.includes(facts.caseState);
  const rule = RULES.find(({ beforeMeeting, fits }) => (meets || !beforeMeeting) && fits(facts));
  if (!rule) return null;
  const since = rule.since(facts);
  const day = localDay(since);
  const dueOn = facts.urgent ? day : rule.workingDays === null ? null : plusWorkingDays(day, rule.workingDays);
  return { task: rule.task, since, dueOn };
}

/** What waits around a plan that was fixed. */
export const PLAN_TASKS: readonly Task[] = ['ask-safety-test', 'promise-left'];

/** By which channel a task is done, where it is contact: the person's own, or that of the message that waits. */
export const CONTACT_TASKS: readonly Task[] = ['by-hand', 'ask-safety-test', 'reach-otherwise', 'reach', 'talk', 'ask-spokesperson'];

/** After tries that were missed it is a letter or a visit, whatever came first. */
export const channelFor = (task: Task, usual: Channel, byHand: Channel | null): Channel =>
  task === 'by-hand' && byHand ? byHand : task === 'reach-otherwise' && usual !== 'visit' ? 'letter' : usual;

/** Whether this is an hour at which somebody may safely be called; null when nothing that we can read was said of it. */
export function isSafeAt(hours: SafeHours | null, minuteOfDay: number): boolean | null {
  if (hours === null) return null;
  const { from, until } = hours;
  return from < until ? minuteOfDay >= from && minuteOfDay < until : minuteOfDay >= from || minuteOfDay < until;
}
