import type { ComponentChildren, VNode } from 'preact';
import type { LawClockAnswer } from '../cases/law-clocks.dto.js';
import { KINDS, type CaseKind } from '../cases/kinds.rules.js';
import type { IndependenceObjection } from '../circle/independence.dto.js';
import type { Correction } from '../privacy/rights.dto.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { textsFor } from '../texts/texts.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Timeline, type TimelineEntry } from '../web/components/timeline.js';
import { dayOfYear, readable, telephone, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { CircleSection, ENDED, LinkButtons, type CircleSectionProps } from './case-circle.pages.js';
import { CostsSection, type CostsSectionProps } from './case-costs.pages.js';
import { SafetySection, type SafetyCheckView } from './case-gates.pages.js';
import { EndingSection, type EndingView } from './closing.pages.js';
import { MeetingSection, type MeetingSectionProps } from './case-meeting.pages.js';
import { ConditionsSection, type ConditionsSectionProps } from './safety-conditions.pages.js';
import { LegalFormSection, type LegalFormView } from './legal-forms.pages.js';
import { LawClocksSection } from './law-clocks.pages.js';
import { MemberCareSection, type MemberCareProps } from './case-member.pages.js';
import { OffersSection, type OffersView } from './case-offers.pages.js';
import { callName, LINKS_OF_MAIN_PERSONS, Section, type MainPerson } from './case-parts.pages.js';
import { CommitmentsSection, PlanSection, type PlanSectionProps } from './case-plan.pages.js';
import { PreconditionsSection, StatementsSection, type StatementsSectionProps } from './case-statements.pages.js';
import { WellbeingSection, type WellbeingSectionProps } from './case-wellbeing.pages.js';
import { RestrictionsSection, YesSection, type RestrictionsProps, type YesesProps } from './case-yes.pages.js';
import { CorrectionsSection } from './privacy.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { ClosedSections } from './private-time.pages.js';
import { CASE_TONES, nextSteps, type NextStep } from './desk.rules.js';

export interface CaseHead {
  reference: string;
  kind: CaseKind;
  state: string;
  urgent: boolean;
  openedAt: Instant;
  question: string;
  themes: readonly string[];
  referrer: string | null;
}

/** Everything about one case for its facilitator. Each part is the props of the section that shows it. */
export interface CasePageProps {
  frame: Frame;
  case: CaseHead;
  mainPersons: readonly MainPerson[];
  circle: Omit<CircleSectionProps, 'reference' | 'mainPersons'>;
  care: MemberCareProps;
  /** What is worth a thought about who leads. */
  leading: readonly IndependenceObjection[];
  /** Null when no check is asked for. */
  safety: SafetyCheckView | null;
  lawClocks: readonly LawClockAnswer[];
  meeting: Omit<MeetingSectionProps, 'reference' | 'mainPersons' | 'people' | 'again' | 'safety'>;
  statements: Omit<StatementsSectionProps, 'reference' | 'mainPersons'>;
  safetyConditions: Omit<ConditionsSectionProps, 'reference'>;
  legal: LegalFormView;
  plan: Omit<PlanSectionProps, 'reference' | 'mainPersons'>;
  offers: OffersView;
  wellbeing: Omit<WellbeingSectionProps, 'reference' | 'mainPersons'>;
  costs: Omit<CostsSectionProps, 'reference'>;
  /** What people asked to put right, newest first. */
  corrections: readonly Correction[];
  /** What people said yes to, and who must not meet whom. */
  yes: YesesProps & RestrictionsProps;
  /** The circle is by itself: what is written is not the facilitator's to see now. */
  closed: boolean;
  /** Beginning again, while a plan is carried out and once it was closed. */
  ending: EndingView;
  /** Newest first. */
  timeline: readonly TimelineEntry[];
}

/** `/werk/trajecten/{ref}`: one case on one page, every action one click away. */
export function CasePage(props: CasePageProps): VNode {
  const { frame, mainPersons, circle } = props;
  const t = textsFor(frame.language).deskCase;
  const { reference } = props.case;
  const shared = { reference, mainPersons };
  const people = [...mainPersons, ...circle.members.filter((member) => !ENDED.includes(member.state))];
  return (
    <Layout frame={frame} title={t.title(reference)} audience="staff" width="wide">
      <Head {...props} />
      <Jump />
      <div class="with-aside">
        <aside aria-label={t.todo.title}>
          <Todo {...props} />
          <Facts {...props} />
        </aside>
        <div>
          {props.safety && !ENDED_STATES.includes(props.case.state) && <SafetySection {...shared} safety={props.safety} />}
          <LawClocksSection reference={reference} clocks={props.lawClocks} />
          <CircleSection {...shared} {...circle} />
          {props.leading.length > 0 && (
            <Notice tone="warning">
              {props.leading.map(({ text }) => (
                <p>{text}</p>
              ))}
            </Notice>
          )}
          <p>
            <a href={address(ROUTES.caseObstacles, { ref: reference })}>{textsFor(frame.language).obstacles.page.link}</a>
          </p>
          <p>
            <a href={address(ROUTES.casePreparation, { ref: reference })}>{textsFor(frame.language).preparation.case.link}</a>
          </p>
          <p>
            <a href={address(ROUTES.caseScript, { ref: reference })}>{textsFor(frame.language).script.work.link}</a>
          </p>
          <MemberCareSection reference={reference} {...props.care} />
          <YesSection reference={reference} {...props.yes} />
          <RestrictionsSection reference={reference} {...props.yes} />
          {KINDS[props.case.kind].meets && <MeetingSection {...shared} people={people} {...props.meeting} again={props.ending.how === 'plan'} safety={props.safety !== null} />}
          {props.closed ? (
            <ClosedSections />
          ) : (
            <>
              <StatementsSection {...shared} {...props.statements} />
              <PreconditionsSection {...shared} {...props.statements} />
              <ConditionsSection {...shared} {...props.safetyConditions} />
              <PlanSection {...shared} {...props.plan} />
              <LegalFormSection {...shared} view={props.legal} planId={props.plan.current?.id ?? null} />
            </>
          )}
          {props.plan.current && (
            <p>
              <a href={address(ROUTES.sixWeeks, { ref: reference })}>{textsFor(frame.language).sixWeeks.link}</a>
            </p>
          )}
          <CommitmentsSection {...shared} {...props.plan} />
          <OffersSection reference={reference} {...props.offers} />
          <WellbeingSection {...shared} {...props.wellbeing} />
          <CostsSection reference={reference} {...props.costs} />
          <Section id="tijdlijn" title={t.timeline.title}>
            <Timeline entries={props.timeline} empty={t.timeline.none} />
          </Section>
          <CorrectionsSection reference={reference} corrections={props.corrections} />
          <EndingSection reference={reference} state={props.case.state} ending={props.ending} commitments={props.plan.commitments} />
        </div>
      </div>
    </Layout>
  );
}

function Head(props: CasePageProps): VNode {
  const t = useTexts();
  return (
    <div class="page-head">
      <h1 dir="auto">{props.mainPersons.map((person) => person.name).join(', ')}</h1>
      <StatusBadge tone={CASE_TONES[props.case.state]}>{wordFor(t.cases.states, props.case.state)}</StatusBadge>
      {props.case.urgent && <StatusBadge tone="attention">{t.desk.work.urgent}</StatusBadge>}
      <span class="quiet">{props.case.reference}</span>
    </div>
  );
}

const ENDED_STATES: readonly string[] = ['closed', 'stopped'];

const PARTS = [
  ['kring', 'circle'],
  ['beraad', 'meeting'],
  ['zinnen', 'statements'],
  ['plan', 'plan'],
  ['afspraken', 'commitments'],
  ['welbevinden', 'wellbeing'],
  ['kosten', 'costs'],
  ['tijdlijn', 'timeline'],
  ['einde', 'ending'],
] as const;

function Jump(): VNode {
  const t = useTexts();
  return (
    <nav class="jump" aria-label={t.web.onThisPage}>
      <ul class="plain">
        {PARTS.map(([id, key]) => (
          <li>
            <a href={`#${id}`}>{t.deskCase.jump[key]}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The part of the page where a step is taken. */
const STEP_PARTS: Readonly<Record<NextStep['code'], string>> = {
  safety: 'veiligheid',
  approve: 'kring',
  call: 'kring',
  invite: 'kring',
  date: 'beraad',
  confirm: 'beraad',
  attendance: 'beraad',
  plan: 'plan',
  agree: 'plan',
  objection: 'plan',
  blocked: 'afspraken',
  before: 'welbevinden',
};

function Todo(props: CasePageProps): VNode {
  const all = useTexts().deskCase;
  const t = all.todo;
  const current = props.meeting.meetings.find((meeting) => meeting.state !== 'cancelled') ?? null;
  const steps = nextSteps({
    state: props.case.state,
    memberStates: props.circle.members.map((member) => member.state),
    safetyOpen: props.safety !== null && !props.safety.meetingPossible,
    meetingState: current?.state ?? null,
    meetingBegan: current?.began ?? false,
    planCarried: props.plan.current ? props.plan.current.state === 'carried' : null,
    objected: props.plan.current?.agreements.some(({ agrees }) => !agrees) ?? false,
    blocked: props.plan.commitments.filter(({ state }) => state === 'blocked').length,
    measuredBefore: props.wellbeing.changes.some((change) => change.before !== null),
  });
  return (
    <section class="card warm" aria-labelledby="nu">
      <h2 id="nu">{t.title}</h2>
      {steps.length === 0 && <p>{t.nothing}</p>}
      {steps.length > 0 && (
        <ul>
          {steps.map((step) => (
            <li>
              <a href={`#${STEP_PARTS[step.code]}`}>{'count' in step ? t[step.code](step.count) : t[step.code]}</a>
            </li>
          ))}
        </ul>
      )}
      {props.safety?.directDanger && <Notice tone="error">{all.safety.call112}</Notice>}
    </section>
  );
}

function Facts(props: CasePageProps): VNode {
  const t = useTexts();
  const f = t.deskCase.facts;
  const chair = KINDS[props.case.kind].chair;
  const running = !ENDED_STATES.includes(props.case.state);
  return (
    <section class="card" id={LINKS_OF_MAIN_PERSONS}>
      <p class="own-words" dir="auto">
        {props.case.question}
      </p>
      <DefinitionList
        items={[
          [f.kind, wordFor(t.cases.kinds, props.case.kind)],
          [f.chair, t.deskCase.chairs[chair]],
          [f.themes, props.case.themes.map((theme) => wordFor(t.cases.themes, theme)).join(', ')],
          [f.referrer, props.case.referrer && <bdi>{props.case.referrer}</bdi>],
          [f.opened, dayOfYear(props.case.openedAt)],
          ...props.mainPersons.map((person): [string, ComponentChildren] => [
            callName(person),
            <>
              {person.phone && <a href={telephone(person.phone)}>{readable(person.phone)}</a>}
              {person.phone && person.email && <br />}
              {person.email && <a href={`mailto:${encodeURIComponent(person.email)}`}>{person.email}</a>}
              {running && <LinkButtons reference={props.case.reference} person={person} />}
            </>,
          ]),
        ]}
      />
    </section>
  );
}
