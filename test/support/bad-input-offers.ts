import type { Caller, TestApp } from './app.js';
import type { Entry, Stage } from './bad-input-stage.js';
import { aCase, atTheTable } from './stories.js';

/** A case without a meeting, with promises of Ada and what is asked and offered around them, for one row each. */
export interface OffersStage {
  offers: {
    caseId: string;
    ada: Caller;
    bo: Caller;
    promises: Record<'passed' | 'answered' | 'helped' | 'shared', string>;
    contribution: string;
  };
}

const PROMISES = ['passed', 'answered', 'helped', 'shared'] as const;

export async function setOffers(test: TestApp, facilitator: Caller, circle: readonly object[]): Promise<OffersStage> {
  const story = await aCase(test, { kind: 'netwerkplan', circle }, facilitator);
  const [adaId, boId] = [story.members.Ada!.id, story.members.Bo!.id];
  for (const id of [adaId, boId]) await facilitator.post(`/v1/circle-members/${id}/approval`, { by: 'main-person' }).expect(200);
  const commitments = [...PROMISES.map((text) => ({ memberId: adaId, text })), { memberId: boId, text: 'Bo kookt' }];
  await facilitator.put(`/v1/cases/${story.id}/plan-draft`, { goals: [{ text: 'Rust' }], commitments }).set('If-Match', '*').expect(200);
  const { commitments: fixed } = (await facilitator.post(`/v1/cases/${story.id}/plans`).expect(201)).body as { commitments: { id: string }[] };
  for (const { id } of fixed) await facilitator.post(`/v1/commitments/${id}/progress`, { state: 'promised' }).expect(200);
  const promises = Object.fromEntries(PROMISES.map((name, i) => [name, fixed[i]!.id])) as OffersStage['offers']['promises'];
  const [ada, bo] = [await atTheTable(test, story, adaId), await atTheTable(test, story, boId)];
  await ada.post(`/v1/commitments/${promises.answered}/passing-on`, { memberId: boId }).expect(201);
  await ada.post(`/v1/commitments/${promises.shared}/help`, { share: true }).expect(200);
  const offered = await ada.post(`/v1/cases/${story.id}/contributions`, { text: 'Koken' }).expect(201);
  return { offers: { caseId: story.id, ada, bo, promises, contribution: (offered.body as { id: string }).id } };
}

export const OFFER_ROWS: Record<string, (stage: Stage) => Entry> = {
  'POST /v1/commitments/{id}/passing-on': ({ offers: { bo, promises } }) => {
    return { ids: [promises.passed], body: { memberId: bo.id, note: 'Lukt mij niet meer' }, gives: [201, 201] };
  },
  'POST /v1/commitments/{id}/passing-on/answer': ({ offers: { promises } }) => ({ ids: [promises.answered], body: { yes: true }, gives: [200, 404] }),
  'POST /v1/commitments/{id}/help': ({ offers: { promises } }) => {
    return { ids: [promises.helped], body: { text: 'Ik heb geen auto', share: false }, gives: [200, 200] };
  },
  'POST /v1/commitments/{id}/help/offers': ({ offers: { bo, promises } }) => {
    return { who: bo, ids: [promises.shared], body: { text: 'Ik rijd wel' }, gives: [200, 200] };
  },
  'POST /v1/cases/{id}/contributions': ({ offers: { ada, caseId } }) => {
    const body = { text: 'Elke week koken', every: 'FREQ=WEEKLY;BYDAY=MO', dueOn: '2026-12-31', openOffer: false };
    return { who: ada, ids: [caseId], body, gives: [201, 201] };
  },
  'POST /v1/contributions/{id}/answer': ({ offers: { contribution } }) => {
    return { ids: [contribution], body: { accept: true, text: 'Op maandag koken' }, gives: [200, 409] };
  },
};
