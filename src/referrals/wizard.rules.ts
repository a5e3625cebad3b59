/**
 * The questions of `/aanmelden`, as a table. What is typed is kept as typed, in the shape of the body that `POST /v1/referrals`
 * takes, so that the checks of the call are the checks of each question. No clock, no database.
 */
export const WAYS = ['other', 'self'] as const;
export type Way = (typeof WAYS)[number];

/** Who fills it in: somebody who works here and has signed in, or anyone else. */
export type Visitor = 'staff' | 'stranger';

export type Typed = string | number | readonly string[];
export interface Answers {
  [name: string]: Typed | Answers | undefined;
}

/** Somebody who was added, with what was typed about them. `id` stays theirs when others go. */
export type DraftPerson = { id: number } & Answers;

/** A referral in the making. */
export interface Draft {
  answers: Answers;
  otherMainPersons: DraftPerson[];
  circle: DraftPerson[];
  answered: StepKey[];
  /** The last number that was given to a person. */
  lastId: number;
}

export const emptyDraft = (): Draft => ({ answers: {}, otherMainPersons: [], circle: [], answered: [], lastId: 0 });

export type StepKey =
  | 'way' | 'question' | 'themes' | 'safety' | 'now' | 'consent' | 'who' | 'reach' | 'others' | 'circle' | 'neighbourhood' | 'source' | 'referrer' | 'conditions';
export type PeopleList = 'otherMainPersons' | 'circle';

export interface Step {
  key: StepKey;
  /** The last part of its address. */
  path: string;
  /** The names of its fields; a name is the place of the answer in the referral. */
  fields: readonly string[];
  /** Asked only then. */
  when?: (answers: Answers, by: Visitor) => boolean;
  /** What else it answers for, beside its fields. */
  also?: readonly string[];
  /** Answered by people who are added one at a time. */
  people?: PeopleList;
  /** Never comes by itself: it has an answer already, that can be changed. */
  aside?: true;
}

const forOther = (answers: Answers): boolean => wayOf(answers) === 'other';
export const isAcute = (answers: Answers): boolean => textAt(answers, 'safety.level') === 'acute';

export const STEPS: readonly Step[] = [
  { key: 'way', path: 'voor-wie', fields: ['way'] },
  { key: 'question', path: 'vraag', fields: ['question'] },
  { key: 'themes', path: 'themas', fields: ['themes'], when: forOther },
  { key: 'safety', path: 'veiligheid', fields: ['safety.level'] },
  { key: 'now', path: 'nu-veilig', fields: [], when: isAcute },
  { key: 'consent', path: 'toestemming', fields: ['consent.given', 'consent.on', 'consent.how', 'consent.ground'], also: ['consent'], when: forOther },
  { key: 'who', path: 'wie', fields: ['resident.name', 'resident.firstName', 'resident.language', 'resident.birthYear'] },
  {
    key: 'reach',
    path: 'bereiken',
    fields: ['resident.phone', 'resident.email', 'resident.reach', 'resident.address', 'resident.contactPreference.channel', 'resident.contactPreference.note'],
    also: ['resident'],
  },
  { key: 'others', path: 'anderen', fields: [], people: 'otherMainPersons', also: ['otherMainPersons'], when: forOther },
  { key: 'circle', path: 'kring', fields: [], people: 'circle', also: ['circle'] },
  { key: 'neighbourhood', path: 'buurt', fields: ['neighbourhoodCode'], when: forOther },
  { key: 'source', path: 'bron', fields: ['source'], when: (answers, by) => forOther(answers) && by === 'staff', aside: true },
  {
    key: 'referrer',
    path: 'verwijzer',
    fields: ['source', 'referrer.name', 'referrer.organisation', 'referrer.email', 'referrer.phone'],
    also: ['referrer'],
    when: (answers, by) => forOther(answers) && by === 'stranger',
  },
  { key: 'conditions', path: 'voorwaarden', fields: ['safety.conditions'], when: forOther },
];

export const CHECK_PATH = 'controle';

/** The fields of somebody who is added, by list. Who asks for themself names people by first name. */
export const PERSON_FIELDS: Readonly<Record<PeopleList, readonly string[]>> = {
  otherMainPersons: ['name', 'firstName', 'phone', 'email', 'reach', 'address', 'language'],
  circle: ['name', 'relation', 'phone', 'email', 'organisation', 'reach', 'address', 'via'],
};
const FIRST_NAME_FIELDS: readonly string[] = ['name', 'relation'];
export const MOST_PEOPLE: Readonly<Record<PeopleList, number>> = { otherMainPersons: 5, circle: 60 };

