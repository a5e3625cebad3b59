import type { VNode } from 'preact';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { useTexts } from '../web/frame.js';
import { callName, optionsOf, Section, type MainPerson } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface StatementsSectionProps {
  reference: string;
  mainPersons: readonly MainPerson[];
  /** By main person. */
  statements: Readonly<Record<string, { want: string; can: string; need: string } | null>>;
  /** `fine`, `attention` or `missing` for each; null when not asked yet. */
  preconditions: Readonly<Record<'home' | 'money' | 'relations' | 'days', string | null>>;
}

/** Want, can, need: in the own words of each main person. */
export function StatementsSection({ reference, mainPersons, statements }: StatementsSectionProps): VNode {
  const t = useTexts();
  const action = address(ROUTES.statement, { ref: reference });
  return (
    <Section id="zinnen" title={t.deskCase.statements.title}>
      {mainPersons.map((person) => {
        const own = statements[person.id] ?? null;
        return (
          <>
            {mainPersons.length > 1 && <h3 dir="auto">{t.deskCase.statements.of(callName(person))}</h3>}
            {own ? (
              <DefinitionList
                items={[
                  [t.desk.mine.want, <bdi>{own.want}</bdi>],
                  [t.desk.mine.can, <bdi>{own.can}</bdi>],
                  [t.desk.mine.need, <bdi>{own.need}</bdi>],
                ]}
              />
            ) : (
              <p class="quiet">{t.deskCase.statements.none}</p>
            )}
            <Disclosure summary={t.deskCase.statements.edit} about={callName(person)} actions={[action]}>
              <Form action={action} hidden={{ memberId: person.id }} part={person.id}>
                <TextArea name="want" label={t.desk.mine.want} value={own?.want} rows={2} />
                <TextArea name="can" label={t.desk.mine.can} value={own?.can} rows={2} />
                <TextArea name="need" label={t.desk.mine.need} value={own?.need} rows={2} />
                <Button>{t.desk.mine.save}</Button>
              </Form>
            </Disclosure>
          </>
        );
      })}
    </Section>
  );
}

const NEEDS = ['home', 'money', 'relations', 'days'] as const;

/** A place to live, calm about money, loved ones, meaningful days. */
export function PreconditionsSection({ reference, preconditions }: StatementsSectionProps): VNode {
  const all = useTexts();
  const t = all.deskCase.preconditions;
  const words = all.desk.words;
  const action = address(ROUTES.preconditions, { ref: reference });
  return (
    <Section id="voorwaarden" title={t.title}>
      <DefinitionList
        items={NEEDS.map((need) => [
          wordFor(words.preconditions, need),
          preconditions[need] ? wordFor(words.preconditionLevels, preconditions[need]) : <span class="quiet">{t.unknown}</span>,
        ])}
      />
      <Disclosure summary={t.edit} about={t.title} actions={[action]}>
        <Form action={action}>
          {NEEDS.map((need) => (
            <Choice
              name={need}
              label={wordFor(words.preconditions, need)}
              row
              value={preconditions[need]}
              options={optionsOf(words.preconditionLevels)}
            />
          ))}
          <Button>{t.save}</Button>
        </Form>
      </Disclosure>
    </Section>
  );
}
