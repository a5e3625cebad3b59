import { hash } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { StaffRole } from '../platform/actor.js';
import { brokenConstraint } from '../platform/database/database.js';
import { named, statement, type Tx } from '../platform/database/tx.js';
import { conflict, invalidField } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { type SealRef, Vault } from '../platform/vault/vault.js';
import { StaffEntity } from './staff.entity.js';
import type { DisablingReason } from './staff.rules.js';

export interface Staff {
  id: string;
  name: string;
  email: string;
  phone: string | null;
  /** For whom they work, when it is not this organisation; null when it is not known. */
  employer: string | null;
  languages: string[];
  roles: StaffRole[];
}

/** What is sealed of an account. */
export interface SealedStaff {
  email: string;
  phone: string | null;
  employer?: string | null;
  languages?: string[];
  /** Why it is closed. */
  disabled?: { reason: DisablingReason; remark?: string };
}

type OpenableRow = Pick<StaffEntity, 'id' | 'name' | 'roles' | 'sealed'>;

/** A new account. Without a password the person chooses one through a link, or signs in elsewhere. */
export interface NewAccount {
  name: string;
  email: string;
  roles: StaffRole[];
  password?: string;
  phone?: string;
  employer?: string;
  languages?: string[];
  neighbourhoodCodes?: string[];
}

const TAKE_ADDRESS = statement(
  'people.take-address',
  'insert into people_sign_in_addresses (address_hash, organisation_id, staff_id) values ($1, $2, $3)',
);
const LEAVE_ADDRESS = statement(
  'people.leave-address',
  'delete from people_sign_in_addresses where organisation_id = $1 and staff_id = $2',
);
const FIND = statement(
  'people.staff-find',
  'select id, name, roles, sealed from people_staff where organisation_id = $1 and id = $2 and disabled_at is null',
);
// Held until the command ends: whoever closes the account, or takes the role, waits and then sees what was given.
const HOLD_FACILITATOR = statement(
  'people.hold-facilitator',
  `select 1 from people_staff where organisation_id = $1 and id = $2 and disabled_at is null and 'facilitator' = any (roles) for share`,
);

/** The people who work with the service. */
@Injectable()
export class StaffService {
  constructor(private readonly vault: Vault) {}

  /** Adds an account that may sign in with this mail address. An address in use, here or elsewhere, is refused with 409. */
  async add(tx: Tx, person: NewAccount): Promise<Staff> {
    const id = newId(tx.now);
    const email = person.email.trim().toLowerCase();
    const contact = { email, phone: person.phone ?? null, employer: person.employer ?? null, languages: person.languages ?? [] };
    await tx.em.insert(StaffEntity, {
      organisationId: tx.organisationId,
      id,
      name: person.name,
      roles: person.roles,
      neighbourhoodCodes: person.neighbourhoodCodes ?? [],
      sealed: await this.seal(tx, id, contact),
      passwordHash: person.password === undefined ? null : await hash(person.password),
      createdAt: tx.now,
      version: 1,
    });
    await this.takeAddress(tx, id, email);
    return { id, name: person.name, roles: person.roles, ...contact };
  }

  /** Another address to sign in with; the old one is free again. */
  async changeAddress(tx: Tx, id: string, email: string): Promise<void> {
    await named(tx, LEAVE_ADDRESS, [tx.organisationId, id]);
    await this.takeAddress(tx, id, email);
  }

  /** One of the staff who is not disabled, or null. */
  async find(tx: Tx, id: string): Promise<Staff | null> {
    const [row] = await named<OpenableRow>(tx, FIND, [tx.organisationId, id]);
    return row ? this.opened(tx, row) : null;
  }

  /** Everyone who is not disabled, by name. */
  async all(tx: Tx): Promise<Staff[]> {
    const rows = await tx.em.find(StaffEntity, { where: { disabledAt: IsNull() }, order: { name: 'ASC', id: 'ASC' } });
    return Promise.all(rows.map((row) => this.opened(tx, row)));
  }

  /** A facilitator who may be given work, kept one until the command ends; a 400 at `pointer` for anybody else. */
  async holdFacilitator(tx: Tx, id: string, pointer: string): Promise<Staff> {
    const found = await this.heldFacilitator(tx, id);
    if (!found) throw invalidField(pointer, 'facilitator');
    return found;
  }

  /** The same, or null when they are none (any more). */
  async heldFacilitator(tx: Tx, id: string): Promise<Staff | null> {
    const held = await named(tx, HOLD_FACILITATOR, [tx.organisationId, id]);
    return held.length > 0 ? this.find(tx, id) : null;
  }

  /** What is sealed of an account. */
  async sealedOf(tx: Tx, { id, sealed }: Pick<StaffEntity, 'id' | 'sealed'>): Promise<SealedStaff> {
    return this.vault.open<SealedStaff>(this.reference(tx, id), sealed);
  }

  async seal(tx: Tx, id: string, secret: SealedStaff): Promise<Buffer> {
    return this.vault.seal(this.reference(tx, id), secret);
  }

  private async opened(tx: Tx, row: OpenableRow): Promise<Staff> {
    const { email, phone, employer = null, languages = [] } = await this.sealedOf(tx, row);
    return { id: row.id, name: row.name, roles: row.roles, email, phone, employer, languages };
  }

  private async takeAddress(tx: Tx, id: string, email: string): Promise<void> {
    const address = this.vault.installationHash('sign-in address', email);
    try {
      await named(tx, TAKE_ADDRESS, [address, tx.organisationId, id]);
    } catch (error) {
      if (brokenConstraint(error) === 'people_sign_in_addresses_pkey') throw conflict('address-in-use');
      throw error;
    }
  }

  private reference(tx: Tx, id: string): SealRef {
    return { organisationId: tx.organisationId, table: 'people_staff', id };
  }
}
