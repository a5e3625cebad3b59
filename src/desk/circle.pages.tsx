import type { VNode } from 'preact';
import type { FirstNotice } from '../texts/nl/messages.js';
import { textsFor } from '../texts/texts.js';
import { ButtonLink } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { dayOfYear } from '../web/format.js';
import type { Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { InvitedMeetingCard, type InvitedMeeting } from './dates.pages.js';
import { ROUTES } from './desk.routes.js';
import { FirstNoticeSection, NoticeSentences } from './notice.pages.js';
import { OwnPromises, type OwnCommitment } from './promises.pages.js';

export interface CirclePageProps {
  frame: Frame;
  me: { name: string; professional: boolean };
  /** Who asks: the first name of the main person, or of several ("Sanne en Mark"). */
  asker: string;
  /** Newest first; meetings that are long over are left out. */
  meetings: readonly InvitedMeeting[];
  commitments: readonly OwnCommitment[];
  /** The text of the promise that was just kept. */
  kept?: string | null;
  /** What we tell who never asked to be here, on the first day in full; and how long it is kept (a local date). */
  notice: FirstNotice & { first: boolean; keptUntil: string | null };
}

/** `/kring`: what is asked of me, the dates, what I promised, and the way out. */
export function CirclePage({ frame, me, asker, meetings, commitments, kept, notice }: CirclePageProps): VNode {
  const t = textsFor(frame.language).desk.circle;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      {kept && (
        <Notice tone="ok" title={t.thanksTitle}>
          {t.thanks(kept)}
        </Notice>
      )}
      <h1 dir="auto">{t.heading(me.name)}</h1>
      <p class="lead">
        {me.professional ? t.askedProfessional(asker) : t.asked(asker)} {frame.contact && t.facilitator(frame.contact.name)}
      </p>
      {notice.first && (
        <FirstNoticeSection notice={notice}>
          <p>
            <a href={ROUTES.removeMe}>{t.removeMe}</a>
          </p>
        </FirstNoticeSection>
      )}
      {meetings.map((meeting) => (
        <InvitedMeetingCard meeting={meeting} />
      ))}
      <OwnPromises commitments={commitments} />
      {meetings.length === 0 && commitments.length === 0 && <Notice tone="info">{t.nothing}</Notice>}
      {!notice.first && (
        <Disclosure summary={t.noticeTitle}>
          <NoticeSentences sentences={textsFor(frame.language).consents.first.page(notice)} />
          <p>{notice.keptUntil ? t.noticeKept(dayOfYear(notice.keptUntil)) : t.noticeNoContact}</p>
        </Disclosure>
      )}
      <p>
        <a href={ROUTES.circleYes}>{textsFor(frame.language).yes.link}</a>
      </p>
      <p>
        <a href={ROUTES.circleLooks}>{textsFor(frame.language).audit.looks.link}</a>
      </p>
      <p>
        <a href={ROUTES.circleData}>{textsFor(frame.language).privacy.pages.link}</a>
      </p>
      <p>
        <a href={ROUTES.removeMe}>{t.removeMe}</a>
      </p>
    </Layout>
  );
}

/** `GET /kring/haal-mij-weg`: asks to be sure. */
export function RemovalPage({ frame }: { frame: Frame }): VNode {
  const t = textsFor(frame.language).desk.circle;
  return (
    <Layout frame={frame} title={t.removeTitle} audience="resident">
      <h1>{t.removeHeading}</h1>
      <ul>
        {t.remove.map((sentence) => (
          <li>{sentence}</li>
        ))}
      </ul>
      <div class="buttons">
        <FormButton action={ROUTES.removeMe} kind="danger">
          {t.removeYes}
        </FormButton>
        <ButtonLink href={ROUTES.circle} kind="secondary">
          {t.removeNo}
        </ButtonLink>
      </div>
    </Layout>
  );
}

/** After removal: the session is over. */
export function RemovedPage({ frame }: { frame: Frame }): VNode {
  const t = textsFor(frame.language).desk.circle;
  return (
    <Layout frame={frame} title={t.removedTitle} audience="resident">
      <h1>{t.removedTitle}</h1>
      <p class="lead">{t.removed}</p>
    </Layout>
  );
}
