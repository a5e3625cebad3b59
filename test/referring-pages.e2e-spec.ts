import { brotliCompressSync } from 'node:zlib';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { aVisitor } from './support/browser.js';
import { confirmationToken, mailTo } from './support/mailbox.js';
import { begun, colleague, OTHER, rowsOf, SELF, until, type Fields } from './support/referring.js';

let test: TestApp;
let lead: Caller;
beforeAll(async () => {
  test = await startApp();
  lead = await test.staff('Lena Lead', 'lead');
});
beforeEach(async () => {
  test.clock.set(START);
  // Every visitor here has the same address.
  await rows('delete from platform_limits');
});
afterAll(() => test.stop());

const rows = <Row>(text: string, values?: unknown[]): Promise<Row[]> => rowsOf<Row>(test, text, values);

const referrals = async (): Promise<{ id: string; residentName: string; state: string }[]> =>
  ((await lead.get('/v1/referrals?limit=100')).body as { items: { id: string; residentName: string; state: string }[] }).items;

/** The newest referral about this person, as a lead reads it. */
async function referralOf(name: string): Promise<Record<string, unknown>> {
  const found = (await referrals()).find(({ residentName }) => residentName === name);
  if (!found) throw new Error(`No referral of ${name}`);
  return (await lead.get(`/v1/referrals/${found.id}`).expect(200)).body as Record<string, unknown>;
}

const at = (step: string): string => `/aanmelden/${step}`;

it('stands on the first page, and asks one thing on each page until the answers can be checked and sent', async () => {
  const visitor = aVisitor(test);
  expect((await visitor.open('/')).text).toContain('href="/aanmelden"');
  await begun(test, 'other', visitor);
  await until(visitor, OTHER, 'controle');
  expect(visitor.url).toBe('/aanmelden/controle');
  for (const said of ['Ik wil rust met geld.', 'schulden', 'Sanne de Wit', 'Tom de Wit', 'Ria de Wit, Opa Jan', 'Dr. Bos', 'huisarts', 'Deur op slot', '15 november 2026']) {
    expect(visitor.page.text).toContain(said);
  }
  const thanks = await visitor.send('/aanmelden/controle');
  expect(visitor.url).toBe('/aanmelden/dank-je-wel');
  expect(thanks.text).toContain('bevestig nog met de mail');
  expect(thanks.text).toContain('tel:+31201234567');
  expect(await referralOf('Sanne')).toMatchObject({
    state: 'awaiting-confirmation', kind: 'unknown', source: 'gp', themes: ['debt'], neighbourhoodCode: 'BU05990110',
    resident: { name: 'Sanne de Wit', phone: '+31612345678', birthYear: 1988, contactPreference: { channel: 'call', note: 'Niet voor twaalf uur' } },
    otherMainPersons: [{ name: 'Tom de Wit', phone: '+31612345670' }],
    consent: { given: true, on: '2026-11-15', how: 'conversation' },
    safety: { level: 'none', conditions: ['Niet alleen met oom Piet', 'Deur op slot'] },
    circle: [{ name: 'Ria de Wit', relation: 'parent' }, { name: 'Opa Jan', reach: 'via-member', viaIndex: 0 }],
    referrer: { name: 'Dr. Bos', email: 'bos@praktijk.example' },
  });
  await test.deliver();
  await test.as().post('/v1/referral-confirmations', { token: confirmationToken(await mailTo(test.app, 'bos@praktijk.example')) }).expect(200);
  expect(await referralOf('Sanne')).toMatchObject({ state: 'received' });
});

it('lets somebody ask for themself with first names, in fewer questions, and never shows a code', async () => {
  const visitor = await begun(test, 'self');
  await until(visitor, SELF, 'controle');
  expect(visitor.page.text).not.toMatch(/Onderwerpen|schulden/);
  expect(visitor.page.text).toContain('leave-now');
  const thanks = await visitor.send('/aanmelden/controle');
  expect(thanks.text).toContain('uiterlijk woensdag 18 november');
  expect(await referralOf('Ilse')).toMatchObject({
    state: 'received', source: 'resident', themes: ['other'], safety: { level: 'concern' }, circle: [{ name: 'Tante Bep', relation: 'relative' }, { name: 'Kees' }], consent: null,
  });
  await test.deliver();
  const mail = await mailTo(test.app, 'ilse@example.org');
  expect(mail.text + (mail.html ?? '')).not.toContain('/l/');
});

