import type { VNode } from 'preact';
import { day, machineDate, time, type Instant } from '../format.js';
import { useTexts } from '../frame.js';
import { Button } from './button.js';
import { Form } from './form.js';

export type Answer = 'yes' | 'if-need-be' | 'no';

export const ANSWERS: readonly Answer[] = ['yes', 'if-need-be', 'no'];

export interface DateChoiceProps {
  action: string;
  meetingId: string;
  slots: readonly { id: string; startsAt: Instant; endsAt: Instant }[];
  /** What was answered before, by slot. */
  answers: Readonly<Record<string, Answer>>;
}

/** One tap per date. Each button posts `answer` as `<slotId>:<yes | if-need-be | no>`; what was answered stays visible. */
export function DateChoice({ action, meetingId, slots, answers }: DateChoiceProps): VNode {
  const t = useTexts().web;
  return (
    <Form action={action} hidden={{ meetingId }} class="dates" part={meetingId}>
      {slots.map((slot) => {
        const given = answers[slot.id];
        const when = `${day(slot.startsAt)}, ${t.dates.span(time(slot.startsAt), time(slot.endsAt))}`;
        return (
          <fieldset>
            <legend>
              <time datetime={machineDate(slot.startsAt)}>
                <strong>{day(slot.startsAt)}</strong>
                <span>{t.dates.span(time(slot.startsAt), time(slot.endsAt))}</span>
              </time>
            </legend>
            <div class="answers">
              {ANSWERS.map((answer) => (
                <Button
                  kind={given === answer ? 'primary' : 'secondary'}
                  name="answer"
                  value={`${slot.id}:${answer}`}
                  pressed={given === answer}
                  about={when}
                >
                  {given === answer && <span aria-hidden="true">✓ </span>}
                  {t.answers[answer]}
                </Button>
              ))}
            </div>
          </fieldset>
        );
      })}
    </Form>
  );
}
