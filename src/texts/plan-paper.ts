import { planPaper as ar } from './ar/plan-paper.js';
import { planPaper as en } from './en/plan-paper.js';
import type { MessageLanguage } from './message-languages.js';
import { messageDates } from './message-dates.js';
import { planPaper as nl, type PlanPaperTexts } from './nl/plan-paper.js';
import { planPaper as tr } from './tr/plan-paper.js';

const TEXTS: Readonly<Record<MessageLanguage, PlanPaperTexts>> = { nl, en, tr, ar };

export const planPaperTexts = (language: MessageLanguage): PlanPaperTexts => TEXTS[language];

/** A Monday, to name the days of the week by. */
const MONDAY = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 24 * 60 * 60 * 1000;

export interface SheetWords {
  texts: PlanPaperTexts;
  day: (instant: string) => string;
  list: (names: readonly string[]) => string;
  /** 0 is Monday. */
  weekdays: (days: readonly number[]) => string;
}

/** The fixed words of a plan in a language, with its dates and lists. */
export function sheetWords(language: MessageLanguage): SheetWords {
  const texts = planPaperTexts(language);
  const dates = messageDates(texts.locale, { moment: String, span: String });
  const list = new Intl.ListFormat(texts.locale, { type: 'conjunction' });
  const weekday = new Intl.DateTimeFormat(texts.locale, { weekday: 'long', timeZone: 'UTC' });
  return {
    texts,
    day: dates.day,
    list: (names) => list.format(names),
    weekdays: (days) => list.format(days.map((day) => weekday.format(new Date(MONDAY + day * DAY_MS)))),
  };
}