it('skips what it knows of a colleague, who comes to their own page of it', async () => {
  const visitor = await colleague(test, 'Rosa Referrer', 'referrer');
  await begun(test, 'other', visitor);
  await until(visitor, OTHER.filter(([step]) => step !== 'verwijzer').map(([step, fields]) => [step, fields['resident.firstName'] ? { ...fields, 'resident.firstName': 'Samira' } : fields]), 'controle');
  expect(visitor.page.text).toContain('wijkteam');
  await visitor.open('/aanmelden/bron?terug=controle');
  await visitor.send('/aanmelden/bron', { source: 'school' });
  expect(visitor.url).toBe('/aanmelden/controle');
  await visitor.send('/aanmelden/controle');
  expect(visitor.url).toMatch(/^\/aanmeldingen\/[0-9a-f-]+\?gedaan=referred$/);
  expect(visitor.page.text).toContain('uiterlijk woensdag 18 november');
  expect(await referralOf('Samira')).toMatchObject({ state: 'received', source: 'school', referrer: null });
});

describe('every question refuses what the call refuses, beside the field, with what was typed', () => {
  it.each<[string, Fields, string, string]>([
    ['vraag', { question: '  ' }, 'question', 'Dit moet je invullen.'],
    ['vraag', { question: 'x'.repeat(4001) }, 'question', 'Dit is te lang.'],
    ['themas', {}, 'themes', 'Kies wat past.'],
    ['veiligheid', {}, 'safety-level', 'Kies wat past.'],
    ['toestemming', {}, 'consent-given', 'Kies wat past.'],
    ['toestemming', { 'consent.given': 'no' }, 'consent-given', 'Zonder ja van de bewoner kan het niet'],
    ['toestemming', { 'consent.given': 'yes', 'consent.on': '2026-12-24' }, 'consent-on', 'toekomst'],
    ['wie', {}, 'resident-name', 'Dit moet je invullen.'],
    ['wie', { 'resident.name': 'Sanne', 'resident.birthYear': 'lang geleden' }, 'resident-birthYear', 'Dit moet een heel getal zijn.'],
    ['bereiken', {}, 'resident-phone', 'Geef een manier om deze persoon te bereiken'],
    ['bereiken', { 'resident.phone': 'bel maar' }, 'resident-phone', 'Dit is geen telefoonnummer.'],
    ['bereiken', { 'resident.email': 'sanne(at)example' }, 'resident-email', 'Dit is niet goed getypt.'],
    ['anderen', { name: 'Tom', then: 'add' }, 'phone', 'Geef een manier om deze persoon te bereiken'],
    ['kring', { then: 'add' }, 'name', 'Dit moet je invullen.'],
    ['kring', { name: 'Ria', then: 'next' }, 'relation', 'Dit moet je invullen.'],
    ['kring', { name: 'Ria', relation: 'parent', then: 'add' }, 'phone', 'Geef een manier om deze persoon te bereiken'],
    ['kring', { name: 'Ria', relation: 'parent', email: 'ria', then: 'add' }, 'email', 'Dit is niet goed getypt.'],
    ['buurt', { neighbourhoodCode: 'Noord' }, 'neighbourhoodCode', 'Dit is niet goed getypt.'],
    ['verwijzer', { 'referrer.name': 'Dr. Bos', source: 'gp' }, 'referrer-email', 'Dit moet je invullen.'],
    ['verwijzer', { 'referrer.name': 'Dr. Bos', 'referrer.email': 'bos@praktijk.example' }, 'source', 'Kies wat past.'],
  ])('%s: %#', async (step, fields, field, sentence) => {
    const visitor = await begun(test, 'other');
    await until(visitor, OTHER, step);
    const refused = await visitor.send(at(step), fields);
    expect(refused.status).toBe(400);
    const link = new RegExp(`<a href="#([\\w-]*-${field})">[^<]*${sentence.slice(0, 12).toLowerCase()}`, 'i').exec(refused.text.replace(/&#39;/g, "'"));
    expect([link?.[1] === undefined, refused.text.includes(sentence)]).toEqual([false, true]);
    expect(refused.text).toContain(`id="${link![1]}"`);
    for (const typed of Object.entries(fields).filter(([name]) => /name|phone|email|Code$/.test(name))) expect(refused.text).toContain(`value="${typed[1]}"`);
    // Nothing of it was kept, and nothing from before was lost.
    expect((await visitor.open(at(step))).status).toBe(200);
    expect((await visitor.open('/aanmelden/vraag')).status).toBe(200);
  });

  it('also the first: for whom', async () => {
    const visitor = aVisitor(test);
    await visitor.open('/aanmelden');
    const refused = await visitor.send('/aanmelden', {});
    expect([refused.status, refused.text.includes('Kies wat past.')]).toEqual([400, true]);
  });
});

it('goes back without losing anything, and changes one answer from the page with all of them', async () => {
  const visitor = await begun(test, 'other');
  await until(visitor, OTHER, 'bereiken');
  expect(visitor.page.text).toMatch(/<a href="\/aanmelden\/wie">Terug/);
  expect((await visitor.open('/aanmelden/wie')).text).toContain('value="Sanne de Wit"');
  expect((await visitor.open('/aanmelden/vraag')).text).toContain('Ik wil rust met geld.');
  await visitor.send('/aanmelden/vraag', { question: 'Ik wil rust.' });
  await visitor.open('/aanmelden/bereiken');
  await until(visitor, OTHER.slice(OTHER.findIndex(([step]) => step === 'bereiken')), 'controle');
  await visitor.open('/aanmelden/wie?terug=controle');
  expect(visitor.page.text).toMatch(/<a href="\/aanmelden\/controle">Terug/);
  await visitor.send('/aanmelden/wie', { 'resident.name': 'Sanne Smit' });
  expect(visitor.url).toBe('/aanmelden/controle');
  expect(visitor.page.text).toContain('Sanne Smit');
  expect(visitor.page.text).toContain('Ik wil rust.');
});

it('asks again what no longer fits: a ground falls away when it can wait after all', async () => {
  const visitor = await begun(test, 'other');
  await until(visitor, OTHER, 'veiligheid');
  const now = await visitor.send(at('veiligheid'), { 'safety.level': 'acute' });
  expect(visitor.url).toBe('/aanmelden/nu-veilig');
  expect(now.text).toContain('112');
  expect(now.text).toContain('Er heeft nu niemand van ons dienst');
  expect(now.text).toContain('tel:+31201234567');
  await visitor.send(at('nu-veilig'));
  const without = await visitor.send(at('toestemming'), { 'consent.given': 'no' });
  expect([without.status, without.text.includes('consent-ground')]).toEqual([400, true]);
  await visitor.send(at('toestemming'), { 'consent.given': 'no', 'consent.ground': 'Wmo art. 2.3.5' });
  await until(visitor, OTHER.slice(OTHER.findIndex(([step]) => step === 'wie')), 'controle');
  expect(visitor.page.text).toContain('Wmo art. 2.3.5');
  await visitor.open('/aanmelden/veiligheid?terug=controle');
  await visitor.send(at('veiligheid'), { 'safety.level': 'none' });
  expect(visitor.url).toBe('/aanmelden/toestemming');
  expect((await visitor.open('/aanmelden/controle')).text).not.toContain('Verstuur de aanmelding');
  expect(visitor.url).toBe('/aanmelden/toestemming');
});

it('says beforehand that somebody is on duty, when somebody is', async () => {
  const facilitator = await test.staff('Noor Facilitator', 'facilitator');
  await lead.put('/v1/duty-roster', { items: [{ from: '2026-11-16T08:00:00Z', to: '2026-11-16T20:00:00Z', firstId: facilitator.id }] }).expect(200);
  const visitor = await begun(test, 'self');
  await until(visitor, SELF, 'veiligheid');
  expect((await visitor.send(at('veiligheid'), { 'safety.level': 'acute' })).text).toContain('Er is nu iemand van ons die dienst heeft');
  await lead.put('/v1/duty-roster', { items: [] }).expect(200);
});

it('refuses at the check what was changed in another tab meanwhile, and leads to its question', async () => {
  const visitor = await begun(test, 'other');
  await until(visitor, OTHER, 'controle');
  const check = visitor.page.text;
  const csrf = /name="_csrf" value="([^"]+)"/.exec(check)![1]!;
  await visitor.open('/aanmelden/toestemming');
  await rows('update referrals_drafts set touched_at = touched_at');
  await visitor.open('/aanmelden/kring');
  await visitor.send('/aanmelden/kring/weg', { person: '2' });
  const refused = await visitor.post('/aanmelden/controle', { _csrf: csrf });
  expect(refused.status).toBe(400);
  expect(refused.text).toMatch(/<a href="#wijzig-kring">De kring: geef een manier/);
  expect(refused.text).toContain('id="wijzig-kring"');
  await visitor.open('/aanmelden/kring?terug=controle');
  const next = await visitor.send('/aanmelden/kring', { then: 'next' });
  expect(next.text).toMatch(/<a href="#wie-3">Opa Jan: geef een manier/);
  expect(next.text).toContain('id="wie-3"');
});

