import { MESSAGE_LANGUAGES } from '../src/texts/message-languages.js';
import { planPaperTexts } from '../src/texts/plan-paper.js';
import { startApp, type TestApp } from './support/app.js';
import { aVisitor, type Visitor } from './support/browser.js';
import { elements, readPdf } from './support/pdf.js';
import { aSharedPlan, CIRCLE } from './support/plan-paper.js';
import { fixPlan, writeDraft } from './support/plans.js';
import { aCase, type StoryCase } from './support/stories.js';

let test: TestApp;
beforeAll(async () => (test = await startApp()));
afterAll(() => test.stop());

const idOf = (story: StoryCase, name: string): string => (story.members[name] ?? story.resident).id;

/** Somebody who opened the link that was shown at the table. */
async function byLink(story: StoryCase, name: string): Promise<Visitor> {
  const link = await story.facilitator.post(`/v1/circle-members/${idOf(story, name)}/links`, { via: 'show' }).expect(201);
  const path = new URL((link.body as { url: string }).url).pathname;
  const visitor = aVisitor(test);
  await visitor.open(path);
  await visitor.send(path);
  return visitor;
}

async function noor(): Promise<Visitor> {
  const visitor = aVisitor(test);
  await visitor.open('/inloggen');
  await visitor.send('/inloggen', { email: 'noor.facilitator@noord.example', password: 'een lang wachtwoord' });
  return visitor;
}

/** What the page, or the PDF at this address, says. */
async function seenAt(visitor: Visitor, path: string): Promise<string> {
  const answer = await visitor.open(path);
  expect(answer.status).toBe(200);
  if (answer.headers['content-type'] !== 'application/pdf') return sheetOf(answer.text);
  return (await readPdf(answer.body as Buffer)).text.join(' ');
}
const sheetOf = (html: string): string => (/<article class="sheet.*<\/article>/s.exec(html)?.[0] ?? html).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

const WORDS = ['Rust in huis', 'Mee naar de markt', 'De brief nakijken', 'Huiswerk na school', 'De schuldhulp bellen', 'Geen huurschuld'];
const wordsIn = (seen: string): string[] => WORDS.filter((word) => seen.includes(word));

it('leads everyone from their own page to what they may read of the plan, as page and as PDF', async () => {
  const { story } = await aSharedPlan(test);
  for (const [name, home, expected] of [['Sanne', '/mijn', WORDS], ['Ria', '/kring', WORDS], ['Meester', '/kring', ['Huiswerk na school']]] as const) {
    const visitor = await byLink(story, name);
    expect(visitor.page.text).toContain(`href="${home}/plan"`);
    expect(wordsIn(await seenAt(visitor, `${home}/plan`))).toEqual(expected);
    expect(visitor.page.text).toMatch(/<article class="sheet card" id="blad" lang="nl" dir="ltr">/);
    expect(visitor.page.text).toContain('data-read-aloud="blad"');
    expect(wordsIn(await seenAt(visitor, `${home}/plan.pdf`))).toEqual(expected);
    expect(visitor.page.headers).toMatchObject({ 'cache-control': 'no-store', 'content-disposition': 'attachment; filename="plan.pdf"' });
  }
  const amal = await byLink(story, 'Tolk');
  expect(amal.page.text).not.toContain('/kring/plan');
  for (const path of ['/kring/plan', '/kring/plan.pdf']) expect((await amal.open(path)).status).toBe(404);
});

it('gives everyone a sheet with only what they do themselves', async () => {
  const { story } = await aSharedPlan(test);
  for (const [name, home, own] of [['Sanne', '/mijn', 'De schuldhulp bellen'], ['Joost', '/kring', 'De brief nakijken']] as const) {
    const visitor = await byLink(story, name);
    expect(visitor.page.text).toContain(`href="${home}/mijn-blad"`);
    for (const path of [`${home}/mijn-blad`, `${home}/mijn-blad.pdf`]) expect(wordsIn(await seenAt(visitor, path))).toEqual([own]);
  }
});

it('keeps older versions, says so on them, and knows no others', async () => {
  const { story } = await aSharedPlan(test);
  const { version } = await writeDraft(story, { goals: [{ text: 'Iets nieuws' }], commitments: [] });
  expect(version).toBeGreaterThan(1);
  await fixPlan(story);
  const sanne = await byLink(story, 'Sanne');
  expect(await seenAt(sanne, '/mijn/plan')).toContain('Iets nieuws');
  expect(sanne.page.text).toContain('href="/mijn/plan?versie=1"');
  for (const path of ['/mijn/plan?versie=1', '/mijn/plan.pdf?versie=1']) {
    const seen = await seenAt(sanne, path);
    expect(seen).toContain(planPaperTexts('nl').states.replaced);
    expect(wordsIn(seen)).toContain('Mee naar de markt');
  }
  for (const path of ['/mijn/plan?versie=3', '/mijn/plan.pdf?versie=nul']) expect((await sanne.open(path)).status).toBe(404);
});

it('says when there is no plan yet', async () => {
  const story = await aCase(test);
  const sanne = await byLink(story, 'Sanne');
  expect((await sanne.open('/mijn/plan')).text).toContain('Er is nog geen plan');
  expect((await sanne.open('/mijn/plan.pdf')).status).toBe(404);
  expect((await (await noor()).open(`/werk/trajecten/${story.reference}/plan/papier`)).text).toContain('Er is nog geen plan');
});

describe('the facilitator prints', () => {
  it('for each reader what that person may read, without what is of somebody they are kept apart from', async () => {
    const { story } = await aSharedPlan(test);
    const memberIds = [idOf(story, 'Ria'), idOf(story, 'Joost')];
    await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds, mode: 'never-together', reason: 'Verbod' }).expect(201);
    const page = `/werk/trajecten/${story.reference}/plan/papier`;
    const visitor = await noor();
    await visitor.open(`/werk/trajecten/${story.reference}`);
    expect(visitor.page.text).toContain(`href="${page}"`);
    const both = async (query: string): Promise<string[]> => {
      const onPage = wordsIn(await seenAt(visitor, `${page}${query}`));
      expect(wordsIn(await seenAt(visitor, `${page}.pdf${query}`))).toEqual(onPage);
      return onPage;
    };
    expect(await both('')).toEqual(WORDS);
    expect(await both(`?voor=${idOf(story, 'Sanne')}`)).toEqual(WORDS);
    expect(await both(`?voor=${idOf(story, 'Ria')}`)).toEqual(WORDS.filter((word) => word !== 'De brief nakijken'));
    expect(await both(`?voor=${idOf(story, 'Joost')}`)).toEqual(WORDS.filter((word) => word !== 'Mee naar de markt'));
    expect(await both(`?voor=${idOf(story, 'Meester')}`)).toEqual(['Huiswerk na school']);
    const elsewhere = await aSharedPlan(test);
    for (const id of [idOf(story, 'Tolk'), idOf(elsewhere.story, 'Ria'), 'iemand']) expect((await visitor.open(`${page}?voor=${id}`)).status).toBe(404);
  });

  it('in the language of the reader, or in another one that is asked for', async () => {
    const { story } = await aSharedPlan(test);
    const page = `/werk/trajecten/${story.reference}/plan/papier`;
    const visitor = await noor();
    expect(await seenAt(visitor, `${page}?voor=${idOf(story, 'Joost')}`)).toContain(planPaperTexts('tr').promises);
    expect(visitor.page.text).toContain('lang="tr" dir="ltr"');
    const arabic = await seenAt(visitor, `${page}?voor=${idOf(story, 'Joost')}&taal=ar`);
    expect(arabic).toContain(planPaperTexts('ar').promises);
    expect(arabic).toContain(planPaperTexts('ar').ownWords);
    expect(visitor.page.text).toContain('lang="ar" dir="rtl"');
    expect(visitor.page.text).toMatch(/<p class="own-lines" dir="auto" lang="nl">Mee naar de markt<\/p>/);
    expect(visitor.page.text).toContain(`href="${page}.pdf?voor=${idOf(story, 'Joost')}&amp;taal=ar"`);
  });

  it('nothing of a colleague\'s case', async () => {
    const { story } = await aSharedPlan(test);
    await test.staff('Els Elders', 'facilitator');
    const visitor = aVisitor(test);
    await visitor.open('/inloggen');
    await visitor.send('/inloggen', { email: 'els.elders@noord.example', password: 'een lang wachtwoord' });
    for (const end of ['', '.pdf']) expect((await visitor.open(`/werk/trajecten/${story.reference}/plan/papier${end}`)).status).toBe(404);
  });
});

