import type { VNode } from 'preact';
import { useTexts } from '../frame.js';

/** How close someone stands: family inside, friends and neighbours around, professionals outside. */
export type Closeness = 'family' | 'around' | 'professional';

export interface RingPerson {
  name: string;
  closeness: Closeness;
  /** False while nobody has said yes to asking them: drawn open. */
  certain: boolean;
}

export interface CircleRingsProps {
  /** The main persons, in the middle. */
  centre: readonly string[];
  people: readonly RingPerson[];
}

const SIZE = 440;
const MIDDLE = SIZE / 2;
/** Radius and room per ring: more people than fit are shown as a number; the table names everyone. */
const RINGS: readonly { closeness: Closeness; radius: number; room: number; turn: number }[] = [
  { closeness: 'family', radius: 84, room: 6, turn: -90 },
  { closeness: 'around', radius: 140, room: 8, turn: -70 },
  { closeness: 'professional', radius: 194, room: 10, turn: -90 },
];
const LABEL_LENGTH = 12;

const shortened = (name: string): string => {
  const letters = [...name];
  return letters.length > LABEL_LENGTH ? `${letters.slice(0, LABEL_LENGTH - 1).join('')}…` : name;
};

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** The circle drawn as rings. A table beside it must say the same: this drawing is never the only place. */
export function CircleRings({ centre, people }: CircleRingsProps): VNode {
  const t = useTexts().web.ring;
  const informal = people.filter((person) => person.closeness !== 'professional').length;
  const name = centre.join(' & ');
  return (
    <figure class="rings">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-labelledby="ring-title ring-description">
        <title id="ring-title">{t.title(name)}</title>
        <desc id="ring-description">{t.description(informal, people.length - informal)}</desc>
        {RINGS.map((ring) => (
          <circle class={`ring ${ring.closeness}`} cx={MIDDLE} cy={MIDDLE} r={ring.radius} />
        ))}
        <circle class="centre" cx={MIDDLE} cy={MIDDLE} r="38" />
        {centre.slice(0, 2).map((one, index) => (
          <text class="centre-name" x={MIDDLE} y={MIDDLE + 5 + (index - (Math.min(centre.length, 2) - 1) / 2) * 17}>
            {shortened(one)}
          </text>
        ))}
        {RINGS.map((ring) => (
          <Ring ring={ring} people={people.filter((person) => person.closeness === ring.closeness)} />
        ))}
      </svg>
      <figcaption>
        {RINGS.map((ring) => (
          <span>
            <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
              <Mark closeness={ring.closeness} certain x={8} y={8} />
            </svg>
            {t.legend[ring.closeness]}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function Ring({ ring, people }: { ring: (typeof RINGS)[number]; people: readonly RingPerson[] }): VNode {
  const t = useTexts().web.ring;
  const fits = people.length <= ring.room;
  const shown = fits ? people : people.slice(0, ring.room - 1);
  const places = shown.length + (fits ? 0 : 1);
  const at = (index: number): { x: number; y: number } => {
    const angle = ((ring.turn + (index * 360) / places) * Math.PI) / 180;
    return { x: rounded(MIDDLE + ring.radius * Math.cos(angle)), y: rounded(MIDDLE + ring.radius * Math.sin(angle)) };
  };
  return (
    <g>
      {shown.map((person, index) => {
        const { x, y } = at(index);
        return (
          <g>
            <Mark closeness={person.closeness} certain={person.certain} x={x} y={y} />
            <text class="person-name" x={x} y={rounded(y + 22)}>
              {shortened(person.name)}
            </text>
          </g>
        );
      })}
      {!fits && (
        <text class="person-name" x={at(shown.length).x} y={at(shown.length).y}>
          {t.more(people.length - shown.length)}
        </text>
      )}
    </g>
  );
}

/** A round mark for the own circle, a square one for professionals: shape and place say it, colour repeats it. */
function Mark({ closeness, certain, x, y }: { closeness: Closeness; certain: boolean; x: number; y: number }): VNode {
  const className = `person ${closeness}${certain ? '' : ' open'}`;
  return closeness === 'professional' ? (
    <rect class={className} x={rounded(x - 6)} y={rounded(y - 6)} width="12" height="12" rx="2" />
  ) : (
    <circle class={className} cx={x} cy={y} r="7" />
  );
}