it('stops a stranger who begins more often in an hour than they may refer', async () => {
  const visitor = aVisitor(test);
  for (let i = 0; i < 20; i += 1) {
    await visitor.open('/aanmelden');
    if (visitor.page.text.includes('Begin opnieuw')) await visitor.send('/aanmelden/opnieuw');
    await visitor.send('/aanmelden', { way: 'self' });
  }
  await visitor.open('/aanmelden');
  await visitor.send('/aanmelden/opnieuw');
  const refused = await visitor.send('/aanmelden', { way: 'self' });
  expect([refused.status, refused.headers['retry-after']]).toEqual([429, expect.stringMatching(/^\d+$/)]);
  expect(refused.text).toContain('te vaak');
});

it('carries sixty people in the circle, draws them, and stays light', async () => {
  const visitor = await begun(test, 'other');
  await until(visitor, OTHER, 'kring');
  for (let i = 1; i <= 60; i += 1) {
    const added = await visitor.send('/aanmelden/kring', { name: `Persoon ${i}`, relation: i % 3 ? 'friend' : 'teacher', phone: `06 1234 ${1000 + i}`, then: 'add' });
    expect(added.status).toBe(200);
  }
  expect(visitor.page.text).toContain('Meer kan hier niet');
  expect(visitor.page.text).toContain('Persoon 60');
  expect(visitor.page.text).toContain('role="img"');
  expect(brotliCompressSync(visitor.page.text).length).toBeLessThan(20_000);
  expect(brotliCompressSync((await visitor.open('/aanmelden/kring')).text).length).toBeLessThan(20_000);
  await visitor.send('/aanmelden/kring', { then: 'next' });
  expect(visitor.url).toBe('/aanmelden/buurt');
});

