import type { ComponentChildren, VNode } from 'preact';
import { textsFor } from '../texts/texts.js';
import { ACCOUNT, ADMIN, HOME, homeOf, LEAD, REFERRALS, SIGN_OUT, WORK } from './addresses.js';
import { assetPath } from './assets.js';
import { CallBack } from './components/call-back.js';
import { ErrorSummary } from './components/error-summary.js';
import { FormButton } from './components/form.js';
import { LeaveNow } from './components/leave-now.js';
import { Notice } from './components/notice.js';
import { ReadAloud } from './components/read-aloud.js';
import { FrameProvider, type Frame } from './frame.js';

export interface LayoutProps {
  frame: Frame;
  /** What this page is: the first words of the title. */
  title: string;
  /** `resident` adds "Snel weg" and "Bel mij terug"; `staff` adds the work menu. */
  audience: 'everyone' | 'resident' | 'staff';
  /** `wide` for pages with tables. */
  width?: 'narrow' | 'wide';
  /** False on a resident's page that has a button of its own to be read aloud by. */
  listen?: boolean;
  children: ComponentChildren;
}

/** The page around every view: title, skip link, header, messages, main, footer. */
export function Layout({ frame, title, audience, width = 'narrow', listen = audience === 'resident', children }: LayoutProps): VNode {
  const t = textsFor(frame.language);
  const said = frame.done ? t.desk.done[frame.done] : undefined;
  const full = t.web.pageTitle(title, t.web.serviceName);
  return (
    <FrameProvider value={frame}>
      <html lang={frame.language} dir="ltr" class="utrecht-html voorbeeld-theme netwerkberaad-theme">
        <head>
          <meta charset="utf-8" />
          <title>{frame.failed ? t.web.pageTitleWithErrors(full) : full}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <meta name="format-detection" content="telephone=no" />
          <link rel="stylesheet" href={assetPath('site.css')} />
          <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
          <script src={assetPath('site.js')} defer />
        </head>
        <body data-trace={audience === 'resident' ? 'none' : undefined}>
          <a class="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#inhoud">
            {t.web.skipLink}
          </a>
          <Header frame={frame} audience={audience} width={width} />
          <main id="inhoud" tabIndex={-1} class={`page ${width}`}>
            {listen && <ReadAloud target="inhoud" />}
            {said && <Notice tone="ok">{said}</Notice>}
            {frame.failed && <ErrorSummary failed={frame.failed} />}
            {children}
          </main>
          <footer class="site-footer">
            <div class={`page ${width}`}>
              {audience === 'resident' && frame.contact && <CallBack contact={frame.contact} />}
              <p>{t.web.footer}</p>
              <p class="quiet">{t.web.footerPrivacy}</p>
            </div>
          </footer>
          <p class="no-connection" role="alert" hidden>
            {t.web.noConnection}
          </p>
        </body>
      </html>
    </FrameProvider>
  );
}

/** Who finds what in the menu. */
const MENU = [
  { href: WORK, key: 'toWork', roles: ['facilitator', 'lead'] },
  { href: LEAD, key: 'toLead', roles: ['lead'] },
  { href: REFERRALS, key: 'toReferrals', roles: ['referrer'] },
  { href: ADMIN, key: 'toAdmin', roles: ['admin'] },
] as const;

function Header({ frame, audience, width }: Pick<LayoutProps, 'frame' | 'audience' | 'width'>): VNode {
  const t = textsFor(frame.language).web;
  const name = (
    <>
      <Rings />
      <span>
        <strong>{t.serviceName}</strong>
        {frame.organisation && <small>{frame.organisation}</small>}
      </span>
    </>
  );
  return (
    <header class="site-header">
      <div class={`page ${width}`}>
        {audience === 'resident' ? (
          <span class="brand">{name}</span>
        ) : (
          <Brand href={audience === 'staff' && frame.user ? homeOf(frame.user.roles) : HOME}>{name}</Brand>
        )}
        {audience === 'resident' && <LeaveNow />}
        {frame.user && (
          <nav aria-label={t.mainNavigation}>
            {MENU.filter(({ roles }) => roles.some((role) => frame.user!.roles.includes(role))).map(({ href, key }) => (
              <a href={href}>{t[key]}</a>
            ))}
            <a class="quiet" href={ACCOUNT}>
              {t.signedInAs(frame.user.name)}
            </a>
            <FormButton action={SIGN_OUT} kind="subtle">
              {t.signOut}
            </FormButton>
          </nav>
        )}
      </div>
    </header>
  );
}

function Brand({ href, children }: { href: string; children: ComponentChildren }): VNode {
  return (
    <a class="brand" href={href}>
      {children}
    </a>
  );
}

/** Our mark: a person with two rings of people around. */
function Rings(): VNode {
  return (
    <svg viewBox="0 0 40 40" width="40" height="40" aria-hidden="true" focusable="false">
      <g class="mark-rings">
        <circle cx="20" cy="20" r="10.5" />
        <circle cx="20" cy="20" r="17.5" />
      </g>
      <circle class="mark-core" cx="20" cy="20" r="4.5" />
      <g class="mark-people">
        <circle cx="29" cy="14.6" r="2.6" />
        <circle cx="12" cy="27" r="2.6" />
        <circle cx="6.2" cy="9.2" r="2.2" />
        <circle cx="31" cy="33.6" r="2.2" />
      </g>
    </svg>
  );
}
