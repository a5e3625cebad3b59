import type { VNode } from 'preact';
import { CASE_TRANSITIONS, CLOSURE_OUTCOMES, STOP_REASONS, type CaseState, type PromiseEnd } from '../cases/cases.rules.js';
import type { Together } from '../cases/reopening.rules.js';
import { CLOSES_AS, defaultEnd } from '../plans/closings.rules.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, TextArea, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { dayOfYear } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { ReopenCase } from './case-dates.pages.js';
import { optionsOf, Section } from './case-parts.pages.js';
import type { CommitmentView } from './case-plan.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface EndingView {
  how: Together | null;
  /** The last local day on which a case that was closed is taken up again. */
  untilDay: string | null;
}

interface EndingSectionProps {
  reference: string;
  state: string;
  ending: EndingView;
  commitments: readonly CommitmentView[];
}

/** Closing or stopping, where the state allows it; and beginning again, or why not any more. */
export function EndingSection({ reference, state, ending, commitments }: EndingSectionProps): VNode {
  const all = useTexts();
  const t = all.deskCase.ending;
  const can = CASE_TRANSITIONS[state as CaseState] ?? {};
  const stopping = address(ROUTES.stop, { ref: reference });
  return (
    <Section id="einde" title={t.title}>
      {!can.closed && !can.stopped && <p>{t.ended}</p>}
      {ending.how === 'reopen' && <ReopenCase reference={reference} />}
      {ending.how === 'too-late' && ending.untilDay && <p>{all.closing.tooLate(dayOfYear(ending.untilDay))}</p>}
      {can.stopped && (
        <p>
          <a href={address(ROUTES.handOverCase, { ref: reference })}>{t.handOver}</a>
        </p>
      )}
      {can.closed && <CloseCase reference={reference} commitments={commitments} />}
      {can.stopped && (
        <Disclosure summary={t.stop} actions={[stopping]}>
          <Form action={stopping}>
            <Choice name="reason" label={t.reason} options={optionsOf(all.cases.stopReasons, STOP_REASONS)} />
            <TextArea name="remark" label={t.remark} optional rows={2} />
            <Button kind="danger">{t.stopButton}</Button>
          </Form>
        </Disclosure>
      )}
    </Section>
  );
}

function CloseCase({ reference, commitments }: Pick<EndingSectionProps, 'reference' | 'commitments'>): VNode {
  const all = useTexts();
  const t = all.deskCase.ending;
  const closing = address(ROUTES.close, { ref: reference });
  const open = commitments.filter(({ state }) => CLOSES_AS[state].length > 0);
  const asked = open.filter(({ state }) => defaultEnd(state) === 'released');
  const promised = open.filter(({ state }) => defaultEnd(state) !== 'released');
  return (
    <Disclosure summary={t.close} actions={[closing]}>
      <Form action={closing} hidden={Object.fromEntries(promised.map(({ id }, at) => [`commitments.${at}.id`, id]))}>
        <Choice name="outcome" label={t.outcome} options={optionsOf(all.cases.closureOutcomes, CLOSURE_OUTCOMES)} />
        <TextArea name="remark" label={t.remark} optional rows={2} />
        {open.length > 0 && <h3>{all.closing.promises}</h3>}
        {open.length > 0 && <p class="quiet">{all.closing.promisesWhat}</p>}
        {promised.map((promise, at) => (
          <OpenPromise promise={promise} at={at} />
        ))}
        {asked.length > 0 && (
          <>
            <p>{all.closing.onlyAsked}</p>
            <ul>
              {asked.map(({ who, text }) => (
                <li>
                  <bdi>{who}</bdi>: <bdi>{text}</bdi>
                </li>
              ))}
            </ul>
          </>
        )}
        <Button>{t.closeButton}</Button>
      </Form>
    </Disclosure>
  );
}

function OpenPromise({ promise, at }: { promise: CommitmentView; at: number }): VNode {
  const all = useTexts();
  const t = all.closing;
  const words: Record<PromiseEnd, string> = { stays: t.stays(promise.who), done: t.isDone(promise.who), released: t.released };
  const label = t.promise(promise.who, promise.text, all.plans.commitmentStates[promise.state]);
  return (
    <div class="task">
      <Choice
        name={`commitments.${at}.outcome`}
        label={label}
        value={defaultEnd(promise.state)}
        options={CLOSES_AS[promise.state].map((end) => ({ value: end, label: words[end] }))}
      />
      <TextField name={`commitments.${at}.reason`} label={t.why} hint={t.whyHint} />
    </div>
  );
}
