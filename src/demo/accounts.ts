import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { StaffService, type Staff } from '../people/staff.service.js';
import { systemContext, type StaffRole } from '../platform/actor.js';
import { Database } from '../platform/database/database.js';

interface Account {
  email: string;
  name: string;
  phone: string;
  roles: StaffRole[];
}

/** Who works in the demo. All have the same password, which is printed at start. */
export const ACCOUNTS = {
  lead: { email: 'lead@demo.example', name: 'Imane Bouzid', phone: '+31101234501', roles: ['lead'] },
  facilitator: { email: 'facilitator@demo.example', name: 'Jelmer Hoekstra', phone: '+31612345691', roles: ['facilitator'] },
  facilitator2: { email: 'facilitator2@demo.example', name: 'Shanti Ramdin', phone: '+31612345692', roles: ['facilitator'] },
  referrer: { email: 'referrer@demo.example', name: 'Fatma Aydın', phone: '+31612345693', roles: ['referrer'] },
  analyst: { email: 'analyst@demo.example', name: 'Kees Brouwer', phone: '+31101234504', roles: ['analyst'] },
  admin: { email: 'admin@demo.example', name: 'Agnieszka Nowak', phone: '+31101234505', roles: ['admin'] },
} satisfies Record<string, Account>;
export type AccountName = keyof typeof ACCOUNTS;

const PASSWORD_BYTES = 12;

/** Adds the accounts of the demo. */
export async function addAccounts(
  app: INestApplicationContext,
  organisationId: string,
  password: string,
): Promise<Record<AccountName, Staff>> {
  const staff = app.get(StaffService);
  const names = Object.keys(ACCOUNTS) as AccountName[];
  const added = await app.get(Database).run(systemContext(organisationId, 'demo'), async (tx) => {
    const people: Staff[] = [];
    for (const name of names) people.push(await staff.add(tx, { ...ACCOUNTS[name], password }));
    return people;
  });
  return Object.fromEntries(names.map((name, i) => [name, added[i]!])) as Record<AccountName, Staff>;
}

/** A first account, with a password that is said once and kept nowhere. */
export interface FirstAdmin {
  email: string;
  password: string;
}

/** Adds the one who may add everybody else to a new organisation. */
export async function addFirstAdmin(app: INestApplicationContext, organisationId: string, slug: string): Promise<FirstAdmin> {
  const admin = { email: `admin@${slug}.example`, password: randomBytes(PASSWORD_BYTES).toString('hex') };
  const staff = app.get(StaffService);
  await app
    .get(Database)
    .run(systemContext(organisationId, 'first-admin'), async (tx) => {
      await staff.add(tx, { ...admin, name: 'Beheerder', roles: ['admin'] });
    });
  return admin;
}
