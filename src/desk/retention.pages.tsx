import type { VNode } from 'preact';
import type { LegalHold, RetentionCase, RetentionPolicy, RetentionRun, RetentionRunItem } from '../privacy/retention.dto.js';
import { HOLD_REASONS, RETENTION_RULES } from '../privacy/retention.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Select, TextArea, TextField } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge, type Tone } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { dayOfYear, time } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { address, ROUTES } from './desk.routes.js';

export interface RetentionPageProps {
  frame: Frame;
  policy: RetentionPolicy;
  holds: readonly LegalHold[];
  runs: readonly RetentionRunItem[];
  /** Address of the page with earlier runs. */
  older: string | null;
}

const TONES: Record<RetentionRunItem['state'], Tone> = { waiting: 'neutral', running: 'busy', done: 'good' };

/** `/beheer/bewaren`: how long is kept what, what is held, and what went. */
export function RetentionPage({ frame, policy, holds, runs, older }: RetentionPageProps): VNode {
  const t = textsFor(frame.language).retention.page;
  return (
    <Layout frame={frame} title={t.title} audience="staff" width="wide">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      <RuleSection policy={policy} />
      <HoldsSection holds={holds} />
      <RunsSection runs={runs} older={older} />
    </Layout>
  );
}

function RuleSection({ policy }: { policy: RetentionPolicy }): VNode {
  const { page: t, rules } = useTexts().retention;
  const { coming } = policy;
  return (
    <section class="card" aria-labelledby="termijn">
      <h2 id="termijn">{t.ruleTitle}</h2>
      <DefinitionList
        items={[
          [t.rule, rules[policy.rule]],
          [t.ground, <span dir="auto">{policy.ground ?? t.noGround}</span>],
          [t.since, policy.effectiveFrom && dayOfYear(policy.effectiveFrom)],
        ]}
      />
      {coming && <p>{t.coming(rules[coming.rule], dayOfYear(coming.effectiveFrom!))}</p>}
      <p class="quiet">{t.starts}</p>
      <Disclosure summary={t.choose} actions={[ROUTES.retentionRule]}>
        <Form action={ROUTES.retentionRule}>
          <Select name="rule" label={t.chooseRule} hint={t.shorterHint} options={options(rules, RETENTION_RULES)} value={policy.rule} />
          <TextArea name="ground" label={t.chooseGround} rows={2} />
          <TextField name="effectiveFrom" type="date" label={t.chooseFrom} optional />
          <Button>{t.save}</Button>
        </Form>
      </Disclosure>
    </section>
  );
}

function HoldsSection({ holds }: { holds: readonly LegalHold[] }): VNode {
  const { page: t, holdReasons } = useTexts().retention;
  return (
    <section class="card" aria-labelledby="vastgehouden">
      <h2 id="vastgehouden">{t.holdsTitle}</h2>
      <p>{t.holdsIntro}</p>
      <Table
        caption={t.holdsTitle}
        captionUnseen
        rows={holds}
        empty={t.holdsEmpty}
        columns={[
          { heading: t.reference, names: true, cell: ({ reference }) => reference },
          { heading: t.reason, cell: ({ reason }) => holdReasons[reason] },
          { heading: t.remark, cell: ({ remark }) => <span dir="auto">{remark ?? '–'}</span> },
          { heading: t.until, cell: ({ until }) => (until ? dayOfYear(until) : t.untilEnded) },
          {
            heading: t.endHold,
            acts: true,
            cell: ({ caseId, reference }) => (
              <FormButton action={address(ROUTES.retentionRelease, { caseId })} about={reference}>
                {t.endHold}
              </FormButton>
            ),
          },
        ]}
      />
      <Disclosure summary={t.hold} actions={[ROUTES.retentionHold]}>
        <Form action={ROUTES.retentionHold}>
          <TextField name="reference" label={t.reference} size="short" />
          <Select name="reason" label={t.reason} options={options(holdReasons, HOLD_REASONS)} />
          <TextArea name="remark" label={t.remark} optional />
          <TextField name="until" type="date" label={t.until} optional />
          <Button>{t.putHold}</Button>
        </Form>
      </Disclosure>
    </section>
  );
}

function RunsSection({ runs, older }: Pick<RetentionPageProps, 'runs' | 'older'>): VNode {
  const { page: t, shortRules, rules, states } = useTexts().retention;
  return (
    <section class="card" aria-labelledby="beurten">
      <h2 id="beurten">{t.runsTitle}</h2>
      <p>{t.trialIntro}</p>
      <Form action={ROUTES.retentionTrial}>
        <TextField name="on" type="date" label={t.trialOn} optional />
        <Select name="rule" label={t.trialRule} optional options={options(rules, RETENTION_RULES)} />
        <div class="buttons">
          <Button>{t.trial}</Button>
          <ButtonLink href={ROUTES.retentionErase} kind="secondary">
            {t.eraseNow}
          </ButtonLink>
        </div>
      </Form>
      <Table
        caption={t.runsTitle}
        captionUnseen
        rows={runs}
        empty={t.runsEmpty}
        columns={[
          {
            heading: t.when,
            names: true,
            cell: ({ id, createdAt }) => (
              <a href={address(ROUTES.retentionRun, { runId: id })}>
                {dayOfYear(createdAt)}, {time(createdAt)}
              </a>
            ),
          },
          { heading: t.run, cell: (run) => whatOf(run, t) },
          { heading: t.term, cell: ({ rule }) => shortRules[rule] },
          { heading: t.asIf, cell: ({ on }) => dayOfYear(on) },
          { heading: t.state, cell: ({ state }) => <StatusBadge tone={TONES[state]}>{states[state]}</StatusBadge> },
        ]}
      />
      {older && (
        <p>
          <a href={older}>{t.older}</a>
        </p>
      )}
    </section>
  );
}

