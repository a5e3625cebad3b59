import { Client } from 'pg';
import { linkToken, mailTo } from '../support/mailbox.js';
import { inBrowser } from '../support/site.js';
import { anInvitedCase } from '../support/stories.js';

inBrowser((site) => {
  let stories = 0;

  /** The address in the mail to a neighbour whom nobody else knows. */
  async function mailedLink(): Promise<{ url: string; memberId: string }> {
    stories += 1;
    const email = `joost.${stories}@example.org`;
    const story = await anInvitedCase(site.test, { circle: [{ name: 'Joost Bakker', relation: 'neighbour', email }] });
    return { url: site.url(`/l/${linkToken(await mailTo(site.test.app, email))}`), memberId: story.members.Joost!.id };
  }

  async function sessionsOf(memberId: string): Promise<number> {
    const client = new Client(site.test.database.superuserUrl);
    await client.connect();
    try {
      return (await client.query('select 1 from people_sessions where member_id = $1', [memberId])).rowCount!;
    } finally {
      await client.end();
    }
  }

  it('signs a colleague in with the keyboard alone, after a wrong password that is said on the page', async () => {
    await site.test.staff('Noor Facilitator', 'facilitator');
    const page = await site.newPage();
    await site.open(page, '/werk');
    expect(new URL(page.url()).pathname).toBe('/inloggen');
    await site.check(page);
    await site.tabTo(page, page.getByLabel('E-mailadres'));
    await page.keyboard.type('noor.facilitator@noord.example');
    await site.tabTo(page, page.getByLabel('Wachtwoord'));
    await page.keyboard.type('fout');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    expect(await page.title()).toMatch(/^Let op|^Fout/);
    await site.check(page);
    await site.tabTo(page, page.getByLabel('Wachtwoord'));
    await page.keyboard.type('een lang wachtwoord');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/werk');
  });

  it('opens nothing for a mail scanner that follows a link with a browser, and the page for who presses its button', async () => {
    const { url, memberId } = await mailedLink();
    const scanner = await site.newPage();
    for (let i = 0; i < 3; i += 1) {
      expect((await scanner.goto(url))!.status()).toBe(200);
      await scanner.waitForLoadState('networkidle');
      expect((await scanner.request.head(url)).status()).toBe(200);
    }
    expect(new URL(scanner.url()).pathname).toMatch(/^\/l\//);
    expect((await scanner.context().cookies()).map(({ name }) => name)).not.toContain('session');
    expect(await sessionsOf(memberId)).toBe(0);
    await site.check(scanner);

    const person = await site.newPage();
    await person.goto(url);
    const button = person.getByRole('button', { name: 'Ja, open mijn pagina' });
    await site.tabTo(person, button);
    await person.keyboard.press('Enter');
    await person.waitForURL('**/kring');
    expect(await sessionsOf(memberId)).toBe(1);
  });

  it('says the same to everyone whose link is over', async () => {
    const page = await site.newPage();
    const answer = await site.open(page, `/l/${site.test.organisationId}.${'x'.repeat(43)}`);
    expect(answer.status()).toBe(404);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Deze link werkt niet meer');
    await site.check(page);
  });
});
