import type { VNode } from 'preact';
import { REOPENING_REASONS } from '../cases/cases.rules.js';
import type { Together } from '../cases/reopening.rules.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Select, TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { readable, telephone } from '../web/format.js';
import { useFrame, useTexts } from '../web/frame.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface TogetherAgainProps {
  how: Together;
  /** They asked for it, and are still to be called. */
  asked: boolean;
  /** Whether people meet in this kind of case. */
  meets: boolean;
  /** It was closed because no plan came. */
  withoutPlan: boolean;
}

/** On `/mijn`: it does not go well, or everything is behind us and they want to begin again. */
export function TogetherAgain(props: TogetherAgainProps): VNode {
  const t = useTexts().closing.own;
  const isOver = props.how !== 'plan';
  return (
    <section class="card calm" aria-labelledby="weer">
      <h2 id="weer">{isOver ? t.overTitle : t.title}</h2>
      {isOver && props.withoutPlan && <p>{t.withoutPlan}</p>}
      {isOver && <WhatNow />}
      {props.how === 'plan' && (props.asked ? <Notice tone="ok">{t.asked}</Notice> : <AskTogether {...props} />)}
      {props.how === 'reopen' && (
        <>
          <p>{t.reopen}</p>
          <Form action={ROUTES.mineTogether}>
            <Button>{t.reopenButton}</Button>
          </Form>
        </>
      )}
      {props.how === 'too-late' && (
        <>
          <p>{t.tooLate}</p>
          <p>
            <ButtonLink href={ROUTES.refer} kind="secondary">
              {t.tooLateLink}
            </ButtonLink>
          </p>
        </>
      )}
      <p class="quiet">{t.danger}</p>
    </section>
  );
}

/** Nothing is asked any more; and whom to call. */
function WhatNow(): VNode {
  const t = useTexts().closing.own;
  const contact = useFrame().contact;
  return (
    <p>
      {t.over} {contact?.phone ? t.call(contact.name) : t.callBack}
      {contact?.phone && <a href={telephone(contact.phone)}>{readable(contact.phone)}</a>}
    </p>
  );
}

function AskTogether({ meets }: TogetherAgainProps): VNode {
  const t = useTexts().closing.own;
  return (
    <>
      <p>{meets ? t.plan : t.planByPhone}</p>
      <Form action={ROUTES.mineTogether}>
        <TextArea name="remark" label={t.remark} optional rows={2} />
        <Button>{meets ? t.planButton : t.planByPhoneButton}</Button>
      </Form>
    </>
  );
}

/** On the page of the case while a plan is carried out: why people come together again, and then the form for a date. */
export function ComeTogether({ reference, canPlan, safety }: { reference: string; canPlan: boolean; safety: boolean }): VNode {
  const all = useTexts();
  const t = all.closing.again;
  const action = address(ROUTES.reopen, { ref: reference });
  return (
    <Disclosure summary={t.title} actions={[action]}>
      {safety && <Notice tone="warning">{t.safety}</Notice>}
      <p>{canPlan ? t.what : t.review}</p>
      <Form action={action}>
        <Select name="reason" label={all.caseDates.why} options={optionsOf(all.cases.reopeningReasons, REOPENING_REASONS)} />
        <TextArea name="remark" label={all.caseDates.remark} optional rows={2} />
        <Button>{t.button}</Button>
      </Form>
    </Disclosure>
  );
}
