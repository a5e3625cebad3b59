import type { VNode } from 'preact';
import type { FirstNotice } from '../texts/nl/messages.js';
import { textsFor } from '../texts/texts.js';
import { ButtonLink } from '../web/components/button.js';
import { FormButton } from '../web/components/form.js';
import { readable, telephone } from '../web/format.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { address, ROUTES } from './desk.routes.js';
import { FirstNoticeSection } from './notice.pages.js';

export interface LinkPageProps {
  frame: Frame;
  token: string;
  /** First name, or the whole name without one. */
  name: string;
  /** What we tell who never asked to be here; null for a main person. */
  notice: FirstNotice | null;
}

/** `GET /l/{token}`: mail scanners follow links, so this page changes nothing; its buttons post. */
export function LinkPage({ frame, token, name, notice }: LinkPageProps): VNode {
  const t = textsFor(frame.language).desk.link;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1 dir="auto">{t.heading(name)}</h1>
      <p class="lead">{t.intro}</p>
      <p>
        <FormButton action={address(ROUTES.link, { token })} kind="primary">
          {t.button}
        </FormButton>
      </p>
      <p class="quiet">{t.notMe}</p>
      {notice && (
        <FirstNoticeSection notice={notice}>
          <p class="quiet">{textsFor(frame.language).yes.notice.atOnce}</p>
          <FormButton action={address(ROUTES.linkRemoval, { token })} kind="danger">
            {textsFor(frame.language).desk.circle.removeMe}
          </FormButton>
        </FirstNoticeSection>
      )}
    </Layout>
  );
}

export interface LinkEndedPageProps {
  frame: Frame;
  /** The organisation's number. */
  phone: string | null;
}

/** A link that is over or was never there: the same page for both. */
export function LinkEndedPage({ frame, phone }: LinkEndedPageProps): VNode {
  const t = textsFor(frame.language).desk.link;
  return (
    <Layout frame={frame} title={t.endedTitle} audience="resident">
      <h1>{t.endedTitle}</h1>
      <p class="lead">{t.ended}</p>
      <ul>
        {t.endedWhat.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
      <p>
        <ButtonLink href={ROUTES.linkAgain}>{textsFor(frame.language).links.again.offer}</ButtonLink>
      </p>
      {phone && <OrganisationPhone phone={phone} />}
    </Layout>
  );
}

/** The organisation's number, to tap. */
export function OrganisationPhone({ phone }: { phone: string }): VNode {
  return (
    <p>
      <a class="utrecht-button-link utrecht-button-link--html-a utrecht-button-link--secondary-action" href={telephone(phone)}>
        {readable(phone)}
      </a>
    </p>
  );
}

export interface ConfirmReferralPageProps {
  frame: Frame;
  token: string;
  /** After the button: thanks. */
  confirmed: boolean;
}

/** `/bevestig/{token}`: a referrer without an account confirms by a button; opening the link changes nothing. */
export function ConfirmReferralPage({ frame, token, confirmed }: ConfirmReferralPageProps): VNode {
  const t = textsFor(frame.language).desk.confirm;
  if (confirmed) {
    return (
      <Layout frame={frame} title={t.thanksTitle} audience="everyone">
        <h1>{t.thanksTitle}</h1>
        <p class="lead">{t.thanks}</p>
      </Layout>
    );
  }
  return (
    <Layout frame={frame} title={t.title} audience="everyone">
      <h1>{t.heading}</h1>
      <p class="lead">{t.intro}</p>
      <p>
        <FormButton action={address(ROUTES.confirmReferral, { token })} kind="primary">
          {t.button}
        </FormButton>
      </p>
      <p class="quiet">{t.notMe}</p>
    </Layout>
  );
}
