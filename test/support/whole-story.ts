import type { Caller, TestApp } from './app.js';
import { aMeetingStory, invite, plan as planMeeting, slotIn, type MeetingStory } from './meetings.js';
import { fixPlan, writeDraft, type PlanBody } from './plans.js';
import { asOwner } from './safety.js';
import { atTheTable } from './stories.js';

const NAMES = ['Sanne', 'Piet', 'Ria', 'Joost', 'Karim'] as const;
type Name = (typeof NAMES)[number];

/** Words that stand nowhere else, each said or written by one person around a meeting, a plan and the six weeks after it. */
export const SAID = {
  Sanne: {
    before: 'anjer-vroeger', want: 'anjer-wil', home: 'anjer-wonen', homeBefore: 'anjer-wonen-vroeger', objection: 'anjer-bezwaar', sentence: 'anjer-zin',
    promise: 'anjer-belofte',
  },
  Piet: { want: 'begonia-wil', remark: 'begonia-opmerking', sentence: 'begonia-zin', promise: 'begonia-belofte' },
  Ria: { promise: 'clematis-soep', obstacle: 'clematis-obstakel', removal: 'clematis-opgelost', offer: 'clematis-hulp', sentence: 'clematis-zin', contribution: 'clematis-bijdrage', draft: 'clematis-plannetje', remark: 'clematis-opmerking' },
  Joost: { promise: 'dahlia-post', help: 'dahlia-hulpvraag', passing: 'dahlia-doorgeven', perspective: 'dahlia-later', givenBack: 'dahlia-teruggegeven', sentence: 'dahlia-zin' },
  Karim: { promise: 'erica-school', condition: 'erica-veilig', reason: 'erica-reden', notMet: 'erica-nog-niet', draft: 'erica-plannetje' },
} as const satisfies Record<Name, Record<string, string>>;

/** What everybody reads who reads the plan. */
export const SHARED = { goal: 'uilendoel', metBy: 'uilenoplossing' };

export interface WholeStory extends MeetingStory {
  meetingId: string;
  plan: PlanBody;
  promises: Record<Name | 'given', string>;
  obstacleId: string;
  who: Record<Name, Caller>;
  /** The lead, and everybody again, after a time in which sessions end. */
  signIn(): Promise<Caller>;
  lead: Caller;
  directorMail: string;
  /** The name of the facilitator, to sign in with. */
  noor: string;
  serial: number;
}

let serial = 0;

/**
 * Sanne and Piet with Ria, Joost and Karim: they met, had time by themselves, had a plan that was not safe and one that was, promised,
 * helped, were stuck, marked it, and looked at a mail to a director. Four weeks pass.
 */
