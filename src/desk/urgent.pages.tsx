import type { VNode } from 'preact';
import { NOT_HELD_REASONS } from '../meetings/urgent.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button, ButtonLink } from '../web/components/button.js';
import { Choice, TextArea, TextField } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { Notice } from '../web/components/notice.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { day, readable, telephone, time, type Instant } from '../web/format.js';
import { FrameProvider, useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';
import type { UrgentPerson, UrgentStatus } from './urgent.rules.js';

export interface UrgentPersonView extends UrgentPerson {
  id: string;
  name: string;
  phone: string | null;
  /** "na 17.00 uur, geen voicemail" */
  hint: string | null;
  lastAt: Instant | null;
  status: UrgentStatus;
}

export interface UrgentState {
  reference: string;
  acknowledged: { at: Instant; name: string } | null;
  consentGiven: boolean;
  /** Whether the safety check lets a meeting be planned. */
  gateOpen: boolean;
  people: readonly UrgentPersonView[];
  /** Whom to phone, in order. */
  calls: readonly UrgentPersonView[];
  counts: { reached: number; coming: number; toPhone: number };
  meeting: { id: string; slotId: string | null; startsAt: Instant | null; place: string } | null;
  /** Moments to offer; none when one is there, or it may not be planned yet. */
  slots: readonly { startsAt: Date; endsAt: Date }[];
  /** Who is there tonight, when that was noted. */
  tonight: string | null;
  /** Whether it still has to be held. */
  open: boolean;
  /** Whether it was not held the day it came in, and nobody said why. */
  unexplained: boolean;
}

export interface AcuteReferral {
  id: string;
  since: Instant;
  acknowledgedAt: Instant | null;
  acknowledgedBy: string | null;
  reference: string | null;
  facilitatorId: string | null;
  caseId: string | null;
  isOwn: boolean;
}

export interface UrgentWaiting {
  unacknowledged: readonly { id: string; state: string; since: Instant; reference: string | null; asked: string | null }[];
  running: readonly { reference: string; since: Instant }[];
  /** Of which nobody said why they were not held the same day. */
  unexplained: readonly { reference: string; since: Instant }[];
}

const useMoment = (): ((instant: Instant) => string) => {
  const { dates } = useTexts().web;
  return (instant) => dates.at(day(instant), time(instant));
};

/** `/werk/spoed/{ref}`: who was reached, who comes, whom to phone. The part in the middle follows what others change. */
export function UrgentPage({ frame, state }: { frame: Frame; state: UrgentState }): VNode {
  const t = textsFor(frame.language).urgent.page;
  const ref = { ref: state.reference };
  return (
    <Layout frame={frame} title={t.title(state.reference)} audience="staff" width="wide">
      <h1>{t.title(state.reference)}</h1>
      <p>
        <a href={address(ROUTES.case, ref)}>{t.back}</a> <strong>{t.danger}</strong>
      </p>
      <p class="quiet" data-live-note={t.live}>
        {t.still} <a href={address(ROUTES.urgent, ref)}>{t.reload}</a>
      </p>
      <div data-live={address(ROUTES.urgentStream, ref)} data-live-part={address(ROUTES.urgentPart, ref)}>
        <Now state={state} />
      </div>
      {state.slots.length > 0 && <PlanForm state={state} />}
      {(state.open || state.unexplained) && <NotHeldForm state={state} />}
    </Layout>
  );
}

/** The part that follows, by itself. */
export function UrgentPart({ frame, state }: { frame: Frame; state: UrgentState }): VNode {
  return (
    <FrameProvider value={frame}>
      <Now state={state} />
    </FrameProvider>
  );
}

function Now({ state }: { state: UrgentState }): VNode {
  const t = useTexts().urgent.page;
  const moment = useMoment();
  const { counts, meeting } = state;
  const ref = { ref: state.reference };
  return (
    <>
      <p class="lead" role="status">
        {t.summary(counts.reached, counts.coming, counts.toPhone)}
      </p>
      <p>{state.acknowledged ? t.acknowledged(state.acknowledged.name, moment(state.acknowledged.at)) : t.unacknowledged}</p>
      {!state.consentGiven && <Notice tone="warning">{t.noConsent}</Notice>}
      {!state.gateOpen && (
        <Notice tone="warning">
          {t.safety} <a href={`${address(ROUTES.case, ref)}#veiligheid`}>{t.toSafety}</a>
        </Notice>
      )}
      {state.tonight !== null && <p dir="auto">{t.tonightKnown(state.tonight)}</p>}
      {meeting?.startsAt && (
        <section class="card warm" aria-labelledby="gesprek">
          <h2 id="gesprek">{t.meeting}</h2>
          <p dir="auto">{t.fixed(moment(meeting.startsAt), meeting.place)}</p>
          {state.consentGiven && <FormButton action={address(ROUTES.urgentInvite, ref)}>{t.invite}</FormButton>}
        </section>
      )}
      <Calls state={state} />
      <Approvals state={state} />
      <People state={state} />
    </>
  );
}

function Calls({ state }: { state: UrgentState }): VNode {
  const t = useTexts().urgent.page;
  return (
    <section class="card" aria-labelledby="bellen">
      <h2 id="bellen">{t.callList}</h2>
      {state.calls.length === 0 && <p class="quiet">{t.callNone}</p>}
      {state.calls.length > 0 && (
        <ol>
          {state.calls.map((person) => (
            <li>
              <Call person={person} state={state} />
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function Call({ person, state }: { person: UrgentPersonView; state: UrgentState }): VNode {
  const all = useTexts();
  const t = all.urgent.page;
  const about = all.desk.mine.about(person.name);
  const action = address(ROUTES.urgentCall, { ref: state.reference, memberId: person.id });
  return (
    <div class="task">
      <p>
        <strong>
          <bdi>{person.name}</bdi>
        </strong>{' '}
        {person.phone ? <a href={telephone(person.phone)}>{readable(person.phone)}</a> : t.noPhone}
      </p>
      {(person.hint || person.lastAt) && (
        <p class="quiet">{[person.hint, person.lastAt && t.tried(person.attempts, time(person.lastAt))].filter(Boolean).join(' – ')}</p>
      )}
      <FormButton action={action} hidden={{ outcome: 'reached' }} kind="primary" about={about}>
        {t.reached}
      </FormButton>
      <FormButton action={action} hidden={{ outcome: 'not-reached' }} about={about}>
        {t.notReached}
      </FormButton>
    </div>
  );
}

/** One by one, nothing chosen beforehand; the first main person's own yes comes before everything. */
function Approvals({ state }: { state: UrgentState }): VNode {
  const all = useTexts();
  const t = all.urgent.page;
  const first = state.people.find(({ isMainPerson }) => isMainPerson);
  const waiting = state.people.filter(({ status }) => status === 'to-approve');
  const approve = (id: string): string => address(ROUTES.urgentApprove, { ref: state.reference, memberId: id });
  return (
    <section class="card" aria-labelledby="ja">
      <h2 id="ja">{t.approveList}</h2>
      {!state.consentGiven && first && (
        <FormButton action={approve(first.id)} kind="primary" about={all.desk.mine.about(first.name)}>
          {t.consent}
        </FormButton>
      )}
      {waiting.length === 0 && <p class="quiet">{t.approveNone}</p>}
      {waiting.map(({ id, name }) => (
        <div class="task">
          <p>
            <bdi>{name}</bdi>
          </p>
          <FormButton action={approve(id)} about={all.desk.mine.about(name)}>
            {t.approve}
          </FormButton>
        </div>
      ))}
    </section>
  );
}

const TONES: Partial<Record<UrgentStatus, 'good' | 'attention'>> = { coming: 'good', 'to-phone': 'attention', 'to-approve': 'attention' };
const MAY_ANSWER: readonly UrgentStatus[] = ['to-phone', 'reached', 'maybe', 'coming', 'not-coming'];
const INVITED: readonly string[] = ['invited', 'coming', 'maybe', 'not-coming'];

function People({ state }: { state: UrgentState }): VNode {
  const all = useTexts();
  const t = all.urgent.page;
  const { meeting } = state;
  return (
    <section class="card" aria-labelledby="wie">
      <h2 id="wie">{t.people}</h2>
      <Table
        caption={t.people}
        captionUnseen
        empty={t.callNone}
        rows={state.people.filter(({ status }) => status !== 'gone')}
        columns={[
          { heading: t.person, names: true, cell: (person) => person.name },
          { heading: t.status, cell: (person) => <StatusBadge tone={TONES[person.status]}>{t.statuses[person.status]}</StatusBadge> },
          {
            heading: t.comes,
            acts: true,
            cell: (person) =>
              meeting?.slotId && MAY_ANSWER.includes(person.status) && (person.isMainPerson || INVITED.includes(person.state)) ? (
                <>
                  {(['yes', 'no'] as const).map((answer) => (
                    <FormButton
                      action={address(ROUTES.urgentAnswer, { ref: state.reference, memberId: person.id })}
                      hidden={{ meetingId: meeting.id, [`answers.${meeting.slotId}`]: answer }}
                      about={all.desk.mine.about(person.name)}
                    >
                      {answer === 'yes' ? t.comes : t.staysAway}
                    </FormButton>
                  ))}
                </>
              ) : (
                '–'
              ),
          },
        ]}
      />
    </section>
  );
}

/** One tap plans: the first moment is not chosen beforehand. */
function PlanForm({ state }: { state: UrgentState }): VNode {
  const t = useTexts().urgent.page;
  const moment = useMoment();
  const value = ({ startsAt, endsAt }: UrgentState['slots'][number]): string => `${startsAt.toISOString()}/${endsAt.toISOString()}`;
  return (
    <section class="card" aria-labelledby="plannen">
      <h2 id="plannen">{t.meeting}</h2>
      <Form action={address(ROUTES.urgentPlan, { ref: state.reference })}>
        <TextField name="place.address" label={t.place} hint={t.placeHint} />
        {state.tonight === null && <TextArea name="who" label={t.tonight} hint={t.tonightHint} optional rows={2} />}
        <Choice name="slot" label={t.when} options={state.slots.map((slot) => ({ value: value(slot), label: moment(slot.startsAt) }))} />
        <Button>{t.plan}</Button>
      </Form>
      <p class="quiet">{t.soon}</p>
    </section>
  );
}

function NotHeldForm({ state }: { state: UrgentState }): VNode {
  const { page: t, notHeldReasons } = useTexts().urgent;
  return (
    <section class="card" aria-labelledby="niet-vandaag">
      <h2 id="niet-vandaag">{t.notHeld}</h2>
      <p class="quiet">{t.notHeldHint}</p>
      <Form action={address(ROUTES.urgentNotHeld, { ref: state.reference })}>
        <Choice name="reason" label={t.notHeldReason} options={optionsOf(notHeldReasons, NOT_HELD_REASONS)} />
        <TextArea name="remark" label={t.notHeldRemark} optional rows={2} />
        <Button kind="secondary">{t.notHeldButton}</Button>
      </Form>
    </section>
  );
}

/** The page behind an alert: one button. It says nothing of whom it is about. */
export function TakePage({ frame, referral, lead, second }: { frame: Frame; referral: AcuteReferral; lead: boolean; second: boolean }): VNode {
  const all = textsFor(frame.language);
  const t = all.urgent.take;
  const at = (instant: Instant): string => all.web.dates.at(day(instant), time(instant));
  return (
    <Layout frame={frame} title={t.title} audience="staff">
      <h1>{t.heading}</h1>
      <p class="lead">{t.came(at(referral.since))}</p>
      {referral.acknowledgedAt ? (
        <p>{t.taken(referral.acknowledgedBy ?? '', at(referral.acknowledgedAt))}</p>
      ) : (
        <>
          <p>{t.question}</p>
          {second && <p>{t.second}</p>}
          {lead && <p>{t.lead}</p>}
          <FormButton action={address(ROUTES.takeUrgent, { referralId: referral.id })} kind="primary">
            {t.button}
          </FormButton>
        </>
      )}
      <p>
        {referral.isOwn && referral.reference ? (
          <ButtonLink href={address(ROUTES.urgent, { ref: referral.reference })}>{t.toCase}</ButtonLink>
        ) : (
          <a href={ROUTES.work}>{t.toWork}</a>
        )}
      </p>
    </Layout>
  );
}

/** On `/werk` and `/leiding`: what nobody has yet, and one's own that runs. Nothing when there is nothing. */
export function UrgentList({ unacknowledged, running, unexplained }: UrgentWaiting): VNode | null {
  const t = useTexts().urgent.waiting;
  const moment = useMoment();
  if (unacknowledged.length + running.length + unexplained.length === 0) return null;
  return (
    <section class="card warm" aria-labelledby="spoed">
      <h2 id="spoed">{unacknowledged.length > 0 ? t.title : t.running}</h2>
      {unacknowledged.map(({ id, since, reference, asked }) => (
        <p>
          <a href={address(ROUTES.takeUrgent, { referralId: id })}>{reference ?? t.running}</a> {t.since(moment(since))},{' '}
          {asked ? t.asked(asked) : t.nobodyOnDuty}
        </p>
      ))}
      {running.map(({ reference, since }) => (
        <p>
          <a href={address(ROUTES.urgent, { ref: reference })}>{reference}</a> {t.since(moment(since))}
        </p>
      ))}
      {unexplained.map(({ reference }) => (
        <p>
          <a href={`${address(ROUTES.urgent, { ref: reference })}#niet-vandaag`}>{t.unexplained(reference)}</a>
        </p>
      ))}
    </section>
  );
}
