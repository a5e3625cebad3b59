import type { VNode } from 'preact';
import type { LawClockAnswer } from '../cases/law-clocks.dto.js';
import { rhythm, wordFor } from '../texts/nl/desk-words.js';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { day, dayOfYear, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { InvitedMeetingCard, type InvitedMeeting } from './dates.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { COMMITMENT_TONES, MEMBER_TONES } from './desk.rules.js';
import { LawTerms } from './law-clocks.pages.js';
import { OwnPromises, type OwnCommitment } from './promises.pages.js';

export interface Statement {
  want: string;
  can: string;
  need: string;
}

/** What only a device that is known shows. */
export interface MineContents {
  circle: readonly {
    id: string;
    name: string;
    relation: string;
    professional: boolean;
    state: string;
    version: number;
    /** The person may still be approved or refused. */
    open: boolean;
  }[];
  statement: Statement | null;
  plan: {
    id: string;
    version: number;
    fixedAt: Instant;
    goals: readonly string[];
    commitments: readonly { who: string; text: string; state: string; dueOn: string | null; every: string | null }[];
    /** What I said; null when not yet. */
    agrees: boolean | null;
  } | null;
  lawClocks: readonly LawClockAnswer[];
}

export interface MinePageProps {
  frame: Frame;
  me: { name: string };
  meetings: readonly InvitedMeeting[];
  commitments: readonly OwnCommitment[];
  /** Null when the device is not known: then only dates and own promises. */
  contents: MineContents | null;
}

/** `/mijn`: the page of a main person. */
export function MinePage({ frame, me, meetings, commitments, contents }: MinePageProps): VNode {
  const t = textsFor(frame.language).desk.mine;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1 dir="auto">{t.heading(me.name)}</h1>
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
      {meetings.map((meeting) => (
        <InvitedMeetingCard meeting={meeting} />
      ))}
      {contents && <MyCircle circle={contents.circle} />}
      {contents && <MyStatement statement={contents.statement} />}
      {contents && <MyPlan plan={contents.plan} />}
      <OwnPromises commitments={commitments} />
      {contents && <LawTerms clocks={contents.lawClocks} />}
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

function MyCircle({ circle }: Pick<MineContents, 'circle'>): VNode {
  const all = useTexts();
  const t = all.desk;
  return (
    <section class="card" aria-labelledby="kring">
      <h2 id="kring">{t.mine.circleTitle}</h2>
      <p class="quiet">{t.mine.circleIntro}</p>
      {circle.length === 0 && <p>{t.mine.circleEmpty}</p>}
      {[...circle]
        .sort((a, b) => Number(b.open) - Number(a.open))
        .map((person) => (
          <article class="task person">
            <h3>
              <bdi>{person.name}</bdi> <span class="quiet">{wordFor(all.circle.relations, person.relation)}</span>
            </h3>
            {person.open ? (
              <Form
                action={address(ROUTES.mineApprove, { memberId: person.id })}
                hidden={{ version: person.version }}
                class="buttons"
              >
                <Button kind="primary" about={t.mine.about(person.name)}>
                  {t.mine.yes}
                </Button>
                <Button
                  kind="secondary"
                  action={address(ROUTES.mineRefuse, { memberId: person.id })}
                  about={t.mine.about(person.name)}
                >
                  {t.mine.ratherNot}
                </Button>
              </Form>
            ) : (
              <StatusBadge tone={MEMBER_TONES[person.state]}>{wordFor(all.circle.states, person.state)}</StatusBadge>
            )}
          </article>
        ))}
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
    </section>
  );
}

function MyPlan({ plan }: Pick<MineContents, 'plan'>): VNode {
  const all = useTexts();
  const t = all.desk;
  if (!plan) {
    return (
      <section class="card" aria-labelledby="plan">
        <h2 id="plan">{t.mine.planTitle}</h2>
        <p>{t.mine.planNone}</p>
      </section>
    );
  }
  return (
    <section class="card" aria-labelledby="plan">
      <h2 id="plan">{t.mine.planTitle}</h2>
      <p class="quiet">{t.mine.planVersion(plan.version, dayOfYear(plan.fixedAt))}</p>
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
                <small>{row.every ? rhythm(row.every) : row.dueOn && t.circle.before(day(row.dueOn))}</small>
              </>
            ),
          },
        ]}
      />
      {plan.agrees === null ? (
        <Form action={ROUTES.mineAgreement} hidden={{ planId: plan.id }}>
          <h3>{t.mine.agreeAsk}</h3>
          <TextArea name="remark" label={t.mine.agreeRemark} optional rows={2} />
          <div class="buttons">
            <Button name="agrees" value="true">
              {t.mine.agreeYes}
            </Button>
            <Button kind="secondary" name="agrees" value="false">
              {t.mine.agreeNo}
            </Button>
          </div>
        </Form>
      ) : (
        <Notice tone={plan.agrees ? 'ok' : 'info'}>{plan.agrees ? t.mine.agreedYes : t.mine.agreedNo}</Notice>
      )}
    </section>
  );
}