export async function aWholeStory(test: TestApp): Promise<WholeStory> {
  serial += 1;
  const noor = `Noor Geheel ${'abcdefgh'[serial]}`;
  const directorMail = `directie.${serial}@fuut.example`;
  const made = await aMeetingStory(
    test,
    {
      resident: { name: 'Sanne Sperwer', firstName: 'Sanne', email: `sperwer${serial}@example.org` },
      otherMainPersons: [{ name: 'Piet Putter', firstName: 'Piet', email: `putter${serial}@example.org` }],
      circle: [
        { name: 'Ria Roodborst', firstName: 'Ria', relation: 'parent', email: `roodborst${serial}@example.org` },
        { name: 'Joost Merel', firstName: 'Joost', relation: 'neighbour', email: `merel${serial}@example.org` },
        { name: 'Karim Kievit', firstName: 'Karim', relation: 'youth-protection', professional: true, organisation: 'Bureau Kievit', email: `kievit${serial}@example.org` },
      ],
    },
    await test.staff(noor, 'facilitator'),
  );
  await invite(made);
  const story = made as WholeStory;
  story.signIn = async () => {
    story.facilitator = await test.staff(noor, 'facilitator');
    const everyone = await Promise.all(NAMES.map(async (name) => [name, await atTheTable(test, story, story.members[name]!.id)] as const));
    story.who = Object.fromEntries(everyone) as WholeStory['who'];
    return (story.lead = await test.staff('Lea Leiding', 'lead'));
  };
  const lead = await story.signIn();
  const { id } = story;
  const ids = Object.fromEntries(NAMES.map((name) => [name, story.members[name]!.id])) as Record<Name, string>;
  const { Sanne, Piet, Ria, Joost, Karim } = story.who;
  const levels = { home: 'attention', money: 'fine', relations: 'fine', days: 'missing' };

  await writeDraft(story, { goals: [], commitments: [], safetyConditions: [{ text: SAID.Karim.condition, reason: SAID.Karim.reason, setByMemberId: ids.Karim }] });
  for (const home of [SAID.Sanne.homeBefore, SAID.Sanne.home]) await Sanne.put(`/v1/cases/${id}/preconditions`, { ...levels, words: { home } }).expect(200);
  for (const want of [SAID.Sanne.before, SAID.Sanne.want]) await Sanne.put(`/v1/cases/${id}/statements/${ids.Sanne}`, { want, can: 'koken', need: 'tijd' }).expect(200);
  await Piet.put(`/v1/cases/${id}/statements/${ids.Piet}`, { want: SAID.Piet.want, can: 'klussen', need: 'hulp' }).expect(200);

  const slot = slotIn(test, 2);
  const meeting = await planMeeting(story, [slot], { parts: [{ memberIds: [ids.Karim], fromMinute: 0, untilMinute: 60 }] });
  story.meetingId = meeting.id;
  const path = `/v1/meetings/${meeting.id}`;
  await Ria.put(`${path}/responses/${ids.Ria}`, { answers: { [meeting.slots[0]!.id]: 'yes' }, remark: SAID.Ria.remark }).expect(200);
  await story.facilitator.put(`${path}/scribe`, { memberId: ids.Ria }).expect(200);
  test.clock.set(new Date(slot.startsAt));
  await Sanne.post(`${path}/private-time`, { event: 'start' }).expect(200);
  for (const [memberId, text] of [[ids.Ria, SAID.Ria.draft], [ids.Karim, SAID.Karim.draft]]) {
    await Ria.post(`/v1/cases/${id}/plan-draft/commitments`, { memberId, text }).expect(201);
  }
  await Sanne.post(`${path}/private-time/calls`, { who: ids.Karim }).expect(200);
  await Sanne.post(`${path}/private-time`, { event: 'end' }).expect(200);
  const items = NAMES.map((name) => ({ memberId: ids[name], presence: 'present' }));
  await story.facilitator.put(`${path}/attendance`, { items }).expect(200);
  await story.facilitator.post(`${path}/conclusion`, { outcome: 'plan' }).expect(200);

  const { safetyConditions } = (await Sanne.get(`/v1/cases/${id}/plan-draft`).expect(200)).body as { safetyConditions: { id: string }[] };
  const texts: [Name, string][] = NAMES.map((name) => [name, SAID[name].promise]);
  const content = {
    goals: [{ text: SHARED.goal }],
    commitments: [...texts, ['Joost', 'dahlia-tweede'] as const].map(([name, text]) => ({ memberId: ids[name], text })),
    safetyConditions: [{ id: safetyConditions[0]!.id, text: SAID.Karim.condition, reason: SAID.Karim.reason, setByMemberId: ids.Karim, metBy: SHARED.metBy }],
  };
  await writeDraft(story, content);
  const first = await fixPlan(story);
  await Sanne.post(`/v1/plans/${first.id}/agreements`, { agrees: false, remark: SAID.Sanne.objection }).expect(201);
  await Karim.post(`/v1/safety-conditions/${safetyConditions[0]!.id}/test`, { met: false, reason: SAID.Karim.notMet }).expect(200);
  const again = { ...content, commitments: first.commitments.map(({ id: line, memberId, text }) => ({ id: line, memberId, text })) };
  await writeDraft(story, { ...again, goals: [...content.goals, { text: 'uilendoel twee' }] });
  story.plan = await fixPlan(story);
  await Karim.post(`/v1/safety-conditions/${safetyConditions[0]!.id}/test`, { met: true }).expect(200);
  for (const [who, remark] of [[Sanne, undefined], [Piet, SAID.Piet.remark]] as const) await who.post(`/v1/plans/${story.plan.id}/agreements`, { agrees: true, remark }).expect(201);
  const of = (text: string): string => story.plan.commitments.find((one) => one.text === text)!.id;
  story.promises = { ...(Object.fromEntries(texts.map(([name, text]) => [name, of(text)])) as Record<Name, string>), given: of('dahlia-tweede') };

  const raised = await Ria.post(`/v1/commitments/${story.promises.Ria}/obstacles`, { text: SAID.Ria.obstacle, category: 'agency', whoseMove: { organisation: `Stichting Fuut ${serial}` } }).expect(201);
  story.obstacleId = (raised.body as { id: string }).id;
  await Joost.post(`/v1/commitments/${story.promises.Joost}/help`, { text: SAID.Joost.help, share: true }).expect(200);
  await Ria.post(`/v1/commitments/${story.promises.Joost}/help/offers`, { text: SAID.Ria.offer }).expect(200);
  await Joost.post(`/v1/commitments/${story.promises.Joost}/perspective`, { date: '2027-03-01', reason: SAID.Joost.perspective }).expect(200);
  await Joost.post(`/v1/commitments/${story.promises.Joost}/passing-on`, { memberId: ids.Ria, note: SAID.Joost.passing }).expect(201);
  await Joost.post(`/v1/commitments/${story.promises.given}/progress`, { state: 'given-back', note: SAID.Joost.givenBack }).expect(200);
  for (const name of ['Sanne', 'Piet', 'Ria', 'Joost'] as const) {
    await story.who[name].post(`/v1/cases/${id}/marks`, { meeting: 8, plan: 7, sentence: SAID[name].sentence, mayShare: true }).expect(201);
  }
  // Offers are of another kind of case; here it only has to be there.
  await asOwner(test, `update cases set kind = 'netwerkplan' where id = $1`, [id]);
  await Ria.post(`/v1/cases/${id}/contributions`, { text: SAID.Ria.contribution }).expect(201);
  await asOwner(test, `update cases set kind = 'netwerkberaad' where id = $1`, [id]);
  await lead.put('/v1/directors', { items: [{ organisation: `Stichting Fuut ${serial}`, name: 'Fleur Fuut', email: directorMail }] }).expect(200);

  test.clock.advance({ days: 14 });
  await test.deliver();
  await story.signIn();
  await story.who.Sanne.post(`/v1/obstacles/${story.obstacleId}/director-mail-answers`, { agrees: true }).expect(200);
  await story.who.Piet.post(`/v1/obstacles/${story.obstacleId}/director-mail-answers`, { agrees: true }).expect(200);
  await test.deliver();
  await story.who.Ria.post(`/v1/obstacles/${story.obstacleId}/removal`, { note: SAID.Ria.removal }).expect(200);
  return Object.assign(story, { directorMail, noor, serial });
}
