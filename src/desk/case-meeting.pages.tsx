import type { VNode } from 'preact';
import type { PlanningWarning } from '../meetings/availability.dto.js';
import { CONCLUSION_REASONS, OUTCOMES, PLACE_TYPES, type Slot } from '../meetings/meetings.rules.js';
import type { PartOfPeople } from '../meetings/parts.rules.js';
import { wordFor } from '../texts/nl/desk-words.js';
import { Button } from '../web/components/button.js';
import { ANSWERS, type Answer } from '../web/components/date-choice.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { StatusBadge } from '../web/components/status-badge.js';
import { Table } from '../web/components/table.js';
import { shortDay, time } from '../web/format.js';
import { useFrame, useTexts } from '../web/frame.js';
import { Attendance, type AttendanceView } from './attendance.pages.js';
import { FreeMoments, PlanningWarnings } from './case-availability.pages.js';
import { CallOffMeeting, MoveMeeting, PollEnd, type SilentView } from './case-dates.pages.js';
import { optionsOf, Section, type MainPerson } from './case-parts.pages.js';
import { Moment, Place, type InvitedMeeting, type SlotView } from './dates.pages.js';
import { MeetingParts, PartFields } from './meeting-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';
import { ComeTogether } from './together.pages.js';
import { TableOfCase, type TableView } from './private-time.pages.js';

/** A meeting with everyone's answers, for the facilitator. */
export interface MeetingView extends Omit<InvitedMeeting, 'answers'> {
  /** It has begun, or will within half an hour: attendance and conclusion are possible. */
  began: boolean;
  /** Best first. */
  ranking: readonly { slotId: string; keepsAll: boolean; yes: number; no: number; informalYes: number }[];
  /** Everyone who is asked; without answers they did not react yet. */
  responses: readonly { memberId: string; name: string; answers: Readonly<Record<string, Answer>> }[];
  /** Until when a poll is open. */
  answerBy?: string | null;
  /** Of a poll: who said nothing yet. */
  silent?: readonly SilentView[];
  /** Who was there; null when not noted. */
  attendance: readonly AttendanceView[];
  /** The local day on which it begins; empty without a date. */
  day: string;
  /** Time of the circle by itself, and who writes. */
  table: TableView;
  /** Who comes for which part. */
  parts: readonly PartOfPeople[];
  /** Why it cannot be as it stands; null when it can. */
  warning: string | null;
  /** What to look at twice; it can be all the same. */
  planningWarnings: readonly PlanningWarning[];
}

export interface MeetingSectionProps {
  reference: string;
  mainPersons: readonly MainPerson[];
  /** Main persons and members who may be there. */
  people: readonly { id: string; name: string }[];
  /** Newest first. */
  meetings: readonly MeetingView[];
  publicPlaces: readonly { id: string; name: string; rooms: readonly { id: string; name: string; capacity: number }[] }[];
  /** A meeting may be planned now. */
  canPlan: boolean;
  /** Moments at which the facilitator is free, for a new one. */
  free: readonly Slot[];
  /** A plan is carried out: relapse brings people together again. */
  again: boolean;
  /** This case has a safety check. */
  safety: boolean;
}

/** The meeting: choose a date, fix it, note who was there, conclude; and a form for a new one. */
export function MeetingSection({ reference, mainPersons, people, meetings, publicPlaces, canPlan, free, again, safety }: MeetingSectionProps): VNode {
  const t = useTexts().deskCase.meeting;
  const asked = useFrame().done === 'together';
  return (
    <Section id="beraad" title={t.title}>
      {meetings.length === 0 && <p class="quiet">{t.none}</p>}
      {meetings.map((meeting) => (
        <Meeting reference={reference} meeting={meeting} people={people} mainPersons={mainPersons} />
      ))}
      {again && !asked && <ComeTogether reference={reference} canPlan={canPlan} safety={safety} />}
      {canPlan && <PlanMeeting reference={reference} people={people} publicPlaces={publicPlaces} free={free} open={meetings.length === 0 || asked} />}
    </Section>
  );
}

