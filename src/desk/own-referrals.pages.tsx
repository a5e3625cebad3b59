import type { VNode } from 'preact';
import type { ReferralForReferrer, ReferralListItemForReferrer, ReferrerCommitment, ReferrerCondition } from '../referrals/referrals.dto.js';
import { OPEN_REFERRAL_STATES, WITHDRAWAL_REASONS, type ReferralState } from '../referrals/referrals.rules.js';
import { textsFor } from '../texts/texts.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge, type Tone } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { day, dayOfYear, readable, shortDay, telephone, time, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { optionsOf } from './case-parts.pages.js';
import { COMMITMENT_TONES } from './desk.rules.js';
import { address, ROUTES } from './desk.routes.js';

const TONES: Readonly<Record<ReferralState, Tone>> = {
  'awaiting-confirmation': 'attention',
  received: 'busy',
  'more-information-needed': 'attention',
  accepted: 'good',
  declined: 'neutral',
  withdrawn: 'neutral',
};

export interface OwnReferralsPageProps {
  frame: Frame;
  referrals: readonly ReferralListItemForReferrer[];
  nextPage: string | null;
}

/** `/aanmeldingen`: whom one has referred, and where it stands. */
export function OwnReferralsPage({ frame, referrals, nextPage }: OwnReferralsPageProps): VNode {
  const all = textsFor(frame.language);
  const t = all.ownReferrals;
  const moment = (at: Instant): string => all.web.dates.at(shortDay(at), time(at));
  return (
    <Layout frame={frame} title={t.title} audience="staff" width="wide">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <p>
        <ButtonLink href={ROUTES.refer}>{t.refer}</ButtonLink>
      </p>
      <Table
        caption={t.title}
        captionUnseen
        empty={t.none}
        rows={referrals}
        columns={[
          {
            heading: t.who,
            names: true,
            cell: ({ id, residentName }) => (
              <a href={address(ROUTES.ownReferral, { referralId: id })}>
                <bdi>{residentName}</bdi>
              </a>
            ),
          },
          { heading: t.state, cell: ({ state }) => <State state={state} /> },
          { heading: t.since, cell: ({ createdAt }) => shortDay(createdAt) },
          { heading: t.facilitator, cell: ({ facilitatorName }) => facilitatorName ?? '–' },
          { heading: t.meeting, cell: ({ meetingStartsAt }) => (meetingStartsAt ? moment(meetingStartsAt) : '–') },
        ]}
      />
      {nextPage && (
        <p>
          <a href={nextPage}>{t.nextPage}</a>
        </p>
      )}
    </Layout>
  );
}

function State({ state }: { state: ReferralState }): VNode {
  return <StatusBadge tone={TONES[state]}>{useTexts().referrals.states[state]}</StatusBadge>;
}

export interface OwnReferralPageProps {
  frame: Frame;
  referral: ReferralForReferrer;
  /** The last day on which somebody looks at it, or calls; null when there is nothing to wait for. */
  waitsUntil: Instant | null;
  phone: string | null;
}