it.each(MESSAGE_LANGUAGES)('has an empty form to fill in by hand, in %s: on one sheet of A3 lying down, tagged, for everyone', async (language) => {
  const answer = await aVisitor(test).open(`/formulier/plan.pdf?taal=${language}`);
  const pdf = await readPdf(answer.body as Buffer);
  const t = planPaperTexts(language);
  expect(pdf).toMatchObject({ pages: 1, marked: true, language, title: t.form.fileTitle, sizes: [[1190.55, 841.89]] });
  const heads = elements(pdf.tags, 'TH').map(({ text }) => text);
  if (language !== 'ar') expect(heads).toEqual(Object.values(t.form.columns));
  expect(heads).toHaveLength(4);
  expect(elements(pdf.tags, 'TR').length).toBeGreaterThan(10);
  expect(elements(pdf.tags, 'TD').filter(({ text }) => text === '☐')).toHaveLength(elements(pdf.tags, 'TR').length - 1);
  expect(pdf.text[0]).toContain(t.want);
});

it('has what people typed as words and not as tags', async () => {
  const typed = '<script>alert(1)</script>';
  const circle = CIRCLE.map((person) => (person.name.startsWith('Ria') ? { ...person, name: 'Ria "><b>' } : person));
  const { story } = await aSharedPlan(test, (of) => ({ goals: [{ text: typed }], commitments: [{ memberId: of('Ria'), text: typed }] }), { circle });
  const page = (await (await byLink(story, 'Sanne')).open('/mijn/plan')).text;
  expect(page).not.toContain('<script>alert');
  expect(page.split('&lt;script>alert(1)&lt;/script>')).toHaveLength(3);
});
