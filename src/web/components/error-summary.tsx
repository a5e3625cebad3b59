import type { VNode } from 'preact';
import { useTexts, type FailedForm } from '../frame.js';
import { fieldId, formId } from './form.js';

type Fields = NonNullable<FailedForm['fields']>;

/** "/circle/1/email" is the field "circle.1.email". */
export const fieldOf = (pointer: string): string => pointer.replace(/^\//, '').replaceAll('/', '.');

/** The field that shows an error: of that name, else the first one inside ("answers" is asked field by field), else of what holds it. */
export function shownAt(fields: Fields, pointer: string): string | null {
  const parts = fieldOf(pointer).split('.');
  for (let length = parts.length; length > 0; length -= 1) {
    const name = parts.slice(0, length).join('.');
    const found = fields.has(name) ? name : [...fields.keys()].find((one) => one.startsWith(`${name}.`));
    if (found) return found;
  }
  return null;
}

/** What is wrong, on top of the page, each linked to its field (the GOV.UK/NL pattern). */
export function ErrorSummary({ failed }: { failed: FailedForm }): VNode {
  const t = useTexts().web;
  return (
    <div class="utrecht-alert utrecht-alert--error error-summary" role="alert" tabIndex={-1} id="fouten">
      <div class="utrecht-alert__content">
        <h2>{t.errorSummary}</h2>
        {failed.message && <p>{failed.message}</p>}
        {failed.errors.length > 0 && (
          <ul>
            {failed.errors.map((error) => (
              <li>
                <ErrorLink failed={failed} error={error} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

function ErrorLink({ failed, error }: { failed: FailedForm; error: FailedForm['errors'][number] }): VNode {
  const t = useTexts().web;
  const name = failed.fields && shownAt(failed.fields, error.pointer);
  const field = name ? failed.fields!.get(name)! : null;
  const id = field?.id ?? fieldId(formId(failed.action), fieldOf(error.pointer));
  return <a href={`#${id}`}>{field ? t.errorAt(field.label, error.message) : error.message}</a>;
}
