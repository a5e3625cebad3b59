import type { VNode } from 'preact';
import type { LawClockAnswer, OpenLawClock } from '../cases/law-clocks.dto.js';
import type { LawClockState } from '../cases/law-clocks.rules.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { StatusBadge, type Tone } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
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

/** The same for whom it is about: to read, nothing to fill in. */
export function LawTerms({ clocks }: { clocks: readonly LawClockAnswer[] }): VNode | null {
  const all = useTexts();
  const t = all.deskCase.lawClocks;
  if (clocks.length === 0) return null;
  return (
    <section class="card" aria-labelledby="op-tijd">
      <h2 id="op-tijd">{t.title}</h2>
      <p class="quiet">{t.mine}</p>
      <ul class="plain">
        {clocks.map(({ text, dueOn, doneOn, state }) => (
          <li>
            <p>
              {text} <StatusBadge tone={TONES[state]}>{all.cases.lawClockStates[state]}</StatusBadge>
            </p>
            <p class="quiet">{doneOn ? t.doneOn(dayOfYear(doneOn)) : dueOn ? t.dueOn(dayOfYear(dueOn)) : t.first}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

export interface OpenLawClocksProps {
  clocks: readonly OpenLawClock[];
  /** There are more than these. */
  more: boolean;
  facilitators: readonly { id: string; name: string }[];
}

/** What is still to be done everywhere, the first to end first; for a lead, who sees numbers and nothing of what they are about. */
export function OpenLawClocks({ clocks, more, facilitators }: OpenLawClocksProps): VNode {
  const all = useTexts();
  const t = all.deskCase.lawClocks;
  return (
    <section class="card" aria-labelledby="termijnen">
      <h2 id="termijnen">{t.title}</h2>
      <Table
        caption={t.title}
        captionUnseen
        empty={t.none}
        rows={clocks}
        columns={[
          { heading: t.reference, names: true, cell: (one) => one.reference },
          { heading: t.what, cell: (one) => one.text },
          { heading: t.when, cell: (one) => (one.dueOn ? dayOfYear(one.dueOn) : t.noTerm) },
          {
            heading: t.state,
            cell: (one) => <StatusBadge tone={TONES[one.state]}>{all.cases.lawClockStates[one.state]}</StatusBadge>,
          },
          { heading: t.facilitator, cell: (one) => <bdi>{facilitators.find(({ id }) => id === one.facilitatorId)?.name ?? '–'}</bdi> },
        ]}
      />
      {more && <p class="quiet">{t.more(clocks.length)}</p>}
    </section>
  );
}
