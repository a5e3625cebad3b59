import { residentAtTheTable } from '../support/at-the-table.js';
import { linkToken, mailTo } from '../support/mailbox.js';
import { inBrowser } from '../support/site.js';
import { aCase, anInvitedCase } from '../support/stories.js';

let stories = 0;

inBrowser((site) => {
  it('lets the facilitator note a try, a talk and how somebody takes part', async () => {
    const story = await aCase(site.test);
    const page = await site.newPage();
    await site.signIn(page, 'noor.facilitator@noord.example');
    await site.open(page, `/werk/trajecten/${story.reference}/voorbereiding`);
    await site.check(page);
    const talk = page.locator('details', { has: page.locator('form[action$="/gesprek"]') });
    await talk.locator('summary').first().click();
    await talk.getByRole('button').first().click();
    await page.getByRole('alert').waitFor();
    await site.check(page);
  });

  it('asks the resident on whom they can count', async () => {
    const page = await residentAtTheTable(site);
    await site.open(page, '/mijn/op-wie');
    await site.check(page);
    await page.locator('textarea[name="names"]').fill('Ria\nTante Bep');
    await page.locator('form[action="/mijn/op-wie"]').getByRole('button').first().click();
    await page.waitForURL('**/mijn/op-wie?gedaan=counted-on');
    await page.getByText('Vraag Tante Bep erbij').first().waitFor();
    await site.check(page);
  });

  it('lets somebody who was asked say how they take part', async () => {
    stories += 1;
    const email = `joost.doet.mee.${stories}@example.org`;
    await anInvitedCase(site.test, { circle: [{ name: 'Joost Bakker', relation: 'neighbour', email }] });
    const page = await site.newPage({ width: 390 });
    await site.open(page, `/l/${linkToken(await mailTo(site.test.app, email))}`);
    await page.getByRole('button', { name: 'Ja, open mijn pagina' }).click();
    await page.waitForURL('**/kring');
    await page.locator('section[aria-labelledby="meedoen"] summary').click();
    await page.getByLabel(/brief/).first().check();
    await site.check(page);
    await page.locator('form[action="/kring/meedoen"]').getByRole('button').click();
    await page.waitForURL('**/kring?gedaan=own-part');
  });
});
