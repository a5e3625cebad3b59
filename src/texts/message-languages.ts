import { ar } from './ar/messages.js';
import { en } from './en/messages.js';
import { circleMessages, type CircleTexts } from './nl/circle-messages.js';
import { tr } from './tr/messages.js';

/** The languages in which people of the circle and main persons get their messages; staff and pages are in Dutch. */
export const MESSAGE_LANGUAGES = ['nl', 'en', 'tr', 'ar'] as const;
export type MessageLanguage = (typeof MESSAGE_LANGUAGES)[number];

const TEXTS: Record<MessageLanguage, CircleTexts> = { nl: circleMessages, en, tr, ar };

const RIGHT_TO_LEFT: ReadonlySet<MessageLanguage> = new Set<MessageLanguage>(['ar']);

export type CircleTemplate = keyof CircleTexts['templates'];

/** Whether a template goes to people outside the staff, and so has its words in every language. */
export const isCircleTemplate = (template: string): template is CircleTemplate => template in circleMessages.templates;

/** How the field is filled in by those who do not know language codes. */
const IN_WORDS: Readonly<Record<string, MessageLanguage>> = {
  engels: 'en', english: 'en', turks: 'tr', 'türkçe': 'tr', arabisch: 'ar', 'العربية': 'ar',
};

/** The language in which we write to someone: theirs (`en-GB` or `Engels` is `en`), Dutch when we do not have it. */
export function messageLanguage(asked: string): MessageLanguage {
  const words = asked.trim().toLowerCase();
  const main = IN_WORDS[words] ?? words.split('-')[0];
  return MESSAGE_LANGUAGES.find((language) => language === main) ?? 'nl';
}

export const directionOf = (language: MessageLanguage): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr');

export const circleTextsFor = (language: MessageLanguage): CircleTexts => TEXTS[language];
