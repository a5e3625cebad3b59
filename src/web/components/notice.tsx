import type { ComponentChildren, VNode } from 'preact';

export interface NoticeProps {
  /** Never the only bearer of meaning: the words say it too. */
  tone: 'info' | 'ok' | 'warning' | 'error';
  title?: string;
  children: ComponentChildren;
}

const SIGN = { info: 'i', ok: '✓', warning: '!', error: '!' };

/** A message on the page; `ok` and `error` are read out when the page opens. */
export function Notice({ tone, title, children }: NoticeProps): VNode {
  return (
    <div class={`utrecht-alert utrecht-alert--${tone}`} role={tone === 'ok' ? 'status' : tone === 'error' ? 'alert' : undefined}>
      <span class="alert-sign" aria-hidden="true">
        {SIGN[tone]}
      </span>
      <div class="utrecht-alert__content">
        {title && (
          <p>
            <strong>{title}</strong>
          </p>
        )}
        {typeof children === 'string' ? <p>{children}</p> : children}
      </div>
    </div>
  );
}
