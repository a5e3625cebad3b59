import type { VNode } from 'preact';
import type { LawClockAnswer } from '../cases/law-clocks.dto.js';
import type { PlanCondition } from '../plans/plans.dto.js';
import type { PlanState } from '../plans/plans.rules.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { dayOfYear, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { byWhen } from './case-parts.pages.js';
import { InvitedMeetingCard, type InvitedMeeting } from './dates.pages.js';
import { ROUTES } from './desk.routes.js';
import { COMMITMENT_TONES } from './desk.rules.js';
import { OwnAgreementPart } from './own-agreement.pages.js';
import { LegalLine, type LegalFormView } from './legal-forms.pages.js';
import { LawTerms } from './law-clocks.pages.js';
import { PlanComesBack, SafetyNeeds } from './safety-conditions.pages.js';
import { Decision, type OwnCirclePerson } from './own-circle.pages.js';
import { PlanProgress, type PlanProgressProps } from './six-weeks.pages.js';
import { TableCard } from './private-time.pages.js';
import { TogetherAgain, type TogetherAgainProps } from './together.pages.js';
import { DirectorTexts, YourMoves, type OwnObstacle } from './own-obstacles.pages.js';
import { CaseOver, OthersAskHelp, TakingOver, WhatIOffer, WhatPeopleOffer, type OwnOffers } from './own-offers.pages.js';
import { Kept, OwnPromises, type OwnCommitment } from './promises.pages.js';
import { AskMarks } from './marks.pages.js';

export interface Statement {
  want: string;
  can: string;
  need: string;
}

/** What only a device that is known shows. */
export interface MineContents {
  circle: readonly OwnCirclePerson[];
  statement: Statement | null;
  plan: {
    id: string;
    version: number;
    fixedAt: Instant;
    goals: readonly string[];
    commitments: readonly { who: string; text: string; state: string; dueOn: string | null; every: string | null }[];
    /** What I said; null when not yet. */
    agrees: boolean | null;
    legal: LegalFormView;
    state: PlanState;
    conditions: readonly PlanCondition[];
  } | null;
  lawClocks: readonly LawClockAnswer[];
  /** How far the plan is; null as long as it is not carried. */
  progress: PlanProgressProps | null;
  /** How they come together again; null while something else is going on. */
  together?: TogetherAgainProps | null;
  /** The script of the meeting: to lead it or to read along; null where nobody meets. */
  script: 'lead' | 'read' | null;
}

export interface MinePageProps {
  frame: Frame;
  me: { name: string };
  meetings: readonly InvitedMeeting[];
  commitments: readonly OwnCommitment[];
  /** What stands and concerns the reader. */
  obstacles?: readonly OwnObstacle[];
  /** What is asked and offered around promises. */
  offers: OwnOffers;
  /** The text of the promise that was just kept. */
  kept?: string | null;
  /** Whether they gave marks; null or left out as long as there is nothing to mark. */
  marks?: { given: boolean } | null;
  /** Null when the device is not known: then only dates and own promises. */
  contents: MineContents | null;
  /** A meeting goes on now, and there is something to do at it. */
  table?: { running: boolean } | null;
}

/** `/mijn`: the page of a main person. */
export function MinePage({ frame, marks, me, meetings, commitments, offers, kept, obstacles = [], contents, table }: MinePageProps): VNode {
  const t = textsFor(frame.language).desk.mine;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      {kept && <Kept text={kept} />}
      <h1 dir="auto">{t.heading(me.name)}</h1>
      <CaseOver over={offers.over} />
      {contents ? (
        <p class="lead">{t.intro}</p>
      ) : (
        <Notice tone="info" title={t.notKnownTitle}>
          <p>{t.notKnown}</p>
          <p>{t.notKnownWhat}</p>
          <p>
            <ButtonLink href={ROUTES.device}>{textsFor(frame.language).links.device.open}</ButtonLink>
          </p>
        </Notice>
      )}
      {table && <TableCard of="mine" {...table} />}
      <YourMoves obstacles={obstacles} />
      {contents && <DirectorTexts obstacles={obstacles} />}
      {meetings.map((meeting) => (
        <InvitedMeetingCard meeting={meeting} />
      ))}
      <TakingOver asked={offers.asked} />
      <WhatPeopleOffer offered={offers.offered} />
      {/* Once there is a plan, it is what somebody comes for. */}
      {contents?.plan && <MyPlan plan={contents.plan} progress={contents.progress} />}
      {contents?.plan && <SafetyNeeds conditions={contents.plan.conditions} />}
      <OwnPromises commitments={commitments} offers={offers} sheet={ROUTES.mineSheet} />
      <OthersAskHelp offers={offers} />
      <WhatIOffer offers={offers} />
      {contents?.together && <TogetherAgain {...contents.together} />}
      {contents?.script && (
        <p>
          <ButtonLink href={ROUTES.mineChairing} kind="secondary">
            {contents.script === 'lead' ? textsFor(frame.language).script.chairing.link : textsFor(frame.language).script.chairing.readingLink}
          </ButtonLink>
        </p>
      )}
      {marks && <AskMarks {...marks} />}
      {contents && <MyCircle circle={contents.circle} />}
      {contents && <MyStatement statement={contents.statement} />}
      {contents && !contents.plan && !contents.together && <MyPlan plan={null} progress={null} />}
      {contents && <LawTerms clocks={contents.lawClocks} />}
      {contents && (
        <p>
          <a href={ROUTES.mineAnswer}>{textsFor(frame.language).preparation.own.link}</a>
        </p>
      )}
      <p>
        <a href={ROUTES.mineYes}>{textsFor(frame.language).yes.link}</a>
      </p>
      {contents && (
        <p>
          <a href={ROUTES.mineLooks}>{textsFor(frame.language).audit.looks.link}</a>
        </p>
      )}
      {contents && (
        <p>
          <a href={ROUTES.mineData}>{textsFor(frame.language).privacy.pages.link}</a>
        </p>
      )}
    </Layout>
  );
}

