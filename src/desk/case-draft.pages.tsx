import type { VNode } from 'preact';
import { useTexts } from '../web/frame.js';
import { byWhen } from './case-parts.pages.js';

/** The draft as it stands; empty before anyone wrote in it. */
export interface DraftView {
  goals: readonly { id: string; text: string }[];
  commitments: readonly {
    id: string;
    /** How who does it is called. */
    who: string;
    text: string;
    dueOn: string | null;
    every: string | null;
  }[];
  safetyConditions: readonly { id: string; text: string; metBy: string | null; setBy: string }[];
}

/** What stands in the draft, to read. */
export function DraftSummary({ draft, isNew }: { draft: DraftView; isNew: boolean }): VNode {
  const all = useTexts();
  const t = all.deskCase.plan;
  const { goals, commitments, safetyConditions } = draft;
  if (goals.length + commitments.length + safetyConditions.length === 0) return <p class="quiet">{t.draftEmpty}</p>;
  if (!isNew) return <p class="quiet">{t.draftSame}</p>;
  return (
    <>
      <Lines title={t.goals} of={goals}>
        {({ text }) => <bdi>{text}</bdi>}
      </Lines>
      <Lines title={t.commitments} of={commitments}>
        {({ who, text, dueOn, every }) => (
          <>
            <bdi>{who}</bdi>: <bdi>{text}</bdi> <span class="quiet">{byWhen(all, { every, dueOn }) || t.inSixWeeks}</span>
          </>
        )}
      </Lines>
      <Lines title={t.conditions} of={safetyConditions}>
        {({ text, setBy, metBy }) => (
          <>
            <bdi>{text}</bdi> (<bdi>{setBy}</bdi>){metBy && ': '}
            {metBy && <bdi>{metBy}</bdi>}
          </>
        )}
      </Lines>
    </>
  );
}

function Lines<Item>({ title, of, children }: { title: string; of: readonly Item[]; children: (item: Item) => VNode }): VNode | null {
  if (of.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul>
        {of.map((item) => (
          <li>{children(item)}</li>
        ))}
      </ul>
    </>
  );
}
