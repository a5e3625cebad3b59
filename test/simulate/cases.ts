import { dayAt, DAY_MS, HOUR_MS, hourOf, isWorkingDay, MINUTE_MS } from './agenda.js';
import type { Person, Someone } from './people.js';
import { Reader } from './reader.js';
import type { Hands, Town } from './town.js';

interface Member {
  id: string;
  name: string;
  isMainPerson: boolean;
  state: string;
}

interface Meeting {
  id: string;
  state: string;
  startsAt: string | null;
  endsAt: string | null;
  slotId: string | null;
  slots: { id: string; startsAt: string; endsAt: string }[];
  ranking: { slotId: string }[];
  responses: { memberId: string; answers: Record<string, string> }[];
}

type PlannedMeeting = Pick<Meeting, 'id' | 'state' | 'startsAt' | 'endsAt'>;

interface CaseFile {
  id: string;
  state: string;
  kind: string;
  circle: Member[];
  meetings: PlannedMeeting[];
  currentPlan: { id: string; state: string; commitments: { id: string; state: string }[] } | null;
}

/** Whom it is about, who is around them, and whether somebody has to look first whether it is safe. */
export interface CasePeople {
  main: Person;
  others: Person[];
  circle: Someone[];
  unsafe: boolean;
}

const PLACES = ['Buurthuis De Schakel', 'Bibliotheek, zaal boven', 'Kantine van de Oeverdamse Boys'];

/** One case, from the day that a facilitator took it: what they do about it each time that they sit down to it. */
export class CaseStory {
  over = false;
  readonly readers = new Map<string, Reader>();
  facilitator: Hands;
  /** What people see as the meeting, when there is one. */
  meetingId: string | null = null;
  readonly id: string;
  private readonly kind: string;
  private readonly spokenTo = new Set<string>();
  private readonly called = new Map<string, number>();
  private asked = false;
  private checked = false;
  private invitedAt: Date | null = null;
  private polledAt: Date | null = null;
  private drafted = false;
  private members: Member[] = [];

  constructor(
    private readonly town: Town,
    facilitator: Hands,
    opened: { id: string; kind: string },
    private readonly people: CasePeople,
    readonly acute: boolean,
  ) {
    this.facilitator = facilitator;
    this.id = opened.id;
    this.kind = opened.kind;
    if (town.chance.happens(0.05) && !acute) town.after(town.chance.between(3, 20) * DAY_MS, () => this.residentStops());
  }

  /** An acute case is worked on at once, until there is a date. */
  async hurry(): Promise<void> {
    for (let i = 0; i < 6; i += 1) this.town.after(i * 10 * MINUTE_MS, () => this.work());
  }

  /** One sitting: looks at the file and does what is next. */
  async work(): Promise<void> {
    if (this.over) return;
    const file = await this.look();
    if (!file) return;
    this.members = file.circle;
    if (file.state === 'stopped' || file.state === 'closed') return void (this.over = true);
    const meeting = file.meetings.find(({ state }) => state === 'polling' || state === 'fixed') ?? null;
    this.meetingId = meeting?.id ?? null;
    const held = file.meetings.some(({ state }) => state === 'held');
    if (!(await this.speakTo(file))) return;
    if (!this.asked) return this.ask(file);
    if (await this.waitsForSafety(file)) return;
    if (file.state === 'met' || (this.kind === 'netwerkplan' && file.state === 'preparing')) return this.makePlan(file, held);
    if (file.state === 'carrying-out') return this.follow(file);
    if (!this.invitedAt) return this.invite();
    if (!meeting) return this.offer(file);
    if (meeting.state === 'polling') return this.choose(meeting.id);
    await this.hold(file, meeting);
  }

  /** The case goes to another facilitator. */
  moveTo(other: Hands): void {
    this.facilitator = other;
  }

  private async look(): Promise<CaseFile | null> {
    const seen = await this.facilitator.call<CaseFile>('GET', `/v1/cases/${this.id}`, undefined, [200, 404]);
    if (seen.status === 200) return seen.body;
    this.town.surprises.push(`${this.facilitator.name} cannot open case ${this.id}`);
    this.over = true;
    return null;
  }

