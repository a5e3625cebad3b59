import { NotifyNlSmsTransport } from '../src/messages/notifynl.service.js';
import { smsGateway } from '../src/platform/config/sms.js';
import { MessagesStage, text } from './support/messages-stage.js';
import { SmsOffice } from './support/notifynl.js';
import { drain } from './support/queue.js';

const RETRY_HOURS = 20;
const NUMBER = '+31612345679';

let stage: MessagesStage;
let office: SmsOffice;

beforeEach(async () => {
  office = await SmsOffice.open();
  stage = await MessagesStage.set({ smtpUrl: 'smtp://127.0.0.1:1', smsUrl: smsGateway(office.url) });
  office.now = () => Math.floor(stage.clock.now().getTime() / 1000);
});

afterEach(async () => {
  await stage.strike();
  await office.close();
});

describe('Over an SMS gateway', () => {
  it('a text message goes with our words, signed, under its own id', async () => {
    const id = await stage.queue(text());
    await drain(stage.app);
    expect(office.taken).toMatchObject([{ reference: id, phone_number: NUMBER }]);
    expect(office.taken[0]!.personalisation.bericht).toMatch(/^Je aanmelding is binnen.*Gemeente Veenbroek\.$/);
    expect(office.lookups).toBe(0);
    expect(await stage.row(id)).toMatchObject({ state: 'sent', attempts: 1, sealed: null });
  });

  it.each([429, 500, 502, 503])('a %i is tried again, and arrives once', async (status) => {
    office.moods = [status];
    const id = await stage.queue(text());
    await drain(stage.app, { failures: 'expected' });
    expect(await stage.row(id)).toMatchObject({ state: 'failed', attempts: 1, last_error: `sms-${status}` });
    stage.clock.advance({ minutes: 1 });
    await drain(stage.app);
    expect(await stage.row(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(office.taken).toHaveLength(1);
  });

  it.each([400, 403])('a %i is final', async (status) => {
    office.moods = [status];
    const id = await stage.queue(text());
    await drain(stage.app, { failures: 'expected' });
    expect(await stage.row(id)).toMatchObject({ state: 'dead', last_error: `sms-${status}` });
    stage.clock.advance({ hours: RETRY_HOURS });
    await drain(stage.app);
    expect(office.posts).toBe(1);
  });

  it('a line that drops before it was taken is tried again', async () => {
    office.moods = ['drops'];
    const id = await stage.queue(text());
    await drain(stage.app, { failures: 'expected' });
    expect(await stage.row(id)).toMatchObject({ state: 'failed', last_error: 'sms-line' });
    stage.clock.advance({ minutes: 1 });
    await drain(stage.app);
    expect(office.taken).toHaveLength(1);
  });

  it('a line that drops after it was taken makes no second message: it is looked up', async () => {
    office.moods = ['takes-and-drops'];
    const id = await stage.queue(text());
    await drain(stage.app, { failures: 'expected' });
    stage.clock.advance({ minutes: 1 });
    await drain(stage.app);
    expect(office.lookups).toBe(1);
    expect(office.posts).toBe(1);
    expect(office.taken).toHaveLength(1);
    expect(await stage.row(id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('one that was taken and failed there is sent again', async () => {
    office.moods = ['takes-and-drops'];
    await stage.queue(text());
    await drain(stage.app, { failures: 'expected' });
    office.taken[0]!.status = 'technical-failure';
    stage.clock.advance({ minutes: 1 });
    await drain(stage.app);
    expect(office.taken).toHaveLength(2);
  });

  it('neither key nor number is told to the log of jobs', async () => {
    office.moods = [403];
    await stage.queue(text());
    const [tried] = await drain(stage.app, { failures: 'expected' });
    const said = `${String(tried!.error)} ${(tried!.error as Error).stack}`;
    const { rows } = await stage.superuser.query<{ row: string }>('select o::text as row from platform_outbox o');
    expect(`${said} ${rows.map(({ row }) => row).join()}`).not.toMatch(/3d844edf|612345679/);
  });
});

describe('An SMS gateway that says nothing', () => {
  it('is not waited for', async () => {
    office.moods = ['silent'];
    const transport = new NotifyNlSmsTransport(smsGateway(office.url), 50);
    const sms = { organisationId: '', id: 'x', to: NUMBER, text: 'x', repeated: false, sentAt: stage.clock.now() };
    await expect(transport.send(sms)).rejects.toMatchObject({ code: 'sms-timeout', permanent: false, meaning: 'unknown-outcome' });
  });

  it('knows a number that it never takes', async () => {
    const transport = new NotifyNlSmsTransport(smsGateway(office.url));
    const sms = { organisationId: '', id: 'x', to: '+1', text: 'x', repeated: false, sentAt: stage.clock.now() };
    await expect(transport.send(sms)).rejects.toMatchObject({ code: 'sms-number', permanent: true, meaning: 'bad-address' });
  });
});
