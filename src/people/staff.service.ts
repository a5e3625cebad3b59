import { hash } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { StaffRole } from '../platform/actor.js';
import { brokenConstraint } from '../platform/database/database.js';
import type { Tx } from '../platform/database/tx.js';
import { conflict } from '../platform/http/problem.js';
import { newId } from '../platform/ids.js';
import { Vault } from '../platform/vault/vault.js';
import { StaffEntity } from './staff.entity.js';

export interface Staff {
  id: string;
  name: string;
  email: string;
  phone: string | null;
  roles: StaffRole[];
}

interface SealedStaff {
  email: string;
  phone: string | null;
}

/** The people who work with the service. */
@Injectable()
export class StaffService {
  constructor(private readonly vault: Vault) {}

  /** Adds an account that may sign in with this mail address and password. An address in use is refused with 409. */
  async add(
    tx: Tx,
    person: { name: string; email: string; roles: StaffRole[]; password?: string; phone?: string; neighbourhoodCodes?: string[] },
  ): Promise<Staff> {
    const id = newId(tx.now);
    const email = person.email.trim().toLowerCase();
    const contact: SealedStaff = { email, phone: person.phone ?? null };
    await tx.em.insert(StaffEntity, {
      organisationId: tx.organisationId,
      id,
      name: person.name,
      roles: person.roles,
      neighbourhoodCodes: person.neighbourhoodCodes ?? [],
      sealed: await this.vault.seal(this.reference(tx, id), contact),
      passwordHash: person.password === undefined ? null : await hash(person.password),
      createdAt: tx.now,
      version: 1,
    });
    try {
      await tx.client.query('insert into people_sign_in_addresses (address_hash, organisation_id, staff_id) values ($1, $2, $3)', [
        this.vault.installationHash('sign-in address', email),
        tx.organisationId,
        id,
      ]);
    } catch (error) {
      if (brokenConstraint(error) === 'people_sign_in_addresses_pkey') throw conflict('address-in-use');
      throw error;
    }
    return { id, name: person.name, roles: person.roles, ...contact };
  }

  /** One of the staff who is not disabled, or null. */
  async find(tx: Tx, id: string): Promise<Staff | null> {
    const row = await tx.em.findOneBy(StaffEntity, { organisationId: tx.organisationId, id, disabledAt: IsNull() });
    return row ? this.opened(tx, row) : null;
  }

  /** Everyone who is not disabled, by name. */
  async all(tx: Tx): Promise<Staff[]> {
    const rows = await tx.em.find(StaffEntity, { where: { disabledAt: IsNull() }, order: { name: 'ASC', id: 'ASC' } });
    return Promise.all(rows.map((row) => this.opened(tx, row)));
  }

  private async opened(tx: Tx, row: StaffEntity): Promise<Staff> {
    const contact = await this.vault.open<SealedStaff>(this.reference(tx, row.id), row.sealed);
    return { id: row.id, name: row.name, roles: row.roles, ...contact };
  }

  private reference(tx: Tx, id: string): { organisationId: string; table: string; id: string } {
    return { organisationId: tx.organisationId, table: 'people_staff', id };
  }
}
