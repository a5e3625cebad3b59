import type { VNode } from 'preact';
import { PART_CHOICES, type PartOfPeople } from '../meetings/parts.rules.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Select } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { useTexts } from '../web/frame.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

interface Person {
  id: string;
  name: string;
}

/** Which part each person comes for, to choose: the fields of a form around it, `parts.<memberId>`. */
export function PartFields({ people, parts = [] }: { people: readonly Person[]; parts?: readonly PartOfPeople[] }): VNode {
  const t = useTexts().circleCare;
  const chosen = (id: string): string => {
    const at = parts.findIndex(({ memberIds }) => memberIds.includes(id));
    return at < 0 ? 'whole' : at === 0 ? 'first' : 'second';
  };
  return (
    <div class="fields">
      {people.map(({ id, name }) => (
        <Select name={`parts.${id}`} label={name} value={chosen(id)} options={optionsOf(t.partChoices, PART_CHOICES)} />
      ))}
    </div>
  );
}

/** An open meeting split in two halves, with a quarter of an hour between; with what is wrong as it stands. */
export function MeetingParts({
  reference,
  meeting,
  people,
}: {
  reference: string;
  meeting: { id: string; parts: readonly PartOfPeople[]; warning: string | null };
  people: readonly Person[];
}): VNode {
  const all = useTexts();
  const t = all.circleCare;
  const action = address(ROUTES.meetingParts, { ref: reference, meetingId: meeting.id });
  return (
    <>
      {meeting.warning && <Notice tone="warning">{t.notLikeThis}</Notice>}
      <Disclosure summary={t.split} actions={[action]}>
        <p class="quiet">{t.splitWhat}</p>
        <Form action={action}>
          <PartFields people={people} parts={meeting.parts} />
          <Button>{t.splitSave}</Button>
        </Form>
      </Disclosure>
    </>
  );
}
