import { inBrowser } from '../support/site.js';
import { aSharedPlan } from '../support/plan-paper.js';

inBrowser((site) => {
  it('shows the plan to a main person, reads it aloud where the browser has a voice, and leads to the PDF', async () => {
    const { story } = await aSharedPlan(site.test);
    const link = await story.facilitator.post(`/v1/circle-members/${story.resident.id}/links`, { via: 'show' }).expect(201);
    const page = await site.newPage({ width: 390 });
    await page.addInitScript(() => {
      const said: string[] = [];
      const voice = { cancel: () => undefined, speak: (one: { text: string }) => said.push(one.text) };
      Object.defineProperty(globalThis, 'speechSynthesis', { value: voice });
      Object.assign(globalThis, { said });
    });
    await site.open(page, new URL((link.body as { url: string }).url).pathname);
    await page.getByRole('button', { name: 'Ja, open mijn pagina' }).click();
    await page.waitForURL('**/mijn');
    await page.getByRole('link', { name: 'Het hele plan lezen, laten voorlezen of printen' }).click();
    await page.waitForURL('**/mijn/plan');
    await site.check(page);
    expect(await page.getByRole('link', { name: 'Bewaar als PDF, om te printen' }).getAttribute('href')).toBe('/mijn/plan.pdf');
    const listen = page.getByRole('button', { name: 'Lees voor' });
    expect(await listen.count()).toBe(site.javaScript ? 1 : 0);
    if (!site.javaScript) return;
    await listen.click();
    await page.getByRole('button', { name: 'Stop met voorlezen' }).waitFor();
    expect(await page.evaluate(() => (globalThis as unknown as { said: string[] }).said)).toEqual(['Ons plan']);
    await site.axe(page);
  });
});
