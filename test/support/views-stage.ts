import type { Caller, TestApp } from './app.js';
import { aByHand } from './bad-input-messages.js';
import { fixPlan, report, type PlanBody } from './plans.js';
import { aReferral, atTheTable, type StoryCase, type StoryMember } from './stories.js';

/** Who looks at the case. `colleague` is a facilitator of other cases. */
export type Reader =
  | 'referrer' | 'facilitator' | 'colleague' | 'lead' | 'analyst' | 'admin' | 'main-person' | 'informal' | 'professional' | 'stranger';

/** Words that not everyone reads: each is written in one place only. */
export const SECRETS = {
  'contact attempt': 'Zoemerwoord: de telefoon werd opgenomen door een ander',
  'talk of Ria': 'Zwaluwwoord: is bang voor de buurman',
  'letter of Joost': 'Ooievaarwoord: lieve mensen',
  conclusion: 'Kwartelwoord: het gesprek liep hoog op',
  'safety check': 'Egelwoord: sliep bij een vriendin',
  restriction: 'Otterwoord: uitspraak van de rechter',
  'consent taken back': 'Reigerwoord: durfde niet meer',
  'member refused': 'Spechtwoord: oude ruzie',
  'cost line': 'Lijsterwoord: begeleiding aan huis',
  'given back': 'Bevertwoord: ik trek het niet meer',
  'response of Joost': 'Merelwoord: ik moet naar het ziekenhuis',
  'response of Sanne': 'Vinkwoord: liever als Mark er niet is',
  'contact preference': 'Dassenwoord: mijn baas leest mee',
  'address of Joost': 'Wezelpad 12',
  'subject of a release': 'Marterwoord: hoe het op school gaat',
  'objection of Sanne': 'Snoekwoord: dit gaat mij te snel',
  'in the way of Joost': 'Forelwoord: ik durf niet te bellen',
  'condition of the referrer': 'Karperwoord: er is altijd een volwassene bij',
} as const;
export type SecretName = keyof typeof SECRETS;

export interface Looked {
  story: StoryCase;
  callers: Record<Reader, Caller>;
  /** The address of each route that is about one thing. */
  paths: Record<string, string>;
  /** Notes what nobody else may notice. */
  somethingForTheFacilitatorOnly(): Promise<void>;
}

const HOUR_MS = 3_600_000;

