import type { Locator, Page } from 'playwright-core';
import { aMeetingStory, invite, type MeetingStory } from '../support/meetings.js';
import { raise } from '../support/obstacles.js';
import { fixPlan, report, writeDraft } from '../support/plans.js';
import { inBrowser, type Site } from '../support/site.js';

let stories = 0;

interface AtWork {
  story: MeetingStory;
  page: Page;
  /** Of the promise of Ria, Joost or Sanne. */
  idOf: (name: string) => string;
  at: string;
}

/** A plan that is carried, with its facilitator signed in on a laptop. */
async function atWork(site: Site): Promise<AtWork> {
  const name = `Noor Plant ${'abcdefghijklmnop'[(stories += 1)]}`;
  const who = await site.test.staff(name, 'facilitator');
  const story = await aMeetingStory(site.test, {}, who);
  await invite(story);
  const names = ['Sanne', 'Ria', 'Joost'];
  const what: Record<string, string> = { Sanne: 'De schuldhulp bellen', Ria: 'Elke maandag mee naar de markt', Joost: 'De brief aan de woningcorporatie nakijken' };
  await writeDraft(story, {
    goals: [{ text: 'In dit huis blijven wonen' }],
    commitments: names.map((one) => ({ memberId: story.members[one]!.id, text: what[one]!, dueOn: '2026-11-17' })),
  });
  const plan = await fixPlan(story);
  for (const { id } of plan.commitments) await report(who, id, 'promised', 'op hun woord, gebeld');
  await who.post(`/v1/plans/${plan.id}/agreements`, { memberId: story.resident.id, agrees: true }).expect(201);
  const page = await site.newPage();
  await site.signIn(page, `${name.toLowerCase().replaceAll(' ', '.')}@noord.example`);
  const idOf = (one: string): string => plan.commitments.find(({ memberId }) => memberId === story.members[one]!.id)!.id;
  return { story, page, idOf, at: `/werk/trajecten/${story.reference}` };
}

const sectionOf = (page: Page, heading: string): Locator => page.locator('section', { has: page.getByRole('heading', { name: heading, exact: true }) });

