import type { Page } from 'playwright-core';
import { caseState } from '../support/meetings.js';
import { commitmentOf } from '../support/plans.js';
import { inBrowser, type Site } from '../support/site.js';
import { aCarriedPlan, type LongStory } from '../support/six-weeks.js';

/** The page of a main person, on the device on which the facilitator showed them their link. */
async function atHome(site: Site, story: LongStory): Promise<Page> {
  const page = await site.newPage();
  const shown = await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'show' }).expect(201);
  await site.open(page, new URL((shown.body as { url: string }).url).pathname);
  await page.locator('form').getByRole('button').first().click();
  await page.waitForURL('**/mijn');
  return page;
}

/** The page of the case, for its facilitator. */
async function atWork(site: Site, story: LongStory): Promise<Page> {
  const page = await site.newPage();
  await site.signIn(page, story.email);
  await site.open(page, `/werk/trajecten/${story.reference}`);
  return page;
}

inBrowser((site) => {
  it('The facilitator says of each promise what becomes of it, mends what is missing, and the case is closed', async () => {
    const story = await aCarriedPlan(site.test);
    const page = await atWork(site, story);
    await page.getByText('Rond het traject af').click();
    const joost = page.getByRole('group', { name: /Joost: De brief nakijken/ });
    expect(await joost.getByLabel('Blijft van Joost. We vragen er niet meer naar.').isChecked()).toBe(true);
    await site.tabTo(page, page.getByRole('button', { name: 'Rond af' }));
    await page.getByLabel('gelukt', { exact: true }).check();
    await page.getByRole('group', { name: /Ria: Elke maandag/ }).getByLabel('Is gedaan, op het woord van Ria.').check();
    await joost.getByLabel('Hoeft niet meer.').check();
    await page.getByRole('button', { name: 'Rond af' }).click();
    await page.getByRole('alert').waitFor();
    expect(await joost.getByLabel('Hoeft niet meer.').isChecked()).toBe(true);
    await site.check(page);
    // The summary leads to the field that is missing.
    await page.getByRole('alert').getByRole('link').first().click();
    await page.keyboard.type('De brief kwam vanzelf');
    await page.getByRole('button', { name: 'Rond af' }).click();
    await page.waitForURL('**?gedaan=closed');
    await site.check(page);
    const { items } = (await story.facilitator.get(`/v1/commitments?caseId=${story.id}`).expect(200)).body as { items: { id: string; state: string }[] };
    const states = Object.fromEntries(items.map(({ id, state }) => [id, state]));
    expect(['Ria', 'Joost', 'Karim'].map((name) => states[commitmentOf(story, story.plan, name).id])).toEqual(['done', 'released', 'promised']);

    const sanne = await atHome(site, story);
    await sanne.getByRole('heading', { name: 'We hebben het afgerond' }).waitFor();
    await sanne.getByRole('button', { name: 'Ik wil weer bij elkaar komen' }).waitFor();
    await site.check(sanne);
  });

  it('The main person says with one tap that it does not go well, and the facilitator finds a date at once', async () => {
    const story = await aCarriedPlan(site.test);
    const sanne = await atHome(site, story);
    await site.check(sanne);
    const button = sanne.getByRole('button', { name: 'Het gaat niet goed, ik wil weer bij elkaar' });
    await site.tabTo(sanne, button);
    await button.click();
    await sanne.waitForURL('**/mijn?gedaan=together-asked');
    await sanne.getByText('Je gespreksleider weet dat het niet goed gaat, en belt je.').waitFor();
    await site.check(sanne);

    const page = await atWork(site, story);
    await page.getByText('Het gaat niet goed: kom weer bij elkaar').click();
    await page.locator('#beraad').getByLabel('Waarom').selectOption({ label: 'het gaat weer minder goed' });
    await page.getByRole('button', { name: 'Naar een nieuwe datum' }).click();
    await page.waitForURL('**?gedaan=together#beraad');
    await site.check(page);
    await page.getByLabel('Bij de bewoner thuis').check();
    const slot = page.getByRole('group', { name: 'Dag 1' });
    await slot.getByLabel('Dag 1').fill('2026-11-18');
    await slot.getByLabel('Van').fill('14:00');
    await slot.getByLabel('Tot').fill('15:30');
    await page.getByRole('button', { name: 'Plan dit' }).click();
    await page.waitForURL('**?gedaan=meeting');
    expect(await caseState(story)).toBe('scheduled');
    await site.open(page, '/werk');
    await page.getByText('Wil weer bij elkaar komen: bel vandaag nog').waitFor();
    await site.check(page);
  });
});
