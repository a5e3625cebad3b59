import { setTimeout as pause } from 'node:timers/promises';
import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { AuditService, type Origin } from '../audit/audit.service.js';
import { systemContext, type Ctx, type StaffActor, type StaffRole } from '../platform/actor.js';
import type { Settings } from '../platform/config/settings.js';
import { InjectSettings } from '../platform/config/token.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { Limits, type Limit } from '../platform/http/limits.js';
import { conflict, invalidField, Problem } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault } from '../platform/vault/vault.js';
import type { PasswordLink, PasswordLinkPort } from './people.events.js';
import type { StaffSession } from './people.dto.js';
import { passwordFault } from './passwords.rules.js';
import { ACCOUNT, type AccountRow } from './sign-in.queries.js';
import { StaffSessionsService } from './staff-sessions.service.js';
import type { PasswordChange, StaffInvitation } from './staff.dto.js';
import { StaffService, type Staff } from './staff.service.js';
import { newToken, organisationOf, parseToken } from './tokens.rules.js';

const HOUR_MS = 60 * 60 * 1000;
/** How long a link to choose a password works: over a weekend. */
export const PASSWORD_LINK_HOURS = 72;
/** Longer than looking up an account and writing a message takes: time does not tell whether there is such an account. */
const RESET_MS = 250;

const CHANGES_PER_ACCOUNT: Limit = { kind: 'password change', max: 10, windowSeconds: 900 };
const RESETS_PER_ACCOUNT: Limit = { kind: 'password-reset account', max: 5, windowSeconds: 3600 };
const RESETS_PER_ADDRESS: Limit = { kind: 'password-reset address', max: 20, windowSeconds: 3600 };
const LINKS_PER_ADDRESS: Limit = { kind: 'password-link address', max: 50, windowSeconds: 900 };

const ADD_LINK = statement(
  'people.password-link',
  `insert into people_password_links (organisation_id, id, hash, staff_id, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)`,
);
const END_LINKS = statement(
  'people.password-links-end',
  'update people_password_links set ended_at = $3 where organisation_id = $1 and staff_id = $2 and ended_at is null',
);
const WHOSE_LINK = statement(
  'people.password-link-whose',
  `select s.id, s.name, s.roles, s.sealed from people_password_links l
   join people_staff s on s.organisation_id = l.organisation_id and s.id = l.staff_id and s.disabled_at is null
   where l.organisation_id = $1 and l.hash = $2 and l.ended_at is null and l.expires_at > $3`,
);
// Of two at once one finds it; the other finds it ended.
const USE_LINK = statement(
  'people.password-link-use',
  `update people_password_links set used_at = $3, ended_at = $3
   where organisation_id = $1 and hash = $2 and ended_at is null and expires_at > $3 returning staff_id as "staffId"`,
);
const SET_PASSWORD = statement(
  'people.password-set',
  `update people_staff set password_hash = $3, version = version + 1
   where organisation_id = $1 and id = $2 and disabled_at is null returning id`,
);
const OWN_PASSWORD = statement(
  'people.password-own',
  'select password_hash as "passwordHash", name, sealed from people_staff where organisation_id = $1 and id = $2',
);

interface Owner {
  id: string;
  name: string;
  roles: StaffRole[];
  sealed: Buffer;
}

/** Passwords of local accounts: chosen through a link that works once, changed, and asked for again. */
@Injectable()
export class PasswordsService {
  private port: PasswordLinkPort | null = null;

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly limits: Limits,
    private readonly staff: StaffService,
    private readonly sessions: StaffSessionsService,
    private readonly audit: AuditService,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  /** Registers who brings the links. */
  onLink(port: PasswordLinkPort): void {
    this.port = port;
  }

  /** A new link to choose a password, brought by mail; earlier ones end. */
  async sendLink(tx: Tx, to: Pick<Staff, 'id' | 'name' | 'email'>, why: PasswordLink['why']): Promise<StaffInvitation> {
    await this.endLinks(tx, to.id);
    const { token, hash: tokenHash } = newToken(tx.organisationId);
    const expiresAt = new Date(tx.now.getTime() + PASSWORD_LINK_HOURS * HOUR_MS);
    await named(tx, ADD_LINK, [tx.organisationId, newId(tx.now), tokenHash, to.id, tx.now, expiresAt]);
    const messageId = await this.port!.bring(tx, to, { token, expiresAt, why });
    return { messageId, expiresAt: expiresAt.toISOString() };
  }

  /** Ends the links of somebody that were not used. */
  async endLinks(tx: Tx, staffId: string): Promise<void> {
    await named(tx, END_LINKS, [tx.organisationId, staffId, tx.now]);
  }

  /** Whose link it is, without opening anything; null when it opens nothing, which stands on the audit log. */
  async linkFor(request: Origin, token: string): Promise<{ name: string } | null> {
    const parsed = parseToken(token);
    const [owner] = parsed
      ? await this.database.view(systemContext(parsed.organisationId, request.requestId), (tx) =>
          named<Owner>(tx, WHOSE_LINK, [tx.organisationId, parsed.hash, tx.now]),
        )
      : [];
    if (!owner) await this.linkRefused(request, token);
    return owner ? { name: owner.name } : null;
  }

