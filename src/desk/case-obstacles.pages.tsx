import type { VNode } from 'preact';
import type { DirectorMail, Mover, ObstacleAnswer, StandingObstacle } from '../plans/obstacles.dto.js';
import { OBSTACLE_CATEGORIES } from '../plans/obstacles.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea, TextField, type Option } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { day } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface CaseObstaclesProps {
  frame: Frame;
  reference: string;
  /** What stands first, each oldest first. */
  obstacles: readonly ObstacleAnswer[];
  /** Promises in whose way something can be. */
  promises: readonly Option[];
  people: readonly Option[];
  mainPersons: readonly Option[];
}

/** `/werk/trajecten/{ref}/belemmeringen`: what is in the way, whose move it is, and since when. */
export function CaseObstaclesPage({ frame, reference, obstacles, promises, people, mainPersons }: CaseObstaclesProps): VNode {
  const t = textsFor(frame.language).obstacles.page;
  return (
    <Layout frame={frame} title={t.pageTitle(reference)} audience="staff">
      <h1>{t.title}</h1>
      <p class="lead">{t.intro}</p>
      {obstacles.length === 0 && <p>{t.none}</p>}
      {obstacles.map((obstacle) => (
        <ObstacleCard reference={reference} obstacle={obstacle} people={people} mainPersons={mainPersons} />
      ))}
      <section class="card" aria-labelledby="erbij">
        <h2 id="erbij">{t.add}</h2>
        {promises.length === 0 ? <p>{t.noPromises}</p> : <RaiseForm reference={reference} promises={promises} people={people} />}
      </section>
      <p>
        <a href={address(ROUTES.case, { ref: reference })}>{t.back}</a>
      </p>
    </Layout>
  );
}

function RaiseForm({ reference, promises, people }: Pick<CaseObstaclesProps, 'reference' | 'promises' | 'people'>): VNode {
  const t = useTexts().obstacles.page;
  return (
    <Form action={address(ROUTES.caseObstacles, { ref: reference })}>
      <Select name="commitmentId" label={t.promise} options={promises} />
      <RaiseFields people={people} />
    </Form>
  );
}

/** What is in the way of one promise, and whose move it is. */
export function RaiseFields({ people }: { people: readonly Option[] }): VNode {
  const all = useTexts().obstacles;
  const t = all.page;
  return (
    <>
      <TextArea name="text" label={t.text} hint={t.textHint} rows={3} />
      <Choice name="category" label={t.category} options={optionsOf(all.categories, OBSTACLE_CATEGORIES)} />
      <MoverFields people={people} />
      <Button>{t.save}</Button>
    </>
  );
}

/** Beside a promise: what stands in its way, and the way to the page on which something is done about it. */
export function StandsInTheWay({ reference, obstacles, about }: { reference: string; obstacles: readonly StandingObstacle[]; about: string }): VNode | null {
  const all = useTexts().obstacles;
  const t = all.page;
  if (obstacles.length === 0) return null;
  return (
    <>
      {obstacles.map((obstacle) => (
        <p>
          {t.stands} {all.categories[obstacle.category]}.{' '}
          {obstacle.text && (
            <>
              <q dir="auto">{obstacle.text}</q>{' '}
            </>
          )}
          {t.whose} <bdi>{whoseMove(obstacle)}</bdi>. {t.since(day(obstacle.openSince), obstacle.workingDays)}
        </p>
      ))}
      <p>
        <a href={address(ROUTES.caseObstacles, { ref: reference })}>
          {t.work}
          <span class="unseen"> {about}</span>
        </a>
      </p>
    </>
  );
}

function MoverFields({ people }: { people: readonly Option[] }): VNode {
  const t = useTexts().obstacles.page;
  return (
    <>
      <Select name="whoseMove.memberId" label={t.member} hint={t.moverHint} options={people} />
      <TextField name="whoseMove.organisation" label={t.organisation} />
    </>
  );
}

interface CardProps {
  reference: string;
  obstacle: ObstacleAnswer;
  people: readonly Option[];
  mainPersons: readonly Option[];
}

