import type { Page } from 'playwright-core';
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
