import type { Page } from 'playwright-core';
import { visitorAtTheTable } from '../support/browser.js';
import { aMeetingStory, invite, plan, slotIn, type MeetingStory } from '../support/meetings.js';
import { inBrowser, type Site } from '../support/site.js';

let stories = 0;

/** The resident of a case in which the resident leads, a quarter of an hour before the meeting, on a tablet. */
async function sanneLeads(site: Site): Promise<{ page: Page; story: MeetingStory; facilitator: string }> {
  const name = `Noor Voorzit ${'abcdefghij'[(stories += 1)]}`;
  const story = await aMeetingStory(site.test, { kind: 'mdo' }, await site.test.staff(name, 'facilitator'));
  await invite(story);
  await plan(story, [slotIn(site.test, 0.25)]);
  const shown = await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'show' }).expect(201);
  const page = await site.newPage({ width: 820 });
  await site.open(page, new URL((shown.body as { url: string }).url).pathname);
  await page.getByRole('button', { name: 'Ja, open mijn pagina' }).click();
  await page.waitForURL('**/mijn');
  return { page, story, facilitator: `${name.toLowerCase().replaceAll(' ', '.')}@noord.example` };
}

inBrowser((site) => {
  it('leads through the meeting step by step, with a rehearsal, a pause, and somebody who takes over', async () => {
    const { page, story, facilitator } = await sanneLeads(site);
    await page.getByRole('link', { name: 'Het gesprek leiden, of eerst oefenen' }).click();
    await page.waitForURL('**/mijn/voorzitten');
    await site.check(page);

    await page.getByRole('link', { name: 'Eerst oefenen' }).click();
    await page.getByText('Er verandert niets. Niemand ziet dat je oefent.').waitFor();
    await site.check(page);
    await page.getByRole('link', { name: 'Stoppen met oefenen' }).click();

    await page.getByRole('button', { name: 'Beginnen' }).click();
    await page.waitForURL('**/mijn/voorzitten?stap=1');
    expect(await page.getByText('ongeveer 5 minuten').count()).toBe(1);
    await site.tabTo(page, page.getByRole('link', { name: 'Volgende' }));
    await page.keyboard.press('Enter');
    await page.getByText('Stap 2 van 10').waitFor();
    await page.reload();
    await page.getByText('Stap 2 van 10').waitFor();
    await site.check(page);
    await page.getByRole('link', { name: 'Even pauze' }).click();
    await page.getByRole('heading', { name: 'Even pauze' }).waitFor();
    await site.check(page);
    await page.getByRole('link', { name: 'Verder met het gesprek' }).click();

    await page.getByRole('link', { name: 'Neem jij het over?' }).click();
    await page.getByRole('button', { name: 'Ja, neem jij het over' }).click();
    await page.getByRole('alert').waitFor();
    await site.check(page);
    await page.getByText('Joost', { exact: true }).click();
    await page.getByRole('button', { name: 'Ja, neem jij het over' }).click();
    await page.getByText('Joost leidt nu het gesprek.').first().waitFor();
    await site.check(page);
    await page.getByRole('link', { name: 'Op papier, om te printen' }).click();
    await page.getByRole('heading', { name: 'Draaiboek voor het gesprek' }).waitFor();
    await site.check(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('link', { name: 'Snel weg' }).isVisible()).toBe(false);
    expect(await page.getByRole('heading', { name: 'Draaiboek voor het gesprek' }).isVisible()).toBe(true);

    const joost = await visitorAtTheTable(site.test, story, story.members.Joost!.id);
    expect((await joost.open('/kring/voorzitten')).text).toContain('Stap');

    const work = await site.newPage();
    await site.signIn(work, facilitator);
    await site.open(work, `/werk/trajecten/${story.reference}/draaiboek`);
    await work.getByRole('combobox', { name: 'Wie leidt het' }).selectOption({ label: 'Wie het aangaat leidt het zelf' });
    await work.getByRole('button', { name: 'Vastleggen' }).click();
    await work.getByText('Vastgelegd wie het gesprek leidt.').waitFor();
    await site.check(work);
  });

  it('says about how long a step still takes, and never that it is over time', async () => {
    if (!site.javaScript) return;
    const { page } = await sanneLeads(site);
    await page.clock.install();
    await site.open(page, '/mijn/voorzitten?stap=4');
    const time = page.locator('[data-minutes]');
    expect(await time.textContent()).toBe('ongeveer 10 minuten');
    await page.clock.runFor(4 * 60_000);
    expect(await time.textContent()).toBe('nog ongeveer 6 minuten');
    await page.clock.runFor(4 * 60_000);
    expect(await time.textContent()).toBe('nog een paar minuten');
    await page.clock.runFor(20 * 60_000);
    expect(await time.textContent()).toBe('neem rustig de tijd');
  });
});