/** Whom I still have to decide about; the circle itself has its own page. */
function MyCircle({ circle }: Pick<MineContents, 'circle'>): VNode {
  const all = useTexts();
  const t = all.desk.mine;
  return (
    <section class="card" aria-labelledby="kring">
      <h2 id="kring">{t.circleTitle}</h2>
      <p class="quiet">{t.circleIntro}</p>
      {circle.length === 0 && <p>{t.circleEmpty}</p>}
      {circle
        .filter(({ open }) => open)
        .map((person) => (
          <article class="task person">
            <h3>
              <bdi>{person.name}</bdi> <span class="quiet">{wordFor(all.circle.relations, person.relation)}</span>
            </h3>
            <Decision person={person} />
          </article>
        ))}
      <p>
        <a href={ROUTES.mineCircle}>{all.ownCircle.link}</a>
      </p>
    </section>
  );
}

function MyStatement({ statement }: Pick<MineContents, 'statement'>): VNode {
  const t = useTexts().desk.mine;
  return (
    <section class="card warm" aria-labelledby="zinnen">
      <h2 id="zinnen">{t.statementTitle}</h2>
      <p class="quiet">{t.statementIntro}</p>
      <Form action={ROUTES.mineStatement}>
        <TextArea name="want" label={t.want} value={statement?.want} rows={2} />
        <TextArea name="can" label={t.can} value={statement?.can} rows={2} />
        <TextArea name="need" label={t.need} value={statement?.need} rows={2} />
        <Button>{t.save}</Button>
      </Form>
      <p>
        <a href={ROUTES.mineStatement}>{useTexts().draftPages.said.link}</a>
      </p>
    </section>
  );
}

function MyPlan({ plan, progress }: Pick<MineContents, 'plan' | 'progress'>): VNode {
  const all = useTexts();
  const t = all.desk;
  if (!plan) {
    return (
      <section class="card" aria-labelledby="plan">
        <h2 id="plan">{t.mine.planTitle}</h2>
        <p>{t.mine.planNone}</p>
        <PlanLinks hasPlan={false} />
      </section>
    );
  }
  return (
    <section class="card" aria-labelledby="plan">
      <h2 id="plan">{t.mine.planTitle}</h2>
      <p class="quiet">{t.mine.planVersion(plan.version, dayOfYear(plan.fixedAt))}</p>
      <PlanComesBack state={plan.state} />
      <LegalLine {...plan.legal} />
      {progress && <PlanProgress {...progress} />}
      {plan.goals.length > 0 && <h3>{t.mine.goals}</h3>}
      <ul>
        {plan.goals.map((goal) => (
          <li dir="auto">{goal}</li>
        ))}
      </ul>
      <Table
        caption={t.mine.whoDoesWhat}
        empty={t.mine.planNone}
        rows={plan.commitments}
        columns={[
          { heading: t.mine.who, names: true, cell: (row) => <bdi>{row.who}</bdi> },
          { heading: t.mine.what, cell: (row) => <bdi>{row.text}</bdi> },
          {
            heading: t.mine.state,
            cell: (row) => (
              <>
                <StatusBadge tone={COMMITMENT_TONES[row.state]}>{wordFor(all.plans.commitmentStates, row.state)}</StatusBadge>
                <small>{byWhen(all, row)}</small>
              </>
            ),
          },
        ]}
      />
      <OwnAgreementPart action={ROUTES.mineAgreement} planId={plan.id} state={plan.state} agrees={plan.agrees} />
      <p>
        <a href={ROUTES.minePlan}>{all.paperPages.mine.link}</a>
      </p>
      <PlanLinks hasPlan />
    </section>
  );
}

/** Writing along, and all that was fixed before. */
function PlanLinks({ hasPlan }: { hasPlan: boolean }): VNode {
  const t = useTexts().draftPages;
  return (
    <>
      <p>
        <a href={ROUTES.mineWriting}>{t.write.link}</a>
      </p>
      {hasPlan && (
        <p>
          <a href={ROUTES.mineVersions}>{t.versions.link}</a>
        </p>
      )}
    </>
  );
}
