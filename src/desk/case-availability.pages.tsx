import type { VNode } from 'preact';
import type { PlanningWarning } from '../meetings/availability.dto.js';
import type { Slot } from '../meetings/meetings.rules.js';
import { Notice } from '../web/components/notice.js';
import { shortDay, time } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { Moment, type SlotView } from './dates.pages.js';

/** What to look at twice in a meeting that is to come; of a poll it says about which date. */
export function PlanningWarnings({ warnings, slots }: { warnings: readonly PlanningWarning[]; slots: readonly SlotView[] }): VNode | null {
  const t = useTexts().availability;
  if (warnings.length === 0) return null;
  const said = warnings.map(({ text, slotId }) => {
    const slot = slots.length > 1 ? slots.find(({ id }) => id === slotId) : undefined;
    return slot ? t.warningAt(shortDay(slot.startsAt), time(slot.startsAt), text) : text;
  });
  return (
    <Notice tone="warning">
      <ul>
        {said.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** Moments at which the one who plans is free, to type below. */
export function FreeMoments({ free }: { free: readonly Slot[] }): VNode | null {
  const t = useTexts().availability;
  if (free.length === 0) return null;
  return (
    <>
      <p id="vrij">{t.freeMoments}</p>
      <ul aria-labelledby="vrij">
        {free.map((slot) => (
          <li>
            <Moment startsAt={slot.startsAt} endsAt={slot.endsAt} />
          </li>
        ))}
      </ul>
    </>
  );
}
