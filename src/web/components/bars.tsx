import type { VNode } from 'preact';

export interface Bar {
  label: string;
  /** How long the bar is; null draws none. */
  value: number | null;
  /** What stands at its end. */
  text: string;
  /** A thin line beside it: where most lie. */
  range?: readonly [number, number] | null;
}

export interface BarsProps {
  /** Unique on the page. */
  id: string;
  title: string;
  /** What the drawing says, for who hears the page. */
  description: string;
  bars: readonly Bar[];
}

const WIDTH = 360;
const ROW = 44;
/** Room at the end for the number. */
const LONGEST = 270;
const THICK = 14;

/** Lying bars with a number each. A table beside it must say the same: this drawing is never the only place. */
export function Bars({ id, title, description, bars }: BarsProps): VNode {
  const most = Math.max(1, ...bars.flatMap(({ value, range }) => [value ?? 0, ...(range ?? [])]));
  const long = (value: number): number => Math.round((value / most) * LONGEST * 10) / 10;
  return (
    <figure class="bars">
      <svg viewBox={`0 0 ${WIDTH} ${bars.length * ROW}`} role="img" aria-labelledby={`${id}-title ${id}-description`}>
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-description`}>{description}</desc>
        {bars.map(({ label, value, text, range }, i) => (
          <g>
            <text x="0" y={i * ROW + 14}>
              {label}
            </text>
            {value !== null && <rect class="bar" x="0" y={i * ROW + 20} width={Math.max(2, long(value))} height={THICK} rx="2" />}
            {range && <rect class="range" x={long(range[0])} y={i * ROW + 37} width={Math.max(2, long(range[1]) - long(range[0]))} height="3" />}
            <text class="number" x={value === null ? 0 : Math.max(2, long(value)) + 8} y={i * ROW + 32}>
              {text}
            </text>
          </g>
        ))}
      </svg>
    </figure>
  );
}
