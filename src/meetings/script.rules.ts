import { KINDS, type CaseKind, type KindRules } from '../cases/kinds.rules.js';
import type { CircleKind, Relation } from '../circle/circle.rules.js';
import { needsDate } from '../circle/preparation.rules.js';
import { midnightAfter } from '../people/links.rules.js';
import { hasBegun, type MeetingState } from './meetings.rules.js';
import { takesPart, type Participant } from './responses.rules.js';

/** The parts that a script can be made of. */
export const PHASES = [
  'welcome',
  'why',
  'statements',
  'information',
  'going-well',
  'jim',
  'private-time',
  'plan',
  'safety-conditions',
  'who-does-what',
  'since',
  'promises',
  'counting-on',
  'change',
  'read-aloud',
  'marks',
  'closing',
] as const;
export type Phase = (typeof PHASES)[number];

export type MeetingType = 'meeting' | 'review';

/** Who has the word in a phase; `chair` is whoever leads the meeting. */
export const SPEAKERS = ['chair', 'main-persons', 'circle', 'professionals', 'everyone'] as const;
export type Speaker = (typeof SPEAKERS)[number];

export interface ScriptStep {
  id: Phase;
  /** How long it is likely to take. Nobody is held to it. */
  minutes: number;
  speaks: Speaker;
}

