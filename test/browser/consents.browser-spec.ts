import type { Page } from 'playwright-core';
import { linkToken, mailTo } from '../support/mailbox.js';
import { inBrowser, type Site } from '../support/site.js';
import { anInvitedCase, type StoryCase } from '../support/stories.js';

let stories = 0;

async function aStory(site: Site): Promise<StoryCase & { email: string }> {
  const email = `joost.tak${(stories += 1)}@example.org`;
  const circle = [
    { name: 'Joost Bakker', relation: 'neighbour', email },
    { name: 'Meester Karim', relation: 'teacher', professional: true, email: `karim.tak${stories}@example.org` },
  ];
  return { ...(await anInvitedCase(site.test, { circle })), email };
}

/** Sanne at the table: her device is known. */
async function sanneAtHome(site: Site): Promise<Page> {
  const story = await aStory(site);
  const { body } = await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'show' }).expect(201);
  const page = await site.newPage({ width: 390 });
  await site.open(page, (body as { url: string }).url);
  await page.getByRole('button', { name: 'Ja, open mijn pagina' }).click();
  await page.waitForURL('**/mijn');
  return page;
}

inBrowser((site) => {
  it('takes a yes back after reading what happens then', async () => {
    const page = await sanneAtHome(site);
    await page.getByRole('link', { name: 'Waar ik ja op zei' }).click();
    await page.waitForURL('**/mijn/ja');
    await page.getByText('Ik wil dit beraad.').first().waitFor();
    await site.check(page);
    await page.locator('summary', { hasText: 'Neem dit terug' }).click();
    await page.getByText('We vragen niemand meer om te komen.').waitFor();
    await site.check(page);
    await page.getByRole('button', { name: 'Ja, neem terug' }).click();
    await page.getByText('Teruggenomen. Je hoeft niet te zeggen waarom.').waitFor();
    await page.getByRole('heading', { name: 'Dit is voorbij' }).waitFor();
    await site.check(page);
  });

  it('joins the figures, and may say rather not', async () => {
    const page = await sanneAtHome(site);
    await site.open(page, '/mijn/ja');
    await page.getByRole('button', { name: 'Liever niet' }).click();
    await page.getByText('Ik doe liever niet mee met de cijfers.').waitFor();
    await page.getByRole('button', { name: 'Ja, ik doe mee' }).click();
    await page.getByText('Dank je. Je doet mee met de cijfers.').waitFor();
    await site.check(page);
  });

  it('takes somebody out in two taps from the mail: the link, and haal mij weg', async () => {
    const { email } = await aStory(site);
    const mail = await mailTo(site.test.app, email);
    expect(mail.text).toContain('haal mij weg');
    const page = await site.newPage({ width: 390 });
    await site.open(page, `/l/${linkToken(mail)}`);
    await page.getByText('gaf ons je naam').waitFor();
    await site.check(page);
    await page.getByRole('button', { name: 'Haal mij weg' }).click();
    await page.getByRole('heading', { name: 'Je bent weggehaald' }).waitFor();
    await site.check(page);
    expect((await site.open(page, '/kring')).status()).toBe(401);
  });

  it('tells at the first visit what is kept, and shows later where it stands', async () => {
    const { email } = await aStory(site);
    const page = await site.newPage({ width: 390 });
    await site.open(page, `/l/${linkToken(await mailTo(site.test.app, email))}`);
    await page.getByRole('button', { name: 'Ja, open mijn pagina' }).click();
    await page.waitForURL('**/kring');
    await page.getByRole('heading', { name: 'Wat wij van jou weten' }).waitFor();
    await site.check(page);
    await page.getByRole('link', { name: 'Waar ik ja op zei' }).click();
    await page.getByText('Jij mag gevraagd worden om mee te denken.').waitFor();
    await site.check(page);
  });

  it('lets the facilitator keep two people apart, and says what to fill in', async () => {
    const story = await aStory(site);
    const page = await site.newPage();
    await site.signIn(page, 'noor.facilitator@noord.example');
    await site.open(page, `/werk/trajecten/${story.reference}`);
    await page.locator('summary', { hasText: 'Houd twee mensen uit elkaar' }).click();
    await page.getByLabel('De een').selectOption({ label: 'Joost Bakker' });
    await page.getByLabel('De ander').selectOption({ label: 'Meester Karim' });
    await page.getByRole('button', { name: 'Houd uit elkaar' }).click();
    await page.getByRole('alert').first().waitFor();
    await page.getByLabel('Nooit tegelijk aanwezig').check();
    await page.locator('#uit-elkaar').getByLabel('Waarom').fill('Verbod van de rechter');
    await page.getByRole('button', { name: 'Houd uit elkaar' }).click();
    await page.getByText('Deze twee worden uit elkaar gehouden.').waitFor();
    await site.check(page);
  });
});
