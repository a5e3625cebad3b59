import type { VNode } from 'preact';
import { PRESENCES } from '../meetings/meetings.rules.js';
import { Button } from '../web/components/button.js';
import { Disclosure } from '../web/components/disclosure.js';
import { Select, TextField } from '../web/components/field.js';
import { Form } from '../web/components/form.js';
import { useTexts } from '../web/frame.js';
import { optionsOf } from './case-parts.pages.js';
import { address, ROUTES } from './desk.routes.js';

export interface AttendanceView {
  memberId: string;
  name: string;
  /** Null when not noted. */
  presence: string | null;
  /** Times of day (`14:20`) of who came later or left earlier. */
  arrivedAt?: string | null;
  leftAt?: string | null;
}

export interface AttendanceProps {
  reference: string;
  meetingId: string;
  /** The day of the meeting, `2026-12-03`: times are typed without it. */
  date: string;
  attendance: readonly AttendanceView[];
}

/** Who was there, and from when until when if not for the whole. */
export function Attendance({ reference, meetingId, date, attendance }: AttendanceProps): VNode {
  const all = useTexts();
  const t = all.privateTime.attendance;
  const action = address(ROUTES.attendance, { ref: reference, meetingId });
  const noted = attendance.some((one) => one.presence !== null);
  const memberIds = Object.fromEntries(attendance.map((one, index) => [`items.${index}.memberId`, one.memberId]));
  return (
    <Disclosure summary={all.deskCase.meeting.attendance} open={!noted} actions={[action]}>
      <Form action={action} hidden={{ date, ...memberIds }}>
        <div class="fields">
          {attendance.map((one, index) => (
            <Select
              name={`items.${index}.presence`}
              label={one.name}
              value={one.presence ?? 'present'}
              options={optionsOf(all.meetings.presences, PRESENCES)}
            />
          ))}
        </div>
        <Disclosure summary={t.times} actions={[action]}>
          {attendance.map((one, index) => (
            <div class="slot" role="group" aria-label={one.name}>
              <p>
                <bdi>{one.name}</bdi>
              </p>
              <TextField name={`items.${index}.arrivedAt`} label={t.arrived(one.name)} type="time" value={one.arrivedAt} optional />
              <TextField name={`items.${index}.leftAt`} label={t.left(one.name)} type="time" value={one.leftAt} optional />
            </div>
          ))}
        </Disclosure>
        <Button>{all.deskCase.meeting.attendanceSave}</Button>
      </Form>
    </Disclosure>
  );
}
