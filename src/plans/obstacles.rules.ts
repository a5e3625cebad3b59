import { DateTime } from 'luxon';
import { localDay, ZONE } from '../platform/local-day.js';
import type { Transitions } from '../platform/transitions.js';
import { plusWorkingDays } from '../platform/working-days.js';

export const OBSTACLE_CATEGORIES = ['rule', 'money', 'waiting-list', 'agency', 'information', 'other'] as const;
export type ObstacleCategory = (typeof OBSTACLE_CATEGORIES)[number];

/** `lapsed`: nobody does the promise any more, or the case ended, while it was in the way. */
export const OBSTACLE_STATES = ['open', 'removed', 'lapsed'] as const;
export type ObstacleState = (typeof OBSTACLE_STATES)[number];

export type ObstacleEvent = 'removal' | 'reopening' | 'promise-ended';

export const OBSTACLE_TRANSITIONS: Transitions<ObstacleState, ObstacleEvent> = {
  open: { removal: 'removed', 'promise-ended': 'lapsed' },
  removed: { reopening: 'open' },
  lapsed: { reopening: 'open' },
};

/** An organisation as it is compared: `  Wijkteam  noord ` is `wijkteam noord`. */
export const organisationKey = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** In fewer cases than this what comes back is not shown: it would say something of one of them. */
export const RECURS_FROM = 3;

/** After how many working days the lead sees it, and the director of the organisation whose move it is is written to. */
export const ESCALATES_AFTER = { lead: 5, director: 10 } as const;
export type EscalationStep = keyof typeof ESCALATES_AFTER;
export const ESCALATION_STEPS = Object.keys(ESCALATES_AFTER) as EscalationStep[];

/** When a step is due: so many working days later at the same time of the day, whatever the clocks do in between. */
export function escalatesAt(openSince: Date, step: EscalationStep): Date {
  const at = DateTime.fromJSDate(openSince, { zone: ZONE });
  const day = DateTime.fromISO(plusWorkingDays(localDay(openSince), ESCALATES_AFTER[step]), { zone: ZONE });
  return day.set({ hour: at.hour, minute: at.minute, second: at.second, millisecond: at.millisecond }).toJSDate();
}

/** Of people who are here for themselves nobody else hears: only an organisation's move, or that of its professional, goes further. */
export function goesFurther(mover: { moverId: string | null; moverKind: string | null; moverIsMainPerson: boolean }): boolean {
  return mover.moverId === null || (mover.moverKind === 'professional' && !mover.moverIsMainPerson);
}

/** `no-director`: nobody is named for the organisation. `asked`: the main persons see the text and have not all said yes. */
export const DIRECTOR_MAIL_STATES = ['no-director', 'asked', 'declined', 'sent'] as const;
export type DirectorMailState = (typeof DIRECTOR_MAIL_STATES)[number];
export type DirectorMailEvent = 'asked' | 'nobody-named' | 'all-agree' | 'someone-declines' | 'some-agree';

/** `none`: it does not stand long enough, or is nobody's outside. */
export const DIRECTOR_MAIL_TRANSITIONS: Transitions<DirectorMailState | 'none', DirectorMailEvent> = {
  none: { asked: 'asked', 'nobody-named': 'no-director' },
  'no-director': { asked: 'asked' },
  asked: { 'all-agree': 'sent', 'some-agree': 'asked', 'someone-declines': 'declined', 'nobody-named': 'no-director' },
  declined: { 'all-agree': 'sent', 'some-agree': 'asked', 'someone-declines': 'declined', 'nobody-named': 'no-director' },
  sent: {},
};

/** What the answers of the main persons come to: one no holds it back, and it goes when all said yes. */
export function directorMailEvent(answers: readonly (boolean | null)[]): DirectorMailEvent {
  if (answers.includes(false)) return 'someone-declines';
  return answers.every((answer) => answer === true) ? 'all-agree' : 'some-agree';
}
