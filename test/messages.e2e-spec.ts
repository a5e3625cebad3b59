import { randomUUID } from 'node:crypto';
import { MessagesService } from '../src/messages/messages.service.js';
import { TEMPLATES, type Template } from '../src/messages/templates.rules.js';
import { hasLocalMailbox } from '../src/messages/transports.service.js';
import type { Settings } from '../src/platform/config/settings.js';
import { linkToken, mailbox, mailsTo, mailTo } from './support/mailbox.js';
import { joost, MessagesStage, receipt, text } from './support/messages-stage.js';
import { drain } from './support/queue.js';

let stage: MessagesStage;

const setStage = async (over?: Partial<Settings>): Promise<void> => {
  stage = await MessagesStage.set(over);
};

afterEach(() => stage.strike());

describe('A message', () => {
  beforeEach(() => setStage());

  it('arrives once in the local mailbox, and nothing of what it said stays in the log', async () => {
    const id = await stage.queue(receipt());
    stage.clock.advance({ minutes: 3 });
    await drain(stage.app);
    await drain(stage.app);
    const [mail, ...more] = await mailbox(stage.app);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      id,
      to: 'joost@example.org',
      subject: 'Je aanmelding is binnen',
      sentAt: '2026-11-20T11:03:00.000Z',
    });
    expect(mail!.text).toContain('Hallo Joost Bakker,');
    expect(mail!.text).toContain('010 123 4567');
    expect(mail!.html).toContain('<!doctype html>');
    const row = await stage.row(id);
    expect(row).toMatchObject({ state: 'sent', attempts: 1, sealed: null, to_masked: 'j…t@e…e.org' });
    expect((row.sent_at as Date).toISOString()).toBe('2026-11-20T11:03:00.000Z');
  });

  it('of a command that failed was never there', async () => {
    const failing = stage.command(async (tx, messages) => {
      await messages.queue(tx, receipt());
      throw new Error('the rest of the command failed');
    });
    await expect(failing).rejects.toThrow('the rest of the command failed');
    expect(await drain(stage.app)).toEqual([]);
    expect(await mailbox(stage.app)).toEqual([]);
  });

  it('goes out after a process that died between commit and mail', async () => {
    await stage.queue(receipt());
    await stage.start();
    await drain(stage.app);
    expect(await mailsTo(stage.app, joost.address)).toHaveLength(1);
  });

  it('that was being sent when its worker died is sent by the next one', async () => {
    const id = await stage.queue(receipt());
    await stage.superuser.query(`update messages set state = 'sending', attempts = 1, claimed_at = $2 where id = $1`, [
      id,
      stage.clock.now(),
    ]);
    await drain(stage.app, { failures: 'expected' });
    expect(await mailbox(stage.app)).toEqual([]);
    stage.clock.advance({ minutes: 1 });
    await drain(stage.app);
    expect(await mailbox(stage.app)).toHaveLength(1);
    expect(await stage.row(id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('asked for twice under one key is one message', async () => {
    const first = await stage.queue(receipt({ key: 'the same' }));
    expect(await stage.queue(receipt({ key: 'the same' }))).toBe(first);
    await drain(stage.app);
    expect(await mailbox(stage.app)).toHaveLength(1);
  });

  it('that is taken back is not sent, and says nothing any more', async () => {
    const memberId = randomUUID();
    const id = await stage.queue(receipt({ memberId }));
    const other = await stage.queue(receipt({ memberId: randomUUID() }));
    const cancelled = await stage.command((tx, messages) =>
      messages.cancel(tx, { memberId, templates: ['referral-received', 'invitation'] }),
    );
    expect(cancelled).toBe(1);
    const drained = await drain(stage.app);
    expect(drained.map(({ state }) => state).sort()).toEqual(['done', 'skipped']);
    expect(await stage.row(id)).toMatchObject({ state: 'cancelled', sealed: null });
    expect((await mailbox(stage.app)).map((mail) => mail.id)).toEqual([other]);
  });

  it('taken back by template leaves the others', async () => {
    const memberId = randomUUID();
    await stage.queue(receipt({ memberId }));
    expect(await stage.command((tx, messages) => messages.cancel(tx, { memberId, templates: ['invitation'] }))).toBe(0);
    await drain(stage.app);
    expect(await mailbox(stage.app)).toHaveLength(1);
  });

  it.each([
    ['call', { address: '+31612345679', name: 'Ria' }],
    ['letter', { address: 'Kerkstraat 1, Veenbroek', name: 'Ria' }],
    ['visit', { address: null, name: 'Ria' }],
  ] as const)('by %s is a task by hand until the person was reached', async (channel, to) => {
    const memberId = randomUUID();
    const id = await stage.queue(receipt({ channel, to, memberId }));
    expect(await drain(stage.app)).toEqual([]);
    expect(await stage.row(id)).toMatchObject({ state: 'by-hand', channel, attempts: 0 });
    await stage.command((tx, messages) => messages.doneByHand(tx, memberId));
    expect(await stage.row(id)).toMatchObject({ state: 'sent', sealed: null });
  });

  it('without an address becomes a call', async () => {
    const id = await stage.queue(receipt({ to: { address: null, name: 'Ria' } }));
    expect(await stage.row(id)).toMatchObject({ state: 'by-hand', channel: 'call', to_masked: '…' });
  });

  it('of the demo counts as sent when it was asked for, and reaches nobody', async () => {
    const end = stage.app.get(MessagesService).pretend();
    const told = await stage.queue(receipt());
    const task = await stage.queue(receipt({ channel: 'letter' }));
    end();
    expect(await drain(stage.app)).toEqual([]);
    expect(await stage.row(told)).toMatchObject({ state: 'sent', attempts: 1, sealed: null });
    expect(await stage.row(task)).toMatchObject({ state: 'by-hand' });
    await stage.queue(receipt());
    await drain(stage.app);
    expect(await mailbox(stage.app)).toHaveLength(1);
  });

  it('gets what joins it before it goes, and nothing after', async () => {
    const memberId = await stage.member();
    const slots = [{ startsAt: '2026-12-03T13:00:00Z', endsAt: '2026-12-03T15:00:00Z' }];
    const amend = () =>
      stage.command((tx, messages) => messages.amend(tx, { memberId, template: 'invitation', values: { slots } }));
    const values = { resident: 'Sanne', facilitator: 'Fatma Yıldız' };
    const id = await stage.queue({
      template: 'invitation',
      channel: 'mail',
      to: joost,
      values,
      memberId,
      withLink: true,
      key: randomUUID(),
    });
    expect(await amend()).toBe(id);
    await drain(stage.app);
    const mail = await mailTo(stage.app, joost.address);
    expect(mail.text).toContain('Keuze 1: donderdag 3 december 2026, 14.00 tot 16.00 uur');
    expect(mail.text).toContain('Fatma Yıldız');
    expect(await amend()).toBeNull();
  });
});

describe('A personal link', () => {
  it('is made when the message goes, for that person, and opens no device by itself', async () => {
    await setStage();
    const memberId = await stage.member();
    const id = await stage.queue({
      template: 'personal-link',
      channel: 'mail',
      to: joost,
      values: {},
      memberId,
      withLink: true,
      key: 'link',
    });
    await drain(stage.app);
    const mail = await mailTo(stage.app, joost.address);
    expect(linkToken(mail)).toMatch(new RegExp(`^${stage.organisationId}\\.[\\w-]{43}$`));
    expect(mail.html).toContain(`/l/${linkToken(mail)}"`);
    const { rows } = await stage.superuser.query('select member_id, message_id, makes_known, ended_at from people_links');
    expect(rows).toEqual([{ member_id: memberId, message_id: id, makes_known: false, ended_at: null }]);
  });

  it('without someone whose link it is, is a mistake of ours', async () => {
    await setStage();
    await expect(
      stage.queue({ template: 'personal-link', channel: 'mail', to: joost, values: {}, withLink: true, key: 'x' }),
    ).rejects.toThrow('needs a memberId');
  });
});

describe('A text message', () => {
  beforeEach(() => setStage());

  it('waits through the night, until eight', async () => {
    stage.clock.set(new Date('2026-11-20T20:30:00Z'));
    await stage.queue(text());
    expect(await drain(stage.app)).toEqual([]);
    stage.clock.set(new Date('2026-11-21T06:59:59Z'));
    expect(await drain(stage.app)).toEqual([]);
    stage.clock.set(new Date('2026-11-21T07:00:00Z'));
    await drain(stage.app);
    const [sms] = await mailsTo(stage.app, '+31612345679');
    expect(sms).toMatchObject({ subject: null, html: null, attachments: [] });
    expect(sms!.text).toMatch(/^Je aanmelding is binnen.*Gemeente Veenbroek\.$/);
  });

  it('that was held up into the night waits as well', async () => {
    stage.clock.set(new Date('2026-11-20T19:59:00Z'));
    const id = await stage.queue(text());
    stage.clock.set(new Date('2026-11-20T20:05:00Z'));
    await drain(stage.app);
    expect(await mailbox(stage.app)).toEqual([]);
    expect(await stage.row(id)).toMatchObject({ state: 'queued', attempts: 0 });
    stage.clock.set(new Date('2026-11-21T07:00:00Z'));
    await drain(stage.app);
    expect(await mailbox(stage.app)).toHaveLength(1);
  });

  it.each([{ urgent: true }, { askedFor: true }])('goes at night when it is %p', async (why) => {
    stage.clock.set(new Date('2026-11-20T23:30:00Z'));
    await stage.queue(text(why));
    await drain(stage.app);
    expect(await mailbox(stage.app)).toHaveLength(1);
  });

  it.each([
    ['mail', 'plain', 'now'],
    ['mail', 'urgent', 'now'],
    ['mail', 'asked for', 'now'],
    ['sms', 'plain', 'at eight'],
    ['sms', 'urgent', 'now'],
    ['sms', 'asked for', 'now'],
  ] as const)('at eleven in the evening: by %s what is %s goes %s, whatever it says; within safe hours in all cases', async (channel, why, goes) => {
    stage.clock.set(new Date('2026-11-20T22:00:00Z'));
    const to = channel === 'mail' ? joost : { address: '+31612345679', name: 'Ria' };
    const moment = async (template: Template, safeHours: { from: number; until: number } | null): Promise<string> => {
      const id = await stage.queue({ template, channel, to, values: {}, key: randomUUID(), urgent: why === 'urgent', askedFor: why === 'asked for', safeHours });
      const { rows } = await stage.superuser.query<{ at: Date }>('select run_at as at from platform_outbox where key = $1', [id]);
      return rows[0]!.at.toISOString();
    };
    const night = await Promise.all(TEMPLATES.map((template) => moment(template, null)));
    expect(new Set(night)).toEqual(new Set([goes === 'now' ? '2026-11-20T22:00:00.000Z' : '2026-11-21T07:00:00.000Z']));
    const safe = await Promise.all(TEMPLATES.map((template) => moment(template, { from: 10 * 60, until: 12 * 60 })));
    expect(new Set(safe)).toEqual(new Set(['2026-11-21T09:00:00.000Z']));
  });

  it('becomes a call where nothing can send it', async () => {
    await stage.start({ smtpUrl: 'smtp://127.0.0.1:1' });
    const id = await stage.queue(text());
    expect(await stage.row(id)).toMatchObject({ state: 'by-hand', channel: 'call', to_masked: '+31…79' });
  });
});

describe('GET /v1/messages', () => {
  beforeEach(() => setStage());

  it('shows a facilitator the messages of their own cases, without what they said', async () => {
    const [mine, theirs] = [await stage.staff(['facilitator']), await stage.staff(['facilitator'])];
    const caseId = await stage.caseOf(mine.id);
    const id = await stage.queue(receipt({ caseId }));
    await stage.queue(receipt({ caseId: await stage.caseOf(theirs.id) }));
    await stage.queue(receipt());
    const answer = await stage.get('/v1/messages', mine.token);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      items: [
        { id, template: 'referral-received', channel: 'mail', to: 'j…t@e…e.org', state: 'queued', attempts: 0, sentAt: null },
      ],
      next: null,
    });
    await drain(stage.app);
    const after = await stage.get(`/v1/messages?caseId=${caseId}`, mine.token);
    expect(after.body.items).toMatchObject([{ state: 'sent', attempts: 1, sentAt: '2026-11-20T11:00:00.000Z' }]);
    expect((await stage.get(`/v1/messages?caseId=${caseId}`, theirs.token)).body).toEqual({ items: [], next: null });
  });

  it('shows an admin all of the own organisation and nothing of another', async () => {
    const other = await stage.addOrganisation('heidestad', 'Heidestad');
    await stage.queue(receipt(), other);
    const own = await stage.queue(receipt());
    const { token } = await stage.staff(['admin']);
    const { items } = (await stage.get('/v1/messages', token)).body as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).toEqual([own]);
  });

  it('pages by its cursor and filters by person and state', async () => {
    const memberId = randomUUID();
    const { token } = await stage.staff(['admin']);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await stage.queue(receipt(i % 2 ? {} : { memberId })));
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const answer = await stage.get(`/v1/messages?limit=2${next && `&after=${next}`}`, token);
      const body = answer.body as { items: { id: string }[]; next: string | null };
      seen.push(...body.items.map(({ id }) => id));
      next = body.next;
    }
    expect(seen).toEqual([...ids].reverse());
    const count = async (query: string) => (await stage.get(`/v1/messages?${query}`, token)).body.items.length as number;
    expect(await count(`memberId=${memberId}`)).toBe(3);
    expect(await count(`memberId=${memberId}&state=queued`)).toBe(3);
    expect(await count(`memberId=${memberId}&state=sent`)).toBe(0);
  });

  it.each([
    ['state=lost', 400],
    ['caseId=1', 400],
    ['colour=red', 400],
    ['after=abc', 400],
    ['limit=0', 400],
  ])('refuses ?%s with %i', async (query, status) => {
    const { token } = await stage.staff(['admin']);
    expect((await stage.get(`/v1/messages?${query}`, token)).status).toBe(status);
  });

  it('is for facilitators and admins only', async () => {
    for (const role of ['referrer', 'lead', 'analyst'] as const) {
      expect((await stage.get('/v1/messages', (await stage.staff([role])).token)).status).toBe(403);
    }
    expect((await stage.get('/v1/messages')).status).toBe(401);
  });
});

