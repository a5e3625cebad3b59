import type { Page } from 'playwright-core';
import { inBrowser, type Site } from '../support/site.js';
import { aStoppedCase } from '../support/retention.js';

/** An admin on the page about keeping and erasing, to which signing in leads back. */
async function atRetention(site: Site): Promise<Page> {
  await site.test.staff('Ad Beheer', 'admin');
  const page = await site.newPage();
  await site.open(page, '/beheer/bewaren');
  await page.getByLabel('Mailadres').fill('ad.beheer@noord.example');
  await page.getByLabel('Wachtwoord').fill('een lang wachtwoord');
  await page.getByRole('button', { name: 'Inloggen' }).click();
  await page.waitForURL('**/beheer/bewaren');
  return page;
}

/** Later than everything that other tests erase, and another day for each: what is chosen there is no rule for them. */
let laterDays = 800;

inBrowser((site) => {
  it('is found from where an admin begins', async () => {
    const page = await atRetention(site);
    await site.open(page, '/beheer');
    await page.getByRole('link', { name: 'Bewaren en wissen' }).click();
    await page.getByRole('heading', { name: 'Zo lang bewaren we' }).waitFor();
    await site.check(page);
  });

  it('tries, is left and found again, and then erases for who is sure', async () => {
    const story = await aStoppedCase(site.test);
    site.test.clock.advance({ days: 365 });
    const page = await atRetention(site);
    await page.getByRole('button', { name: 'Proef draaien' }).click();
    await page.waitForURL('**/beheer/bewaren/beurten/**');
    await page.getByText('Dit is nog bezig').waitFor();
    await site.check(page);
    const { pathname } = new URL(page.url());
    await site.open(page, '/beheer/bewaren');
    await site.test.deliver();
    await page.locator(`a[href="${pathname}"]`).click();
    await page.getByText('Er is niets gewist.').waitFor();
    expect(await page.getByRole('row', { name: new RegExp(story.reference) }).textContent()).toContain('gewist');
    await site.check(page);
    await site.open(page, '/beheer/bewaren');
    await page.getByRole('link', { name: 'Nu uitvoeren' }).click();
    await site.check(page);
    await page.getByRole('button', { name: 'Ja, wis nu' }).click();
    await page.waitForURL('**/beheer/bewaren/beurten/**');
    await site.test.deliver();
    await page.getByRole('link', { name: 'Kijk hoe ver het is' }).click();
    await page.getByRole('heading', { name: 'Verslag van het wissen' }).waitFor();
    expect(await page.getByRole('row', { name: new RegExp(story.reference) }).textContent()).toContain('gewist');
  });

  it('holds a case by its number, says which number it does not know, and lets go', async () => {
    const { reference } = await aStoppedCase(site.test);
    const page = await atRetention(site);
    await page.getByText('Een traject vasthouden').click();
    await page.getByLabel('Nummer van het traject').fill('NB-1999-000001');
    await page.getByLabel('Waarom').selectOption('complaint');
    await page.getByRole('button', { name: 'Houd vast' }).click();
    await page.getByText('Dit nummer kennen we niet').first().waitFor();
    await site.check(page);
    await page.getByLabel('Nummer van het traject').fill(reference);
    await page.getByRole('button', { name: 'Houd vast' }).click();
    await page.getByText('Van dit traject wordt niets gewist.').waitFor();
    await site.check(page);
    await page.getByRole('button', { name: `Hef op ${reference}` }).click();
    await page.getByText('Dit traject wordt niet meer vastgehouden.').waitFor();
  });

  it('takes a shorter term only after a trial of today', async () => {
    laterDays += 1;
    site.test.clock.advance({ days: laterDays });
    const page = await atRetention(site);
    const choose = async (rule: string): Promise<void> => {
      if (!(await page.getByRole('button', { name: 'Bewaar' }).isVisible())) await page.getByText('Een andere termijn kiezen').click();
      await page.getByLabel('Hoe lang').selectOption(rule);
      await page.getByLabel('Welke wet en welk artikel').fill('Wmo 2015, artikel 5.3.4');
      await page.getByRole('button', { name: 'Bewaar' }).click();
    };
    await choose('jeugdwet');
    await page.getByText('De bewaartermijn is bewaard.').waitFor();
    await choose('wmo');
    await page.getByText('Draai eerst vandaag een proef met deze termijn').first().waitFor();
    await site.open(page, '/beheer/bewaren');
    await page.getByLabel('Alsof deze termijn geldt').selectOption('wmo');
    await page.getByRole('button', { name: 'Proef draaien' }).click();
    await page.waitForURL('**/beheer/bewaren/beurten/**');
    await site.test.deliver();
    await site.open(page, '/beheer/bewaren');
    await choose('wmo');
    await page.getByText('De bewaartermijn is bewaard.').waitFor();
  });
});
