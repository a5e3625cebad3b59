import { startApp, type Caller, type TestApp } from './support/app.js';
import { TableDigests } from './support/raw-http.js';
import { wrong } from './support/plans.js';
import { aWholeStory, SAID, SHARED, type WholeStory } from './support/whole-story.js';

let test: TestApp;
let digests: TableDigests;
/** Two cases with everything in them, each of a facilitator of its own. */
let ours: WholeStory;
let theirs: WholeStory;

beforeAll(async () => {
  test = await startApp();
  ours = await aWholeStory(test);
  theirs = await aWholeStory(test);
  await ours.signIn();
  digests = await TableDigests.of(test);
}, 60_000);
afterAll(async () => {
  await digests.end();
  await test.stop();
});

const EVERY_WORD = [...Object.values(SAID).flatMap((words) => Object.values<string>(words)), ...Object.values(SHARED)];

/** Everything of a case that can be read of its meeting, plan and weeks after, in every form. */
const readsOf = ({ id, plan, promises, obstacleId, meetingId, resident, members }: WholeStory): [path: string, accept?: string][] => [
  [`/v1/cases/${id}`], [`/v1/cases/${id}/timeline?limit=100`], [`/v1/cases/${id}/plan-draft`], [`/v1/cases/${id}/plans`], [`/v1/plans/${plan.id}`],
  [`/v1/plans/${plan.id}`, 'text/plain'], [`/v1/plans/${plan.id}/difference`], [`/v1/cases/${id}/six-weeks`], [`/v1/cases/${id}/marks`], [`/v1/cases/${id}/preconditions`],
  [`/v1/cases/${id}/preconditions/history`], [`/v1/cases/${id}/statements/${resident.id}`], [`/v1/cases/${id}/statements/${resident.id}/history`],
  [`/v1/cases/${id}/legal-form`], [`/v1/meetings/${meetingId}`], [`/v1/meetings/${meetingId}/script`], [`/v1/commitments?caseId=${id}`],
  [`/v1/commitments?memberId=${members.Joost!.id}&limit=100`], ['/v1/commitments?limit=100'], ...Object.values(promises).map((one): [string] => [`/v1/commitments/${one}`]),
  [`/v1/obstacles?caseId=${id}`], ['/v1/obstacles?limit=100'], [`/v1/obstacles/${obstacleId}`], [`/v1/offers?caseId=${id}`], ['/v1/offers'], ['/v1/me/data'],
  [`/v1/circle-members/${members.Joost!.id}/data?to=person&how=paper`], ['/v1/me'],
];

/** What somebody finds of these words when they ask for everything, with what failed on the way. */
async function foundBy(who: Caller, story: WholeStory, words: readonly string[]): Promise<{ found: string[]; broken: string[] }> {
  const texts: string[] = [];
  const broken: string[] = [];
  for (const [path, accept = 'application/json'] of readsOf(story)) {
    const { status, text } = await who.get(path).set('Accept', accept);
    if (status >= 500) broken.push(`${path}: ${status}`);
    // A refusal says again what was asked for.
    texts.push(status === 200 ? text : text.replaceAll(path, ''));
  }
  const all = texts.join('\n');
  return { found: words.filter((word) => all.includes(word)), broken };
}

const NOTHING = { found: [], broken: [] };

describe('somebody who has no part in a case', () => {
  it.each(['facilitator', 'lead', 'referrer', 'analyst', 'admin'] as const)('as a %s finds no word of it, whatever they ask for', async (role) => {
    expect(await foundBy(await test.staff(`Els Elders ${role}`, role), ours, EVERY_WORD)).toEqual(NOTHING);
  });

  it('as somebody of another case gets nothing of this one: no object, and empty lists', async () => {
    const named = readsOf(ours).filter(([path]) => /[0-9a-f]{8}-/.test(path));
    const answers: string[] = [];
    for (const who of [theirs.who.Sanne, theirs.who.Ria, theirs.who.Karim, theirs.facilitator]) {
      for (const [path] of named) {
        const { status, text } = await who.get(path);
        const isEmpty = status === 200 && /^\{("(items|passings|help|contributions)":\[\],?|"next":null)+\}$/.test(text);
        if (!isEmpty && status !== 403 && status !== 404) answers.push(`${path}: ${status} ${text}`);
      }
    }
    expect(answers).toEqual([]);
  });

  it('as a facilitator of another organisation or a stranger finds no word of it either', async () => {
    const zuid = await test.otherOrganisation('zuid');
    for (const who of [await zuid.staff('Zoë', 'facilitator', 'lead', 'admin'), test.as()]) expect(await foundBy(who, ours, EVERY_WORD)).toEqual(NOTHING);
  });
});

