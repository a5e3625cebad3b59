import { Injectable } from '@nestjs/common';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { newId } from '../platform/ids.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { linkEnds, purposeFor, sessionEnds, type LinkPurpose, type LinkTerm } from './links.rules.js';
import { newToken } from './tokens.rules.js';

export interface IssuedLink {
  token: string;
  url: string;
  expiresAt: Date;
}

const ISSUE = statement(
  'people.link-issue',
  `insert into people_links (organisation_id, id, hash, member_id, purpose, makes_known, message_id, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const END_ALL = statement(
  'people.links-end',
  'update people_links set ended_at = $3 where organisation_id = $1 and member_id = $2 and ended_at is null returning id',
);
// A link lives as long as what it is for, so these read what lies to the right: circle_members, cases, meetings.
const TERM = `c.state as "caseState", c.closed_at as "closedAt",
  (select max(t.ends_at) from meetings t where t.organisation_id = c.organisation_id and t.case_id = c.id
    and t.state in ('fixed', 'held')) as "meetingEndsAt"`;
const TERM_OF_MEMBER = statement(
  'people.link-term',
  `select ${TERM}, m.phone_lost_at is not null as "phoneLost"
   from circle_members m join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
   where m.organisation_id = $1 and m.id = $2`,
);
const TERM_OF_CASE = statement('people.links-term', `select ${TERM} from cases c where c.organisation_id = $1 and c.id = $2`);
const LIVE = (table: string): string => `select x.id, x.created_at as "createdAt" from ${table} x
   join circle_members m on m.organisation_id = x.organisation_id and m.id = x.member_id
   where x.organisation_id = $1 and m.case_id = $2 and x.ended_at is null and x.expires_at > $3 and x.purpose = 'take-part'`;
const LIVE_LINKS = statement('people.links-live', LIVE('people_links'));
const LIVE_SESSIONS = statement('people.sessions-live', LIVE('people_sessions'));
const DATE = (table: string): string => `update ${table} x set expires_at = d.at, purpose = $4
   from unnest($2::uuid[], $3::timestamptz[]) d (id, at) where x.organisation_id = $1 and x.id = d.id`;
const DATE_LINKS = statement('people.links-date', DATE('people_links'));
const DATE_SESSIONS = statement('people.sessions-date', DATE('people_sessions'));

interface Live {
  id: string;
  createdAt: Date;
}

/** Personal links: one person, one purpose, revocable, expiring; only a hash is kept. */
@Injectable()
export class LinksService {
  constructor(private readonly publicUrl: PublicUrl) {}

  /**
   * A new link beside those that exist: each mail carries its own. Without `shown` it is for what the case is at; `makesKnown`
   * for a way there that is known to be theirs.
   */
  async issue(tx: Tx, link: { memberId: string; shown?: boolean; makesKnown?: boolean; messageId?: string }): Promise<IssuedLink> {
    const term = await this.term(tx, link.memberId);
    const purpose: LinkPurpose = link.shown ? 'show' : purposeFor(term);
    const { token, hash } = newToken(tx.organisationId);
    const expiresAt = linkEnds({ purpose, createdAt: tx.now }, term, tx.now);
    const makesKnown = link.shown ?? link.makesKnown ?? false;
    const values = [hash, link.memberId, purpose, makesKnown, link.messageId ?? null, tx.now, expiresAt];
    await named(tx, ISSUE, [tx.organisationId, newId(tx.now), ...values]);
    return { token, url: this.publicUrl.to(`/l/${token}`), expiresAt };
  }

  /** The same for a message that goes out by itself: none for someone who lost their phone, until the facilitator gives one. */
  async issueFor(tx: Tx, link: { memberId: string; makesKnown: boolean; messageId: string }): Promise<IssuedLink | null> {
    return (await this.term(tx, link.memberId)).phoneLost ? null : this.issue(tx, link);
  }

  /** Until when a link that is given now would work. */
  async wouldEnd(tx: Tx, memberId: string): Promise<Date> {
    const term = await this.term(tx, memberId);
    return linkEnds({ purpose: purposeFor(term), createdAt: tx.now }, term, tx.now);
  }

  /** Ends all links of a person: a lost mail, a new link, someone who left. Returns how many. */
  async endAll(tx: Tx, memberId: string): Promise<number> {
    return (await named(tx, END_ALL, [tx.organisationId, memberId, tx.now])).length;
  }

  /**
   * Gives the links and sessions of a case their new end, in the transaction in which a meeting was fixed, moved or called
   * off, a plan was carried, or the case ended. From then on they are for what the case is at. What is over stays over.
   */
  async redate(tx: Tx, caseId: string): Promise<void> {
    const { organisationId, now } = tx;
    const [term] = await named<LinkTerm>(tx, TERM_OF_CASE, [organisationId, caseId]);
    const purpose = purposeFor(term!);
    const links = await named<Live>(tx, LIVE_LINKS, [organisationId, caseId, now]);
    const linksEnd = links.map(({ createdAt }) => linkEnds({ purpose, createdAt }, term!, now));
    await named(tx, DATE_LINKS, [organisationId, links.map(({ id }) => id), linksEnd, purpose]);
    const sessions = await named<Live>(tx, LIVE_SESSIONS, [organisationId, caseId, now]);
    const sessionsEnd = sessions.map(({ createdAt }) => sessionEnds({ purpose, createdAt }, term!, now));
    await named(tx, DATE_SESSIONS, [organisationId, sessions.map(({ id }) => id), sessionsEnd, purpose]);
  }

  /** Where the case of a person stands, and whether they lost their phone. */
  async term(tx: Tx, memberId: string): Promise<LinkTerm & { phoneLost: boolean }> {
    const [term] = await named<LinkTerm & { phoneLost: boolean }>(tx, TERM_OF_MEMBER, [tx.organisationId, memberId]);
    return term ?? { caseState: 'preparing', meetingEndsAt: null, closedAt: null, phoneLost: false };
  }
}