export const personFields = (list: PeopleList, answers: Answers): readonly string[] =>
  list === 'circle' && wayOf(answers) === 'self' ? FIRST_NAME_FIELDS : PERSON_FIELDS[list];

export const stepAt = (path: string): Step | undefined => STEPS.find((step) => step.path === path);
const stepOf = (key: StepKey): Step => STEPS.find((step) => step.key === key)!;

/** What was typed at a place: `resident.name`. */
export function valueAt(answers: Answers, name: string): Typed | undefined {
  let at: Answers | Typed | undefined = answers;
  for (const part of name.split('.')) {
    if (typeof at !== 'object' || Array.isArray(at)) return undefined;
    at = (at as Answers)[part];
  }
  return typeof at === 'object' && !Array.isArray(at) ? undefined : (at as Typed | undefined);
}

export function textAt(answers: Answers, name: string): string | undefined {
  const value = valueAt(answers, name);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

/** The answers with another one at a place; without a value it is taken away. */
function withValue(answers: Answers, [head, ...rest]: readonly string[], value: Typed | undefined): Answers {
  const { [head!]: before, ...others } = answers;
  if (rest.length === 0) return value === undefined ? others : { ...others, [head!]: value };
  const inner = withValue(typeof before === 'object' && !Array.isArray(before) ? (before as Answers) : {}, rest, value);
  return Object.keys(inner).length === 0 ? others : { ...others, [head!]: inner };
}

export const wayOf = (answers: Answers): Way | undefined => WAYS.find((way) => way === answers.way);

/** The questions that this visitor gets, in their order. */
export function sequence({ answers }: Draft, by: Visitor): Step[] {
  return STEPS.filter((step) => !step.aside && (step.when?.(answers, by) ?? true));
}

/** Whether this question may be shown at all. */
export const isAsked = (step: Step, { answers }: Draft, by: Visitor): boolean => step.when?.(answers, by) ?? true;

/** The question after this one, or before it; null beyond the ends. */
export function neighbour(draft: Draft, by: Visitor, key: StepKey, distance: 1 | -1): Step | null {
  const steps = sequence(draft, by);
  const at = steps.findIndex((step) => step.key === key);
  return at < 0 ? null : (steps[at + distance] ?? null);
}

/** The first question that has no answer yet, or one that no longer fits; null when all is said. */
export function openStep(draft: Draft, by: Visitor, wrong: readonly StepKey[] = []): Step | null {
  return sequence(draft, by).find(({ key }) => !draft.answered.includes(key) || wrong.includes(key)) ?? null;
}

/** Whether one may stand here: everything before it has been answered. */
export function isReachable(step: Step, draft: Draft, by: Visitor): boolean {
  if (!isAsked(step, draft, by)) return false;
  const open = openStep(draft, by);
  if (open === null || step.aside) return open === null;
  const steps = sequence(draft, by).map(({ key }) => key);
  return steps.indexOf(step.key) <= steps.indexOf(open.key);
}

/** The draft with what was posted for this question; of anything else that was posted nothing is kept. */
export function answeredWith(draft: Draft, step: Step, posted: Answers): Draft {
  const answers = step.fields.reduce((known, name) => withValue(known, name.split('.'), taken(name, valueAt(posted, name))), draft.answers);
  return { ...draft, answers, answered: [...new Set([...draft.answered, step.key])] };
}

/** One wish on each line. */
const taken = (name: string, value: Typed | undefined): Typed | undefined => {
  if (name !== 'safety.conditions' || typeof value !== 'string') return value;
  const lines = value.split('\n').map((line) => line.trim()).filter(Boolean);
  return lines.length > 0 ? lines : undefined;
};

/** The draft with somebody added, or changed when `id` is one of the list. */
export function withPerson(draft: Draft, list: PeopleList, posted: Answers, id: number | null): Draft {
  const known = draft[list].some((person) => person.id === id);
  const ownId = known ? id! : draft.lastId + 1;
  const typed = personFields(list, draft.answers).reduce((person, name) => withValue(person, [name], valueAt(posted, name)), {} as Answers);
  const person: DraftPerson = { ...typed, id: ownId };
  const people = known ? draft[list].map((one) => (one.id === id ? person : one)) : [...draft[list], person];
  return { ...draft, [list]: people, lastId: Math.max(draft.lastId, ownId) };
}

/** The draft without somebody. Who was to be reached through them has to be reached in another way. */
export function withoutDraftPerson(draft: Draft, list: PeopleList, id: number): Draft {
  const people = draft[list]
    .filter((person) => person.id !== id)
    .map(({ via, ...person }) => (via === undefined || Number(via) === id ? person : { ...person, via }) as DraftPerson);
  return { ...draft, [list]: people };
}

/** Those who are signed in refer from the team unless they say otherwise. */
const sourceOf = ({ answers }: Draft, by: Visitor): Typed | undefined =>
  wayOf(answers) === 'self' ? 'resident' : (valueAt(answers, 'source') ?? (by === 'staff' ? 'team' : undefined));

/**
 * The draft as the body of `POST /v1/referrals`. What does not belong to the way that was chosen stays in the draft, and out
 * of the referral. The resident never sees a theme: who asks for themself has the one without a meaning.
 */
export function referralOf(draft: Draft, by: Visitor): Record<string, unknown> {
  const { answers } = draft;
  const self = wayOf(answers) === 'self';
  const other = { consent: consentOf(answers), otherMainPersons: draft.otherMainPersons.map(plain), neighbourhoodCode: answers.neighbourhoodCode };
  return defined({
    kind: 'unknown',
    source: sourceOf(draft, by),
    resident: residentOf(answers),
    question: answers.question,
    themes: self ? ['other'] : answers.themes,
    safety: defined({ level: valueAt(answers, 'safety.level'), conditions: self ? undefined : valueAt(answers, 'safety.conditions') }),
    ...(self ? {} : other),
    ...(self || by === 'staff' ? {} : { referrer: answers.referrer ?? {} }),
    circle: draft.circle.map((person) => memberOf(person, draft, self)),
  });
}

/** A preference without a channel or a word is none. */
const residentOf = ({ resident }: Answers): Answers => (typeof resident === 'object' ? { ...(resident as Answers) } : {});

const plain = ({ id: _, ...person }: DraftPerson): Answers => person;

function memberOf(person: DraftPerson, { circle }: Draft, self: boolean): Record<string, unknown> {
  const { via, ...rest } = plain(person);
  if (self) return defined({ name: rest.name, relation: rest.relation });
  const through = circle.findIndex(({ id }) => id === Number(via));
  return defined({ ...rest, reach: through < 0 ? rest.reach : 'via-member', viaIndex: through < 0 ? undefined : through });
}

/** With a yes, when and how it was said; without one, on what ground. */
function consentOf(answers: Answers): Record<string, unknown> | undefined {
  const given = textAt(answers, 'consent.given');
  const { on, how, ground } = (answers.consent ?? {}) as Answers;
  if (given === 'yes') return defined({ given: true, on, how });
  return given === 'no' ? defined({ given: false, ground: isAcute(answers) ? ground : undefined }) : undefined;
}

const defined = (record: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

export interface Pointed {
  pointer: string;
  code: string;
}

/** Which question an error belongs to: the one that answers for the longest part of its place. */
export function stepOfError(pointer: string, draft: Draft, by: Visitor): Step {
  const covers = (place: string): boolean => pointer === place || pointer.startsWith(`${place}/`);
  const claims = STEPS.filter((step) => isAsked(step, draft, by)).flatMap((step) =>
    [...step.fields, ...(step.also ?? [])].map((name) => ({ step, place: `/${name.replaceAll('.', '/')}` })),
  );
  const [found] = claims.filter(({ place }) => covers(place)).sort((a, b) => b.place.length - a.place.length);
  return found?.step ?? stepOf('question');
}

/** Nothing was chosen where the call has nothing to refuse. */
export function ownErrors({ answers }: Draft): Pointed[] {
  return wayOf(answers) ? [] : [{ pointer: '/way', code: 'choose-one' }];
}

/** Where an error stands on the page of its question: nobody can be reached by name. */
export const asAsked = ({ pointer, code }: Pointed): Pointed => {
  if (code === 'unreachable') return { pointer: `${pointer}/phone`, code };
  if (pointer === '/consent' || pointer === '/safety') return { pointer: `${pointer}/${pointer === '/consent' ? 'given' : 'level'}`, code: 'choose-one' };
  if (code === 'required' && CHOICES.has(pointer)) return { pointer, code: 'choose-one' };
  return pointer.endsWith('/viaIndex') ? { pointer: pointer.replace(/viaIndex$/, 'via'), code } : { pointer, code };
};
const CHOICES: ReadonlySet<string> = new Set(['/themes', '/safety/level', '/consent/given', '/source']);
