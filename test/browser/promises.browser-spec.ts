import type { Locator, Page } from 'playwright-core';
import { atTheirPage } from '../support/at-the-table.js';
import { linkToken, mailTo } from '../support/mailbox.js';
import { aMeetingStory, invite } from '../support/meetings.js';
import { apart, aPromisesStory, type PromisesStory } from '../support/offers.js';
import { inBrowser, type Site } from '../support/site.js';

/** One promise on somebody's page. */
const promise = (page: Page, text: string): Locator => page.locator('article', { has: page.getByRole('heading', { name: text, exact: true }) });

/** What opens on a tap, of this promise. */
async function opened(page: Page, text: string, summary: string): Promise<Locator> {
  const part = promise(page, text).locator('details', { has: page.locator('summary', { hasText: summary }) });
  if ((await part.getAttribute('open')) === null) await part.locator('summary').click();
  return part;
}

/** Joost promised several things, Ria one. */
function withPromises(site: Site): Promise<PromisesStory> {
  const joost = ['De post doen', 'De fiets maken', 'De woningbouw bellen', 'Naar de markt', 'De tuin doen'].map((text): [string, string] => ['Joost', text]);
  return aPromisesStory(site.test, {}, [...joost, ['Ria', 'Samen koken'], ['Karim', 'Op school letten']]);
}

