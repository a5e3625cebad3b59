import type { StoryCase } from './stories.js';

interface Stage {
  trial: string;
  cases: Record<'gate' | 'circle' | 'fixed', StoryCase>;
}

interface Entry {
  ids?: string[];
  body?: Record<string, unknown>;
  gives: [number, number];
}

type Send = <T>(path: string, body?: object) => Promise<T>;

/** A trial that can be named and read. Two cases are held: one to read, one to let go. */
export async function setRetention(send: { post: Send; put: Send }, cases: Stage['cases']): Promise<Pick<Stage, 'trial'>> {
  for (const { id } of [cases.fixed, cases.circle]) await send.put(`/v1/cases/${id}/legal-hold`, { reason: 'complaint' });
  const { id: trial } = await send.post<{ id: string }>('/v1/retention-runs', { dryRun: true, rule: 'wmo' });
  return { trial };
}

/** A valid request for each route about keeping and erasing. */
export const RETENTION_ROWS: Record<string, (stage: Stage) => Entry> = {
  'PUT /v1/retention-policy': ({ trial }) => {
    const body = { rule: 'wmo', ground: 'Wmo 2015, artikel 5.3.4', effectiveFrom: '2027-01-01', dryRunId: trial };
    return { body, gives: [200, 200] };
  },
  'PUT /v1/cases/{id}/legal-hold': ({ cases: { gate } }) => {
    return { ids: [gate.id], body: { reason: 'objection', remark: 'Bezwaar loopt nog', until: '2027-01-31' }, gives: [200, 200] };
  },
  'DELETE /v1/cases/{id}/legal-hold': ({ cases: { circle } }) => ({ ids: [circle.id], gives: [204, 404] }),
  'POST /v1/retention-runs': () => ({ body: { dryRun: true, on: '2027-11-16', rule: 'default' }, gives: [202, 202] }),
};

export const RETENTION_READS: Record<string, (stage: Stage) => string> = {
  '/v1/retention-policy': () => '/v1/retention-policy',
  '/v1/legal-holds': () => '/v1/legal-holds',
  '/v1/cases/{id}/legal-hold': ({ cases }) => `/v1/cases/${cases.fixed.id}/legal-hold`,
  '/v1/retention-runs': () => '/v1/retention-runs',
  '/v1/retention-runs/{id}': ({ trial }) => `/v1/retention-runs/${trial}`,
  '/v1/retention-runs/{id}/cases': ({ trial }) => `/v1/retention-runs/${trial}/cases`,
};
