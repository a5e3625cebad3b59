import type { VNode } from 'preact';
import { Button } from '../web/components/button.js';
import { ANSWERS, DateChoice, type Answer } from '../web/components/date-choice.js';
import { DefinitionList } from '../web/components/definition-list.js';
import { Disclosure } from '../web/components/disclosure.js';
import { TextArea } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { day, machineDate, time, type Instant } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { address, ROUTES } from './desk.routes.js';

export interface PlaceView {
  type: 'home' | 'public-place' | 'video' | 'other';
  name?: string | null;
  /** Left out when the reader may not know it: a home address is only for those who come. */
  address?: string | null;
  url?: string | null;
}

export interface SlotView {
  id: string;
  startsAt: Instant;
  endsAt: Instant;
}

/** A meeting as one invited person sees it: the dates, the place, their own answers. */
export interface InvitedMeeting {
  id: string;
  type: 'meeting' | 'review';
  state: 'polling' | 'fixed' | 'held' | 'cancelled';
  /** The fixed moment; null while a date is being chosen. */
  startsAt: Instant | null;
  endsAt: Instant | null;
  /** Nobody is asked any more whether they come. */
  begun?: boolean;
  /** Until when people choose; of a poll only. */
  answerBy?: string | null;
  place: PlaceView;
  /** While polling: all slots. When fixed: the one slot that was chosen. */
  slots: readonly SlotView[];
  answers: Readonly<Record<string, Answer>>;
}

/** A place in words. */
export function Place({ place }: { place: PlaceView }): VNode {
  const t = useTexts().desk.words;
  const url = place.url && /^https:\/\//i.test(place.url) ? place.url : null;
  const where = [place.name, place.address].filter(Boolean).join(', ');
  return (
    <>
      {(place.type === 'home' || place.type === 'video' || !where) && t.placeTypes[place.type]}
      {where && (place.type === 'home' || place.type === 'video') && <br />}
      <bdi>{where}</bdi>
      {url && (
        <>
          <br />
          <a href={url} rel="noreferrer">
            {url}
          </a>
        </>
      )}
    </>
  );
}

/** "dinsdag 24 november, 14.00 tot 16.00 uur" */
export function Moment({ startsAt, endsAt }: { startsAt: Instant; endsAt: Instant }): VNode {
  const t = useTexts().web.dates;
  return (
    <time datetime={machineDate(startsAt)}>
      {day(startsAt)}, {t.span(time(startsAt), time(endsAt))}
    </time>
  );
}

/** What is asked about one meeting: choose dates, or say whether you come. */
export function InvitedMeetingCard({ meeting }: { meeting: InvitedMeeting }): VNode {
  const t = useTexts().desk.circle;
  const id = `beraad-${meeting.id}`;
  if (meeting.state === 'polling') {
    return (
      <section class="card" aria-labelledby={id}>
        <h2 id={id}>{t.pollTitle}</h2>
        <p>{t.pollIntro}</p>
        {meeting.answerBy && <p>{t.pollUntil(day(meeting.answerBy), time(meeting.answerBy))}</p>}
        <DateChoice action={ROUTES.answer} meetingId={meeting.id} slots={meeting.slots} answers={meeting.answers} />
        <NoneOfThese meeting={meeting} />
        <DefinitionList items={[[t.where, <Place place={meeting.place} />]]} />
      </section>
    );
  }
  if (meeting.state === 'cancelled') {
    return (
      <section class="card" aria-labelledby={id}>
        <h2 id={id}>{t.cancelledTitle}</h2>
        {meeting.startsAt && meeting.endsAt && (
          <p>
            <Moment startsAt={meeting.startsAt} endsAt={meeting.endsAt} />
          </p>
        )}
        <p>{t.cancelled}</p>
      </section>
    );
  }
  const held = meeting.state === 'held';
  const slot = meeting.slots[0];
  return (
    <section class="card calm" aria-labelledby={id}>
      <h2 id={id}>{held ? t.heldTitle : t.fixedTitle}</h2>
      <DefinitionList
        items={[
          [t.when, meeting.startsAt && meeting.endsAt && <Moment startsAt={meeting.startsAt} endsAt={meeting.endsAt} />],
          [t.where, <Place place={meeting.place} />],
        ]}
      />
      {!held && !meeting.begun && slot && <ComingChoice meeting={meeting} slotId={slot.id} />}
      {!held && (
        <p>
          <a href={address(ROUTES.calendar, { meetingId: meeting.id })} download>
            {t.calendar}
          </a>
        </p>
      )}
    </section>
  );
}

/** For who can come on none of the dates: one tap for all of them, and what would do. */
function NoneOfThese({ meeting }: { meeting: InvitedMeeting }): VNode {
  const t = useTexts().desk.circle;
  const none = Object.fromEntries(meeting.slots.map(({ id }) => [`answers.${id}`, 'no']));
  return (
    <Disclosure summary={t.noneTitle} actions={[ROUTES.answer]}>
      <Form action={ROUTES.answer} hidden={{ meetingId: meeting.id, ...none }} part={`${meeting.id}/geen`}>
        <TextArea name="remark" label={t.noneWhen} hint={t.noneHint} optional rows={2} />
        <Button kind="secondary">{t.none}</Button>
      </Form>
    </Disclosure>
  );
}

function ComingChoice({ meeting, slotId }: { meeting: InvitedMeeting; slotId: string }): VNode {
  const t = useTexts().desk.circle;
  const given = meeting.answers[slotId];
  return (
    <Form action={ROUTES.answer} hidden={{ meetingId: meeting.id }} part={meeting.id}>
      <fieldset>
        <legend>{t.fixedAsk}</legend>
        <div class="answers">
          {ANSWERS.map((answer) => (
            <Button
              kind={given === answer ? 'primary' : 'secondary'}
              name="answer"
              value={`${slotId}:${answer}`}
              pressed={given === answer}
            >
              {given === answer && <span aria-hidden="true">✓ </span>}
              {t.coming[answer]}
            </Button>
          ))}
        </div>
      </fieldset>
    </Form>
  );
}
