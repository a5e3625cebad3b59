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
    for (const path of ['/leiding', `/leiding/gespreksleiders/${giver.id}/overdragen`]) {
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
});
