import type { Page } from 'playwright-core';
import { atTheirPage } from '../support/at-the-table.js';
import { aTable, type TableStory } from '../support/private-time.js';
import { aSafePlan, SAFE } from '../support/safety.js';
import { inBrowser } from '../support/site.js';

inBrowser((site) => {
  const of = (story: TableStory, name: string): Promise<Page> => atTheirPage(site, story, story.members[name]!);
  const atWork = async (story: TableStory, path: string): Promise<Page> => {
    const page = await site.newPage();
    await site.signIn(page, `noor.${story.mail('x').slice(2, -'@example.org'.length)}@noord.example`);
    await site.open(page, path);
    return page;
  };

  it('gives the circle time by itself with the keyboard alone, and lets it call somebody in', async () => {
    const story = await aTable(site.test);
    const sanne = await of(story, 'Sanne');
    await site.tabTo(sanne, sanne.getByRole('link', { name: 'Naar de tafel' }));
    await sanne.keyboard.press('Enter');
    await sanne.waitForURL('**/mijn/aan-tafel');
    expect(await sanne.title()).toBe('Aan tafel – Netwerkberaad');
    await site.check(sanne);
    await site.tabTo(sanne, sanne.getByRole('button', { name: 'Wij gaan nu apart' }));
    await sanne.keyboard.press('Enter');
    await sanne.waitForURL('**/mijn/aan-tafel?gedaan=private-time-started');
    await sanne.getByText('Jullie hebben nu besloten tijd').waitFor();
    await site.check(sanne);

    await sanne.getByText('Haal iemand erbij').click();
    await sanne.getByRole('button', { name: 'Haal deze persoon erbij' }).click();
    await sanne.getByRole('alert').waitFor();
    await site.check(sanne);
    await sanne.getByRole('radio', { name: 'Karim' }).check();
    await sanne.getByRole('button', { name: 'Haal deze persoon erbij' }).click();
    await sanne.waitForURL('**/mijn/aan-tafel?gedaan=called-in');
    await site.check(sanne);
    await sanne.getByRole('button', { name: 'Is weer weg' }).click();
    await sanne.waitForURL('**/mijn/aan-tafel?gedaan=called-out');
    await sanne.getByRole('button', { name: 'Wij zijn klaar met de besloten tijd' }).click();
    await sanne.waitForURL('**/mijn/aan-tafel?gedaan=private-time-ended');
    await sanne.getByRole('button', { name: 'Wij gaan nog een keer apart' }).waitFor();
  });

  it('tells who is outside what goes on, and nothing of what is written', async () => {
    const story = await aTable(site.test);
    const sanne = await story.as('Sanne');
    await sanne.post(`${story.path}/private-time`, { event: 'start' }).expect(200);
    await sanne.put(`/v1/cases/${story.id}/statements/${story.resident.id}`, { want: 'Alleen van ons', can: 'Koken', need: 'Rust' }).expect(200);
    const karim = await of(story, 'Karim');
    await karim.getByText('De kring heeft nu besloten tijd').waitFor();
    await karim.getByRole('link', { name: 'Naar de tafel' }).click();
    await karim.getByText('Je hoort het als de kring je erbij haalt').waitFor();
    await site.check(karim);
    const noor = await atWork(story, `/werk/trajecten/${story.reference}`);
    await noor.getByText('De kring heeft nu besloten tijd').first().waitFor();
    expect(await noor.getByText('Alleen van ons').count()).toBe(0);
    await site.check(noor);
  });

  it('lets a main person name who writes, who then keeps their words when somebody else was just before', async () => {
    const story = await aTable(site.test, { kind: 'netwerkberaad' });
    const sanne = await of(story, 'Sanne');
    await sanne.getByRole('link', { name: 'Naar de tafel' }).click();
    await sanne.getByRole('combobox', { name: 'Wie schrijft' }).selectOption({ label: 'Ria' });
    await sanne.getByRole('button', { name: 'Bewaar wie schrijft' }).click();
    await sanne.waitForURL('**/mijn/aan-tafel?gedaan=scribe-named');
    const ria = await of(story, 'Ria');
    await site.tabTo(ria, ria.getByRole('link', { name: 'Schrijf mee aan het plan' }));
    await ria.keyboard.press('Enter');
    await ria.waitForURL('**/kring/meeschrijven');
    await ria.locator('.task', { hasText: 'Nog een doel' }).getByRole('textbox').fill('Rust in huis');
    await ria.getByRole('button', { name: 'Zet deze regel erbij' }).first().click();
    await ria.waitForURL('**/kring/meeschrijven?gedaan=line');

    await site.open(sanne, '/mijn/meeschrijven');
    const goal = (page: Page): ReturnType<Page['locator']> => page.locator('.task', { hasText: 'Doel 1' });
    await goal(sanne).getByRole('textbox').fill('Rust in huis en op school');
    await goal(sanne).getByRole('button', { name: 'Bewaar deze regel' }).click();
    await sanne.waitForURL('**/mijn/meeschrijven?gedaan=line');
    await goal(ria).getByRole('textbox').fill('Rust in huis voor de kinderen');
    await goal(ria).getByRole('button', { name: 'Bewaar deze regel' }).click();
    await ria.getByText('Iemand was je net voor').waitFor();
    await goal(ria).getByText('Rust in huis en op school').waitFor();
    expect(await goal(ria).getByRole('textbox').inputValue()).toBe('Rust in huis voor de kinderen');
    await site.check(ria);
    await goal(ria).getByRole('button', { name: 'Zet mijn woorden erin' }).click();
    await ria.waitForURL('**/kring/meeschrijven?gedaan=line');
  });

  it('lets who named what must be safe say what is still needed, which the circle reads beside its plan', async () => {
    const { story } = await aSafePlan(site.test);
    const karim = await atTheirPage(site, story, story.members.Karim!);
    await site.tabTo(karim, karim.getByRole('link', { name: '2 punten wachten op jou' }));
    await karim.keyboard.press('Enter');
    await karim.waitForURL('**/kring/veilig');
    await site.check(karim);
    const first = karim.locator('article', { hasText: SAFE[0] });
    await first.getByText('Nee, er is nog iets nodig').click();
    await first.getByRole('button', { name: 'Laat het weten' }).click();
    await karim.getByRole('alert').waitFor();
    await site.check(karim);
    await first.getByLabel('Wat is er nog nodig?').fill('Op woensdag is er niemand');
    await first.getByRole('button', { name: 'Laat het weten' }).click();
    await karim.getByText('De kring past het plan aan').waitFor();
    await site.check(karim);

    const sanne = await atTheirPage(site, story, story.resident);
    await sanne.getByText('Jullie plan komt nog een keer terug').waitFor();
    await sanne.getByText('Op woensdag is er niemand').waitFor();
    await site.check(sanne);
    const ria = await atTheirPage(site, story, story.members.Ria!);
    await ria.getByRole('link', { name: 'Het hele plan lezen' }).click();
    await ria.getByText('Op woensdag is er niemand').waitFor();
    await site.check(ria);
  });
});
