import { planPaperTexts } from '../src/texts/plan-paper.js';
import { startApp, type Caller, type TestApp } from './support/app.js';
import { elements, readPdf, type ReadPdf } from './support/pdf.js';
import { CIRCLE, aSharedPlan as sharedPlan, type SharedPlan } from './support/plan-paper.js';
import { refusal } from './support/plans.js';
import { atTheTable } from './support/stories.js';

let test: TestApp;
beforeAll(async () => {
  test = await startApp();
});
afterAll(() => test.stop());

const aSharedPlan = (...asked: Parameters<typeof sharedPlan> extends [TestApp, ...infer More] ? More : never): Promise<SharedPlan> => sharedPlan(test, ...asked);

const pdfOf = async (who: Caller, path: string): Promise<ReadPdf> => {
  const answer = await who.get(path).set('Accept', 'application/pdf').responseType('blob').expect(200).expect('Content-Type', 'application/pdf');
  return readPdf(answer.body as Buffer);
};
const textOf = async (who: Caller, path: string): Promise<string> => (await who.get(path).set('Accept', 'text/plain').expect(200)).text;

describe('the plan as PDF', () => {
  it('is tagged: a language, a title, headings, lists with boxes to tick, a table, bookmarks, and page numbers outside of it', async () => {
    const { story, plan, path } = await aSharedPlan();
    await story.facilitator.post(`${path}/agreements`, { agrees: false, remark: 'Te snel voor mij' }).expect(201);
    await story.facilitator.post(`/v1/commitments/${plan.commitments[3]!.id}/progress`, { state: 'done' }).expect(200);
    const pdf = await pdfOf(story.facilitator, path);
    expect(pdf).toMatchObject({ marked: true, language: 'nl', pages: 2 });
    expect(pdf.title).toMatch(/^Ons plan, versie 1, \w+ \d+ \w+ 2026$/);
    const headings = elements(pdf.tags, 'H2').map(({ text }) => text);
    expect(elements(pdf.tags, 'H1').map(({ text }) => text)).toEqual(['Ons plan']);
    expect(headings).toEqual([
      'In onze eigen woorden', 'Hoe het nu is', 'Wat we willen bereiken', 'Wie doet wat', 'Wie achter dit plan staat', 'Wat er tegen dit plan is gezegd', 'Vragen of lukt iets niet?',
    ]);
    expect(pdf.bookmarks).toEqual(['Ons plan', ...headings.map((heading) => `  ${heading}`)]);
    const items = elements(pdf.tags, 'LI').map((item) => [elements([item], 'Lbl')[0]!, elements([item], 'LBody')[0]!] as const);
    const promises = items.filter(([box]) => /[☐☑]/.test(box.text));
    expect(promises.map(([box, body]) => [box.text, box.alt, body.text.replace(/\w+dag 1 december 2026/, '1 december')])).toEqual([
      ['☐', 'Vakje om af te vinken', expect.stringMatching(/^Ria Yıldız Mee naar de markt elke maandag en donderdag, bij doel 2, afgesproken Elke keer een vakje: ☐/)],
      ['☐', 'Vakje om af te vinken', 'Joost Bakker De brief nakijken voor 1 december, bij doel 1, gevraagd, nog niet afgesproken'],
      ['☐', 'Vakje om af te vinken', expect.stringMatching(/^Meester Karim Huiswerk na school om de week, gevraagd/)],
      ['☑', 'Afgevinkt', 'Sanne de Wit De schuldhulp bellen gedaan'],
    ]);
    expect(elements(pdf.tags, 'TR').map(({ parts }) => parts.map(({ role, text }) => `${role} ${text}`))).toContainEqual(['TH Rust met geld', 'TD Is er niet']);
    const paragraphs = elements(pdf.tags, 'P').map(({ text }) => text).join('\n');
    for (const said of ['Ik wil\nRust in huis', 'Ik kan\nGoed koken', 'Te snel voor mij', 'Versie 1, gemaakt op', 'Bel Noor Facilitator']) expect(paragraphs).toContain(said);
    expect(pdf.decoration).toBe('bladzijde 1 van 2 bladzijde 2 van 2');
  });

  it('is the same file as long as the plan is the same, with its own ETag', async () => {
    const { story, path } = await aSharedPlan();
    const ask = () => story.facilitator.get(path).set('Accept', 'application/pdf').responseType('blob').expect(200);
    const [one, other] = [await ask(), await ask()];
    expect(one.body).toEqual(other.body);
    expect(one.headers).toMatchObject({ etag: other.headers.etag as string, vary: expect.stringContaining('Accept') as string, 'content-disposition': 'inline; filename="plan-1.pdf"' });
    expect((await story.facilitator.get(path).expect(200)).headers.etag).not.toBe(one.headers.etag);
    expect(refusal(await story.facilitator.get(path).set('Accept', 'image/png').expect(406))).toBe('not-acceptable');
    await story.facilitator.get(path).set('Accept', 'application/pdf, */*;q=0.1').expect('Content-Type', 'application/pdf');
  });

  it('holds 200 promises and the longest of texts, over as many pages as it takes, and cuts nothing off', async () => {
    const { story, path } = await aSharedPlan((of) => ({
      commitments: Array.from({ length: 200 }, (_, i) => ({ memberId: of(i % 2 ? 'Ria' : 'Joost'), text: i === 7 ? `Begin ${'klank '.repeat(660)}eind` : `Belofte nummer ${i}` })),
    }));
    const pdf = await pdfOf(story.facilitator, path);
    const items = elements(pdf.tags, 'LI').filter((item) => elements([item], 'Lbl')[0]?.text === '☐');
    expect(items).toHaveLength(200);
    expect(items.map(({ text }) => /nummer (\d+)/.exec(text)?.[1]).filter(Boolean)).toEqual(Array.from({ length: 200 }, (_, i) => String(i)).filter((i) => i !== '7'));
    const all = pdf.text.join(' ');
    expect(all.match(/klank/g)).toHaveLength(660);
    expect(all).toMatch(/Begin klank.*klank eind/);
    expect(pdf.pages).toBeGreaterThan(12);
    expect(pdf.decoration).toContain(`bladzijde ${pdf.pages} van ${pdf.pages}`);
  });

  it.each([
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['Yıldız \u202Eedoc\u202C Özgür', 'Yıldız edoc Özgür'],
    ['Donaudampf'.repeat(40), 'Donaudampf'.repeat(40)],
    ['(haakje) \\ % endobj', '(haakje) \\ % endobj'],
    ['😀 hoi', '😀 hoi'],
  ])('shows %j as it was written, and makes nothing of it', async (typed, shown) => {
    const { story, path } = await aSharedPlan((of) => ({ goals: [{ text: typed }], commitments: [{ memberId: of('Ria'), text: `${typed} slot` }] }));
    const pdf = await pdfOf(story.facilitator, path);
    const said = elements(pdf.tags, 'LBody').map(({ text }) => text.replace(/\s/g, ''));
    expect(said[0]).toBe(shown.replace(/\s/g, ''));
    expect(said[1]).toContain(`${shown}slot`.replace(/\s/g, ''));
    const text = await textOf(story.facilitator, path);
    expect(text.replace(/\s+/g, ' ')).toContain(`${shown} slot`);
  });

  it('says that a letter cannot be shown, where no font has it', async () => {
    const { story, path } = await aSharedPlan(() => ({ goals: [{ text: 'Mijn naam is 日本' }], commitments: [] }));
    const note = planPaperTexts('nl').unknownLetters;
    expect((await pdfOf(story.facilitator, path)).text.join(' ')).toContain(note);
    const readable = await aSharedPlan();
    expect((await pdfOf(readable.story.facilitator, readable.path)).text.join(' ')).not.toContain(note);
  });
});