function Meeting({ reference, meeting, people, mainPersons }: { reference: string; meeting: MeetingView } & Pick<MeetingSectionProps, 'people' | 'mainPersons'>): VNode {
  const t = useTexts();
  const words = t.desk.words;
  const given = meeting.responses.filter((one) => Object.keys(one.answers).length > 0).length;
  const open = meeting.state === 'polling' || meeting.state === 'fixed';
  return (
    <article class="task">
      <h3>
        {wordFor(words.meetingTypes, meeting.type)}{' '}
        <StatusBadge tone={open ? 'busy' : 'neutral'}>{wordFor(t.meetings.states, meeting.state)}</StatusBadge>
      </h3>
      {meeting.startsAt && meeting.endsAt && (
        <p>
          <strong>
            <Moment startsAt={meeting.startsAt} endsAt={meeting.endsAt} />
          </strong>
        </p>
      )}
      <p>
        <Place place={meeting.place} />
      </p>
      {open && <PlanningWarnings warnings={meeting.planningWarnings} slots={meeting.slots} />}
      {meeting.state === 'polling' && meeting.answerBy && <PollEnd answerBy={meeting.answerBy} silent={meeting.silent ?? []} />}
      {open && <MeetingParts reference={reference} meeting={meeting} people={people} />}
      {meeting.state === 'polling' && <Ranking reference={reference} meeting={meeting} />}
      {open && meeting.responses.length > 0 && (
        <>
          <p class="quiet">{t.deskCase.meeting.answersCount(given, meeting.responses.length)}</p>
          <Responses meeting={meeting} />
          <AnswerFor reference={reference} meeting={meeting} />
        </>
      )}
      {meeting.state === 'fixed' && <MoveMeeting reference={reference} meetingId={meeting.id} />}
      {(meeting.state === 'fixed' || meeting.table.privateTime?.state === 'running') && <TableOfCase reference={reference} meeting={meeting} table={meeting.table} mainPersons={mainPersons} />}
      {open && <CallOffMeeting reference={reference} meetingId={meeting.id} />}
      {meeting.state === 'fixed' && meeting.began && <Attendance reference={reference} meetingId={meeting.id} date={meeting.day} attendance={meeting.attendance} />}
      {meeting.state === 'fixed' && meeting.began && <Conclude reference={reference} meeting={meeting} />}
    </article>
  );
}

const slotLabel = (slot: SlotView): string => `${shortDay(slot.startsAt)} ${time(slot.startsAt)}`;

function Ranking({ reference, meeting }: { reference: string; meeting: MeetingView }): VNode {
  const all = useTexts();
  const t = all.deskCase.meeting;
  const rows = meeting.ranking.flatMap((rank) => {
    const slot = meeting.slots.find((one) => one.id === rank.slotId);
    return slot ? [{ ...rank, slot }] : [];
  });
  return (
    <Form action={address(ROUTES.confirmMeeting, { ref: reference, meetingId: meeting.id })}>
      <Table
        caption={t.ranking}
        empty={t.none}
        rows={rows}
        columns={[
          {
            heading: t.slot,
            names: true,
            cell: (row) => (
              <>
                <Moment startsAt={row.slot.startsAt} endsAt={row.slot.endsAt} />
                <small>{row.keepsAll ? t.keepsAll : t.keepsNotAll}</small>
              </>
            ),
          },
          { heading: t.yes, numeric: true, cell: (row) => String(row.yes) },
          { heading: t.no, numeric: true, cell: (row) => String(row.no) },
          { heading: t.informalYes, numeric: true, cell: (row) => String(row.informalYes) },
          {
            heading: t.choose,
            acts: true,
            cell: (row) => (
              <Button
                kind={row === rows[0] ? 'primary' : 'secondary'}
                name="slotId"
                value={row.slotId}
                about={slotLabel(row.slot)}
              >
                {t.choose}
              </Button>
            ),
          },
        ]}
      />
      <TextArea name="remark" label={all.caseDates.choiceRemark} optional rows={2} />
    </Form>
  );
}

function Responses({ meeting }: { meeting: MeetingView }): VNode {
  const all = useTexts();
  const t = all.deskCase.meeting;
  return (
    <Disclosure summary={t.responses}>
      <Table
        caption={t.responses}
        captionUnseen
        empty={t.none}
        rows={meeting.responses}
        columns={[
          { heading: t.person, names: true, cell: (row) => <bdi>{row.name}</bdi> },
          ...meeting.slots.map((slot) => ({
            heading: slotLabel(slot),
            cell: (row: MeetingView['responses'][number]) => {
              const answer = row.answers[slot.id];
              return answer ? wordFor(all.web.answers, answer) : <span class="quiet">{t.silence}</span>;
            },
          })),
        ]}
      />
    </Disclosure>
  );
}

