import { plusDays, plusWorkingDays, workingDayFrom } from '../platform/working-days.js';

/** The laws whose terms an organisation can have shown. */
export const LAWS = ['wmo', 'debt-help', 'jeugdwet'] as const;
export type Law = (typeof LAWS)[number];

interface LawClock {
  law: Law;
  /** Themes of which the case must have one; every case when left out. */
  themes?: readonly string[];
  /** Takes the place of another clock. */
  insteadOf?: string;
  /** The last day, from the day of notification; null for what has an order and no term. */
  dueOn: (notifiedOn: string) => string | null;
  /** Whether it starts without a notification: it is owed anyway. */
  always?: boolean;
}

/** A term that ends in a weekend or on a holiday ends on the next working day (Algemene termijnenwet, art. 1). */
const days = (count: number) => (notifiedOn: string): string => workingDayFrom(plusDays(notifiedOn, count));

/** What the law asks in time, each with its source. A new term is a line here and its sentence in the texts. */
export const LAW_CLOCKS = {
  /** Own plan of the resident, within seven days of the notification: Wmo 2015, art. 2.3.2 lid 2. */
  'personal-plan': { law: 'wmo', dueOn: days(7) },
  /** Research after a notification, within six weeks: Wmo 2015, art. 2.3.2 lid 1. */
  research: { law: 'wmo', dueOn: days(42) },
  /** First talk about debts within four weeks: Wet gemeentelijke schuldhulpverlening, art. 4 lid 1. */
  'debt-talk': { law: 'debt-help', themes: ['debt'], dueOn: days(28) },
  /** Within three working days when eviction or cut-off threatens: Wet gemeentelijke schuldhulpverlening, art. 4 lid 2. */
  'urgent-debt-talk': { law: 'debt-help', themes: ['eviction'], insteadOf: 'debt-talk', dueOn: (on) => plusWorkingDays(on, 3) },
  /** First of all the family may make its own plan, in reasonable time: Jeugdwet, art. 4.1.2. */
  'family-group-plan': { law: 'jeugdwet', themes: ['parenting', 'youth-crime', 'divorce'], dueOn: () => null, always: true },
} as const satisfies Record<string, LawClock>;
export type LawClockName = keyof typeof LAW_CLOCKS;
export const LAW_CLOCK_NAMES = Object.keys(LAW_CLOCKS) as LawClockName[];

export interface StartedClock {
  clock: LawClockName;
  startsOn: string;
  dueOn: string | null;
}

/** The clocks that run for a case: by its themes and the organisation's laws, from the day that the municipality was notified. */
export function clocksFor(about: { themes: readonly string[]; laws: readonly string[]; notifiedOn: string | null; openedOn: string }): StartedClock[] {
  const running = Object.entries<LawClock>(LAW_CLOCKS).filter(
    ([, { law, themes, always }]) =>
      about.laws.includes(law) &&
      (always || about.notifiedOn !== null) &&
      (themes === undefined || themes.some((theme) => about.themes.includes(theme))),
  );
  const replaced = running.map(([, { insteadOf }]) => insteadOf);
  const startsOn = about.notifiedOn ?? about.openedOn;
  return running
    .filter(([name]) => !replaced.includes(name))
    .map(([name, { dueOn }]) => ({ clock: name as LawClockName, startsOn, dueOn: dueOn(startsOn) }));
}

export type LawClockState = 'running' | 'late' | 'done';

/** Where a clock stands on a day. */
export function clockState({ dueOn, doneOn }: { dueOn: string | null; doneOn: string | null }, today: string): LawClockState {
  if (doneOn !== null) return 'done';
  return dueOn !== null && dueOn < today ? 'late' : 'running';
}
