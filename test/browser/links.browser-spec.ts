import type { Page } from 'playwright-core';
import { inBrowser, type Site } from '../support/site.js';
import { linkToken, mailTo } from '../support/mailbox.js';
import { aCase, type StoryCase } from '../support/stories.js';

let stories = 0;

interface SannesStory extends StoryCase {
  email: string;
}

/** A case of somebody whom no other test writes to. */
async function sannesCase(site: Site): Promise<SannesStory> {
  const email = `sanne.${(stories += 1)}@example.org`;
  const resident = { name: 'Sanne de Wit', email, phone: '06 1234 5678', language: 'nl', birthYear: 1988 };
  return { ...(await aCase(site.test, { resident, themes: ['parenting'] })), email };
}

/** The link in the mail that the facilitator has sent to Sanne. */
async function mailedLink(site: Site, { facilitator, resident, email }: SannesStory): Promise<string> {
  await facilitator.post(`/v1/circle-members/${resident.id}/links`, { via: 'mail' }).expect(201);
  await site.test.deliver();
  return linkToken(await mailTo(site.test.app, email));
}

async function enter(site: Site, page: Page, path: string): Promise<void> {
  await site.open(page, path);
  await page.getByRole('button', { name: 'Ja, open mijn pagina' }).click();
  await page.waitForURL('**/mijn');
}

const wrong = (code: string): string => (code === '000000' ? '111111' : '000000');

inBrowser((site) => {
  it('shows the plan on a new device after the code from the mail, and says so when the code is wrong', async () => {
    const story = await sannesCase(site);
    const page = await site.newPage({ width: 390 });
    await enter(site, page, `/l/${await mailedLink(site, story)}`);
    expect(await page.getByRole('heading', { name: 'Mijn kring' }).count()).toBe(0);
    await site.check(page);
    await site.tabTo(page, page.getByRole('link', { name: 'Laat zien dat jij het bent' }));
    await page.keyboard.press('Enter');
    await page.waitForURL('**/mijn/apparaat**');
    await page.getByRole('button', { name: /^Mail naar/ }).click();
    await page.getByLabel('Code van 6 cijfers').waitFor();
    await site.test.deliver();
    const code = /\b\d{6}\b/.exec((await mailTo(site.test.app, story.email)).text)![0];

    await page.getByLabel('Code van 6 cijfers').fill(wrong(code));
    await page.getByRole('button', { name: 'Dit is mijn code' }).click();
    await page.getByRole('alert').getByRole('link', { name: /Code van 6 cijfers/ }).click();
    await site.check(page);

    await page.getByLabel('Code van 6 cijfers').fill(code);
    await page.getByRole('button', { name: 'Dit is mijn code' }).click();
    await page.waitForURL('**/mijn?gedaan=device-known');
    await page.getByRole('heading', { name: 'Mijn kring' }).waitFor();
    await page.getByRole('heading', { name: 'Wat de wet op tijd vraagt' }).waitFor();
  });

  it('sends a link again to who lost the mail, and says the same to who was never here', async () => {
    const story = await sannesCase(site);
    const lost = await mailedLink(site, story);
    const page = await site.newPage({ width: 390 });
    await site.open(page, '/l/onzin');
    await page.getByRole('link', { name: 'Stuur mijn link opnieuw' }).click();
    await page.getByRole('button', { name: 'Stuur mijn link' }).click();
    await page.getByRole('alert').getByRole('link', { name: /Mailadres of telefoonnummer/ }).waitFor();
    await site.check(page);
    const said: string[] = [];
    for (const contact of [story.email, 'niemand@example.org']) {
      await site.open(page, '/link-opnieuw');
      await page.getByLabel('Mailadres of telefoonnummer').fill(contact);
      await page.getByRole('button', { name: 'Stuur mijn link' }).click();
      await page.waitForURL('**/link-opnieuw/onderweg');
      said.push(await page.locator('main').innerText());
    }
    expect(said[0]).toBe(said[1]);
    await site.check(page);
    await site.test.deliver();
    const again = linkToken(await mailTo(site.test.app, story.email));
    expect(again).not.toBe(lost);
    await enter(site, page, `/l/${again}`);
  });

  it('knows the device that was at the table, until the phone is lost', async () => {
    const story = await sannesCase(site);
    const desk = await site.newPage();
    await site.signIn(desk, 'noor.facilitator@noord.example');
    await site.open(desk, `/werk/trajecten/${story.reference}`);
    await desk.getByRole('button', { name: 'Toon een link bij Sanne' }).click();
    await desk.getByRole('img', { name: 'QR-code met de link' }).waitFor();
    await site.check(desk);
    const phone = await site.newPage({ width: 390 });
    await enter(site, phone, new URL(await desk.getByLabel('Adres').inputValue()).pathname);
    await phone.getByRole('heading', { name: 'Mijn kring' }).waitFor();

    await site.open(desk, `/werk/trajecten/${story.reference}`);
    await desk.locator('summary', { hasText: 'Telefoon kwijt bij Sanne' }).click();
    await desk.getByRole('button', { name: 'Telefoon kwijt bij Sanne' }).click();
    await desk.waitForURL('**?gedaan=phone-lost**');
    await site.check(desk);
    await site.open(phone, '/mijn');
    expect(await phone.getByRole('heading', { name: 'Mijn kring' }).count()).toBe(0);
    await site.check(phone);
  });
});
