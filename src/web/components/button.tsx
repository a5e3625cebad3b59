import type { ComponentChildren, VNode } from 'preact';

export type ButtonKind = 'primary' | 'secondary' | 'subtle' | 'danger';

export interface ButtonProps {
  kind?: ButtonKind;
  name?: string;
  value?: string;
  /** Another address than that of the form around it: many buttons, one form. */
  action?: string;
  /** Said after the button's words, for who hears the page: whom or what it is about. */
  about?: string;
  /** For a button that is one of several answers: whether this one was given. */
  pressed?: boolean;
  class?: string;
  children: ComponentChildren;
}

const CLASS: Record<ButtonKind, string> = {
  primary: 'utrecht-button--primary-action',
  secondary: 'utrecht-button--secondary-action',
  subtle: 'utrecht-button--subtle',
  danger: 'utrecht-button--secondary-action utrecht-button--danger',
};

/** A button that sends the form around it. */
export function Button({
  kind = 'primary',
  name,
  value,
  action,
  about,
  pressed,
  class: className,
  children,
}: ButtonProps): VNode {
  return (
    <button
      type="submit"
      class={[CLASS[kind], className].filter(Boolean).join(' ')}
      name={name}
      value={value}
      formaction={action}
      aria-pressed={pressed === undefined ? undefined : pressed ? 'true' : 'false'}
    >
      {children}
      {about && <span class="unseen"> {about}</span>}
    </button>
  );
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink({
  href,
  kind = 'primary',
  children,
}: Required<Pick<ButtonProps, 'children'>> & { href: string; kind?: 'primary' | 'secondary' }): VNode {
  return (
    <a class={`utrecht-button-link utrecht-button-link--html-a utrecht-button-link--${kind}-action`} href={href}>
      {children}
    </a>
  );
}
