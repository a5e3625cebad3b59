import type { VNode } from 'preact';
import { PERS, type Amount, type Per } from '../micro-analysis/amounts.rules.js';
import type { CostItem, Payer } from '../micro-analysis/catalogue.rules.js';
import { BASES, SIDES, STATUSES, type Basis, type Side, type Status } from '../micro-analysis/cost-lines.rules.js';
import type { Result, Sides } from '../micro-analysis/result.rules.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Table } from '../web/components/table.js';
import { wholeEuros } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { optionsOf, Section } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface CostLineView {
  id: string;
  version: number;
  side: Side;
  status: Status | null;
  /** The label of the item, or the line's own text. */
  label: string;
  quantity: string;
  unit: string | null;
  per: Per;
  basis: Basis;
  payer: Payer;
  priceYear: number;
  /** Of the catalogue item. */
  grade: string | null;
  source: string | null;
  amount: Amount;
}

export interface CostsSectionProps {
  reference: string;
  lines: readonly CostLineView[];
  /** Items with a price. */
  items: readonly Pick<CostItem, 'id' | 'label' | 'unit' | 'payer'>[];
  /** Null while there are no lines. */
  result:
    | (Pick<
        Result,
        | 'priceYear'
        | 'status'
        | 'byPayer'
        | 'beside'
        | 'before'
        | 'after'
        | 'oneOff'
        | 'difference'
        | 'netFirstYear'
        | 'paybackMonths'
        | 'paybackReason'
      > & {
        limits: readonly { text: string }[];
      })
    | null;
}

/** Costs before and after: what was filled in, who pays what, and how sure it is. */
export function CostsSection({ reference, lines, items, result }: CostsSectionProps): VNode {
  const all = useTexts();
  const t = all.deskCase.costs;
  return (
    <Section id="kosten" title={t.title}>
      {result && <ResultTable result={result} />}
      <Form action={address(ROUTES.case, { ref: reference })} part="kosten-tabel">
        <Table
          caption={t.linesCaption}
          captionUnseen={lines.length === 0}
          empty={t.none}
          rows={lines}
          columns={[
            {
              heading: t.what,
              names: true,
              cell: (line) => (
                <>
                  <bdi>{line.label}</bdi>
                  <small>
                    {line.source && `${line.source}, ${line.priceYear}${line.grade ? `, ${t.grade(line.grade)}` : ''}`}
                  </small>
                </>
              ),
            },
            {
              heading: t.side,
              cell: (line) => (
                <>
                  {wordFor(all.desk.words.sides, line.side)}
                  <small>{wordFor(all.desk.words.costStatuses, line.status)}</small>
                </>
              ),
            },
            {
              heading: t.quantity,
              cell: (line) => (
                <>
                  {line.quantity.replace('.', ',')} {wordFor(all.desk.words.per, line.per)}
                  <small>{wordFor(all.desk.words.basis, line.basis)}</small>
                </>
              ),
            },
            { heading: t.payer, cell: (line) => wordFor(all.desk.words.payers, line.payer) },
            { heading: t.amount, numeric: true, cell: (line) => <Range amount={line.amount} /> },
            {
              heading: t.remove,
              acts: true,
              cell: (line) => (
                <Button
                  kind="subtle"
                  action={address(ROUTES.removeCostLine, { ref: reference, lineId: line.id })}
                  name="version"
                  value={String(line.version)}
                  about={line.label}
                >
                  {t.remove}
                </Button>
              ),
            },
          ]}
        />
      </Form>
      <AddLine reference={reference} items={items} />
    </Section>
  );
}

/** The middle, with low and high below it when they differ. */
function Range({ amount }: { amount: Amount }): VNode {
  const t = useTexts().deskCase.costs;
  return (
    <>
      {wholeEuros(amount.middleCents)}
      {amount.lowCents !== amount.highCents && (
        <small>{t.range(wholeEuros(amount.lowCents), wholeEuros(amount.highCents))}</small>
      )}
    </>
  );
}

function ResultTable({ result }: { result: NonNullable<CostsSectionProps['result']> }): VNode {
  const all = useTexts();
  const t = all.deskCase.costs;
  const words = all.desk.words;
  const cells: readonly [string, (row: Sides) => Amount][] = [
    [t.before, (row) => row.before],
    [t.after, (row) => row.after],
    [t.oneOff, (row) => row.oneOff],
    [t.difference, (row) => row.difference],
  ];
  const rows: (Sides & { name: string })[] = [
    ...result.byPayer.map((row) => ({ ...row, name: wordFor(words.payers, row.payer) })),
    { ...result, name: t.total },
    ...result.beside.map((row) => ({ ...row, name: `${t.beside}: ${wordFor(words.classes, row.class).toLowerCase()}` })),
  ];
  return (
    <>
      <Table
        caption={t.resultCaption(result.priceYear)}
        empty={t.none}
        rows={rows}
        columns={[
          { heading: t.payer, names: true, cell: (row) => row.name },
          ...cells.map(([heading, amount]) => ({
            heading,
            numeric: true,
            cell: (row: Sides & { name: string }) => <Range amount={amount(row)} />,
          })),
        ]}
      />
      <DefinitionList
        items={[
          [t.statusOf, wordFor(words.costStatuses, result.status)],
          [t.netFirstYear, <Range amount={result.netFirstYear} />],
          [
            t.payback,
            result.paybackMonths === null ? wordFor(words.paybackReasons, result.paybackReason) : t.months(result.paybackMonths),
          ],
        ]}
      />
      <h3>{t.limits}</h3>
      <ul>
        {result.limits.map((limit) => (
          <li>{limit.text}</li>
        ))}
      </ul>
    </>
  );
}

function AddLine({ reference, items }: Pick<CostsSectionProps, 'reference' | 'items'>): VNode {
  const all = useTexts();
  const t = all.deskCase.costs;
  const words = all.desk.words;
  const action = address(ROUTES.addCostLine, { ref: reference });
  const payers = [...new Set(items.map((item) => item.payer))];
  return (
    <Disclosure summary={t.add} actions={[action]}>
      <Form action={action}>
        <Choice name="side" label={t.side} row options={optionsOf(words.sides, SIDES)} />
        <Select
          name="itemId"
          label={t.item}
          options={[]}
          groups={payers.map((payer) => ({
            label: wordFor(words.payers, payer),
            options: items.filter((item) => item.payer === payer).map((item) => ({ value: item.id, label: item.label })),
          }))}
        />
        <div class="fields">
          <TextField name="quantity" label={t.quantity} inputMode="decimal" size="short" />
          <Select name="per" label={t.per} options={optionsOf(words.per, PERS)} />
        </div>
        <Choice name="basis" label={t.basis} row options={optionsOf(words.basis, BASES)} />
        <Choice name="status" label={t.status} row optional options={optionsOf(words.costStatuses, STATUSES)} />
        <Button>{t.save}</Button>
      </Form>
    </Disclosure>
  );
}
