import { atTheirPage } from '../support/at-the-table.js';
import { aSharedPlan } from '../support/plan-paper.js';
import { aMetCase, fixPlan, writeDraft } from '../support/plans.js';
import { inBrowser } from '../support/site.js';

inBrowser((site) => {
  it('lets a main person say their three sentences again, and read back what they said before', async () => {
    const { story } = await aSharedPlan(site.test);
    await story.facilitator.put(`/v1/cases/${story.id}/legal-form`, { form: 'personal-plan' }).expect(200);
    const sanne = await atTheirPage(site, story, story.resident);
    expect(await sanne.title()).toBe('Mijn pagina – Netwerkberaad');
    await sanne.getByText('Dit plan is een persoonlijk plan.').waitFor();
    await site.check(sanne);
    const want = sanne.getByLabel('Ik wil');
    await want.fill('');
    await sanne.locator('#zinnen ~ form').getByRole('button', { name: 'Bewaar' }).click();
    await sanne.getByRole('alert').waitFor();
    await site.check(sanne);
    await sanne.getByLabel('Ik wil').fill('Rust, en de kinderen naar school');
    await site.tabTo(sanne, sanne.locator('#zinnen ~ form').getByRole('button', { name: 'Bewaar' }));
    await sanne.keyboard.press('Enter');
    await sanne.waitForURL('**/mijn?gedaan=own-statement');
    await sanne.getByRole('link', { name: 'Bekijk wat je eerder zei' }).click();
    await sanne.waitForURL('**/mijn/zinnen');
    await sanne.getByText('Rust in huis').waitFor();
    await sanne.getByText('Rust, en de kinderen naar school').waitFor();
    await site.check(sanne);
    await sanne.getByRole('button', { name: 'Bewaar' }).click();
    await sanne.waitForURL('**/mijn/zinnen?gedaan=own-preconditions');
    await site.check(sanne);
  });

  it('lets a main person say no with what is wrong, and yes later; the no stays beside the plan', async () => {
    const { story } = await aSharedPlan(site.test);
    const sanne = await atTheirPage(site, story, story.resident);
    await sanne.getByRole('region', { name: 'Mijn plan' }).getByLabel('Wil je er iets bij zeggen?').fill('De schuldhulp duurt te lang');
    await site.tabTo(sanne, sanne.getByRole('button', { name: 'Nee, nog niet' }));
    await sanne.keyboard.press('Enter');
    await sanne.waitForURL('**/mijn?gedaan=agreement');
    await sanne.getByText('Je staat nog niet achter dit plan').waitFor();
    await site.check(sanne);
    await sanne.getByText('Sta je er nu wel achter?').click();
    await sanne.getByRole('button', { name: 'Ja, ik sta erachter' }).click();
    await sanne.getByText('Je hebt ja gezegd tegen dit plan').waitFor();
    await sanne.getByRole('link', { name: 'Het hele plan lezen' }).click();
    await sanne.getByText('De schuldhulp duurt te lang').waitFor();
    expect(await sanne.title()).toBe('Het plan – Netwerkberaad');
    await site.check(sanne);
    await sanne.emulateMedia({ media: 'print' });
    expect(await sanne.getByRole('link', { name: 'Snel weg' }).isVisible()).toBe(false);
    expect(await sanne.getByRole('heading', { name: 'Wie doet wat' }).isVisible()).toBe(true);
  });

  it('shows what is different in the newer version, the sheet of oneself, and to a member their own', async () => {
    const { story } = await aSharedPlan(site.test);
    await writeDraft(story, { goals: [{ text: 'Een fijne buurt' }], commitments: [{ memberId: story.members.Ria!.id, text: 'Elke zondag samen eten', every: 'week' }] });
    await fixPlan(story);
    const sanne = await atTheirPage(site, story, story.resident);
    await sanne.getByRole('link', { name: 'Bekijk alle versies, en wat er anders is' }).click();
    await sanne.getByRole('heading', { name: 'Wat er anders is in versie 2 dan in versie 1' }).waitFor();
    await site.check(sanne);
    const ria = await atTheirPage(site, story, story.members.Ria!);
    await site.check(ria);
    await ria.getByRole('link', { name: 'Een blad met alleen wat ik doe' }).click();
    await ria.waitForURL('**/kring/mijn-blad');
    expect(await ria.title()).toBe('Wat ik doe – Netwerkberaad');
    await site.check(ria);
    await site.open(ria, '/kring/plan?versie=1');
    await site.check(ria);
    await site.open(ria, '/kring/plan?versie=9');
    await site.check(ria);
  });

  it('asks the JIM too whether they stand behind the plan', async () => {
    const circle = [{ name: 'Joost Bakker', relation: 'jim', email: 'joost@example.org' }, { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' }];
    const story = await aMetCase(site.test, ['Sanne', 'Joost'], { kind: 'jim', circle });
    await writeDraft(story, { goals: [{ text: 'Weer naar school' }], commitments: [{ memberId: story.members.Joost!.id, text: 'Elke ochtend bellen', every: 'day' }] });
    await fixPlan(story);
    await story.facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/approval`, { by: 'main-person' }).expect(200);
    const joost = await atTheirPage(site, story, story.members.Joost!);
    await joost.getByRole('link', { name: 'Het hele plan lezen' }).click();
    await site.check(joost);
    await site.tabTo(joost, joost.getByRole('button', { name: 'Ja, ik sta erachter' }));
    await joost.keyboard.press('Enter');
    await joost.getByText('Je hebt ja gezegd tegen dit plan').waitFor();
    await site.check(joost);
  });
});
