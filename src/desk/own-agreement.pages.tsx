import type { VNode } from 'preact';
import type { OwnAgreement } from '../plans/agreements.service.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { useTexts } from '../web/frame.js';
import { ROUTES } from './desk.routes.js';

export interface OwnAgreementProps extends Omit<OwnAgreement, 'version'> {
  /** Where the answer goes. */
  action: string;
}

/** Whether the reader stands behind the plan: asked as long as it waits for that, and a "not yet" may become a yes. */
export function OwnAgreementPart(props: OwnAgreementProps): VNode | null {
  const t = useTexts().desk.mine;
  const { state, agrees, action } = props;
  const waits = state === 'fixed' || state === 'carried';
  if (agrees === null) return waits ? <AnswerForm {...props} title={t.agreeAsk} answers={[true, false]} /> : null;
  return (
    <>
      <Notice tone={agrees ? 'ok' : 'info'}>{agrees ? t.agreedYes : t.agreedNo}</Notice>
      {state === 'fixed' && (
        <Disclosure summary={agrees ? t.agreeNoAfterAll : t.agreeYesAfterAll} actions={[action]}>
          <AnswerForm {...props} answers={[!agrees]} />
        </Disclosure>
      )}
    </>
  );
}

function AnswerForm({ action, planId, title, answers }: OwnAgreementProps & { title?: string; answers: readonly boolean[] }): VNode {
  const t = useTexts().desk.mine;
  return (
    <Form action={action} hidden={{ planId }}>
      {title && <h3>{title}</h3>}
      <TextArea name="remark" label={t.agreeRemark} optional rows={2} />
      <div class="buttons">
        {answers.map((agrees, at) => (
          <Button kind={at === 0 ? 'primary' : 'secondary'} name="agrees" value={String(agrees)}>
            {agrees ? t.agreeYes : t.agreeNo}
          </Button>
        ))}
      </div>
    </Form>
  );
}

/** On `/kring`, for somebody whose yes the plan waits for. */
export function AgreementAsked(): VNode {
  const t = useTexts().desk.mine;
  return (
    <section class="card warm" aria-labelledby="achter">
      <h2 id="achter">{t.agreeAsk}</h2>
      <p>{t.agreeAskedWhy}</p>
      <ButtonLink href={ROUTES.circlePlan}>{t.agreeAskedLink}</ButtonLink>
    </section>
  );
}
