import { awake, DAY_MS, HOUR_MS, MINUTE_MS } from './agenda.js';
import { answersTo, type CaseStory } from './cases.js';
import type { Person } from './people.js';
import type { Hands, Post, Town } from './town.js';

interface Meeting {
  id: string;
  state: string;
  slotId: string | null;
  slots: { id: string }[];
}

/** Somebody of a circle, or a main person, with the post that they get: what they do with it, and when. */
export class Reader {
  private me: Hands | null = null;
  private answered = new Set<string>();
  private out = false;

  constructor(
    private readonly town: Town,
    private readonly story: CaseStory,
    private readonly memberId: string,
    private readonly person: Person,
  ) {
    for (const address of [person.email, person.phone]) if (address) town.reads(address, (post) => this.comes(post));
    if (person.email && !person.bounces && town.chance.happens(0.02)) town.fillMailbox(person.email);
  }

  /** A main person says yes to the plan, on a device that was made known at the table. */
  async agrees(planId: string | null): Promise<void> {
    if (!planId) return;
    const me = await this.atTheTable();
    if (me && this.town.chance.happens(0.9)) await me.call('POST', `/v1/plans/${planId}/agreements`, { agrees: true }, [201, 403, 409]);
  }

  /** The circle is by itself for a while; one of it says when that begins and ends. */
  async hasPrivateTime(meetingId: string): Promise<void> {
    const me = await this.atTheTable();
    for (const event of ['start', 'end']) await me?.call('POST', `/v1/meetings/${meetingId}/private-time`, { event }, [200, 409]);
  }

  private async atTheTable(): Promise<Hands | null> {
    const link = await this.story.facilitator.call<{ url?: string }>('POST', `/v1/circle-members/${this.memberId}/links`, { via: 'show' }, [201, 409]);
    const token = link.body.url?.split('/l/')[1];
    return token ? this.opens(token) : null;
  }

  private comes(post: Post): void {
    const token = /\/l\/([\w.-]+)/.exec(post.text)?.[1];
    const { chance } = this.town;
    // What scans mails for viruses opens every link; that does nothing.
    if (token && chance.happens(0.3)) this.town.after(MINUTE_MS, () => this.scan(token));
    const { temper } = this.person;
    if (!token || this.out || temper === 'never') return;
    if (temper === 'after-a-call' && chance.happens(0.7)) return;
    const hours = temper === 'late' ? chance.between(24, 120) : chance.between(0, 10);
    const at = awake(new Date(this.town.now.getTime() + hours * HOUR_MS + chance.between(1, 59) * MINUTE_MS));
    this.town.agenda.add(at, () => this.reads(token));
  }

  private async scan(token: string): Promise<void> {
    await this.town.stranger('a mail scanner').call('GET', `/l/${token}`, undefined, [200, 404, 410]);
  }

  private async reads(token: string): Promise<void> {
    if (this.out || this.story.over) return;
    const me = this.me ?? (await this.opens(token));
    if (!me) return;
    if (this.person.wantsOut) return this.leaves(me);
    const id = this.story.meetingId;
    if (!id) return;
    const seen = await me.call<Meeting>('GET', `/v1/meetings/${id}`, undefined, [200, 401, 404]);
    if (seen.status !== 200) return this.lostTheirSession(seen.status);
    if (this.answered.has(id) && !this.town.chance.happens(0.1)) return;
    await this.answers(me, seen.body);
    if (this.person.wavers) this.town.after(DAY_MS, async () => void (await this.answers(me, seen.body)));
  }

  private async answers(me: Hands, meeting: Meeting): Promise<void> {
    if (this.story.over) return;
    const slots = meeting.state === 'fixed' ? meeting.slots.filter(({ id }) => id === meeting.slotId) : meeting.slots;
    const put = (): ReturnType<Hands['call']> => me.call('PUT', `/v1/meetings/${meeting.id}/responses/${this.memberId}`, { answers: answersTo(this.town, slots) }, [200, 401, 404, 409]);
    const [said] = this.town.chance.happens(0.1) ? await Promise.all([put(), put()]) : [await put()];
    if (said.status === 200) {
      this.answered.add(meeting.id);
      this.town.count('answers given by themselves');
    } else this.lostTheirSession(said.status);
  }

  private async leaves(me: Hands): Promise<void> {
    const left = await me.call('POST', `/v1/circle-members/${this.memberId}/removal`, {}, [200, 401, 404, 409]);
    this.out = left.status === 200;
    if (this.out) this.town.count('took themselves out');
  }

  private async opens(token: string): Promise<Hands | null> {
    const opened = await this.town
      .stranger(this.person.name)
      .call<{ token: string; member: { id: string } }>('POST', '/v1/participant-sessions', { linkToken: token }, [201, 401, 404, 410]);
    if (opened.status !== 201) return null;
    if (opened.body.member.id !== this.memberId) this.town.surprises.push(`a link of ${this.memberId} opened the page of ${opened.body.member.id}`);
    this.me = this.town.participant(this.person.name, opened.body.token, this.memberId);
    return this.me;
  }

  private lostTheirSession(status: number): void {
    if (status === 401) this.me = null;
  }
}