/** The phases of each kind of case, in their order. */
export const SCRIPTS = {
  netwerkberaad: {
    meeting: [
      { id: 'welcome', minutes: 10, speaks: 'chair' },
      { id: 'why', minutes: 5, speaks: 'chair' },
      { id: 'statements', minutes: 15, speaks: 'main-persons' },
      { id: 'going-well', minutes: 15, speaks: 'everyone' },
      { id: 'private-time', minutes: 20, speaks: 'circle' },
      { id: 'plan', minutes: 25, speaks: 'everyone' },
      { id: 'safety-conditions', minutes: 10, speaks: 'professionals' },
      { id: 'who-does-what', minutes: 15, speaks: 'everyone' },
      { id: 'read-aloud', minutes: 10, speaks: 'chair' },
      { id: 'marks', minutes: 5, speaks: 'everyone' },
      { id: 'closing', minutes: 5, speaks: 'chair' },
    ],
    review: [
      { id: 'welcome', minutes: 5, speaks: 'chair' },
      { id: 'since', minutes: 10, speaks: 'main-persons' },
      { id: 'promises', minutes: 15, speaks: 'everyone' },
      { id: 'safety-conditions', minutes: 5, speaks: 'professionals' },
      { id: 'counting-on', minutes: 5, speaks: 'main-persons' },
      { id: 'change', minutes: 10, speaks: 'everyone' },
      { id: 'marks', minutes: 5, speaks: 'everyone' },
      { id: 'closing', minutes: 5, speaks: 'chair' },
    ],
  },
  'eigen-kracht': {
    meeting: [
      { id: 'welcome', minutes: 10, speaks: 'chair' },
      { id: 'why', minutes: 5, speaks: 'chair' },
      { id: 'statements', minutes: 15, speaks: 'main-persons' },
      { id: 'information', minutes: 20, speaks: 'professionals' },
      { id: 'private-time', minutes: 5, speaks: 'circle' },
      { id: 'going-well', minutes: 15, speaks: 'circle' },
      { id: 'plan', minutes: 40, speaks: 'circle' },
      { id: 'who-does-what', minutes: 20, speaks: 'circle' },
      { id: 'safety-conditions', minutes: 15, speaks: 'professionals' },
      { id: 'read-aloud', minutes: 15, speaks: 'circle' },
      { id: 'marks', minutes: 5, speaks: 'everyone' },
      { id: 'closing', minutes: 5, speaks: 'chair' },
    ],
    review: [
      { id: 'welcome', minutes: 5, speaks: 'chair' },
      { id: 'since', minutes: 10, speaks: 'main-persons' },
      { id: 'promises', minutes: 15, speaks: 'circle' },
      { id: 'private-time', minutes: 5, speaks: 'circle' },
      { id: 'counting-on', minutes: 5, speaks: 'main-persons' },
      { id: 'change', minutes: 10, speaks: 'circle' },
      { id: 'safety-conditions', minutes: 5, speaks: 'professionals' },
      { id: 'marks', minutes: 5, speaks: 'everyone' },
      { id: 'closing', minutes: 5, speaks: 'chair' },
    ],
  },
  mdo: {
    meeting: [
      { id: 'welcome', minutes: 5, speaks: 'chair' },
      { id: 'why', minutes: 5, speaks: 'chair' },
      { id: 'statements', minutes: 10, speaks: 'main-persons' },
      { id: 'going-well', minutes: 10, speaks: 'everyone' },
      { id: 'information', minutes: 15, speaks: 'professionals' },
      { id: 'plan', minutes: 20, speaks: 'everyone' },
      { id: 'safety-conditions', minutes: 10, speaks: 'professionals' },
      { id: 'who-does-what', minutes: 10, speaks: 'everyone' },
      { id: 'read-aloud', minutes: 5, speaks: 'chair' },
      { id: 'marks', minutes: 5, speaks: 'everyone' },
      { id: 'closing', minutes: 5, speaks: 'chair' },
    ],
    review: [
      { id: 'welcome', minutes: 5, speaks: 'chair' },
      { id: 'since', minutes: 10, speaks: 'main-persons' },
      { id: 'promises', minutes: 15, speaks: 'everyone' },
      { id: 'change', minutes: 15, speaks: 'everyone' },
      { id: 'marks', minutes: 5, speaks: 'everyone' },
      { id: 'closing', minutes: 5, speaks: 'chair' },
    ],
  },
  jim: {
    meeting: [
      { id: 'welcome', minutes: 5, speaks: 'chair' },
      { id: 'why', minutes: 5, speaks: 'chair' },
      { id: 'statements', minutes: 10, speaks: 'main-persons' },
      { id: 'going-well', minutes: 10, speaks: 'everyone' },
      { id: 'jim', minutes: 10, speaks: 'main-persons' },
      { id: 'plan', minutes: 20, speaks: 'everyone' },
      { id: 'safety-conditions', minutes: 10, speaks: 'professionals' },
      { id: 'who-does-what', minutes: 10, speaks: 'everyone' },
      { id: 'read-aloud', minutes: 5, speaks: 'chair' },
      { id: 'marks', minutes: 5, speaks: 'everyone' },
      { id: 'closing', minutes: 5, speaks: 'chair' },
    ],
    review: [
      { id: 'welcome', minutes: 5, speaks: 'chair' },
      { id: 'since', minutes: 10, speaks: 'main-persons' },
      { id: 'jim', minutes: 10, speaks: 'main-persons' },
      { id: 'promises', minutes: 15, speaks: 'everyone' },
      { id: 'change', minutes: 10, speaks: 'everyone' },
      { id: 'marks', minutes: 5, speaks: 'everyone' },
      { id: 'closing', minutes: 5, speaks: 'chair' },
    ],
  },
  // Nobody meets: this is for the talk that the facilitator has with the one whom it is about.
  netwerkplan: {
    meeting: [
      { id: 'welcome', minutes: 5, speaks: 'chair' },
      { id: 'why', minutes: 5, speaks: 'chair' },
      { id: 'statements', minutes: 10, speaks: 'main-persons' },
      { id: 'going-well', minutes: 10, speaks: 'main-persons' },
      { id: 'plan', minutes: 15, speaks: 'main-persons' },
      { id: 'who-does-what', minutes: 10, speaks: 'main-persons' },
      { id: 'closing', minutes: 5, speaks: 'chair' },
    ],
    review: [
      { id: 'welcome', minutes: 5, speaks: 'chair' },
      { id: 'since', minutes: 10, speaks: 'main-persons' },
      { id: 'promises', minutes: 10, speaks: 'main-persons' },
      { id: 'counting-on', minutes: 5, speaks: 'main-persons' },
      { id: 'change', minutes: 10, speaks: 'main-persons' },
      { id: 'closing', minutes: 5, speaks: 'chair' },
    ],
  },
} as const satisfies Record<CaseKind, Record<MeetingType, readonly ScriptStep[]>>;

