import { createContext, type ComponentChildren, type VNode } from 'preact';
import { useContext } from 'preact/hooks';
import { useFrame, type FailedForm } from '../frame.js';
import { Button, type ButtonKind } from './button.js';

/** The field name that carries the CSRF token in every form. */
export const CSRF_FIELD = '_csrf';

/** The form around a field: the start of its ids, and what went wrong when this form was sent last. */
export interface FormScope {
  id: string;
  failed: FailedForm | null;
}

const ScopeContext = createContext<FormScope>({ id: '', failed: null });

export const useForm = (): FormScope => useContext(ScopeContext);

/** The start of the ids in the form with this address: short, for a page may hold hundreds of them. */
export function formId(action: string): string {
  let digest = 5381;
  for (const letter of action) digest = (Math.imul(digest, 33) ^ letter.codePointAt(0)!) >>> 0;
  return `f${digest.toString(36)}`;
}

/** The id of a field, from its form and its name. */
export const fieldId = (form: string, name: string): string => `${form}-${name.replace(/[^\w]+/g, '-')}`;

export interface FormProps {
  action: string;
  /** Values that travel along unseen: ids and versions. */
  hidden?: Readonly<Record<string, string | number | null | undefined>>;
  /** For two forms with one address on a page: makes the ids differ. */
  part?: string;
  class?: string;
  children: ComponentChildren;
}

/** A form that is posted, with its CSRF token. Checking is done by the service, which says what to do. */
export function Form({ action, hidden = {}, part, class: className, children }: FormProps): VNode {
  const frame = useFrame();
  const failed = frame.failed?.action === action && samePart(frame.failed, hidden) ? frame.failed : null;
  return (
    <ScopeContext.Provider value={{ id: formId(part ? `${action}/${part}` : action), failed }}>
      <form method="post" action={action} novalidate class={className} id={formId(part ? `${action}/${part}` : action)}>
        <input type="hidden" name={CSRF_FIELD} value={frame.csrfToken} />
        {Object.entries(hidden).map(
          ([name, value]) => value !== null && value !== undefined && <input type="hidden" name={name} value={String(value)} />,
        )}
        {children}
      </form>
    </ScopeContext.Provider>
  );
}

/** Two forms may share an address; the hidden values say which of them was sent. */
const samePart = (failed: FailedForm, hidden: NonNullable<FormProps['hidden']>): boolean =>
  Object.entries(hidden).every(([name, value]) => !(name in failed.values) || failed.values[name] === String(value));

export interface FormButtonProps {
  action: string;
  hidden?: FormProps['hidden'];
  kind?: ButtonKind;
  /** Said after the button's words, for who hears the page: whom or what it is about. */
  about?: string;
  children: ComponentChildren;
}

/** One button that acts at once. */
export function FormButton({ action, hidden, kind = 'secondary', about, children }: FormButtonProps): VNode {
  const frame = useFrame();
  return (
    <form method="post" action={action} class="one-button">
      <input type="hidden" name={CSRF_FIELD} value={frame.csrfToken} />
      {Object.entries(hidden ?? {}).map(
        ([name, value]) => value !== null && value !== undefined && <input type="hidden" name={name} value={String(value)} />,
      )}
      <Button kind={kind} about={about}>
        {children}
      </Button>
    </form>
  );
}
