import type { VNode } from 'preact';
import { rhythm } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Select, TextArea, TextField, type Option } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { useTexts } from '../web/frame.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

/** The draft as it stands; empty with version 0 before anyone wrote in it. */
export interface DraftView {
  version: number;
  goals: readonly { id: string; text: string }[];
  commitments: readonly {
    id: string;
    memberId: string;
    text: string;
    goalId: string | null;
    dueOn: string | null;
    every: string | null;
  }[];
  safetyConditions: readonly {
    id: string;
    text: string;
    reason: string | null;
    setByMemberId: string;
    deputyMemberId: string | null;
    metBy: string | null;
    /** The name of who set it. */
    setBy: string;
  }[];
}

/** Empty rows that stand ready; saving gives new ones. */
const SPARE_ROWS = 2;

type Row<Item> = Item | null;
const withSpare = <Item,>(items: readonly Item[]): Row<Item>[] => [...items, ...Array.from({ length: SPARE_ROWS }, () => null)];

/** The whole draft as one form: goals, who does what, how safety is kept. Rows that stay empty are left out. */
export function DraftForm({
  reference,
  people,
  draft,
}: {
  reference: string;
  people: readonly { id: string; name: string }[];
  draft: DraftView;
}): VNode {
  const t = useTexts().deskCase.plan;
  const action = address(ROUTES.planDraft, { ref: reference });
  const goals = draft.goals.map((goal) => ({ value: goal.id, label: goal.text }));
  const who = people.map((one) => ({ value: one.id, label: one.name }));
  return (
    <Disclosure summary={t.draftEdit} actions={[action]}>
      <Form action={action} hidden={unseen(draft)}>
        <h3>{t.goals}</h3>
        {withSpare(draft.goals).map((goal, index) => (
          <TextField name={`goals.${index}.text`} label={t.goal(index + 1)} value={goal?.text} optional={!goal} />
        ))}
        <h3>{t.commitments}</h3>
        <p class="quiet">{t.emptyRows}</p>
        {withSpare(draft.commitments).map((commitment, index) => (
          <CommitmentRow index={index} commitment={commitment} who={who} goals={goals} />
        ))}
        {draft.safetyConditions.length > 0 && <h3>{t.conditions}</h3>}
        {draft.safetyConditions.map((condition, index) => (
          <TextArea
            name={`safetyConditions.${index}.metBy`}
            label={t.condition(condition.text, condition.setBy)}
            hint={t.metBy}
            value={condition.metBy}
            optional
            rows={2}
          />
        ))}
        <Button>{t.saveDraft}</Button>
      </Form>
    </Disclosure>
  );
}

/** What travels along unseen: ids, and what this form does not change. */
function unseen(draft: DraftView): Record<string, string | number | null> {
  const rows = (list: string, items: readonly Readonly<Record<string, string | null>>[]): [string, string | null][] =>
    items.flatMap((item, index) =>
      Object.entries(item).map(([name, value]): [string, string | null] => [`${list}.${index}.${name}`, value]),
    );
  return {
    version: draft.version,
    ...Object.fromEntries([
      ...rows(
        'goals',
        draft.goals.map(({ id }) => ({ id })),
      ),
      ...rows(
        'commitments',
        draft.commitments.map(({ id }) => ({ id })),
      ),
      ...rows(
        'safetyConditions',
        draft.safetyConditions.map(({ id, text, reason, setByMemberId, deputyMemberId }) => ({
          id,
          text,
          reason,
          setByMemberId,
          deputyMemberId,
        })),
      ),
    ]),
  };
}

interface CommitmentRowProps {
  index: number;
  commitment: Row<DraftView['commitments'][number]>;
  who: readonly Option[];
  goals: readonly Option[];
}

/** The rhythms of the list, and the one that is there when it is another. */
const rhythms = (words: Readonly<Record<string, string>>, current: string | null | undefined): Option[] =>
  optionsOf(words, current && !(current in words) ? [...Object.keys(words), current] : undefined).map((one) => ({
    ...one,
    label: rhythm(one.value),
  }));

function CommitmentRow({ index, commitment, who, goals }: CommitmentRowProps): VNode {
  const all = useTexts();
  const t = all.deskCase.plan;
  const name = (field: string): string => `commitments.${index}.${field}`;
  return (
    <fieldset class="task">
      <legend>{t.commitment(index + 1)}</legend>
      <TextField name={name('text')} label={t.what} value={commitment?.text} />
      <div class="fields">
        <Select name={name('memberId')} label={t.who} value={commitment?.memberId} options={who} />
        {goals.length > 0 && (
          <Select name={name('goalId')} label={t.forGoal} value={commitment?.goalId} optional options={goals} />
        )}
        <TextField name={name('dueOn')} label={t.dueOn} type="date" value={commitment?.dueOn} />
        <Select
          name={name('every')}
          label={t.every}
          value={commitment?.every}
          options={[{ value: '', label: t.once }, ...rhythms(all.desk.words.every, commitment?.every)]}
        />
      </div>
    </fieldset>
  );
}
