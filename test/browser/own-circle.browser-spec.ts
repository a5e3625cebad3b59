import { residentAtTheTable } from '../support/at-the-table.js';
import { inBrowser } from '../support/site.js';

inBrowser((site) => {
  it('lets the resident make the circle bigger, helped by a question, and decide about somebody', async () => {
    const page = await residentAtTheTable(site);
    await page.getByRole('link', { name: 'Mijn kring bekijken of iemand erbij vragen' }).click();
    await page.waitForURL('**/mijn/kring');
    await site.check(page);
    await page.getByRole('link', { name: 'Iemand erbij vragen' }).click();
    const helping = await page.locator('#helpt').textContent();
    await page.getByRole('link', { name: 'Een andere vraag' }).click();
    await page.waitForURL('**/mijn/kring/erbij?vraag=1');
    expect(await page.locator('#helpt').textContent()).not.toBe(helping);
    await site.check(page);

    await page.getByLabel('Hoe heet deze persoon?').fill('Tante Bep');
    await page.getByRole('button', { name: 'Ja, vraag deze persoon' }).click();
    await page.getByRole('alert').waitFor();
    await site.check(page);
    await page.getByLabel('Wie is dit van jou?').selectOption({ label: 'familie' });
    await page.getByLabel('Telefoon').fill('06 1234 5670');
    await page.getByRole('button', { name: 'Ja, vraag deze persoon' }).click();
    await page.waitForURL('**/mijn/kring?gedaan=circle-added-yes');
    await page.getByRole('row', { name: /Tante Bep/ }).waitFor();
    await page.getByRole('button', { name: 'Liever niet bij Meester Karim' }).click();
    await page.waitForURL('**/mijn/kring?gedaan=refused');
    await site.check(page);
  });
});
