import type { Caller, TestApp } from './app.js';
import type { Entry, Stage } from './bad-input-stage.js';
import { START } from './app.js';
import { atTheTable, type StoryCase } from './stories.js';

/** Two meetings that have begun, both on a screen: the facilitator of the stage leads another one at a place. */
export interface PrivateTimeStage {
  /** The circle can still go apart. */
  table: { id: string };
  /** The circle is by itself, with the facilitator called in, of a case that was stopped meanwhile: its date is free again. */
  apart: { id: string; resident: Caller; teacher: string };
}

interface Means {
  post: <T>(path: string, body?: object) => Promise<T>;
  after: (hours: number) => string;
}

/** Sets the two meetings up, of two cases whose circle has Ada and a professional, Gijs. */
export async function setTables(test: TestApp, { post, after }: Means, [first, second]: [StoryCase, StoryCase]): Promise<PrivateTimeStage> {
  const fix = async (of: StoryCase): Promise<{ id: string }> => {
    for (const name of ['Ada', 'Gijs']) await post(`/v1/circle-members/${of.members[name]!.id}/approval`, { by: 'main-person' });
    await post(`/v1/cases/${of.id}/invitations`, { memberIds: ['Ada', 'Gijs'].map((name) => of.members[name]!.id) });
    const slots = [{ startsAt: after(0.45), endsAt: after(2.45) }];
    return post(`/v1/cases/${of.id}/meetings`, { place: { type: 'video', url: 'https://video.example/kring' }, slots });
  };
  const { id } = await fix(second);
  const resident = await atTheTable(test, second, second.resident.id);
  await post(`/v1/meetings/${id}/private-time`, { event: 'start' });
  await resident.post(`/v1/meetings/${id}/private-time/calls`, { who: 'facilitator' }).expect(200);
  await post(`/v1/cases/${second.id}/stop`, { reason: 'other' });
  return { table: await fix(first), apart: { id, resident, teacher: second.members.Gijs!.id } };
}

export const PRIVATE_TIME_ROWS: Record<string, (stage: Stage) => Entry> = {
  'POST /v1/meetings/{id}/private-time': ({ table }) => {
    return { ids: [table.id], body: { event: 'start', at: START.toISOString() }, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/meetings/{id}/private-time/calls': ({ apart }) => {
    const tag = `/v1/meetings/${apart.id}`;
    return { who: apart.resident, ids: [apart.id], body: { who: apart.teacher, at: START.toISOString() }, gives: [200, 409], ifMatch: 'taken', tag };
  },
  'POST /v1/meetings/{id}/private-time/leaving': ({ apart }) => {
    const tag = `/v1/meetings/${apart.id}`;
    return { ids: [apart.id], body: { who: 'facilitator', at: START.toISOString() }, gives: [200, 409], ifMatch: 'taken', tag };
  },
  'PUT /v1/meetings/{id}/scribe': ({ led }) => ({ ids: [led.id], body: { memberId: led.ada }, gives: [200, 200], ifMatch: 'taken' }),
};
