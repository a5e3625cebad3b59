import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { AuditService } from '../audit/audit.service.js';
import { bareAddress } from '../messages/messages.jobs.js';
import { newToken, organisationOf, parseToken } from '../people/tokens.rules.js';
import { actorId, type Ctx, type StaffRole } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { InjectSettings } from '../platform/config/token.js';
import type { Settings } from '../platform/config/settings.js';
import { Database } from '../platform/database/database.js';
import { named, type Tx } from '../platform/database/tx.js';
import { Limits, type Limit } from '../platform/http/limits.js';
import { notFound } from '../platform/http/problem.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { newId } from '../platform/ids.js';
import { textsFor } from '../texts/texts.js';
import type { CalendarFeed } from './calendar-feeds.dto.js';
import { END_FEED, FEED, FEED_OF, PUT_FEED, type FeedEvent, type FeedRow } from './calendar-feeds.queries.js';
import { renderFeed } from './calendar.rules.js';

/** What is over stays in the feed for so long. */
const PAST_DAYS = 30;
const SUFFIX = '.ics';
/** A calendar program reads it some times an hour; from several devices. */
const READS: Limit = { kind: 'feed-read', max: 120, windowSeconds: 3600 };
const GUESSES: Limit = { kind: 'feed-guess', max: 60, windowSeconds: 3600 };

export interface FeedRequest {
  /** The last part of the address. */
  file: string;
  requestId: string;
  address: string;
}

/**
 * A facilitator's agenda at a secret address. What is read there ends up at whoever keeps that calendar: numbers and kinds of
 * meeting only, no name and no address of anybody.
 */
@Injectable()
export class CalendarFeedsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly limits: Limits,
    private readonly publicUrl: PublicUrl,
    private readonly audit: AuditService,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  /** Makes one's address, in place of the one there was. Only its hash is kept: it is shown this once. */
  async make(ctx: Ctx): Promise<CalendarFeed> {
    return this.database.run(ctx, async (tx) => {
      const staffId = actorId(tx.actor)!;
      const { token, hash } = newToken(tx.organisationId);
      await named(tx, PUT_FEED, [tx.organisationId, staffId, newId(tx.now), hash, tx.now]);
      await this.audit.record(tx, { action: 'meetings.feed-made', object: { kind: 'staff', id: staffId } });
      return { url: `${this.publicUrl.base}/agenda/${token}${SUFFIX}`, createdAt: tx.now.toISOString() };
    });
  }

  /** One's address stops working at once; also when there is none. */
  async end(ctx: Ctx): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      const staffId = actorId(tx.actor)!;
      if ((await named(tx, END_FEED, [tx.organisationId, staffId])).length === 0) return;
      await this.audit.record(tx, { action: 'meetings.feed-ended', object: { kind: 'staff', id: staffId } });
    });
  }

  /** Since when somebody has an address; null without one. */
  async since(tx: Tx, staffId: string): Promise<Date | null> {
    const [row] = await named<{ createdAt: Date }>(tx, FEED_OF, [tx.organisationId, staffId]);
    return row?.createdAt ?? null;
  }

  /** The agenda behind an address; 404 for one that is unknown, ended, or of somebody who left. */
  async read({ file, requestId, address }: FeedRequest): Promise<string> {
    const token = file.endsWith(SUFFIX) ? parseToken(file.slice(0, -SUFFIX.length)) : null;
    const now = this.clock.now();
    const from = DateTime.fromJSDate(now).minus({ days: PAST_DAYS }).toJSDate();
    const [row] = token ? await this.database.one<FeedRow>(FEED, [token.organisationId, token.hash, from, now]) : [];
    if (!row) {
      await this.limits.hit(GUESSES, address);
      await this.audit.refusedToken({ address, requestId }, organisationOf(file), { action: 'access.feed-refused', object: null });
      throw notFound();
    }
    await this.limits.hit(READS, row.feed_id);
    const { organisation_id: organisationId, feed_id: sessionId, staff_id: staffId, name } = row;
    const actor = { kind: 'staff', organisationId, sessionId, staffId, name, roles: row.roles as StaffRole[] } as const;
    await this.audit.read({ actor, requestId, address }, { action: 'meetings.feed-read', object: { kind: 'staff', id: staffId } });
    const { feed } = textsFor('nl').availability;
    const organiser = { name: feed.name, email: bareAddress(this.settings.mailFrom) };
    return renderFeed(feed.name, row.events.map((event) => this.entry(event)), organiser);
  }

  private entry({ uid, reference, kind, placeType, offered, sequence, startsAt, endsAt, stamp }: FeedEvent): Parameters<typeof renderFeed>[1][number] {
    const { availability, cases } = textsFor('nl');
    const { feed } = availability;
    return {
      uid: `${uid}@${this.publicUrl.host}`,
      sequence,
      stamp: new Date(stamp),
      startsAt: new Date(startsAt),
      endsAt: new Date(endsAt),
      summary: feed.summary(reference, (cases.kinds as Readonly<Record<string, string>>)[kind] ?? kind, offered),
      location: (feed.places as Readonly<Record<string, string>>)[placeType] ?? '',
      url: `${this.publicUrl.base}/werk/trajecten/${reference}`,
      tentative: offered,
    };
  }
}
