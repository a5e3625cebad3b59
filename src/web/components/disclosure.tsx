import type { ComponentChildren, VNode } from 'preact';
import { useFrame } from '../frame.js';

export interface DisclosureProps {
  summary: string;
  /** Said after the summary, for who hears the page. */
  about?: string;
  open?: boolean;
  /** The addresses of the forms inside: when one of them failed, it stands open. */
  actions?: readonly string[];
  children: ComponentChildren;
}

/** Something that opens on a tap; works without script. */
export function Disclosure({ summary, about, open = false, actions = [], children }: DisclosureProps): VNode {
  const failed = useFrame().failed;
  return (
    <details open={open || (failed ? actions.includes(failed.action) : false)}>
      <summary>
        {summary}
        {about && <span class="unseen"> {about}</span>}
      </summary>
      <div class="disclosed">{children}</div>
    </details>
  );
}
