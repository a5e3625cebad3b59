import type { TestApp } from './app.js';
import type { Entry, Stage } from './bad-input-stage.js';
import { mailTo } from './mailbox.js';
import { atTheTable } from './stories.js';

const NOBODY = { token: '' };

/** One who asks for a code, and one who was sent one. */
export async function withCodes(test: TestApp, { draft, gate }: Stage['cases']): Promise<Pick<Stage, 'asker' | 'coded'>> {
  const [asker, coded] = [await atTheTable(test, gate, gate.resident.id), await atTheTable(test, draft, draft.resident.id)];
  await coded.post('/v1/participant-sessions/step-up', { via: 'mail' }).expect(202);
  await test.deliver();
  const code = /\b\d{6}\b/.exec((await mailTo(test.app, 'sanne@example.org')).text)![0];
  return { asker, coded: { ...coded, code } };
}

/** The rows of links, devices and codes, and of who cannot be reached by any of them. */
export const LINK_ROWS: Record<string, (stage: Stage) => Entry> = {
  'POST /v1/circle-members/{id}/links': ({ cases: { circle } }) => {
    return { ids: [circle.members.Fay!.id], body: { via: 'mail' }, gives: [201, 201] };
  },
  'DELETE /v1/circle-members/{id}/links': ({ cases: { plan } }) => ({ ids: [plan.members.Bo!.id], gives: [204, 204] }),
  'POST /v1/circle-members/{id}/phone-verification': ({ cases: { plan } }) => {
    return { ids: [plan.resident.id], gives: [200, 200], ifMatch: 'taken' };
  },
  'POST /v1/circle-members/{id}/lost-phone': ({ cases: { plan } }) => ({ ids: [plan.members.Dia!.id], gives: [200, 200] }),
  'POST /v1/circle-members/{id}/unreachable': ({ cases: { draft } }) => {
    return { ids: [draft.members.Fay!.id], body: { note: 'Drie keer gebeld' }, gives: [200, 409], ifMatch: 'taken' };
  },
  'DELETE /v1/sessions/current': ({ leaver }) => ({ who: leaver, gives: [204, 401] }),
  'POST /v1/participant-sessions': ({ linkToken }) => ({ who: NOBODY, body: { linkToken }, gives: [201, 201], secret: true }),
  'POST /v1/circle-members/{id}/objection-talk': ({ cases: { draft } }) => {
    return { ids: [draft.members.Ada!.id], body: { note: 'Samen besproken' }, gives: [409, 409] };
  },
  'POST /v1/participant-sessions/step-up': ({ asker }) => ({ who: asker, body: { via: 'mail' }, gives: [202, 202] }),
  'POST /v1/participant-sessions/step-up/confirmation': ({ coded }) => {
    return { who: coded, body: { code: coded.code }, gives: [200, 400], secret: true };
  },
  'POST /v1/link-requests': () => {
    return { who: NOBODY, body: { contact: 'niemand@example.org', organisation: 'noord' }, gives: [202, 429], secret: true };
  },
};
