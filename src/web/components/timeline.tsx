import type { VNode } from 'preact';
import { machineDate, shortDay, time, type Instant } from '../format.js';

export interface TimelineEntry {
  id: string;
  at: Instant;
  /** Who did it; null for the service itself. */
  actor: string | null;
  text: string;
}

/** What happened, newest first. */
export function Timeline({ entries, empty }: { entries: readonly TimelineEntry[]; empty: string }): VNode {
  if (entries.length === 0) return <p class="quiet">{empty}</p>;
  return (
    <ol class="timeline">
      {entries.map((entry) => (
        <li>
          <time datetime={machineDate(entry.at)}>
            {shortDay(entry.at)} {time(entry.at)}
          </time>
          <span>
            <bdi>{entry.text}</bdi>
            {entry.actor && (
              <small class="quiet">
                {' '}
                – <bdi>{entry.actor}</bdi>
              </small>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
