import type { Page } from 'playwright-core';
import { inBrowser, type Site } from '../support/site.js';

/** A facilitator at their own agenda. */
async function atOwnAgenda(site: Site): Promise<Page> {
  await site.test.staff('Agnes Agenda', 'facilitator');
  const page = await site.newPage({ width: 390 });
  await site.signIn(page, 'agnes.agenda@noord.example');
  await site.open(page, '/werk/agenda');
  return page;
}

inBrowser((site) => {
  it('takes an absence, says at the field what is wrong with it, and lets it be taken back', async () => {
    const page = await atOwnAgenda(site);
    await page.getByRole('heading', { name: 'Mijn agenda', level: 1 }).waitFor();
    await site.check(page);
    await page.getByLabel('Waarom').selectOption({ label: 'Cursus' });
    await page.getByLabel('Eerste dag').fill('2026-12-02');
    await page.getByLabel('Laatste dag').fill('2026-12-01');
    await page.getByRole('button', { name: 'Afwezig melden' }).click();
    await page.getByRole('alert').getByRole('link', { name: /Laatste dag/ }).click();
    expect(await page.getByLabel('Laatste dag').evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await page.getByLabel('Eerste dag').inputValue()).toBe('2026-12-02');
    await site.check(page);
    await page.getByLabel('Laatste dag').fill('2026-12-03');
    await page.getByRole('button', { name: 'Afwezig melden' }).click();
    await page.waitForURL('**/werk/agenda?gedaan=absence-added');
    await page.getByRole('row', { name: /Cursus/ }).waitFor();
    await site.check(page);
    await page.getByRole('button', { name: /^Weghalen/ }).click();
    await page.waitForURL('**/werk/agenda?gedaan=absence-removed');
    expect(await page.getByRole('row', { name: /Cursus/ }).count()).toBe(0);
  });

  it('shows the address of the agenda once', async () => {
    const page = await atOwnAgenda(site);
    await page.getByRole('button', { name: /^Maak een (nieuw )?adres/ }).click();
    const url = await page.getByLabel('Adres', { exact: true }).inputValue();
    expect(url).toMatch(/\/agenda\/[\w.-]+\.ics$/);
    await site.check(page);
    await page.getByRole('link', { name: 'Terug naar mijn agenda' }).click();
    await page.getByRole('button', { name: 'Stop het adres' }).waitFor();
    expect(await page.content()).not.toContain(new URL(url).pathname);
    await site.check(page);
  });
});
