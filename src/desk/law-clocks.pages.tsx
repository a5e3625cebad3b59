import type { VNode } from 'preact';
import type { LawClockAnswer } from '../cases/law-clocks.dto.js';
import type { LawClockState } from '../cases/law-clocks.rules.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { StatusBadge, type Tone } from '../web/components/status-badge.js';
import { dayOfYear } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { Section } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

const TONES: Record<LawClockState, Tone> = { running: 'neutral', late: 'attention', done: 'good' };

/** What the law asks in time, each term with the day on which it was done. Nothing when no term runs. */
export function LawClocksSection({ reference, clocks }: { reference: string; clocks: readonly LawClockAnswer[] }): VNode | null {
  const all = useTexts();
  const t = all.deskCase.lawClocks;
  if (clocks.length === 0) return null;
  return (
    <Section id="termijnen" title={t.title}>
      <ul class="plain">
        {clocks.map(({ clock, text, dueOn, doneOn, state }) => {
          const action = address(ROUTES.lawClock, { ref: reference, clock });
          return (
            <li>
              <p>
                {text} <StatusBadge tone={TONES[state]}>{all.cases.lawClockStates[state]}</StatusBadge>
              </p>
              <p class="quiet">{doneOn ? t.doneOn(dayOfYear(doneOn)) : dueOn ? t.dueOn(dayOfYear(dueOn)) : t.first}</p>
              <Disclosure summary={doneOn ? t.change : t.note} actions={[action]}>
                <Form action={action}>
                  <TextField name="doneOn" type="date" label={t.day} optional value={doneOn} />
                  <Button>{t.save}</Button>
                </Form>
              </Disclosure>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