describe('somebody of the case', () => {
  const { Joost, Ria, Karim, Sanne, Piet } = SAID;
  /** What only its own person and the facilitator read. */
  const PRIVATE: Record<string, readonly string[]> = {
    Joost: [Joost.givenBack],
    Ria: [Ria.obstacle, Ria.removal, Ria.contribution],
    Sanne: [Sanne.homeBefore, Sanne.before],
    Karim: [],
  };

  it.each(['Joost', 'Ria', 'Sanne', 'Karim'] as const)('as %s reads nothing that is between another one and the facilitator', async (name) => {
    const words = Object.entries(PRIVATE).filter(([whose]) => whose !== name).flatMap(([, said]) => said);
    // A main person sees what is offered, and both see how it is at home.
    const mayRead: readonly string[] = name === 'Sanne' ? [Ria.contribution] : [];
    expect(await foundBy(ours.who[name], ours, words.filter((word) => !mayRead.includes(word)))).toEqual(NOTHING);
    expect((await foundBy(ours.who[name], ours, PRIVATE[name]!)).found).toEqual(PRIVATE[name]);
  });

  it('as a professional reads their own part, and no word of anybody else', async () => {
    const mine: readonly string[] = Object.values(Karim);
    const { found, broken } = await foundBy(ours.who.Karim, ours, EVERY_WORD);
    expect({ others: found.filter((word) => !mine.includes(word) && word !== SHARED.metBy), broken }).toEqual({ others: [], broken: [] });
    expect(found).toEqual(expect.arrayContaining([Karim.promise, Karim.condition, Karim.notMet]));
  });

  it('as one kept apart from another finds no word, name or id of them, nor the other way around', async () => {
    const { facilitator, members, who } = ours;
    const apart = async (one: 'Sanne', other: 'Ria' | 'Karim'): Promise<void> => {
      const memberIds = [members[one]!.id, members[other]!.id];
      const made = await facilitator.post(`/v1/cases/${ours.id}/contact-restrictions`, { memberIds, reason: 'Dreiging', mode: 'never-together' }).expect(201);
      const theirWords = [...Object.values<string>(SAID[other]), members[other]!.id, { Ria: 'Roodborst', Karim: 'Kievit' }[other]];
      expect({ other, ...(await foundBy(who[one], ours, theirWords)) }).toEqual({ other, ...NOTHING });
      expect({ one, ...(await foundBy(who[other], ours, [...Object.values<string>(SAID[one]), members[one]!.id, 'Sperwer'])) }).toEqual({ one, ...NOTHING });
      await facilitator.post(`/v1/contact-restrictions/${(made.body as { id: string }).id}/ending`, {}).expect(200);
    };
    await apart('Sanne', 'Ria');
    await apart('Sanne', 'Karim');
    expect((await foundBy(who.Sanne, ours, [Ria.promise, Karim.condition, Piet.promise])).found).toHaveLength(3);
  });

  it('who left finds no door any more', async () => {
    const story = theirs;
    await story.signIn();
    const joost = story.who.Joost;
    await story.facilitator.post(`/v1/circle-members/${story.members.Joost!.id}/removal`, { reason: 'own-wish' }).expect(200);
    for (const [path] of readsOf(story)) expect({ path, status: (await joost.get(path)).status }).toEqual({ path, status: 401 });
    await joost.post(`/v1/commitments/${story.promises.Joost}/progress`, { state: 'done' }).expect(401);
  });
});

