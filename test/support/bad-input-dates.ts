import type { Entry, Stage } from './bad-input-stage.js';
import type { StoryCase } from './stories.js';

/** Meetings for one row each. */
export interface DatesStage {
  moved: { id: string };
  off: { id: string };
  /** Led by the resident, or by whom the resident asks: Ada. */
  led: { id: string; ada: string };
}

const place = { type: 'other', address: 'Buurthuis De Klok' };

/** Fixes the dates that are to be moved and to be called off. */
export async function setDates(
  { post, slot }: { post: <T>(path: string, body?: object) => Promise<T>; slot: (hours: number) => object },
  { move, off, again, led }: { move: StoryCase; off: StoryCase; again: StoryCase; led: StoryCase },
): Promise<DatesStage> {
  const fix = (of: StoryCase, hours: number) => post<{ id: string }>(`/v1/cases/${of.id}/meetings`, { place, slots: [slot(hours)] });
  // Over and done before the others' dates are booked: the same facilitator leads them.
  const { id } = await fix(again, 0.2);
  await post(`/v1/meetings/${id}/conclusion`, { outcome: 'no-plan', reason: 'no-agreement' });
  const ada = led.members.Ada!.id;
  await post(`/v1/circle-members/${ada}/approval`, { by: 'main-person' });
  await post(`/v1/cases/${led.id}/invitations`, { memberIds: [ada] });
  return { moved: await fix(move, 400), off: await fix(off, 410), led: { ...(await fix(led, 420)), ada } };
}

export const DATE_ROWS: Record<string, (stage: Stage) => Entry> = {
  'POST /v1/cases/{id}/meetings': ({ cases: { plan } }) => {
    const slots = [
      { startsAt: '2026-12-10T13:00:00+01:00', endsAt: '2026-12-10T15:00:00+01:00' },
      { startsAt: '2026-12-11T12:00:00Z', endsAt: '2026-12-11T14:00:00Z' },
    ];
    const body = { place: { ...place, url: 'https://video.example/kamer' }, slots, mustAttend: [plan.members.Ada!.id], answerBy: '2026-12-01T12:00:00+01:00' };
    return { ids: [plan.id], body, gives: [201, 409] };
  },
  'POST /v1/cases/{id}/reviews': ({ cases: { fixed } }) => {
    const body = { startsAt: '2027-01-12T13:00:00+01:00', endsAt: '2027-01-12T14:00:00+01:00', place: { ...place, url: 'https://video.example/kamer' } };
    return { ids: [fixed.id], body, gives: [201, 409] };
  },
  'PUT /v1/meetings/{id}/parts': ({ poll, cases }) => {
    const body = { parts: [{ memberIds: [cases.poll.members.Ada!.id], fromMinute: 0, untilMinute: 45 }] };
    return { ids: [poll.id], body, gives: [200, 200], ifMatch: 'taken' };
  },
  'PUT /v1/meetings/{id}/chair': ({ led }) => ({ ids: [led.id], body: { memberId: led.ada, phase: 'plan' }, gives: [200, 200], ifMatch: 'taken' }),
  'PUT /v1/meetings/{id}/responses/{memberId}': ({ poll, cases }) => {
    const body = { answers: { [poll.slots[0]!.id]: 'yes' }, remark: 'Graag vroeg' };
    return { ids: [poll.id, cases.poll.members.Ada!.id], body, gives: [200, 200], ifMatch: 'taken', tag: '"0"' };
  },
  'POST /v1/meetings/{id}/confirmation': ({ poll }) => {
    return { ids: [poll.id], body: { slotId: poll.slots[1]!.id, remark: 'Karim kan dan' }, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/meetings/{id}/move': ({ moved }) => {
    const date = { startsAt: '2026-12-15T13:00:00+01:00', endsAt: '2026-12-15T15:00:00+01:00' };
    const body = { ...date, place: { ...place, url: 'https://video.example/kamer' }, reason: 'illness', remark: 'Griep' };
    return { ids: [moved.id], body, gives: [200, 400], ifMatch: 'taken' };
  },
  'POST /v1/cases/{id}/reopening': ({ cases: { again } }) => {
    return { ids: [again.id], body: { reason: 'relapse', remark: 'Weer ruzie' }, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/meetings/{id}/cancellation': ({ off }) => {
    return { ids: [off.id], body: { reason: 'illness', remark: 'Griep' }, gives: [200, 409], ifMatch: 'taken' };
  },
};