describe('the plan as text', () => {
  it('is made of sentences to listen to: who does what and when, in words, without signs', async () => {
    const { story, path } = await aSharedPlan();
    const text = await textOf(story.facilitator, path);
    for (const sentence of [
      'Ons plan.', 'Dit is het plan van Sanne de Wit.', 'Ik heb nodig: Hulp met post.', 'Rust met geld: Is er niet.',
      'Ria Yıldız doet dit: Mee naar de markt. Elke maandag en donderdag. Bij doel 2.',
      'Aan Joost Bakker is dit gevraagd: De brief nakijken. Voor dinsdag 1 december 2026. Bij doel 1.',
      'Aan Meester Karim is dit gevraagd: Huiswerk na school. Om de week.',
    ]) {
      expect(text.split('\n')).toContain(sentence);
    }
    expect(text).not.toMatch(/[☐☑☒•\u2066-\u2069]|FREQ|null|undefined/);
  });
});

describe('in somebody\'s own language', () => {
  it('says the fixed words in it, leaves what people said as they said it, and tells so', async () => {
    const { story, path } = await aSharedPlan();
    const joost = await atTheTable(test, story, story.members.Joost!.id);
    const pdf = await pdfOf(joost, path);
    expect(pdf.language).toBe('tr');
    expect(pdf.text.join(' ')).toContain(planPaperTexts('tr').ownWords);
    const [promise] = elements(pdf.tags, 'LI').filter(({ text }) => text.includes('Mee naar de markt'));
    expect(promise!.text).toContain('her Pazartesi ve Perşembe, hedef 2 için, söz verildi');
    expect(elements([promise!], 'P').map(({ lang, text }) => [text, lang])).toContainEqual(['Mee naar de markt', 'nl']);
    const answer = await joost.get(path).set('Accept', 'text/plain').expect(200);
    expect(answer.headers['content-language']).toBe('tr');
    expect(answer.text).toContain('Son gün: 3 Aralık 2026 Perşembe.');
  });

  it('reads from right to left in Arabic, and keeps Dutch words and numbers in their order', async () => {
    const circle = CIRCLE.map((person) => (person.name.startsWith('Ria') ? { ...person, language: 'ar' } : person));
    const { story, path } = await aSharedPlan((of) => ({ commitments: [{ memberId: of('Ria'), text: 'نذهب معًا إلى السوق 12' }] }), { circle });
    const ria = await atTheTable(test, story, story.members.Ria!.id);
    const pdf = await pdfOf(ria, path);
    expect(pdf.language).toBe('ar');
    expect(elements(pdf.tags, 'P').find(({ text }) => text.includes('السوق'))?.text).toContain('12');
    expect(elements(pdf.tags, 'P').map(({ text }) => text)).toContain('Rust in huis');
    expect(pdf.bookmarks).toContain(`  ${planPaperTexts('ar').promises}`);
  });
});

