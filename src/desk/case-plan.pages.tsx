import type { VNode } from 'preact';
import { movesOf, type CommitmentState } from '../plans/commitments.rules.js';
import type { StandingObstacle } from '../plans/obstacles.dto.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { dayOfYear, type Instant } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { DraftSummary, type DraftView } from './case-draft.pages.js';
import { StandsInTheWay } from './case-obstacles.pages.js';
import { byWhen, callName, optionsOf, Section, type MainPerson } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { COMMITMENT_TONES } from './desk.rules.js';

export interface PlanView {
  id: string;
  version: number;
  state: 'fixed' | 'carried' | 'returned' | 'replaced';
  fixedAt: Instant;
  goals: readonly string[];
  /** One for each main person who answered. */
  agreements: readonly { memberId: string; agrees: boolean; remark: string | null }[];
}

export interface CommitmentView {
  id: string;
  who: string;
  text: string;
  state: CommitmentState;
  version: number;
  dueOn: string | null;
  every: string | null;
  /** What stands in its way. */
  obstacles: readonly StandingObstacle[];
}

/** Where a promise stands on the page of its case. */
export const promiseAt = (id: string): string => `afspraak-${id}`;

export interface PlanSectionProps {
  reference: string;
  mainPersons: readonly MainPerson[];
  current: PlanView | null;
  commitments: readonly CommitmentView[];
  draft: DraftView;
  /** The draft says something else than the plan that stands. */
  draftIsNew: boolean;
  /** The draft may be fixed now: concluded where there was a meeting, and changed since. */
  canFix: boolean;
}

/** The plan that stands, who agrees, and the draft of the next version. */
export function PlanSection({ reference, mainPersons, current, draft, draftIsNew, canFix }: PlanSectionProps): VNode {
  const t = useTexts();
  const p = t.deskCase.plan;
  return (
    <Section id="plan" title={p.title}>
      {current ? (
        <>
          <p>
            <StatusBadge tone={current.state === 'carried' ? 'good' : 'busy'}>
              {wordFor(t.desk.words.planStates, current.state)}
            </StatusBadge>{' '}
            <span class="quiet">{p.current(current.version, dayOfYear(current.fixedAt))}</span>
          </p>
          <ul>
            {current.goals.map((goal) => (
              <li dir="auto">{goal}</li>
            ))}
          </ul>
          <Agreements reference={reference} mainPersons={mainPersons} plan={current} />
          <p>
            <a href={address(ROUTES.casePlanPaper, { ref: reference })}>{t.paperPages.work.link}</a>
          </p>
        </>
      ) : (
        <p class="quiet">{p.none}</p>
      )}
      <p>
        <a href={address(ROUTES.caseVersions, { ref: reference })}>{t.draftPages.versions.link}</a>
      </p>
      <h3>{p.draft}</h3>
      <DraftSummary draft={draft} isNew={draftIsNew} />
      <p>
        <ButtonLink href={address(ROUTES.caseWriting, { ref: reference })} kind="secondary">
          {p.write}
        </ButtonLink>
      </p>
      {canFix && (
        <>
          <FormButton action={address(ROUTES.fixPlan, { ref: reference })} kind="primary">
            {p.fix}
          </FormButton>
          <p class="quiet">{p.fixHint}</p>
        </>
      )}
    </Section>
  );
}

function Agreements({
  reference,
  mainPersons,
  plan,
}: {
  reference: string;
  mainPersons: readonly MainPerson[];
  plan: PlanView;
}): VNode {
  const t = useTexts().deskCase.plan;
  const action = address(ROUTES.agreement, { ref: reference });
  return (
    <>
      <h3>{t.agreements}</h3>
      <ul>
        {mainPersons.map((person) => {
          const said = plan.agreements.find((one) => one.memberId === person.id);
          return (
            <li>
              <bdi>{callName(person)}</bdi>: {said ? (said.agrees ? t.agrees : t.agreesNot) : t.waiting}
              {said?.remark && (
                <>
                  {' – '}
                  <bdi>{said.remark}</bdi>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <Disclosure summary={t.noteAgreement} actions={[action]}>
        <Form action={action} hidden={{ planId: plan.id }}>
          <Select
            name="memberId"
            label={t.who}
            value={mainPersons.length === 1 ? mainPersons[0]!.id : null}
            options={mainPersons.map((one) => ({ value: one.id, label: one.name }))}
          />
          <Choice
            name="agrees"
            label={t.agreesAsk}
            row
            options={[
              { value: 'true', label: t.agrees },
              { value: 'false', label: t.agreesNot },
            ]}
          />
          <TextArea name="remark" label={t.remark} optional rows={2} />
          <Button>{useTexts().deskCase.circle.save}</Button>
        </Form>
      </Disclosure>
    </>
  );
}

/** Who does what, where it stands, and what the facilitator notes for those who phone. */
export function CommitmentsSection({ reference, commitments }: PlanSectionProps): VNode {
  const all = useTexts();
  const t = all.deskCase.commitments;
  return (
    <Section id="afspraken" title={t.title}>
      <Table
        caption={t.title}
        captionUnseen
        empty={t.none}
        rows={commitments}
        columns={[
          { heading: t.who, names: true, cell: (row) => <bdi id={promiseAt(row.id)}>{row.who}</bdi> },
          {
            heading: t.what,
            cell: (row) => (
              <>
                <bdi>{row.text}</bdi>
                <small>{byWhen(all, row)}</small>
                <StandsInTheWay reference={reference} obstacles={row.obstacles} about={all.desk.mine.about(`${row.who}: ${row.text}`)} />
              </>
            ),
          },
          {
            heading: t.state,
            cell: (row) => (
              <StatusBadge tone={COMMITMENT_TONES[row.state]}>{wordFor(all.plans.commitmentStates, row.state)}</StatusBadge>
            ),
          },
          { heading: t.change, acts: true, cell: (row) => <Progress reference={reference} commitment={row} /> },
        ]}
      />
    </Section>
  );
}

function Progress({ reference, commitment }: { reference: string; commitment: CommitmentView }): VNode | null {
  const t = useTexts().deskCase.commitments;
  const action = address(ROUTES.commitment, { ref: reference, commitmentId: commitment.id });
  const moves = movesOf(commitment.state, commitment.every);
  if (moves.length === 0) return null;
  return (
    <Disclosure summary={t.change} about={commitment.text} actions={[action]}>
      <Form action={action} hidden={{ version: commitment.version }}>
        <Choice name="state" label={t.state} options={optionsOf(t.moves, moves)} />
        <TextArea name="note" label={t.note} hint={t.noteHint} rows={2} />
        <Button>{useTexts().deskCase.circle.save}</Button>
      </Form>
    </Disclosure>
  );
}