/** One referral, as far as its referrer may see it. */
export function OwnReferralPage({ frame, referral, waitsUntil, phone }: OwnReferralPageProps): VNode {
  const all = textsFor(frame.language);
  const t = all.ownReferrals;
  const moment = (at: Instant): string => all.web.dates.at(day(at), time(at));
  const { state, residentName, acceptedAt, facilitatorName, endReason } = referral;
  const why = state === 'declined' ? wordFor(all.referrals.declineReasons, endReason) : state === 'withdrawn' ? wordFor(all.referrals.withdrawalReasons, endReason) : '';
  return (
    <Layout frame={frame} title={all.web.pageTitle(t.heading(residentName), t.title)} audience="staff">
      <p class="refer-back">
        <a href={ROUTES.ownReferrals}>{t.back}</a>
      </p>
      <h1 dir="auto">{t.heading(residentName)}</h1>
      <DefinitionList
        items={[
          [t.state, <State state={state} />],
          [t.since, dayOfYear(referral.createdAt)],
          [t.facilitator, facilitatorName && acceptedAt && t.pickedUp(facilitatorName, moment(acceptedAt))],
          [t.acknowledged, referral.acknowledgedByName && referral.acknowledgedAt && t.pickedUp(referral.acknowledgedByName, moment(referral.acknowledgedAt))],
          [t.meeting, referral.meetingStartsAt ? moment(referral.meetingStartsAt) : state === 'accepted' && t.noneYet],
          [t.over, referral.caseEnded && all.cases.states[referral.caseEnded]],
          [state === 'declined' || state === 'withdrawn' ? t.ended[state] : '', why],
        ]}
      />
      {referral.callInstead && (
        <Notice tone="warning">
          <p>
            {t.callInstead} <a href={telephone(referral.callInstead)}>{readable(referral.callInstead)}</a>
          </p>
        </Notice>
      )}
      {waitsUntil && (
        <section class="card warm" aria-labelledby="nu">
          <h2 id="nu">{t.nextTitle}</h2>
          <p>{state === 'accepted' ? t.next.accepted(day(waitsUntil)) : t.next.received(day(waitsUntil))}</p>
          {phone && (
            <p>
              {t.next.late} <a href={telephone(phone)}>{readable(phone)}</a>
            </p>
          )}
          <p>{t.acute}</p>
        </section>
      )}
      {state === 'more-information-needed' && <Asked referral={referral} />}
      {referral.commitments.length > 0 && <Commitments commitments={referral.commitments} />}
      {referral.safetyConditions.length > 0 && <Conditions conditions={referral.safetyConditions} />}
      {OPEN_REFERRAL_STATES.includes(state) && <Withdrawal referral={referral} />}
    </Layout>
  );
}

function Asked({ referral }: { referral: ReferralForReferrer }): VNode {
  const { ownReferrals: t, referrals } = useTexts();
  return (
    <section class="card warm" aria-labelledby="vraag">
      <h2 id="vraag">{t.askedTitle}</h2>
      <p>{wordFor(referrals.questionReasons, referral.endReason)}</p>
      <p>{t.asked}</p>
      <Form action={address(ROUTES.ownReferralAnswer, { referralId: referral.id })} hidden={{ version: referral.version }}>
        <TextArea name="text" label={t.answer} rows={5} />
        <Button>{t.send}</Button>
      </Form>
    </section>
  );
}

function Commitments({ commitments }: { commitments: readonly ReferrerCommitment[] }): VNode {
  const { ownReferrals: t, plans } = useTexts();
  return (
    <section class="card" aria-labelledby="afspraken">
      <h2 id="afspraken">{t.commitmentsTitle}</h2>
      <Table
        caption={t.commitmentsTitle}
        captionUnseen
        empty=""
        rows={commitments}
        columns={[
          { heading: t.what, names: true, cell: ({ text }) => <span dir="auto">{text}</span> },
          { heading: t.before, cell: ({ dueOn, every }) => (every ? t.every : shortDay(dueOn)) },
          { heading: t.state, cell: ({ state }) => <StatusBadge tone={COMMITMENT_TONES[state]}>{wordFor(plans.commitmentStates, state)}</StatusBadge> },
        ]}
      />
    </section>
  );
}

function Conditions({ conditions }: { conditions: readonly ReferrerCondition[] }): VNode {
  const t = useTexts().ownReferrals;
  return (
    <section class="card" aria-labelledby="veilig">
      <h2 id="veilig">{t.conditionsTitle}</h2>
      <Table
        caption={t.conditionsTitle}
        captionUnseen
        empty=""
        rows={conditions}
        columns={[
          { heading: t.condition, names: true, cell: ({ text }) => <span dir="auto">{text}</span> },
          { heading: t.metBy, cell: ({ metBy }) => <span dir="auto">{metBy ?? t.noPlan}</span> },
          { heading: t.tested, cell: ({ met }) => (met === null ? t.met.open : met ? t.met.yes : t.met.no) },
        ]}
      />
    </section>
  );
}

function Withdrawal({ referral }: { referral: ReferralForReferrer }): VNode {
  const { ownReferrals: t, referrals } = useTexts();
  const action = address(ROUTES.ownReferralWithdrawal, { referralId: referral.id });
  return (
    <Disclosure summary={t.withdraw} actions={[action]}>
      <Form action={action} hidden={{ version: referral.version }}>
        <Choice name="reason" label={t.withdrawWhy} options={optionsOf(referrals.withdrawalReasons, WITHDRAWAL_REASONS)} />
        <TextArea name="remark" label={t.withdrawRemark} optional rows={2} />
        <Button kind="danger">{t.withdraw}</Button>
      </Form>
    </Disclosure>
  );
}