describe('The local mailbox', () => {
  it('shows the mail of every organisation, newest first, on a page that stays harmless', async () => {
    await setStage();
    const other = await stage.addOrganisation('heidestad', 'Heidestad');
    const first = await stage.queue(receipt());
    await drain(stage.app);
    stage.clock.advance({ minutes: 1 });
    const values = { question: '</pre><script>alert(1)</script>' };
    const to = { address: 'ria@example.org', name: '<b>Ria</b>' };
    const second = await stage.queue({ template: 'information-requested', channel: 'mail', to, values, key: 'q' }, other);
    await drain(stage.app);
    expect((await mailbox(stage.app)).map(({ id }) => id)).toEqual([second, first]);
    const page = await stage.get('/dev/mailbox');
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.text).toContain('ria@example.org');
    expect(page.text).not.toMatch(/<script|<b>/);
    expect(page.text).toContain('&lt;/pre>&lt;script>');
  });

  it('keeps attachments to download, in base64', async () => {
    await setStage();
    await stage.queue(
      receipt({
        attachments: [{ filename: 'a.ics', contentType: 'text/calendar; method=REQUEST', content: 'METHOD:REQUEST é' }],
      }),
    );
    await drain(stage.app);
    const [mail] = await mailbox(stage.app);
    const content = Buffer.from('METHOD:REQUEST é').toString('base64');
    expect(mail!.attachments).toEqual([
      { filename: 'a.ics', contentType: 'text/calendar; charset=utf-8; method=REQUEST', content },
    ]);
    expect((await stage.get('/dev/mailbox')).text).toContain(`href="data:text/calendar;base64,${content}"`);
  });

  it('does not exist with a mail server', async () => {
    await setStage({ smtpUrl: 'smtp://127.0.0.1:1' });
    expect((await stage.get('/dev/mailbox')).status).toBe(404);
    expect((await stage.get('/dev/mailbox.json')).status).toBe(404);
  });

  it('does not exist in production', async () => {
    await setStage();
    expect(hasLocalMailbox({ production: true, smtpUrl: null })).toBe(false);
    await stage.start({ production: true, smtpUrl: 'smtp://127.0.0.1:1' });
    expect((await stage.get('/dev/mailbox.json')).status).toBe(404);
  });
});