inBrowser((site) => {
  it('shows the facilitator the plan, what is asked around it, and takes an answer', async () => {
    const { story, page, idOf, at } = await atWork(site);
    await story.facilitator.post(`/v1/commitments/${idOf('Joost')}/passing-on`, { memberId: story.members.Ria!.id, note: 'Ik ben een maand weg' }).expect(201);
    await story.facilitator.post(`/v1/commitments/${idOf('Ria')}/help`, { text: 'De auto is kapot', share: true }).expect(200);
    await site.open(page, '/werk');
    await site.check(page);
    await page.getByRole('link', { name: 'Joost' }).first().click();
    await page.waitForURL(`**${at}#gevraagd`);
    const asked = sectionOf(page, 'Wat mensen vragen en aanbieden');
    await asked.getByText('Ik ben een maand weg').waitFor();
    await asked.locator('summary', { hasText: 'Noteer wie wil helpen' }).click();
    await asked.getByLabel('Wie wil helpen?').selectOption({ label: 'Joost' });
    await asked.getByLabel('Waarmee?').fill('Ik rijd wel');
    await asked.getByRole('button', { name: 'Noteer', exact: true }).click();
    await asked.getByText('Ik rijd wel').waitFor();
    await site.check(page);
    await asked.getByRole('button', { name: 'Zegt ja, op hun woord' }).click();
    await page.waitForURL('**?gedaan=noted');
    await page.getByText('Joost vraagt of Ria dit overneemt').waitFor({ state: 'detached' });
    await page.locator(`#afspraak-${idOf('Joost')}`, { hasText: 'Ria' }).waitFor();
  });

  it('is read on the page of the case and written on a page of its own, in the order that people want', async () => {
    const { page, at } = await atWork(site);
    await site.open(page, `${at}#plan`);
    await sectionOf(page, 'Plan').getByRole('link', { name: 'Schrijf aan het plan' }).click();
    await page.waitForURL('**/plan/schrijven');
    const added = page.locator('.task', { hasText: 'Nog een doel' });
    await added.getByRole('textbox').fill('Rust in huis');
    await added.getByRole('button', { name: 'Zet deze regel erbij' }).click();
    const second = page.locator('.task', { hasText: 'Doel 2' });
    await second.getByRole('textbox').fill('Rust in ons huis');
    await second.getByRole('button', { name: 'Zet deze regel hoger' }).click();
    await page.locator('.task', { hasText: 'Doel 1' }).getByText('Rust in ons huis').waitFor();
    await site.check(page);
    await page.getByRole('link', { name: 'Terug naar het traject' }).click();
    await page.waitForURL(`**${at}#plan`);
    const plan = sectionOf(page, 'Plan');
    await plan.getByText('Rust in ons huis').waitFor();
    expect(await plan.getByRole('textbox').count()).toBe(0);
    await site.check(page);
    await plan.getByRole('button', { name: 'Leg het plan vast' }).click();
    await plan.getByText('Versie 2').waitFor();
  });

  it('shows what is in the way, whose move it is, and takes it away', async () => {
    const { story, page, idOf, at } = await atWork(site);
    await raise(story.facilitator, idOf('Joost'));
    await site.open(page, `${at}#afspraken`);
    await sectionOf(page, 'Wie doet wat').getByText('De corporatie belt niet terug').waitFor();
    await page.getByRole('link', { name: 'Doe hier iets aan' }).click();
    await page.waitForURL('**/belemmeringen');
    await site.check(page);
    const save = page.getByRole('button', { name: 'Noteren' });
    await page.locator('#erbij ~ form').getByLabel('Welke afspraak?').selectOption({ index: 1 });
    await page.locator('#erbij ~ form').getByLabel('Wat zit er in de weg?').fill('Er is geen geld voor de bus');
    await save.click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('Er is geen geld voor de bus').inputValue()).toBe('Er is geen geld voor de bus');
    await site.check(page);
    await page.locator('summary', { hasText: 'Het is weg' }).click();
    await page.getByLabel('Hoe is het gelukt?').fill('Ze belden');
    await page.getByRole('button', { name: 'Het is weg' }).click();
    await page.getByText('is weg', { exact: true }).waitFor();
  });

  it('sorts every promise after six weeks, also what is in the way, without leaving the page', async () => {
    const { story, page, idOf, at } = await atWork(site);
    await site.open(page, `${at}/zes-weken`);
    await site.check(page);
    const promise = page.locator('article', { hasText: 'De brief aan de woningcorporatie nakijken' });
    await promise.locator('summary', { hasText: 'Er zit iets in de weg' }).click();
    await promise.getByLabel('Wat zit er in de weg?').fill('De brief komt maar niet');
    await promise.getByRole('button', { name: 'Noteren' }).click();
    await page.getByRole('alert').waitFor();
    expect(await promise.getByLabel('Wat zit er in de weg?').inputValue()).toBe('De brief komt maar niet');
    await site.check(page);
    await promise.getByText('een instantie').click();
    await promise.getByLabel('Of: welke organisatie is aan zet?').fill('Woonstad');
    await promise.getByRole('button', { name: 'Noteren' }).click();
    await page.waitForURL('**/zes-weken?gedaan=noted');
    await sectionOf(page, 'Er zit iets in de weg (1)').getByText('Woonstad').waitFor();
    await site.check(page);
    const { body } = await story.facilitator.get(`/v1/commitments/${idOf('Joost')}`).expect(200);
    expect(body).toMatchObject({ state: 'blocked', obstacles: [{ category: 'agency', whoseMove: { organisation: 'Woonstad' } }] });
  });

  it('says when somebody else wrote in the plan, and shows it without a word of what is being typed lost', async () => {
    const { story, page, at } = await atWork(site);
    await site.open(page, `${at}/plan/schrijven`);
    const mine = page.locator('.task', { hasText: 'Nog een doel' }).getByRole('textbox');
    await mine.fill('Half getypt');
    await story.facilitator.post(`/v1/cases/${story.id}/plan-draft/goals`, { text: 'Van een ander' }).expect(201);
    if (site.javaScript) {
      await page.getByText('Er is iets nieuws.').waitFor();
      await site.check(page);
      const look = page.getByRole('button', { name: 'Bekijk het' });
      // Signed out meanwhile: what comes is another page.
      await page.route(page.url(), (route) => route.fulfill({ contentType: 'text/html', body: 'Log in' }));
      await Promise.all([page.waitForResponse(page.url()), look.click()]);
      await page.unroute(page.url());
      expect(await mine.inputValue()).toBe('Half getypt');
      await look.click();
      await page.locator('.task', { hasText: 'Doel 2' }).getByText('Van een ander').waitFor();
      expect(await mine.inputValue()).toBe('Half getypt');
      await page.getByText('Er is iets nieuws.').waitFor({ state: 'hidden' });
      await page.locator('.task', { hasText: 'Nog een doel' }).getByRole('button', { name: 'Zet deze regel erbij' }).click();
      await page.locator('.task', { hasText: 'Doel 3' }).getByText('Half getypt').waitFor();
    } else {
      expect(await page.getByText('Er is iets nieuws.').isVisible()).toBe(false);
      await page.getByRole('link', { name: 'Kijk wat anderen net schreven' }).click();
      await page.locator('.task', { hasText: 'Doel 2' }).getByText('Van een ander').waitFor();
    }
  });
});
