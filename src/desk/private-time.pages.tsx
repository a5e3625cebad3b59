import type { VNode } from 'preact';
import type { PrivateTimeAnswer } from '../meetings/private-time.dto.js';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { time } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { callName, LINKS_OF_MAIN_PERSONS, Section, type MainPerson } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

/** At the table of one meeting, for its facilitator. */
export interface TableView {
  /** Null where the kind of case knows none. */
  privateTime: PrivateTimeAnswer | null;
  /** Nothing that is written now is the facilitator's to see. */
  closed: boolean;
  scribeId: string | null;
  /** Who could write. */
  writers: readonly { id: string; name: string }[];
}

interface Meeting {
  id: string;
  /** It has begun, or will within half an hour. */
  began: boolean;
}

/** On the page of the case: whether the circle is by itself, and who writes. */
export function TableOfCase({ reference, meeting, table, mainPersons }: { reference: string; meeting: Meeting; table: TableView; mainPersons: readonly MainPerson[] }): VNode {
  const t = useTexts().privateTime.work;
  const { privateTime, scribeId, writers } = table;
  const at = { ref: reference, meetingId: meeting.id };
  const start = address(ROUTES.startPrivateTime, at);
  const scribe = address(ROUTES.nameScribe, at);
  const running = privateTime?.state === 'running';
  return (
    <>
      {privateTime && (meeting.began || running) && (
        <div>
          <h4>{t.title}</h4>
          <Periods periods={privateTime.periods} />
          {running ? (
            <Notice tone="info" title={t.running}>
              <p>{table.closed ? t.closed : t.open}</p>
              <p>{t.whoEnds(mainPersons.map(callName).join(', '))}</p>
              <p>
                {t.showLink} <a href={`#${LINKS_OF_MAIN_PERSONS}`}>{t.showLinkTo}</a>
              </p>
            </Notice>
          ) : (
            <Disclosure summary={t.start} actions={[start]}>
              <p>{t.startWhat}</p>
              <FormButton action={start}>{t.startSure}</FormButton>
            </Disclosure>
          )}
        </div>
      )}
      <Disclosure summary={t.scribe} actions={[scribe]}>
        <p class="quiet">{t.scribeWhat}</p>
        <Form action={scribe}>
          <Select name="memberId" label={t.scribeWho} optional value={scribeId} options={writers.map(({ id, name }) => ({ value: id, label: name }))} />
          <Button>{t.scribeSave}</Button>
        </Form>
      </Disclosure>
    </>
  );
}

/** In place of what is written, while the circle is by itself. */
export function ClosedSections(): VNode {
  const t = useTexts();
  return (
    <>
      <Section id="zinnen" title={t.deskCase.statements.title}>
        <Notice tone="info" title={t.privateTime.work.running}>
          {t.privateTime.work.closed}
        </Notice>
      </Section>
      <Section id="plan" title={t.deskCase.plan.title}>
        <p>{t.privateTime.work.closed}</p>
      </Section>
    </>
  );
}

export interface TablePageProps {
  frame: Frame;
  /** Of a main person, or of somebody of the circle. */
  of: 'mine' | 'circle';
  /** Null when there is nothing to do at a table now. */
  meeting: { id: string; version: number; began: boolean } | null;
  privateTime: PrivateTimeAnswer | null;
  /** It is their time: they begin it, end it, and call somebody in. */
  ofTheCircle: boolean;
  /** Who is in, and who else could be called, as far as the reader may know. */
  calledIn: readonly { who: string; name: string }[];
  others: readonly { who: string; name: string }[];
  /** Whether what is written is then closed to the facilitator too. */
  closedToFacilitator: boolean;
  /** For main persons, who choose who writes; and for who writes. */
  scribe: { id: string | null; writers: readonly { id: string; name: string }[] } | null;
  writes: boolean;
}

const TO = {
  mine: { page: ROUTES.mineTable, back: ROUTES.mine, say: ROUTES.minePrivateTime, call: ROUTES.mineCall, leave: ROUTES.mineCallEnd },
  circle: { page: ROUTES.circleTable, back: ROUTES.circle, say: ROUTES.circlePrivateTime, call: ROUTES.circleCall, leave: ROUTES.circleCallEnd },
} as const;

/** `/mijn/aan-tafel` and `/kring/aan-tafel`: time of the circle by itself, and who writes. */
export function TablePage({ frame, ...props }: TablePageProps): VNode {
  const t = textsFor(frame.language).privateTime.own;
  return (
    <Layout frame={frame} title={t.title} audience="resident">
      <h1>{t.title}</h1>
      {props.meeting ? <AtTheTable {...props} meeting={props.meeting} /> : <p>{t.nothing}</p>}
      <p>
        <a href={TO[props.of].back}>{t.back}</a>
      </p>
    </Layout>
  );
}

