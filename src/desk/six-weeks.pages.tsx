import type { VNode } from 'preact';
import { PLACE_TYPES } from '../meetings/meetings.rules.js';
import { movesOf, transitionsOf } from '../plans/commitments.rules.js';
import type { MarksAnswer } from '../plans/marks.dto.js';
import type { ReviewDayAnswer, SixWeeksAnswer, SixWeeksCommitment } from '../plans/six-weeks.dto.js';
import type { Group } from '../plans/six-weeks.rules.js';
import type { SixWeeksTask } from '../plans/six-weeks.service.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { textsFor, type Texts } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, TextArea, TextField, type Option } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { day, time, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { RaiseFields, StandsInTheWay } from './case-obstacles.pages.js';
import { optionsOf, Section } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { MarksGiven } from './marks.pages.js';
import { COMMITMENT_TONES } from './desk.rules.js';

export interface SixWeeksPageProps {
  frame: Frame;
  reference: string;
  answer: SixWeeksAnswer;
  /** Whose move it can be when something is in the way. */
  people: readonly Option[];
  /** Moments for the review that is to be planned. */
  suggestions: readonly Instant[];
  meets: boolean;
  marks?: MarksAnswer;
}

/** First what somebody has to look at, last what went well. */
const ORDER: readonly Group[] = ['open', 'obstacle', 'perspective', 'done'];
const REPORTS = ['promised', 'done', 'running'] as const;

/** `/werk/trajecten/{ref}/zes-weken`: every promise in its group, and when people look back. */
export function SixWeeksPage({ frame, reference, answer, people, suggestions, meets, marks }: SixWeeksPageProps): VNode {
  const t = textsFor(frame.language).sixWeeks;
  return (
    <Layout frame={frame} title={t.title(reference)} audience="staff" width="wide">
      <h1>{t.heading}</h1>
      <p>
        <a href={address(ROUTES.case, { ref: reference })}>{t.back}</a>
      </p>
      <p class="lead">{t.progress(answer.realised, answer.of)}</p>
      <p>{t.when(answer.day, day(answer.dueOn))}</p>
      {ORDER.map((group) => (
        <Section id={group} title={`${t.groups[group].title} (${answer.groups[group].length})`}>
          <p class="quiet">{answer.groups[group].length > 0 ? t.groups[group].intro : t.groups[group].none}</p>
          {answer.groups[group].map((commitment) => (
            <Commitment reference={reference} commitment={commitment} group={group} people={people} />
          ))}
        </Section>
      ))}
      {marks && <MarksGiven marks={marks} />}
      <Reviews reference={reference} reviews={answer.reviews} suggestions={suggestions} meets={meets} />
    </Layout>
  );
}

interface CommitmentProps extends Pick<SixWeeksPageProps, 'reference' | 'people'> {
  commitment: SixWeeksCommitment;
  group: Group;
}

function Commitment({ reference, commitment, group, people }: CommitmentProps): VNode {
  const all = useTexts();
  const t = all.sixWeeks;
  const { id, memberName, text, dueOn, every, state, perspective, obstacles, version } = commitment;
  const about = all.desk.mine.about(`${memberName}: ${text}`);
  const report = address(ROUTES.sixWeeksProgress, { ref: reference, commitmentId: id });
  const words = { promised: t.saysYes, done: t.done, running: t.running };
  const moves = movesOf(state, every);
  return (
    <article class="task">
      <h3>
        <bdi>{memberName}</bdi>: <bdi>{text}</bdi>
      </h3>
      <p>
        <StatusBadge tone={COMMITMENT_TONES[state]}>{wordFor(all.plans.commitmentStates, state)}</StatusBadge>{' '}
        <span class="quiet">{t.dueOn(day(dueOn))}</span>
      </p>
      {perspective && <p dir="auto">{t.later(day(perspective.date), perspective.reason)}</p>}
      <StandsInTheWay reference={reference} obstacles={obstacles} about={about} />
      {group !== 'done' && (
        <>
          <div class="buttons">
            {REPORTS.filter((move) => moves.includes(move)).map((move) => (
              <FormButton action={report} hidden={{ state: move, note: all.plans.onTheirWord, version }} about={about}>
                {words[move]}
              </FormButton>
            ))}
          </div>
          <Later reference={reference} commitment={commitment} about={about} />
          {group !== 'obstacle' && transitionsOf(every)[state].obstacle && <InTheWay reference={reference} id={id} people={people} about={about} />}
        </>
      )}
    </article>
  );
}

function InTheWay({ reference, id, people, about }: Pick<SixWeeksPageProps, 'reference' | 'people'> & { id: string; about: string }): VNode {
  const t = useTexts().obstacles.page;
  const action = address(ROUTES.sixWeeksObstacle, { ref: reference, commitmentId: id });
  return (
    <Disclosure summary={t.add} about={about} actions={[action]}>
      <Form action={action}>
        <RaiseFields people={people} />
      </Form>
    </Disclosure>
  );
}