/** What is said and done in a phase. Each text is a few short sentences, in a paragraph of its own. */
export interface PhaseText {
  title: string;
  /** For who leads: what to do now. */
  doNow: readonly string[];
  /** To be read aloud. */
  readAloud: readonly string[];
}

/** The texts of every script: a kind or a phase without its texts does not compile. */
export type ScriptTexts = {
  [Kind in CaseKind]: {
    [Type in MeetingType]: { [Id in (typeof SCRIPTS)[Kind][Type][number]['id']]: PhaseText };
  };
};

export type ScriptPhase = ScriptStep & PhaseText;

/** The script of a kind of case, with its texts; `safety`: something must be safe, which is looked at in a phase of its own. */
export function scriptOf(kind: CaseKind, type: MeetingType, texts: ScriptTexts, safety: boolean): ScriptPhase[] {
  const said = texts[kind][type] as Partial<Record<Phase, PhaseText>>;
  const steps: readonly ScriptStep[] = SCRIPTS[kind][type];
  return steps.filter(({ id }) => safety || id !== 'safety-conditions').map((step) => ({ ...step, ...said[step.id]! }));
}

interface ChairRules {
  /** Whether somebody else may be asked to lead. */
  passesOn: boolean;
  /** Who leads along, beside the main persons. */
  beside: Relation | null;
}

/** What goes with each way of leading a meeting. */
export const CHAIRS: Readonly<Record<KindRules['chair'], ChairRules>> = {
  facilitator: { passesOn: false, beside: null },
  resident: { passesOn: true, beside: null },
  'young-person-with-jim': { passesOn: true, beside: 'jim' },
  none: { passesOn: false, beside: null },
};

export const CHAIR_NAMES = Object.keys(CHAIRS) as KindRules['chair'][];

/** What of a member these rules look at. */
export type PossibleChair = Participant & { relation: Relation | null; circleKind: CircleKind };

/** Why this person cannot lead, or null: an interpreter or support person, who does not take part, or is not there at the moment itself. */
export function whyNotChair(person: PossibleChair): 'cannot-chair' | null {
  return person.circleKind !== 'aide' && takesPart(person) && needsDate(person.takesPart) ? null : 'cannot-chair';
}

/** Who was asked to lead, as long as they can; null when it is whose it is by the kind of case. */
export function askedToChair(chairMemberId: string | null, people: readonly PossibleChair[]): string | null {
  const asked = people.find(({ id }) => id === chairMemberId);
  return asked && whyNotChair(asked) === null ? asked.id : null;
}

/** Whether this person of the circle reads the script: whom it is about, who was asked to lead, and who leads along. */
export function readsScript(person: PossibleChair, kind: CaseKind, chairMemberId: string | null): boolean {
  if (!takesPart(person)) return false;
  return person.isMainPerson || person.id === chairMemberId || (person.relation !== null && person.relation === CHAIRS[KINDS[kind].chair].beside);
}

/** When a meeting can be led: from half an hour before it begins until midnight of the day on which it ends. Before that people rehearse. */
export function mayBeLed(meeting: { state: MeetingState; startsAt: Date; endsAt: Date }, now: Date): boolean {
  return LED_STATES.includes(meeting.state) && hasBegun(meeting.startsAt, now) && now < midnightAfter(meeting.endsAt);
}

/** Whether there is a date to rehearse for, that is not over. */
export function mayBeRehearsed(meeting: { state: MeetingState; endsAt: Date }, now: Date): boolean {
  return LED_STATES.includes(meeting.state) && now < midnightAfter(meeting.endsAt);
}

/** What came of it may be written down while the last words are still being said. */
const LED_STATES: readonly MeetingState[] = ['fixed', 'held'];
