import type { VNode } from 'preact';
import type { PlanPart } from '../plans/plans.policy.js';
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
import { AgreementAsked } from './own-agreement.pages.js';
import { AskMarks } from './marks.pages.js';
import { OwnPartSection, type OwnPartProps } from './own-part.pages.js';
import { TableCard } from './private-time.pages.js';
import { YourMoves, type OwnObstacle } from './own-obstacles.pages.js';
import { CaseOver, OthersAskHelp, TakingOver, WhatIOffer, type OwnOffers } from './own-offers.pages.js';
import { Kept, OwnPromises, type OwnCommitment } from './promises.pages.js';

export interface CirclePageProps {
  frame: Frame;
  me: { name: string; professional: boolean };
  /** Who asks: the first name of the main person, or of several ("Sanne en Mark"). */
  asker: string;
  /** Newest first; meetings that are long over are left out. */
  meetings: readonly InvitedMeeting[];
  commitments: readonly OwnCommitment[];
  /** What stands and is the reader's to take away. */
  obstacles?: readonly OwnObstacle[];
  /** What is asked and offered around promises. */
  offers: OwnOffers;
  /** Null for who was not invited, or is not asked to a meeting. */
  part: OwnPartProps | null;
  /** Whether they gave marks; null or left out as long as there is nothing to mark. */
  marks?: { given: boolean } | null;
  /** They were asked to lead the meeting, or lead along. */
  leads: boolean;
  /** Was named to write at the meeting. */
  writes?: boolean;
  /** A meeting goes on now, and there is something to do at it. */
  table?: { running: boolean } | null;
  /** How much of a plan there is to read for them; null for who has none. */
  plan?: PlanPart | null;
  /** A plan waits for what they say of it. */
  waitsForYes?: boolean;
  /** The text of the promise that was just kept. */
  kept?: string | null;
  /** How many points of what must be safe wait for the reader; null for who named none. */
  safety: number | null;
  /** What we tell who never asked to be here, on the first day in full; and how long it is kept (a local date). */
  notice: FirstNotice & { first: boolean; keptUntil: string | null };
}

/** `/kring`: what is asked of me, the dates, what I promised, and the way out. */
export function CirclePage({ frame, marks, me, asker, meetings, commitments, offers, obstacles = [], part, leads, writes, table, plan, waitsForYes, kept, safety, notice }: CirclePageProps): VNode {
  const t = textsFor(frame.language).desk.circle;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      {kept && <Kept text={kept} />}
      <h1 dir="auto">{t.heading(me.name)}</h1>
      <p class="lead">
        {me.professional ? t.askedProfessional(asker) : t.asked(asker)} {frame.contact && t.facilitator(frame.contact.name)}
      </p>
      <CaseOver over={offers.over} />
      {notice.first && (
        <FirstNoticeSection notice={notice}>
          <p>
            <a href={ROUTES.removeMe}>{t.removeMe}</a>
          </p>
        </FirstNoticeSection>
      )}
      {table && <TableCard of="circle" {...table} />}
      <YourMoves obstacles={obstacles} />
      {meetings.map((meeting) => (
        <InvitedMeetingCard meeting={meeting} />
      ))}
      <TakingOver asked={offers.asked} />
      {leads && (
        <section class="card calm" aria-labelledby="leiden">
          <h2 id="leiden">{textsFor(frame.language).script.chairing.askedTitle}</h2>
          <p>{textsFor(frame.language).script.chairing.asked}</p>
          <ButtonLink href={ROUTES.circleChairing}>{textsFor(frame.language).script.chairing.link}</ButtonLink>
        </section>
      )}
      {waitsForYes && <AgreementAsked />}
      {marks && <AskMarks {...marks} />}
      {writes && <ButtonLink href={ROUTES.circleWriting}>{textsFor(frame.language).draftPages.write.link}</ButtonLink>}
      {part && <OwnPartSection {...part} />}
      {safety !== null && (
        <p>
          <ButtonLink href={ROUTES.ownSafety} kind={safety > 0 ? 'primary' : 'secondary'}>
            {textsFor(frame.language).safetyConditions.own.link(safety)}
          </ButtonLink>
        </p>
      )}
      <OwnPromises commitments={commitments} offers={offers} sheet={ROUTES.circleSheet} />
      <OthersAskHelp offers={offers} />
      <WhatIOffer offers={offers} />
      {plan && (
        <p>
          <a href={ROUTES.circlePlan}>{plan === 'whole' ? textsFor(frame.language).paperPages.mine.link : textsFor(frame.language).paperPages.mine.partLink}</a>
        </p>
      )}
      {!offers.over && !offers.mayOffer && [meetings, commitments, offers.asked, offers.others].every(({ length }) => length === 0) && <Notice tone="info">{t.nothing}</Notice>}
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
