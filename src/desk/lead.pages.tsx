import type { VNode } from 'preact';
import type { Facilitator } from '../cases/handover.dto.js';
import type { DutyAhead } from '../meetings/duties.service.js';
import { HANDOVER_REASONS } from '../people/staff.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { Choice, Select, TextArea, TextField } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { day, readable, time, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { UrgentList, type UrgentWaiting } from './urgent.pages.js';
import { WaitedReferrals } from './waiting.pages.js';
import type { WaitedTooLong } from '../referrals/waiting.service.js';
import { OpenLawClocks, type OpenLawClocksProps } from './law-clocks.pages.js';

export interface LeadPageProps {
  frame: Frame;
  facilitators: readonly Facilitator[];
  /** Not over yet, earliest first. */
  duties: readonly DutyAhead[];
  /** What has waited for longer than was said. */
  waited: readonly WaitedTooLong[];
  /** Terms of law that are not done yet. */
  lawClocks: Pick<OpenLawClocksProps, 'clocks' | 'more'>;
  /** Acute referrals that nobody has yet; left out where there are none. */
  urgent?: UrgentWaiting;
  /** Whom to call when nobody is on duty; null for the organisation's own number. */
  dutyPhone?: string | null;
}

/** `/leiding`: who carries what, and who is on duty. */
export function LeadPage({ frame, facilitators, duties, waited, lawClocks, urgent, dutyPhone }: LeadPageProps): VNode {
  const t = textsFor(frame.language).admin.lead;
  const { away } = textsFor(frame.language).availability;
  const people = facilitators.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Layout frame={frame} title={t.title} audience="staff" width="wide">
      <h1>{t.title}</h1>
      {urgent && <UrgentList {...urgent} />}
      <p>
        <a href={ROUTES.erasures}>{textsFor(frame.language).privacy.pages.leadTitle}</a>
      </p>
      <p>
        <a href={ROUTES.leadFigures}>{textsFor(frame.language).figures.title}</a>
      </p>
      <p>
        <a href={ROUTES.leadObstacles}>{textsFor(frame.language).obstacles.lead.title}</a>
      </p>
      <WaitedReferrals waited={waited} />
      <OpenLawClocks {...lawClocks} facilitators={facilitators} />
      <section class="card" aria-labelledby="werk">
        <h2 id="werk">{t.workload}</h2>
        <Table
          caption={t.workload}
          captionUnseen
          empty={t.nobody}
          rows={facilitators}
          columns={[
            { heading: t.facilitator, names: true, cell: (one) => one.name },
            { heading: t.openCases, numeric: true, cell: (one) => one.openCases },
            { heading: t.onDuty, cell: (one) => (one.onDuty ? <StatusBadge tone="good">{t.onDutyNow}</StatusBadge> : '–') },
            { heading: away.heading, cell: (one) => (one.absentUntil ? away.until(day(one.absentUntil), time(one.absentUntil)) : '–') },
            {
              heading: t.handOver,
              acts: true,
              cell: (one) => <a href={address(ROUTES.leadHandover, { staffId: one.id })}>{t.handOverAll(one.name)}</a>,
            },
          ]}
        />
      </section>
      <section class="card" aria-labelledby="rooster">
        <h2 id="rooster">{t.roster}</h2>
        <DutiesTable duties={duties} />
        <h3>{t.addDuty}</h3>
        <Form action={ROUTES.leadDuties}>
          <TextField name="from.date" label={t.fromDate} type="date" />
          <TextField name="from.time" label={t.fromTime} type="time" />
          <TextField name="to.date" label={t.toDate} type="date" />
          <TextField name="to.time" label={t.toTime} type="time" />
          <Select name="firstId" label={t.first} options={people} />
          <Select name="secondId" label={t.second} options={people} optional />
          <Button>{t.add}</Button>
        </Form>
        <DutyPhone phone={dutyPhone ?? null} />
      </section>
    </Layout>
  );
}

function DutyPhone({ phone }: { phone: string | null }): VNode {
  const t = useTexts().urgent.duty;
  return (
    <>
      <h3>{t.title}</h3>
      <Form action={ROUTES.leadDutyPhone}>
        <TextField name="phone" label={t.phone} hint={t.hint} type="tel" value={phone && readable(phone)} optional />
        <Button kind="secondary">{t.save}</Button>
      </Form>
    </>
  );
}

const useMoment = (): ((instant: Instant) => string) => {
  const { dates } = useTexts().web;
  return (instant) => dates.at(day(instant), time(instant));
};

function DutiesTable({ duties }: Pick<LeadPageProps, 'duties'>): VNode {
  const t = useTexts().admin.lead;
  const moment = useMoment();
  return (
    <Table
      caption={t.roster}
      captionUnseen
      empty={t.noDuties}
      rows={duties}
      columns={[
        { heading: t.from, names: true, cell: (one) => moment(one.from) },
        { heading: t.to, cell: (one) => moment(one.to) },
        { heading: t.first, cell: (one) => one.first },
        { heading: t.second, cell: (one) => one.second ?? '–' },
        {
          heading: t.remove,
          acts: true,
          cell: (one) => (
            <FormButton action={address(ROUTES.leadDuty, { dutyId: one.id })} about={moment(one.from)}>
              {t.remove}
            </FormButton>
          ),
        },
      ]}
    />
  );
}

export interface HandoverPageProps {
  frame: Frame;
  action: string;
  /** What goes to somebody else: a case's number, or whose work it is. */
  what: string;
  /** Where one came from. */
  back: string;
  followers: readonly Pick<Facilitator, 'id' | 'name' | 'openCases'>[];
  /** Meetings that go along: for each a stand-in may be named. */
  meetings: readonly { id: string; reference: string; startsAt: Instant }[];
}

/** Giving a case, or all that somebody has, to somebody else. */
export function HandoverPage({ frame, action, what, back, followers, meetings }: HandoverPageProps): VNode {
  const all = textsFor(frame.language);
  const t = all.admin.handover;
  const people = followers.map(({ id, name, openCases }) => ({ value: id, label: all.admin.staff.follower(name, openCases) }));
  return (
    <Layout frame={frame} title={t.title} audience="staff">
      <h1 dir="auto">{t.heading(what)}</h1>
      <p class="lead">{t.intro}</p>
      <div class="card">
        <Form action={action}>
          <Select name="facilitatorId" label={t.follower} options={people} />
          <Choice name="reason" label={t.reason} options={optionsOf(all.cases.handoverReasons, HANDOVER_REASONS)} />
          <TextArea name="remark" label={t.remark} hint={t.remarkHint} optional rows={2} />
          {meetings.length > 0 && <p>{t.standIns}</p>}
          {meetings.map((meeting, i) => (
            <>
              <input type="hidden" name={`standIns.${i}.meetingId`} value={meeting.id} />
              <Select
                name={`standIns.${i}.facilitatorId`}
                label={t.standIn(meeting.reference, all.web.dates.at(day(meeting.startsAt), time(meeting.startsAt)))}
                options={people}
                optional
              />
            </>
          ))}
          <Button>{t.button}</Button>
        </Form>
      </div>
      <p>
        <a href={back}>{t.back}</a>
      </p>
    </Layout>
  );
}