describe('ids of another case in a body', () => {
  const line = 'Iets doen';
  const stage = (): { id: string; stranger: string; professional: string; goal: string; plan: string; promise: string } => {
    const { members, plan, promises } = theirs;
    return { id: ours.id, stranger: members.Ria!.id, professional: members.Karim!.id, goal: plan.goals[0]!.id, plan: plan.id, promise: promises.Ria };
  };
  type Sent = [who: Caller, method: 'post' | 'put' | 'patch' | 'get', path: string, body: object, expected: string[]];
  const sent = (): Sent[] => {
    const { id, stranger, professional, goal, plan, promise } = stage();
    const { facilitator: noor, who, members, promises, obstacleId, meetingId } = ours;
    const draft = (parts: object): object => ({ goals: [], commitments: [], ...parts });
    const condition = { text: line, reason: line };
    const own = { memberId: members.Ria!.id, text: line };
    return [
      [noor, 'put', `/v1/cases/${id}/plan-draft`, draft({ commitments: [{ memberId: stranger, text: line }] }), ['/commitments/0/memberId unknown-member']],
      [noor, 'put', `/v1/cases/${id}/plan-draft`, draft({ commitments: [{ ...own, id: promise }] }), ['/commitments/0/id doubled-id']],
      [noor, 'put', `/v1/cases/${id}/plan-draft`, draft({ commitments: [{ ...own, goalId: goal }] }), ['/commitments/0/goalId unknown-goal']],
      [noor, 'put', `/v1/cases/${id}/plan-draft`, draft({ safetyConditions: [{ ...condition, setByMemberId: professional }] }), ['/safetyConditions/0/setByMemberId not-professional']],
      [noor, 'put', `/v1/cases/${id}/plan-draft`, draft({ safetyConditions: [{ ...condition, setByMemberId: members.Karim!.id, deputyMemberId: professional }] }), ['/safetyConditions/0/deputyMemberId not-professional']],
      [noor, 'post', `/v1/cases/${id}/plan-draft/commitments`, { memberId: stranger, text: line }, ['/memberId unknown-member']],
      [who.Sanne, 'post', `/v1/cases/${id}/plan-draft/commitments`, { ...own, goalId: goal }, ['/goalId unknown-goal']],
      [noor, 'patch', `/v1/commitments/${promises.Ria}`, { goalId: goal }, ['/goalId unknown-goal']],
      [who.Ria, 'post', `/v1/commitments/${promises.Ria}/obstacles`, { text: line, category: 'other', whoseMove: { memberId: stranger } }, ['/whoseMove/memberId unknown-member']],
      [noor, 'patch', `/v1/obstacles/${obstacleId}`, { whoseMove: { memberId: stranger } }, ['/whoseMove/memberId unknown-member']],
      [who.Ria, 'post', `/v1/commitments/${promises.Ria}/passing-on`, { memberId: stranger }, ['/memberId unknown-member']],
      [noor, 'post', `/v1/commitments/${promises.Joost}/help/offers`, { memberId: stranger }, ['/memberId unknown-member']],
      [who.Ria, 'post', `/v1/commitments/${promises.Joost}/help/offers`, { memberId: stranger }, ['/memberId unknown-member']],
      [who.Ria, 'post', `/v1/cases/${id}/contributions`, { memberId: stranger, text: line }, ['/memberId unknown-member']],
      [noor, 'post', `/v1/cases/${id}/contributions`, { memberId: stranger, text: line }, ['/memberId unknown-member']],
      [noor, 'post', `/v1/plans/${ours.plan.id}/agreements`, { memberId: stranger, agrees: true }, ['/memberId not-asked']],
      [noor, 'post', `/v1/obstacles/${obstacleId}/director-mail-answers`, { memberId: theirs.resident.id, agrees: true }, ['/memberId unknown-member']],
      [who.Sanne, 'get', `/v1/plans/${ours.plan.id}/difference?with=${plan}`, {}, ['/with unknown-plan']],
      [noor, 'put', `/v1/meetings/${meetingId}/attendance`, { items: [{ memberId: stranger, presence: 'present' }] }, ['/items/0/memberId unknown-member']],
    ];
  };

  it('are refused at their field, and change nothing', async () => {
    const before = await digests.lines();
    const refusals: [string, string[]][] = [];
    for (const [who, method, path, body] of sent()) {
      const asked = method === 'get' ? who.get(path) : who[method](path, body).set('If-Match', '*');
      const answer = await asked;
      refusals.push([`${method} ${path}`, answer.status === 400 ? wrong(answer) : [`${answer.status} ${answer.text}`]]);
    }
    expect(refusals).toEqual(sent().map(([, method, path, , expected]) => [`${method} ${path}`, expected]));
    const after = await digests.lines();
    expect(after.filter((one, i) => one !== before[i]).map((one) => one.split(' ')[0])).toEqual([]);
  });

  it('in the address are not there, for whoever may do the same in a case of their own', async () => {
    const before = await digests.lines();
    const { who, facilitator, lead } = theirs;
    const { id, plan, promises, obstacleId, meetingId } = ours;
    const acts: [path: string, body: object][] = [
      [`/v1/commitments/${promises.Joost}/progress`, { state: 'done', note: 'op hun woord' }],
      [`/v1/commitments/${promises.Joost}/perspective`, { date: '2027-05-01', reason: line }],
      [`/v1/commitments/${promises.Joost}/passing-on`, { memberId: theirs.members.Ria!.id }],
      [`/v1/commitments/${promises.Joost}/passing-on/answer`, { yes: true }],
      [`/v1/commitments/${promises.Joost}/help`, { text: line, share: true }],
      [`/v1/commitments/${promises.Joost}/help/offers`, { text: line }],
      [`/v1/commitments/${promises.Joost}/obstacles`, { text: line, category: 'other', whoseMove: { organisation: 'Woonstad' } }],
      [`/v1/obstacles/${obstacleId}/reopening`, { note: line }],
      [`/v1/plans/${plan.id}/agreements`, { agrees: true }],
      [`/v1/cases/${id}/marks`, { meeting: 1 }],
      [`/v1/cases/${id}/contributions`, { text: line }],
      [`/v1/meetings/${meetingId}/private-time`, { event: 'start' }],
    ];
    const done: string[] = [];
    for (const caller of [who.Sanne, who.Ria, who.Karim, facilitator, lead]) {
      for (const [path, body] of acts) {
        const { status } = await caller.post(path, body);
        if (status !== 404 && status !== 403) done.push(`${path}: ${status}`);
      }
    }
    expect(done).toEqual([]);
    const after = await digests.lines();
    expect(after.filter((one, i) => one !== before[i]).map((one) => one.split(' ')[0])).toEqual([]);
  });
});
