import type { Caller, TestApp } from './app.js';
import { atTheTable, type StoryCase } from './stories.js';

/** A main person at the table, and what another one asked, to be answered and decided. */
export interface RightsStage {
  resident: Caller;
  /** A main person with a plan. */
  marker: Caller;
  correction: string;
  erasure: string;
}

interface Stage extends RightsStage {
  lead: Caller;
  cases: Record<'erase' | 'fixed', StoryCase>;
}

interface Entry {
  who?: Pick<Caller, 'token'>;
  ids?: string[];
  body?: Record<string, unknown>;
  gives: [number, number];
  ifMatch?: 'taken';
  tag?: string;
}

export async function setRights(test: TestApp, cases: Record<'circle' | 'erase' | 'fixed', StoryCase>): Promise<RightsStage> {
  const asker = await atTheTable(test, cases.erase, cases.erase.resident.id);
  const ask = async (path: string, body: object): Promise<string> => ((await asker.post(path, body).expect(201)).body as { id: string }).id;
  return {
    resident: await atTheTable(test, cases.circle, cases.circle.resident.id),
    marker: await atTheTable(test, cases.fixed, cases.fixed.resident.id),
    correction: await ask('/v1/me/corrections', { subject: 'other', text: 'Er staat iets verkeerd' }),
    erasure: await ask('/v1/me/erasure-requests', { stopContact: false }),
  };
}

const contactPreference = { channel: 'mail', hours: "'s avonds", noVoicemail: true, note: 'Liever niet bellen' };
const own = { name: 'Gijs de Boer', firstName: 'Gijs', email: 'gijs@example.org', phone: '06 1234 5678', language: 'nl' };

/** A valid request for each route about one's own data. */
export const RIGHTS_ROWS: Record<string, (stage: Stage) => Entry> = {
  'PATCH /v1/me/data': ({ resident }) => {
    const body = { ...own, address: 'Kerkstraat 1', contactPreference };
    return { who: resident, body, gives: [200, 200], ifMatch: 'taken', tag: `/v1/circle-members/${resident.id}` };
  },
  'POST /v1/cases/{id}/marks': ({ marker, cases }) => {
    return { who: marker, ids: [cases.fixed.id], body: { meeting: 8, plan: 7, sentence: 'Fijn dat opa er was', mayShare: true }, gives: [201, 201] };
  },
  'POST /v1/me/corrections': ({ resident }) => ({ who: resident, body: { subject: 'plan', text: 'Dit klopt niet' }, gives: [201, 201] }),
  'POST /v1/corrections/{id}/answer': ({ correction }) => {
    return { ids: [correction], body: { outcome: 'noted', text: 'Het staat erbij' }, gives: [200, 409] };
  },
  'POST /v1/me/erasure-requests': ({ resident }) => {
    return { who: resident, body: { stopContact: false, text: 'Alles weg' }, gives: [201, 409] };
  },
  'POST /v1/erasure-requests/{id}/decision': ({ lead, erasure }) => {
    return { who: lead, ids: [erasure], body: { outcome: 'kept-by-law', ground: 'wmo', remark: 'Vijftien jaar' }, gives: [200, 409] };
  },
};

/** Where each of them is read; one's own with one's own token. */
export const RIGHTS_READS: Record<string, (stage: Stage) => string | { path: string; token: string }> = {
  '/v1/me/data': ({ resident: { token } }) => ({ path: '/v1/me/data', token }),
  '/v1/me/corrections': ({ resident: { token } }) => ({ path: '/v1/me/corrections', token }),
  '/v1/me/erasure-requests': ({ resident: { token } }) => ({ path: '/v1/me/erasure-requests', token }),
  '/v1/erasure-requests': () => '/v1/erasure-requests',
  '/v1/cases/{id}/corrections': ({ cases }) => `/v1/cases/${cases.erase.id}/corrections`,
  '/v1/circle-members/{id}/data': ({ cases: { fixed } }) => `/v1/circle-members/${fixed.resident.id}/data?to=person&how=paper`,
};
