import { jest } from '@jest/globals';
import { Client } from 'pg';
import { CaseDataService } from '../src/privacy/case-data.service.js';
import { fieldLabel } from '../src/privacy/person-data.pages.js';
import * as queries from '../src/privacy/person-data.queries.js';
import { IN_EXPORT, NOT_IN_EXPORT, redaction, wantsPage } from '../src/privacy/person-data.rules.js';
import { START, startApp, type Caller, type TestApp } from './support/app.js';
import { linkToken, mailTo } from './support/mailbox.js';
import { anInvitedCase, atTheTable, byLink, type StoryCase } from './support/stories.js';

interface Data {
  name: string;
  sections: { key: string; records: Record<string, unknown>[] }[];
  withheld: { what: string; why: string }[];
}

let test: TestApp;
let owner: Client;
let story: StoryCase;
let sanne: Caller;
let ria: Caller;

/** A word for each thing that is kept about each of three people; it stands nowhere else. */
const OWN = {
  sanne: {
    name: 'Sanne Sterremuur', mail: 'sterremuur@example.org', phone: '+31611110001', question: 'vraagsterre wonen', want: 'wilsterre rust',
    remark: 'opmerksterre', note: 'liever na vier uur sterre',
  },
  ria: {
    name: 'Ria Ganzebloem', mail: 'ganzebloem@example.org', phone: '+31611110002', address: 'Ganzebloemlaan 7', note: 'bel niet op zondag ganze',
    remark: 'ganzeremark', promise: 'ganzesoep koken', guardian: 'Koos Ganzevoogd',
  },
  joost: {
    name: 'Joost Vleermuis', mail: 'vleermuis@example.org', phone: '+31611110003', address: 'Vleermuisdijk 9', remark: 'vleerremark',
    promise: 'vleerpost sorteren', note: 'vleernotitie',
  },
};

