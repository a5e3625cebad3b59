import type { Entry, Stage } from './bad-input-stage.js';

/** A valid request for each call about what is done before the meeting. */
export const PREPARATION_ROWS: Record<string, (stage: Stage) => Entry> = {
  'POST /v1/cases/{id}/referrer-contact': ({ cases: { circle } }) => {
    return { ids: [circle.id], body: { at: '2026-11-15T10:00:00+01:00', channel: 'call' }, gives: [200, 200] };
  },
  'PUT /v1/cases/{id}/independence-check': ({ cases: { circle } }) => {
    const body = { ties: 'none', language: 'shared', wishedLanguage: 'Turks', wishedGender: 'woman', wishesMet: true, note: 'Besproken' };
    return { ids: [circle.id], body, gives: [200, 200] };
  },
  'POST /v1/circle-members/{id}/preparation-talks': ({ cases: { circle } }) => {
    const body = { at: '2026-11-15T10:00:00+01:00', by: 'phone', outcome: 'held', needs: 'Een pauze', brings: 'Een foto', note: 'Wil graag komen' };
    return { ids: [circle.members.Eva!.id], body, gives: [201, 201] };
  },
  'PUT /v1/circle-members/{id}/participation': ({ cases: { circle } }) => {
    const body = { way: 'letter', letter: 'Lieve Sanne', remark: 'Woont ver weg' };
    return { ids: [circle.members.Eva!.id], body, gives: [200, 200] };
  },
  'PUT /v1/cases/{id}/circle-answers/{memberId}': ({ cases: { draft } }) => {
    return { ids: [draft.id, draft.resident.id], body: { names: ['Ada', 'Tante Bep'], moment: 'referral' }, gives: [200, 200] };
  },
};
