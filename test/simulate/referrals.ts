import { dayAt, HOUR_MS, isWorkingDay, MINUTE_MS, weekday } from './agenda.js';
import { CaseStory, type CasePeople } from './cases.js';
import type { Person } from './people.js';
import type { Answer, Hands, Town } from './town.js';

const KINDS = [['netwerkberaad', 5], ['mdo', 2], ['eigen-kracht', 1.5], ['jim', 1], ['netwerkplan', 0.5], ['unknown', 1]] as const;
const THEMES = ['divorce', 'parenting', 'nuisance', 'eviction', 'debt', 'loneliness', 'mental-health', 'addiction', 'informal-care', 'other'];

interface Referred {
  id: string;
  state: string;
  caseId?: string | null;
}

interface Opened {
  id: string;
  reference: string;
  kind: string;
  facilitatorId: string;
}

/** Everything that comes in, and what the lead makes of it. */
export class Referrals {
  readonly stories: CaseStory[] = [];

  constructor(private readonly town: Town) {}

  /** Spreads the referrals over the days: some wait already when the month begins, an acute one comes on Friday at five. */
  plan(): void {
    const { town } = this;
    const { referrals, days, start } = town.options;
    const waiting = Math.ceil(referrals / 3);
    for (let i = 0; i < waiting; i += 1) town.agenda.add(new Date(start.getTime() + i * 7 * MINUTE_MS), () => this.arrive());
    for (let i = waiting; i < referrals; i += 1) {
      const day = town.chance.between(0, Math.max(0, Math.round(days * 0.75)));
      town.agenda.add(dayAt(start, day, town.chance.between(8, 21), town.chance.between(0, 59)), () => this.arrive());
    }
    for (let day = 0; day < days; day += 1) {
      const friday = dayAt(start, day, 17);
      if (weekday(friday) === 5 && day < days - 1) {
        town.agenda.add(friday, () => this.arriveAcute());
        break;
      }
    }
  }

  private async arrive(): Promise<void> {
    const { town } = this;
    const { chance } = town;
    const way = chance.weighed([['account', 6], ['facilitator', 2], ['stranger', 1.5], ['resident', 1]] as const);
    const main = town.population.mainPerson();
    const others = chance.happens(0.2) ? [town.population.mainPerson()] : [];
    const circle = Array.from({ length: chance.between(1, 9) }, () => town.population.member());
    const unsafe = chance.happens(0.12);
    const people: CasePeople = { main, others, circle, unsafe };
    const body = {
      ...referralOf(people),
      kind: way === 'resident' ? 'unknown' : chance.weighed(KINDS),
      source: way === 'resident' ? 'resident' : way === 'stranger' ? 'gp' : 'team',
      themes: unsafe ? ['domestic-violence'] : [chance.one(THEMES)],
      safety: { level: unsafe ? 'concern' : 'none' },
    };
    town.count('referrals');
    if (way === 'account') return this.taken(await this.made(town.referrer, body), people);
    if (way === 'facilitator') return this.taken(await this.made(chance.one(town.facilitators), body), people);
    const gp = town.population.member();
    const { referrer: _, ...own } = body;
    const email = `arts${chance.between(1, 1e9)}@zuid.example`;
    const stranger = town.stranger(gp.name);
    const sent = way === 'resident' ? own : { ...own, referrer: { name: gp.name, organisation: 'Huisartsen Zuid', email } };
    const made = await this.made(stranger, sent);
    if (way === 'resident' || made === null) return this.taken(made, people);
    town.reads(email, ({ text }) => {
      const token = /\/bevestig\/([\w.-]+)/.exec(text)?.[1];
      if (!token || chance.happens(0.15)) return;
      town.after(chance.between(5, 600) * MINUTE_MS, async () => {
        await stranger.call('POST', '/v1/referral-confirmations', { token });
        await this.taken(made, people);
      });
    });
  }

  /** Friday, five o'clock: somebody must not be alone tonight. */
  private async arriveAcute(): Promise<void> {
    const { town } = this;
    const main = { ...town.population.mainPerson(), email: 'vrijdag@post.example', bounces: false };
    const circle = Array.from({ length: 5 }, () => ({ ...town.population.member(), temper: 'prompt' as const, wantsOut: false }));
    town.count('referrals');
    town.count('acute referrals');
    const body = { ...referralOf({ main, others: [], circle, unsafe: true }), kind: 'netwerkberaad', source: 'team', themes: ['mental-health'], safety: { level: 'acute' } };
    await this.taken(await this.made(town.referrer, body), { main, others: [], circle, unsafe: true }, true);
  }