  /**
   * Sets the password that was chosen through a link, once, and signs in; sessions from before end. A link that ended, was used
   * or never was gets 401, a password that is easily guessed 400 at `/password`: then the link can still be used.
   */
  async choose(request: Origin, token: string, password: string): Promise<StaffSession> {
    if (!this.settings.localSignIn) throw new Problem(403, 'local-sign-in-off');
    await this.limits.hit(LINKS_PER_ADDRESS, request.address);
    const parsed = parseToken(token);
    if (!parsed) throw await this.linkRefused(request, token);
    const ctx: Ctx = { ...systemContext(parsed.organisationId, request.requestId), address: request.address };
    const owner = await this.database.view(ctx, async (tx) => {
      const [found] = await named<Owner>(tx, WHOSE_LINK, [tx.organisationId, parsed.hash, tx.now]);
      return found && { ...found, email: (await this.staff.sealedOf(tx, found)).email };
    });
    if (!owner) throw await this.linkRefused(request, token);
    assertGood(password, owner, '/password');
    // Takes a while: no connection is held meanwhile.
    const passwordHash = await hash(password);
    const session = await this.database.run(ctx, async (tx) => {
      const [used] = await named<{ staffId: string }>(tx, USE_LINK, [tx.organisationId, parsed.hash, tx.now]);
      const set = used && (await named(tx, SET_PASSWORD, [tx.organisationId, used.staffId, passwordHash]));
      if (!set || set.length === 0) throw new Problem(401, 'password-link-ended');
      await this.sessions.endAll(tx, owner.id);
      await this.audit.record(tx, { action: 'people.password-chosen', object: { kind: 'staff', id: owner.id } });
      const opened = await this.sessions.open(tx, owner.id, 'password');
      return { ...opened, user: { id: owner.id, name: owner.name, roles: owner.roles } };
    });
    await this.limits.giveBack(LINKS_PER_ADDRESS, request.address);
    return session;
  }

  private async linkRefused(request: Origin, token: string): Promise<Problem> {
    await this.audit.refusedToken(request, organisationOf(token), { action: 'access.password-link-refused', object: null });
    return new Problem(401, 'password-link-ended');
  }

  /** Changes one's own password; every other session ends. A wrong `current` is refused with 400, and throttled. */
  async change(ctx: Ctx, { current, next }: PasswordChange): Promise<void> {
    const { staffId, sessionId } = ctx.actor as StaffActor;
    await this.limits.hit(CHANGES_PER_ACCOUNT, staffId);
    const own = await this.database.view(ctx, async (tx) => {
      const [row] = await named<Owner & { passwordHash: string | null }>(tx, OWN_PASSWORD, [tx.organisationId, staffId]);
      return { ...row!, email: (await this.staff.sealedOf(tx, { id: staffId, sealed: row!.sealed })).email };
    });
    if (own.passwordHash === null) throw conflict('no-password');
    if (!(await verify(own.passwordHash, current))) {
      await this.database.run(ctx, (tx) =>
        this.audit.record(tx, { action: 'people.password-changed', object: { kind: 'staff', id: staffId }, result: 'refused' }),
      );
      throw invalidField('/current', 'wrong-password');
    }
    assertGood(next, own, '/next');
    const passwordHash = await hash(next);
    await this.database.run(ctx, async (tx) => {
      await named(tx, SET_PASSWORD, [tx.organisationId, staffId, passwordHash]);
      await this.sessions.endAll(tx, staffId, sessionId);
      await this.endLinks(tx, staffId);
      await this.audit.record(tx, { action: 'people.password-changed', object: { kind: 'staff', id: staffId } });
    });
    await this.limits.giveBack(CHANGES_PER_ACCOUNT, staffId);
  }

  /** Mails a link to who forgot their password. Says and takes the same for an address that nobody has. */
  async askReset(request: Origin, email: string): Promise<void> {
    if (!this.settings.localSignIn) throw new Problem(403, 'local-sign-in-off');
    await this.limits.hit(RESETS_PER_ADDRESS, request.address);
    await this.limits.hit(RESETS_PER_ACCOUNT, email);
    const notBefore = pause(RESET_MS, undefined, { ref: false });
    const [account] = await this.database.one<AccountRow>(ACCOUNT, [
      this.vault.installationHash('sign-in address', email),
    ]);
    if (account) {
      const ctx: Ctx = { ...systemContext(account.organisation_id, request.requestId), address: request.address };
      await this.database.run(ctx, async (tx) => {
        const found = await this.staff.find(tx, account.staff_id);
        const object = { kind: 'staff', id: account.staff_id };
        if (found) await this.sendLink(tx, found, 'reset');
        await this.audit.record(tx, { action: 'people.password-reset-asked', object, result: found ? 'done' : 'refused' });
      });
    }
    await notBefore;
  }
}

function assertGood(password: string, owner: { name: string; email: string }, pointer: string): void {
  const fault = passwordFault(password, [owner.name, owner.email]);
  if (fault) throw invalidField(pointer, fault);
}
