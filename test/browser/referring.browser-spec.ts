import type { Page } from 'playwright-core';
import { inBrowser, type Site } from '../support/site.js';
import { confirmationToken, mailTo } from '../support/mailbox.js';

const go = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();
const at = (page: Page, step: string): Promise<void> => page.waitForURL(`**/aanmelden/${step}`);
const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor();

/** Sends a page as it is, sees the summary lead to the field, and looks at the error state. */
async function refused(site: Site, page: Page, field: RegExp): Promise<void> {
  await page.locator('main form').last().getByRole('button').last().click();
  const link = page.getByRole('alert').getByRole('link', { name: field });
  await link.waitFor();
  expect(await page.title()).toMatch(/^Let op: /);
  await site.check(page);
  const target = (await link.getAttribute('href'))!;
  expect(await page.locator(target).count()).toBe(1);
}

inBrowser((site) => {
  it('takes a referrer through every question on a phone, each page and each error state in order', async () => {
    const page = await site.newPage({ width: 390 });
    await site.open(page, '/');
    await page.getByRole('link', { name: 'Aanmelden', exact: true }).click();
    await page.waitForURL('**/aanmelden');
    await site.check(page);
    await refused(site, page, /Voor wie is het/);
    await page.getByLabel('Ik meld iemand aan').check();
    await go(page, 'Verder');

    await at(page, 'vraag');
    await site.check(page);
    await refused(site, page, /In de woorden/);
    await page.getByLabel('In de woorden van deze persoon').fill('Ik wil rust met geld.');
    await go(page, 'Verder');

    await at(page, 'themas');
    await refused(site, page, /Kies alles/);
    await page.getByLabel('schulden').check();
    await go(page, 'Verder');

    await at(page, 'veiligheid');
    await refused(site, page, /Hoe is het nu/);
    await page.getByLabel('Het is nu niet veilig').check();
    await go(page, 'Verder');
    await at(page, 'nu-veilig');
    await page.getByText('Bel 112').waitFor();
    await site.check(page);
    await go(page, 'Verder');

    await at(page, 'toestemming');
    await site.check(page);
    await refused(site, page, /Heeft deze persoon ja gezegd/);
    await page.getByLabel('Ja', { exact: true }).check();
    await go(page, 'Verder');

    await at(page, 'wie');
    await refused(site, page, /Naam/);
    await page.getByLabel('Naam', { exact: true }).fill('Sanne de Wit');
    await page.getByLabel('Roepnaam').fill('Sanne');
    await go(page, 'Verder');

    await at(page, 'bereiken');
    await refused(site, page, /Telefoon/);
    await page.getByRole('textbox', { name: /^Telefoon/ }).fill('06 1234 5678');
    await go(page, 'Verder');

    await at(page, 'anderen');
    await site.check(page);
    await go(page, 'Verder');

    await at(page, 'kring');
    await site.check(page);
    await page.getByLabel('Naam', { exact: true }).fill('Ria de Wit');
    await page.getByLabel('Wie is dit voor deze persoon?').selectOption('parent');
    if (site.javaScript) {
      expect(await page.locator('.rings .typing').textContent()).toBe('Ria de Wit');
      expect(await page.locator('.rings .typing .family').count()).toBe(1);
    }
    await go(page, 'Voeg toe');
    await page.getByRole('alert').getByRole('link', { name: /Telefoon/ }).waitFor();
    await site.check(page);
    expect(await page.getByLabel('Naam', { exact: true }).inputValue()).toBe('Ria de Wit');
    await page.getByRole('textbox', { name: /^Telefoon/ }).fill('06 1234 5679');
    await go(page, 'Voeg toe');
    await page.getByRole('rowheader', { name: 'Ria de Wit' }).waitFor();
    expect(await page.locator('.rings .person-name', { hasText: 'Ria de Wit' }).count()).toBe(1);
    await page.getByLabel('Naam', { exact: true }).fill('Opa Jan');
    await page.getByLabel('Wie is dit voor deze persoon?').selectOption('grandparent');
    await page.locator('summary', { hasText: 'Geen telefoon of mail?' }).click();
    await page.getByLabel('Via iemand anders uit de kring').selectOption({ label: 'Ria de Wit' });
    await go(page, 'Voeg toe');
    await page.getByRole('cell', { name: 'via Ria de Wit' }).waitFor();
    await site.check(page);
    await page.getByRole('link', { name: 'wijzig Opa Jan' }).click();
    await heading(page, 'Wie zijn er om deze persoon heen?');
    await site.check(page);
    await go(page, 'Bewaar');
    await go(page, 'Verder');

    await at(page, 'buurt');
    await page.getByLabel('Code van de buurt of wijk').fill('Noord');
    await refused(site, page, /Code van de buurt/);
    await page.getByLabel('Code van de buurt of wijk').fill('');
    await go(page, 'Verder');

    await at(page, 'verwijzer');
    await refused(site, page, /Je naam/);
    await page.getByLabel('Je naam').fill('Dr. Bos');
    await page.getByLabel('Je werkt bij of als').selectOption('gp');
    await page.getByLabel('Je e-mail').fill('bos@praktijk.example');
    await go(page, 'Verder');
    await at(page, 'voorwaarden');
    await site.check(page);
    await page.getByLabel('Wat moet het plan veilig maken?').fill('Deur op slot');
    await go(page, 'Verder');

    await at(page, 'controle');
    await site.check(page);
    await page.getByRole('link', { name: 'wijzig De vraag' }).click();
    await page.getByLabel('In de woorden van deze persoon').fill('Ik wil rust.');
    await go(page, 'Bewaar');
    await at(page, 'controle');
    await page.getByText('Ik wil rust.').waitFor();
    await go(page, 'Verstuur de aanmelding');
    await at(page, 'dank-je-wel');
    await site.check(page);
    await site.test.deliver();
    expect(confirmationToken(await mailTo(site.test.app, 'bos@praktijk.example'))).toBeTruthy();
  }, 180_000);

  it('is filled in with the keyboard alone by who asks for themself, and can be left at once', async () => {
    const page = await site.newPage({ width: 320 });
    await site.open(page, '/aanmelden');
    await site.tabTo(page, page.getByLabel('Ik meld iemand aan'));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await at(page, 'vraag');
    await site.check(page);
    expect(await page.locator('[data-leave]').count()).toBe(1);
    await site.tabTo(page, page.getByLabel('In je eigen woorden'));
    await page.keyboard.type('Ik wil het niet meer alleen doen.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await at(page, 'veiligheid');
    await site.tabTo(page, page.getByLabel('Ja, ik ben veilig'));
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await at(page, 'wie');
    await site.tabTo(page, page.getByLabel('Je voornaam'));
    await page.keyboard.type('Ilse');
    await page.keyboard.press('Enter');
    await at(page, 'bereiken');
    await site.tabTo(page, page.getByLabel('E-mail'));
    await page.keyboard.type('ilse@example.org');
    await page.keyboard.press('Enter');
    await at(page, 'kring');
    await site.tabTo(page, page.getByLabel('Voornaam'));
    await page.keyboard.type('Tante Bep');
    await site.check(page);
    await site.tabTo(page, page.getByRole('button', { name: 'Verder' }));
    await page.keyboard.press('Enter');
    await at(page, 'controle');
    await page.getByText('Tante Bep').waitFor();
    await site.check(page);
    await site.tabTo(page, page.getByRole('button', { name: 'Verstuur de aanmelding' }));
    await page.keyboard.press('Enter');
    await at(page, 'dank-je-wel');
    await site.check(page);
  }, 120_000);

  it('loses nothing on the way back, with the browser or the page, nor in a new tab', async () => {
    const page = await site.newPage();
    await site.open(page, '/aanmelden');
    await page.getByLabel('Ik meld iemand aan').check();
    await go(page, 'Verder');
    await at(page, 'vraag');
    await page.getByLabel('In de woorden van deze persoon').fill('Rust.');
    await go(page, 'Verder');
    await at(page, 'themas');
    await page.goBack();
    await at(page, 'vraag');
    expect(await page.getByLabel('In de woorden van deze persoon').inputValue()).toBe('Rust.');
    await go(page, 'Verder');
    await at(page, 'themas');
    await page.getByRole('link', { name: 'Terug' }).click();
    await at(page, 'vraag');
    const tab = await page.context().newPage();
    await page.close();
    await site.open(tab, '/aanmelden');
    await site.axe(tab);
    await tab.getByRole('link', { name: 'Ga verder' }).click();
    await at(tab, 'themas');
    await site.open(tab, '/aanmelden');
    await go(tab, 'Begin opnieuw');
    await tab.getByRole('group', { name: 'Voor wie is het?' }).waitFor();
  }, 90_000);

  it('shows a colleague what became of whom they referred', async () => {
    const name = site.javaScript ? 'Rosa Referrer' : 'Rik Referrer';
    const referrer = await site.test.staff(name, 'referrer');
    const page = await site.newPage({ width: 390 });
    await site.signIn(page, `${name.toLowerCase().replace(' ', '.')}@noord.example`);
    await page.waitForURL('**/aanmeldingen');
    await site.check(page);
    const made = await referrer.post('/v1/referrals', {
      kind: 'netwerkberaad', source: 'team', resident: { name: 'Sanne', phone: '06 1234 5678' }, question: 'Rust.', themes: ['debt'],
      safety: { level: 'none', conditions: ['Deur op slot'] }, consent: { given: true },
    }).expect(201);
    const { id } = made.body as { id: string };
    const lead = await site.test.staff('Lena Lead', 'lead');
    await lead.post(`/v1/referrals/${id}/information-request`, { reason: 'circle-unclear' }).expect(200);
    await site.open(page, '/aanmeldingen');
    await page.getByRole('link', { name: 'Sanne' }).first().click();
    await heading(page, 'Aanmelding van Sanne');
    await site.check(page);
    await go(page, 'Verstuur');
    await page.getByRole('alert').getByRole('link', { name: /Je antwoord/ }).waitFor();
    await site.check(page);
    await page.getByLabel('Je antwoord').fill('Haar moeder Ria en de buurman.');
    await go(page, 'Verstuur');
    await page.waitForURL('**?gedaan=referral-answered');
    await page.getByText('Wat gebeurt er nu?').waitFor();
    await page.locator('summary', { hasText: 'Trek de aanmelding in' }).click();
    await page.getByLabel('vergissing').check();
    await page.getByRole('button', { name: 'Trek de aanmelding in' }).click();
    await page.waitForURL('**?gedaan=referral-withdrawn');
    await site.check(page);
  }, 90_000);
});