  private personOf(member: Member): Person {
    const all = [this.people.main, ...this.people.others, ...this.people.circle];
    return all.find(({ name }) => name === member.name) ?? this.people.main;
  }

  private get act(): Hands['call'] {
    return this.facilitator.call;
  }

  /** The first main person, on the phone; true when there was a conversation. */
  private async speakTo(file: CaseFile): Promise<boolean> {
    const main = file.circle.find(({ isMainPerson }) => isMainPerson)!;
    if (this.spokenTo.has(main.id)) return true;
    const outcome = this.acute || this.town.chance.happens(0.7) ? 'reached' : 'not-reached';
    await this.attempt(main, outcome);
    if (outcome === 'not-reached' && this.called.get(main.id)! >= 6) {
      await this.stop('no-contact');
      return false;
    }
    return outcome === 'reached';
  }

  private async attempt(member: Member, outcome: 'reached' | 'not-reached'): Promise<void> {
    this.called.set(member.id, (this.called.get(member.id) ?? 0) + 1);
    await this.act('POST', `/v1/circle-members/${member.id}/contact-attempts`, { at: this.town.now.toISOString(), channel: 'call', outcome }, [201, 409]);
    if (outcome === 'reached') this.spokenTo.add(member.id);
  }

  /** Who may come, and who must not meet whom. */
  private async ask(file: CaseFile): Promise<void> {
    const { chance } = this.town;
    const circle = file.circle.filter(({ isMainPerson }) => !isMainPerson);
    for (const member of circle) {
      const reader = new Reader(this.town, this, member.id, this.personOf(member));
      this.readers.set(member.id, reader);
      if (chance.happens(0.88) || this.acute) await this.act('POST', `/v1/circle-members/${member.id}/approval`, { by: 'main-person' });
      else if (chance.happens(0.5)) await this.act('POST', `/v1/circle-members/${member.id}/refusal`, { reason: 'main-person' });
    }
    for (const main of file.circle.filter(({ isMainPerson }) => isMainPerson)) this.readers.set(main.id, new Reader(this.town, this, main.id, this.personOf(main)));
    if (circle.length >= 2 && chance.happens(0.1) && !this.acute) {
      const [one, other] = chance.shuffled(circle);
      const mode = chance.happens(0.6) ? 'never-together' : 'separate-parts';
      await this.act('POST', `/v1/cases/${this.id}/contact-restrictions`, { memberIds: [one!.id, other!.id], reason: 'Er loopt een contactverbod.', mode });
      this.town.count('contact restrictions');
    }
    this.asked = true;
  }

  private async waitsForSafety(file: CaseFile): Promise<boolean> {
    if (this.checked || !this.people.unsafe) return false;
    const { chance } = this.town;
    const mains = file.circle.filter(({ isMainPerson }) => isMainPerson).map(({ id }) => id);
    const together = chance.weighed([['yes', 6], ['no', 1]] as const);
    await this.act('PUT', `/v1/cases/${this.id}/safety-check`, { directDanger: false, veiligThuis: 'consulted', spokenAlone: mains, together }, [200, 409]);
    this.checked = true;
    if (together !== 'no') return false;
    await this.stop('not-safe');
    return true;
  }

  /** Calls who has a phone, then sends the invitations; some fingers tap twice. */
  private async invite(): Promise<void> {
    const { chance } = this.town;
    for (const member of this.members.filter(({ state }) => state === 'approved')) {
      if (!member.isMainPerson && this.personOf(member).phone && chance.happens(0.6)) await this.attempt(member, chance.happens(0.6) ? 'reached' : 'not-reached');
    }
    if (this.kind === 'eigen-kracht') {
      await this.act('PUT', `/v1/cases/${this.id}/independence-check`, { ties: 'none', language: 'shared' });
    }
    const send = (): Promise<unknown> => this.act('POST', `/v1/cases/${this.id}/invitations`, {}, [202]);
    if (chance.happens(0.25)) await Promise.all([send(), send(), send()]);
    else await send();
    this.invitedAt = this.town.now;
  }

