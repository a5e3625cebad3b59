import { DAY_MS, dayAt, hourOf, isWorkingDay } from './agenda.js';
import type { CaseStory } from './cases.js';
import type { Hands, Town } from './town.js';

/** When a facilitator sits down to their cases. */
const SITTINGS = [[8, 45], [11, 30], [14, 15], [16, 40]] as const;
const EVENING = [21, 15] as const;
const WEEK_MS = 7 * DAY_MS;

/** The days of the facilitators: their work, who is on duty, and who falls ill. */
export class Life {
  private readonly away = new Map<Hands, Date>();

  constructor(
    private readonly town: Town,
    private readonly stories: readonly CaseStory[],
  ) {}

  async begin(): Promise<void> {
    const { town } = this;
    const { days, start } = town.options;
    await this.makeRoster();
    for (let day = 0; day < days; day += 1) {
      for (const [hour, minute] of SITTINGS) town.agenda.add(dayAt(start, day, hour, minute), () => this.sitting());
      // Meetings in the evening are written up after them.
      town.agenda.add(dayAt(start, day, ...EVENING), () => this.sitting());
    }
    if (days > 10) {
      for (const day of [8, 17]) town.agenda.add(dayAt(start, day, 8, 10), () => this.fallsIll());
    }
  }

  private async sitting(): Promise<void> {
    const { town } = this;
    const evening = hourOf(town.now) > 20;
    const atWork = town.facilitators.filter((one) => !((this.away.get(one)?.getTime() ?? 0) > town.now.getTime()));
    for (const story of this.stories) {
      if (story.over || !atWork.includes(story.facilitator)) continue;
      if (story.acute || (isWorkingDay(town.now) && (!evening || story.meetingId))) await story.work();
    }
  }

  /** Somebody is ill for some days: the lead gives their whole work to another, or case by case where an hour is taken. */
  private async fallsIll(): Promise<void> {
    const { town } = this;
    const busy = town.facilitators.filter((one) => this.stories.some((story) => story.facilitator === one && !story.over));
    if (busy.length < 2) return;
    const ill = town.chance.one(busy);
    this.away.set(ill, new Date(town.now.getTime() + town.chance.between(2, 6) * DAY_MS));
    town.count('facilitators ill');
    for (const other of town.chance.shuffled(town.facilitators.filter((one) => one !== ill))) {
      const moved = await town.lead.call<{ cases: { id: string }[] }>('POST', `/v1/facilitators/${ill.id}/handover`, { facilitatorId: other.id, reason: 'illness' }, [200, 201, 400, 409]);
      if (moved.status >= 400) {
        town.count('handovers refused: an hour was taken');
        continue;
      }
      for (const story of this.stories) if (moved.body.cases.some(({ id }) => id === story.id)) story.moveTo(other);
      town.count('cases handed over', moved.body.cases.length);
      return;
    }
  }

  /** Two by turns, a week each. */
  private async makeRoster(): Promise<void> {
    const { town } = this;
    const { start, days } = town.options;
    const ids = town.facilitators.map(({ id }) => id);
    const items = Array.from({ length: Math.ceil(days / 7) + 1 }, (_, i) => ({
      from: new Date(start.getTime() + i * WEEK_MS).toISOString(),
      to: new Date(start.getTime() + (i + 1) * WEEK_MS).toISOString(),
      firstId: ids[i % ids.length]!,
      secondId: ids[(i + 1) % ids.length]!,
    }));
    await town.lead.call('PUT', '/v1/duty-roster', { items });
  }
}
