import type { VNode } from 'preact';
import { useTexts } from '../frame.js';

/** A page that says nothing about who looked at it: the weather. */
export const NEUTRAL_PAGE = 'https://www.knmi.nl/';

/** Leaves at once. Without script a plain link; with script the page is also replaced in the history of the tab. */
export function LeaveNow(): VNode {
  const t = useTexts().web;
  return (
    <a class="utrecht-button-link leave-now" href={NEUTRAL_PAGE} rel="noreferrer nofollow" data-leave title={t.leaveNowTitle}>
      {t.leaveNow}
      <span aria-hidden="true"> ✕</span>
    </a>
  );
}
