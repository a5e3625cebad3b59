import { setTimeout as pause } from 'node:timers/promises';
import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import type { Actor, Ctx, ParticipantActor, StaffActor, StaffRole } from '../platform/actor.js';
import { systemContext } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { named, statement } from '../platform/database/tx.js';
import { Limits, type Limit } from '../platform/http/limits.js';
import { Problem } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault } from '../platform/vault/vault.js';
import type { Me, StaffSession } from './people.dto.js';
import { newToken, parseToken } from './tokens.rules.js';

const HOUR_MS = 60 * 60 * 1000;
const STAFF_SESSION_HOURS = 12;

/** Longer than comparing a password and writing it down takes: time does not tell whether there is such an account. */
const FAILED_SIGN_IN_MS = 250;

const PER_ACCOUNT: Limit = { kind: 'sign-in account', max: 10, windowSeconds: 900 };
const PER_ADDRESS: Limit = { kind: 'sign-in address', max: 50, windowSeconds: 900 };

const ENTER = statement('people.enter', 'select * from enter($1, $2, $3)');
const ACCOUNT = statement('people.account', 'select organisation_id, staff_id from people_sign_in_addresses where address_hash = $1');
const PASSWORD = statement(
  'people.password',
  'select name, roles, password_hash from people_staff where organisation_id = $1 and id = $2 and disabled_at is null',
);
const OPEN = statement(
  'people.session-open',
  `insert into people_sessions (organisation_id, id, hash, staff_id, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
);
const END = statement(
  'people.session-end',
  'update people_sessions set ended_at = $3 where organisation_id = $1 and id = $2 and ended_at is null',
);

export interface EnterRow {
  organisation_id: string;
  session_id: string;
  staff_id: string | null;
  roles: StaffRole[] | null;
  member_id: string | null;
  case_id: string | null;
  is_main_person: boolean | null;
  known_until: Date | null;
  name: string;
}

/** The actor in a row of `enter`. */
export function actorOf(row: EnterRow): StaffActor | ParticipantActor {
  const common = { organisationId: row.organisation_id, sessionId: row.session_id, name: row.name };
  if (row.staff_id) return { kind: 'staff', ...common, staffId: row.staff_id, roles: row.roles! };
  return {
    kind: 'participant',
    ...common,
    memberId: row.member_id!,
    caseId: row.case_id!,
    isMainPerson: row.is_main_person!,
    knownUntil: row.known_until,
  };
}

interface AccountRow {
  organisation_id: string;
  staff_id: string;
}

interface PasswordRow {
  name: string;
  roles: StaffRole[];
  password_hash: string | null;
}

/** Opens sessions of staff (mail and password); finds and ends every session. */
@Injectable()
export class SessionsService {
  /** Verified when there is no such account, so that it takes as long. */
  private readonly nobody = hash(newToken('').token);

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly limits: Limits,
    private readonly audit: AuditService,
  ) {}

  /** Who holds this session token, or null. One statement; nothing is cached, so an ended session ends at once. */
  async find(token: string): Promise<StaffActor | ParticipantActor | null> {
    const parsed = parseToken(token);
    if (!parsed) return null;
    const [row] = await this.database.one<EnterRow>(ENTER, [parsed.organisationId, parsed.hash, this.clock.now()]);
    return row ? actorOf(row) : null;
  }

  /** Signs staff in. A wrong password and an unknown address get the same 401, in the same time; failures are throttled. */
  async signIn(request: { address: string; requestId: string }, email: string, password: string): Promise<StaffSession> {
    await this.limits.hit(PER_ADDRESS, request.address);
    await this.limits.hit(PER_ACCOUNT, email);
    const notBefore = pause(FAILED_SIGN_IN_MS, undefined, { ref: false });
    const session = await this.session(request, email, password);
    if (!session) {
      await notBefore;
      throw new Problem(401, 'sign-in-failed');
    }
    await this.limits.giveBack(PER_ADDRESS, request.address);
    await this.limits.giveBack(PER_ACCOUNT, email);
    return session;
  }

  /** A session for who has this password, null when nobody has. No connection is held while the password is compared. */
  private async session(request: { address: string; requestId: string }, email: string, password: string): Promise<StaffSession | null> {
    const [account] = await this.database.one<AccountRow>(ACCOUNT, [this.vault.installationHash('sign-in address', email)]);
    if (!account) {
      await verify(await this.nobody, password);
      return null;
    }
    const ctx: Ctx = { ...systemContext(account.organisation_id, request.requestId), address: request.address };
    const [staff] = await this.database.view(ctx, (tx) =>
      named<PasswordRow>(tx, PASSWORD, [account.organisation_id, account.staff_id]),
    );
    const matches = await verify(staff?.password_hash ?? (await this.nobody), password);
    const object = { kind: 'staff', id: account.staff_id };
    return this.database.run(ctx, async (tx) => {
      if (!staff?.password_hash || !matches) {
        await this.audit.record(tx, { action: 'people.sign-in', object, result: 'refused' });
        return null;
      }
      const { token, hash: tokenHash } = newToken(tx.organisationId);
      const expiresAt = new Date(tx.now.getTime() + STAFF_SESSION_HOURS * HOUR_MS);
      await named(tx, OPEN, [tx.organisationId, newId(tx.now), tokenHash, account.staff_id, tx.now, expiresAt]);
      await this.audit.record(tx, { action: 'people.sign-in', object });
      const user = { id: account.staff_id, name: staff.name, roles: staff.roles };
      return { token, expiresAt: expiresAt.toISOString(), user };
    });
  }

  /** Ends the session of the one who asks. */
  async endOwn(ctx: Ctx): Promise<void> {
    const { actor } = ctx;
    if (!('sessionId' in actor)) throw new Problem(401, 'unauthenticated');
    await this.database.run(ctx, async (tx) => {
      await named(tx, END, [tx.organisationId, actor.sessionId, tx.now]);
      await this.audit.record(tx, { action: 'people.sign-out', object: { kind: 'session', id: actor.sessionId } });
    });
  }

  /** What `GET /v1/me` says. */
  me(actor: Actor): Me {
    if (actor.kind === 'staff') return { kind: 'staff', id: actor.staffId, name: actor.name, roles: actor.roles };
    if (actor.kind !== 'participant') throw new Problem(401, 'unauthenticated');
    const { memberId, caseId, name, isMainPerson, knownUntil } = actor;
    const known = knownUntil !== null && knownUntil > this.clock.now();
    return {
      kind: 'participant',
      id: memberId,
      name,
      roles: [],
      member: { id: memberId, caseId, firstName: name, isResident: isMainPerson },
      deviceKnownUntil: known ? knownUntil.toISOString() : null,
    };
  }
}