type AtTheTableProps = Omit<TablePageProps, 'frame'> & { meeting: NonNullable<TablePageProps['meeting']> };

function AtTheTable(props: AtTheTableProps): VNode {
  const t = useTexts().privateTime.own;
  return (
    <>
      {props.writes && <Notice tone="info">{t.youWrite}</Notice>}
      {props.privateTime && <PrivateTimeSection {...props} privateTime={props.privateTime} />}
      {props.scribe && <ScribeSection meeting={props.meeting} scribe={props.scribe} />}
    </>
  );
}

function PrivateTimeSection(props: AtTheTableProps & { privateTime: PrivateTimeAnswer }): VNode {
  const t = useTexts().privateTime.own;
  const { of, meeting, privateTime, ofTheCircle } = props;
  const running = privateTime.state === 'running';
  const now = privateTime.periods.find(({ endedAt }) => endedAt === null);
  const say = address(TO[of].say, { meetingId: meeting.id });
  return (
    <section class="card" aria-labelledby="besloten">
      <h2 id="besloten">{t.privateTitle}</h2>
      {now && <Notice tone="info">{(ofTheCircle ? t.running : t.runningOutside)(time(now.startedAt))}</Notice>}
      {ofTheCircle ? (
        <>
          <p>{t.what}</p>
          <p>{props.closedToFacilitator ? t.closedToAll : t.closedToProfessionals}</p>
        </>
      ) : (
        <p>{t.whatOutside}</p>
      )}
      <Periods periods={privateTime.periods.filter(({ endedAt }) => endedAt !== null)} />
      {!meeting.began && !running && <p>{t.notYet}</p>}
      {ofTheCircle && running && <Calls {...props} />}
      {ofTheCircle && (meeting.began || running) && (
        <Form action={say} hidden={{ version: meeting.version }} class="buttons">
          <Button name="event" value={running ? 'end' : 'start'}>
            {running ? t.end : privateTime.state === 'ended' ? t.startAgain : t.start}
          </Button>
        </Form>
      )}
    </section>
  );
}

function Calls({ of, meeting, calledIn, others }: AtTheTableProps): VNode {
  const t = useTexts().privateTime.own;
  return (
    <>
      <h3>{t.callTitle}</h3>
      <p>{t.callWhat}</p>
      {calledIn.map(({ who, name }) => (
        <p>
          <bdi>{name}</bdi> {t.isIn}{' '}
          <FormButton action={address(TO[of].leave, { meetingId: meeting.id })} hidden={{ who }} about={name}>
            {t.leave}
          </FormButton>
        </p>
      ))}
      {others.length > 0 && (
        <Disclosure summary={t.call} actions={[address(TO[of].call, { meetingId: meeting.id })]}>
          <Form action={address(TO[of].call, { meetingId: meeting.id })}>
            <Choice name="who" label={t.callWho} options={others.map(({ who, name }) => ({ value: who, label: name }))} />
            <Button kind="secondary">{t.callSure}</Button>
          </Form>
        </Disclosure>
      )}
    </>
  );
}

function ScribeSection({ meeting, scribe }: { meeting: { id: string }; scribe: NonNullable<TablePageProps['scribe']> }): VNode {
  const t = useTexts().privateTime.own;
  return (
    <section class="card" aria-labelledby="schrijven">
      <h2 id="schrijven">{t.scribeTitle}</h2>
      <p>{t.scribeWhat}</p>
      <Form action={address(ROUTES.mineScribe, { meetingId: meeting.id })}>
        <Select
          name="memberId"
          label={t.scribeWho}
          value={scribe.id ?? ''}
          options={[{ value: '', label: t.scribeNobody }, ...scribe.writers.map(({ id, name }) => ({ value: id, label: name }))]}
        />
        <Button kind="secondary">{t.scribeSave}</Button>
      </Form>
    </section>
  );
}

function Periods({ periods }: Pick<PrivateTimeAnswer, 'periods'>): VNode | null {
  const t = useTexts().privateTime;
  if (periods.length === 0) return null;
  return (
    <ul>
      {periods.map(({ startedAt, endedAt }) => (
        <li>{endedAt ? t.period(time(startedAt), time(endedAt)) : t.periodSince(time(startedAt))}</li>
      ))}
    </ul>
  );
}

/** On `/mijn` and `/kring`: the way to the table, on the day itself. */
export function TableCard({ of, running }: { of: TablePageProps['of']; running: boolean }): VNode {
  const t = useTexts().privateTime.own;
  return (
    <section class="card warm" aria-labelledby="aan-tafel">
      <h2 id="aan-tafel">{t.title}</h2>
      <p>{running ? t.cardRunning : t.card}</p>
      <p>
        <ButtonLink href={TO[of].page}>{t.cardOpen}</ButtonLink>
      </p>
    </section>
  );
}
