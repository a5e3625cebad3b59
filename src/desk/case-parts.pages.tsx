import type { ComponentChildren, VNode } from 'preact';
import { howOften } from '../plans/rhythm.rules.js';
import { wordFor } from '../texts/nl/desk-words.js';
import type { Texts } from '../texts/texts.js';
import type { Option } from '../web/components/field.js';
import { day } from '../web/format.js';

export interface MainPerson {
  id: string;
  name: string;
  firstName: string | null;
  phone: string | null;
  phoneVerified: boolean;
  email: string | null;
}

/** The name by which someone is called. */
export const callName = (person: { name: string; firstName: string | null }): string => person.firstName ?? person.name;

/** Codes with their words, to choose from. */
export const optionsOf = (words: Readonly<Record<string, string>>, codes: readonly string[] = Object.keys(words)): Option[] =>
  codes.map((value) => ({ value, label: wordFor(words, value) }));

/** How often something is done, else by when; empty where neither was said. */
export const byWhen = ({ desk }: Texts, { every, dueOn }: { every: string | null; dueOn: string | null }): string =>
  every ? howOften(every) : dueOn ? desk.circle.before(day(dueOn)) : '';

/** A part of the case page with its heading: where the menu on top leads to. */
export function Section({ id, title, children }: { id: string; title: string; children: ComponentChildren }): VNode {
  return (
    <section class="card" id={id} aria-labelledby={`${id}-titel`}>
      <h2 id={`${id}-titel`}>{title}</h2>
      {children}
    </section>
  );
}

/** The part of the page where a main person gets a link, or is shown one. */
export const LINKS_OF_MAIN_PERSONS = 'bewoner';
