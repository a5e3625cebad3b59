import { Injectable } from '@nestjs/common';
import type { Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement } from '../platform/database/tx.js';
import { Limits, type Limit } from '../platform/http/limits.js';
import { newId } from '../platform/ids.js';
import { Outbox } from '../platform/queue/outbox.service.js';
import { CircleService } from './circle.service.js';
import type { LinkAgain } from './links.dto.js';
import { SEND_LINKS } from './links.jobs.js';

const PER_SENDER: Limit = { kind: 'link-request sender', max: 20, windowSeconds: 3600 };
const PER_RECIPIENT: Limit = { kind: 'link-request recipient', max: 3, windowSeconds: 3600 };

const INSERT = statement(
  'circle.link-request',
  'insert into circle_link_requests (organisation_id, id, contact_hash, via, created_at) values ($1, $2, $3, $4, $5)',
);

/** "Send my link again", asked by whoever. */
@Injectable()
export class LinkRequestsService {
  constructor(
    private readonly database: Database,
    private readonly circle: CircleService,
    private readonly limits: Limits,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Takes the request, and does the same work for every address: whether anybody is there is looked up later, by a job, so
   * neither the answer nor its time tells. Throttled per sender and per address, known or not.
   */
  async ask(ctx: Ctx, sender: string, contact: string): Promise<LinkAgain> {
    const { organisationId } = ctx.actor;
    await this.limits.hit(PER_SENDER, sender);
    await this.limits.hit(PER_RECIPIENT, `${organisationId} ${contact}`);
    const hash = await this.circle.contactHash(organisationId, contact);
    return this.database.run(ctx, async (tx) => {
      const id = newId(tx.now);
      await named(tx, INSERT, [organisationId, id, hash, contact.includes('@') ? 'mail' : 'sms', tx.now]);
      await this.outbox.add(tx, SEND_LINKS, { key: id, payload: { requestId: id } });
      return { status: 'taken' };
    });
  }
}
