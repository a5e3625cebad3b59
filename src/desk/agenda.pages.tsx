import type { VNode } from 'preact';
import type { Absence } from '../meetings/availability.dto.js';
import { ABSENCE_KINDS, type Hours } from '../meetings/availability.rules.js';
import type { Slot } from '../meetings/meetings.rules.js';
import { textsFor } from '../texts/texts.js';
import { Button } from '../web/components/button.js';
import { Select, TextArea, TextField } from '../web/components/field.js';
import { Form, FormButton } from '../web/components/form.js';
import { Table } from '../web/components/table.js';
import { day, dayOfYear, shortDay, time, type Instant } from '../web/format.js';
import { useTexts, type Frame } from '../web/frame.js';
import { Layout } from '../web/layout.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface AgendaPageProps {
  frame: Frame;
  /** Fixed and to come, soonest first. */
  meetings: readonly { id: string; reference: string; resident: string; startsAt: Instant; endsAt: Instant; where: string; isOwn: boolean }[];
  /** Moments at which a meeting can be planned. */
  free: readonly Slot[];
  hours: readonly Hours[];
  absences: readonly Absence[];
  /** Since when there is a secret address; null without one. */
  feedSince: Instant | null;
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];

/** Minutes of the day as a time field takes them: `09:00`, and the end of the day as its last minute. */
const timeOfDay = (minute: number): string => {
  const shown = Math.min(minute, 1439);
  return `${String(Math.floor(shown / 60)).padStart(2, '0')}:${String(shown % 60).padStart(2, '0')}`;
};

/** `/werk/agenda`: a facilitator's coming weeks, hours, absences, and the address for a calendar program. */
export function AgendaPage({ frame, meetings, free, hours, absences, feedSince }: AgendaPageProps): VNode {
  const t = textsFor(frame.language).availability.page;
  return (
    <Layout frame={frame} title={t.title} audience="staff" width="wide">
      <h1>{t.title}</h1>
      <section class="card" aria-labelledby="weken">
        <h2 id="weken">{t.weeks}</h2>
        <Table
          caption={t.weeks}
          captionUnseen
          empty={t.weeksNone}
          rows={meetings}
          columns={[
            { heading: t.when, names: true, cell: (one) => <Span startsAt={one.startsAt} endsAt={one.endsAt} /> },
            {
              heading: t.what,
              cell: (one) => (
                <a href={one.isOwn ? address(ROUTES.case, { ref: one.reference }) : address(ROUTES.standInScript, { meetingId: one.id })}>
                  {one.reference} <bdi>{one.resident}</bdi>
                </a>
              ),
            },
            { heading: t.where, cell: (one) => <bdi>{one.where}</bdi> },
          ]}
        />
        <h3>{t.offer}</h3>
        {free.length === 0 ? (
          <p class="quiet">{t.offerNone}</p>
        ) : (
          <ul>
            {free.map((slot) => (
              <li>
                <Span startsAt={slot.startsAt} endsAt={slot.endsAt} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="card" aria-labelledby="afwezig">
        <h2 id="afwezig">{t.absences}</h2>
        <p>{t.absencesIntro}</p>
        <Absences absences={absences} />
        <Form action={ROUTES.agendaAbsences}>
          <Select name="kind" label={t.kind} options={optionsOf(t.kinds, ABSENCE_KINDS)} />
          <div class="fields">
            <TextField name="from" label={t.firstDay} type="date" />
            <TextField name="fromTime" label={t.fromTime} type="time" optional />
            <TextField name="to" label={t.lastDay} type="date" />
            <TextField name="toTime" label={t.toTime} type="time" optional />
          </div>
          <TextArea name="note" label={t.note} optional rows={2} />
          <Button>{t.add}</Button>
        </Form>
      </section>
      <section class="card" aria-labelledby="werktijden">
        <h2 id="werktijden">{t.hours}</h2>
        <p>{t.hoursIntro}</p>
        <Form action={ROUTES.agendaHours}>
          {WEEKDAYS.map((weekday) => {
            const part = hours.find((one) => one.weekday === weekday);
            const name = t.weekdays[weekday - 1]!;
            return (
              <div class="fields">
                <TextField name={`from.${weekday}`} label={t.from(name)} type="time" optional value={part && timeOfDay(part.from)} />
                <TextField name={`until.${weekday}`} label={t.until(name)} type="time" optional value={part && timeOfDay(part.until)} />
              </div>
            );
          })}
          <Button>{t.saveHours}</Button>
        </Form>
      </section>
      <section class="card" aria-labelledby="adres">
        <h2 id="adres">{t.feed}</h2>
        <p>{t.feedIntro}</p>
        {feedSince && <p>{t.feedSince(dayOfYear(feedSince))}</p>}
        <FormButton action={ROUTES.agendaFeed}>{feedSince ? t.makeFeedAnew : t.makeFeed}</FormButton>
        {feedSince && <FormButton action={ROUTES.agendaFeedEnd}>{t.endFeed}</FormButton>}
      </section>
    </Layout>
  );
}

function Span({ startsAt, endsAt }: { startsAt: Instant; endsAt: Instant }): VNode {
  return (
    <>
      {day(startsAt)}, {time(startsAt)} – {time(endsAt)}
    </>
  );
}

function Absences({ absences }: Pick<AgendaPageProps, 'absences'>): VNode {
  const t = useTexts().availability.page;
  const moment = (instant: Instant): string => `${shortDay(instant)} ${time(instant)}`;
  return (
    <Table
      caption={t.absences}
      captionUnseen
      empty={t.absencesNone}
      rows={absences}
      columns={[
        { heading: t.absence, names: true, cell: (one) => `${moment(one.startsAt)} – ${moment(one.endsAt)}` },
        { heading: t.kind, cell: (one) => t.kinds[one.kind] },
        {
          heading: t.falls,
          cell: (one) =>
            one.meetings.length === 0
              ? t.fallsNone
              : one.meetings.map((meeting) => (
                  <div>
                    <a href={address(ROUTES.handOverCase, { ref: meeting.reference })}>{t.handOver(meeting.reference, moment(meeting.startsAt))}</a>
                  </div>
                )),
        },
        {
          heading: t.remove,
          acts: true,
          cell: (one) => (
            <FormButton action={address(ROUTES.agendaAbsence, { absenceId: one.id })} about={moment(one.startsAt)}>
              {t.remove}
            </FormButton>
          ),
        },
      ]}
    />
  );
}

/** The answer to "make an address": shown once, never kept or cached. */
export function ShownFeedPage({ frame, url }: { frame: Frame; url: string }): VNode {
  const t = textsFor(frame.language).availability.page;
  return (
    <Layout frame={frame} title={t.shownTitle} audience="staff">
      <h1>{t.shownTitle}</h1>
      <p class="lead">{t.shownIntro}</p>
      <div class="card">
        <label for="adres">{t.shownLabel}</label>
        <textarea class="secret-link" id="adres" rows={5} readonly data-copy value={url} />
      </div>
      <p>
        <a href={ROUTES.agenda}>{t.back}</a>
      </p>
    </Layout>
  );
}