inBrowser((site) => {
  it('lets somebody say of each promise how it goes: busy, done, stuck, given back', async () => {
    const { story } = await withPromises(site);
    const page = await atTheirPage(site, story, story.members.Joost!);
    await site.check(page);
    await promise(page, 'De post doen').getByRole('button', { name: 'Ik ben ermee bezig' }).click();
    await page.waitForURL('**/kring?gedaan=commitment');
    await promise(page, 'De post doen').getByText('mee bezig', { exact: true }).waitFor();

    await promise(page, 'De fiets maken').getByRole('button', { name: 'Gedaan' }).click();
    await page.getByText('Je hebt gedaan wat je beloofde: De fiets maken').waitFor();
    await site.check(page);

    const stuck = await opened(page, 'De woningbouw bellen', 'Ik loop vast');
    await stuck.getByRole('textbox').first().fill('Er is een wachtlijst');
    await stuck.getByRole('button').click();
    await page.getByRole('alert').waitFor();
    await site.check(page);
    const again = await opened(page, 'De woningbouw bellen', 'Ik loop vast');
    expect(await again.getByRole('textbox').first().inputValue()).toBe('Er is een wachtlijst');
    await again.getByLabel('een wachtlijst').check();
    await again.getByRole('button').click();
    await page.waitForURL('**/kring?gedaan=stuck');
    await promise(page, 'De woningbouw bellen').getByText('loopt vast').first().waitFor();

    const back = await opened(page, 'Naar de markt', 'Ik geef het terug');
    await back.getByRole('textbox').fill('Ik werk op die dag');
    await back.getByRole('button').click();
    await page.waitForURL('**/kring?gedaan=given-back');
    await promise(page, 'Naar de markt').getByText('teruggegeven').waitFor();
    await site.check(page);
  });

  it('brings a promise from one to another, who says yes on a device of their own', async () => {
    const { story } = await withPromises(site);
    await apart(story, 'Joost', 'Karim');
    const [joost, ria] = [await atTheirPage(site, story, story.members.Joost!), await atTheirPage(site, story, story.members.Ria!)];
    const asking = await opened(joost, 'De tuin doen', 'Iemand anders vragen');
    expect((await asking.getByRole('radio').all()).length).toBe(2);
    expect(await asking.textContent()).not.toContain('Karim');
    await site.check(joost);
    await asking.getByLabel('Wil je er iets bij zeggen?').fill('Mijn rug doet zeer');
    await asking.getByRole('button', { name: 'Vraag het' }).click();
    await joost.getByRole('alert').waitFor();
    await site.check(joost);
    const again = await opened(joost, 'De tuin doen', 'Iemand anders vragen');
    expect(await again.getByLabel('Wil je er iets bij zeggen?').inputValue()).toBe('Mijn rug doet zeer');
    await again.getByLabel('Ria').check();
    await again.getByRole('button', { name: 'Vraag het' }).click();
    await joost.waitForURL('**/kring?gedaan=passing-asked');
    await promise(joost, 'De tuin doen').getByText('Je vroeg of Ria dit overneemt.').waitFor();
    await site.check(joost);

    await site.open(ria, '/kring');
    const asked = ria.locator('section', { has: ria.getByRole('heading', { name: 'Wil jij dit overnemen?' }) });
    await asked.getByText('Mijn rug doet zeer').waitFor();
    await site.check(ria);
    await site.tabTo(ria, asked.getByRole('button', { name: 'Ja, dat doe ik De tuin doen' }));
    await ria.keyboard.press('Enter');
    await ria.waitForURL('**/kring?gedaan=taken-over');
    await promise(ria, 'De tuin doen').getByRole('button', { name: 'Gedaan' }).waitFor();
    await site.check(ria);

    await site.open(joost, '/kring');
    await joost.getByText('Ria doet dit nu:').waitFor();
    expect(await promise(joost, 'De tuin doen').count()).toBe(0);
    await site.check(joost);
  });

  it('asks help of the circle, and somebody helps', async () => {
    const { story } = await withPromises(site);
    const joost = await atTheirPage(site, story, story.members.Joost!);
    const asking = await opened(joost, 'Naar de markt', 'Ik kan hulp gebruiken');
    await asking.getByLabel('Waar kun je hulp bij gebruiken?').fill('Ik heb geen auto');
    await asking.getByLabel('Je gespreksleider en de kring').check();
    await site.check(joost);
    await asking.getByRole('button', { name: 'Vraag om hulp' }).click();
    await joost.waitForURL('**/kring?gedaan=help-asked');
    await promise(joost, 'Naar de markt').getByText('Je gespreksleider en de kring weten het.').waitFor();
    await site.check(joost);

    const ria = await atTheirPage(site, story, story.members.Ria!);
    const asked = ria.locator('section', { has: ria.getByRole('heading', { name: 'Kun jij helpen?' }) });
    await site.check(ria);
    await asked.getByRole('button', { name: 'Ik help mee' }).click();
    await ria.waitForURL('**/kring?gedaan=help-offered');
    await asked.getByText('Je helpt mee. Joost weet het.').waitFor();
    await asked.locator('summary', { hasText: 'Zeg erbij wat je wilt doen' }).click();
    await asked.getByLabel('Wat wil je doen?').fill('Ik rijd je erheen');
    await asked.getByRole('button', { name: 'Bewaar' }).click();
    await asked.getByText('Ik rijd je erheen').first().waitFor();
    await site.check(ria);
    await site.open(joost, '/kring');
    await promise(joost, 'Naar de markt').getByText('Ik rijd je erheen').waitFor();
  });

  it('shows no names on a device that is not known, and after a code does', async () => {
    const { story } = await withPromises(site);
    await site.test.deliver();
    const page = await site.newPage({ width: 390 });
    await site.open(page, `/l/${linkToken(await mailTo(site.test.app, story.mail('Joost')))}`);
    await page.getByRole('button', { name: 'Ja, open mijn pagina' }).click();
    await page.waitForURL('**/kring');
    const asking = await opened(page, 'De post doen', 'Iemand anders vragen');
    expect(await page.locator('main').textContent()).not.toContain('Ria');
    await site.check(page);
    await asking.getByRole('link', { name: 'Laat zien dat jij het bent' }).click();
    await page.waitForURL('**/mijn/apparaat?next=**');
    await page.getByRole('button', { name: /^Mail naar/ }).click();
    await page.getByLabel('Code van 6 cijfers').waitFor();
    await site.test.deliver();
    const code = /\b\d{6}\b/.exec((await mailTo(site.test.app, story.mail('Joost'))).text)![0];
    await page.getByLabel('Code van 6 cijfers').fill(code);
    await page.getByRole('button', { name: 'Dit is mijn code' }).click();
    await page.waitForURL('**/kring?gedaan=device-known');
    await (await opened(page, 'De post doen', 'Iemand anders vragen')).getByLabel('Ria').waitFor();
  });

  it('brings what people want to do in a network plan to the main person, who takes it', async () => {
    const story = await aMeetingStory(site.test, { kind: 'netwerkplan' });
    await invite(story);
    const [ria, joost] = [await atTheirPage(site, story, story.members.Ria!), await atTheirPage(site, story, story.members.Joost!)];
    await site.check(ria);
    await ria.getByRole('button', { name: 'Bied het aan' }).click();
    await ria.getByRole('alert').waitFor();
    await site.check(ria);
    await ria.getByLabel('Ik wil dit doen').fill('Op dinsdag samen eten');
    await ria.getByLabel('Hoe vaak?').selectOption({ label: 'elke week' });
    await ria.getByRole('button', { name: 'Bied het aan' }).click();
    await ria.waitForURL('**/kring?gedaan=contribution-offered');
    await ria.getByText('wacht op antwoord').waitFor();
    await site.check(ria);
    await joost.getByRole('button', { name: 'Ik wil iets doen, vraag mij' }).click();
    await joost.waitForURL('**/kring?gedaan=contribution-offered');

    const sanne = await atTheirPage(site, story, story.resident);
    await site.check(sanne);
    await promise(sanne, 'Op dinsdag samen eten').getByRole('button', { name: 'Ja, graag' }).click();
    await sanne.waitForURL('**/mijn?gedaan=contribution-accepted');
    const open = promise(sanne, 'Joost wil iets voor je doen');
    await open.getByRole('button', { name: 'Ja, graag' }).click();
    await sanne.getByRole('alert').waitFor();
    await site.check(sanne);
    await open.getByLabel('Wat wil je aan Joost vragen?').fill('De hond uitlaten');
    await open.getByRole('button', { name: 'Ja, graag' }).click();
    await sanne.waitForURL('**/mijn?gedaan=contribution-accepted');
    await site.open(ria, '/kring');
    await ria.getByText('ja, graag').waitFor();
    await site.check(ria);
  });
});
