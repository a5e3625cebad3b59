import type { VNode } from 'preact';
import { textsFor } from '../texts/texts.js';
import { ButtonLink } from '../web/components/button.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { ROUTES } from './desk.routes.js';

export interface ErrorPageProps {
  frame: Frame;
  status: number;
  /** The sentence of the problem; without it the general one of the status. Never a message of the program. */
  message?: string | null;
  /** Said on the telephone: finds the line in the log. */
  requestId?: string | null;
  /** What a resident or circle member can do about it. */
  next?: 'device' | 'link-again' | null;
  audience?: 'everyone' | 'resident' | 'staff';
  /** Where the reader's own pages begin; null for who has none here. */
  home?: string | null;
}

/** Every refusal and every fault as a page, in plain words. */
export function ErrorPage({ frame, status, message, requestId, next = null, audience = 'everyone', home = null }: ErrorPageProps): VNode {
  const t = textsFor(frame.language).desk.error;
  const closed = status === 401 && audience === 'resident';
  const title = closed ? t.closedTitle : t.headings[status] ?? (status >= 500 ? t.headings[500] : undefined) ?? t.other;
  const back = home && audience !== 'everyone' ? { href: home, words: audience === 'staff' ? t.toWork : t.toOwnPage } : { href: ROUTES.start, words: t.back };
  return (
    <Layout frame={frame} title={title} audience={audience}>
      <h1>{title}</h1>
      <p class="lead">{closed ? t.closed : message ?? t.messages[status] ?? (status >= 500 ? t.messages[500] : t.messageOther)}</p>
      {next && (
        <p>
          <ButtonLink href={next === 'device' ? ROUTES.device : ROUTES.linkAgain}>
            {next === 'device' ? textsFor(frame.language).links.device.open : textsFor(frame.language).links.again.offer}
          </ButtonLink>
        </p>
      )}
      <p>
        <ButtonLink href={status === 401 && !closed ? ROUTES.signIn : back.href} kind="secondary">
          {status === 401 && !closed ? textsFor(frame.language).desk.signIn.button : back.words}
        </ButtonLink>
      </p>
      {status >= 500 && requestId && <p class="quiet">{t.reference(requestId)}</p>}
    </Layout>
  );
}
