import { Injectable } from '@nestjs/common';
import { AuditService, type Origin } from '../audit/audit.service.js';
import { systemContext, type Ctx, type StaffRole } from '../platform/actor.js';
import type { OidcSettings } from '../platform/config/oidc.js';
import type { Settings } from '../platform/config/settings.js';
import { InjectSettings } from '../platform/config/token.js';
import { brokenConstraint, Database } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { Limits } from '../platform/http/limits.js';
import { Problem } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Logger } from '../platform/logger.js';
import { Vault } from '../platform/vault/vault.js';
import { claimOf, nameOf, receive, rolesOf, verifiedEmailOf, type Claims, type OidcRefusal } from './oidc.rules.js';
import { OidcService } from './oidc.service.js';
import { OrganisationsService } from './organisations.service.js';
import type { StaffSession } from './people.dto.js';
import { ACCOUNT, type AccountRow } from './sign-in.queries.js';
import { SIGN_INS_PER_ADDRESS } from './sign-in.rules.js';
import { StaffSessionsService } from './staff-sessions.service.js';
import { StaffService } from './staff.service.js';

// Locked until the sign-in ends: closing the account at this moment waits, and then ends this session too.
const BY_SUBJECT = statement(
  'people.identity',
  `select s.id, s.name, s.roles, s.disabled_at is not null as disabled, true as linked, false as "otherIdentity", true as here
   from people_identities i join people_staff s on s.organisation_id = i.organisation_id and s.id = i.staff_id
   where i.organisation_id = $1 and i.subject_hash = $2 for update of s`,
);
const BY_ADDRESS = statement(
  'people.identity-account',
  `select s.id, s.name, s.roles, s.disabled_at is not null as disabled, false as linked, true as here,
     exists (select from people_identities i where i.organisation_id = s.organisation_id and i.staff_id = s.id and i.issuer = $3)
       as "otherIdentity"
   from people_staff s where s.organisation_id = $1 and s.id = $2 for update`,
);
const LINK = statement(
  'people.identity-link',
  'insert into people_identities (organisation_id, id, staff_id, issuer, subject_hash, created_at) values ($1, $2, $3, $4, $5, $6)',
);
const FOLLOW = statement(
  'people.roles-follow',
  'update people_staff set roles = $3, version = version + 1 where organisation_id = $1 and id = $2 and roles <> $3 returning id',
);

/** Two first sign-ins of one person at once: the second finds what the first made. */
const MADE_MEANWHILE = ['people_identities_subject', 'people_identities_person', 'people_sign_in_addresses_pkey'];

interface Account {
  id: string;
  name: string;
  roles: StaffRole[];
  disabled: boolean;
  linked: boolean;
  otherIdentity: boolean;
  here: boolean;
}

type Outcome = { session: StaffSession } | { refused: OidcRefusal };

/** Who somebody from the OpenID Connect provider is here: known, linked by a verified address, or new with a role. */
@Injectable()
export class IdentitiesService {
  constructor(
    private readonly oidc: OidcService,
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly staff: StaffService,
    private readonly sessions: StaffSessionsService,
    private readonly organisations: OrganisationsService,
    private readonly limits: Limits,
    private readonly audit: AuditService,
    private readonly logger: Logger,
    @InjectSettings() private readonly settings: Settings,
  ) {}

  /**
   * Opens a session for who comes back from the provider. Refused with 401 when the answer is not exactly what was asked for,
   * with 403 when the person has no place here; every refusal stands on the audit log of the organisation.
   */
  async signIn(request: Origin, url: string, kept: string | undefined): Promise<StaffSession> {
    await this.limits.hit(SIGN_INS_PER_ADDRESS, request.address);
    const claims = await this.claims(request, url, kept);
    const organisationId = await this.organisationOf(claims);
    if (organisationId === null) throw new Problem(403, 'oidc-organisation');
    const ctx: Ctx = { ...systemContext(organisationId, request.requestId), address: request.address };
    const outcome = await this.received(ctx, claims);
    if ('refused' in outcome) throw new Problem(403, outcome.refused);
    await this.limits.giveBack(SIGN_INS_PER_ADDRESS, request.address);
    return outcome.session;
  }

