import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import { renderInvitation } from '../src/meetings/calendar.rules.js';
import { SmtpMailTransport } from '../src/messages/smtp.service.js';
import { joost, MessagesStage, NOON, receipt } from './support/messages-stage.js';
import { PostOffice } from './support/post-office.js';
import { drain } from './support/queue.js';

/** Longer than any wait between two tries. */
const RETRY_HOURS = 20;

let stage: MessagesStage;
let office: PostOffice;

beforeEach(async () => {
  office = await PostOffice.open();
  stage = await MessagesStage.set({ smtpUrl: office.url });
});

afterEach(async () => {
  await stage.strike();
  await office.close();
});

describe('Over a mail server', () => {
  it('a mail carries its id, who sends it, and one recipient', async () => {
    const id = await stage.queue(receipt());
    await drain(stage.app);
    const [mail] = office.received;
    expect(mail!.messageId).toBe(`<${id}@localhost>`);
    expect(mail!.envelope).toEqual({ from: 'netwerkberaad@localhost', to: ['joost@example.org'] });
    expect(mail!.from!.value).toEqual([{ name: 'Gemeente Veenbroek', address: 'netwerkberaad@localhost' }]);
    expect(mail!.date!.toISOString()).toBe('2026-11-20T11:00:00.000Z');
    expect(mail!.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail!.text).toContain('Binnen 2 werkdagen');
    expect(mail!.html).toContain('<html lang="nl"');
    expect(mail!.headers.has('list')).toBe(false);
  });

  it('an appointment is there for the calendar and as a file, both with the method that it has', async () => {
    const appointment = renderInvitation({
      uid: 'a@localhost',
      sequence: 2,
      method: 'CANCEL',
      now: stage.clock.now(),
      startsAt: new Date('2026-12-03T13:00:00Z'),
      endsAt: new Date('2026-12-03T15:00:00Z'),
      summary: 'Afspraak',
      organiser: { name: 'Gemeente Veenbroek', email: 'netwerkberaad@localhost' },
      attendee: { name: joost.name, email: joost.address },
    });
    await stage.queue({
      template: 'meeting-cancelled',
      channel: 'mail',
      to: joost,
      values: { resident: 'Sanne', startsAt: '2026-12-03T13:00:00Z' },
      attachments: [{ filename: 'afspraak.ics', contentType: 'text/calendar', content: appointment }],
      key: randomUUID(),
    });
    await drain(stage.app);
    const [mail] = office.received;
    const types = [...mail!.raw.matchAll(/^Content-Type: (text\/calendar[^\r]*(?:\r\n\s[^\r]*)*)/gm)].map(([, type]) =>
      type!.replace(/\s+/g, ' '),
    );
    expect(types).toHaveLength(2);
    for (const type of types) expect(type).toMatch(/method=CANCEL/);
    expect(mail!.raw).toMatch(/Content-Disposition: attachment; filename=afspraak\.ics/);
    const calendars = mail!.attachments.filter(({ contentType }) => contentType === 'text/calendar');
    expect(calendars).toHaveLength(2);
    for (const { content } of calendars) {
      const event = new ICAL.Component(ICAL.parse(content.toString()) as never).getFirstSubcomponent('vevent')!;
      expect(new ICAL.Event(event).sequence).toBe(2);
    }
    expect(mail!.text).toContain('Met de bijlage gaat de afspraak ook uit je agenda');
  });

  it('a circle member finds where to stop in the header too', async () => {
    const memberId = await stage.member();
    await stage.queue({
      template: 'invitation',
      channel: 'mail',
      to: joost,
      values: { resident: 'Sanne' },
      memberId,
      withLink: true,
      key: 'i',
    });
    await drain(stage.app);
    const [mail] = office.received;
    const link = /http:\/\/localhost:3000\/l\/[\w.-]+/.exec(mail!.text!)![0];
    expect(mail!.raw.replace(/\r\n\s+/g, '')).toContain(`List-Unsubscribe: <${link}>`);
  });

  it('a name with line breaks adds no header and no recipient', async () => {
    const name = 'Joost\r\nBcc: everyone@example.org\r\nSubject: else <x@y.nl>';
    await stage.queue(receipt({ to: { ...joost, name } }));
    await drain(stage.app);
    const [mail] = office.received;
    expect(mail!.envelope.to).toEqual(['joost@example.org']);
    expect(
      mail!.headerLines
        .filter(({ key }) => ['bcc', 'subject', 'to'].includes(key))
        .map(({ key }) => key)
        .sort(),
    ).toEqual(['subject', 'to']);
    expect(mail!.subject).toBe('Je aanmelding is binnen');
  });

  it('a mail that is not taken now is tried again, in sight, and arrives once under the same id', async () => {
    office.moods = [451, 421];
    const id = await stage.queue(receipt());
    await drain(stage.app, { failures: 'expected' });
    expect(await stage.row(id)).toMatchObject({ state: 'failed', attempts: 1, last_error: 'smtp-451' });
    stage.clock.advance({ minutes: 1 });
    await drain(stage.app, { failures: 'expected' });
    expect(await stage.row(id)).toMatchObject({ state: 'failed', attempts: 2, last_error: 'smtp-421' });
    stage.clock.advance({ minutes: 5 });
    await drain(stage.app);
    expect(await stage.row(id)).toMatchObject({ state: 'sent', attempts: 3, last_error: null, sealed: null });
    expect(office.received).toHaveLength(1);
    expect(new Set(office.tried)).toEqual(new Set([`<${id}@localhost>`]));
    expect(office.tried).toHaveLength(3);
  });

  it('a mail that the server refuses for good is dead at once, and no address is told to the log', async () => {
    office.moods = [550];
    const id = await stage.queue(receipt());
    const [tried] = await drain(stage.app, { failures: 'expected' });
    expect(tried!.state).toBe('dead');
    expect(`${String(tried!.error)} ${(tried!.error as Error).stack}`).not.toContain('joost');
    expect(await stage.row(id)).toMatchObject({ state: 'dead', attempts: 1, last_error: 'smtp-550' });
    const { rows } = await stage.superuser.query<{ row: string }>('select o::text as row from platform_outbox o');
    expect(rows.map(({ row }) => row).join()).not.toMatch(/joost/i);
    stage.clock.advance({ hours: RETRY_HOURS });
    expect(await drain(stage.app)).toEqual([]);
  });

  it('a line that drops is a failure like another', async () => {
    office.moods = ['drops'];
    const id = await stage.queue(receipt());
    await drain(stage.app, { failures: 'expected' });
    expect(await stage.row(id)).toMatchObject({ state: 'failed', attempts: 1 });
    stage.clock.advance({ minutes: 1 });
    await drain(stage.app);
    expect(office.received).toHaveLength(1);
    expect(await stage.row(id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('a server that stays away makes the message dead after the last try, and not before', async () => {
    await stage.start({ smtpUrl: 'smtp://127.0.0.1:1' });
    const id = await stage.queue(receipt());
    const states: unknown[] = [];
    for (;;) {
      const [tried] = await drain(stage.app, { failures: 'expected' });
      if (!tried) break;
      states.push((await stage.row(id)).state);
      stage.clock.advance({ hours: RETRY_HOURS });
    }
    expect(states.length).toBeGreaterThan(3);
    expect(new Set(states.slice(0, -1))).toEqual(new Set(['failed']));
    expect(states.at(-1)).toBe('dead');
  });

  it('what is urgent passes a server line that is full', async () => {
    let open!: () => void;
    office.held.set('slow@example.org', new Promise<void>((resolve) => (open = resolve)));
    const transport = new SmtpMailTransport(office.url);
    const send = (to: string, urgent: boolean) => {
      const id = randomUUID();
      const common = {
        organisationId: '',
        subject: 'x',
        text: 'x',
        html: '<p>x</p>',
        stopUrl: null,
        attachments: [],
        sentAt: new Date(NOON),
      };
      const from = { name: 'Veenbroek', address: 'post@example.org' };
      return transport.send({ ...common, id, messageId: `<${id}@localhost>`, from, returnPath: from.address, to: { name: 'x', address: to }, urgent });
    };
    const slow = Array.from({ length: 20 }, () => send('slow@example.org', false));
    await send('lead@example.org', true);
    expect(office.received.map(({ envelope }) => envelope.to[0])).toEqual(['lead@example.org']);
    open();
    await Promise.all(slow);
    transport.onApplicationShutdown();
    expect(office.received).toHaveLength(21);
  });

  it('a personal link of a first try that failed stays good beside that of the second', async () => {
    office.moods = ['drops'];
    const memberId = await stage.member();
    await stage.queue({
      template: 'personal-link',
      channel: 'mail',
      to: joost,
      values: {},
      memberId,
      withLink: true,
      key: 'link',
    });
    await drain(stage.app, { failures: 'expected' });
    stage.clock.advance({ minutes: 1 });
    await drain(stage.app);
    expect(office.received).toHaveLength(1);
    expect(office.received[0]!.headers.get('list')).toBeUndefined();
    const { rows } = await stage.superuser.query('select count(*)::int as links from people_links where ended_at is null');
    expect(rows).toEqual([{ links: 2 }]);
  });
});
