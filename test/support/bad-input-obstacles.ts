import type { Entry, Stage } from './bad-input-stage.js';

/** What is in the way of promises of Ada, for one row each. */
export interface ObstaclesStage {
  obstacles: Record<'changed' | 'removed' | 'reopened', string>;
}

const inTheWay = { text: 'De brief komt nog niet', category: 'agency', whoseMove: { organisation: 'Woningcorporatie' } };

/** Both promises are made, the second one has things in its way. */
export async function setObstacles(
  post: <T>(path: string, body?: object) => Promise<T>,
  [free, blocked]: readonly [{ id: string }, { id: string }],
): Promise<ObstaclesStage> {
  for (const { id } of [free, blocked]) await post(`/v1/commitments/${id}/progress`, { state: 'promised' });
  const raise = async (): Promise<string> => (await post<{ id: string }>(`/v1/commitments/${blocked.id}/obstacles`, inTheWay)).id;
  const obstacles = { changed: await raise(), removed: await raise(), reopened: await raise() };
  await post(`/v1/obstacles/${obstacles.reopened}/removal`, { note: 'De brief kwam' });
  return { obstacles };
}

/** Of promises and of what is in their way. */
export const OBSTACLE_ROWS: Record<string, (stage: Stage) => Entry> = {
  'PATCH /v1/commitments/{id}': ({ plan }) => {
    const body = { text: 'Elke week naar de markt', dueOn: '2026-12-31', every: 'FREQ=WEEKLY;BYDAY=MO' };
    return { ids: [plan.commitments[0]!.id], body, gives: [200, 412], ifMatch: 'needed' };
  },
  'POST /v1/commitments/{id}/progress': ({ plan }) => {
    const body = { state: 'promised', note: 'op hun woord: dat doe ik' };
    return { ids: [plan.commitments[1]!.id], body, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/commitments/{id}/obstacles': ({ plan, cases: { fixed } }) => {
    return { ids: [plan.commitments[2]!.id], body: { ...inTheWay, whoseMove: { memberId: fixed.members.Bo!.id } }, gives: [201, 201] };
  },
  'PATCH /v1/obstacles/{id}': ({ obstacles, cases: { fixed } }) => {
    return { ids: [obstacles.changed], body: { whoseMove: { memberId: fixed.members.Bo!.id }, shareText: true }, gives: [200, 412], ifMatch: 'needed' };
  },
  'POST /v1/obstacles/{id}/director-mail-answers': ({ obstacles, cases: { fixed } }) => {
    return { ids: [obstacles.changed], body: { agrees: true, memberId: fixed.resident.id }, gives: [409, 409] };
  },
  'POST /v1/obstacle-lessons': ({ lead }) => {
    return { who: lead, body: { category: 'agency', organisation: 'Woningcorporatie', text: 'Er is nu een vast nummer' }, gives: [201, 201] };
  },
  'PUT /v1/directors': ({ lead }) => {
    const items = [{ organisation: 'Woningcorporatie', name: 'Karin de Baas', email: 'directie@corporatie.example' }];
    return { who: lead, body: { items }, gives: [200, 200] };
  },
  'POST /v1/obstacles/{id}/removal': ({ obstacles }) => {
    return { ids: [obstacles.removed], body: { note: 'Het is gelukt' }, gives: [200, 409], ifMatch: 'taken' };
  },
  'POST /v1/obstacles/{id}/reopening': ({ obstacles }) => {
    return { ids: [obstacles.reopened], body: { note: 'Toch nog niet' }, gives: [200, 409], ifMatch: 'taken' };
  },
};

export const OBSTACLE_READS: Record<string, (stage: Stage) => string | { path: string; token: string }> = {
  '/v1/directors': ({ lead: { token } }) => ({ path: '/v1/directors', token }),
  '/v1/obstacle-lessons': ({ lead: { token } }) => ({ path: '/v1/obstacle-lessons', token }),
  '/v1/reports/obstacles': () => '/v1/reports/obstacles',
  '/v1/obstacles': () => '/v1/obstacles',
  '/v1/obstacles/{id}': ({ obstacles }) => `/v1/obstacles/${obstacles.changed}`,
};
