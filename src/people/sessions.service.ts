import { setTimeout as pause } from 'node:timers/promises';
import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { AuditService, type Origin } from '../audit/audit.service.js';
import type { Actor, Ctx, ParticipantActor, StaffActor, StaffRole } from '../platform/actor.js';
import { systemContext } from '../platform/actor.js';
import { Clock } from '../platform/clock.js';
import type { Settings } from '../platform/config/settings.js';
import { InjectSettings } from '../platform/config/token.js';
import { Database } from '../platform/database/database.js';
import { named, statement } from '../platform/database/tx.js';
import { Limits } from '../platform/http/limits.js';
import { Problem } from '../platform/http/problem.js';
import { Vault } from '../platform/vault/vault.js';
import type { Me, StaffSession } from './people.dto.js';
import { ACCOUNT, type AccountRow } from './sign-in.queries.js';
import { SIGN_INS_PER_ACCOUNT, SIGN_INS_PER_ADDRESS } from './sign-in.rules.js';
import { StaffSessionsService, type SignedInBy } from './staff-sessions.service.js';
import { newToken, parseToken } from './tokens.rules.js';

/** Longer than comparing a password and writing it down takes: time does not tell whether there is such an account. */
const FAILED_SIGN_IN_MS = 250;

const ENTER = statement('people.enter', 'select * from enter($1, $2, $3)');
const PASSWORD = statement(
  'people.password',
  'select name, roles, password_hash from people_staff where organisation_id = $1 and id = $2 and disabled_at is null',
);
// Held against a change of password or the closing of the account at this moment: then it matches no more.
const STILL_MATCHES = statement(
  'people.password-still',
  `select 1 from people_staff where organisation_id = $1 and id = $2 and password_hash = $3 and disabled_at is null for share`,
);
const END = statement(
  'people.session-end',
  `update people_sessions set ended_at = $3 where organisation_id = $1 and id = $2 and ended_at is null
   returning signed_in_by as "signedInBy"`,
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
    private readonly sessions: StaffSessionsService,
    private readonly audit: AuditService,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  /** Who holds this session token, or null. One statement; nothing is cached, so an ended session ends at once. */
  async find(token: string): Promise<StaffActor | ParticipantActor | null> {
    const parsed = parseToken(token);
    if (!parsed) return null;
    const [row] = await this.database.one<EnterRow>(ENTER, [parsed.organisationId, parsed.hash, this.clock.now()]);
    return row ? actorOf(row) : null;
  }

  /**
   * Signs staff in. A wrong password and an unknown address get the same 401, and beyond the limits the same 429, in the same
   * time; who only signs in elsewhere gets 403.
   */
  async signIn(request: Origin, email: string, password: string): Promise<StaffSession> {
    if (!this.settings.localSignIn) throw new Problem(403, 'local-sign-in-off');
    const notBefore = pause(FAILED_SIGN_IN_MS, undefined, { ref: false });
    try {
      await this.limits.hit(SIGN_INS_PER_ADDRESS, request.address);
      await this.limits.hit(SIGN_INS_PER_ACCOUNT, email);
    } catch (error) {
      await this.throttled(request, email);
      await notBefore;
      throw error;
    }
    const session = await this.session(request, email, password);
    if (!session) {
      await notBefore;
      throw new Problem(401, 'sign-in-failed');
    }
    await this.limits.giveBack(SIGN_INS_PER_ADDRESS, request.address);
    await this.limits.giveBack(SIGN_INS_PER_ACCOUNT, email);
    return session;
  }

  /** Whose account is being guessed stands on the audit log, once in five minutes: guessing does not fill it. */
  private async throttled(request: Origin, email: string): Promise<void> {
    const [account] = await this.database.one<AccountRow>(ACCOUNT, [this.vault.installationHash('sign-in address', email)]);
    if (!account) return;
    const ctx: Ctx = { actor: { kind: 'anonymous', organisationId: account.organisation_id }, ...request };
    const object = { kind: 'staff', id: account.staff_id };
    await this.audit.read(ctx, { action: 'people.sign-in-throttled', object, result: 'refused', together: 'account' });
  }

  /** A session for who has this password, null when nobody has. No connection is held while the password is compared. */
  private async session(request: Origin, email: string, password: string): Promise<StaffSession | null> {
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
      if ((await named(tx, STILL_MATCHES, [tx.organisationId, account.staff_id, staff.password_hash])).length === 0) return null;
      const session = await this.sessions.open(tx, account.staff_id, 'password');
      await this.audit.record(tx, { action: 'people.sign-in', object });
      const user = { id: account.staff_id, name: staff.name, roles: staff.roles };
      return { ...session, user };
    });
  }

  /** Ends the session of the one who asks; says how it was begun. */
  async endOwn(ctx: Ctx): Promise<{ signedInBy: SignedInBy | null }> {
    const { actor } = ctx;
    if (!('sessionId' in actor)) throw new Problem(401, 'unauthenticated');
    return this.database.run(ctx, async (tx) => {
      const [ended] = await named<{ signedInBy: SignedInBy | null }>(tx, END, [tx.organisationId, actor.sessionId, tx.now]);
      await this.audit.record(tx, { action: 'people.sign-out', object: { kind: 'session', id: actor.sessionId } });
      return ended ?? { signedInBy: null };
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
