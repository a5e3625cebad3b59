import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SessionsService } from '../people/sessions.service.js';
import { systemContext, type StaffActor } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named } from '../platform/database/tx.js';
import { Readiness } from '../platform/http/health.controller.js';
import { Problem } from '../platform/http/problem.js';
import { Logger } from '../platform/logger.js';
import { URGENT_MARK } from './urgent.queries.js';

/** How often a case that somebody watches is looked at: one statement, and one by key for each who watches. */
const LOOK_MS = 1500;
/** Every so many looks a sign of life goes out. */
const BEAT_LOOKS = 10;
const MOST_OF_ONE = 6;
const MOST_OF_ALL = 300;

interface Viewer {
  reply: FastifyReply;
  actor: StaffActor;
  token: string;
}

interface Watched {
  organisationId: string;
  caseId: string;
  viewers: Set<Viewer>;
  mark: string | null;
  looks: number;
  looking: boolean;
  timer: NodeJS.Timeout;
}

/**
 * Server-sent events for the page of an urgent case: `changed` as soon as anything on it did, whichever process did it, since all look
 * at the database. What changed is not sent: the page asks for it, so that it is read as every page is. A stream ends with the session,
 * when the case goes to somebody else, and when the service stops.
 */
@Injectable()
export class LiveStreams implements BeforeApplicationShutdown {
  private readonly watched = new Map<string, Watched>();

  constructor(
    private readonly database: Database,
    private readonly sessions: SessionsService,
    private readonly readiness: Readiness,
    private readonly logger: Logger,
  ) {}

  /** Opens a stream; the caller has seen that this is the case's facilitator. Too many at once are refused with 429. */
  open(reply: FastifyReply, actor: StaffActor, token: string, caseId: string): void {
    const all = [...this.watched.values()].flatMap(({ viewers }) => [...viewers]);
    const own = all.filter((viewer) => viewer.actor.staffId === actor.staffId).length;
    if (all.length >= MOST_OF_ALL || own >= MOST_OF_ONE) throw new Problem(429, 'too-many', { retryAfterSeconds: 30 });
    const headers = reply.getHeaders() as Record<string, string | string[]>;
    reply.hijack();
    reply.raw.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    reply.raw.write('retry: 3000\n\n');
    const viewer: Viewer = { reply, actor, token };
    const watched = this.watch(actor.organisationId, caseId);
    watched.viewers.add(viewer);
    reply.raw.on('close', () => this.leave(watched, viewer));
    // What changed between the page and this moment is not missed: the first thing said is where it stands.
    if (watched.mark !== null) say(viewer, watched.mark);
    else void this.look(watched);
  }

  /** Streams stay open by themselves: without this the service would not stop. */
  beforeApplicationShutdown(): void {
    for (const watched of this.watched.values()) this.endAll(watched);
  }

  private watch(organisationId: string, caseId: string): Watched {
    const known = this.watched.get(caseId);
    if (known) return known;
    const timer = setInterval(() => void this.look(watched), LOOK_MS);
    timer.unref();
    const watched: Watched = { organisationId, caseId, viewers: new Set(), mark: null, looks: 0, looking: false, timer };
    this.watched.set(caseId, watched);
    return watched;
  }

  private leave(watched: Watched, viewer: Viewer): void {
    watched.viewers.delete(viewer);
    if (watched.viewers.size > 0) return;
    clearInterval(watched.timer);
    this.watched.delete(watched.caseId);
  }

  private async look(watched: Watched): Promise<void> {
    if (this.readiness.draining) return this.endAll(watched);
    if (watched.looking) return;
    watched.looking = true;
    try {
      watched.looks += 1;
      const [row] = await this.database.view(systemContext(watched.organisationId, 'live'), (tx) =>
        named<{ facilitatorId: string; mark: string }>(tx, URGENT_MARK, [tx.organisationId, watched.caseId]),
      );
      for (const viewer of [...watched.viewers]) if (row?.facilitatorId !== viewer.actor.staffId) this.end(watched, viewer);
      if (row && row.mark !== watched.mark) {
        watched.mark = row.mark;
        for (const viewer of watched.viewers) say(viewer, row.mark);
      }
      await this.endSignedOut(watched);
      if (watched.looks % BEAT_LOOKS === 0) for (const { reply } of watched.viewers) reply.raw.write(': \n\n');
    } catch (error) {
      // The next look may succeed; the page goes on asking by itself meanwhile.
      this.logger.warn({ reason: (error as Error).name }, 'a live page could not look');
    } finally {
      watched.looking = false;
    }
  }

  private async endSignedOut(watched: Watched): Promise<void> {
    for (const viewer of [...watched.viewers]) if (!(await this.sessions.find(viewer.token))) this.end(watched, viewer);
  }

  private endAll(watched: Watched): void {
    for (const viewer of [...watched.viewers]) this.end(watched, viewer);
  }

  /** The page is told to stop asking; what it may still show it finds out by being loaded again. */
  private end(watched: Watched, viewer: Viewer): void {
    watched.viewers.delete(viewer);
    viewer.reply.raw.end(this.readiness.draining ? undefined : 'event: over\ndata: \n\n');
  }
}

const say = ({ reply }: Viewer, mark: string): void => {
  reply.raw.write(`event: changed\ndata: ${mark}\n\n`);
};
