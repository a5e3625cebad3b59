import { Injectable } from '@nestjs/common';
import { AuditService, type Origin } from '../audit/audit.service.js';
import { systemContext, type Ctx, type ParticipantActor } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { Limits, type Limit } from '../platform/http/limits.js';
import { Problem } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { knownUntil, knownWhileChairing, midnightAfter, purposeFor, sessionEnds, type LinkPurpose } from './links.rules.js';
import { LinksService } from './links.service.js';
import type { ParticipantSession } from './people.dto.js';
import { newToken, organisationOf, parseToken } from './tokens.rules.js';

const LINKS_PER_ADDRESS: Limit = { kind: 'link address', max: 50, windowSeconds: 900 };

const OPEN = statement(
  'people.participant-session-open',
  `insert into people_sessions (organisation_id, id, hash, member_id, purpose, known_until, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const END_OF_MEMBER = statement(
  'people.sessions-end',
  'update people_sessions set ended_at = $3 where organisation_id = $1 and member_id = $2 and ended_at is null returning id',
);
// The session that a device had before, when it was of the same person and still is; it ends with the new one.
const REPLACE = statement(
  'people.participant-session-replace',
  `update people_sessions set ended_at = $4
   where organisation_id = $1 and hash = $2 and member_id = $3 and ended_at is null and expires_at > $4
   returning known_until as "knownUntil"`,
);
const KNOWN = statement(
  'people.session-known',
  'update people_sessions set known_until = $3 where organisation_id = $1 and id = $2 and ended_at is null',
);
const CHAIRING = statement(
  'people.session-chairing',
  `update people_sessions set known_until = $3, expires_at = greatest(expires_at, $4)
   where organisation_id = $1 and id = $2 and ended_at is null returning expires_at as "expiresAt"`,
);
// Reads circle_members, which lies to the right: who the link is for, and that they have not left.
const LINK = statement(
  'people.link',
  `select l.member_id, l.purpose, l.makes_known, m.case_id, m.is_main_person, coalesce(m.first_name, m.name) as name,
     l.ended_at is null and l.expires_at > $3 and m.state not in ('removed', 'refused') as opens
   from people_links l
   join circle_members m on m.organisation_id = l.organisation_id and m.id = l.member_id
   where l.organisation_id = $1 and l.hash = $2`,
);

interface LinkRow {
  member_id: string;
  purpose: LinkPurpose;
  makes_known: boolean;
  case_id: string;
  is_main_person: boolean;
  name: string;
  opens: boolean;
}

/** Whose link it is. */
export interface LinkOwner {
  organisationId: string;
  memberId: string;
  isMainPerson: boolean;
  firstName: string;
}

/** Opens and ends the sessions of residents and circle members, who come through a personal link. */
@Injectable()
export class ParticipantSessionsService {
  constructor(
    private readonly database: Database,
    private readonly limits: Limits,
    private readonly audit: AuditService,
    private readonly links: LinksService,
    private readonly clock: Clock,
  ) {}

  /**
   * Exchanges a personal link for a session on this device. A link that ended, expired or never was gets 401. `before` is the
   * token of the session that this device has: of the same person, it makes place and leaves the device as known as it was.
   */
  async enterByLink(request: Origin, linkToken: string, before?: string): Promise<ParticipantSession> {
    await this.limits.hit(LINKS_PER_ADDRESS, request.address);
    const link = await this.find(linkToken);
    const parsed = parseToken(linkToken);
    if (!parsed || !link?.opens) {
      await this.refused(request, linkToken, link);
      throw new Problem(401, 'link-ended');
    }
    const ctx: Ctx = { ...systemContext(parsed.organisationId, request.requestId), address: request.address };
    const session = await this.database.run(ctx, (tx) => this.open(tx, parsed.hash, before));
    await this.limits.giveBack(LINKS_PER_ADDRESS, request.address);
    return session;
  }

  /** Who a link is for, without opening anything: the landing page says it. Null when it opens nothing. */
  async linkFor(request: Origin, linkToken: string): Promise<LinkOwner | null> {
    const link = await this.find(linkToken);
    const organisationId = organisationOf(linkToken);
    if (link?.opens && organisationId) {
      return { organisationId, memberId: link.member_id, isMainPerson: link.is_main_person, firstName: link.name };
    }
    await this.refused(request, linkToken, link);
    return null;
  }

  /** Ends every session of a member who leaves, or whose phone is lost. Returns how many. */
  async endOfMember(tx: Tx, memberId: string): Promise<number> {
    return (await named(tx, END_OF_MEMBER, [tx.organisationId, memberId, tx.now])).length;
  }

  /** From now on this session's device is known, for 30 days. Returns until when. */
  async makeKnown(tx: Tx, sessionId: string): Promise<Date> {
    const until = knownUntil(tx.now);
    await named(tx, KNOWN, [tx.organisationId, sessionId, until]);
    return until;
  }

  /**
   * Who begins to lead a meeting is asked for nothing before midnight: the session lasts until then at least, and a device that
   * is known stays so. Returns until when the session lasts.
   */
  async keepForChairing(tx: Tx, { sessionId, knownUntil: known }: Pick<ParticipantActor, 'sessionId' | 'knownUntil'>): Promise<Date> {
    const knownTo = known && knownWhileChairing(known, tx.now);
    const [row] = await named<{ expiresAt: Date }>(tx, CHAIRING, [tx.organisationId, sessionId, knownTo, midnightAfter(tx.now)]);
    if (!row) throw new Problem(401, 'unauthenticated');
    return row.expiresAt;
  }

  private async refused(request: Origin, linkToken: string, link: LinkRow | null): Promise<void> {
    const object = link && { kind: 'circle-member', id: link.member_id };
    await this.audit.refusedToken(request, organisationOf(linkToken), { action: 'access.link-refused', object, caseId: link?.case_id });
  }

  private async open(tx: Tx, hash: Buffer, before: string | undefined): Promise<ParticipantSession> {
    const [link] = await named<LinkRow>(tx, LINK, [tx.organisationId, hash, tx.now]);
    // It may have ended since it was looked up.
    if (!link?.opens) throw new Problem(401, 'link-ended');
    const term = await this.links.term(tx, link.member_id);
    const purpose = link.purpose === 'show' ? purposeFor(term) : link.purpose;
    const expiresAt = sessionEnds({ purpose, createdAt: tx.now }, term, tx.now);
    const known = link.makes_known ? knownUntil(tx.now) : await this.replace(tx, link.member_id, before);
    const { token, hash: tokenHash } = newToken(tx.organisationId);
    await named(tx, OPEN, [tx.organisationId, newId(tx.now), tokenHash, link.member_id, purpose, known, tx.now, expiresAt]);
    const object = { kind: 'circle-member', id: link.member_id };
    await this.audit.record(tx, { action: 'people.link-used', object, caseId: link.case_id });
    return {
      token,
      expiresAt: expiresAt.toISOString(),
      member: { id: link.member_id, caseId: link.case_id, firstName: link.name, isResident: link.is_main_person },
    };
  }

  /** How long the device was known by the session that it had. */
  private async replace(tx: Tx, memberId: string, before: string | undefined): Promise<Date | null> {
    const parsed = before === undefined ? null : parseToken(before);
    if (parsed?.organisationId !== tx.organisationId) return null;
    const [row] = await named<{ knownUntil: Date | null }>(tx, REPLACE, [tx.organisationId, parsed.hash, memberId, tx.now]);
    return row?.knownUntil ?? null;
  }

  private async find(linkToken: string): Promise<LinkRow | null> {
    const parsed = parseToken(linkToken);
    if (!parsed) return null;
    return this.database.view(systemContext(parsed.organisationId, 'link'), async (tx) => {
      const [link] = await named<LinkRow>(tx, LINK, [parsed.organisationId, parsed.hash, this.clock.now()]);
      return link ?? null;
    });
  }
}
