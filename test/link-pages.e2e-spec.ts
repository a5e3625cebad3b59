import { START, startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { linkToken, mailTo } from './support/mailbox.js';
import { anInvitedCase, type StoryCase } from './support/stories.js';

let test: TestApp;
let stories = 0;
beforeAll(async () => (test = await startApp()));
beforeEach(() => test.clock.set(START));
afterAll(() => test.stop());

async function aStory(): Promise<StoryCase & { sanne: string; ria: string }> {
  stories += 1;
  const sanne = `sanne.${stories}@example.org`;
  const ria = `ria.${stories}@example.org`;
  const circle = [{ name: 'Ria de Wit', relation: 'parent', email: ria, phone: `+316${40_000_000 + stories}` }];
  const story = await anInvitedCase(test, { circle, resident: { name: 'Sanne de Wit', email: sanne, phone: `+316${50_000_000 + stories}` } });
  return { ...story, sanne, ria };
}

/** Someone who opened the link in their mail. */
async function byMail(address: string): Promise<Visitor> {
  const visitor = aVisitor(test);
  const path = `/l/${linkToken(await mailTo(test.app, address))}`;
  await visitor.open(path);
  await visitor.send(path);
  return visitor;
}

async function sanneAtHome(): Promise<{ visitor: Visitor; story: StoryCase & { sanne: string } }> {
  const story = await aStory();
  await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  return { visitor: await byMail(story.sanne), story };
}

async function codeAt(address: string): Promise<string> {
  await test.deliver();
  return /\b\d{6}\b/.exec((await mailTo(test.app, address)).text)![0];
}

it('asks who comes by mail for a code, once, and shows them the whole page then', async () => {
  const { visitor, story } = await sanneAtHome();
  expect(visitor.page.text).toContain('Laat zien dat jij het bent');
  expect(visitor.page.text).not.toContain('In je eigen woorden');
  const device = await visitor.open('/mijn/apparaat');
  expect(device.text).toContain('Sms naar');
  expect(device.text).not.toContain(story.sanne);
  const sent = await visitor.send('/mijn/apparaat/code', { via: 'mail' });
  expect(sent.text).toMatch(/autocomplete="one-time-code"/);
  expect(sent.text).toMatch(/inputmode="numeric"/i);
  expect(sent.text).toContain('Bel mij terug');
  const code = await codeAt(story.sanne);
  const wrong = await visitor.send('/mijn/apparaat', { code: code === '000000' ? '000001' : '000000' });
  expect([wrong.status, wrong.text.includes('nog 4 keer')]).toEqual([400, true]);
  const home = await visitor.send('/mijn/apparaat', { code: `${code.slice(0, 3)} ${code.slice(3)}` });
  expect(home.text).toContain('Dit toestel kennen we nu.');
  expect(visitor.url).toMatch(/^\/mijn\?/);
  expect(home.text).not.toContain('Laat zien dat jij het bent');
  // The next mail on the same device leaves it known.
  await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  const path = `/l/${linkToken(await mailTo(test.app, story.sanne))}`;
  await visitor.open(path);
  expect((await visitor.send(path)).text).not.toContain('Laat zien dat jij het bent');
});

it('goes to no other site after the code', async () => {
  const { visitor } = await sanneAtHome();
  for (const next of ['//evil.example', 'https://evil.example', '/werk', '/mijn/../werk', '/mijn\\@evil.example']) {
    const page = await visitor.open(`/mijn/apparaat?next=${encodeURIComponent(next)}`);
    expect(page.text).toContain('name="next" value="/mijn"');
  }
});

it('offers on an ended link to send it again, and says the same whoever asks', async () => {
  const { ria } = await aStory();
  const visitor = aVisitor(test);
  const ended = await visitor.open(`/l/${test.organisationId}.${'a'.repeat(43)}`);
  expect(ended.status).toBe(404);
  expect(ended.text).toContain('href="/link-opnieuw"');
  const answers = [];
  for (const contact of [ria, 'niemand@example.org']) {
    await visitor.open('/link-opnieuw');
    answers.push((await visitor.send('/link-opnieuw', { contact })).text.replace(/value="[^"]+"/g, ''));
  }
  expect(answers[0]).toContain('Kennen we dit adres of nummer');
  expect(answers[1]).toBe(answers[0]);
  await visitor.open('/link-opnieuw');
  const wrong = await visitor.send('/link-opnieuw', { contact: 'geen adres' });
  expect([wrong.status, wrong.text.includes('Dit is geen mailadres of telefoonnummer')]).toEqual([400, true]);
});

it('changes nothing for who only looks, and hides the token from the next address', async () => {
  const { ria } = await aStory();
  const path = `/l/${linkToken(await mailTo(test.app, ria))}`;
  const visitor = aVisitor(test);
  for (let i = 0; i < 3; i += 1) {
    const page = await visitor.open(path);
    expect(page.headers).toMatchObject({ 'referrer-policy': 'strict-origin', 'cache-control': 'no-store' });
    expect(String(page.headers['set-cookie'] ?? '')).not.toContain('session=');
    expect(page.text).not.toMatch(/<script(?![^>]* src=)|onload|http-equiv="refresh"/);
  }
  await visitor.send(path);
  expect(visitor.url).toBe('/kring');
});

it('shows the link at the table as a code to scan, without anything inline', async () => {
  const story = await aStory();
  const noor = aVisitor(test);
  await noor.open('/inloggen');
  await noor.send('/inloggen', { email: 'noor.facilitator@noord.example', password: 'een lang wachtwoord' });
  const page = await noor.open(`/werk/trajecten/${story.reference}`);
  const token = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!;
  const shown = await noor.post(`/werk/trajecten/${story.reference}/kring/${story.resident.id}/link`, { _csrf: token, via: 'show' });
  expect(shown.text).toMatch(/<svg class="qr-code"[^>]*aria-label="QR-code met de link"/);
  expect(shown.text).not.toMatch(/ style=|<script(?![^>]* src=)|data:image/);
  const done = await noor.post(`/werk/trajecten/${story.reference}/kring/${story.members.Ria!.id}/telefoon-kwijt`, { _csrf: token });
  expect(done.headers.location).toContain('gedaan=phone-lost');
  expect((await noor.open(done.headers.location!)).text).toContain('Spreek elkaar, kijk het nummer na');
  const verified = await noor.post(`/werk/trajecten/${story.reference}/kring/${story.members.Ria!.id}/nummer-klopt`, { _csrf: token });
  expect(verified.headers.location).toContain('gedaan=phone-verified');
});

it('sends a stolen cookie away at once when its owner has left, from a page and from a call', async () => {
  const story = await aStory();
  const thief = await byMail(story.ria);
  expect((await thief.open('/kring')).status).toBe(200);
  await story.facilitator.post(`/v1/circle-members/${story.members.Ria!.id}/removal`, { reason: 'own-wish' }).expect(200);
  const page = await thief.open('/kring');
  expect([page.status, page.text.includes('href="/link-opnieuw"')]).toEqual([401, true]);
});

describe('cookies', () => {
  it('on https carry every attribute that keeps them', async () => {
    const secure = await startApp({ publicUrl: 'https://beraad.example' });
    try {
      await secure.staff('Noor Facilitator', 'facilitator');
      const page = await secure.as().get('/inloggen').set('Accept', 'text/html');
      const form = String(page.headers['set-cookie']);
      const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.text)![1]!;
      const answer = await secure
        .as()
        .post('/inloggen', undefined)
        .set('Cookie', form.split(';')[0]!)
        .set('Origin', 'https://beraad.example')
        .type('form')
        .send({ _csrf, email: 'noor.facilitator@noord.example', password: 'een lang wachtwoord' });
      const session = String(answer.headers['set-cookie']);
      for (const [cookie, name] of [[form, '__Host-form='], [session, '__Host-session=']] as const) {
        expect(cookie).toContain(name);
        for (const part of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) expect(cookie).toContain(part);
        expect(cookie).not.toContain('Domain');
      }
    } finally {
      await secure.stop();
    }
  });
});
