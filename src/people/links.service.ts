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
   select $1, l.id, l.hash, l.member_id, l.purpose, l.makes_known, l.message_id, $2, l.expires_at
   from unnest($3::uuid[], $4::bytea[], $5::uuid[], $6::text[], $7::boolean[], $8::uuid[], $9::timestamptz[])
     as l (id, hash, member_id, purpose, makes_known, message_id, expires_at)`,
);
const END_ALL = statement(
  'people.links-end',
  'update people_links set ended_at = $3 where organisation_id = $1 and member_id = any ($2) and ended_at is null returning id',
);
// A link lives as long as what it is for, so these read what lies to the right: circle_members, cases, meetings.
const TERM = `c.state as "caseState", c.closed_at as "closedAt",
  (select max(t.ends_at) from meetings t where t.organisation_id = c.organisation_id and t.case_id = c.id
    and t.state in ('fixed', 'held')) as "meetingEndsAt"`;
const TERM_OF_MEMBERS = statement(
  'people.link-terms',
  `select m.id as "memberId", ${TERM}, m.phone_lost_at is not null as "phoneLost"
   from circle_members m join cases c on c.organisation_id = m.organisation_id and c.id = m.case_id
   where m.organisation_id = $1 and m.id = any ($2)`,
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

/** A link to be made. `shown`: the facilitator shows it; `makesKnown`: it goes a way that is known to be theirs. */
interface WantedLink {
  memberId: string;
  shown?: boolean;
  makesKnown?: boolean;
  messageId?: string;
}

/** A link that goes out by itself with a message; with `rotates` the person's earlier ones end. */
export interface MailedLink {
  memberId: string;
  makesKnown: boolean;
  rotates?: boolean;
  messageId: string;
}

type MemberTerm = LinkTerm & { phoneLost: boolean };

/** Of somebody who is not there (any more). */
const NOWHERE: MemberTerm = { caseState: 'preparing', meetingEndsAt: null, closedAt: null, phoneLost: false };

/** Personal links: one person, one purpose, revocable, expiring; only a hash is kept. */
@Injectable()
export class LinksService {
  constructor(private readonly publicUrl: PublicUrl) {}

  /** A new link beside those that exist: each mail carries its own. Without `shown` it is for what the case is at. */
  async issue(tx: Tx, link: WantedLink): Promise<IssuedLink> {
    return (await this.insert(tx, [{ ...link, term: await this.term(tx, link.memberId) }]))[0]!;
  }

  /** One for each message, by its id: none for someone who lost their phone, until the facilitator gives one. */
  async issueMailed(tx: Tx, links: readonly MailedLink[]): Promise<ReadonlyMap<string, IssuedLink>> {
    if (links.length === 0) return new Map();
    const rotating = links.filter(({ rotates }) => rotates).map(({ memberId }) => memberId);
    if (rotating.length > 0) await named(tx, END_ALL, [tx.organisationId, rotating, tx.now]);
    const terms = await this.terms(tx, links.map(({ memberId }) => memberId));
    const wanted = links.map((link) => ({ ...link, term: terms.get(link.memberId) ?? NOWHERE })).filter(({ term }) => !term.phoneLost);
    const issued = await this.insert(tx, wanted);
    return new Map(wanted.map(({ messageId }, i) => [messageId, issued[i]!]));
  }

  /** Until when a link that is given now would work. */
  async wouldEnd(tx: Tx, memberId: string): Promise<Date> {
    const term = await this.term(tx, memberId);
    return linkEnds({ purpose: purposeFor(term), createdAt: tx.now }, term, tx.now);
  }

  /** Ends all links of a person: a lost mail, a new link, someone who left. Returns how many. */
  async endAll(tx: Tx, memberId: string): Promise<number> {
    return (await named(tx, END_ALL, [tx.organisationId, [memberId], tx.now])).length;
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
  async term(tx: Tx, memberId: string): Promise<MemberTerm> {
    return (await this.terms(tx, [memberId])).get(memberId) ?? NOWHERE;
  }

  private async terms(tx: Tx, memberIds: readonly string[]): Promise<ReadonlyMap<string, MemberTerm>> {
    const rows = await named<MemberTerm & { memberId: string }>(tx, TERM_OF_MEMBERS, [tx.organisationId, memberIds]);
    return new Map(rows.map((row) => [row.memberId, row]));
  }

  /** Makes links in one statement; returns them in the same order. */
  private async insert(tx: Tx, wanted: readonly (WantedLink & { term: LinkTerm })[]): Promise<IssuedLink[]> {
    const rows = wanted.map(({ memberId, shown, makesKnown, messageId, term }) => {
      const purpose: LinkPurpose = shown ? 'show' : purposeFor(term);
      return {
        ...newToken(tx.organisationId),
        id: newId(tx.now),
        memberId,
        purpose,
        makesKnown: shown ?? makesKnown ?? false,
        messageId: messageId ?? null,
        expiresAt: linkEnds({ purpose, createdAt: tx.now }, term, tx.now),
      };
    });
    const names = ['id', 'hash', 'memberId', 'purpose', 'makesKnown', 'messageId', 'expiresAt'] as const;
    await named(tx, ISSUE, [tx.organisationId, tx.now, ...names.map((name) => rows.map((row) => row[name]))]);
    return rows.map(({ token, expiresAt }) => ({ token, url: this.publicUrl.to(`/l/${token}`), expiresAt }));
  }
}
