import type { Page } from 'playwright-core';
import { residentAtTheTable } from '../support/at-the-table.js';
import { inBrowser, type Site } from '../support/site.js';
import { linkToken, mailTo } from '../support/mailbox.js';
import { anInvitedCase } from '../support/stories.js';

let stories = 0;

/** Joost on the page of what is kept of him. */
async function joostAtHome(site: Site): Promise<Page> {
  const email = `joost.${(stories += 1)}@example.org`;
  await anInvitedCase(site.test, { circle: [{ name: 'Joost Bakker', relation: 'neighbour', email }] });
  const page = await site.newPage({ width: 390 });
  await site.open(page, `/l/${linkToken(await mailTo(site.test.app, email))}`);
  await page.getByRole('button', { name: 'Ja, open mijn pagina' }).click();
  await page.waitForURL('**/kring');
  await page.getByRole('link', { name: 'Wat we van je bewaren' }).click();
  await page.waitForURL('**/kring/gegevens');
  return page;
}

inBrowser((site) => {
  it('says to whom it is about who looked, and why', async () => {
    const page = await residentAtTheTable(site);
    await page.getByRole('link', { name: 'Wie heeft er in mijn gegevens gekeken?' }).click();
    await page.waitForURL('**/mijn/wie-keek');
    await page.getByRole('heading', { name: 'Noor Facilitator' }).waitFor();
    await page.getByText('om het gesprek en het plan te regelen').first().waitFor();
    await site.check(page);
  });

  it('lets somebody put right what is their own to say, and says at the field what cannot be', async () => {
    const page = await residentAtTheTable(site);
    await site.open(page, '/mijn/gegevens');
    await page.locator('summary', { hasText: 'Zelf verbeteren' }).click();
    await page.getByLabel('Hoe je genoemd wilt worden').fill('San');
    await page.getByLabel('Telefoon').fill('geen nummer');
    await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page.getByRole('alert').getByRole('link').click();
    await page.locator(':focus').and(page.getByLabel('Telefoon')).waitFor();
    await site.check(page);
    await page.getByLabel('Telefoon').fill('06 1234 5699');
    await page.getByRole('button', { name: 'Bewaar', exact: true }).click();
    await page.waitForURL('**/mijn/gegevens?gedaan=*');
    expect(await page.getByLabel('Hoe je genoemd wilt worden').inputValue()).toBe('San');
  });

  it('shows somebody what is kept of them, on a page that holds for everyone', async () => {
    const page = await joostAtHome(site);
    await page.getByRole('heading', { name: 'Van wie we dit hebben' }).waitFor();
    await site.check(page);
  });

  it('takes a question about what is not right, and shows that it waits', async () => {
    const page = await joostAtHome(site);
    await page.getByLabel('Waar gaat het over?').selectOption('plan');
    await page.getByLabel('Wat klopt er niet, en hoe is het wel?').fill('Ik kom niet op dinsdag.');
    await page.getByRole('button', { name: 'Verstuur' }).click();
    await page.getByText('Wacht op antwoord').first().waitFor();
    await site.check(page);
  });
});
