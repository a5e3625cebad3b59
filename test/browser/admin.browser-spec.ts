import { mailTo } from '../support/mailbox.js';
import { inBrowser } from '../support/site.js';
import { aCase } from '../support/stories.js';

inBrowser((site) => {
  it('shows an admin who works here, and each account, on a small screen too', async () => {
    await site.test.staff('Anna Admin', 'admin');
    const story = await aCase(site.test, {}, await site.test.staff('Gea Gever', 'facilitator'));
    const page = await site.newPage();
    await site.signIn(page, 'anna.admin@noord.example');
    for (const path of ['/beheer', '/beheer/medewerkers', `/beheer/medewerkers/${story.facilitator.id}`, '/mijn-account']) {
      await site.open(page, path);
      await site.check(page);
    }
    await site.open(page, '/beheer/medewerkers');
    await page.getByRole('button', { name: 'Nodig uit' }).click();
    await site.check(page);
  });

  it('shows a lead the workload, the roster and the handover', async () => {
    const giver = await site.test.staff('Gea Gever', 'facilitator');
    await site.test.staff('Lena Lead', 'lead');
    const page = await site.newPage();
    await site.signIn(page, 'lena.lead@noord.example');
    for (const path of ['/leiding', '/leiding/cijfers', `/leiding/gespreksleiders/${giver.id}/overdragen`]) {
      await site.open(page, path);
      await site.check(page);
    }
  });

  it('shows who forgot a password where to ask, and who has a link where to choose', async () => {
    const page = await site.newPage();
    for (const path of ['/wachtwoord-vergeten', '/welkom/onzin']) {
      await site.open(page, path);
      await site.check(page);
    }
  });

  it('invites a colleague with the keyboard alone, who chooses a password and is in, until the account is closed', async () => {
    const email = `nieuw.${site.javaScript ? 'met' : 'zonder'}@noord.example`;
    await site.test.staff('Anna Admin', 'admin');
    const admin = await site.newPage();
    await site.signIn(admin, 'anna.admin@noord.example');
    await site.open(admin, '/beheer/medewerkers');
    await site.tabTo(admin, admin.getByLabel('Naam'));
    await admin.keyboard.type('Fenna Nieuw');
    await site.tabTo(admin, admin.getByLabel('E-mailadres'));
    await admin.keyboard.type(email);
    await site.tabTo(admin, admin.getByLabel('Gespreksleider'));
    await admin.keyboard.press('Space');
    await site.tabTo(admin, admin.getByRole('button', { name: 'Nodig uit' }));
    await admin.keyboard.press('Enter');
    await admin.waitForURL('**/beheer/medewerkers?gedaan=staff-invited');
    await site.test.deliver();

    const colleague = await site.newPage({ width: 390 });
    const welcome = /\/welkom\/[\w.-]+/.exec((await mailTo(site.test.app, email)).text)![0];
    await site.open(colleague, welcome);
    await colleague.getByLabel('Wachtwoord').fill('kort');
    await colleague.getByRole('button', { name: 'Bewaar en log in' }).click();
    await colleague.getByRole('alert').getByRole('link', { name: /^Wachtwoord/ }).waitFor();
    await site.check(colleague);
    await colleague.getByLabel('Wachtwoord').fill('drie eenden op het ijs');
    await colleague.getByRole('button', { name: 'Bewaar en log in' }).click();
    await colleague.waitForURL('**/werk');
    await site.open(colleague, '/mijn-account');
    await colleague.getByText('Hier ben je nu').waitFor();

    await site.open(admin, '/beheer/medewerkers');
    // The other round of this test leaves a colleague of the same name.
    await admin.getByRole('row', { name: new RegExp(email.replace('.', '\\.')) }).getByRole('link', { name: 'Fenna Nieuw' }).click();
    await admin.getByText('Sluit dit account').click();
    await admin.getByLabel('gaat weg').check();
    await admin.getByRole('button', { name: 'Sluit het account nu' }).click();
    await admin.getByText(/^Gesloten op/).waitFor();
    await site.check(admin);
    await site.open(colleague, '/werk');
    expect(new URL(colleague.url()).pathname).toBe('/inloggen');
  });
});
