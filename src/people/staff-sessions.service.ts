import { Injectable } from '@nestjs/common';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { newId } from '../platform/ids.js';
import { newToken } from './tokens.rules.js';

const HOUR_MS = 60 * 60 * 1000;
const STAFF_SESSION_HOURS = 12;

/** How somebody of the staff came in. */
export type SignedInBy = 'password' | 'oidc';

const OPEN = statement(
  'people.session-open',
  `insert into people_sessions (organisation_id, id, hash, staff_id, signed_in_by, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
);

/** The sessions of those who work here. */
@Injectable()
export class StaffSessionsService {
  /** A new session; only its hash is kept. The caller has seen who it is. */
  async open(tx: Tx, staffId: string, signedInBy: SignedInBy): Promise<{ token: string; expiresAt: string }> {
    const { token, hash } = newToken(tx.organisationId);
    const expiresAt = new Date(tx.now.getTime() + STAFF_SESSION_HOURS * HOUR_MS);
    await named(tx, OPEN, [tx.organisationId, newId(tx.now), hash, staffId, signedInBy, tx.now, expiresAt]);
    return { token, expiresAt: expiresAt.toISOString() };
  }
}
