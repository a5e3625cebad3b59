import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { actorId, type Ctx } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { DEFAULT_LIMIT, decodeCursor, page } from '../platform/http/cursor.js';
import { assertCurrent, conflict, notFound } from '../platform/http/problem.js';
import { next } from '../platform/transitions.js';
import { PasswordsService } from './passwords.service.js';
import type { CaseloadPort } from './people.events.js';
import { StaffSessionsService } from './staff-sessions.service.js';
import type { DisablingRequest, NewStaff, SessionList, StaffChange, StaffInvitation, StaffMember, StaffPage, StaffQuery } from './staff.dto.js';
import { StaffEntity } from './staff.entity.js';
import { handoverReasonFor, loses, STAFF_TRANSITIONS, staffState } from './staff.rules.js';
import { StaffService, type SealedStaff } from './staff.service.js';

// A few dozen people in an organisation: no index beside the primary key.
const PAGE = statement(
  'people.staff-page',
  `select id, name, roles, neighbourhood_codes as "neighbourhoodCodes", sealed, password_hash as "passwordHash",
     disabled_at as "disabledAt", created_at as "createdAt", version
   from people_staff
   where organisation_id = $1 and ($3::text is null or $3 = any (roles))
     and ($2::uuid is null or (name, id) > (select a.name, a.id from people_staff a where a.organisation_id = $1 and a.id = $2))
     and ($4::text is null or $4 = case when disabled_at is not null then 'disabled' when password_hash is null then 'invited'
       else 'active' end)
   order by name, id limit $5`,
);
// Locked in one order: two admins who close each other's account follow each other, and the second one is refused.
const LOCK_ADMINS = statement(
  'people.lock-admins',
  `select id from people_staff where organisation_id = $1 and 'admin' = any (roles) and disabled_at is null order by id for update`,
);

type Account = Omit<StaffEntity, 'organisationId'>;

/** What an admin does with accounts: invite, change, close, open again. */
@Injectable()
export class StaffAccountsService {
  private caseload: CaseloadPort | null = null;

  constructor(
    private readonly database: Database,
    private readonly staff: StaffService,
    private readonly sessions: StaffSessionsService,
    private readonly passwords: PasswordsService,
    private readonly audit: AuditService,
  ) {}

  /** Registers who knows what somebody carries, and can give it to somebody else. */
  onCaseload(port: CaseloadPort): void {
    this.caseload = port;
  }

  /** Everyone who works here or did, by name. */
  async list(ctx: Ctx, query: StaffQuery): Promise<StaffPage> {
    const limit = query.limit ?? DEFAULT_LIMIT;
    const from = decodeCursor(query.after, ['uuid'])?.[0] ?? null;
    const found = await this.database.view(ctx, async (tx) => {
      const values = [tx.organisationId, from, query.role ?? null, query.state ?? null, limit + 1];
      const { items, next: after } = page(await named<Account>(tx, PAGE, values), limit, (row) => [row.id]);
      return { items: await Promise.all(items.map((row) => this.shown(tx, row))), next: after };
    });
    await this.audit.read(ctx, { action: 'people.staff-listed', object: null });
    return found;
  }

  /** One of them; 404 for who works elsewhere. */
  async show(ctx: Ctx, id: string): Promise<StaffMember> {
    const found = await this.database.view(ctx, async (tx) => this.shown(tx, await this.require(tx, id)));
    await this.audit.read(ctx, { action: 'people.staff-read', object: object(id) });
    return found;
  }

  /** Adds an account and mails a link to choose a password. An address in use is refused with 409. */
  async invite(ctx: Ctx, person: NewStaff): Promise<StaffMember> {
    return this.database.run(ctx, async (tx) => {
      const { id, name, email } = await this.staff.add(tx, { ...person, neighbourhoodCodes: unique(person.neighbourhoodCodes) });
      await this.passwords.sendLink(tx, { id, name, email }, 'welcome');
      await this.audit.record(tx, { action: 'people.staff-invited', object: object(id) });
      return this.shown(tx, await this.require(tx, id));
    });
  }

  /** A new link to choose a password; earlier ones end. Refused with 409 when the account is closed. */
  async sendAgain(ctx: Ctx, id: string): Promise<StaffInvitation> {
    return this.database.run(ctx, async (tx) => {
      const account = await this.lock(tx, id);
      const state = staffState(account);
      next(STAFF_TRANSITIONS, state, 'invite');
      const { email } = await this.staff.sealedOf(tx, account);
      const sent = await this.passwords.sendLink(tx, { id, name: account.name, email }, state === 'invited' ? 'welcome' : 'reset');
      await this.audit.record(tx, { action: 'people.password-link-sent', object: object(id) });
      return sent;
    });
  }

  /**
   * Changes an account; a role counts from the next request on. Refused with 409: an address in use, the last admin's role, and
   * the role of facilitator of somebody who still has open cases or duties.
   */
  async change(ctx: Ctx, id: string, change: StaffChange, seen: number | null): Promise<StaffMember> {
    return this.database.run(ctx, async (tx) => {
      if (change.roles && !change.roles.includes('admin')) await this.keepAnAdmin(tx, id);
      const account = await this.lock(tx, id);
      assertCurrent(seen, account.version);
      const roles = change.roles ?? account.roles;
      if (loses('facilitator', account.roles, roles)) await this.assertNothingCarried(tx, id);
      const before = await this.staff.sealedOf(tx, account);
      const { email = before.email, phone = before.phone, employer = before.employer, languages = before.languages } = change;
      if (email !== before.email) {
        await this.staff.changeAddress(tx, id, email);
        // What went to the old address opens nothing any more.
        await this.passwords.endLinks(tx, id);
      }
      const neighbourhoodCodes = unique(change.neighbourhoodCodes) ?? account.neighbourhoodCodes;
      await this.write(tx, id, { name: change.name ?? account.name, roles, neighbourhoodCodes }, { ...before, email, phone, employer, languages: unique(languages) });
      await this.audit.record(tx, { action: 'people.staff-changed', object: object(id) });
      return this.shown(tx, await this.require(tx, id));
    });
  }