function ObstacleCard({ reference, obstacle, people, mainPersons }: CardProps): VNode {
  const all = useTexts().obstacles;
  const t = all.page;
  const { id, memberName, state, text, category, openSince, workingDays, note, version, escalatedAt, shareText, directorMail } = obstacle;
  const parts = { ref: reference, obstacleId: id };
  const isOpen = state === 'open';
  return (
    <section class="card" aria-labelledby={`o-${id}`}>
      <h2 id={`o-${id}`}>
        <bdi>{memberName}</bdi>: {all.categories[category]} <StatusBadge tone={isOpen ? 'attention' : 'good'}>{all.states[state]}</StatusBadge>
      </h2>
      <p dir="auto">{text ?? t.erased}</p>
      <p>
        {t.whose} <bdi>{whoseMove(obstacle)}</bdi>. {t.since(day(openSince), workingDays)} {escalatedAt && t.escalated}
      </p>
      {note && <p class="quiet">{t.said(note)}</p>}
      {isOpen ? (
        <>
          <Disclosure summary={t.gone} about={memberName} actions={[address(ROUTES.caseObstacleGone, parts)]}>
            <Form action={address(ROUTES.caseObstacleGone, parts)} hidden={{ version }}>
              <TextArea name="note" label={t.how} rows={2} />
              <Button>{t.gone}</Button>
            </Form>
          </Disclosure>
          <Disclosure summary={t.other} about={memberName} actions={[address(ROUTES.caseObstacleMove, parts)]}>
            <Form action={address(ROUTES.caseObstacleMove, parts)} hidden={{ version }}>
              <MoverFields people={people} />
              <Button kind="secondary">{t.other}</Button>
            </Form>
          </Disclosure>
          <p>{shareText ? t.shared : t.notShared}</p>
          <FormButton action={address(ROUTES.caseObstacleShare, parts)} hidden={{ version, shareText: String(!shareText) }} about={memberName}>
            {shareText ? t.unshare : t.share}
          </FormButton>
          {directorMail && <DirectorPart parts={parts} mail={directorMail} mainPersons={mainPersons} />}
        </>
      ) : (
        <Disclosure summary={t.again} about={memberName} actions={[address(ROUTES.caseObstacleBack, parts)]}>
          <Form action={address(ROUTES.caseObstacleBack, parts)} hidden={{ version }}>
            <TextArea name="note" label={t.why} rows={2} optional />
            <Button kind="secondary">{t.again}</Button>
          </Form>
        </Disclosure>
      )}
    </section>
  );
}

/** The text for a director, and what main persons say of it. */
function DirectorPart({ parts, mail, mainPersons }: { parts: { ref: string; obstacleId: string }; mail: DirectorMail; mainPersons: readonly Option[] }): VNode {
  const t = useTexts().obstacles.director;
  const said = (id: string): string => {
    const answer = mail.answers.find(({ memberId }) => memberId === id);
    return answer ? (answer.agrees ? t.yes : t.no) : t.silent;
  };
  return (
    <>
      <h3>{t.title}</h3>
      <p>{t.states[mail.state]}</p>
      {mail.text && <MailText subject={mail.subject} text={mail.text} />}
      {(mail.state === 'asked' || mail.state === 'declined') &&
        mainPersons.map(({ value, label }) => (
          <div class="row">
            <p>
              <bdi>{label}</bdi>: {said(value)}
            </p>
            {(['true', 'false'] as const).map((agrees) => (
              <FormButton action={address(ROUTES.caseObstacleDirector, parts)} hidden={{ memberId: value, agrees }} about={label}>
                {agrees === 'true' ? t.noteYes : t.noteNo}
              </FormButton>
            ))}
          </div>
        ))}
    </>
  );
}

/** A mail as it goes, word for word. */
export function MailText({ subject, text }: { subject: string | null; text: string }): VNode {
  return (
    <blockquote>
      {subject && (
        <p>
          <strong>{subject}</strong>
        </p>
      )}
      {text.split(/\n{2,}/).map((part) => (
        <p>{part}</p>
      ))}
    </blockquote>
  );
}

/** Whose move it is in words: the person, where they work for one with their organisation. */
export function whoseMove({ whoseMove }: { whoseMove: Mover | null }): string {
  const { memberName, organisation } = whoseMove ?? { memberName: null, organisation: null };
  return memberName && organisation ? `${memberName} (${organisation})` : (memberName ?? organisation ?? '');
}
