/** A plan as one reader may read it, as far as a difference goes. A professional's has no statements and preconditions. */
export interface ComparedPlan {
  goals: readonly { id: string; text: string }[];
  commitments: readonly {
    id: string;
    memberId: string;
    memberName: string;
    text: string;
    goalId: string | null;
    dueOn: string;
    every: string | null;
  }[];
  safetyConditions: readonly {
    id: string;
    text: string;
    reason: string | null;
    setByMemberId: string;
    deputyMemberId: string | null;
    metBy: string | null;
  }[];
  statements?: readonly { memberId: string; memberName: string; want: string; can: string; need: string }[];
  preconditions?: Readonly<Record<(typeof PRECONDITIONS)[number], string>> | null;
}

export const DIFFERENCE_PARTS = ['goal', 'commitment', 'safety-condition', 'statement', 'precondition'] as const;
export type DifferencePart = (typeof DIFFERENCE_PARTS)[number];
export const LINE_CHANGES = ['added', 'removed', 'changed'] as const;
export type LineChange = (typeof LINE_CHANGES)[number];

export interface ChangedField {
  name: string;
  before: string | null;
  after: string | null;
}

/** One line that is not the same in both versions. */
export interface ChangedLine {
  part: DifferencePart;
  id: string;
  change: LineChange;
  /** Whose it is, or was; null where it is nobody's alone. */
  memberName: string | null;
  /** What the line says now, or said. */
  text: string;
  /** What differs, of a line that is in both; goals and people by their words. */
  fields: ChangedField[];
}

const PRECONDITIONS = ['home', 'money', 'relations', 'days'] as const;

interface Line {
  id: string;
  memberName: string | null;
  text: string;
  fields: Readonly<Record<string, string | null>>;
}

/** What is not the same in the newer of two versions, in the order in which a plan is read. Where it stands is no difference. */
export function differenceOf(older: ComparedPlan, newer: ComparedPlan, nameOf: (memberId: string) => string | null): ChangedLine[] {
  return DIFFERENCE_PARTS.flatMap((part) => {
    const [before, after] = [linesOf(older, part, nameOf), linesOf(newer, part, nameOf)];
    const [were, are] = [new Map(before.map((line) => [line.id, line])), new Set(after.map(({ id }) => id))];
    const here = after.flatMap((line): ChangedLine[] => {
      const was = were.get(line.id);
      if (!was) return [changed(part, line, 'added')];
      const fields = differing(was, line);
      return fields.length === 0 ? [] : [{ ...changed(part, line, 'changed'), fields }];
    });
    return [...here, ...before.filter(({ id }) => !are.has(id)).map((line) => changed(part, line, 'removed'))];
  });
}

const changed = (part: DifferencePart, { id, memberName, text }: Line, change: LineChange): ChangedLine => {
  return { part, id, change, memberName, text, fields: [] };
};

const differing = (was: Line, is: Line): ChangedField[] =>
  Object.keys(is.fields)
    .map((name) => ({ name, before: was.fields[name] ?? null, after: is.fields[name] ?? null }))
    .filter(({ before, after }) => before !== after);

function linesOf(plan: ComparedPlan, part: DifferencePart, nameOf: (memberId: string) => string | null): Line[] {
  const goals = new Map(plan.goals.map(({ id, text }) => [id, text]));
  switch (part) {
    case 'goal':
      return plan.goals.map(({ id, text }) => ({ id, memberName: null, text, fields: { text } }));
    case 'commitment':
      return plan.commitments.map(({ id, memberName, text, goalId, dueOn, every }) => {
        return { id, memberName, text, fields: { who: memberName, text, goal: goals.get(goalId ?? '') ?? null, dueOn, every } };
      });
    case 'safety-condition':
      return plan.safetyConditions.map(({ id, text, reason, setByMemberId, deputyMemberId, metBy }) => {
        const setBy = nameOf(setByMemberId);
        return { id, memberName: setBy, text, fields: { text, reason, setBy, deputy: deputyMemberId && nameOf(deputyMemberId), metBy } };
      });
    case 'statement':
      return (plan.statements ?? []).map(({ memberId, memberName, want, can, need }) => {
        return { id: memberId, memberName, text: want, fields: { want, can, need } };
      });
    case 'precondition':
      return PRECONDITIONS.flatMap((name) => {
        const level = plan.preconditions?.[name];
        return level ? [{ id: name, memberName: null, text: level, fields: { level } }] : [];
      });
  }
}
