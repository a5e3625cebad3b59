import type { VNode } from 'preact';
import { WAYS_TO_TAKE_PART, type AbsenceReason, type WayToTakePart } from '../circle/preparation.rules.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { useTexts } from '../web/frame.js';
import { optionsOf } from './case-parts.pages.js';
import { ROUTES } from './desk.routes.js';

export interface OwnPartProps {
  /** Null as long as nobody said it. */
  way: WayToTakePart | null;
  reason: AbsenceReason | null;
  spokespersonId: string | null;
  letter: string | null;
  recordingAt: string | null;
  remark: string | null;
  /** Who may speak for the reader, of those whom they may see here. */
  others: readonly { id: string; name: string }[];
}

/** On `/kring`: how somebody takes part, also without being there. */
export function OwnPartSection({ way, reason, spokespersonId, letter, recordingAt, remark, others }: OwnPartProps): VNode {
  const all = useTexts();
  const t = all.preparation.part;
  return (
    <section class="card" aria-labelledby="meedoen">
      <h2 id="meedoen">{t.title}</h2>
      <p>{way ? t.said(t.ways[way]) : t.intro}</p>
      <Disclosure summary={way ? t.change : t.choose} actions={[ROUTES.ownPart]}>
        <Form action={ROUTES.ownPart}>
          <Choice name="way" label={t.way} value={way} options={optionsOf(t.ways, WAYS_TO_TAKE_PART)} />
          {others.length > 0 && (
            <Select
              name="spokespersonId"
              label={t.spokesperson}
              hint={t.spokespersonElse}
              optional
              value={spokespersonId}
              options={others.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          <TextArea name="letter" label={t.letter} value={letter} optional />
          <TextField name="recordingAt" label={t.recordingAt} value={recordingAt} optional />
          <Select name="reason" label={t.reason} value={reason} optional options={optionsOf(all.circle.absenceReasons)} />
          <TextArea name="remark" label={t.remark} value={remark} optional rows={2} />
          <Button>{t.save}</Button>
        </Form>
      </Disclosure>
    </section>
  );
}
