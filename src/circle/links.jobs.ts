import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { CaseEntity } from '../cases/case.entity.js';
import { OPEN_STATES } from '../cases/cases.rules.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { defineJob, JobRegistry } from '../platform/queue/jobs.js';
import { CONTACTABLE_STATES, wayToSendAgain } from './circle.rules.js';
import { CircleService, type CircleMember } from './circle.service.js';
import { CircleLinksService } from './links.service.js';

export const SEND_LINKS = defineJob<{ requestId: string }>('circle.links-again', { queue: 'messages' });

const TAKE = statement(
  'circle.link-request-take',
  `delete from circle_link_requests where organisation_id = $1 and id = $2 returning contact_hash as hash, via`,
);
// Found by the primary key of the look-ups. Who had a link before: of the personal ones, whoever gave it.
const ASKED_BY = statement(
  'circle.link-request-people',
  `select l.object_id as id, exists (select 1 from people_links p where p.organisation_id = l.organisation_id
     and p.member_id = l.object_id) as "hadLink"
   from platform_lookups l where l.organisation_id = $1 and l.kind = 'circle-contact' and l.hash = $2 order by l.object_id`,
);

/** Sends their link again to everyone who is reached at the address that was typed, and may be. */
@Injectable()
export class LinksJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly database: Database,
    private readonly circle: CircleService,
    private readonly links: CircleLinksService,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(SEND_LINKS, (run, { requestId }) =>
      this.database.run(run.ctx, async (tx) => {
        const [request] = await named<{ hash: Buffer; via: 'mail' | 'sms' }>(tx, TAKE, [tx.organisationId, requestId]);
        if (!request) return 'skipped';
        const people = await named<{ id: string; hadLink: boolean }>(tx, ASKED_BY, [tx.organisationId, request.hash]);
        for (const { id, hadLink } of people) await this.send(tx, requestId, await this.circle.member(tx, id), request.via, hadLink);
        return 'done';
      }),
    );
  }

  private async send(tx: Tx, requestId: string, member: CircleMember, via: 'mail' | 'sms', hadLink: boolean): Promise<void> {
    const theCase = await tx.em.findOneByOrFail(CaseEntity, { organisationId: tx.organisationId, id: member.caseId });
    const mayHear = member.isMainPerson ? member.state !== 'removed' : theCase.consentGiven && CONTACTABLE_STATES.includes(member.state);
    if (!OPEN_STATES.includes(theCase.state) || !mayHear || member.phoneLostAt) return;
    if (!(await this.links.maySendAgain(tx, theCase, member, hadLink))) return;
    const way = wayToSendAgain({ ...member, viaMemberId: member.viaMemberId ?? undefined }, via);
    const withLink = way.channel === 'mail' || way.channel === 'sms';
    await this.links.queue(tx, theCase, member, way, { withLink, linkRotates: true, key: `personal-link ${requestId} ${member.id}` });
    await this.audit.record(tx, { action: 'circle.link-again', object: { kind: 'circle-member', id: member.id }, caseId: theCase.id });
  }
}