function Later({ reference, commitment: { id, perspective, version }, about }: { reference: string; commitment: SixWeeksCommitment; about: string }): VNode {
  const t = useTexts().sixWeeks;
  const action = address(ROUTES.sixWeeksLater, { ref: reference, commitmentId: id });
  return (
    <Disclosure summary={t.setLater} about={about} actions={[action]}>
      <Form action={action} hidden={{ version }}>
        <TextField name="date" label={t.date} type="date" value={perspective?.date} />
        <TextArea name="reason" label={t.reason} rows={2} value={perspective?.reason} />
        <Button>{t.save}</Button>
      </Form>
    </Disclosure>
  );
}

/** A review day in words: after six weeks, three months, a year, or because of what is in the way. */
const whenOf = ({ reviews }: Texts['sixWeeks'], { after, forObstacle }: Pick<ReviewDayAnswer, 'after' | 'forObstacle'>): string =>
  forObstacle ? reviews.forObstacle : (reviews.at[after] ?? reviews.after(after));

function Reviews({ reference, reviews, suggestions, meets }: Pick<SixWeeksPageProps, 'reference' | 'suggestions' | 'meets'> & { reviews: readonly ReviewDayAnswer[] }): VNode {
  const all = useTexts();
  const t = all.sixWeeks;
  const action = address(ROUTES.sixWeeksReview, { ref: reference });
  const asked = reviews.some(({ state }) => state === 'asked');
  return (
    <Section id="terugkijken" title={t.reviews.title}>
      {reviews.length === 0 && <p>{t.reviews.none}</p>}
      <ul>
        {reviews.map((review) => (
          <li>
            {whenOf(t, review)}: {day(review.on)} <StatusBadge tone={review.state === 'asked' ? 'attention' : 'neutral'}>{(meets ? t.reviews.states : t.reviews.statesByPhone)[review.state]}</StatusBadge>
          </li>
        ))}
      </ul>
      {!meets && <p>{t.reviews.byPhone}</p>}
      {!meets && asked && <FormButton action={address(ROUTES.sixWeeksLookedBack, { ref: reference })}>{t.reviews.lookedBack}</FormButton>}
      {meets && (
        <Disclosure summary={t.reviews.plan} open={asked} actions={[action]}>
          <p class="quiet">{t.reviews.planHint}</p>
          <Form action={action}>
            {suggestions.length > 0 && (
              <Choice
                name="slot"
                label={t.reviews.moment}
                optional
                options={[
                  ...suggestions.map((one) => ({ value: new Date(one).toISOString(), label: t.reviews.suggested(day(one), time(one)) })),
                  { value: 'other', label: t.reviews.other },
                ]}
              />
            )}
            <div class="slot" role="group" aria-label={t.reviews.other}>
              <TextField name="date" label={t.reviews.date} type="date" optional={suggestions.length > 0} />
              <TextField name="from" label={t.reviews.from} type="time" optional={suggestions.length > 0} />
            </div>
            <Choice name="place.type" label={all.deskCase.meeting.place} row options={optionsOf(all.desk.words.placeTypes, PLACE_TYPES)} />
            <TextField name="place.address" label={all.deskCase.meeting.address} optional />
            <TextField name="place.url" label={all.deskCase.meeting.url} type="url" optional />
            <Button>{all.deskCase.meeting.make}</Button>
          </Form>
        </Disclosure>
      )}
    </Section>
  );
}

/** On `/werk`: where promises are to be looked at, and reviews to be planned. */
export function SixWeeksTasks({ tasks }: { tasks: readonly SixWeeksTask[] }): VNode {
  const t = useTexts().sixWeeks;
  const { review, reviewByPhone, open: openWords } = t.work;
  return (
    <>
      {tasks.map(({ reference, resident, open, review: asked, meets }) => (
        <div class="task">
          <p>
            <a href={address(ROUTES.sixWeeks, { ref: reference })}>
              <bdi>{resident}</bdi>
            </a>
          </p>
          {open > 0 && <p>{openWords(open)}</p>}
          {asked && <p class="quiet">{(meets ? review : reviewByPhone)(whenOf(t, asked), day(asked.on))}</p>}
        </div>
      ))}
    </>
  );
}

export interface PlanProgressProps {
  realised: number;
  of: number;
  /** The local day of a review that is being planned; null without one. */
  reviewOn: string | null;
  meets: boolean;
}

/** On `/mijn`: how far we are, in one kind sentence. */
export function PlanProgress({ realised, of, reviewOn, meets }: PlanProgressProps): VNode {
  const t = useTexts().sixWeeks;
  return (
    <>
      {of > 0 && <p class="lead">{t.progress(realised, of)}</p>}
      {reviewOn && <p>{(meets ? t.mine.review : t.mine.reviewByPhone)(day(reviewOn))}</p>}
    </>
  );
}
