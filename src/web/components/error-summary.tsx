import type { VNode } from 'preact';
import { useTexts, type FailedForm } from '../frame.js';
import { fieldId, formId } from './form.js';

/** "/circle/1/email" is the field "circle.1.email". */
export const fieldOf = (pointer: string): string => pointer.replace(/^\//, '').replaceAll('/', '.');

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
                <a href={`#${fieldId(formId(failed.action), fieldOf(error.pointer))}`}>{error.message}</a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