  private async offer(file: CaseFile): Promise<void> {
    const { town } = this;
    const { chance } = town;
    if (this.acute) {
      const late = hourOf(town.now) >= 20;
      const startsAt = late ? dayAt(town.now, 1, 8) : new Date(Math.ceil((town.now.getTime() + 2 * HOUR_MS) / (30 * MINUTE_MS)) * 30 * MINUTE_MS);
      await this.planned([startsAt], 2);
      return;
    }
    const count = this.kind === 'mdo' ? 1 : chance.between(2, 5);
    const first = chance.between(7, 14);
    const days = Array.from({ length: 14 }, (_, i) => first + i).filter((day) => isWorkingDay(dayAt(town.now, day, 12)));
    const starts = days.slice(0, count).map((day) => dayAt(town.now, day, chance.one([9, 11, 13, 15, 19]), chance.one([0, 30])));
    await this.planned(starts, file.kind === 'eigen-kracht' ? 4 : 2);
  }

  private async planned(starts: Date[], hours: number): Promise<void> {
    const slots = starts.map((at) => ({ startsAt: at.toISOString(), endsAt: new Date(at.getTime() + hours * HOUR_MS).toISOString() }));
    const place = { type: 'public-place', address: this.town.chance.one(PLACES) };
    const made = await this.act<Meeting>('POST', `/v1/cases/${this.id}/meetings`, { place, slots }, [201, 409]);
    this.town.count(made.status === 201 ? 'meetings planned' : codeOf(made));
    if (made.status !== 201) return;
    this.polledAt = this.town.now;
    this.meetingId = made.body.id;
  }

  /** Phones the silent ones after three days; after five takes the best date that can be. */
  private async choose(id: string): Promise<void> {
    const { town } = this;
    const { body: meeting } = await this.act<Meeting>('GET', `/v1/meetings/${id}`);
    const waited = town.now.getTime() - this.polledAt!.getTime();
    if (waited < 3 * DAY_MS && meeting.responses.length < this.members.length) return;
    const silent = this.members.filter((member) => ['invited', 'approved'].includes(member.state) && !meeting.responses.some(({ memberId }) => memberId === member.id));
    for (const member of silent.filter(({ isMainPerson, state }) => isMainPerson || state === 'invited')) {
      if (!town.chance.happens(0.5)) continue;
      await this.act('PUT', `/v1/meetings/${id}/responses/${member.id}`, { answers: answersTo(town, meeting.slots) }, [200, 409]);
      town.count('answers given by phone');
    }
    if (waited < 5 * DAY_MS) return;
    const { body: ranked } = await this.act<Meeting>('GET', `/v1/meetings/${id}`);
    const ahead = ranked.ranking.filter(({ slotId }) => new Date(ranked.slots.find((slot) => slot.id === slotId)!.startsAt) > town.now);
    const wilful = town.chance.happens(0.1) ? ahead.reverse() : ahead;
    for (const { slotId } of wilful) {
      const confirmed = await this.act('POST', `/v1/meetings/${id}/confirmation`, { slotId }, [200, 400, 409]);
      if (confirmed.status === 200) return town.count('dates chosen');
      town.count(codeOf(confirmed));
    }
    await this.cancel(id, 'no-date');
  }

  private async hold(file: CaseFile, { id, startsAt, endsAt }: PlannedMeeting): Promise<void> {
    const { town } = this;
    const { chance } = town;
    const [from, to] = [new Date(startsAt!), new Date(endsAt!)];
    if (town.now < from) {
      // Somebody is ill, or there is a funeral: it is moved, or it is off.
      if (this.acute || from.getTime() - town.now.getTime() > 3 * DAY_MS) return;
      if (chance.happens(0.03)) return this.move(id, from, to);
      if (chance.happens(0.015)) return this.cancel(id, 'illness');
      return;
    }
    if (town.now < to) return;
    const there = file.circle.filter(({ isMainPerson, state }) => isMainPerson || ['coming', 'maybe'].includes(state));
    const items = there.map((member) => ({ memberId: member.id, presence: chance.weighed([['present', 9], ['remote', 0.5], ['absent', 1]] as const) }));
    if (items.length > 0) await this.act('PUT', `/v1/meetings/${id}/attendance`, { items });
    if (this.kind === 'eigen-kracht') {
      const main = file.circle.find(({ isMainPerson }) => isMainPerson)!;
      await this.readers.get(main.id)!.hasPrivateTime(id);
    }
    const outcome = chance.weighed([['plan', 8], ['no-plan', 1], ['continue', 0.6]] as const);
    await this.act('POST', `/v1/meetings/${id}/conclusion`, { outcome, facilitatorHours: 8, ...(outcome === 'no-plan' ? { reason: 'no-agreement' } : {}) });
    town.count('meetings held');
    town.count(`outcome ${outcome}`);
    if (outcome === 'continue') this.polledAt = null;
    if (outcome === 'no-plan') this.over = true;
  }

