import { residentAtTheTable } from '../support/at-the-table.js';
import { inBrowser } from '../support/site.js';
import { aCase } from '../support/stories.js';

inBrowser((site) => {
  it('lets the resident write a goal and say how it stands', async () => {
    const page = await residentAtTheTable(site);
    await site.open(page, '/mijn/meeschrijven');
    await site.check(page);
    const added = page.locator('.task', { hasText: 'Nog een doel' });
    await added.getByRole('textbox').fill('Rust in huis');
    await added.getByRole('button', { name: 'Zet deze regel erbij' }).click();
    await page.waitForURL('**/mijn/meeschrijven?gedaan=line');
    await page.locator('.task', { hasText: 'Doel 1' }).getByText('Rust in huis').waitFor();
    await page.locator('.task', { hasText: 'Nog een afspraak' }).getByRole('button', { name: 'Zet deze regel erbij' }).click();
    await page.getByRole('alert').waitFor();
    await site.check(page);
    await site.open(page, '/mijn/zinnen');
    await site.check(page);
  });

  it('shows the facilitator the same lines', async () => {
    const story = await aCase(site.test);
    const page = await site.newPage();
    await site.signIn(page, 'noor.facilitator@noord.example');
    await site.open(page, `/werk/trajecten/${story.reference}/plan/schrijven`);
    await site.check(page);
    await site.open(page, `/werk/trajecten/${story.reference}/plan/versies`);
    await site.check(page);
  });
});
