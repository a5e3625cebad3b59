import { PlatformSpine1763600000000 } from './1763600000000-platform-spine.js';
import { People1763600050000 } from './1763600050000-people.js';
import { Outbox1763600100000 } from './1763600100000-outbox.js';
import { Messages1763600200000 } from './1763600200000-messages.js';
import { Cases1763600300000 } from './1763600300000-cases.js';
import { Circle1763600400000 } from './1763600400000-circle.js';
import { Meetings1763600500000 } from './1763600500000-meetings.js';
import { Plans1763600600000 } from './1763600600000-plans.js';
import { Referrals1763600650000 } from './1763600650000-referrals.js';
import { MicroAnalysis1763600700000 } from './1763600700000-micro-analysis.js';
import { Staff1763600800000 } from './1763600800000-staff.js';
import { Identities1763600810000 } from './1763600810000-identities.js';
import { KnownDevices1763600820000 } from './1763600820000-known-devices.js';
import { AuditSeals1763600830000 } from './1763600830000-audit-seals.js';
import { KeyVersions1763600835000 } from './1763600835000-key-versions.js';
import { Rights1763600840000 } from './1763600840000-rights.js';
import { Retention1763600850000 } from './1763600850000-retention.js';
import { Consents1763600860000 } from './1763600860000-consents.js';
import { LawClocks1763600870000 } from './1763600870000-law-clocks.js';
import { PublicPlaces1763600880000 } from './1763600880000-public-places.js';
import { WaysBack1763600890000 } from './1763600890000-ways-back.js';

/** All migrations in their order; a new one is one line here. */
export const migrations = [
  PlatformSpine1763600000000,
  People1763600050000,
  Outbox1763600100000,
  Messages1763600200000,
  Cases1763600300000,
  Circle1763600400000,
  Meetings1763600500000,
  Plans1763600600000,
  Referrals1763600650000,
  MicroAnalysis1763600700000,
  Staff1763600800000,
  Identities1763600810000,
  KnownDevices1763600820000,
  AuditSeals1763600830000,
  KeyVersions1763600835000,
  Rights1763600840000,
  Retention1763600850000,
  Consents1763600860000,
  LawClocks1763600870000,
  PublicPlaces1763600880000,
  WaysBack1763600890000,
];
