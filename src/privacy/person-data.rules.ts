/** One thing that is kept: named values, in the order in which they are read. */
export type Fields = Record<string, Value>;
export type Value = string | number | boolean | null | readonly string[];

/** Everything of one kind. */
export interface Section {
  key: SectionKey;
  records: Fields[];
}

/** The headings of what a person is given, in the order in which they stand there. */
export const SECTION_KEYS = [
  'person', 'source', 'notices', 'consents', 'referral', 'case', 'law-terms', 'contact-attempts', 'talks', 'participation', 'messages', 'meetings', 'circle-answers', 'statements', 'preconditions', 'plan-versions',
  'plan-draft', 'agreements', 'safety-conditions', 'safety-tests', 'commitments', 'marks', 'obstacles', 'offers', 'wellbeing', 'cost-lines', 'timeline', 'corrections', 'erasure-requests', 'links',
  'sessions', 'lookups', 'looks',
] as const;
export type SectionKey = (typeof SECTION_KEYS)[number];

/** Which tables hold something about a person, and under which heading they are given it. */
export const IN_EXPORT: Readonly<Record<string, SectionKey>> = {
  circle_members: 'person',
  referrals: 'referral',
  cases: 'case',
  cases_law_clocks: 'law-terms',
  circle_consents: 'consents',
  circle_notices: 'notices',
  circle_answers: 'circle-answers',
  cases_timeline: 'timeline',
  circle_contact_attempts: 'contact-attempts',
  circle_preparation_talks: 'talks',
  circle_participations: 'participation',
  messages: 'messages',
  meetings: 'meetings',
  meetings_slots: 'meetings',
  meetings_responses: 'meetings',
  meetings_attendance: 'meetings',
  meetings_parts: 'meetings',
  meetings_private_calls: 'meetings',
  plans_statements: 'statements',
  plans_statement_versions: 'statements',
  plans_precondition_versions: 'preconditions',
  plans_preconditions: 'preconditions',
  plans: 'plan-versions',
  plans_drafts: 'plan-draft',
  plans_agreements: 'agreements',
  plans_conditions: 'safety-tests',
  plans_commitments: 'commitments',
  plans_marks: 'marks',
  plans_obstacles: 'obstacles',
  plans_passings: 'offers',
  plans_help: 'offers',
  plans_help_offers: 'offers',
  plans_contributions: 'offers',
  micro_analysis_measurements: 'wellbeing',
  micro_analysis_cost_lines: 'cost-lines',
  people_sessions: 'sessions',
  people_links: 'links',
  platform_lookups: 'lookups',
  audit_events: 'looks',
  privacy_corrections: 'corrections',
  privacy_erasure_requests: 'erasure-requests',
};

/** Which tables with an id of a person or a case are not given, and why not. */
export const NOT_IN_EXPORT: Readonly<Record<string, string>> = {
  circle_contact_restrictions: 'For professionals only, for the safety of both: not even that there is one.',
  cases_independence_checks: 'About the facilitator; the wishes in it are theirs who said them, and are talked over with them.',
  circle_growth: 'How many people, at four moments: nothing that says who.',
  privacy_legal_holds: 'About what must be kept for a complaint or a court, not about the person; who looked at it is given.',
  meetings_private_times: 'When the circle was by itself, of the whole meeting: nothing that says who.',
  meetings_calendar_copies: 'Only that a date stands in their calendar, and how often that changed: what was sent is given under messages.',
  privacy_notices: 'Only the day on which the main persons were told that the plan goes: that message is given under messages.',
  privacy_retention_cases: 'A number in the report of a nightly run, without anything that says who.',
  messages_unreachable: 'A hash of an address that takes nothing, and that somebody wants no mail: which messages came back is given under messages.',
  people_step_up_codes: 'A code of ten minutes, of which only a hash is kept.',
};

/** Someone else of the same case, as others may know them. */
export interface Other {
  name: string;
  firstName: string | null;
  /** The word for who they are to the main person. */
  role: string;
  email?: string;
  phone?: string;
  address?: string;
  guardians?: readonly string[];
}

const LEFT_OUT = '…';
/** A part of a name shorter than this is as well a word. */
const SHORTEST_NAME = 3;

/** How someone else is called: by first name, else by what they are. */
export const calledFor = (other: Pick<Other, 'firstName' | 'role'>): string => other.firstName ?? other.role;

/**
 * A function that takes other people out of a text: their name becomes the first name or what they are, and mail, telephone and
 * address are left out. What the reader shares with them (a family name, a number) stays: it is the reader's too.
 */
export function redaction(own: { words: readonly string[] }, others: readonly Other[]): (text: string) => string {
  const mine = own.words.map((word) => word.toLowerCase());
  const isMine = (word: string): boolean => mine.some((one) => one.includes(word.toLowerCase()));
  const replacements = others.flatMap((other): [string, string][] => {
    const called = calledFor(other);
    const surname = other.firstName && other.name.startsWith(other.firstName) ? other.name.slice(other.firstName.length).trim() : '';
    const hidden = [other.email, other.phone, other.phone && nationalOf(other.phone), other.address, ...(other.guardians ?? [])];
    return [
      [other.name, called],
      [surname, ''],
      ...hidden.map((value): [string, string] => [value ?? '', LEFT_OUT]),
    ];
  });
  const used = replacements
    .filter(([word, called]) => word.length >= SHORTEST_NAME && word !== called && !isMine(word))
    // The longest first, so that a name goes before the part of it that is also somebody's.
    .sort(([a], [b]) => b.length - a.length)
    .map(([word, called]) => [new RegExp(`(?<![\\p{L}\\d])${escaped(word)}(?![\\p{L}\\d])`, 'giu'), called] as const);
  return (text) => used.reduce((known, [word, called]) => known.replace(word, called), text);
}

const nationalOf = (phone: string): string => phone.replace(/^\+31/, '0');
const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The same for every value of every record; what names a section or a code is no text of a person. */
export function redacted(sections: readonly Section[], redact: (text: string) => string): Section[] {
  const value = (one: Value): Value => (typeof one === 'string' ? redact(one) : Array.isArray(one) ? one.map((item: string) => redact(item)) : one);
  return sections.map(({ key, records }) => ({
    key,
    records: records.map((record) => Object.fromEntries(Object.entries(record).map(([name, one]) => [name, value(one)]))),
  }));
}

/** What was looked at, done, or refused: enough to know who to ask about it. */
export function lookKind(action: string, result: string): 'refused' | 'exported' | 'looked' | 'changed' {
  if (result === 'refused') return 'refused';
  if (action === 'privacy.exported') return 'exported';
  return /(read|listed)$/.test(action) ? 'looked' : 'changed';
}

/** Whether an Accept header asks for a page before JSON. */
export function wantsPage(accept = ''): boolean {
  const types = accept.split(',').map((part) => part.split(';')[0]!.trim().toLowerCase());
  const at = (type: string): number => types.indexOf(type);
  return at('text/html') >= 0 && (at('application/json') < 0 || at('text/html') < at('application/json'));
}
