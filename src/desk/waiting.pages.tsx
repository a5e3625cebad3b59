import type { VNode } from 'preact';
import type { WaitedTooLong } from '../referrals/waiting.service.js';
import { Table } from '../web/components/table.js';
import { shortDay } from '../web/format.js';
import { useTexts } from '../web/frame.js';
import { ROUTES } from './desk.routes.js';

/** On `/leiding`: what has waited for longer than was said. */
export function WaitedReferrals({ waited }: { waited: readonly WaitedTooLong[] }): VNode | null {
  const t = useTexts().ownReferrals.waiting;
  if (waited.length === 0) return null;
  return (
    <section class="card warm" aria-labelledby="wacht">
      <h2 id="wacht">
        {t.leadTitle}
        <span class="counter">{waited.length}</span>
      </h2>
      <Table
        caption={t.leadTitle}
        captionUnseen
        empty=""
        rows={waited}
        columns={[
          { heading: t.what, names: true, cell: ({ what }) => t.whats[what] },
          { heading: t.since, cell: ({ since }) => shortDay(since) },
          { heading: t.who, cell: ({ facilitator, reference }) => [facilitator, reference].filter(Boolean).join(', ') || '–' },
          { heading: t.go, acts: true, cell: ({ id, what }) => what === 'triage' && <a href={`${ROUTES.work}#aanmelding-${id}`}>{t.go}</a> },
        ]}
      />
    </section>
  );
}
