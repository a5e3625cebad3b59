import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { systemContext, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { Limits, type Limit } from '../platform/http/limits.js';
import { Problem } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import type { ParticipantSession } from './people.dto.js';
import { newToken, parseToken } from './tokens.rules.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const PARTICIPANT_SESSION_DAYS = 90;
/** How long a device that the facilitator showed a link to counts as known (`6-security` B3). */
const KNOWN_DEVICE_DAYS = 30;

const LINKS_PER_ADDRESS: Limit = { kind: 'link address', max: 50, windowSeconds: 900 };

const OPEN = statement(
  'people.participant-session-open',
  `insert into people_sessions (organisation_id, id, hash, member_id, known_until, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
);
const END_OF_MEMBER = statement(
  'people.sessions-end',
  'update people_sessions set ended_at = $3 where organisation_id = $1 and member_id = $2 and ended_at is null',
);
// Reads circle_members, which lies to the right: who the link is for, and that they have not left.
const LINK = statement(
  'people.link',
  `select l.member_id, l.makes_known, m.case_id, m.is_main_person, coalesce(m.first_name, m.name) as name
   from people_links l
   join circle_members m on m.organisation_id = l.organisation_id and m.id = l.member_id
   where l.organisation_id = $1 and l.hash = $2 and l.ended_at is null and l.expires_at > $3
     and m.state not in ('removed', 'refused')`,
);

interface LinkRow {
  member_id: string;
  makes_known: boolean;
  case_id: string;
  is_main_person: boolean;
  name: string;
}

/** Opens and ends the sessions of residents and circle members, who come through a personal link. */
@Injectable()
export class ParticipantSessionsService {
  constructor(
    private readonly database: Database,
    private readonly limits: Limits,
    private readonly audit: AuditService,
  ) {}

  /** Exchanges a personal link for a session on this device. A link that ended, expired or never was gets 401. */
  async enterByLink(request: { address: string; requestId: string }, linkToken: string): Promise<ParticipantSession> {
    await this.limits.hit(LINKS_PER_ADDRESS, request.address);
    const parsed = parseToken(linkToken);
    if (!parsed) throw new Problem(401, 'link-ended');
    const ctx: Ctx = { ...systemContext(parsed.organisationId, request.requestId), address: request.address };
    const session = await this.database.run(ctx, async (tx) => {
      const [link] = await named<LinkRow>(tx, LINK, [parsed.organisationId, parsed.hash, tx.now]);
      if (!link) throw new Problem(401, 'link-ended');
      const { token, hash: tokenHash } = newToken(tx.organisationId);
      const expiresAt = new Date(tx.now.getTime() + PARTICIPANT_SESSION_DAYS * DAY_MS);
      const knownUntil = link.makes_known ? new Date(tx.now.getTime() + KNOWN_DEVICE_DAYS * DAY_MS) : null;
      await named(tx, OPEN, [tx.organisationId, newId(tx.now), tokenHash, link.member_id, knownUntil, tx.now, expiresAt]);
      await this.audit.record(tx, {
        action: 'people.link-used',
        object: { kind: 'circle-member', id: link.member_id },
        caseId: link.case_id,
      });
      return {
        token,
        expiresAt: expiresAt.toISOString(),
        member: { id: link.member_id, caseId: link.case_id, firstName: link.name, isResident: link.is_main_person },
      };
    });
    await this.limits.giveBack(LINKS_PER_ADDRESS, request.address);
    return session;
  }

  /** Who a link is for, without opening anything: the landing page says it. Null when it opens nothing. */
  async linkFor(token: string): Promise<{ firstName: string } | null> {
    const parsed = parseToken(token);
    if (!parsed) return null;
    return this.database.view(systemContext(parsed.organisationId, 'link'), async (tx) => {
      const [link] = await named<LinkRow>(tx, LINK, [parsed.organisationId, parsed.hash, tx.now]);
      return link ? { firstName: link.name } : null;
    });
  }

  /** Ends every session of a member who leaves. */
  async endOfMember(tx: Tx, memberId: string): Promise<void> {
    await named(tx, END_OF_MEMBER, [tx.organisationId, memberId, tx.now]);
  }
}