  private async made(by: Hands, body: object): Promise<Referred | null> {
    const { chance } = this.town;
    // A form that is sent twice by an impatient finger is one referral.
    const key = { 'Idempotency-Key': `referral-${chance.between(1, 1e12)}` };
    const send = (): Promise<Answer<Referred>> => by.call<Referred>('POST', '/v1/referrals', body, [201], key);
    const [first, second]: (Answer<Referred> | undefined)[] = chance.happens(0.2) ? await Promise.all([send(), send()]) : [await send()];
    if (second && second.body.id !== first!.body.id) this.town.surprises.push('a referral that was sent twice became two');
    return first!.status === 201 ? first!.body : null;
  }

  /** The lead, or a facilitator for themself, within some hours of the working day; an acute one is there at once. */
  private async taken(referred: Referred | null, people: CasePeople, acute = false): Promise<void> {
    if (!referred) return;
    const { town } = this;
    if (acute) return this.accept(referred, people, acute);
    let at = new Date(town.now.getTime() + town.chance.between(1, 20) * HOUR_MS);
    while (!isWorkingDay(at)) at = dayAt(at, 1, 9, town.chance.between(0, 59));
    town.agenda.add(at, async () => {
      const fate = town.chance.weighed([['accept', 85], ['decline', 6], ['withdraw', 4], ['ask', 5]] as const);
      const path = `/v1/referrals/${referred.id}`;
      if (fate === 'accept') return this.accept(referred, people);
      town.count(`referrals: ${fate}`);
      if (fate === 'decline') await town.lead.call('POST', `${path}/refusal`, { reason: 'outside-area' });
      if (fate === 'withdraw') await town.lead.call('POST', `${path}/withdrawal`, { reason: 'solved' });
      if (fate === 'ask') await town.lead.call('POST', `${path}/information-request`, { reason: 'question-unclear' });
    });
  }

  private async accept(referred: Referred, people: CasePeople, acute = false): Promise<void> {
    const { town } = this;
    const { body: seen } = await town.lead.call<Referred & { caseId: string | null }>('GET', `/v1/referrals/${referred.id}`);
    const facilitator = this.freest();
    let opened: Opened;
    if (seen.state === 'accepted') {
      const of = await Promise.all(town.facilitators.map(async (one) => ({ one, answer: await one.call<Opened>('GET', `/v1/cases/${seen.caseId}`, undefined, [200, 404]) })));
      const found = of.find(({ answer }) => answer.status === 200);
      if (!found) return void town.surprises.push(`accepted referral ${referred.id} has no facilitator who can open it`);
      opened = found.answer.body;
    } else {
      if (seen.state !== 'received') return;
      const twins = town.chance.happens(0.2) ? [this.freest(), town.chance.one(town.facilitators)] : [facilitator];
      // Two who take the same one at the same time: one gets it.
      const answers = await Promise.all(
        twins.map((one) => one.call<Opened>('POST', `/v1/referrals/${referred.id}/acceptance`, { facilitatorId: one.id, ...(seenKind(seen) ? {} : { kind: 'netwerkberaad' }) }, [201, 409, 404])),
      );
      const won = answers.filter(({ status }) => status === 201);
      if (won.length !== 1) return void town.surprises.push(`${won.length} facilitators got referral ${referred.id}: ${answers.map(({ status }) => status).join(', ')}`);
      opened = won[0]!.body;
    }
    town.count('cases');
    const of = town.facilitators.find(({ id }) => id === opened.facilitatorId)!;
    const story = new CaseStory(town, of, opened, people, acute);
    this.stories.push(story);
    if (acute) await story.hurry();
  }

  private freest(): Hands {
    const { town } = this;
    const load = (one: Hands): number => this.stories.filter((story) => story.facilitator === one && !story.over).length;
    return [...town.facilitators].sort((a, b) => load(a) - load(b))[0]!;
  }
}

const seenKind = (seen: object): boolean => (seen as { kind?: string }).kind !== 'unknown';

function referralOf({ main, others, circle }: CasePeople) {
  return {
    referrer: { name: 'Fatma Wijkteam', organisation: 'Wijkteam Noord', email: 'fatma@noord.example' },
    resident: contact(main),
    otherMainPersons: others.map(contact),
    question: 'Ik wil weer op adem komen.',
    consent: { given: true, how: 'conversation' },
    circle: circle.map(({ relation, professional, organisation, ...person }) => ({ ...contact(person), relation, ...(professional ? { professional, organisation } : {}) })),
  };
}

function contact({ name, firstName, email, phone, reach, address }: Person): Record<string, unknown> {
  const ways = { email, phone, reach, address };
  return { name, firstName, ...Object.fromEntries(Object.entries(ways).filter(([, value]) => value !== undefined)) };
}
