import type { VNode } from 'preact';
import { REOPENING_REASONS } from '../cases/cases.rules.js';
import { CALL_OFF_REASONS } from '../meetings/meetings.rules.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Choice, Select, TextArea, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { day, telephone, time, type Instant } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

/** Somebody who was asked for a date and said nothing. */
export interface SilentView {
  name: string;
  phone: string | null;
}

/** Until when a poll is open, and who is silent, with a number to call. */
export function PollEnd({ answerBy, silent }: { answerBy: Instant; silent: readonly SilentView[] }): VNode {
  const t = useTexts().caseDates;
  return (
    <>
      <p>{t.until(day(answerBy), time(answerBy))}</p>
      {silent.length > 0 && (
        <>
          <p id="stil">{t.silent}</p>
          <ul aria-labelledby="stil">
            {silent.map(({ name, phone }) => (
              <li>
                <bdi>{name}</bdi> {phone && <a href={telephone(phone)}>{phone}</a>}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** Another date for a meeting that is fixed. */
export function MoveMeeting({ reference, meetingId }: { reference: string; meetingId: string }): VNode {
  const all = useTexts();
  const t = all.caseDates;
  const action = address(ROUTES.moveMeeting, { ref: reference, meetingId });
  return (
    <Disclosure summary={t.move} actions={[action]}>
      <p class="quiet">{t.moveHint}</p>
      <Form action={action}>
        <div class="slot" role="group" aria-label={t.newDate}>
          <TextField name="date" label={t.newDate} type="date" />
          <TextField name="from" label={all.deskCase.meeting.from} type="time" />
          <TextField name="to" label={all.deskCase.meeting.to} type="time" />
        </div>
        <Select name="reason" label={t.reason} hint={t.reasonHint} optional options={optionsOf(all.meetings.callOffReasons, CALL_OFF_REASONS)} />
        <TextArea name="remark" label={t.remark} optional rows={2} />
        <Button>{t.moveButton}</Button>
      </Form>
    </Disclosure>
  );
}

/** A date, or the search for one, is called off. */
export function CallOffMeeting({ reference, meetingId }: { reference: string; meetingId: string }): VNode {
  const all = useTexts();
  const t = all.caseDates;
  const action = address(ROUTES.callOffMeeting, { ref: reference, meetingId });
  return (
    <Disclosure summary={t.callOff} actions={[action]}>
      <Form action={action}>
        <Choice name="reason" label={t.reason} hint={t.reasonHint} options={optionsOf(all.meetings.callOffReasons, CALL_OFF_REASONS)} />
        <TextArea name="remark" label={t.remark} optional rows={2} />
        <Button kind="danger">{t.callOffButton}</Button>
      </Form>
    </Disclosure>
  );
}

/** A case that was closed is taken up again. */
export function ReopenCase({ reference }: { reference: string }): VNode {
  const all = useTexts();
  const t = all.caseDates;
  const action = address(ROUTES.reopen, { ref: reference });
  return (
    <Disclosure summary={t.reopen} actions={[action]}>
      <p class="quiet">{t.reopenHint}</p>
      <Form action={action}>
        <Select name="reason" label={t.why} optional options={optionsOf(all.cases.reopeningReasons, REOPENING_REASONS)} />
        <TextArea name="remark" label={t.remark} optional rows={2} />
        <Button>{t.reopenButton}</Button>
      </Form>
    </Disclosure>
  );
}
