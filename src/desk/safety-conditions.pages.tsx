import type { VNode } from 'preact';
import type { PlanCondition } from '../plans/plans.dto.js';
import type { PlanState } from '../plans/plans.rules.js';
import { conditionState, type ConditionState } from '../plans/safety-conditions.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge, type Tone } from '../web/components/status-badge.js';
import { dayOfYear } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { Section } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

const TONES: Record<ConditionState, Tone> = { untested: 'neutral', met: 'good', 'not-met': 'attention' };

export interface OwnSafetyPageProps {
  frame: Frame;
  /** Null as long as no plan is fixed. */
  plan: { state: PlanState; testBy: string } | null;
  conditions: readonly PlanCondition[];
}

/** `/kring/veilig`: whoever named what must be safe, or their deputy, looks at it point by point. */
export function OwnSafetyPage({ frame, plan, conditions }: OwnSafetyPageProps): VNode {
  const t = textsFor(frame.language).safetyConditions;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1>{t.title}</h1>
      <p class="lead">{t.own.intro}</p>
      {!plan && <Notice tone="info">{t.own.noPlan}</Notice>}
      {plan && conditions.length === 0 && <Notice tone="info">{t.own.nothing}</Notice>}
      {plan && conditions.some(({ met }) => met === null) && <p>{t.own.before(dayOfYear(plan.testBy))}</p>}
      {plan && conditions.map((condition) => <OwnCondition condition={condition} />)}
      <p>
        <a href={ROUTES.circle}>{t.own.back}</a>
      </p>
    </Layout>
  );
}

function OwnCondition({ condition }: { condition: PlanCondition }): VNode {
  const t = useTexts().safetyConditions;
  const action = address(ROUTES.ownSafetyTest, { conditionId: condition.id });
  const state = conditionState(condition.met);
  return (
    <article class="card">
      <h2 dir="auto">{condition.text}</h2>
      <Condition condition={condition} heard />
      {state === 'untested' && <Look condition={condition} />}
      {state === 'met' && (
        <Disclosure summary={t.own.change} about={condition.text} actions={[action]}>
          <Look condition={condition} />
        </Disclosure>
      )}
      {state === 'not-met' && <p>{t.own.nextVersion}</p>}
    </article>
  );
}

function Look({ condition: { id } }: { condition: PlanCondition }): VNode {
  const t = useTexts().safetyConditions.own;
  return (
    <Form action={address(ROUTES.ownSafetyTest, { conditionId: id })}>
      <Choice
        name="met"
        label={t.ask}
        options={[
          { value: 'true', label: t.yes },
          { value: 'false', label: t.notYet },
        ]}
      />
      <TextArea name="reason" label={t.reason} hint={t.reasonHint} rows={2} />
      <Button>{t.save}</Button>
    </Form>
  );
}

/** What is said of one: why, how the circle sees to it, and what came of looking at it. */
function Condition({ condition, heard = false }: { condition: PlanCondition; heard?: boolean }): VNode {
  const t = useTexts().safetyConditions;
  const { reason, metBy, met, testedByName, testedAt, notMetBecause } = condition;
  const state = conditionState(met);
  return (
    <>
      <p>
        <StatusBadge tone={TONES[state]}>{t.states[state]}</StatusBadge>{' '}
        {testedByName && testedAt && <span class="quiet" dir="auto">{t.lookedAt(testedByName, dayOfYear(testedAt))}</span>}
      </p>
      <DefinitionList
        items={[
          [t.needed, notMetBecause && <bdi>{notMetBecause}</bdi>],
          [t.metBy, metBy ? <bdi>{metBy}</bdi> : heard && t.metByNone],
          [t.why, reason && <bdi>{reason}</bdi>],
        ]}
      />
    </>
  );
}

/** On `/mijn`, with the plan: that it comes back, when it does. */
export function PlanComesBack({ state }: { state: PlanState }): VNode | null {
  const t = useTexts().safetyConditions;
  if (state !== 'returned') return null;
  return (
    <Notice tone="info" title={t.returnedTitle}>
      <p>{t.returned}</p>
      <p>
        <a href="#wat-veilig">{t.returnedLink}</a>
      </p>
    </Notice>
  );
}

/** On `/mijn`: what must be safe and where that stands. */
export function SafetyNeeds({ conditions }: { conditions: readonly PlanCondition[] }): VNode | null {
  const t = useTexts().safetyConditions;
  if (conditions.length === 0) return null;
  return (
    <section class="card" aria-labelledby="wat-veilig">
      <h2 id="wat-veilig">{t.title}</h2>
      {conditions.map((condition) => (
        <article class="task">
          <h3 dir="auto">{condition.text}</h3>
          <Condition condition={condition} />
        </article>
      ))}
    </section>
  );
}

export interface ConditionsSectionProps {
  reference: string;
  /** Those of the newest version, or of the draft as long as there is none. */
  conditions: readonly (PlanCondition & { setBy: string; deputy: string | null })[];
  state: PlanState | null;
  /** Nobody met yet: one more can be named. */
  canAdd: boolean;
  /** Who can name one. */
  professionals: readonly { id: string; name: string }[];
}

/** On the page of a case: what must be safe, who looks at it, and before the meeting one more. */
export function ConditionsSection({ reference, conditions, state, canAdd, professionals }: ConditionsSectionProps): VNode {
  const t = useTexts().safetyConditions;
  const action = address(ROUTES.addSafetyCondition, { ref: reference });
  const people = professionals.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Section id="wat-veilig" title={t.title}>
      {conditions.length === 0 && <p class="quiet">{t.desk.none}</p>}
      {state === 'returned' && <Notice tone="warning" title={t.returnedTitle}>{t.desk.rework}</Notice>}
      {conditions.map((condition) => (
        <article class="task">
          <h3 dir="auto">{condition.text}</h3>
          <p class="quiet" dir="auto">
            {t.setBy(condition.setBy)} {condition.deputy && t.deputy(condition.deputy)}
          </p>
          <Condition condition={condition} />
        </article>
      ))}
      {conditions.some(({ met }) => met === null) && state !== null && <p class="quiet">{t.desk.onlyOwner}</p>}
      {canAdd && people.length > 0 && (
        <Disclosure summary={t.desk.add} actions={[action]}>
          <p class="quiet">{t.desk.addHint}</p>
          <Form action={action}>
            <TextArea name="text" label={t.desk.text} rows={2} />
            <TextArea name="reason" label={t.desk.reason} rows={2} />
            <Select name="setByMemberId" label={t.desk.setBy} options={people} />
            <Select name="deputyMemberId" label={t.desk.deputy} optional options={people} />
            <Button>{t.desk.save}</Button>
          </Form>
        </Disclosure>
      )}
    </Section>
  );
}
