import type { VNode } from 'preact';
import { LEGAL_FORMS, type LegalForm } from '../cases/legal-forms.rules.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Select, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { dayOfYear } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { Section, optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface LegalFormView {
  legalForm: LegalForm;
  legalTitle: string | null;
  legalText: string | null;
  submittedOn: string | null;
}

/** What a plan is under the law, for whom it is about; nothing where no law asks for a form. */
export function LegalLine({ legalTitle, legalText, submittedOn }: LegalFormView): VNode | null {
  const t = useTexts().legalForms;
  if (!legalTitle) return null;
  return (
    <p class="quiet">
      {legalText ?? legalTitle} {submittedOn && t.submittedOn(dayOfYear(submittedOn))}
    </p>
  );
}

/** The same for the facilitator, who chooses the form and notes when the plan was handed in. */
export function LegalFormSection({ reference, view, planId }: { reference: string; view: LegalFormView; planId: string | null }): VNode {
  const t = useTexts().legalForms;
  const choose = address(ROUTES.legalForm, { ref: reference });
  const submit = address(ROUTES.planSubmission, { ref: reference });
  return (
    <Section id="vorm" title={t.title}>
      <p>{view.legalTitle ?? t.names.none}</p>
      {view.legalText && <p class="quiet">{view.legalText}</p>}
      {view.legalTitle && planId && <p>{view.submittedOn ? t.submittedOn(dayOfYear(view.submittedOn)) : t.notSubmitted}</p>}
      <Disclosure summary={t.choose} actions={[choose]}>
        <Form action={choose}>
          <Select name="form" label={t.form} value={view.legalForm} options={optionsOf(t.names, LEGAL_FORMS)} />
          <Button>{t.save}</Button>
        </Form>
      </Disclosure>
      {view.legalTitle && planId && (
        <Disclosure summary={t.submit} actions={[submit]}>
          <Form action={submit} hidden={{ planId }}>
            <TextField name="on" type="date" label={t.submitOn} value={view.submittedOn} />
            <Button>{t.save}</Button>
          </Form>
        </Disclosure>
      )}
    </Section>
  );
}
