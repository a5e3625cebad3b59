import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { StatefulRequest } from '../platform/http/access.js';
import { CirclePage } from './circle.pages.js';
import { ROUTES } from './desk.routes.js';
import { MinePage } from './mine.pages.js';
import { participant, ParticipantPagesService } from './participant-pages.service.js';
import { contextOf, VisitsService, type Page } from './visits.service.js';

/** The first page of who came by a personal link, `/kring` or `/mijn`: to show, and to come back to after a form. */
@Injectable()
export class OwnPages {
  constructor(
    private readonly visits: VisitsService,
    private readonly pages: ParticipantPagesService,
  ) {}

  /** The page of the one who asks. */
  page(request: StatefulRequest): Page {
    const ctx = contextOf(request);
    const { gehouden: kept = null } = request.query as { gehouden?: string };
    return async (frame) => {
      if (participant(ctx).isMainPerson) {
        const { contact, props } = await this.pages.minePage(ctx, kept);
        return <MinePage frame={{ ...frame, contact }} {...props} />;
      }
      const { contact, props } = await this.pages.circlePage(ctx, kept);
      return <CirclePage frame={{ ...frame, contact }} {...props} />;
    };
  }

  /** Does what a form on it asks, and comes back. */
  done(request: StatefulRequest, reply: FastifyReply, done: string | undefined, command: () => Promise<unknown>, query = ''): Promise<void> {
    const home = participant(contextOf(request)).isMainPerson ? ROUTES.mine : ROUTES.circle;
    return this.visits.act(request, reply, { to: `${home}${query}`, done, page: this.page(request) }, command);
  }
}
