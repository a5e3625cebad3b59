import type { Channel } from './circle.rules.js';

export const TALK_WAYS = ['phone', 'visit', 'video'] as const;
export type TalkWay = (typeof TALK_WAYS)[number];
export const TALK_OUTCOMES = ['held', 'declined', 'not-reached'] as const;
export type TalkOutcome = (typeof TALK_OUTCOMES)[number];

/** How a talk counts as contact. Only a call shows that the number is theirs, so a talk by video counts as a visit. */
export const CHANNEL_OF_TALK: Readonly<Record<TalkWay, Channel>> = { phone: 'call', visit: 'visit', video: 'visit' };

/** How somebody takes part in the meeting. */
export const WAYS_TO_TAKE_PART = ['there', 'remote', 'letter', 'recording', 'spokesperson', 'not'] as const;
export type WayToTakePart = (typeof WAYS_TO_TAKE_PART)[number];

/** Why somebody does not take part: a code, so that what stands in people's way can be counted. */
export const ABSENCE_REASONS = ['no-time', 'too-far', 'ill', 'too-hard', 'not-safe', 'not-wanted', 'not-needed', 'other'] as const;
export type AbsenceReason = (typeof ABSENCE_REASONS)[number];

interface WayRules {
  /** Who comes at the moment itself, in the room or on a screen: a date has to suit them. */
  needsDate: boolean;
  /** Whether their voice is heard at the meeting without them. */
  heardOtherwise: boolean;
  needs?: 'spokespersonId' | 'reason';
  /** What belongs to this way and to no other. */
  may?: 'letter' | 'recordingAt';
}

export const WAYS: Readonly<Record<WayToTakePart, WayRules>> = {
  there: { needsDate: true, heardOtherwise: false },
  remote: { needsDate: true, heardOtherwise: false },
  letter: { needsDate: false, heardOtherwise: true, may: 'letter' },
  recording: { needsDate: false, heardOtherwise: true, may: 'recordingAt' },
  spokesperson: { needsDate: false, heardOtherwise: true, needs: 'spokespersonId' },
  not: { needsDate: false, heardOtherwise: false, needs: 'reason' },
};

/** Whether a date has to suit this person: also as long as nobody said how they take part. */
export const needsDate = (way: WayToTakePart | null | undefined): boolean => !way || WAYS[way].needsDate;

/** The ways in which somebody is heard at a meeting without being there. */
export const HEARD_OTHERWISE = WAYS_TO_TAKE_PART.filter((way) => WAYS[way].heardOtherwise);

const BELONGINGS = ['spokespersonId', 'reason', 'letter', 'recordingAt'] as const;

/** What belongs to a way, of all that a form asks: the letter of who comes after all is left out. */
export function ofWay<Fields extends Readonly<Record<string, unknown>>>(way: string, fields: Fields): Partial<Fields> {
  const rules = WAYS[way as WayToTakePart] as WayRules | undefined;
  const others = BELONGINGS.filter((field) => rules && field !== rules.needs && field !== rules.may);
  return Object.fromEntries(Object.entries(fields).filter(([field]) => !(others as readonly string[]).includes(field))) as Partial<Fields>;
}

/** What is wrong with what was given along: missing, or of another way. */
export function participationErrors(
  request: { way: WayToTakePart } & Partial<Record<(typeof BELONGINGS)[number], unknown>>,
): { pointer: string; code: string }[] {
  const { needs, may } = WAYS[request.way];
  return BELONGINGS.flatMap((field) => {
    const given = request[field] !== undefined;
    if (field === needs) return given ? [] : [{ pointer: `/${field}`, code: 'required' }];
    return given && field !== may ? [{ pointer: `/${field}`, code: 'other-way' }] : [];
  });
}

/** Too young for what they say to be handed to who asks for their file: parents ask for it (under 16, as in the AVG and the Wgbo). */
const YOUNG: readonly string[] = ['under-12', '12-15'];
export const isConfidentialChild = (ageBand: string | null): boolean => ageBand !== null && YOUNG.includes(ageBand);
