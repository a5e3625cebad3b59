import { atTheirPage } from '../support/at-the-table.js';
import { aPromise, inTheWay, raise } from '../support/obstacles.js';
import { aCarriedPlan } from '../support/six-weeks.js';
import { inBrowser } from '../support/site.js';

inBrowser((site) => {
  it('lets somebody of the circle say what is in the way, and the facilitator see whose move it is', async () => {
    const { story } = await aPromise(site.test);
    const joost = await atTheirPage(site, story, story.members.Joost!);
    await site.check(joost);
    const stuck = joost.locator('details', { hasText: 'Ik loop vast' });
    await site.tabTo(joost, stuck.locator('summary'));
    await joost.keyboard.press('Enter');
    await stuck.getByRole('button', { name: 'Laat het weten' }).click();
    await joost.getByRole('alert').waitFor();
    await site.check(joost);
    await stuck.getByLabel('Wat zit er in de weg?').fill('De corporatie belt niet terug');
    await stuck.getByText('een instantie').click();
    await stuck.getByLabel('Welke organisatie kan het oplossen?').fill('Woonstad');
    await stuck.getByRole('button', { name: 'Laat het weten' }).click();
    await joost.getByText('Je gespreksleider kijkt mee').waitFor();
    await site.check(joost);

    const noor = await site.newPage();
    await site.signIn(noor, 'noor.facilitator@noord.example');
    const page = `/werk/trajecten/${story.reference}/belemmeringen`;
    await site.open(noor, page);
    await site.check(noor);
    await noor.getByText('Iemand anders is aan zet').first().click();
    await noor.getByRole('button', { name: 'Iemand anders is aan zet' }).click();
    await noor.getByRole('alert').waitFor();
    await site.check(noor);
    await noor.locator('details[open]').getByLabel('Iemand uit de kring').selectOption({ label: 'Ria de Wit' });
    await noor.getByRole('button', { name: 'Iemand anders is aan zet' }).click();
    await noor.waitForURL(`**${page}?gedaan=noted`);
    const ria = await atTheirPage(site, story, story.members.Ria!);
    await ria.getByText('Jij bent aan zet').waitFor();
    expect(await ria.getByText('belt niet terug').count()).toBe(0);
    await site.check(ria);
  });

  it('shows the lead what stands long without a name, and the resident the mail before it goes', async () => {
    const { story, joost, commitmentId } = await aPromise(site.test);
    // The lead's list is of the whole organisation.
    const which = site.javaScript ? 'een' : 'twee';
    const lead = `Lena Leiding ${which}`;
    await site.test.staff(lead, 'lead');
    await raise(joost, commitmentId, { ...inTheWay, whoseMove: { organisation: `Belkantoor ${which}` } });
    site.test.clock.advance({ days: 14 });
    await site.test.deliver();
    const lena = await site.newPage({ width: 1280 });
    await site.signIn(lena, `${lead.toLowerCase().replaceAll(' ', '.')}@noord.example`);
    await site.open(lena, '/leiding/belemmeringen');
    await lena.getByRole('row', { name: new RegExp(story.reference) }).waitFor();
    const another = lena.getByRole('group', { name: 'Nog een organisatie' }).first();
    await another.getByLabel('Organisatie').fill(`Belkantoor ${which}`);
    await another.getByLabel('Naam van de directeur').fill('Karin de Baas');
    await another.getByLabel('Mailadres').fill('karin');
    await lena.getByRole('button', { name: 'Bewaren' }).click();
    await lena.getByRole('alert').waitFor();
    await site.check(lena);
    await another.getByLabel('Mailadres').fill('karin@belkantoor.example');
    await lena.getByRole('button', { name: 'Bewaren' }).click();
    await lena.getByText('Genoteerd').waitFor();
    await site.check(lena);

    await site.test.deliver();
    const facilitator = await site.test.staff('Noor Facilitator', 'facilitator');
    const sanne = await atTheirPage(site, { ...story, facilitator }, story.resident);
    await sanne.getByRole('heading', { name: 'Een tekst om te lezen' }).waitFor();
    await site.check(sanne);
    await site.tabTo(sanne, sanne.getByRole('button', { name: 'Ja, mag weg' }));
    await sanne.keyboard.press('Enter');
    await sanne.waitForURL('**/mijn?gedaan=answer');
    expect(await sanne.getByRole('heading', { name: 'Een tekst om te lezen' }).count()).toBe(0);
  });

  it('asks everyone after six weeks how it went, with two marks and a sentence that can be taken back', async () => {
    const story = await aCarriedPlan(site.test);
    await story.facilitator.post(`/v1/commitments/${story.plan.commitments[0]!.id}/progress`, { state: 'done', note: 'Op hun woord' }).expect(200);
    await story.later({ days: 42 });
    const sanne = await atTheirPage(site, story, story.resident);
    await sanne.getByText('1 van de 3 afspraken loopt of is klaar.').waitFor();
    await site.check(sanne);
    const joost = await atTheirPage(site, story, story.members.Joost!);
    await site.tabTo(joost, joost.getByRole('link', { name: 'Geef je cijfers' }));
    await joost.keyboard.press('Enter');
    await joost.waitForURL('**/kring/cijfers');
    await site.check(joost);
    await joost.getByRole('button', { name: 'Bewaar' }).click();
    await joost.getByRole('alert').waitFor();
    await site.check(joost);
    await joost.getByLabel('Het samenzijn').selectOption('8');
    await joost.getByLabel('Wat wil je erover zeggen?').fill('Fijn dat opa er was');
    await joost.getByLabel('Ja, dat mag').check();
    await joost.getByRole('button', { name: 'Bewaar' }).click();
    await joost.waitForURL('**/kring/cijfers?gedaan=answer');
    expect(await joost.getByLabel('Ja, dat mag').isChecked()).toBe(true);
    await joost.getByRole('link', { name: 'Terug naar je pagina' }).click();
    await joost.getByRole('link', { name: 'Bekijk of verander je cijfers' }).click();
    await joost.waitForURL('**/kring/cijfers');
    await joost.getByLabel('Ja, dat mag').uncheck();
    await joost.getByRole('button', { name: 'Bewaar' }).click();
    await joost.waitForURL('**/kring/cijfers?gedaan=answer');
    expect(await joost.getByLabel('Ja, dat mag').isChecked()).toBe(false);
    await site.check(joost);

    const noor = await site.newPage({ width: 1280 });
    await site.signIn(noor, story.email);
    await site.open(noor, `/werk/trajecten/${story.reference}/zes-weken`);
    await site.check(noor);
  });
});