beforeAll(async () => {
  test = await startApp();
  test.clock.set(START);
  const facilitator = await test.staff('Noor Facilitator', 'facilitator');
  const preference = (note: string): object => ({ contactPreference: { note } });
  story = await anInvitedCase(
    test,
    {
      resident: { name: OWN.sanne.name, firstName: 'Sanne', email: OWN.sanne.mail, phone: OWN.sanne.phone, ...preference(OWN.sanne.note) },
      question: OWN.sanne.question,
      circle: [
        {
          name: OWN.ria.name, firstName: 'Ria', relation: 'parent', email: OWN.ria.mail, phone: OWN.ria.phone, address: OWN.ria.address,
          guardians: [OWN.ria.guardian], ...preference(OWN.ria.note),
        },
        { name: OWN.joost.name, relation: 'neighbour', email: OWN.joost.mail, phone: OWN.joost.phone, address: OWN.joost.address },
      ],
    },
    facilitator,
  );
  const [riaId, joostId] = [story.members.Ria!.id, story.members.Joost!.id];
  ria = await byLink(test, linkToken(await mailTo(test.app, OWN.ria.mail)));
  sanne = await atTheTable(test, story, story.resident.id);
  const attempt = { at: '2026-11-16T08:00:00Z', channel: 'call', outcome: 'not-reached', note: OWN.joost.note };
  await facilitator.post(`/v1/circle-members/${joostId}/contact-attempts`, attempt).expect(201);
  await facilitator.post(`/v1/circle-members/${riaId}/contact-attempts`, { ...attempt, note: 'werkaantekening over Ria' }).expect(201);
  const slot = { startsAt: '2026-11-16T09:00:00Z', endsAt: '2026-11-16T10:00:00Z' };
  const meeting = await facilitator.post(`/v1/cases/${story.id}/meetings`, { place: { type: 'home', address: 'Sterrestraat 1' }, slots: [slot] }).expect(201);
  const { id, slots } = meeting.body as { id: string; slots: { id: string }[] };
  for (const [member, remark] of [[sanne.id, OWN.sanne.remark], [riaId, OWN.ria.remark], [joostId, OWN.joost.remark]] as const) {
    await facilitator.put(`/v1/meetings/${id}/responses/${member}`, { answers: { [slots[0]!.id]: 'yes' }, remark }).expect(200);
  }
  await sanne.put(`/v1/cases/${story.id}/statements/${sanne.id}`, { want: OWN.sanne.want, can: 'bellen', need: 'hulp' }).expect(200);
  test.clock.set(new Date('2026-11-16T10:30:00Z'));
  const items = [sanne.id, riaId, joostId].map((memberId) => ({ memberId, presence: 'present' }));
  await facilitator.put(`/v1/meetings/${id}/attendance`, { items }).expect(200);
  await facilitator.post(`/v1/meetings/${id}/conclusion`, { outcome: 'plan', facilitatorHours: 2 }).expect(200);
  const commitments = [{ memberId: riaId, text: OWN.ria.promise }, { memberId: joostId, text: OWN.joost.promise }, { memberId: sanne.id, text: 'sterrebellen' }];
  const goals = [{ text: `Rust met hulp van ${OWN.joost.name} (${OWN.joost.phone.replace('+31', '0')})` }];
  await facilitator.put(`/v1/cases/${story.id}/plan-draft`, { goals, commitments }).set('If-Match', '*').expect(200);
  const plan = await facilitator.post(`/v1/cases/${story.id}/plans`).expect(201);
  await sanne.post(`/v1/plans/${(plan.body as { id: string }).id}/agreements`, { agrees: true, remark: 'fijn plan' }).expect(201);
  const wellbeing = { instrument: 'cbs-happiness', moment: 'before', answers: { q1: 4 } };
  await sanne.post(`/v1/cases/${story.id}/wellbeing-measurements`, wellbeing).expect(201);
  const line = { side: 'before', text: 'kostensterre', payer: 'wmo', class: 'fiscal', quantity: 2, unit: 'uur', per: 'week', unitPriceCents: 6400, priceYear: 2024, basis: 'reported' };
  await facilitator.post(`/v1/cases/${story.id}/cost-lines`, line).expect(201);
  await test.deliver();
  owner = new Client({ connectionString: test.database.superuserUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await test.stop();
});

const page = async (who: Caller): Promise<string> => (await who.get('/v1/me/data').set('Accept', 'text/html').expect(200)).text;
const data = async (who: Caller): Promise<Data> => (await who.get('/v1/me/data').expect(200)).body as Data;
const section = (all: Data, key: string): Record<string, unknown>[] => all.sections.find((one) => one.key === key)?.records ?? [];
/** As it stands in HTML, telephone numbers as people write them. */
const held = (text: string, word: string): boolean => text.includes(word) || (word.startsWith('+31') && text.includes(`0${word.slice(3, 4)} ${word.slice(4)}`));

it('gives a main person everything that is theirs, and nothing that marks another', async () => {
  for (const text of [JSON.stringify(await data(sanne)), await page(sanne)]) {
    for (const word of [...Object.values(OWN.sanne), 'sterrebellen', 'fijn plan', 'kostensterre', 'Sterrestraat 1', 'Fatma Yıldız']) {
      expect({ word, found: held(text, word) }).toEqual({ word, found: true });
    }
    for (const word of [...Object.values(OWN.ria), ...Object.values(OWN.joost), 'Vleermuis', 'Ganzebloem', '0611110003']) {
      expect({ word, found: held(text, word) }).toEqual({ word, found: false });
    }
  }
});

it('gives someone of the circle, who never asked to be in the system, everything that is theirs and nothing of the others', async () => {
  for (const text of [JSON.stringify(await data(ria)), await page(ria)]) {
    for (const word of Object.values(OWN.ria)) expect({ word, found: held(text, word) }).toEqual({ word, found: true });
    for (const word of [...Object.values(OWN.sanne), ...Object.values(OWN.joost), 'Sterrestraat', 'werkaantekening', 'kostensterre', 'Sterremuur']) {
      expect({ word, found: held(text, word) }).toEqual({ word, found: false });
    }
  }
  const all = await data(ria);
  expect(section(all, 'source')).toMatchObject([{ from: 'Sanne' }]);
  expect(section(all, 'contact-attempts')).toEqual([{ at: '2026-11-16T08:00:00.000Z', channel: 'call', outcome: 'not-reached' }]);
  expect(all.withheld.every(({ what, why }) => what.length > 3 && why.length > 20)).toBe(true);
});

it('says from whom it came, who looked, which messages went out and on which devices they were in', async () => {
  const all = await data(sanne);
  expect(section(all, 'source')).toMatchObject([{ from: 'Fatma Yıldız, Wijkteam Noord', source: 'team' }]);
  expect(section(all, 'sessions')).toHaveLength(1);
  expect(section(all, 'links').length).toBeGreaterThan(0);
  expect(section(all, 'lookups').map(({ kind }) => kind).sort()).toEqual(['circle-contact', 'circle-contact', 'referred-person', 'referred-person']);
  const looks = section(all, 'looks');
  expect(looks.some(({ by, role }) => by === 'Noor Facilitator' && role === 'gespreksleider')).toBe(true);
  expect(JSON.stringify(all)).not.toMatch(/"[0-9a-f]{64}"|\\\\x/);
});

it('says on what ground it is held and how long, by the rule that the organisation chose', async () => {
  const told = async (): Promise<{ legalGround: string; kept: string }> => (await sanne.get('/v1/me/data').expect(200)).body as never;
  expect(await told()).toMatchObject({ legalGround: expect.stringContaining('een taak van de gemeente'), kept: expect.stringContaining('een jaar') });
  const admin = await test.staff('Ada Beheer', 'admin');
  await admin.put('/v1/retention-policy', { rule: 'jeugdwet', ground: 'Jeugdwet, artikel 7.3.8' }).expect(200);
  await owner.query(`update people_organisations set legal_ground = 'jeugdwet' where id = $1`, [test.organisationId]);
  expect(await told()).toMatchObject({ legalGround: expect.stringContaining('Jeugdwet'), kept: expect.stringContaining('20 jaar') });
});

it('needs a device that is known from a main person, and not from someone of the circle', async () => {
  await story.facilitator.post(`/v1/circle-members/${story.resident.id}/contact-attempts`, { at: '2026-11-16T08:00:00Z', channel: 'call', outcome: 'reached' });
  const elsewhere = await test.staff('Els Elders', 'facilitator');
  const other = await anInvitedCase(test, { circle: [] }, elsewhere);
  await elsewhere.post(`/v1/circle-members/${other.resident.id}/contact-attempts`, { at: '2026-11-16T08:00:00Z', channel: 'call', outcome: 'reached' }).expect(201);
  await elsewhere.post(`/v1/circle-members/${other.resident.id}/links`, { via: 'mail' }).expect(201);
  await test.deliver();
  const byMail = await byLink(test, linkToken(await mailTo(test.app, 'sanne@example.org')));
  const refused = await byMail.get('/v1/me/data').expect(403);
  expect((refused.body as { type: string }).type).toMatch(/step-up-required$/);
  await ria.get('/v1/me/data').expect(200);
});

it('lets the facilitator hand it over, to whom and how on the timeline and the audit log; no other facilitator has it', async () => {
  const path = `/v1/circle-members/${story.members.Joost!.id}/data`;
  await story.facilitator.get(path).expect(400);
  await story.facilitator.get(`${path}?to=iedereen&how=paper`).expect(400);
  const elsewhere = await test.staff('Els Elders', 'facilitator');
  await elsewhere.get(`${path}?to=person&how=paper`).expect(404);
  const given = await story.facilitator.get(`${path}?to=person&how=paper`).expect(200);
  expect(JSON.stringify(given.body)).toContain(OWN.joost.promise);
  expect(JSON.stringify(given.body)).not.toContain(OWN.joost.note);
  const { rows } = await owner.query(`select actor_kind, purpose from audit_events where action = 'privacy.exported' and object_id = $1`, [story.members.Joost!.id]);
  expect(rows).toEqual([{ actor_kind: 'staff', purpose: 'rights' }]);
  const timeline = await story.facilitator.get(`/v1/cases/${story.id}/timeline`).expect(200);
  expect(timeline.text).toContain('is meegegeven aan deze persoon zelf, op papier');
});

it('is one whole file to read and print: nothing of it comes from elsewhere, and it has a language, headings and a title', async () => {
  const answer = await sanne.get('/v1/me/data').set('Accept', 'text/html').expect(200);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.headers['content-disposition']).toBe('attachment; filename="mijn-gegevens.html"');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(answer.text).toMatch(/^<!doctype html><html lang="nl">/);
  expect(answer.text).not.toMatch(/\b(src|href)="(?!#)/);
  expect(answer.text).not.toContain('<script');
  expect(answer.text.match(/<h1/g)).toHaveLength(1);
});

it('has a word for every field that it shows', async () => {
  const all = [await data(sanne), await data(ria)];
  const names = new Set(all.flatMap(({ sections }) => sections.flatMap(({ records }) => records.flatMap((record) => Object.keys(record)))));
  expect([...names].filter((name) => fieldLabel(name) === name)).toEqual([]);
});

it('reads it all at one instant: what is written meanwhile is not seen', async () => {
  const service = test.app.get(CaseDataService, { strict: false });
  const sections = service.sections.bind(service);
  const slow = jest.spyOn(service, 'sections').mockImplementation(async (tx, about, person, people) => {
    await owner.query(`update circle_contact_attempts set outcome = 'wrong-address' where member_id = $1`, [ria.id]);
    return sections(tx, about, person, people);
  });
  const all = await data(ria);
  slow.mockRestore();
  expect(section(all, 'contact-attempts')).toMatchObject([{ outcome: 'not-reached' }]);
  await owner.query(`update circle_contact_attempts set outcome = 'not-reached' where member_id = $1`, [ria.id]);
});

it('leaves no table with an id of a person or a case out, unless it says why', async () => {
  const { rows } = await owner.query<{ name: string }>(
    `select distinct c.relname as name from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype)
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and (a.attname ~ '(member|case|meeting|referral|plan|object|session|message)_id$' or c.relname = 'cases' or c.relname = 'circle_members')
     order by 1`,
  );
  const known = [...Object.keys(IN_EXPORT), ...Object.keys(NOT_IN_EXPORT)];
  expect(rows.map(({ name }) => name).filter((name) => !known.includes(name))).toEqual([]);
  expect(Object.entries(NOT_IN_EXPORT).filter(([, why]) => why.length < 20)).toEqual([]);
  // What is said to be given is read by a statement, or by the module that owns it.
  const read = Object.values(queries).map((one) => (typeof one === 'object' ? one.text : '')).join('\n');
  const owned = ['referrals', 'cases_timeline'];
  expect(Object.keys(IN_EXPORT).filter((name) => !owned.includes(name) && !new RegExp(`\\b(from|join) ${name}\\b`).test(read))).toEqual([]);
});

describe('taking others out of a text', () => {
  const others = [
    { name: 'Joost Bakker', firstName: 'Joost', role: 'buur', email: 'joost@example.org', phone: '+31612345678' },
    { name: 'Ria de Wit', firstName: null, role: 'ouder' },
    { name: 'Bo', firstName: null, role: 'vriend of vriendin' },
  ];
  const redact = redaction({ words: ['Sanne de Wit', 'Sanne'] }, others);

  it.each([
    ['Joost Bakker doet de post', 'Joost doet de post'],
    ['Ria de Wit kookt', 'ouder kookt'],
    ['mail joost@example.org of bel 0612345678', 'mail … of bel …'],
    ['De Wit is ook mijn naam', 'De Wit is ook mijn naam'],
    ['Bobbejaan is geen Bo', 'Bobbejaan is geen Bo'],
    ['meneer Bakker komt', 'meneer  komt'],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });
});

it.each([
  [undefined, false],
  ['*/*', false],
  ['application/json', false],
  ['text/html', true],
  ['application/json, text/html', false],
  ['text/html,application/xhtml+xml,application/json;q=0.9', true],
])('Accept %s asks for a page: %s', (accept, expected) => {
  expect(wantsPage(accept)).toBe(expected);
});
