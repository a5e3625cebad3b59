import { Client } from 'pg';
import { DELIVERY_TOKEN, type TestApp } from './app.js';
import type { Entry, Stage } from './bad-input-stage.js';

const GATEWAY = { token: DELIVERY_TOKEN };

/** A link for somebody that was mailed and did not get through. */
export async function aDeadMessage(test: TestApp, { facilitator, memberId }: { facilitator: Stage['facilitator']; memberId: string }): Promise<string> {
  await facilitator.post(`/v1/circle-members/${memberId}/links`, { via: 'mail' }).expect(201);
  const { items } = (await facilitator.get(`/v1/messages?memberId=${memberId}`).expect(200)).body as { items: { id: string }[] };
  const database = new Client(test.database.superuserUrl);
  await database.connect();
  await database.query(`update messages set state = 'dead' where id = $1`, [items[0]!.id]);
  await database.end();
  return items[0]!.id;
}

/** Somebody who gets letters was invited: a task by hand. */
export async function aByHand(facilitator: Stage['facilitator'], caseId: string): Promise<string> {
  const person = { name: 'Tante Bep', relation: 'relative', reach: 'letter', address: 'Dorpsstraat 1, 1234 AB Voorbeeldstad' };
  const { id } = (await facilitator.post(`/v1/cases/${caseId}/circle-members`, person).expect(201)).body as { id: string };
  await facilitator.post(`/v1/circle-members/${id}/approval`, { by: 'main-person' }).expect(200);
  const { items } = (await facilitator.post(`/v1/cases/${caseId}/invitations`, { memberIds: [id] }).expect(202)).body as { items: { messageId: string }[] };
  return items[0]!.messageId;
}

/** The rows of what comes back, and of what goes again. */
export const MESSAGE_ROWS: Record<string, (stage: Stage) => Entry> = {
  'POST /v1/messages/{id}/retry': ({ deadMessage }) => ({ ids: [deadMessage], gives: [200, 200] }),
  'POST /v1/delivery-reports/mail': () => ({ who: GATEWAY, body: { mail: 'From: x@y.nl' }, gives: [200, 200], secret: true }),
  'POST /v1/delivery-reports/sms': () => {
    const body = {
      id: '740e5834-3a29-46b4-9a6f-16142fde533a', reference: '740e5834-3a29-46b4-9a6f-16142fde533b', to: '+31612345679', status: 'delivered',
      created_at: '2026-11-16T10:00:00.000000Z', completed_at: '2026-11-16T10:00:00.000000Z', sent_at: '2026-11-16T10:00:00.000000Z',
      notification_type: 'sms', template_id: 'f33517ff-2a88-4f6e-b855-c550268ce08a', template_version: 1,
    };
    return { who: GATEWAY, body, gives: [200, 200], secret: true };
  },
};