/** `/beheer/bewaren/wissen`: asks to be sure. */
export function RetentionErasePage({ frame }: { frame: Frame }): VNode {
  const t = textsFor(frame.language).retention.page;
  return (
    <Layout frame={frame} title={t.sureTitle} audience="staff">
      <h1>{t.sureTitle}</h1>
      <Notice tone="warning">{t.sure}</Notice>
      <p>{t.sureTrial}</p>
      <p class="quiet">{t.sureBackups}</p>
      <Form action={ROUTES.retentionErase}>
        <div class="buttons">
          <Button kind="danger">{t.sureYes}</Button>
          <ButtonLink href={ROUTES.retention} kind="secondary">
            {t.back}
          </ButtonLink>
        </div>
      </Form>
    </Layout>
  );
}

export interface RetentionRunPageProps {
  frame: Frame;
  run: RetentionRun;
  cases: readonly RetentionCase[];
  /** Address of the page with the cases that follow. */
  more: string | null;
}

/** One run or trial: how far it is, and its report. Numbers of cases and counts, no names. */
export function RetentionRunPage({ frame, run, cases, more }: RetentionRunPageProps): VNode {
  const { page: t, rules, states, outcomes, reasons } = textsFor(frame.language).retention;
  const title = t.reportTitle(run.dryRun);
  const here = address(ROUTES.retentionRun, { runId: run.id });
  return (
    <Layout frame={frame} title={title} audience="staff" width="wide">
      <p>
        <a href={ROUTES.retention}>{t.back}</a>
      </p>
      <h1>{title}</h1>
      {run.state !== 'done' && (
        <Notice tone="info">
          <p>{t.busy}</p>
          <p>
            <a href={here}>{t.refresh}</a>
          </p>
        </Notice>
      )}
      {run.dryRun && run.state === 'done' && <Notice tone="info">{t.trialNote}</Notice>}
      <section class="card" aria-labelledby="beurt">
        <h2 id="beurt">{t.runsTitle}</h2>
        <DefinitionList
          items={[
            [t.run, whatOf(run, t)],
            [t.when, `${dayOfYear(run.createdAt)}, ${time(run.createdAt)}`],
            [t.asIf, run.dryRun && dayOfYear(run.on)],
            [t.term, rules[run.rule]],
            [t.state, <StatusBadge tone={TONES[run.state]}>{states[run.state]}</StatusBadge>],
            [t.seen, String(run.casesSeen)],
            ...(['erased', 'told', 'held', 'failed'] as const).map((outcome) => [outcomes[outcome], String(run.cases[outcome])] as const),
          ]}
        />
      </section>
      <section class="card" aria-labelledby="trajecten">
        <h2 id="trajecten">{t.casesTitle}</h2>
        <Table
          caption={t.casesTitle}
          captionUnseen
          rows={cases}
          empty={t.casesEmpty}
          columns={[
            { heading: t.reference, names: true, cell: ({ reference }) => reference },
            { heading: t.outcome, cell: ({ outcome }) => outcomes[outcome as keyof typeof outcomes] },
            { heading: t.rows, numeric: true, cell: ({ rows }) => rows },
          ]}
        />
        {more && (
          <p>
            <a href={more}>{t.older}</a>
          </p>
        )}
      </section>
      <section class="card" aria-labelledby="regels">
        <h2 id="regels">{t.countsTitle}</h2>
        <Table
          caption={t.countsTitle}
          captionUnseen
          rows={run.counts}
          empty={t.countsEmpty}
          columns={[
            { heading: t.why, names: true, cell: ({ rule }) => reasons[rule] ?? rule },
            { heading: t.table, cell: ({ table }) => <code>{table}</code> },
            { heading: t.count, numeric: true, cell: ({ count }) => count },
          ]}
        />
      </section>
    </Layout>
  );
}

type PageTexts = ReturnType<typeof textsFor>['retention']['page'];

function whatOf({ dryRun, askedBy }: RetentionRunItem, t: PageTexts): string {
  if (dryRun) return t.isTrial;
  return askedBy === null ? `${t.isRun}, ${t.byNight}` : t.isRun;
}

const options = <Key extends string>(words: Record<Key, string>, keys: readonly Key[]): { value: string; label: string }[] =>
  keys.map((value) => ({ value, label: words[value] }));