/** A case from its referral to its plan, with words of every kind in it. */
export async function aCaseToLookAt(test: TestApp): Promise<Looked> {
  const [referrer, noor, colleague, lead, analyst, admin] = await Promise.all([
    test.staff('Rosa Referrer', 'referrer'),
    test.staff('Noor Facilitator', 'facilitator'),
    test.staff('Kees Facilitator', 'facilitator'),
    test.staff('Lena Lead', 'lead'),
    test.staff('Ans Analyst', 'analyst'),
    test.staff('Ada Admin', 'admin'),
  ]);
  const story = await taken(referrer, noor);
  const { members, resident } = story;
  const id = (name: string): string => members[name]!.id;
  const casePath = `/v1/cases/${story.id}`;
  const now = (): string => test.clock.now().toISOString();

  const note = SECRETS['contact attempt'];
  await noor.post(`/v1/circle-members/${id('Ria')}/contact-attempts`, { at: now(), channel: 'call', outcome: 'reached', note }).expect(409);
  const check = { directDanger: false, veiligThuis: 'not-needed', spokenAlone: [resident.id, id('Mark')], together: 'yes', note: SECRETS['safety check'] };
  await noor.put(`${casePath}/safety-check`, check).expect(200);
  const piet = (await noor.post(`${casePath}/circle-members`, { name: 'Piet', relation: 'friend', phone: '0612345688' }).expect(201)).body as StoryMember;
  await noor.post(`/v1/circle-members/${piet.id}/refusal`, { reason: 'not-safe', remark: SECRETS['member refused'] }).expect(200);
  for (const name of ['Ria', 'Joost', 'Meester', 'Fatma']) await noor.post(`/v1/circle-members/${id(name)}/approval`, { by: 'main-person' }).expect(200);
  await noor.post(`/v1/circle-members/${id('Ria')}/contact-attempts`, { at: now(), channel: 'call', outcome: 'reached', note }).expect(201);
  await noor.post(`/v1/circle-members/${id('Ria')}/preparation-talks`, { at: now(), by: 'phone', outcome: 'held', needs: SECRETS['talk of Ria'] }).expect(201);
  await noor.put(`/v1/circle-members/${id('Joost')}/participation`, { way: 'letter', letter: SECRETS['letter of Joost'] }).expect(200);
  await noor.post(`${casePath}/invitations`).expect(202);
  await test.deliver();

  const [sanne, joost, karim] = await Promise.all([resident.id, id('Joost'), id('Meester')].map((memberId) => atTheTable(test, story, memberId))) as [Caller, Caller, Caller];
  const release = { professionalMemberId: id('Meester'), subject: SECRETS['subject of a release'], until: '2027-01-15' };
  const given = (await sanne.post(`/v1/circle-members/${resident.id}/releases`, release).expect(201)).body as { id: string };
  await noor.post(`/v1/consents/${given.id}/withdrawal`, { reason: 'changed', remark: SECRETS['consent taken back'] }).expect(200);
  await sanne.put(`${casePath}/circle-answers/${resident.id}`, { names: ['Joost', 'Tante Bep'] }).expect(200);
  await sanne.put(`${casePath}/statements/${resident.id}`, { want: 'Rust', can: 'Koken', need: 'Hulp met post' }).expect(200);

  const meetingId = await met(test, story, { sanne, joost });
  const plan = await planned(story, sanne);
  const commitment = plan.commitments.find(({ memberId }) => memberId === joost.id)!;
  const inTheWay = { text: SECRETS['in the way of Joost'], category: 'other', whoseMove: { memberId: karim.id } };
  await report(joost, commitment.id, 'promised');
  const obstacle = (await joost.post(`/v1/commitments/${commitment.id}/obstacles`, inTheWay).expect(201)).body as { id: string };
  await report(joost, commitment.id, 'given-back', SECRETS['given back']);
  await noor.post(`${casePath}/cost-lines`, aLine(SECRETS['cost line'])).expect(201);
  await test.deliver();

  return {
    story,
    callers: { referrer, facilitator: noor, colleague, lead, analyst, admin, 'main-person': sanne, informal: joost, professional: karim, stranger: test.as() },
    paths: {
      'GET /v1/referrals/{id}': `/v1/referrals/${story.referralId}`,
      'GET /v1/circle-members/{id}': `/v1/circle-members/${joost.id}`,
      'GET /v1/circle-members/{id}/consents': `/v1/circle-members/${sanne.id}/consents`,
      'GET /v1/circle-members/{id}/contact-attempts': `/v1/circle-members/${id('Ria')}/contact-attempts`,
      'GET /v1/circle-members/{id}/preparation-talks': `/v1/circle-members/${id('Ria')}/preparation-talks`,
      'GET /v1/circle-members/{id}/participation': `/v1/circle-members/${joost.id}/participation`,
      'GET /v1/meetings/{id}': `/v1/meetings/${meetingId}`,
      'GET /v1/meetings/{id}/script': `/v1/meetings/${meetingId}/script`,
      'GET /v1/plans/{id}': `/v1/plans/${plan.id}`,
      'GET /v1/messages/{id}/letter': `/v1/messages/${await aByHand(noor, story.id)}/letter`,
      'GET /v1/commitments/{id}': `/v1/commitments/${commitment.id}`,
      'GET /v1/obstacles/{id}': `/v1/obstacles/${obstacle.id}`,
      'GET /v1/cases/{id}/circle-answers/{memberId}': `${casePath}/circle-answers/${sanne.id}`,
      'GET /v1/cases/{id}/statements/{memberId}': `${casePath}/statements/${sanne.id}`,
      'GET /v1/cases/{id}/statements/{memberId}/history': `${casePath}/statements/${sanne.id}/history`,
      'GET /v1/plans/{id}/difference': `/v1/plans/${plan.id}/difference`,
      ...Object.fromEntries(
        ['', '/circle-members', '/consents', '/contact-restrictions', '/timeline', '/plan-draft', '/plans', '/preconditions', '/preconditions/history', '/six-weeks', '/marks', '/law-clocks', '/legal-form', '/cost-lines', '/micro-analysis', '/corrections', '/independence-check'].map((part) => [
          `GET /v1/cases/{id}${part}`,
          `${casePath}${part}`,
        ]),
      ),
    },
    somethingForTheFacilitatorOnly: async () => {
      const memberIds = [id('Mark'), id('Fatma')];
      await noor.post(`${casePath}/contact-restrictions`, { memberIds, reason: SECRETS.restriction, mode: 'never-together' }).expect(201);
      await noor.post(`/v1/circle-members/${id('Ria')}/contact-attempts`, { at: now(), channel: 'call', outcome: 'not-reached', note }).expect(201);
    },
  };
}

