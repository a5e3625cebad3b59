import { Injectable } from '@nestjs/common';
import type { Origin } from '../audit/audit.service.js';
import { LeavingService } from '../circle/leaving.service.js';
import { NoticesService } from '../circle/notices.service.js';
import { ParticipantSessionsService, type LinkOwner } from '../people/participant-sessions.service.js';
import { SessionsService } from '../people/sessions.service.js';
import { systemContext } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { Problem } from '../platform/http/problem.js';
import type { FirstNotice } from '../texts/nl/messages.js';

/** Behind a link, before anything was opened: what we keep of somebody, and the way out. */
@Injectable()
export class LinkRemovalService {
  constructor(
    private readonly database: Database,
    private readonly participants: ParticipantSessionsService,
    private readonly sessions: SessionsService,
    private readonly leaving: LeavingService,
    private readonly notices: NoticesService,
  ) {}

  /** What the page behind the link tells. Writes nothing: mail scanners come here too. */
  async notice({ organisationId, memberId }: LinkOwner, requestId: string): Promise<FirstNotice> {
    return this.database.view(systemContext(organisationId, requestId), (tx) => this.notices.words(tx, memberId));
  }

  /**
   * Takes who the link is for out of the circle and erases what is kept of them: the session that the link opens does it, and
   * ends with it. False when the link opens nothing (any more), or is of a main person, who leaves by asking.
   */
  async remove(request: Origin, token: string): Promise<boolean> {
    const owner = await this.participants.linkFor(request, token);
    if (!owner || owner.isMainPerson) return false;
    try {
      const session = await this.participants.enterByLink(request, token);
      const actor = await this.sessions.find(session.token);
      if (!actor) return false;
      await this.leaving.remove({ actor, ...request }, owner.memberId, { reason: 'own-wish' });
      return true;
    } catch (error) {
      // Two taps at once: the first one took them out.
      if (error instanceof Problem && error.status === 401) return false;
      throw error;
    }
  }
}
