import type { ComponentChildren, VNode } from 'preact';

/** Facts: a word and what it is. Empty facts are left out. */
export function DefinitionList({ items }: { items: readonly (readonly [string, ComponentChildren])[] }): VNode {
  return (
    <dl>
      {items
        .filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false)
        .map(([term, value]) => (
          <div>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