function AnswerFor({ reference, meeting }: { reference: string; meeting: MeetingView }): VNode {
  const all = useTexts();
  const t = all.deskCase.meeting;
  const action = address(ROUTES.answerFor, { ref: reference, meetingId: meeting.id });
  return (
    <Disclosure summary={t.answerFor} actions={[action]}>
      <Form action={action}>
        <Select
          name="memberId"
          label={t.person}
          options={meeting.responses.map((one) => ({ value: one.memberId, label: one.name }))}
        />
        {meeting.slots.map((slot) => (
          <Choice name={`answers.${slot.id}`} label={slotLabel(slot)} row options={optionsOf(all.web.answers, ANSWERS)} />
        ))}
        <Button>{all.deskCase.circle.save}</Button>
      </Form>
    </Disclosure>
  );
}

function Conclude({ reference, meeting }: { reference: string; meeting: MeetingView }): VNode {
  const all = useTexts();
  const t = all.deskCase.meeting;
  const action = address(ROUTES.conclude, { ref: reference, meetingId: meeting.id });
  return (
    <Disclosure summary={t.conclude} actions={[action]}>
      <Form action={action}>
        <Choice name="outcome" label={t.outcome} options={optionsOf(all.meetings.outcomes, OUTCOMES)} />
        <Select
          name="reason"
          label={t.reason}
          hint={t.reasonHint}
          optional
          options={optionsOf(all.meetings.reasons, CONCLUSION_REASONS)}
        />
        <TextField name="facilitatorHours" label={t.hours} hint={t.hoursHint} inputMode="decimal" size="short" optional />
        <TextArea name="note" label={t.note} optional rows={2} />
        <Button>{t.concludeSave}</Button>
      </Form>
    </Disclosure>
  );
}

const OFFERED_SLOTS = 4;

function PlanMeeting({
  reference,
  people,
  publicPlaces,
  free,
  open,
}: Pick<MeetingSectionProps, 'reference' | 'people' | 'publicPlaces' | 'free'> & { open: boolean }): VNode {
  const all = useTexts();
  const t = all.deskCase.meeting;
  const action = address(ROUTES.addMeeting, { ref: reference });
  return (
    <Disclosure summary={t.add} open={open} actions={[action]}>
      <Form action={action}>
        <Choice name="place.type" label={t.place} row options={optionsOf(all.desk.words.placeTypes, PLACE_TYPES)} />
        <div class="fields">
          {publicPlaces.length > 0 && (
            <Select
              name="place.publicPlaceId"
              label={t.publicPlace}
              optional
              options={publicPlaces.filter(({ rooms }) => rooms.length === 0).map(({ id, name }) => ({ value: id, label: name }))}
              groups={publicPlaces
                .filter(({ rooms }) => rooms.length > 0)
                .map((place) => ({
                  label: place.name,
                  options: place.rooms.map((room) => ({ value: `${place.id}:${room.id}`, label: t.room(room.name, room.capacity) })),
                }))}
            />
          )}
          <TextField name="place.address" label={t.address} optional />
          <TextField name="place.url" label={t.url} type="url" optional />
        </div>
        <p class="quiet">{t.slotsHint}</p>
        <FreeMoments free={free} />
        {Array.from({ length: OFFERED_SLOTS }, (_, index) => (
          <div class="slot" role="group" aria-label={t.date(index + 1)}>
            <TextField name={`slots.${index}.date`} label={t.date(index + 1)} type="date" optional={index > 0} />
            <TextField name={`slots.${index}.from`} label={t.from} type="time" />
            <TextField name={`slots.${index}.to`} label={t.to} type="time" />
          </div>
        ))}
        <Choice
          name="mustAttend"
          label={t.mustAttend}
          many
          row
          optional
          options={people.map((one) => ({ value: one.id, label: one.name }))}
        />
        <Disclosure summary={all.circleCare.split}>
          <p class="quiet">{all.circleCare.splitWhat}</p>
          <PartFields people={people} />
        </Disclosure>
        <Button>{t.make}</Button>
      </Form>
    </Disclosure>
  );
}
