import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/tx.js';
import { newId } from '../platform/ids.js';
import { PublicUrl } from '../platform/http/public-url.js';
import { newToken } from './tokens.rules.js';

/** How long a personal link opens the page when nothing else says until when. */
export const LINK_DAYS = 90;

const DAY_MS = 24 * 60 * 60 * 1000;

export interface IssuedLink {
  token: string;
  url: string;
  expiresAt: Date;
}

/** Personal links: one person, one purpose, revocable, expiring; only a hash is kept. */
@Injectable()
export class LinksService {
  constructor(private readonly publicUrl: PublicUrl) {}

  /** A new link beside those that exist: each mail carries its own. `makesKnown` when the facilitator shows it at the table. */
  async issue(
    tx: Tx,
    link: { memberId: string; makesKnown?: boolean; messageId?: string; expiresAt?: Date },
  ): Promise<IssuedLink> {
    const { token, hash } = newToken(tx.organisationId);
    const expiresAt = link.expiresAt ?? new Date(tx.now.getTime() + LINK_DAYS * DAY_MS);
    await tx.client.query(
      `insert into people_links (organisation_id, id, hash, member_id, makes_known, message_id, created_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [tx.organisationId, newId(tx.now), hash, link.memberId, link.makesKnown ?? false, link.messageId ?? null, tx.now, expiresAt],
    );
    return { token, url: this.publicUrl.to(`/l/${token}`), expiresAt };
  }

  /** Ends all links of a person: a lost mail, a new link, someone who left. */
  async endAll(tx: Tx, memberId: string): Promise<void> {
    await tx.client.query(
      'update people_links set ended_at = $3 where organisation_id = $1 and member_id = $2 and ended_at is null',
      [tx.organisationId, memberId, tx.now],
    );
  }
}
