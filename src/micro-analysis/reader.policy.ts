import type { Actor } from '../platform/actor.js';

/**
 * What of an analysis is for whom: a main person sees what is about nobody in particular and what is about themself, never
 * the care or the wellbeing of another main person.
 */
export function readerOf(actor: Actor): (about: string | null) => boolean {
  return (about) => about === null || actor.kind !== 'participant' || actor.memberId === about;
}