it('shows hostile words as words, on every page that says them again', async () => {
  const name = '"><img src=x onerror=alert(1)>';
  const visitor = await begun(test, 'other');
  const hostile = OTHER.map(([step, fields]) => [step, Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, /name|question|conditions|note/i.test(field) ? `${name}${value}` : value]))] as const);
  await until(visitor, hostile, 'controle');
  expect(visitor.page.text).not.toContain('<img');
  for (const step of ['vraag', 'wie', 'bereiken', 'anderen', 'kring', 'verwijzer', 'voorwaarden']) {
    const page = await visitor.open(at(step));
    expect(page.text).toContain('&quot;>&lt;img');
    expect(page.text).not.toContain('<img');
  }
  expect((await visitor.open('/aanmelden/kring?wie=2')).text).not.toContain('<img');
  const refused = await visitor.send('/aanmelden/kring', { wie: '2', name: `${name}\u0007`, then: 'add' });
  expect([refused.status, refused.text.includes('<img')]).toEqual([400, false]);
});

it('asks which organisation where there are more, by host name or by the address', async () => {
  const other = await startApp();
  try {
    await other.otherOrganisation('zuid');
    const visitor = aVisitor(other);
    expect((await visitor.open('/aanmelden')).text).toContain('Bij welke organisatie?');
    await visitor.open('/aanmelden?organisatie=zuid');
    await visitor.send('/aanmelden', { way: 'self' });
    expect(visitor.url).toBe('/aanmelden/vraag');
    expect((await visitor.send('/aanmelden/vraag', { question: 'Rust.' })).status).toBe(200);
    expect((await aVisitor(other).open('/aanmelden?organisatie=nergens')).text).toContain('Bij welke organisatie?');
  } finally {
    await other.stop();
  }
});
