import type { VNode } from 'preact';

export type Tone = 'neutral' | 'busy' | 'good' | 'attention';

const CLASS: Record<Tone, string> = {
  neutral: 'utrecht-status-badge--inactive',
  busy: 'utrecht-status-badge--neutral',
  good: 'utrecht-status-badge--success',
  attention: 'utrecht-status-badge--warning',
};

/** A state in words; the colour only repeats it. */
export function StatusBadge({ tone = 'neutral', children }: { tone?: Tone; children: string }): VNode {
  return <span class={`utrecht-status-badge ${CLASS[tone]}`}>{children}</span>;
}
