import type { Page } from 'playwright-core';
import type { Site } from './site.js';
import { aCase, type StoryCase } from './stories.js';

/** Somebody of a case on their own page, on the telephone on which the facilitator showed them the link. */
export async function atTheirPage(site: Site, story: StoryCase, { id, isMainPerson }: { id: string; isMainPerson: boolean }): Promise<Page> {
  const shown = await story.facilitator.post(`/v1/circle-members/${id}/links`, { via: 'show' }).expect(201);
  const page = await site.newPage({ width: 390 });
  await site.open(page, new URL((shown.body as { url: string }).url).pathname);
  await page.getByRole('button', { name: 'Ja, open mijn pagina' }).click();
  await page.waitForURL(isMainPerson ? '**/mijn' : '**/kring');
  return page;
}

/** The resident on their own page. The case was looked at. */
export async function residentAtTheTable(site: Site): Promise<Page> {
  const story = await aCase(site.test);
  await story.facilitator.get(`/v1/cases/${story.id}`).expect(200);
  return atTheirPage(site, story, story.resident);
}
