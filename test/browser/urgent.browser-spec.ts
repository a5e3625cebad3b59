import type { Page } from 'playwright-core';
import type { Caller } from '../support/app.js';
import { inBrowser, type Site } from '../support/site.js';
import { aReferral, type StoryMember } from '../support/stories.js';

interface Urgent {
  one: Caller;
  page: Page;
  members: Record<string, StoryMember>;
}

/** Monday 09:30: who is on duty opens the page of what just came in, with a yes of Sanne for her mother. */
async function openUrgent(site: Site): Promise<Urgent> {
  const { test } = site;
  const one = await test.staff('Een Dienst', 'facilitator');
  const lead = await test.staff('Lena Lead', 'lead');
  const duty = { from: '2026-11-16T08:00:00+01:00', to: '2026-11-17T08:00:00+01:00', firstId: one.id, secondId: null };
  await lead.put('/v1/duty-roster', { items: [duty] }).expect(200);
  const circle = [{ name: 'Ria de Wit', relation: 'parent', phone: '0612345679' }];
  const acute = { kind: 'unknown', safety: { level: 'acute' }, consent: { given: true }, circle };
  const referrer = await test.staff('Fatma Referrer', 'referrer');
  const { id } = (await referrer.post('/v1/referrals', aReferral(acute)).expect(201)).body as { id: string };
  const { caseId } = (await one.get(`/v1/referrals/${id}`).expect(200)).body as { caseId: string };
  const file = (await one.get(`/v1/cases/${caseId}`).expect(200)).body as { reference: string; circle: StoryMember[] };
  const members = Object.fromEntries(file.circle.map((member) => [member.name.split(' ')[0]!, member]));
  await one.post(`/v1/circle-members/${members.Ria!.id}/approval`, { by: 'main-person' }).expect(200);
  const safe = { directDanger: false, veiligThuis: 'consulted', spokenAlone: [members.Sanne!.id], together: 'yes' };
  await one.put(`/v1/cases/${caseId}/safety-check`, safe).expect(200);

  const page = await site.newPage({ width: 390 });
  await site.signIn(page, 'een.dienst@noord.example');
  await site.open(page, `/werk/spoed/aanmelding/${id}`);
  await site.check(page);
  await page.getByRole('button', { name: 'Ik pak dit op' }).click();
  await page.waitForURL(`**/werk/spoed/${file.reference}**`);
  return { one, page, members };
}

inBrowser((site) => {
  it('has a number to tap for each who has to be phoned, in order', async () => {
    const { page } = await openUrgent(site);
    const numbers = page.locator('#bellen + ol a[href^="tel:"]');
    expect(await numbers.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(['tel:+31612345678', 'tel:+31612345679']);
    await site.check(page);
  });

  it('shows what another device changes: by itself with scripts, after the link without', async () => {
    const { one, page, members } = await openUrgent(site);
    const summary = page.getByText('0 bereikt, 0 komen, 2 te bellen');
    await summary.waitFor();
    const note = page.locator('[data-live-note]');
    expect(await note.textContent()).toContain(site.javaScript ? 'zie je hier vanzelf' : 'ververst niet vanzelf');
    const attempt = { at: site.test.clock.now().toISOString(), channel: 'call', outcome: 'reached' };
    await one.post(`/v1/circle-members/${members.Ria!.id}/contact-attempts`, attempt).expect(201);
    if (!site.javaScript) await page.getByRole('link', { name: 'Ververs' }).click();
    await page.getByText('1 bereikt, 0 komen, 1 te bellen').waitFor();
    await site.check(page);
  });

  it('plans with one tap on a moment, and notes by a button who was reached', async () => {
    const { page } = await openUrgent(site);
    await page.getByRole('button', { name: /^Bereikt.*Ria/ }).click();
    await page.waitForURL('**gedaan=contact');
    await page.getByText('1 bereikt, 0 komen, 1 te bellen').waitFor();
    await page.getByLabel('Waar?').fill('Buurthuis De Klomp');
    // Both browsers have the same facilitator, who is in one place at a time.
    await page.getByLabel(site.javaScript ? /om 12\.30 uur/ : /om 15\.30 uur/).check();
    await page.getByRole('button', { name: 'Leg vast' }).click();
    await page.waitForURL('**gedaan=meeting');
    await page.getByText('Buurthuis De Klomp').waitFor();
    await site.check(page);
  });
});