  private async makePlan(file: CaseFile, held: boolean): Promise<void> {
    if (!held && this.kind !== 'netwerkplan') return;
    if (!this.drafted) {
      const who = file.circle.filter(({ isMainPerson, state }) => isMainPerson || ['coming', 'maybe', 'invited'].includes(state));
      const commitments = who.slice(0, 6).map((member) => ({ memberId: member.id, text: 'Elke week even bellen.', ...(this.town.chance.happens(0.4) ? { every: 'week' } : {}) }));
      await this.act('PUT', `/v1/cases/${this.id}/plan-draft`, { goals: [{ text: 'Rust in huis' }], commitments }, [200, 409, 412], { 'If-Match': '"0"' });
      await this.act('POST', `/v1/cases/${this.id}/plans`, {}, [201, 409]);
      this.drafted = true;
      return;
    }
    for (const main of file.circle.filter(({ isMainPerson }) => isMainPerson)) await this.readers.get(main.id)?.agrees(file.currentPlan?.id ?? null);
  }

  private async follow(file: CaseFile): Promise<void> {
    for (const { id, state } of file.currentPlan?.commitments ?? []) {
      if (!['asked', 'promised', 'doing'].includes(state) || !this.town.chance.happens(0.15)) continue;
      const to = state === 'asked' ? 'promised' : this.town.chance.weighed([['done', 6], ['given-back', 0.5]] as const);
      await this.act('POST', `/v1/commitments/${id}/progress`, { state: to, note: 'Op hun woord, aan de telefoon.' }, [200, 201, 400, 409]);
      this.town.count(`commitments ${to}`);
    }
  }

  private async move(id: string, from: Date, to: Date): Promise<void> {
    const later = this.town.chance.between(2, 6) * DAY_MS;
    const moved = await this.act('POST', `/v1/meetings/${id}/move`, { startsAt: new Date(from.getTime() + later).toISOString(), endsAt: new Date(to.getTime() + later).toISOString() }, [200, 409]);
    this.town.count(moved.status === 200 ? 'meetings moved' : codeOf(moved));
  }

  private async cancel(id: string, reason: string): Promise<void> {
    const cancelled = await this.act('POST', `/v1/meetings/${id}/cancellation`, { reason }, [200, 400, 409]);
    if (cancelled.status === 400) await this.act('POST', `/v1/meetings/${id}/cancellation`, { reason: 'other' }, [200, 409]);
    this.town.count('meetings cancelled');
    this.polledAt = null;
  }

  async stop(reason: string): Promise<void> {
    await this.act('POST', `/v1/cases/${this.id}/stop`, { reason }, [200, 409]);
    this.town.count(`stopped: ${reason}`);
    this.over = true;
  }

  private async residentStops(): Promise<void> {
    if (!this.over) await this.stop('resident-stops');
  }
}

/** Why not, as it is counted. */
const codeOf = ({ body }: { body: object }): string => `refused: ${(body as { type?: string }).type?.split('/').at(-1) ?? '?'}`;

/** Dates that somebody can come: most of them can most of the time. */
export function answersTo(town: Town, slots: readonly { id: string }[]): Record<string, string> {
  return Object.fromEntries(slots.map(({ id }) => [id, town.chance.weighed([['yes', 6], ['if-need-be', 2], ['no', 2]] as const)]));
}
