import { anOidcProvider, oidcSettings, type OidcProvider } from '../support/oidc.js';
import { somePort } from '../support/service.js';
import { inBrowser } from '../support/site.js';

let provider: OidcProvider;
afterAll(() => provider?.stop());

inBrowser(
  (site) => {
    it('signs a colleague in at their own organisation, brings them where they wanted to be, and out again', async () => {
      // The provider lives by the machine's clock.
      site.test.clock.set(new Date());
      const account = { name: 'Fenna Nieuw', email: 'fenna@noord.example', email_verified: true, roles: ['leiders'] };
      await provider.tell({ accounts: { fenna: account } });
      const page = await site.newPage();
      await site.open(page, '/werk');
      await site.check(page);
      await site.tabTo(page, page.getByRole('link', { name: 'Inloggen via je organisatie' }));
      await page.keyboard.press('Enter');
      await page.waitForURL(`${provider.issuer}/**`);
      await page.locator('[name=login]').fill('fenna');
      await page.locator('[name=password]').fill('x');
      await page.locator('[type=submit]').click();
      await page.locator('[name=prompt][value=consent]').waitFor({ state: 'attached' });
      await page.locator('[type=submit]').click();
      await page.waitForURL(site.url('/werk'));
      expect(await page.locator('header').textContent()).toContain('Fenna Nieuw');
      await page.getByRole('button', { name: 'Uitloggen' }).click();
      await page.waitForURL(site.url('/inloggen?gedaan=signed-out-here'));
      await site.fits(page);
      await site.axe(page);
      await page.getByRole('link', { name: 'Ook bij je organisatie uitloggen' }).click();
      await page.waitForURL(`${provider.issuer}/session/end**`);
    });

    it('says on the page that somebody did not come in, and leads to another try', async () => {
      const page = await site.newPage();
      const answer = await site.open(page, '/inloggen/oidc/terug?code=x&state=y');
      expect(answer.status()).toBe(401);
      await page.getByRole('alert').waitFor();
      await site.check(page);
      expect(await page.getByRole('link', { name: 'Inloggen via je organisatie' }).getAttribute('href')).toBe('/inloggen/oidc');
    });
  },
  async (port) => {
    provider = anOidcProvider((await somePort()).port, `http://localhost:${port}`);
    await provider.start();
    return { oidc: oidcSettings(provider.issuer) };
  },
);
