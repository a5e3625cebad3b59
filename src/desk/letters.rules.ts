import type { MailParts, Template } from '../messages/templates.rules.js';
import type { CircleTexts } from '../texts/nl/circle-messages.js';

/** What is never read out or put in an envelope: it opens a page or a device. */
const SECRET: ReadonlySet<Template> = new Set<Template>(['device-code', 'personal-link', 'password-link']);

/** Whether a person may say or write this in place of the service. */
export const canBeSaid = (template: Template): boolean => !SECRET.has(template);

/** Templates that offer dates to choose from, when they have any. */
const WITH_DATES: ReadonlySet<Template> = new Set<Template>(['invitation', 'meeting-poll', 'poll-reminder']);
const WITH_YES: ReadonlySet<Template> = new Set<Template>(['invitation', 'meeting-fixed', 'meeting-reminder']);

/**
 * What can be ticked: each date that is offered and none of them, else whether one takes part; nothing where nothing is asked.
 * Returns the facts that stay in the letter itself beside it.
 */
export function toTick(
  template: Template,
  { facts }: Pick<MailParts, 'facts'>,
  t: CircleTexts['layout']['letter'],
): { choices: string[]; facts: MailParts['facts'] } {
  if (WITH_DATES.has(template) && facts.length > 0) {
    const choices = facts.map(([, date]) => `${t.can}: ${date}`);
    return { choices: [...choices, t.none, ...(template === 'invitation' ? [t.comesNot] : [])], facts };
  }
  return { choices: WITH_YES.has(template) ? [t.comes, t.comesNot] : [], facts };
}

/** One line of the envelope for each line, or part between commas, that was typed. */
export const addressLines = (address: string | null | undefined): string[] =>
  (address ?? '').split(/[\n,]+/).map((part) => part.trim()).filter(Boolean);
