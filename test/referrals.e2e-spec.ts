import { mailsTo } from './support/mailbox.js';
import { startApp, type TestApp } from './support/app.js';
import { aReferral } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

it('takes a referral of a member of staff and tells where it stands', async () => {
  const referrer = await test.staff('Rosa Referrer', 'referrer');
  const made = await referrer.post('/v1/referrals', aReferral()).expect(201);
  expect(made.body).toMatchObject({ state: 'received', kind: 'netwerkberaad', facilitatorName: null });
  expect(made.headers.location).toBe(`/v1/referrals/${(made.body as { id: string }).id}`);
  await test.deliver();
  expect((await mailsTo(test.app, 'rosa.referrer@noord.example')).map(({ subject }) => subject)).toContain('Je aanmelding is binnen');
});
