import type { VNode } from 'preact';
import { INSTRUMENTS, type Change, type InstrumentId, MOMENTS } from '../micro-analysis/wellbeing.rules.js';
import type { Texts } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Table } from '../web/components/table.js';
import { useTexts } from '../web/frame.js';
import { callName, optionsOf, Section, type MainPerson } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface WellbeingSectionProps {
  reference: string;
  mainPersons: readonly MainPerson[];
  /** Before, after and later, by person and instrument. */
  changes: readonly Pick<Change, 'memberId' | 'instrument' | 'before' | 'after' | 'later' | 'change' | 'meaningful'>[];
}

type InstrumentTexts = Texts['microAnalysis']['instruments'][InstrumentId];

/** How each main person is, before and after, and the questions to ask. */
export function WellbeingSection({ reference, mainPersons, changes }: WellbeingSectionProps): VNode {
  const all = useTexts();
  const t = all.deskCase.wellbeing;
  const nameOf = (id: string): string => callName(mainPersons.find((person) => person.id === id) ?? { name: '', firstName: '' });
  const score = (value: number | null): string => (value === null ? '–' : String(value).replace('.', ','));
  return (
    <Section id="welbevinden" title={t.title}>
      <Table
        caption={t.caption}
        captionUnseen
        empty={t.none}
        rows={changes}
        columns={[
          { heading: t.person, names: true, cell: (row) => <bdi>{nameOf(row.memberId)}</bdi> },
          { heading: t.instrument, cell: (row) => all.microAnalysis.instruments[row.instrument].name },
          { heading: t.before, numeric: true, cell: (row) => score(row.before) },
          { heading: t.after, numeric: true, cell: (row) => score(row.after) },
          { heading: t.later, numeric: true, cell: (row) => score(row.later) },
          {
            heading: t.change,
            cell: (row) =>
              row.change !== null && (
                <>
                  {row.change > 0 && '+'}
                  {score(row.change)}
                  <small>{row.meaningful ? t.matters : t.small}</small>
                </>
              ),
          },
        ]}
      />
      {Object.values(INSTRUMENTS).map((instrument) => (
        <Questions
          reference={reference}
          mainPersons={mainPersons}
          instrument={instrument.id}
          texts={all.microAnalysis.instruments[instrument.id]}
        />
      ))}
    </Section>
  );
}

interface QuestionsProps {
  reference: string;
  mainPersons: readonly MainPerson[];
  instrument: InstrumentId;
  texts: InstrumentTexts;
}

function Questions({ reference, mainPersons, instrument, texts }: QuestionsProps): VNode {
  const all = useTexts();
  const t = all.deskCase.wellbeing;
  const action = address(ROUTES.wellbeing, { ref: reference });
  const items: Readonly<Record<string, string>> = texts.items;
  const scale: Readonly<Record<number, string>> = texts.scale;
  const label = (value: number): string => (scale[value] ? `${value} – ${scale[value]}` : String(value));
  return (
    <Disclosure summary={t.ask(texts.name)} actions={[action]}>
      <p class="quiet">{texts.intro}</p>
      <Form action={action} hidden={{ instrument }} part={instrument}>
        <Select
          name="memberId"
          label={t.person}
          value={mainPersons.length === 1 ? mainPersons[0]!.id : null}
          options={mainPersons.map((one) => ({ value: one.id, label: one.name }))}
        />
        <Choice name="moment" label={t.moment} row options={optionsOf(all.desk.words.moments, MOMENTS)} />
        {INSTRUMENTS[instrument].items.map((item) => (
          <Choice
            name={`answers.${item.id}`}
            label={items[item.id] ?? item.id}
            row
            options={Array.from({ length: item.max - item.min + 1 }, (_, step) => ({
              value: String(item.min + step),
              label: label(item.min + step),
            }))}
          />
        ))}
        <p class="quiet">{all.microAnalysis.instruments.wording.own}</p>
        <Button>{t.save}</Button>
      </Form>
    </Disclosure>
  );
}