  private async claims(request: Origin, url: string, kept: string | undefined): Promise<Claims> {
    try {
      return await this.oidc.finish(url, kept);
    } catch (error) {
      const organisationId = error instanceof Problem && error.status === 401 ? await this.hostOrganisation() : null;
      if (organisationId !== null) {
        const ctx: Ctx = { actor: { kind: 'anonymous', organisationId }, ...request };
        await this.audit.read(ctx, { action: 'people.sign-in', object: null, result: 'refused' });
      }
      throw error;
    }
  }

  private async received(ctx: Ctx, claims: Claims): Promise<Outcome> {
    const once = (): Promise<Outcome> => this.database.run(ctx, (tx) => this.receive(tx, claims));
    try {
      return await once();
    } catch (error) {
      const made = MADE_MEANWHILE.includes(brokenConstraint(error) ?? '') || (error instanceof Problem && error.code === 'address-in-use');
      if (!made) throw error;
      return once();
    }
  }

  private async receive(tx: Tx, claims: Claims): Promise<Outcome> {
    const { issuer } = this.given();
    const subjectHash = await this.vault.lookup(tx.organisationId, 'identity', `${issuer} ${String(claims.sub)}`);
    const email = verifiedEmailOf(claims);
    const account = (await this.bySubject(tx, subjectHash)) ?? (email && (await this.byAddress(tx, email))) ?? null;
    const roles = rolesOf(claims, this.given());
    const reception = receive({ account: account || null, verifiedEmail: email !== null, roles });
    if (typeof reception === 'object') {
      const object = account && account.here ? { kind: 'staff', id: account.id } : null;
      await this.audit.record(tx, { action: 'people.sign-in', object, result: 'refused' });
      return reception;
    }
    const user =
      reception === 'create'
        ? await this.staff.add(tx, { name: nameOf(claims, email!), email: email!, roles: roles! })
        : { ...(account as Account), roles: roles ?? (account as Account).roles };
    const object = { kind: 'staff', id: user.id };
    if (reception !== 'known') {
      await named(tx, LINK, [tx.organisationId, newId(tx.now), user.id, issuer, subjectHash, tx.now]);
      await this.audit.record(tx, { action: reception === 'create' ? 'people.staff-created' : 'people.identity-linked', object });
    }
    if (reception !== 'create' && (await named(tx, FOLLOW, [tx.organisationId, user.id, user.roles])).length > 0) {
      await this.audit.record(tx, { action: 'people.roles-followed', object });
    }
    const session = await this.sessions.open(tx, user.id, 'oidc');
    await this.audit.record(tx, { action: 'people.sign-in', object });
    return { session: { ...session, user: { id: user.id, name: user.name, roles: user.roles } } };
  }

  private async bySubject(tx: Tx, subjectHash: Buffer): Promise<Account | undefined> {
    return (await named<Account>(tx, BY_SUBJECT, [tx.organisationId, subjectHash]))[0];
  }

  private async byAddress(tx: Tx, email: string): Promise<Account | undefined> {
    const [found] = await named<AccountRow>(tx, ACCOUNT, [this.vault.installationHash('sign-in address', email)]);
    if (!found) return undefined;
    const elsewhere = { id: '', name: '', roles: [], disabled: false, linked: false, otherIdentity: false, here: false };
    if (found.organisation_id !== tx.organisationId) return elsewhere;
    return (await named<Account>(tx, BY_ADDRESS, [tx.organisationId, found.staff_id, this.given().issuer]))[0];
  }

  /** Whose staff they are: as set, as the claim says, or the only one's. Null when that leads nowhere. */
  private async organisationOf(claims: Claims): Promise<string | null> {
    const { organisation, organisationClaim } = this.given();
    const all = await this.organisations.all();
    const slug = organisationClaim === null ? organisation : claimOf(claims, organisationClaim);
    const only = organisationClaim === null && slug === null && all.length === 1;
    const found = only ? all[0] : all.find((one) => one.slug === slug);
    if (!found) this.logger.warn({}, 'no organisation for who signs in by OpenID Connect: see OIDC_ORGANISATION');
    return found?.id ?? null;
  }

  /** On whose audit log it stands when nobody could be told who came: the organisation that is set, or the only one. */
  private async hostOrganisation(): Promise<string | null> {
    const { organisation } = this.given();
    const all = await this.organisations.all();
    return (all.length === 1 ? all[0] : all.find((one) => one.slug === organisation))?.id ?? null;
  }

  private given(): OidcSettings {
    return this.settings.oidc!;
  }
}