const aLine = (text: string): object => ({
  side: 'before', text, quantity: 2, per: 'year', basis: 'registered', payer: 'wmo', class: 'fiscal', unitPriceCents: 100, priceYear: 2024,
});

/** Referred with a condition, and picked up. */
async function taken(referrer: Caller, facilitator: Caller): Promise<StoryCase> {
  const joost = {
    name: 'Joost Bakker', relation: 'neighbour', email: 'joost@example.org', address: SECRETS['address of Joost'], contactPreference: { note: SECRETS['contact preference'] },
  };
  const referral = aReferral({
    otherMainPersons: [{ name: 'Mark Verhoeven', email: 'mark@example.org' }],
    safety: { level: 'concern', conditions: [SECRETS['condition of the referrer']] },
    circle: [
      { name: 'Ria de Wit', relation: 'parent', phone: '0612345679' },
      joost,
      { name: 'Meester Karim', relation: 'teacher', professional: true, organisation: 'De Klimop', email: 'karim@deklimop.example' },
    ],
  });
  const referralId = ((await referrer.post('/v1/referrals', referral).expect(201)).body as { id: string }).id;
  const accepted = (await facilitator.post(`/v1/referrals/${referralId}/acceptance`, { facilitatorId: facilitator.id }).expect(201)).body as {
    id: string;
    reference: string;
    circle: StoryMember[];
  };
  const members = Object.fromEntries(accepted.circle.map((member) => [member.name.split(' ')[0]!, member]));
  return { id: accepted.id, reference: accepted.reference, facilitator, referralId, resident: accepted.circle[0]!, members };
}

/** Dates answered, one chosen, come together, concluded. */
async function met(test: TestApp, { id, facilitator, members }: StoryCase, { sanne, joost }: { sanne: Caller; joost: Caller }): Promise<string> {
  const slot = (hours: number): object => {
    const at = (h: number): string => new Date(test.clock.now().getTime() + h * HOUR_MS).toISOString();
    return { startsAt: at(hours), endsAt: at(hours + 2) };
  };
  const place = { type: 'home', address: 'Dorpsstraat 3' };
  const poll = (await facilitator.post(`/v1/cases/${id}/meetings`, { place, slots: [slot(4), slot(28)], mustAttend: [members.Ria!.id] }).expect(201)).body as {
    id: string;
    slots: { id: string; startsAt: string }[];
  };
  const path = `/v1/meetings/${poll.id}`;
  const [first] = [...poll.slots].sort((a, b) => a.startsAt.localeCompare(b.startsAt)) as [{ id: string; startsAt: string }];
  const answers = { [first.id]: 'yes' };
  await joost.put(`${path}/responses/${joost.id}`, { answers, remark: SECRETS['response of Joost'] }).expect(200);
  await sanne.put(`${path}/responses/${sanne.id}`, { answers, remark: SECRETS['response of Sanne'] }).expect(200);
  await facilitator.put(`${path}/responses/${members.Ria!.id}`, { answers }).expect(200);
  await facilitator.post(`${path}/confirmation`, { slotId: first.id }).expect(200);
  test.clock.set(new Date(first.startsAt));
  const items = ['Sanne', 'Ria', 'Joost', 'Meester'].map((name) => ({ memberId: members[name]!.id, presence: 'present' }));
  await facilitator.put(`${path}/attendance`, { items }).expect(200);
  await facilitator.post(`${path}/conclusion`, { outcome: 'plan', facilitatorHours: 3, note: SECRETS.conclusion }).expect(200);
  return poll.id;
}

/** A plan with something of everyone, the referrer's condition met; the resident objects and then agrees. */
async function planned(story: StoryCase, sanne: Caller): Promise<PlanBody> {
  const draft = (await story.facilitator.get(`/v1/cases/${story.id}/plan-draft`).expect(200)).body as { safetyConditions: object[] };
  const promises = [['Ria', 'Ria past op'], ['Joost', 'Joost kijkt de brief na'], ['Meester', 'Karim helpt met huiswerk'], ['Fatma', 'Fatma belt de school']] as const;
  const body = {
    goals: [{ text: 'Rust in huis' }],
    commitments: promises.map(([name, text]) => ({ memberId: story.members[name]!.id, text })),
    safetyConditions: draft.safetyConditions.map((condition) => ({ ...condition, metBy: 'Ria is erbij' })),
  };
  await story.facilitator.put(`/v1/cases/${story.id}/plan-draft`, body).set('If-Match', '*').expect(200);
  const plan = await fixPlan(story);
  await sanne.post(`/v1/plans/${plan.id}/agreements`, { agrees: false, remark: SECRETS['objection of Sanne'] }).expect(201);
  return plan;
}
