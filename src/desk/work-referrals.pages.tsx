import type { VNode } from 'preact';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Select } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { shortDay, type Instant } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { address, ROUTES } from './desk.routes.js';

/** A referral that waits for someone to take it. */
export interface OpenReferral {
  id: string;
  resident: string;
  kind: string;
  source: string;
  referrer: string | null;
  receivedAt: Instant;
  question: string;
  themes: readonly string[];
  circleSize: number;
  safety: 'none' | 'concern' | 'acute';
  possibleDouble: boolean;
}

export interface OpenReferralsProps {
  referrals: readonly OpenReferral[];
  facilitators: readonly { id: string; name: string; openCases: number }[];
  kinds: readonly string[];
  /** The lead gives a referral to someone; a facilitator takes it. */
  assigning: boolean;
}

/** Referrals to take: who, what they ask, and one button. */
export function OpenReferrals({ referrals, facilitators, kinds, assigning }: OpenReferralsProps): VNode {
  const t = useTexts().desk.work;
  return (
    <section class="card warm" aria-labelledby="aanmeldingen">
      <h2 id="aanmeldingen">
        {t.referrals}
        {referrals.length > 0 && <span class="counter">{referrals.length}</span>}
      </h2>
      {referrals.length === 0 && <p class="quiet">{t.referralsNone}</p>}
      <div class="columns">
        {referrals.map((referral) => (
          <Referral referral={referral} facilitators={facilitators} kinds={kinds} assigning={assigning} />
        ))}
      </div>
    </section>
  );
}

function Referral({
  referral,
  facilitators,
  kinds,
  assigning,
}: Omit<OpenReferralsProps, 'referrals'> & { referral: OpenReferral }): VNode {
  const all = useTexts();
  const t = all.desk.work;
  const from = [wordFor(all.referrals.sources, referral.source), referral.referrer].filter(Boolean).join(', ');
  return (
    <article class="task" id={`aanmelding-${referral.id}`}>
      <h3>
        <bdi>{referral.resident}</bdi>{' '}
        {referral.safety !== 'none' && (
          <StatusBadge tone="attention">{wordFor(all.referrals.safetyLevels, referral.safety)}</StatusBadge>
        )}{' '}
        {referral.possibleDouble && <StatusBadge>{t.possibleDouble}</StatusBadge>}
      </h3>
      <p class="own-words" dir="auto">
        {referral.question}
      </p>
      <p class="quiet">
        {t.received(shortDay(referral.receivedAt))}, {t.by(from)} – {t.circleSize(referral.circleSize)}
      </p>
      <PickUp referral={referral} facilitators={facilitators} kinds={kinds} assigning={assigning} />
    </article>
  );
}

function PickUp({
  referral,
  facilitators,
  kinds,
  assigning,
}: Omit<OpenReferralsProps, 'referrals'> & { referral: OpenReferral }): VNode {
  const all = useTexts();
  const t = all.desk.work;
  const action = address(ROUTES.acceptReferral, { referralId: referral.id });
  const self = facilitators[0];
  if (!assigning && self && referral.kind !== 'unknown') {
    return (
      <FormButton
        action={action}
        hidden={{ facilitatorId: self.id }}
        kind="primary"
        about={all.desk.mine.about(referral.resident)}
      >
        {t.takeIt}
      </FormButton>
    );
  }
  return (
    <Disclosure summary={assigning ? t.assign : t.takeIt} about={all.desk.mine.about(referral.resident)} actions={[action]}>
      <DefinitionList items={[[t.kind, referral.kind !== 'unknown' && wordFor(all.cases.kinds, referral.kind)]]} />
      <Form action={action} hidden={assigning ? {} : { facilitatorId: self?.id }}>
        <div class="fields">
          {assigning && (
            <Select
              name="facilitatorId"
              label={t.assignTo}
              options={facilitators.map((one) => ({ value: one.id, label: t.openCases(one.name, one.openCases) }))}
            />
          )}
          {referral.kind === 'unknown' && (
            <Select
              name="kind"
              label={t.kind}
              options={kinds.map((kind) => ({ value: kind, label: wordFor(all.cases.kinds, kind) }))}
            />
          )}
        </div>
        <Button>{assigning ? t.assign : t.takeIt}</Button>
      </Form>
    </Disclosure>
  );
}