  /**
   * Closes an account: every session and link ends in this transaction. Refused with 409: one's own, the last admin's, and that
   * of a facilitator with open cases or duties, unless `handOverTo` says who takes them over.
   */
  async disable(ctx: Ctx, id: string, { reason, remark, handOverTo, standIns }: DisablingRequest): Promise<StaffMember> {
    return this.database.run(ctx, async (tx) => {
      if (id === actorId(tx.actor)) throw conflict('own-account');
      await this.keepAnAdmin(tx, id);
      const account = await this.lock(tx, id);
      next(STAFF_TRANSITIONS, staffState(account), 'disable');
      if (handOverTo) {
        await this.caseload!.handOver(tx, id, { facilitatorId: handOverTo, reason: handoverReasonFor(reason), standIns });
      }
      await this.assertNothingCarried(tx, id);
      await this.endEverything(tx, id);
      const before = await this.staff.sealedOf(tx, account);
      await this.write(tx, id, { disabledAt: tx.now }, { ...before, disabled: { reason, remark } });
      await this.audit.record(tx, { action: 'people.staff-disabled', object: object(id) });
      return this.shown(tx, await this.require(tx, id));
    });
  }

  /** Opens a closed account again; they sign in anew. */
  async enable(ctx: Ctx, id: string): Promise<StaffMember> {
    return this.database.run(ctx, async (tx) => {
      const account = await this.lock(tx, id);
      next(STAFF_TRANSITIONS, staffState(account), 'enable');
      // One that was opened while the account was being closed.
      await this.endEverything(tx, id);
      const { disabled: _, ...secret } = await this.staff.sealedOf(tx, account);
      await this.write(tx, id, { disabledAt: null }, secret);
      await this.audit.record(tx, { action: 'people.staff-enabled', object: object(id) });
      return this.shown(tx, await this.require(tx, id));
    });
  }

  /** Somebody's open sessions. */
  async sessionsOf(ctx: Ctx, id: string): Promise<SessionList> {
    const found = await this.database.view(ctx, async (tx) => {
      await this.require(tx, id);
      return this.sessions.list(tx, id, 'sessionId' in tx.actor ? tx.actor.sessionId : null);
    });
    await this.audit.read(ctx, { action: 'people.sessions-listed', object: object(id) });
    return found;
  }

  /** Ends all of somebody's sessions; the account stays open. */
  async endSessionsOf(ctx: Ctx, id: string): Promise<void> {
    await this.database.run(ctx, async (tx) => {
      await this.require(tx, id);
      await this.sessions.endAll(tx, id);
      await this.audit.record(tx, { action: 'people.sessions-ended', object: object(id) });
    });
  }

  private async endEverything(tx: Tx, id: string): Promise<void> {
    await this.sessions.endAll(tx, id);
    await this.passwords.endLinks(tx, id);
  }

  /** Refuses to take the last admin away; the caller takes this one. */
  private async keepAnAdmin(tx: Tx, id: string): Promise<void> {
    const admins = await named<{ id: string }>(tx, LOCK_ADMINS, [tx.organisationId]);
    if (admins.some((admin) => admin.id === id) && admins.length === 1) throw conflict('last-admin');
  }

  private async assertNothingCarried(tx: Tx, id: string): Promise<void> {
    const { cases, duties } = await this.caseload!.carried(tx, id);
    if (cases + duties > 0) throw conflict('carries-caseload', { cases, duties });
  }

  private async require(tx: Tx, id: string): Promise<Account> {
    const found = await tx.em.findOneBy(StaffEntity, { organisationId: tx.organisationId, id });
    if (!found) throw notFound();
    return found;
  }

  /** Against references too: a case that is being given to them at this moment is waited for, and counted. */
  private async lock(tx: Tx, id: string): Promise<Account> {
    const found = await tx.em.findOne(StaffEntity, {
      where: { organisationId: tx.organisationId, id },
      lock: { mode: 'pessimistic_write' },
    });
    if (!found) throw notFound();
    return found;
  }

  private async write(tx: Tx, id: string, changes: Partial<Account>, secret: SealedStaff): Promise<void> {
    const sealed = await this.staff.seal(tx, id, secret);
    await tx.em.update(StaffEntity, { organisationId: tx.organisationId, id }, { ...changes, sealed, version: () => 'version + 1' });
  }

  private async shown(tx: Tx, account: Account): Promise<StaffMember> {
    const { email, phone, employer = null, languages = [], disabled } = await this.staff.sealedOf(tx, account);
    const { id, name, roles, neighbourhoodCodes, createdAt, disabledAt, version } = account;
    return {
      id,
      name,
      email,
      phone,
      employer,
      languages,
      roles,
      neighbourhoodCodes,
      state: staffState(account),
      createdAt: createdAt.toISOString(),
      disabledAt: disabledAt?.toISOString() ?? null,
      disabledReason: disabled?.reason ?? null,
      version,
    };
  }
}

const object = (id: string): { kind: string; id: string } => ({ kind: 'staff', id });
const unique = (codes: string[] | undefined): string[] | undefined => codes && [...new Set(codes)];
