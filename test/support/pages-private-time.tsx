import type { VNode } from 'preact';
import { CasePage, type CasePageProps } from '../../src/desk/case.pages.js';
import { TablePage, type TablePageProps, type TableView } from '../../src/desk/private-time.pages.js';
import { asWritten, frameOf, resident, type Say } from './pages-parts.js';

const period = { startedAt: '2026-11-24T13:20:00Z', endedAt: '2026-11-24T14:05:00Z' };
const running = { state: 'running' as const, periods: [period, { startedAt: '2026-11-24T14:10:00Z', endedAt: null }], calledIn: ['facilitator'] };

/** What stands at a meeting on the page of its case. */
export const tableView = (say: Say, changes: Partial<TableView> = {}): TableView => ({
  privateTime: { state: 'ended', periods: [period], calledIn: [] },
  closed: false,
  scribeId: 'a',
  writers: [{ id: 'a', name: say('Ria de Wit') }],
  ...changes,
});

/** A case of which nothing that is written may be seen now. */
export const closedCase = (props: CasePageProps, say: Say): VNode => {
  const meetings = props.meeting.meetings.map((meeting) => ({ ...meeting, table: tableView(say, { privateTime: running, closed: true }) }));
  return <CasePage {...props} meeting={{ ...props.meeting, meetings }} closed />;
};

const nobody = { calledIn: [], others: [], scribe: null, writes: false };

export const PRIVATE_TIME_PAGES: Readonly<Record<string, { full: (say: Say) => VNode; empty?: () => VNode }>> = {
  table: {
    full: (say) => {
      const props: Omit<TablePageProps, 'frame'> = {
        of: 'mine',
        meeting: { id: 'm1', version: 3, began: true },
        privateTime: running,
        ofTheCircle: true,
        calledIn: [{ who: 'facilitator', name: 'de gespreksleider' }],
        others: [{ who: 'e', name: say('Meester Karim') }],
        closedToFacilitator: true,
        scribe: { id: 'a', writers: [{ id: 'a', name: say('Ria') }] },
        writes: true,
      };
      return <TablePage frame={resident(say)} {...props} />;
    },
    empty: () => <TablePage frame={frameOf(asWritten)} of="circle" meeting={null} privateTime={null} ofTheCircle closedToFacilitator={false} {...nobody} />,
  },
  'table-outside': {
    full: (say) => (
      <TablePage
        frame={resident(say)}
        of="circle"
        meeting={{ id: 'm1', version: 3, began: true }}
        privateTime={{ ...running, calledIn: [] }}
        ofTheCircle={false}
        closedToFacilitator={false}
        {...nobody}
      />
    ),
  },
};