describe('who reads what', () => {
  /** What only some may read, by whose it is. */
  const WORDS = ['Rust in huis', 'Mee naar de markt', 'De brief nakijken', 'Huiswerk na school', 'De schuldhulp bellen', 'Geen huurschuld', 'Ria', 'Joost', 'Wil Jansen'];

  async function seenBy(who: Caller, path: string): Promise<string[]> {
    const forms = [(await who.get(path).expect(200)).text, await textOf(who, path), (await pdfOf(who, path)).text.join(' ')];
    const seen = forms.map((form) => WORDS.filter((word) => form.includes(word)));
    // The same in every form; the names of readers stand only on paper.
    expect(seen[1]).toEqual(seen[2]);
    expect(seen[1]!.filter((word) => !seen[0]!.includes(word))).toEqual([]);
    return seen[2]!;
  }

  it('is the same in every form: all of it for main persons and the informal circle, their own part for professionals', async () => {
    const { story, path } = await aSharedPlan();
    const all = WORDS.filter((word) => word !== 'Wil Jansen');
    const at = (name: string) => atTheTable(test, story, (story.members[name] ?? story.resident).id);
    expect(await seenBy(await at('Sanne'), path)).toEqual(all);
    expect(await seenBy(await at('Ria'), path)).toEqual(all);
    expect(await seenBy(await at('Meester'), path)).toEqual(['Huiswerk na school']);
    const wil = await at('Wil');
    expect((await textOf(wil, path)).split('\n').filter((line) => line.startsWith('Er staan geen'))).toHaveLength(1);
    for (const accept of ['application/pdf', 'text/plain']) {
      await (await at('Tolk')).get(path).set('Accept', accept).expect(404);
      await (await test.staff('Bram Elders', 'facilitator')).get(path).set('Accept', accept).expect(404);
    }
  });

  it('shows nothing of somebody from whom the reader is kept apart, in no form', async () => {
    const { story, path } = await aSharedPlan();
    await story.facilitator.post(`${path}/agreements`, { agrees: false, remark: 'Ik twijfel nog' }).expect(201);
    const [joost, ria] = [await atTheTable(test, story, story.members.Joost!.id), await atTheTable(test, story, story.members.Ria!.id)];
    for (const other of ['Sanne', 'Ria']) {
      const memberIds = [story.members.Joost!.id, (story.members[other] ?? story.resident).id];
      await story.facilitator.post(`/v1/cases/${story.id}/contact-restrictions`, { memberIds, mode: 'never-together', reason: 'Verbod' }).expect(201);
    }
    for (const form of [await textOf(joost, path), (await pdfOf(joost, path)).text.join(' '), (await joost.get(path).expect(200)).text]) {
      for (const trace of ['Sanne', 'Ria', 'Rust in huis', 'Mee naar de markt', 'De schuldhulp bellen', 'Ik twijfel nog', 'Verbod']) expect(form).not.toContain(trace);
      expect(form).toContain('De brief nakijken');
    }
    expect(await textOf(ria, path)).not.toContain('Joost');
  });
});
