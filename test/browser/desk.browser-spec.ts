import type { Page } from 'playwright-core';
import { inBrowser, type Site } from '../support/site.js';
import { linkToken, mailTo } from '../support/mailbox.js';
import { anInvitedCase, type StoryCase } from '../support/stories.js';

const slots = [
  { startsAt: '2026-11-24T19:00:00+01:00', endsAt: '2026-11-24T21:00:00+01:00' },
  { startsAt: '2026-11-25T14:00:00+01:00', endsAt: '2026-11-25T16:00:00+01:00' },
];

let stories = 0;

/** A case with dates to choose from, and someone with a mail address of their own. */
async function polled({ test }: Site): Promise<StoryCase & { joost: string }> {
  stories += 1;
  const joost = `joost.${stories}@example.org`;
  const circle = [
    { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' },
    { name: 'Joost Bakker', relation: 'neighbour', email: joost },
  ];
  const story = await anInvitedCase(test, { circle });
  const place = { type: 'other', address: 'Buurthuis De Klomp' };
  await story.facilitator.post(`/v1/cases/${story.id}/meetings`, { place, slots }).expect(201);
  return { ...story, joost };
}

/** Presses the button of a personal link. */
async function enter(site: Site, path: string): Promise<Page> {
  const page = await site.newPage({ width: 390 });
  await site.open(page, path);
  await page.getByRole('button', { name: 'Ja, open mijn pagina' }).click();
  return page;
}

inBrowser((site) => {
  it('shows everyone what this is', async () => {
    const page = await site.newPage();
    await site.open(page, '/');
    await site.check(page);
  });

  it.each<[what: string, html: string, said: string]>([
    // Axe needs scripts.
    ...(site.javaScript ? [['a picture without words', '<img src="/assets/none.svg">', 'image-alt'] as [string, string, string]] : []),
    ['what is wider than a small screen', '<pre>' + 'breed '.repeat(200) + '</pre>', 'wide'],
    ['a style that the Content-Security-Policy forbids', '<p style="font-style: italic">schuin</p>', 'Content Security Policy'],
  ])('would notice %s', async (_, html, said) => {
    const page = await site.newPage();
    await site.open(page, '/');
    await page.locator('main').evaluate((main, added) => main.insertAdjacentHTML('beforeend', added), html);
    await expect(site.check(page)).rejects.toThrow(said);
  });

  it('lets a circle member choose a date with the keyboard, on a page that holds for everyone', async () => {
    const story = await polled(site);
    const page = await enter(site, `/l/${linkToken(await mailTo(site.test.app, story.joost))}`);
    await page.waitForURL('**/kring');
    await site.check(page);
    await site.tabTo(page, page.getByRole('button', { name: /^Ja/ }).first());
    await page.keyboard.press('Enter');
    await page.waitForURL('**/kring?gedaan=answer');
    await site.check(page);
  });

  it('shows a main person what is theirs', async () => {
    const story = await polled(site);
    const link = await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'show' }).expect(201);
    const page = await enter(site, new URL((link.body as { url: string }).url).pathname);
    await page.waitForURL('**/mijn');
    await site.check(page);
  });

  it('shows a facilitator the day and a case', async () => {
    const story = await polled(site);
    const page = await site.newPage();
    await site.signIn(page, 'noor.facilitator@noord.example');
    await site.check(page);
    await page.locator(`a[href="/werk/trajecten/${story.reference}"]`).first().click();
    await page.waitForURL(`**/werk/trajecten/${story.reference}`);
    await site.check(page);
  });
});
